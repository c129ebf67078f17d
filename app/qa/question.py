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

_N = r"[零〇一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰0-9]{1,4}"
_DOTTED = re.compile(r"(?<![\d.A-Za-z])(\d{1,3}(?:[.．]\d{1,3}){1,7})(?![\d%％倍元万年月日天×xX]|[.．]\d)")
_ARTICLE = re.compile(rf"(?<!》)第\s*({_N})\s*(?:大?条|章|节|部分)(?:\s*第\s*({_N})\s*款)?")
_ITEM = re.compile(rf"(?:第\s*({_N})\s*(?:项|小项|点|种情形)|[（(]\s*({_N})\s*[)）]|(?<=\d)之\s*({_N}))")
_SPOKEN = re.compile(rf"(?<![第零一二三四五六七八九十百\d])({_N})\s*条\s*第?({_N})\s*款")
_ENGLISH = re.compile(r"\b(?:article|section|clause|paragraph)\s*(\d{1,3})(?![\d.])", re.IGNORECASE)
_LOOSE = re.compile(
    rf"^(?:请问|查一?下|看一?下|翻到|第|条款|clause)*\s*({_N})\s*[。·・点之,，、_\-–—]\s*({_N})\s*"
    r"[条款项]?(?:[是说讲写规定内容怎么样什么哪些了啥呢吗的？?。 ]*)$"
)
"""A number with another mark for its dot, when it is all that is asked: `13。5`, `十三点五`, `13-5条说什么`."""
_CIRCLED = {ord("①") + place: f"（{place + 1}）" for place in range(20)}
"""NFKC would make `12.2⑥` into `12.26`."""
_LAW_NAME = re.compile(r"(?:法|条例|规定|解释|》|办法)\s*$")


_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH_ASKS = (
    (re.compile(r"\bwho\b"), "谁"),
    (re.compile(r"\bhow much\b"), "多少"),
    (re.compile(r"\bhow long\b"), "多久"),
    (re.compile(r"\b(?:which|what) (?=court)"), "哪个"),
    (re.compile(r"\bwhere\b"), "在哪"),
    (re.compile(r"\bhow (?!much|long)"), "怎么"),
    (re.compile(r"\b(?:can|may|could|am) (?:i|we|you)\b|\bdo you\b|\bis (?:it|there)\b"), "可以吗"),
)
"""What a question in English asks; what it is about is told by the lexicon."""


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
    loose: bool = False
    """Whether it only may be a clause number (`7-10`): nobody is told that it does not exist."""


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
    plain: str = ""
    """All that was read, cleaned, before its asking sentence was taken and English was put into Chinese."""
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
        for character in unicodedata.normalize("NFKC", text[: 4 * MAX_QUESTION].translate(_CIRCLED))
        if unicodedata.category(character) not in {"Cc", "Cs", "Cf", "Co", "Cn"} or character in "\n\t"
    )
    plain = simplified(" ".join(clean.split()))
    clean = asking_sentence(plain)[:MAX_QUESTION]
    lower = clean.lower()
    concepts = tuple(concept for concept in lexicon if concept.is_asked(lower))
    numbers = _numbers(clean)
    if concepts and not numbers and not _HAN.search(clean):
        clean = _in_chinese(lower, concepts)
    return Question(asked=text, text=clean, numbers=numbers, concepts=concepts, plain=plain)


def _in_chinese(english: str, concepts: Sequence[Concept]) -> str:
    """Put a question in English as a look-up of what it is about: `how much is the penalty` is 违约金多少."""
    asks = next((chinese for pattern, chinese in _ENGLISH_ASKS if pattern.search(english)), "")
    return "、".join(concept.name for concept in concepts) + asks


def _numbers(text: str) -> tuple[ClauseNumber, ...]:
    numbers: list[ClauseNumber] = []
    item_match = _ITEM.search(text)
    item = chinese_number(next(filter(None, item_match.groups()))) if item_match else None
    for match in _DOTTED.finditer(text):
        path = tuple(int(part) for part in re.split(r"[.．]", match.group(1)))
        if path[0] > 0:
            certain = bool(re.match(r"\s*(?:条|款|节|项)", text[match.end() :]))
            numbers.append(ClauseNumber(match.group(1), path, item, certain))
    for match in [*_ARTICLE.finditer(text), *_SPOKEN.finditer(text), *_ENGLISH.finditer(text)]:
        if _LAW_NAME.search(text, 0, match.start()):
            continue
        parts = [chinese_number(part) for part in match.groups() if part]
        path = tuple(part for part in parts if part is not None)
        if path:
            numbers.append(ClauseNumber(match.group().strip(), path, item, certain=True))
    loose = None if numbers else _LOOSE.match(text)
    if loose:
        path = tuple(part for part in map(chinese_number, loose.groups()) if part)
        numbers.append(ClauseNumber(loose.group().strip(), path, None, certain=False, loose=True))
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
    if number.loose or find_numbered(document, number):
        return False
    if len(number.path) > 2 and _with_path(document, number.path[:-1]):  # 13.5.1 where 13.5 stands and has no parts
        return True
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
