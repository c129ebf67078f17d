"""`clauselight index`: the index of a person's collection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text, progress_line, warn_refused
from app.cli.parser import TERMS_HELP, ChineseParser, add_command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from app.settings import Settings
    from corpus.types import Document


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its actions."""
    parser = add_command(commands, "index", "建立、增减、检查索引")
    actions = parser.add_subparsers(
        title="操作", dest="action", metavar="操作", required=True, parser_class=ChineseParser
    )
    build = add_command(actions, "build", "（重新）建立索引：自带的条款和已加入的条款")
    build.add_argument("terms", metavar="TERMS", nargs="*", help=f"先加入这些条款；{TERMS_HELP}")
    build.set_defaults(run=run_build)
    add = add_command(actions, "add", "加入条款（同名的被替换）")
    add.add_argument("terms", metavar="TERMS", nargs="+", help=TERMS_HELP)
    add.set_defaults(run=run_add)
    listing = add_command(actions, "list", "列出索引里的文档")
    listing.add_argument("--json", action="store_true", help="输出 JSON")
    listing.set_defaults(run=run_list)
    remove = add_command(actions, "remove", "移除文档")
    remove.add_argument("doc_id", metavar="DOC", help="文档名，见 clauselight index list")
    remove.set_defaults(run=run_remove)
    verify = add_command(actions, "verify", "检查索引是否完好、是否由现在的编码器建立")
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    verify.set_defaults(run=run_verify)


def run_build(options: argparse.Namespace) -> int:
    """Add what is named, then build from nothing."""
    from app.cli.settings import read_settings  # noqa: PLC0415 - heavy imports stay inside the command
    from app.collection import Collection  # noqa: PLC0415
    from app.engine import rebuild  # noqa: PLC0415

    settings = read_settings()
    refused = _add(options.terms, settings) if options.terms else 0
    index = rebuild(Collection(settings.index_dir), settings, progress=progress_line("正在编码条款"))
    print_text(f"索引已建立：{len(index.corpus)} 个文档，{len(index.entries)} 条，位于 {settings.index_dir}")
    return 2 if refused else 0


def run_add(options: argparse.Namespace) -> int:
    """Add terms and bring the index up to date; 2 when some of them were refused."""
    from app.cli.opening import open_engine  # noqa: PLC0415
    from app.cli.settings import read_settings  # noqa: PLC0415

    refused = _add(options.terms, read_settings())
    documents = open_engine().documents
    print_text(f"索引里有 {len(documents)} 个文档：{'、'.join(document.doc_id for document in documents)}")
    return 2 if refused else 0


def run_list(options: argparse.Namespace) -> int:
    """List the documents of the collection."""
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.collection import Collection  # noqa: PLC0415

    library = Collection(read_settings().index_dir).read()
    warn_refused(library.refused)
    if options.json:
        print_json({"documents": [_summary(document) for document in library.documents]})
    else:
        lines = [f"{one.doc_id}  《{one.title}》  {len(one.clauses)} 条" for one in library.documents]
        print_text("\n".join(lines) or "索引里没有文档。")
    return 0


def run_remove(options: argparse.Namespace) -> int:
    """Take a document out and bring the index up to date."""
    from app.cli.opening import open_engine  # noqa: PLC0415
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.collection import Collection  # noqa: PLC0415

    document = Collection(read_settings().index_dir).remove(options.doc_id)
    open_engine()
    print_text(f"已移除《{document.title}》（{document.doc_id}）")
    return 0


def run_verify(options: argparse.Namespace) -> int:
    """Check every file of the index, and that the encoder in use made it."""
    from app.cli.settings import read_settings  # noqa: PLC0415
    from index.encoder import load_encoder  # noqa: PLC0415
    from index.hybrid import HybridIndex  # noqa: PLC0415

    settings = read_settings()
    manifest = HybridIndex.verify(settings.index_dir / "index", load_encoder(settings.encoder))
    if options.json:
        keys = ("encoder", "fingerprint", "dimension", "entries", "corpus", "libraries")
        print_json({key: getattr(manifest, key) for key in keys})
    else:
        print_text(f"索引完好：{len(manifest.corpus)} 个文档，{manifest.entries} 条，编码器 {manifest.encoder}")
    return 0


def _summary(document: Document) -> dict[str, object]:
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "clauses": len(document.clauses),
        "sha256": document.sha256,
    }


def _add(terms: Sequence[str], settings: Settings) -> int:
    """Add terms to the collection; how many files were refused, or the refusal itself when nothing was added."""
    from app.collection import Collection  # noqa: PLC0415

    if "-" in terms:
        raise WrongInput("标准输入没有文件名，不能加入索引；请先存成文件")
    library = Collection(settings.index_dir).add(terms)
    if not library.documents:
        raise library.refused[0]
    warn_refused(library.refused)
    return len(library.refused)
