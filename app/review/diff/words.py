"""Two wordings of a clause, word by word."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from index.segmentation import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1_500
"""Words between the common beginning and end up to which each is compared; difflib takes their product in time."""


def compare_words(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """Pairs of `=`, `-` or `+` and the words, neighbours of one sign joined.

    Without `+` the words join to `old`, without `-` to `new`.
    """
    if old == new:
        return (("=", old),) if old else ()
    before, after = cut(old), cut(new)
    limit = min(len(before), len(after))
    start = next((place for place in range(limit) if before[place] != after[place]), limit)
    rest = limit - start
    end = next((place for place in range(rest) if before[-1 - place] != after[-1 - place]), rest)
    parts: list[tuple[str, str]] = [("=", "".join(before[:start]))]
    parts += _compare(before[start : len(before) - end], after[start : len(after) - end])
    parts.append(("=", "".join(before[len(before) - end :])))
    return tuple(_joined(parts))


def _compare(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    if max(len(before), len(after)) > LONGEST:
        yield "-", "".join(before)
        yield "+", "".join(after)
        return
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            yield "=", "".join(before[old_start:old_end])
        else:
            yield "-", "".join(before[old_start:old_end])
            yield "+", "".join(after[new_start:new_end])


def _joined(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    joined: list[tuple[str, str]] = []
    for sign, words in parts:
        if words and joined and joined[-1][0] == sign:
            joined[-1] = (sign, joined[-1][1] + words)
        elif words:
            joined.append((sign, words))
    return joined
