"""Understanding a question: clause numbers in it, the concepts it is about, and the words to search with."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.qa.asking import asking_sentence
from corpus.numbering import read_label
from corpus.numerals import chinese_number
from corpus.types import Clause, ClauseKind
from index.cleaning import simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.qa.lexicon import Concept
    from app.qa.spelling import Correction
    from corpus.types import Document

MAX_QUESTION = 500
"""Characters of a question that are read; more is cut, as the encoder would cut it."""

_N = r"[零〇一二三四五六七八九十百0-9]{1,4}"
_DOTTED = re.compile(r"(?<![\d.A-Za-z])(\d{1,3}(?:[.．]\d{1,3}){1,7})(?![\d%％倍元万年月日天×xX]|[.．]\d)")
_ARTICLE = re.compile(rf"(?<!》)第\s*({_N})\s*(?:大?条|章|节|部分)(?:\s*第\s*({_N})\s*款)?")
_ITEM = re.compile(rf"(?:第\s*({_N})\s*(?:项|小项|点|种情形)|[（(]\s*({_N})\s*[)）])")
_LAW_NAME = re.compile(r"(?:法|条例|规定|解释|》|办法)\s*$")


@dataclass(frozen=True, slots=True)
class ClauseNumber:
    """A clause number that a question names."""

    printed: str
    """As the person wrote it."""
    path: tuple[int, ...]
    """`13.5` is (13, 5); `第三条第五款` is (3, 5)."""
    item: int | None
    """`第6项` is 6."""
    certain: bool
    """Whether it can only be a clause number: `第3条`, `3.5条`; a bare `99.9` may be anything."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched for."""

    asked: str
    """Exactly as the person wrote it."""
    text: str
    """As searched for: NFKC, Simplified, no control characters, at most `MAX_QUESTION` characters."""
    numbers: tuple[ClauseNumber, ...]
    """Clause numbers that it names."""
    concepts: tuple[Concept, ...]
    """Concepts that it is about."""
    corrections: tuple[Correction, ...] = ()
    """Words of it that were typed wrongly, and as what they were read."""

    @property
    def expanded(self) -> str:
        """The question followed by the words that terms use for its concepts."""
        written = dict.fromkeys(word for concept in self.concepts for word in concept.written)
        return " ".join([self.text, *written])


def understand(text: str, lexicon: Sequence[Concept]) -> Question:
    """Read a question; never fails."""
    clean = "".join(
        character
        for character in unicodedata.normalize("NFKC", text[: 4 * MAX_QUESTION])
        if unicodedata.category(character) not in {"Cc", "Cs", "Cf", "Co", "Cn"} or character in "\n\t"
    )
    clean = asking_sentence(simplified(" ".join(clean.split())))[:MAX_QUESTION]
    lower = clean.lower()
    return Question(
        asked=text,
        text=clean,
        numbers=_numbers(clean),
        concepts=tuple(concept for concept in lexicon if concept.is_asked(lower)),
    )


def _numbers(text: str) -> tuple[ClauseNumber, ...]:
    numbers: list[ClauseNumber] = []
    item_match = _ITEM.search(text)
    item = chinese_number(item_match.group(1) or item_match.group(2)) if item_match else None
    for match in _DOTTED.finditer(text):
        path = tuple(int(part) for part in re.split(r"[.．]", match.group(1)))
        if path[0] > 0:
            certain = bool(re.match(r"\s*(?:条|款|节|项)", text[match.end() :]))
            numbers.append(ClauseNumber(match.group(1), path, item, certain))
    for match in _ARTICLE.finditer(text):
        if _LAW_NAME.search(text, 0, match.start()):
            continue
        parts = [chinese_number(part) for part in match.groups() if part]
        path = tuple(part for part in parts if part is not None)
        if path:
            numbers.append(ClauseNumber(match.group().strip(), path, item, certain=True))
    return tuple(numbers)


def find_numbered(document: Document, number: ClauseNumber) -> tuple[Clause, ...]:
    """Clauses with this number that say something: the clause, its item, or what stands under a heading.

    Empty when the document has no such number.
    """
    named = _with_path(document, number.path)
    if not named and len(number.path) > 1:  # 第三条第五款 where 款 carry no number of their own
        for parent in _with_path(document, number.path[:-1]):
            children = _children(document, parent)
            unnumbered = all(_path(child) is None for child in children)
            if unnumbered and 0 < number.path[-1] <= len(children):
                named.append(children[number.path[-1] - 1])
    found: list[Clause] = []
    for clause in named:
        if number.item is not None:
            items = [child for child in _descendants(document, clause) if _value(child) == number.item]
            found.extend(items[:1])
        elif clause.kind is ClauseKind.HEADING:
            found.extend(child for child in _descendants(document, clause) if child.kind is not ClauseKind.HEADING)
        else:
            found.append(clause)
    return tuple(found)


def is_missing(document: Document, number: ClauseNumber) -> bool:
    """Whether a number can only be one of this document's, and is not there: `3.9` where 3.1 to 3.5 stand."""
    if find_numbered(document, number):
        return False
    siblings = [clause for parent in _with_path(document, number.path[:-1]) for clause in _children(document, parent)]
    return number.certain or any(_path(clause) is not None for clause in siblings)


def _with_path(document: Document, path: tuple[int, ...]) -> list[Clause]:
    return [clause for clause in document.clauses if _path(clause) == path]


def _path(clause: Clause) -> tuple[int, ...] | None:
    label = read_label(clause.text) if clause.label and clause.kind is not ClauseKind.ITEM else None
    return label.numbers if label else None


def _value(clause: Clause) -> int | None:
    label = read_label(clause.text) if clause.label else None
    return label.value if label else None


def _children(document: Document, parent: Clause) -> list[Clause]:
    return [clause for clause in document.clauses if clause.parent_id == parent.clause_id]


def _descendants(document: Document, parent: Clause) -> list[Clause]:
    inside = {parent.clause_id}
    found: list[Clause] = []
    for clause in document.clauses:
        if clause.parent_id in inside:
            inside.add(clause.clause_id)
            found.append(clause)
    return found
