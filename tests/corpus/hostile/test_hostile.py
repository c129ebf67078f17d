"""Every hostile file is read as words or refused in one line: nothing runs, nothing is fetched, nothing is told."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

import pytest

import corpus
from corpus.errors import UnreadableTerms
from tests.corpus.hostile import pdf_files, texts, word_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "本机的秘密"
LONGEST = 60
"""Seconds for one file on a machine that does other things too: some explode, none may run on."""


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody open a connection."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file made its reader open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def outcome(data: bytes, name: str) -> tuple[str, str]:
    """Read a file; what came of it, and all the words of its clauses."""
    began = time.monotonic()
    try:
        document = corpus.parse_bytes(data, name=name)
    except UnreadableTerms as refusal:
        said = str(refusal)
        assert "\n" not in said
        assert any("\u4e00" <= char <= "\u9fff" for char in said)
        return "refused", said
    finally:
        assert time.monotonic() - began < LONGEST
    return "read", "\n".join(clause.text for clause in document.clauses)


def cases(kind: str, secret: str) -> Iterator[tuple[str, bytes, str]]:
    """Files of one kind."""
    if kind == "docx":
        yield from word_files.files(secret)
    elif kind == "pdf":
        yield from pdf_files.files()
    elif kind == "html":
        yield from texts.web_files(secret)
    else:
        yield from texts.markdown_files()
        yield from texts.byte_files()


@pytest.mark.parametrize(("kind", "least"), [("docx", 50), ("pdf", 40), ("html", 100), ("md", 40)])
def test_files_of_a_kind(tmp_path: Path, kind: str, least: int) -> None:
    """Each as its row says; the words of the clause beside the trap are there, the trap's own are not."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET, "utf-8")
    wrong, count, came = [], 0, {"read": 0, "refused": 0}
    for name, data, expected in cases(kind, str(secret)):
        count += 1
        result, words = outcome(data, f"{name}.{kind}")
        came[result] += 1
        if result != expected:
            wrong.append(f"{name}: {result} {words[:120]}")
        if SECRET in words:
            wrong.append(f"{name}: tells the secret")
        if result == "read" and expected == "read" and kind in ("docx", "html") and "责任" not in words:
            wrong.append(f"{name}: lost the clause: {words[:80]}")
        if kind == "docx" and result == "read" and "hacked" in words:
            wrong.append(f"{name}: shows hidden words")
    assert wrong == []
    assert count >= least
    assert min(came.values()) > 0 or kind == "html"
    assert {path.name for path in tmp_path.iterdir()} == {"secret"}


def test_there_are_files_enough() -> None:
    """At least a hundred and fifty, all different."""
    made = {data for kind in ("docx", "pdf", "html", "md") for _, data, _ in cases(kind, "/nowhere")}
    assert len(made) >= 150


@pytest.mark.parametrize("name", texts.NAMES, ids=range(len(texts.NAMES)))
def test_names(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is words: nothing is opened or made under it."""
    monkeypatch.chdir(tmp_path)
    result, _ = outcome(f"{texts.CLAUSE}\n".encode(), name)
    assert result in ("read", "refused")
    assert list(tmp_path.iterdir()) == []
