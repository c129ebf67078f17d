"""Pairing of Markdown's emphasis marks: as CommonMark renders them, and as their author meant them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from corpus.types import EmphasisKind


@dataclass(frozen=True, slots=True)
class Delimiter:
    """A run of `*`, `_` or `~`."""

    piece: int
    """Index of the piece that holds it."""
    character: str
    """`*`, `_` or `~`."""
    length: int
    """Number of characters."""
    before: str
    """The character before the run; a newline at the start of the block."""
    after: str
    """The character after the run; a newline at the end of the block."""

    @property
    def left_flanking(self) -> bool:
        """CommonMark 6.2: not followed by white space, and not by punctuation unless space or punctuation precedes."""
        return not self.after.isspace() and (
            not _is_punctuation(self.after) or self.before.isspace() or _is_punctuation(self.before)
        )

    @property
    def right_flanking(self) -> bool:
        """CommonMark 6.2, the mirror image."""
        return not self.before.isspace() and (
            not _is_punctuation(self.before) or self.after.isspace() or _is_punctuation(self.after)
        )

    @property
    def can_open(self) -> bool:
        """Whether it can open emphasis (rules 1, 2, 5, 6)."""
        if self.character == "_":
            return self.left_flanking and (not self.right_flanking or _is_punctuation(self.before))
        return self.left_flanking

    @property
    def can_close(self) -> bool:
        """Whether it can close emphasis (rules 3, 4, 7, 8)."""
        if self.character == "_":
            return self.right_flanking and (not self.left_flanking or _is_punctuation(self.after))
        return self.right_flanking


@dataclass(frozen=True, slots=True)
class Pair:
    """Two delimiter runs (by index) that enclose emphasised words."""

    opener: int
    closer: int
    width: int
    """How many characters of each run it uses: 1 or 2."""
    kind: EmphasisKind
    """Bold or italic."""


def _is_punctuation(character: str) -> bool:
    """CommonMark 2.1: Unicode P (punctuation) and S (symbol) categories."""
    return unicodedata.category(character)[0] in "PS"


def rendered_pairs(delimiters: list[Delimiter]) -> list[Pair]:
    """Pairs that a CommonMark renderer makes: the spec's appendix "An algorithm for parsing nested emphasis".

    Linear in practice: `openers_bottom` keeps the search for an opener from going over the same runs again.
    """
    pairing = _Pairing(delimiters)
    for index, delimiter in enumerate(delimiters):
        if delimiter.character == "~":
            continue
        if delimiter.can_close:
            pairing.close(index)
        if delimiter.can_open:
            pairing.open(index)
    return pairing.pairs


class _Pairing:
    """The state of the spec's algorithm."""

    def __init__(self, delimiters: list[Delimiter]) -> None:
        self.pairs: list[Pair] = []
        self._delimiters = delimiters
        self._left = [delimiter.length for delimiter in delimiters]
        self._openers: list[int] = []  # indexes of runs that may still open, in order
        self._bottom: dict[tuple[str, bool, int], int] = {}

    def open(self, index: int) -> None:
        """Remember a run that may open emphasis, if anything of it is left."""
        if self._left[index] > 0:
            self._openers.append(index)

    def close(self, index: int) -> None:
        """Pair a run that may close emphasis with the openers before it, as long as it lasts."""
        while self._left[index] > 0:
            opener = self._find_opener(index)
            if opener is None:
                return
            width = 2 if self._left[opener] >= 2 and self._left[index] >= 2 else 1
            self.pairs.append(Pair(opener, index, width, EmphasisKind.BOLD if width == 2 else EmphasisKind.ITALIC))
            self._left[opener] -= width
            self._left[index] -= width
            if self._left[opener] == 0:
                self._openers.pop()

    def _find_opener(self, closer: int) -> int | None:
        """Find the nearest run that pairs with `closer`; those after it can open nothing any more."""
        delimiter = self._delimiters[closer]
        key = (delimiter.character, delimiter.can_open, delimiter.length % 3)
        floor = self._bottom.get(key, -1)
        for position in range(len(self._openers) - 1, -1, -1):
            opener = self._openers[position]
            if opener <= floor:
                break
            if _can_pair(self._delimiters[opener], delimiter):
                del self._openers[position + 1 :]
                return opener
        self._bottom[key] = closer - 1
        return None


def _can_pair(opener: Delimiter, closer: Delimiter) -> bool:
    """Tell whether the characters agree and the rule of three holds (rules 9 and 10, on the original lengths)."""
    if opener.character != closer.character:
        return False
    if (opener.can_close or closer.can_open) and (opener.length + closer.length) % 3 == 0:
        return opener.length % 3 == 0 and closer.length % 3 == 0
    return True


def author_pairs(delimiters: list[Delimiter]) -> list[Pair]:
    """Pairs of bold marks in the order in which an author sets them: open, close, open, close.

    Only runs of two and three characters (and of four: a close and an open that touch) count as bold marks.
    A run with a space on one side leans; it is overruled when pairing it by its lean would leave another one alone.
    """
    pairs: list[Pair] = []
    present = {delimiter.character for delimiter in delimiters}
    for character in "*_":
        if character not in present or (character == "_" and _is_form(delimiters)):
            continue
        marks = [index for index, delimiter in enumerate(delimiters) if _is_bold_mark(delimiter, character)]
        marks = [index for index in marks for _ in range(2 if delimiters[index].length == 4 else 1)]
        opened: int | None = None
        for position, index in enumerate(marks):
            remaining_is_odd = (len(marks) - position) % 2 == 1
            lean = _lean(delimiters[index])
            if opened is None:
                opened = None if lean < 0 and remaining_is_odd else index
            elif lean > 0 and not remaining_is_odd:
                opened = index  # the one before stays alone: a mark whose twin was forgotten
            else:
                if opened != index:
                    pairs.append(Pair(opened, index, 2, EmphasisKind.BOLD))
                if opened != index and delimiters[opened].length == delimiters[index].length == 3:
                    pairs.append(Pair(opened, index, 1, EmphasisKind.ITALIC))
                opened = None
    return pairs


def _is_form(delimiters: list[Delimiter]) -> bool:
    """Whether underscores are blanks to fill in: `____年__月__日`."""
    return any(
        delimiter.character == "_" and (delimiter.length > 3 or {delimiter.before, delimiter.after} & set("年月日"))
        for delimiter in delimiters
    )


def _is_bold_mark(delimiter: Delimiter, character: str) -> bool:
    if delimiter.character != character or not 2 <= delimiter.length <= 4:
        return False
    if character == "_":  # `姓名：__ 日期：__` is a form to fill in
        blank_side = _is_blank_side(delimiter.before), _is_blank_side(delimiter.after)
        return delimiter.length < 4 and blank_side != (True, True)
    return True


def _is_blank_side(character: str) -> bool:
    return character.isspace() or _is_punctuation(character)


def _lean(delimiter: Delimiter) -> int:
    """1 where only its right side touches text (an opener), -1 where only its left side does, 0 otherwise."""
    return int(delimiter.before.isspace() and not delimiter.after.isspace()) - int(
        delimiter.after.isspace() and not delimiter.before.isspace()
    )
