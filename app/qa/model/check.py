"""A model's sentences against the clauses that they name: what is not there is dropped, with the reason.

The check errs on the side of dropping. A sentence stays when it names cited clauses only; every figure, number,
quote, Latin word and party of it stands in them; most of its words do; and each stretch of it rules for the same side
in the same way, and denies or affirms, as the stretch of the clause that it comes nearest to.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.qa.model import claims
from index.cleaning import clean, simplified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.qa.model.claims import Ruling
    from app.qa.model.request import Source

SUPPORTED = 0.6
"""Share of a sentence's character pairs that the clauses must have."""
FEW = 3
"""Character pairs of a stretch that only leads on (违反的，) and need not stand in the clause."""
MAX_SENTENCES = 6
"""Sentences of a reply that are shown."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ID = re.compile(r"[【\[]\s*([^】\]\s]{1,120})\s*[】\]]")
_MOVED = re.compile(r"([。！？；!?;])\s*((?:[【\[][^】\]]{1,120}[】\]]\s*)+)")
_END = re.compile(r"[。！？!?；;]+|\n+")
_BULLET = re.compile(r"^\s*(?:[-*•·]|\d{1,2}[.、)）]|[（(]\d{1,2}[)）])\s*")
_FREE = re.compile(r"[的了是在也就都而且之其该这那您你我们他它一个会要被将把对于和与或及等按照根据条款约定规定]")
"""Characters that carry nothing: pairs with one of them are not counted."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply."""

    text: str
    """Without the ids."""
    clause_ids: tuple[str, ...]
    """The clauses that it names."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence with the verdict."""

    sentence: Sentence
    """The sentence."""
    fault: str
    """Why it is dropped, in Chinese; empty for one that stays."""


def sentences_of(reply: str) -> Iterator[Sentence]:
    """Cut a reply into sentences; an id right after a full stop belongs to the sentence before it."""
    joined = _MOVED.sub(lambda match: f"{match[2].strip()}{match[1]}", _printable(reply))
    start = 0
    for end in [*(match.end() for match in _END.finditer(joined)), len(joined)]:
        piece = joined[start:end]
        start = end
        words = _BULLET.sub("", _ID.sub("", piece)).strip(" \n。；;*#")
        if words:
            yield Sentence(words, tuple(dict.fromkeys(_ID.findall(piece))))


def _printable(text: str) -> str:
    """Take out controls and invisible characters; what a person sees stays as it was written."""
    return "".join(mark for mark in text if mark == "\n" or unicodedata.category(mark) not in _INVISIBLE)


def _normal(text: str) -> str:
    """Write a text as it is compared: NFKC, Simplified, line by line."""
    return "\n".join(simplified(clean(line)) for line in text.splitlines())


def check(sentence: Sentence, sources: Mapping[str, Source], question: str) -> Checked:
    """Say whether a sentence holds; `sources` are the cited clauses by id."""
    named = [sources[clause_id] for clause_id in sentence.clause_ids if clause_id in sources]
    if not sentence.clause_ids or len(named) < len(sentence.clause_ids):
        return Checked(sentence, "没有注明所依据的条款" if not sentence.clause_ids else "注明了没有引用的条款")
    return Checked(sentence, _fault(sentence.text, named, question))


def _fault(text: str, sources: Sequence[Source], question: str) -> str:
    stated = _normal("\n".join(source.text for source in sources))
    text = _normal(_without_places(text, sources))
    question = _normal(question)
    if claims.figures_in(text) - claims.figures_in(stated) or claims.bare_numbers_in(text) - claims.numbers_in(stated):
        return "数字或日期与条款不符"
    plain = "".join(stated.split())
    if any("".join(quote.split()) not in plain for quote in claims.quotes_in(text)):
        return "引文不是条款原文"
    if claims.latin_in(text) - claims.latin_in(stated) - claims.latin_in(question):
        return "有条款里没有的名称或地址"
    sides = set().union(*(claims.sides_in(source.document, source.clause, stated) for source in sources))
    if claims.sides_in(sources[0].document, sources[0].clause, text) - sides:
        return "当事人与条款不符"
    if _support(text, stated) < SUPPORTED:
        return "说的内容条款里没有"
    return _ruling_fault(text, sources)


def _without_places(text: str, sources: Sequence[Source]) -> str:
    """Leave out the numbers of the clauses themselves: 根据第7.2条."""
    for source in sources:
        if source.clause.label:
            text = re.sub(rf"第?\s*{re.escape(source.clause.label)}\s*[条款项]", "", text)
    return text


def _ruling_fault(text: str, sources: Sequence[Source]) -> str:
    """Compare each stretch with the nearest one of the clauses."""
    stated = [
        ruling
        for source in sources
        for ruling in claims.rulings_of(source.document, source.clause, _normal(source.text))
    ]
    for ruling in claims.rulings_of(sources[0].document, sources[0].clause, text):
        pairs = _pairs(ruling.text)
        if not pairs:
            continue
        shares = [len(pairs & _pairs(other.text)) for other in stated]
        nearest = [other for other, share in zip(stated, shares, strict=True) if share and share >= 0.75 * max(shares)]
        if not nearest and not ruling.modes and not ruling.denied and len(pairs) <= FEW:
            continue
        if not nearest:
            return "说的内容条款里没有"
        if all(other.denied is not ruling.denied for other in nearest):
            return "否定与条款不符"
        alike = [other for other in nearest if ruling.modes <= other.modes]
        if not alike:
            return "“应当”“可以”“不得”与条款不符"
        if all(_other_side(ruling, other) for other in alike):
            return "当事人与条款不符"
    return ""


def _other_side(ruling: Ruling, other: Ruling) -> bool:
    """Whether a stretch speaks of another side than the clause, as the one that acts or anywhere."""
    if ruling.side is not None and other.side not in {None, ruling.side}:
        return True
    return any(count > other.sides.get(role, 0) for role, count in ruling.sides.items())


def _support(text: str, stated: str) -> float:
    pairs = _pairs(text)
    return len(pairs & _pairs(stated)) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"[^\w]", "", text.lower())
    return {pair for start in range(len(plain) - 1) if not _FREE.search(pair := plain[start : start + 2])}
