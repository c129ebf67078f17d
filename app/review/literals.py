"""Words without which a rule's pattern cannot match, so that most patterns are never compiled for a text.

Compiling the rules' 675 patterns takes half a second, and a new document has new names to compile them with; a clause
holds the words of a few dozen. Read are literal characters, classes, groups, alternatives, bounded repetition and
look-around, which is all that rules are written in; of a pattern with anything else nothing is told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 16
"""Alternatives of one place that are worth looking for."""
_TOKEN = re.compile(
    r"""
    \{[a-z_]+\}                              # a word in braces: names or a gap
  | \{(?P<least>\d*),?\d*\}\??  | (?P<often>[*?])\?? | \+\??    # a repetition
  | \[\^?\]?(?:\\.|[^\]\\])*\]               # a class
  | (?P<open>\((?:\?(?::|P<\w+>))?)(?!\?)    # a group
  | (?P<look>\(\?<?[=!])                     # a condition on what stands before or after
  | (?P<close>\)) | (?P<bar>\|)
  | \\(?P<escaped>[^\w\s]) | \\[bBdDsSwW]
  | (?P<literal>[^\\\[\](){}*+?|.^$])
  | [.^$]
    """,
    re.VERBOSE,
)


@lru_cache(maxsize=4096)
def needed(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Give sets of words, one of each in every text that the pattern matches; none where that cannot be told."""
    tokens = list(_tokens(pattern))
    if not tokens or sum(map(len, tokens)) != len(pattern):
        return ()
    sets, rest = _alternatives(tokens, 0)
    if rest != len(tokens):
        return ()
    return tuple(sorted(sets, key=lambda words: (-min(map(len, words)), len(words))))


def may_match(pattern: str, text: str) -> bool:
    """Whether a text holds the words that the pattern needs; False is certain, True is not."""
    return all(any(word in text for word in words) for words in needed(pattern))


def _tokens(pattern: str) -> Iterator[str]:
    place = 0
    while found := _TOKEN.match(pattern, place):
        yield found.group()
        place = found.end()


_Sets = list[tuple[str, ...]]


def _alternatives(tokens: list[str], place: int) -> tuple[_Sets, int]:
    """Read up to the bracket that closes, or the end; of several branches one set of a word from each is needed."""
    branches: list[_Sets] = []
    while True:
        sets, place = _sequence(tokens, place)
        branches.append(sets)
        if place == len(tokens) or tokens[place] != "|":
            break
        place += 1
    if len(branches) == 1:
        return branches[0], place
    if not all(branches):
        return [], place
    chosen = [max(sets, key=lambda words: (min(map(len, words)), -len(words))) for sets in branches]
    words = tuple(dict.fromkeys(word for words in chosen for word in words))
    return ([words] if len(words) <= MOST else []), place


def _sequence(tokens: list[str], place: int) -> tuple[_Sets, int]:
    """Read one branch: literal characters side by side are one word, and what may be left out is not needed."""
    sets: _Sets = []
    run = ""
    while place < len(tokens) and tokens[place] not in {")", "|"}:
        match = _TOKEN.match(tokens[place])
        assert match is not None
        place += 1
        literal = match["escaped"] or match["literal"]
        inner: _Sets = []
        if match["open"] or match["look"]:
            inner, place = _alternatives(tokens, place)
            place += 1
        optional, repeated = _repetition(tokens[place] if place < len(tokens) else "")
        place += repeated
        if literal and not optional:
            run += literal
        if not literal or repeated:
            sets += [(run,)] if run else []
            run = ""
        if not optional and not match["look"]:
            sets += inner
    return sets + ([(run,)] if run else []), place


def _repetition(token: str) -> tuple[bool, bool]:
    """Whether a token lets what stands before it be left out, and whether it is a repetition at all."""
    match = _TOKEN.fullmatch(token)
    if match is None or not (match["often"] or match["least"] is not None or token[0] == "+"):
        return False, False
    return bool(match["often"]) or (match["least"] is not None and int(match["least"] or 0) == 0), True
