"""From rules to places in a text: which words of a clause make which rule speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.review.literals import may_match
from app.review.rulebook import expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.review.names import Names
    from app.review.rulebook import Rule

LONGEST = 20_000
"""Characters of one clause that are searched; a clause of terms has hundreds."""
MOST = 20
"""Places of one rule in one clause that are kept: people need a few, and the time for a hostile line stays bounded."""
SENTENCE_ENDS = "。；！？;"
"""Characters that end a sentence, or a part of an enumeration that reads like one."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule and the words that made it speak."""

    rule: Rule
    """The rule."""
    start: int
    """Offset in the text of the first character."""
    end: int
    """Offset after the last character."""
    must: bool
    """Whether it makes the clause one that must be prominent."""


def find(
    rules: Sequence[Rule], text: str, *, start: int, names: Names, headings: Sequence[str] = ()
) -> tuple[Match, ...]:
    """All matches in `text[start:]`, one for each rule and place, in order of place.

    A rule's overlapping matches are one: the first, as long as the longest of those that start with it.
    """
    found: list[Match] = []
    for rule in rules:
        if rule.under and not any(re.search(rule.under, heading) for heading in headings):
            continue
        found += _of_rule(rule, text, start, names)
    speaking = _speaking(found, text)
    kept = [match for match in found if not _silenced(match, speaking, text)]
    return tuple(sorted(kept, key=lambda match: (match.start, match.end, match.rule.rule_id)))


def softened(match: Match, text: str, *, names: Names) -> bool:
    """Whether `text`, an item that inherits the match, says what makes it mild."""
    return any(_compiled(pattern, names).search(text[:LONGEST]) for pattern in match.rule.softeners)


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence, or sentences, that `text[start:end]` stands in."""
    before = max(text.rfind(mark, 0, start) for mark in SENTENCE_ENDS) + 1
    after = min((place for mark in SENTENCE_ENDS if (place := text.find(mark, end)) >= 0), default=len(text))
    return before, after


def _of_rule(rule: Rule, text: str, start: int, names: Names) -> Iterator[Match]:
    end = min(len(text), start + LONGEST)
    spans = sorted(
        (match.span() for pattern in rule.patterns for match in _finds(pattern, names, text, start, end)),
        key=lambda span: (span[0], -span[1]),
    )
    if not spans:
        return
    barred = [match.span() for pattern in rule.exceptions for match in _finds(pattern, names, text, start, end)]
    last = -1
    count = 0
    for first, after in spans:
        if first < last or any(first < barred_end and barred_start < after for barred_start, barred_end in barred):
            continue
        last = after
        count += 1
        if count > MOST:
            return
        mild = not rule.must or _is_soft(rule, text, (first, after), names)
        yield Match(rule, first, after, must=not mild)


def _finds(pattern: str, names: Names, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Find a pattern; one whose words the text lacks is not even compiled."""
    return _compiled(pattern, names).finditer(text, start, end) if may_match(pattern, text) else iter(())


def _is_soft(rule: Rule, text: str, span: tuple[int, int], names: Names) -> bool:
    before, after = sentence_of(text, *span)
    return any(_compiled(pattern, names).search(text, before, after) for pattern in rule.softeners)


def _speaking(found: Sequence[Match], text: str) -> dict[int, set[str]]:
    """Rules and categories that speak in each sentence, which is named by its end."""
    speaking: dict[int, set[str]] = {}
    for match in found:
        _, after = sentence_of(text, match.start, match.end)
        speaking.setdefault(after, set()).update((match.rule.rule_id, match.rule.category.value))
    return speaking


def _silenced(match: Match, speaking: dict[int, set[str]], text: str) -> bool:
    """Whether a rule that this one yields to speaks in the same sentence."""
    if not match.rule.yields_to:
        return False
    _, after = sentence_of(text, match.start, match.end)
    return not match.rule.yields_to.isdisjoint(speaking[after])


@lru_cache(maxsize=4096)
def _compiled(pattern: str, names: Names) -> re.Pattern[str]:
    return re.compile(expand(pattern, customer=names.customer, vendor=names.vendor))
