"""Which numbers are labels: those that continue a sequence.

Several families count at once (`一、` over `1.1` over `（1）`). A candidate is held against every sequence that is
open, innermost first; a number that continues none and starts none is a number in a sentence (`3个工作日`), unless it
is printed so plainly as a label that the author must have slipped: then it is kept as printed and reported.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.numbering import LIST_FAMILIES, Family, Label

_RANK = {Family.PART: 0, Family.CHAPTER: 1, Family.SECTION: 2, Family.ARTICLE: 3, Family.APPENDIX: 0}
_ROOTS = frozenset(
    {Family.CHINESE_COMMA, Family.ARTICLE, Family.DIGIT_COMMA, Family.CHAPTER, Family.SECTION, Family.PART}
)
_LARGEST_GAP = 5
"""A label without heading style may skip this many numbers; more looks like a number in a sentence."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a numbered block is printed; members of one sequence are printed alike."""

    heading_level: int
    """1 to 6 as the format says, -1 for the document's title, 0 elsewhere."""
    bold: bool
    """Whether the whole block is a bold caption."""

    @property
    def is_heading(self) -> bool:
        """Whether it is printed as a heading."""
        return self.heading_level != 0 or self.bold


@dataclass(slots=True)
class Level:
    """An open place in the clause tree."""

    index: int
    """Index of the clause that opened it."""
    style: Style
    label: Label | None = None
    """None for an unnumbered heading or a lead-in paragraph."""
    counts: dict[Family, int] = field(default_factory=dict)
    """Last value of each family that counted directly under this level."""
    colon: bool = False
    """Whether its words end in a colon."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label belongs."""

    depth: int
    """Number of levels above that stay open."""
    slip: str = ""
    """`gap`, `repeat`, `jump`, or empty when the sequence simply goes on."""
    expected: str = ""
    """The label that would have continued the sequence."""


def place_label(label: Label, style: Style, levels: list[Level], *, after_colon: bool) -> Place | None:
    """Find the place of a candidate among the open levels; None when it is no label.

    `levels` holds the open levels from the outside in; `after_colon` says that the block before ends in a colon.
    """
    if label.family is Family.DOTTED and len(label.numbers) > 1:
        return _place_dotted(label, style, levels)
    return _place_counted(label, style, levels, after_colon=after_colon)


def _place_dotted(label: Label, style: Style, levels: list[Level]) -> Place | None:
    """`1.1` and deeper carry their path: look for the clause that it names."""
    prefix = label.numbers[:-1]
    for depth in range(len(levels), 0, -1):
        above = levels[depth - 1]
        if above.label is None:
            continue
        numbers = above.label.numbers
        if _names(above.label, prefix):
            last = above.counts.get(Family.DOTTED, 0)
            if label.doubtful and label.value != last + 1:
                return None
            return _slip(Place(depth), label, last)
        if above.label.family is Family.DOTTED and len(numbers) == len(label.numbers) and numbers[:-1] == prefix:
            if label.doubtful and label.value != numbers[-1] + 1:
                return None
            return _slip(Place(depth - 1), label, numbers[-1])
    return _place_stray(label, style, levels)


def _names(label: Label, prefix: tuple[int, ...]) -> bool:
    """Whether `prefix` is this label: `1` of `1.1` may be printed `一、`, `第1条` or `1、`."""
    if label.family is Family.DOTTED:
        return label.numbers == prefix
    return len(prefix) == 1 and label.family in _ROOTS and label.numbers == prefix


def _place_stray(label: Label, style: Style, levels: list[Level]) -> Place | None:
    """Place a dotted label whose parent is not open: beside its like, or under what shares most of its path."""
    if label.doubtful:
        return None
    roots = [
        level.label.numbers[0]
        for level in levels
        if level.label is not None and level.label.family in _ROOTS | {Family.DOTTED}
    ]
    plain = label.separated or style.is_heading
    if not roots:
        starts = label.separated or all(number == 1 for number in label.numbers[1:])
        return Place(len(levels), "" if label.value == 1 else "jump") if starts else None
    if not plain and not any(label.numbers[0] - root in {0, 1} for root in roots):
        return None
    for depth in range(len(levels), 0, -1):
        above = levels[depth - 1]
        if above.label is not None and above.label.family is Family.DOTTED:
            place = _beside(label, above, above.label, depth)
            if place is not None:
                return place
    return Place(_deepest_heading(levels), "jump") if plain else None


def _beside(label: Label, level: Level, above: Label, depth: int) -> Place | None:
    """Place a stray label next to, or under, a dotted one that shares its path; `depth` levels end with that one."""
    shares = above.numbers[0] == label.numbers[0]
    deeper = len(label.numbers) - len(above.numbers)
    if deeper == 0 and (shares or above.numbers[0] + 1 == label.numbers[0]):
        return Place(depth - 1, "jump", _next(above))
    if deeper > 0 and label.numbers[: len(above.numbers)] == above.numbers:
        return Place(depth, "jump", f"{above.printed}.{level.counts.get(Family.DOTTED, 0) + 1}")
    if deeper == 1 and shares and level.colon:  # the items of 3.1.3.6 numbered 3.1.3.7.1
        return Place(depth, "jump", f"{above.printed}.1")
    return None


