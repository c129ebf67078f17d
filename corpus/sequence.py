"""Which numbers are labels: those that continue a sequence.

Several families count at once (`一、` over `1.1` over `（1）`). A candidate is held against every sequence that is
open, innermost first; a number that continues none and starts none is a number in a sentence (`3个工作日`), unless it
is printed so plainly as a label that the author must have slipped: then it is kept as printed and reported.
"""

from __future__ import annotations

from corpus.doubt import Doubt
from corpus.levels import Candidate, Level, Place, Style
from corpus.numbering import FIRST_ANNEX, LIST_FAMILIES, RANKS, Family, Label, annex_number, spelled

_ROOTS = frozenset(
    {Family.CHINESE_COMMA, Family.ARTICLE, Family.DIGIT_COMMA, Family.CHAPTER, Family.SECTION, Family.PART}
)
_SECTIONS = frozenset({Family.CHINESE_COMMA, Family.DOTTED})
"""Families of one number that number the sections of terms."""
_LIKE_FAMILIES = (
    frozenset({Family.DOTTED, Family.DIGIT_COMMA, Family.DIGIT_HALF}),
    frozenset({Family.DIGIT_BRACKET, Family.DIGIT_HALF}),
    frozenset({Family.CHINESE_BRACKET, Family.CHINESE_HALF}),
    frozenset({Family.LETTER, Family.LETTER_HALF, Family.LETTER_BRACKET}),
)
"""Families that careless authors take for one another within a list: `3、` and then `4.`."""
_LARGEST_GAP = 5
"""A label without heading style may skip this many numbers; more looks like a number in a sentence."""


def place_label(candidate: Candidate, levels: list[Level]) -> Place | None:
    """Find the place of a candidate among the open levels, from the outside in; None when it is no label."""
    label, style = candidate.label, candidate.style
    if label.doubt and (candidate.repeated or (label.doubt is Doubt.STRONG and not style.is_heading)):
        return None
    if label.family is Family.DOTTED and len(label.numbers) > 1:
        place = _place_dotted(label, style, levels)
    elif label.family in RANKS:
        place = _place_ranked(candidate, levels)
    else:
        place = _place_counted(candidate, levels)
    if place is not None and label.dashed and place.slip == "jump" and not style.is_heading:
        return None
    return None if place is None or (label.doubt and place.slip) else place


def key_of(label: Label) -> tuple[Family, int]:
    """Name what counts on together: a family, and for `1`, `1.1`, `1.1.1` the number of parts."""
    return label.family, len(label.numbers)


def _place_dotted(label: Label, style: Style, levels: list[Level]) -> Place | None:
    """`1.1` and deeper carry their path: look for the clause that it names, the innermost that it goes on under.

    Item `4.` of a list in 4.2 is not the section that 4.3 belongs to: there 4.3 would be a gap, beside 4.2 it goes on.
    """
    prefix = label.numbers[:-1]
    fallback: Place | None = None
    for depth in range(len(levels), 0, -1):
        above = levels[depth - 1]
        if above.label is None:
            continue
        place: Place | None = None
        numbers = above.label.numbers
        if names(above.label, prefix):
            place = _slip(Place(depth), label, above.counts.get(key_of(label), 0))
        elif above.label.family is Family.DOTTED and len(numbers) == len(label.numbers) and numbers[:-1] == prefix:
            place = _slip(Place(depth - 1), label, numbers[-1])
        if place is not None and not place.slip:
            return place
        fallback = fallback or place
    return fallback or _place_stray(label, style, levels)


def names(label: Label, prefix: tuple[int, ...]) -> bool:
    """Whether `prefix` is this label: `1` of `1.1` may be printed `一、`, `第1条` or `1、`."""
    if label.family is Family.DOTTED:
        return label.numbers == prefix
    if label.family in {Family.APPENDIX, Family.LETTER} and prefix[0] > FIRST_ANNEX:  # A.1 of 附件A
        return prefix == (annex_number(label.printed[-1]),)
    return len(prefix) == 1 and label.family in _ROOTS and label.numbers == prefix


def _place_stray(label: Label, style: Style, levels: list[Level]) -> Place | None:
    """Place a dotted label whose parent is not open: beside its like, or under what shares most of its path."""
    roots = [
        level.label.numbers[0]
        for level in levels
        if level.label is not None and level.label.family in _ROOTS | {Family.DOTTED}
    ]
    plain = label.separated or style.is_heading
    if label.numbers[0] > FIRST_ANNEX:
        return Place(_deepest_heading(levels)) if plain and set(label.numbers[1:]) == {1} else None
    if not roots:
        ones = all(number == 1 for number in label.numbers[1:])
        first = ones and label.numbers[0] == 1
        starts = first if label.doubt or label.dashed else (ones or label.separated)
        return Place(len(levels), "" if label.value == 1 else "jump") if starts else None
    if not plain and not any(label.numbers[0] - root in {0, 1} for root in roots):
        return None
    for depth in range(len(levels), 0, -1):
        above = levels[depth - 1]
        if above.label is not None and above.label.family is Family.DOTTED:
            place = _beside(label, above, above.label, depth)
            if place is not None:
                return place
    section = _section_before(label, levels) or _deepest_heading(levels)
    if not plain:
        return None
    over = levels[section - 1].label
    opens = set(label.numbers) == {1} and over is not None and over.family is Family.APPENDIX  # 1.1 below 附件二
    return Place(section) if opens else Place(section, "jump")


