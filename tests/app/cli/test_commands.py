"""The command line, run in this process: JSON to the letter, statuses, one Chinese line for wrong input."""

from __future__ import annotations

import io
import json
import re
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from corpus.library import read_terms
from index import storage

CHINESE_LINE = re.compile(r"错误：.*[\u4e00-\u9fff].*\n")


@pytest.fixture(autouse=True, scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One index for all tests of this file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path_factory.mktemp("home")))
        yield


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Any:
    """Run a command and read the JSON on its standard output."""
    assert main(arguments) == status
    return json.loads(capsys.readouterr().out)


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must end with status 2, nothing on standard output and one Chinese line."""
    try:
        status = main(arguments)
    except SystemExit as error:  # argparse leaves by itself
        status = int(error.code or 0)
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert CHINESE_LINE.fullmatch(captured.err)
    return captured.err


def test_parse_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Every key of the contract, spans that cut the text out of the source."""
    parsed = run_json(capsys, "parse", "weidianyun", "--json")
    (document,) = read_terms(["weidianyun"]).documents
    assert parsed["doc_id"] == "weidianyun"
    assert parsed["sha256"] == document.sha256
    clause = next(clause for clause in parsed["clauses"] if clause["label"] == "13.3")
    assert set(clause) == {
        "clause_id", "label", "kind", "level", "parent_id", "lead_in_id", "headings", "lines", "span", "text",
        "emphasis", "emphasised",
    }  # fmt: skip
    assert clause["lines"] == [143, 143]
    assert clause["emphasised"] == 1.0
    start, end = clause["emphasis"][0]["span"]
    assert document.source[start:end].startswith("对于因合同争议")
    assert [party["role"] for party in parsed["parties"]] == ["customer", "vendor"]


def test_parse_tree(capsys: pytest.CaptureFixture[str]) -> None:
    """The tree shows numbers, emphasis and the conflict of names."""
    assert main(["parse", "weidianyun"]) == 0
    out = capsys.readouterr().out
    assert "【4.4 合作期间内" in out
    assert "用词相反" in out


