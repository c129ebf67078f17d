"""`clauselight receipt verify`: statuses and one clear line."""

from __future__ import annotations

import json

import pytest

from app.cli import main
from app.receipt import FORMAT, load_key, sign
from corpus.library import read_terms


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CLAUSELIGHT_INDEX_DIR", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def receipt(home):
    (document,) = read_terms(["weidianyun"]).documents
    named = {"doc_id": document.doc_id, "title": document.title, "sha256": document.sha256}
    words = {"format": FORMAT, "document": named, "issued_at": "2026-01-31T08:00:00Z", "clauses": [{"clause_id": "a"}]}
    return sign(words, load_key(home / "receipt.key"))


def verify(tmp_path, receipt, *options):
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps(receipt, ensure_ascii=False), encoding="utf-8")
    return main(["receipt", "verify", str(path), *options])


def test_a_genuine_receipt_ends_with_status_0(tmp_path, receipt, capsys):
    """Which version was read, and that it is still this one."""
    assert verify(tmp_path, receipt) == 0
    said = capsys.readouterr().out
    assert said.startswith("签名有效")
    assert "与本机条款是同一版本" in said


def test_a_changed_receipt_ends_with_status_1(tmp_path, receipt, capsys):
    """One clause added after the fact."""
    receipt["clauses"].append({"clause_id": "b"})
    assert verify(tmp_path, receipt) == 1
    assert capsys.readouterr().out == "签名不符：内容在签发后有改动。\n"


def test_another_servers_key_is_named(tmp_path, receipt, capsys):
    """Nothing was changed: the key is another one, and with the right one it is genuine."""
    load_key(tmp_path / "other.key")
    assert verify(tmp_path, receipt, "--key", str(tmp_path / "other.key")) == 1
    assert "另一把密钥" in capsys.readouterr().out


def test_a_newer_version_of_the_terms_is_told(tmp_path, home, receipt, capsys):
    """The signature stands for what was read, not for what is published now."""
    receipt["document"]["sha256"] = "0" * 64
    assert verify(tmp_path, sign(receipt, load_key(home / "receipt.key")), "--json") == 0
    assert json.loads(capsys.readouterr().out)["version_is_current"] is False


@pytest.mark.parametrize("content", ["{}", "条款", "\x80"])
def test_what_is_no_receipt_ends_with_status_2(tmp_path, home, capsys, content):
    """One Chinese line, nothing on standard output."""
    load_key(home / "receipt.key")
    path = tmp_path / "wrong.json"
    path.write_text(content, encoding="latin-1" if content == "\x80" else "utf-8")
    assert main(["receipt", "verify", str(path)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "不是阅读凭证" in shown.err


def test_a_missing_file_ends_with_status_2(tmp_path, home, capsys):
    """Its name is told."""
    assert main(["receipt", "verify", str(tmp_path / "none.json")]) == 2
    assert "没有这个文件" in capsys.readouterr().err
