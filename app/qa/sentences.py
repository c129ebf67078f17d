"""The sentences of a clause, and the ones that answer a question: always a stretch of the clause's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.types import Clause

WHOLE = 140
"""Characters up to which a clause is quoted whole: cutting a short clause loses conditions and saves nothing."""
MAX_QUOTE = 420
"""Characters of a quote at most, unless a single sentence is longer."""

_END = re.compile(r"[。！？!?；;]+|\n+")
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"), ("「", "」"))
_CONTINUES = re.compile(
    r"^(?:但是?|然而|同时|否则|若|如果?|此外|除此之外|因此|并且?|且|其中|不过|前述|上述|该|届时|除非|以及|在此情况下|对此)"
)
"""A sentence that opens so is understood only with the one before it."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of a clause's text."""

    start: int
    """Offset in `Clause.text`."""
    end: int
    """Offset after the last character."""
    text: str
    """The words."""


def sentences_of(clause: Clause) -> tuple[Sentence, ...]:
    """Cut the words after the label into sentences; brackets and quotation marks are not cut open."""
    text = clause.text
    found: list[Sentence] = []
    start = clause.body_start
    for match in _END.finditer(text, start):
        inside = text[start : match.end()]
        if any(inside.count(opening) > inside.count(closing) for opening, closing in _PAIRS):
            continue
        found.append(_trimmed(text, start, match.end()))
        start = match.end()
    if text[start:].strip():
        found.append(_trimmed(text, start, len(text)))
    return tuple(sentence for sentence in found if sentence.text)


def best_stretch(clause: Clause, score: Callable[[str], float]) -> Sentence | None:
    """Choose the words to quote: the whole clause when short, else the best sentence with what it leans on.

    `score` says how well a sentence answers. None when the clause has no words after its label.
    """
    sentences = sentences_of(clause)
    if not sentences:
        return None
    first, last = sentences[0].start, sentences[-1].end
    if last - first <= WHOLE or len(sentences) == 1:
        return _trimmed(clause.text, first, last)
    scores = [score(sentence.text) for sentence in sentences]
    low = high = max(range(len(sentences)), key=lambda position: (scores[position], -position))
    if low > 0 and _CONTINUES.match(sentences[low].text):
        low -= 1
    while high + 1 < len(sentences):
        follows = _CONTINUES.match(sentences[high + 1].text) or scores[high + 1] >= 0.8 * scores[high] > 0
        if not follows or sentences[high + 1].end - sentences[low].start > MAX_QUOTE:
            break
        high += 1
    return _trimmed(clause.text, sentences[low].start, sentences[high].end)


def _trimmed(text: str, start: int, end: int) -> Sentence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Sentence(start, end, text[start:end])