def _beside(label: Label, level: Level, above: Label, depth: int) -> Place | None:
    """Place a stray label next to, or under, a dotted one that shares its path; `depth` levels end with that one."""
    shares = above.numbers[0] == label.numbers[0]
    deeper = len(label.numbers) - len(above.numbers)
    if deeper == 0 and -2 <= label.numbers[0] - above.numbers[0] <= 1:
        return Place(depth - 1, "jump", spelled(above, above.value + 1))
    if deeper > 0 and label.numbers[: len(above.numbers)] == above.numbers:
        return Place(
            depth, "jump", f"{above.printed}.{level.counts.get((Family.DOTTED, len(above.numbers) + 1), 0) + 1}"
        )
    if deeper == 1 and shares and (level.colon or label.value == 1):  # the items of 3.1.3.6 numbered 3.1.3.7.1
        return Place(depth, "jump", f"{above.printed}.1")
    return None


def _section_before(label: Label, levels: list[Level]) -> int:
    """Find the open section that the author miscounted: 7.1 below a second 第6条; 0 when there is none."""
    if label.numbers[1:] != (1,) and not any(_same_path(level.label, label) for level in levels):
        return 0
    for depth in range(len(levels), 1, -1):
        above = levels[depth - 1].label
        if above is not None and above.family in _ROOTS and label.numbers[0] - above.numbers[0] in {1, 2}:
            return depth
    return 0


def _same_path(above: Label | None, label: Label) -> bool:
    return above is not None and above.family is Family.DOTTED and above.numbers[:-1] == label.numbers[:-1]


def _deepest_heading(levels: list[Level]) -> int:
    for depth in range(len(levels), 0, -1):
        if levels[depth - 1].style.is_heading:
            return depth
    return 1


def _place_counted(candidate: Candidate, levels: list[Level]) -> Place | None:
    """Place a label of one number: it continues the innermost sequence that it can continue, or starts one."""
    label, style = candidate.label, candidate.style
    continuing = [depth for depth in range(len(levels), 0, -1) if _continues(levels[depth - 1].label, label)]
    continuing = [depth for depth in continuing if not levels[depth - 1].closed] or continuing
    alike = [depth for depth in continuing if levels[depth - 1].style == style]
    alike.sort(key=lambda depth: abs(levels[depth - 1].style.indent - style.indent))
    if alike or (continuing and not label.doubt):
        return Place((alike or continuing)[0] - 1)
    begins = label.value == 1 and candidate.followed
    if not (label.separated or style.is_heading or begins) or (label.doubt and not begins):
        return None
    opened = next((depth for depth in range(len(levels), 0, -1) if _same_family(levels[depth - 1].label, label)), None)
    if opened is None:
        return _mixed(candidate, levels) or _start(candidate, levels)
    return _resume(candidate, levels, opened)


def _mixed(candidate: Candidate, levels: list[Level]) -> Place | None:
    """Go on with a list whose last number was printed in another way: `3、` and then `4.`."""
    label = candidate.label
    if label.value == 1 or label.doubt or _last(levels, label) == label.value - 1:
        return None
    for depth in range(len(levels), 1, -1):
        above = levels[depth - 1].label
        if above is None or levels[depth - 1].style != candidate.style or len(above.numbers) > 1:
            continue
        alike = any({above.family, label.family} <= families for families in _LIKE_FAMILIES)
        if alike and above.value == label.value - 1:
            return Place(depth - 1)
    return None


def _resume(candidate: Candidate, levels: list[Level], opened: int) -> Place | None:
    """Place a label that does not continue its family's open sequence, whose last member is level `opened`."""
    label, style = candidate.label, candidate.style
    current = levels[opened - 1]
    assert current.label is not None
    further_in = style.indent >= current.style.indent + 2
    if label.value == 1 and (candidate.after_colon or current.style != style or opened < len(levels) or further_in):
        return _start(candidate, levels)
    gap = label.value - current.label.value
    if gap > _LARGEST_GAP and not style.is_heading:
        return None
    inner = label.family is Family.DOTTED and opened < len(levels)
    if inner and gap <= 0 and label.value != 1 and not style.is_heading:
        return Place(len(levels), "repeat", spelled(current.label, current.label.value + 1))
    return _slip(Place(opened - 1), label, current.label.value)


