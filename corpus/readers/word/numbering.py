"""Automatic numbers as Word prints them (17.9): formats, levels, restarts, overrides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers import ordinals
from corpus.readers.word.names import integer, number_of, switch_of, value_of, w
from corpus.readers.word.printing import NOTHING, Properties, read_properties

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml import etree

_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": ordinals.padded,
    "decimalFullWidth": ordinals.full_width,
    "decimalFullWidth2": ordinals.full_width,
    "upperLetter": ordinals.upper(ordinals.repeated_letters),
    "lowerLetter": ordinals.repeated_letters,
    "upperRoman": ordinals.upper(ordinals.roman),
    "lowerRoman": ordinals.roman,
    "chineseCounting": ordinals.chinese,
    "chineseCountingThousand": ordinals.chinese,
    "taiwaneseCounting": ordinals.chinese,
    "taiwaneseCountingThousand": ordinals.chinese,
    "japaneseCounting": ordinals.chinese,
    "koreanCounting": ordinals.chinese,
    "chineseLegalSimplified": ordinals.chinese_legal,
    "ideographLegalTraditional": ordinals.chinese_legal,
    "ideographDigital": ordinals.chinese_positional,
    "japaneseDigitalTenThousand": ordinals.chinese_positional,
    "taiwaneseDigital": ordinals.chinese_positional,
    "ideographTraditional": ordinals.stem,
    "ideographZodiac": ordinals.branch,
    "decimalEnclosedCircle": ordinals.circled,
    "decimalEnclosedCircleChinese": ordinals.circled,
    "decimalEnclosedParen": ordinals.bracketed,
    "decimalEnclosedFullstop": ordinals.pointed,
    "ideographEnclosedCircle": ordinals.bracketed_chinese,
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda _: "",
}
_PLACEHOLDER = re.compile("%([1-9])")
_LEVELS = 9
_HIGHEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    """`%1.%2`: the numbers of the levels stand for the placeholders."""
    suffix: str = "tab"
    restart: int | None = None
    """Level (1-based) after which it begins again; 0 for never, None for any higher one."""
    legal: bool = False
    """Whether all numbers in it are printed in Arabic digits (`w:isLgl`)."""
    style: str = ""
    """Paragraph style that this level belongs to."""
    printed: Properties = NOTHING


@dataclass(frozen=True, slots=True)
class Number:
    """The number before a paragraph."""

    text: str
    """As printed, with the space after it; empty for a bullet."""
    bullet: bool
    depth: int
    """Level, from 0."""
    printed: Properties
    """What the level says about the print of its number."""


@dataclass(slots=True)
class _List:
    """An abstract list with the counters that all its users share."""

    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)
    last: int = -1
    """Level of the last paragraph."""


class Numbering:
    """The numbering part and where its counters stand."""

    def __init__(self, part: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._uses: dict[int, str] = {}
        self._overrides: dict[int, dict[int, Level]] = {}
        self._restarts: dict[int, dict[int, int]] = {}
        if part is not None:
            self._read(part)

    def next_number(self, num_id: int, level: int | None, style_id: str) -> Number | None:
        """Count a paragraph of list `num_id` and return its number; None when there is no such list."""
        used = self._lists.get(self._uses.get(num_id, ""))
        if used is None:
            return None
        levels = used.levels | self._overrides.get(num_id, {})
        if level is None:
            level = next((depth for depth, each in levels.items() if each.style and each.style == style_id), 0)
        level = min(max(level, 0), _LEVELS - 1)
        own = levels.get(level, Level())
        self._count(used, num_id, level, levels)
        if own.format == "bullet":
            return Number("", bullet=True, depth=level, printed=own.printed)
        text = self._spell(used, levels, own)
        suffix = "" if own.suffix == "nothing" or not text else " "
        return Number(f"{text}{suffix}", bullet=False, depth=level, printed=own.printed)

    def _count(self, used: _List, num_id: int, level: int, levels: dict[int, Level]) -> None:
        """Advance the counter of a level; deeper levels begin again (17.9.10)."""
        restarts = self._restarts.get(num_id, {})
        if level in restarts:  # `w:startOverride` counts once, where the list is first used
            used.counters[level] = restarts.pop(level)
        elif level in used.counters:
            used.counters[level] = min(used.counters[level] + 1, _HIGHEST)
        else:
            used.counters[level] = levels.get(level, Level()).start
        for deeper in [depth for depth in used.counters if depth > level]:
            restart = levels.get(deeper, Level()).restart
            if restart is None or (restart > 0 and level < restart):
                del used.counters[deeper]

    def _spell(self, used: _List, levels: dict[int, Level], own: Level) -> str:
        def number(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            level = levels.get(depth, Level())
            value = used.counters.get(depth, level.start)
            if own.legal and level.format != "none":
                return str(value)
            return ordinals.spell(value, level.format, _FORMATS)

        return _PLACEHOLDER.sub(number, own.text)

    def _read(self, part: etree._Element) -> None:
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for abstract in part.iter(w("abstractNum")):
            identity = abstract.get(w("abstractNumId"), "")
            self._lists[identity] = _List(_levels(abstract))
            if (target := value_of(abstract, "numStyleLink")) is not None:
                links[identity] = target
            if (own := value_of(abstract, "styleLink")) is not None:
                named[own] = identity
        for identity, target in links.items():
            if target in named and named[target] != identity:
                self._lists[identity] = self._lists[named[target]]
        for use in part.iter(w("num")):
            num_id = integer(use.get(w("numId")))
            if num_id is not None:
                self._uses[num_id] = value_of(use, "abstractNumId") or ""
                self._read_overrides(use, num_id)

    def _read_overrides(self, use: etree._Element, num_id: int) -> None:
        for override in use.iter(w("lvlOverride")):
            depth = integer(override.get(w("ilvl")))
            if depth is None:
                continue
            start = number_of(override, "startOverride")
            level = override.find(w("lvl"))
            if level is not None:
                self._overrides.setdefault(num_id, {})[depth] = _level(level)
            if start is not None:
                self._restarts.setdefault(num_id, {})[depth] = start


def _levels(parent: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in parent.findall(w("lvl")):
        depth = integer(level.get(w("ilvl")))
        if depth is not None and 0 <= depth < _LEVELS:
            found[depth] = _level(level)
    return found


def _level(element: etree._Element) -> Level:
    start = number_of(element, "start")
    return Level(
        start=1 if start is None else start,
        format=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText") or "",
        suffix=value_of(element, "suff") or "tab",
        restart=number_of(element, "lvlRestart"),
        legal=bool(switch_of(element, "isLgl")),
        style=value_of(element, "pStyle") or "",
        printed=read_properties(element.find(w("rPr"))),
    )
