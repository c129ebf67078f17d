"""Characters of a page put together to lines, the lines in reading order, two columns one after the other."""

from __future__ import annotations

from bisect import bisect_left
from statistics import median
from typing import TYPE_CHECKING

from corpus.readers.pdf.types import Character, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.readers.pdf.types import Page

_SAME_LINE = 0.4
"""Base lines this far apart, in sizes of the type, are one line: superscripts and mixed fonts."""
_GAP = 1.5
"""A gap this wide, in sizes of the type, parts what stands beside one another."""
_FEWEST_LINES = 6
"""A column has at least so many lines."""
_FILLED = 0.7
"""In a column the usual line fills this share of its width; cells of a table do not."""


def lines_of(page: Page) -> list[Line]:
    """Lines of a page in reading order; what stands side by side on one line has a tab between."""
    segments = _segments(page.characters)
    for segment in segments:
        segment.page = page.number
    regions = _regions(segments)
    lines: list[Line] = []
    for number, region in enumerate(regions):
        assembled = _assembled(region)
        for line in assembled:
            line.region = number + 1 if len(regions) > 1 else 0
        lines += assembled
    return lines


def gather(characters: Iterable[Character], page: int) -> list[Line]:
    """Lines of characters that belong together, in the order in which the file draws them."""
    lines: list[Line] = []
    for segment in _segments(list(characters)):
        segment.page = page
        last = lines[-1] if lines else None
        if last is not None and _on_one_line(last, segment):
            lines[-1] = _beside(last, segment)
        else:
            lines.append(segment)
    return lines


def arrange(characters: Iterable[Character], page: int) -> list[Line]:
    """Lines of characters from top to bottom, whatever the order in which the file draws them."""
    segments = _segments(list(characters))
    for segment in segments:
        segment.page = page
    return _assembled(segments)


def _segments(characters: Sequence[Character]) -> list[Line]:
    """Split the stream of characters where the pen jumps: to another line, backwards, or over a wide gap."""
    segments: list[Line] = []
    for character in characters:
        last = segments[-1].characters[-1] if segments else None
        if last is None or _jumps(last, character):
            if character.text != " ":
                segments.append(Line([character], 0))
        else:
            segments[-1].characters.append(character)
    for segment in segments:
        while segment.characters[-1].text == " ":
            segment.characters.pop()
    return segments


def _jumps(last: Character, character: Character) -> bool:
    size = max(last.printed.size, character.printed.size, 1.0)
    if abs(last.base - character.base) > _SAME_LINE * size:
        return True
    return not -0.5 * size <= character.left - last.right <= _GAP * size


def _regions(segments: list[Line]) -> list[list[Line]]:
    """Bands of a page from top to bottom; a band with two columns gives the left one, then the right one."""
    gutter = _gutter(segments)
    if gutter is None:
        return [segments]
    bands: list[tuple[list[Line], list[Line]]] = [([], [])]
    regions: list[list[Line]] = []
    for segment in sorted(segments, key=lambda segment: -segment.base):
        if segment.left < gutter < segment.right:
            regions += [side for side in bands.pop() if side]
            regions.append([segment])
            bands.append(([], []))
        else:
            bands[-1][segment.left >= gutter].append(segment)
    regions += [side for side in bands.pop() if side]
    return regions


def _gutter(segments: list[Line]) -> float | None:
    """Find the x of the empty strip between two columns of running text; None on a page with one column."""
    if len(segments) < 2 * _FEWEST_LINES:
        return None
    left, right = min(segment.left for segment in segments), max(segment.right for segment in segments)
    starts = sorted(segment.left for segment in segments if 0.4 <= (segment.left - left) / (right - left + 1) <= 0.65)
    if len(starts) < _FEWEST_LINES:
        return None
    gutter = median(starts) - 1.0
    one = [segment for segment in segments if segment.right <= gutter]
    other = [segment for segment in segments if segment.left >= gutter - 3]
    crossing = len(segments) - len(one) - len(other)
    if min(len(one), len(other)) < _FEWEST_LINES or crossing > 0.2 * len(segments):
        return None
    return gutter if _runs_on(one) and _runs_on(other) else None


def _runs_on(side: list[Line]) -> bool:
    """Whether the usual line of a side fills it, as running text does."""
    width = max(line.right for line in side) - min(line.left for line in side)
    return width > 0 and median(line.right - line.left for line in side) >= _FILLED * width


def _assembled(segments: list[Line]) -> list[Line]:
    """Put segments on one base line together."""
    lines: list[Line] = []
    for segment in sorted(segments, key=lambda segment: (-segment.base, segment.left)):
        last = lines[-1] if lines else None
        if last is not None and _on_one_line(last, segment):
            lines[-1] = _beside(last, segment)
        else:
            lines.append(segment)
    return lines


def _on_one_line(one: Line, other: Line) -> bool:
    return abs(one.base - other.base) <= _SAME_LINE * max(one.size, other.size)


def _beside(one: Line, other: Line) -> Line:
    """Join two segments of a line: nothing, a space or a tab between them, as wide as the gap is."""
    first, second = (one, other) if one.left <= other.left else (other, one)
    gap = second.left - first.right
    if gap < -0.5 * first.characters[-1].printed.size:  # drawn later into gaps left for it: quotation marks of a font
        return Line(_interleaved(first.characters, second.characters), one.page)
    last = first.characters[-1]
    between = "" if gap < 0.2 * last.printed.size else " " if gap < _GAP * last.printed.size else "\t"
    joint = [Character(between, last.right, second.left, last.base, last.printed)] if between else []
    return Line([*first.characters, *joint, *second.characters], one.page)


def _interleaved(line: Sequence[Character], later: Sequence[Character]) -> list[Character]:
    """Put characters where they stand, in place of the space that their gap was taken for."""
    drawn = sorted((each for each in [*line, *later] if each.text != " "), key=lambda each: each.left)
    lefts = [each.left for each in drawn]
    spaces: list[Character] = []
    for each in [*line, *later]:
        within = bisect_left(lefts, each.left - 0.1)
        if each.text != " " or (within < len(lefts) and lefts[within] < each.right):
            continue
        beside = [other.text for other in drawn[max(0, within - 1) : within + 1]]
        if each.right > each.left or all(map(str.isascii, beside)):  # PDFium puts one of no width where the pen jumps
            spaces.append(each)
    return sorted([*drawn, *spaces], key=lambda each: each.left)
