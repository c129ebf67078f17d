"""`clauselight receipt verify`: whether a reading receipt is what the server signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failure import WrongInput
from app.cli.output import print_json, print_text
from app.cli.parser import add_command

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what it does."""
    parser = add_command(commands, "receipt", "核对阅读凭证")
    actions = parser.add_subparsers(title="操作", dest="action", metavar="操作", required=True)
    verify = add_command(actions, "verify", "核对签名：内容自签发后是否有改动", more="签名不符时退出状态为 1。")
    verify.add_argument("file", metavar="FILE", type=Path, help="网页上下载的凭证（JSON）")
    verify.add_argument("--key", metavar="FILE", type=Path, help="签发凭证的服务器的密钥文件（默认为本机的）")
    verify.add_argument("--json", action="store_true", help="输出 JSON")
    verify.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the signature, and whether the document is still the version that was read."""
    from app.cli.opening import known_documents  # noqa: PLC0415 - heavy imports stay inside the command
    from app.cli.settings import read_settings  # noqa: PLC0415
    from app.receipt import is_genuine, key_id, parse_receipt, read_key  # noqa: PLC0415

    try:
        receipt = parse_receipt(options.file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise WrongInput(f"{options.file}：没有这个文件") from error
    except UnicodeDecodeError as error:
        raise WrongInput(f"{options.file}：不是阅读凭证：应是 UTF-8 编码的 JSON 文件") from error
    key = read_key(options.key or read_settings().receipt_key_file)
    genuine = is_genuine(receipt, key)
    versions = {document.doc_id: document.sha256 for document in known_documents()}
    document = receipt["document"]
    current = versions.get(document["doc_id"])
    same = None if current is None else current == document["sha256"]
    if options.json:
        print_json({"genuine": genuine, "key_id": key_id(key), "document": document, "version_is_current": same})
    else:
        print_text(_say(receipt, genuine=genuine, same=same, other_key=receipt.get("key_id") != key_id(key)))
    return 0 if genuine else 1


def _say(receipt: dict[str, object], *, genuine: bool, same: bool | None, other_key: bool) -> str:
    document, clauses = receipt["document"], receipt["clauses"]
    assert isinstance(document, dict)
    assert isinstance(clauses, list)
    if not genuine:
        why = "由另一把密钥签发，请用 --key 指明" if other_key else "内容在签发后有改动"
        return f"签名不符：{why}。"
    version = {
        True: "与本机条款是同一版本",
        False: "本机条款已是另一个版本",
        None: "本机没有这份条款，无法比对版本",
    }[same]
    return "\n".join(
        (
            "签名有效：内容自签发后没有改动。",
            f"条款：《{document['title']}》，版本 {str(document['sha256'])[:8]}（{version}）",
            f"签发：{receipt.get('issued_at', '')}；在屏幕上显示过的必读条款 {len(clauses)} 条",
        )
    )