def _start(candidate: Candidate, levels: list[Level]) -> Place | None:
    """Start a sequence, or go on with one whose last member is no longer open."""
    label, style = candidate.label, candidate.style
    depth = _starting_depth(candidate, levels)
    last = _last(levels[:depth], label)
    if label.value == last + 1 and last and style.is_heading:  # a heading goes on beside its like
        while key_of(label) not in levels[depth - 1].counts and levels[depth - 1].label is not None:
            depth -= 1
    if label.value in {0, 1} or label.value == last + 1:
        return Place(depth)
    jump = Place(depth, "jump", spelled(label, last + 1))
    if style.is_heading or candidate.after_colon or (label.separated and candidate.followed):
        return jump
    if label.family in {Family.LETTER, Family.ROMAN}:
        return None
    listed = label.family in LIST_FAMILIES
    return jump if listed or (label.separated and label.value <= _LARGEST_GAP) else None


def _starting_depth(candidate: Candidate, levels: list[Level]) -> int:
    """Levels that stay open for a new sequence: all of them, but a heading stands beside or above its like."""
    style = candidate.style
    depth = len(levels)
    if depth > 1 and levels[depth - 1].opens:
        depth -= 1
    if style.heading_level:
        while depth > 1 and (
            not levels[depth - 1].style.heading_level or levels[depth - 1].style.heading_level >= style.heading_level
        ):
            depth -= 1
    elif style.bold and not candidate.after_colon:  # a caption stands under no sentence
        while depth > 1 and not _holds_caption(levels[depth - 1], candidate.label):
            depth -= 1
    elif candidate.label.family is Family.CHINESE_COMMA and not candidate.after_colon:  # 二、 stands under no （1）
        outside = depth
        while depth > 1 and _is_listed(
            levels[depth - 1], plain_too=candidate.label.value > 1 or _led_in(levels, depth)
        ):
            depth -= 1
        if depth < outside and _leads_in(levels[depth - 1]):
            depth -= 1
    if depth > 1 and levels[depth - 1].preface and not candidate.after_colon and candidate.label.family in _SECTIONS:
        depth -= 1
    return depth


def _holds_caption(level: Level, label: Label) -> bool:
    """Whether a bold caption with this number may stand under a level: a heading or caption, no line of a list."""
    if level.style.is_heading:
        return True
    return level.caption and not _same_family(level.label, label)


def _is_listed(level: Level, *, plain_too: bool) -> bool:
    """Whether a level is an item of a list, or (`plain_too`) any clause below a section."""
    if level.label is None or level.style.is_heading:
        return False
    return level.label.family in LIST_FAMILIES or (plain_too and level.label.family is Family.DOTTED)


def _led_in(levels: list[Level], depth: int) -> bool:
    """Whether the innermost of `depth` levels is an item below an unnumbered sentence that ends in a colon."""
    return depth > 2 and _leads_in(levels[depth - 2])


def _leads_in(level: Level) -> bool:
    return level.label is None and level.colon and not level.style.is_heading


def _last(levels: list[Level], label: Label) -> int:
    """Last value of the family under the innermost open level that has one; 0 when none has."""
    return next((level.counts[key_of(label)] for level in reversed(levels) if key_of(label) in level.counts), 0)


def _place_ranked(candidate: Candidate, levels: list[Level]) -> Place | None:
    """编, 章, 节 and 条 nest in this order, and 条 counts on across 章."""
    label, style = candidate.label, candidate.style
    depth = len(levels)
    if label.family is Family.APPENDIX and candidate.after_colon and not style.is_heading:
        return Place(depth)  # the attachments that a clause lists
    beside = 0
    alone = not any(_same_family(level.label, label) for level in levels)
    while depth > 1:
        above = levels[depth - 1].label
        if above is not None and above.family in RANKS and RANKS[above.family] < RANKS[label.family]:
            break
        if above is None and _outranks(levels[depth - 1].style, style) and not levels[depth - 1].preface:
            break
        if above is not None and alone and label.family is Family.ARTICLE and levels[depth - 1].caption:
            break  # 第一条 below 一、总则
        listed = label.family is Family.APPENDIX and style.is_heading and not levels[depth - 1].style.is_heading
        if above is not None and above.family is label.family and not listed:
            if len(label.numbers) > 1 and _continues(above, label):
                return Place(depth - 1)
            beside = above.numbers[0]
            depth -= 1
            break
        depth -= 1
    last = beside or _last(levels[:depth], label)
    continues = label.numbers[0] == last + 1 or (label.numbers[0] == 1 and not beside)
    if continues or not last:
        certain = label.separated or style.is_heading or (continues and not label.doubt)
        return Place(depth) if certain and (continues or not label.doubt) else None
    return _slip(Place(depth), label, last) if label.separated or style.is_heading else None


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
        before = above.value if len(above.numbers) > 1 else 0
        return above.numbers[0] == label.numbers[0] and label.value == before + 1
    return label.numbers[0] == above.numbers[0] + 1


def _slip(place: Place, label: Label, last: int) -> Place:
    if label.value == last + 1:
        return place
    return Place(place.depth, "repeat" if label.value <= last else "gap", spelled(label, last + 1))
