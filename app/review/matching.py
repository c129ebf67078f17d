"""From rules to places in a text: which words of a clause make which rule speak."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.review.rulebook import expand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.review.names import Names
    from app.review.rulebook import Rule

LONGEST = 20_000
"""Characters of one clause that are searched; a clause of terms has hundreds."""


@dataclass(frozen=True, slots=True)
class Match:
    """A rule and the words that made it speak."""

    rule: Rule
    """The rule."""
    start: int
    """Offset in the text of the first character."""
    end: int
    """Offset after the last character."""


def find(rules: Sequence[Rule], text: str, *, start: int, names: Names, headings: Sequence[str] = ()) -> list[Match]:
    """All matches in `text[start:]`, one for each rule and place, in order of place.

    A rule's overlapping matches are one: the first, as long as the longest of those that start with it.
    """
    found: list[Match] = []
    for rule in rules:
        if rule.under and not any(re.search(rule.under, heading) for heading in headings):
            continue
        found += _of_rule(rule, text, start, names)
    return sorted(found, key=lambda match: (match.start, match.end, match.rule.rule_id))


def _of_rule(rule: Rule, text: str, start: int, names: Names) -> Iterator[Match]:
    end = min(len(text), start + LONGEST)
    spans = sorted(
        (match.span() for pattern in rule.patterns for match in _compiled(pattern, names).finditer(text, start, end)),
        key=lambda span: (span[0], -span[1]),
    )
    if not spans:
        return
    barred = [
        match.span() for pattern in rule.exceptions for match in _compiled(pattern, names).finditer(text, start, end)
    ]
    last = -1
    for first, after in spans:
        if first < last or any(first < barred_end and barred_start < after for barred_start, barred_end in barred):
            continue
        last = after
        yield Match(rule, first, after)


@lru_cache(maxsize=4096)
def _compiled(pattern: str, names: Names) -> re.Pattern[str]:
    return re.compile(expand(pattern, customer=names.customer, vendor=names.vendor))
