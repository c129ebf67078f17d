"""Sentences of real terms stay; the same sentences with one lie in them do not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import corpus
from app.qa.figures import figures_of
from app.qa.model.check import Sentence, check
from app.qa.model.request import source_of
from app.qa.sentences import sentences_of
from corpus.library import read_terms
from corpus.parties import role_of_name
from corpus.types import ClauseKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Clause, Document

SHIPPED = Path(corpus.__file__).parent / "documents" / "weidianyun.md"
TURNED = {"不得": "可以", "有权": "无权", "应当": "无需", "不承担": "承担", "不负": "负"}


def sentences(document: Document) -> Iterator[tuple[Clause, str]]:
    """Yield the sentences of a document that a model might give back."""
    for clause in document.clauses:
        if clause.kind is not ClauseKind.HEADING:
            for sentence in sentences_of(clause):
                if 12 <= len(sentence.text) <= 120:
                    yield clause, sentence.text.rstrip("。；;")


def lies(document: Document, clause: Clause, text: str) -> Iterator[str]:
    """Yield a sentence with its rule turned round, another number, another party."""
    for said, turned in TURNED.items():
        if said in text:
            yield text.replace(said, turned, 1)
    for figure in figures_of(text)[:1]:
        number = re.search(r"\d+", figure.text)
        if number and figure.kind != "pieces":
            other = figure.text.replace(number.group(), str(int(number.group()) + 7), 1)
            yield text[: figure.start] + other + text[figure.end :]
    sides = {party.role: party.aliases for party in document.parties}
    for one, other in ((Role.CUSTOMER, Role.VENDOR), (Role.VENDOR, Role.CUSTOMER)):
        # where a section uses 乙方 for the customer, 甲方 in its place is no lie
        named = [
            name
            for name in sides.get(one, ())
            if name in text and role_of_name(document, name, clause.clause_id) is one
        ]
        if named and sides.get(other) and re.search("有权|应|不得|可以|承担", text):
            yield text.replace(named[0], sides[other][0], 1)


def kept(document: Document, clause: Clause, texts: list[str]) -> list[str]:
    """Give the sentences that the check lets stand."""
    sources = {clause.clause_id: source_of(document, clause)}
    return [text for text in texts if not check(Sentence(text, (clause.clause_id,)), sources, "").fault]


def measure(documents: tuple[Document, ...]) -> tuple[float, float, int]:
    """Share of true sentences that stay, share of lies that stay, and how many lies."""
    true = stay = told = believed = 0
    for document in documents:
        for clause, text in sentences(document):
            false = list(lies(document, clause, text))
            true, stay = true + 1, stay + len(kept(document, clause, [text]))
            told, believed = told + len(false), believed + len(kept(document, clause, false))
    return stay / true, believed / told, told


def test_the_terms_that_ship() -> None:
    """Every true sentence stays, no lie does."""
    stay, believed, told = measure((corpus.load(SHIPPED),))
    assert told >= 60
    assert (stay, believed) == (1.0, 0.0)


@pytest.mark.shared
def test_real_terms(shared: Path) -> None:
    """Over 22 documents 99 of a hundred true sentences stay, and one lie in a hundred at most."""
    stay, believed, told = measure(read_terms([str(shared / "terms")]).documents)
    assert told > 700
    assert stay >= 0.99
    assert believed <= 0.01