def test_parse_standard_input(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` reads Markdown."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("1.1 **用户**应付款。".encode())))
    (clause,) = run_json(capsys, "parse", "-", "--json")["clauses"]
    assert clause["label"] == "1.1"


def test_ask_json(capsys: pytest.CaptureFixture[str]) -> None:
    """An answer with its citations; no qid where none was given."""
    answer = run_json(capsys, "ask", "13.5说了什么", "--json")
    assert list(answer) == ["question", "status", "confidence", "answer", "citations", "nearest", "notes"]
    (citation,) = answer["citations"]
    assert list(citation) == [
        "doc_id", "clause_id", "label", "headings", "lines", "span", "quote", "emphasis", "categories",
    ]  # fmt: skip
    assert citation["clause_id"] == "weidianyun#13.5"
    assert citation["emphasis"] == "full"


def test_ask_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """A refusal names the nearest clauses and whom to ask."""
    assert main(["ask", "能退款吗"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("条款未约定：")
    assert "不是答案" in out
    assert "业务部门" in out


def test_ask_batch(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One line a row, in order, each asked of its own document."""
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "a.md").write_text("1.1 用户每月支付服务费一百元。\n", "utf-8")
    (tmp_path / "terms" / "b.md").write_text("1.1 争议由北京的法院管辖。\n", "utf-8")
    batch = tmp_path / "q.jsonl"
    rows = [{"qid": "x", "doc": "b", "question": "1.1"}, {"question": "1.1", "doc": "a"}]
    batch.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    assert main(["ask", "--batch", str(batch), "--terms-dir", str(tmp_path / "terms"), "--json"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer.get("qid") for answer in answers] == ["x", None]
    assert [answer["citations"][0]["clause_id"] for answer in answers] == ["b#1.1", "a#1.1"]


def test_search_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Ranks from 1, the number asked for first."""
    found = run_json(capsys, "search", "13.5", "--k", "3", "--json")
    assert found["query"] == "13.5"
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    assert found["hits"][0]["label"] == "13.5"
    assert {"rank", "score", "dense", "sparse"} <= set(found["hits"][0])


def test_audit_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The coverage figure follows from the findings."""
    report = run_json(capsys, "audit", "weidianyun", "--json")
    must = [finding for finding in report["findings"] if finding["must_highlight"]]
    full = [finding for finding in must if finding["emphasis"] == "full"]
    assert (report["must"], report["emphasised"]) == (len(must), len(full))
    assert report["coverage"] == pytest.approx(len(full) / len(must), abs=1e-4)
    assert {"4.4", "13.3", "13.5"} <= {finding["label"] for finding in full}


def test_audit_fail_under(capsys: pytest.CaptureFixture[str]) -> None:
    """A coverage below the threshold is status 1."""
    assert main(["audit", "weidianyun", "--fail-under", "0.95"]) == 1
    assert main(["audit", "weidianyun", "--fail-under", "0"]) == 0
    assert "覆盖率" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx", "md"])
def test_audit_report(capsys: pytest.CaptureFixture[str], tmp_path: Path, ending: str) -> None:
    """A file in each format; standard output stays JSON alone."""
    path = tmp_path / f"report.{ending}"
    run_json(capsys, "audit", "weidianyun", "--json", "--report", str(path))
    assert path.stat().st_size > 1000


def test_audit_fix(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """What `--fix` writes is fully prominent, and says the same words."""
    fixed = tmp_path / "fixed.md"
    before = run_json(capsys, "audit", "weidianyun", "--json", "--fix", str(fixed))
    after = run_json(capsys, "audit", str(fixed), "--json", "--fail-under", "1")
    assert before["coverage"] < 1
    assert after["coverage"] == 1
    words = [clause["text"] for clause in run_json(capsys, "parse", "weidianyun", "--json")["clauses"]]
    assert [clause["text"] for clause in run_json(capsys, "parse", str(fixed), "--json")["clauses"]] == words


def test_audit_of_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """One line a document, each a precedent of the other."""
    for name, words in (("a", "我们不承担任何间接损失的赔偿责任。"), ("b", "**我们不承担任何间接损失的赔偿责任。**")):
        (tmp_path / f"{name}.md").write_text(f"1.1 {words}\n", "utf-8")
    assert main(["audit", str(tmp_path), "--json"]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (first["coverage"], second["coverage"]) == (0, 1)
    assert [one["doc_id"] for one in first["findings"][0]["precedents"]] == ["b"]


def test_lint(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Slips are status 1; a document without any is status 0."""
    report = run_json(capsys, "lint", "weidianyun", "--json", status=1)
    assert {"error", "warning"} & {finding["severity"] for finding in report["findings"]}
    assert main(["lint", "weidianyun"]) == 1
    capsys.readouterr()
    clean = tmp_path / "clean.md"
    clean.write_text("1.1 本合同自双方签字之日起生效。\n", "utf-8")
    assert run_json(capsys, "lint", str(clean), "--json")["findings"] == []


def test_diff(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A document and its next version, with a report."""
    (document,) = read_terms(["weidianyun"]).documents
    new, page = tmp_path / "new.md", tmp_path / "page.html"
    new.write_text(document.source.replace("北京市大兴区", "上海市", 1), "utf-8")
    (change,) = run_json(capsys, "diff", "weidianyun", str(new), "--json", "--report", str(page))["changes"]
    assert (change["kind"], change["old_clause_id"]) == ("changed", "weidianyun#13.1")
    assert ["-", "北京市大兴区"] in change["words"]
    assert "上海市" in page.read_text("utf-8")
    told = tmp_path / "told.md"
    run_json(capsys, "diff", "weidianyun", str(new), "--json", "--notice", str(told))
    assert "这次改了什么" in told.read_text("utf-8")
    assert main(["diff", "weidianyun", "weidianyun"]) == 0
    assert "没有变化" in capsys.readouterr().out


def test_index_life(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Build, add, list, remove, verify."""
    mine = tmp_path / "mine.md"
    mine.write_text("1.1 宠物寄养须付押金。\n", "utf-8")
    assert main(["index", "build"]) == 0
    assert main(["index", "add", str(mine)]) == 0
    capsys.readouterr()
    listed = run_json(capsys, "index", "list", "--json")["documents"]
    assert [row["doc_id"] for row in listed] == ["weidianyun", "mine"]
    assert run_json(capsys, "search", "宠物寄养", "--k", "1", "--json")["hits"][0]["clause_id"] == "mine#1.1"
    assert main(["parse", "mine"]) == 0
    assert "宠物寄养须付押金" in capsys.readouterr().out
    assert main(["index", "remove", "mine"]) == 0
    capsys.readouterr()
    verified = run_json(capsys, "index", "verify", "--json")
    assert list(verified["corpus"]) == ["weidianyun"]


def test_evaluate_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Figures over all, by group and by document."""
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "a.md").write_text("1.1 用户每月支付服务费一百元。\n\n1.2 争议由北京的法院管辖。\n", "utf-8")
    path = tmp_path / "q.jsonl"
    row = {"qid": "1", "doc": "a", "group": "customer", "question": "1.2", "answerable": True, "gold_lines": [3]}
    path.write_text(json.dumps(row), "utf-8")
    result = run_json(capsys, "evaluate", str(path), "--terms-dir", str(tmp_path / "t"), "--json")
    assert result["overall"]["hit@1"] == 1.0
    assert set(result) == {"overall", "groups", "documents", "failures"}


def test_missing_empty_and_binary_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Each is refused with the file's name."""
    empty, binary = tmp_path / "empty.md", tmp_path / "binary.md"
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 40)
    for path in (tmp_path / "missing.md", empty, binary):
        for command in (["parse", str(path)], ["ask", "问", "--terms", str(path)], ["audit", str(path)]):
            assert path.name in refusal(capsys, *command)


def test_gb18030_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Another encoding is read, not refused."""
    path = tmp_path / "gbk.md"
    path.write_bytes("1.1 **用户**应当付款。".encode("gb18030"))
    parsed = run_json(capsys, "parse", str(path), "--json")
    assert parsed["clauses"][0]["text"] == "1.1 用户应当付款。"
    assert "GB18030" in parsed["notes"][0]


def test_index_by_another_encoder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names both encoders and the command that mends it."""
    monkeypatch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path))
    assert main(["index", "build"]) == 0
    capsys.readouterr()
    manifest = tmp_path / "index" / "manifest.json"
    said = json.loads(manifest.read_text("utf-8"))
    said["encoder"], said["fingerprint"] = "another-model", "0" * 64
    said.pop("seal", None)
    manifest.write_bytes(storage._sealed(said))
    line = refusal(capsys, "ask", "谁付费")
    assert "another-model" in line
    assert "clauselight index build" in line


def test_corrupted_index(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flipped byte is found on loading, and building again mends it."""
    monkeypatch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path))
    assert main(["index", "build"]) == 0
    capsys.readouterr()
    victim = max(
        (path for path in (tmp_path / "index").iterdir() if path.is_file()), key=lambda path: path.stat().st_size
    )
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0xFF
    victim.write_bytes(data)
    assert "clauselight index build" in refusal(capsys, "ask", "谁付费")
    assert main(["index", "build"]) == 0
    assert main(["ask", "谁付费"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["ask"],
        ["ask", "问", "--batch", "x.jsonl"],
        ["ask", "问", "--k", "0"],
        ["ask", "问", "--k", "many"],
        ["ask", "--batch", "missing.jsonl", "--json"],
        ["parse"],
        ["audit", "weidianyun", "--fail-under", "2"],
        ["index"],
        ["index", "remove", "nothing"],
        ["serve", "--port", "99999"],
        ["evaluate", "missing.jsonl", "--terms-dir", "."],
        ["search"],
        ["diff", "weidianyun"],
        ["diff", "-", "-"],
        ["lint", "missing.md"],
        ["audit", "weidianyun", "--report", "report.pdf"],
        ["audit", "weidianyun", "--report", "missing/report.html"],
        ["audit", "weidianyun", "--fix", "fixed.docx"],
        ["audit", "weidianyun", "--fix", "/proc/fixed.md"],
        ["index", "add", "-"],
        ["index", "add", "missing.md"],
        ["parse", "weidianyun", "--json", "--tree"],
        ["parse", "weidianyun", "--js"],
    ],
)
def test_wrong_arguments(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    """Every wrong call gets one Chinese line and status 2."""
    refusal(capsys, *arguments)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CLAUSELIGHT_PORT", "many"),
        ("CLAUSELIGHT_RULES", "missing.toml"),
        ("CLAUSELIGHT_LEXICON", "missing.toml"),
        ("CLAUSELIGHT_ENCODER", "./missing"),
        ("CLAUSELIGHT_INDEX_DIR", "/proc/nowhere"),
    ],
)
def test_wrong_settings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """A variable that cannot be used is told with its value's place."""
    monkeypatch.setenv(name, value)
    status = main(["ask", "谁付费"])
    captured = capsys.readouterr()
    assert (status, captured.out) == (2, "")
    assert CHINESE_LINE.fullmatch(captured.err.splitlines(keepends=True)[-1])


def test_a_port_in_use(capsys: pytest.CaptureFixture[str]) -> None:
    """The line names a port that may be free."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"--port {port + 1}" in refusal(capsys, "serve", "--port", str(port))


def test_one_bad_file_in_a_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The rest is read, the bad one is told, and the status says so; a summary closes what is said."""
    (tmp_path / "good.md").write_text("1.1 用户应付款，见第9.9条。\n1.3 用户应守法。\n", "utf-8")
    (tmp_path / "empty.md").write_bytes(b"")
    assert main(["parse", str(tmp_path), "--json"]) == 2
    captured = capsys.readouterr()
    assert json.loads(captured.out)["doc_id"] == "good"
    assert captured.err.splitlines() == [
        "跳过：empty.md：文件是空的，里面没有文字",
        "good：2 条，29 字，编号异常 1 处，引用落空 1 处",
        "共读取 1 份文档，2 条；1 份没有读取",
    ]


def test_a_large_folder_shows_progress(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A line each tenth, where standard error is no terminal."""
    for number in range(20):
        (tmp_path / f"{number}.md").write_text("1.1 用户应付款。\n", "utf-8")
    assert main(["parse", str(tmp_path), "--json"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[:2] + told[9:11] == ["正在读取 1/20", "正在读取 2/20", "正在读取 18/20", "正在读取 20/20"]
    assert told[-1] == "共读取 20 份文档，20 条"


def test_internal_failure_is_status_four(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is one line with the place of the traceback."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("app.cli.opening.read_terms", broken)
    assert main(["parse", "weidianyun"]) == 4
    line = capsys.readouterr().err
    (path,) = re.findall(r"\S+clauselight-\S+\.log", line)
    assert "broken on purpose" in Path(path).read_text("utf-8")
    Path(path).unlink()


def test_wrong_lexicon(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's own concepts that cannot be read are told in one line."""
    path = tmp_path / "mine.toml"
    path.write_text('["宠物"]\nsaid = "猫"\nwritten = ["宠物"]\n', "utf-8")
    monkeypatch.setenv("CLAUSELIGHT_LEXICON", str(path))
    assert "宠物" in refusal(capsys, "ask", "能养猫吗")
    path.write_bytes(b"\xff\xfe\x00")
    assert "mine.toml" in refusal(capsys, "ask", "能养猫吗")