def _deepest_heading(levels: list[Level]) -> int:
    for depth in range(len(levels), 0, -1):
        if levels[depth - 1].style.is_heading:
            return depth
    return 0


def _place_counted(label: Label, style: Style, levels: list[Level], *, after_colon: bool) -> Place | None:
    """Place a label of one number: it continues the innermost sequence that it can continue, or starts one."""
    continuing = [depth for depth in range(len(levels), 0, -1) if _continues(levels[depth - 1].label, label)]
    alike = [depth for depth in continuing if levels[depth - 1].style == style]
    if alike or (continuing and not label.doubtful):
        return Place((alike or continuing)[0] - 1)
    if (label.doubtful or not label.separated) and not style.is_heading:
        return None
    if label.family in _RANK:
        return _place_ranked(label, style, levels)
    depths = range(len(levels), 0, -1)
    opened = next((depth for depth in depths if _same_family(levels[depth - 1].label, label)), None)
    if opened is None:
        return _start(label, style, levels, after_colon=after_colon)
    return _resume(label, style, levels, opened, after_colon=after_colon)


def _resume(label: Label, style: Style, levels: list[Level], opened: int, *, after_colon: bool) -> Place | None:
    """Place a label that does not continue its family's open sequence, whose last member is level `opened`."""
    current = levels[opened - 1]
    assert current.label is not None
    if label.value == 1 and (after_colon or current.style != style or opened < len(levels)):
        return _start(label, style, levels, after_colon=after_colon)
    gap = label.value - current.label.value
    if gap > _LARGEST_GAP and not style.is_heading:
        return None
    inner = label.family is Family.DOTTED and opened < len(levels)
    if inner and gap <= 0 and label.value != 1 and not style.is_heading:
        return Place(len(levels), "repeat", _next(current.label))
    return _slip(Place(opened - 1), label, current.label.value)


def _start(label: Label, style: Style, levels: list[Level], *, after_colon: bool) -> Place | None:
    """Start a new sequence inside the innermost clause; a heading starts one beside or above its like."""
    if style.heading_level:
        depth = len(levels)
        while depth and (
            not levels[depth - 1].style.heading_level or levels[depth - 1].style.heading_level >= style.heading_level
        ):
            depth -= 1
        return Place(depth, "" if label.value == 1 else "jump", "")
    if label.value == 1:
        return Place(len(levels))
    if style.is_heading or (label.family is not Family.DOTTED and (after_colon or label.family in LIST_FAMILIES)):
        return Place(len(levels), "jump", "")
    return Place(len(levels), "jump", "") if label.separated and label.value <= _LARGEST_GAP else None


def _place_ranked(label: Label, style: Style, levels: list[Level]) -> Place:
    """编, 章, 节 and 条 nest in this order, and 条 counts on across 章."""
    rank = _RANK[label.family]
    depth = len(levels)
    last = 0
    while depth:
        above = levels[depth - 1].label
        if above is not None and above.family in _RANK and _RANK[above.family] < rank:
            break
        if above is None and _outranks(levels[depth - 1].style, style):
            break
        if above is not None and above.family is label.family:
            last = above.value
        depth -= 1
    return _slip(Place(depth), label, last) if last else Place(depth)


def _outranks(above: Style, style: Style) -> bool:
    """Whether an unnumbered heading stands over this one: the title, or a heading of a higher level."""
    if style.heading_level:
        return above.heading_level != 0 and above.heading_level < style.heading_level
    return above.is_heading


def _same_family(above: Label | None, label: Label) -> bool:
    if above is None:
        return False
    if above.family is Family.DOTTED and len(above.numbers) > 1:
        return False
    return above.family is label.family


def _continues(above: Label | None, label: Label) -> bool:
    if above is None or not _same_family(above, label):
        return False
    if len(label.numbers) > 1:  # 第十二条之一 follows 第十二条, 第十二条之二 follows 第十二条之一
        return (
            above.numbers[0] == label.numbers[0] and label.value == (above.value if len(above.numbers) > 1 else 0) + 1
        )
    return label.numbers[0] == above.numbers[0] + 1


def _slip(place: Place, label: Label, last: int) -> Place:
    if label.value == last + 1:
        return place
    kind = "repeat" if label.value <= last else "gap"
    expected = label.printed[: label.printed.rfind(str(label.value))] + str(last + 1)
    return Place(place.depth, kind, expected if str(label.value) in label.printed else "")


def _next(label: Label) -> str:
    head, _, _ = label.printed.rpartition(str(label.value))
    return f"{head}{label.value + 1}" if str(label.value) in label.printed else ""
