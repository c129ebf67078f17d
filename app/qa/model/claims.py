"""What a sentence claims: figures, numbers, quotes, names, who may or must do what, and what is denied."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.qa.figures import figures_of, number_value
from corpus.parties import role_of_name
from corpus.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpus.types import Clause, Document

_DIGITS = re.compile(r"\d+(?:[.,，]\d+)*")
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]{2,}")
_QUOTED = re.compile(r"[“「『\"]([^”」』\"]+)[”」』\"]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.@_/-]+")
_SEGMENT = re.compile(r"[^，,。；;：:！？!?\n]+")
_SUBORDINATE = re.compile(r"^(?:或者?|以及|和|及|与|、|并不得|亦|也)")

FORBID, ALLOW, OBLIGE, WAIVE, DISCLAIM = "forbid", "allow", "oblige", "waive", "disclaim"
_MODES = (
    (WAIVE, re.compile(r"无需|无须|毋须|毋需|不需要?|不必|不用(?=[经付交另])")),
    (
        DISCLAIM,
        re.compile(r"不(?:应|再|会|予)?(?:对[^，。；]{0,30})?(?:承担|负责?|赔偿|补偿|退还?|退款)|免责|免于|免除"),
    ),
    (
        FORBID,
        re.compile(r"不得|禁止|严禁|不能|不可(?!抗力|分割|撤销|克服|避免|预见)|不可以|无权|不允许|不许|不应(?!当?对)"),
    ),
    (
        ALLOW,
        re.compile(
            r"有权|可以|(?<![不认许])可(?![能靠以抗])|允许|(?<![不可性只功技职产效智])能(?![力够否源])|能够|准许"
        ),
    ),
    (
        OBLIGE,
        re.compile(
            r"应当|必须|(?<![相供响反对适回不])应(?![用答对急])|(?<![无毋])须|(?<![无毋不])需要?(?!求)|有义务|负有"
        ),
    ),
)
"""Ways of ruling, the negative ones first: what one has taken is not read as another."""
_NEGATION = re.compile(
    r"不(?!可抗力|限于|论|足以?|仅|但|同|断|超过|少于|低于|高于|多于|良|动产|时|定期|明确?|管)|未(?!来|成年)|没有|没(?!收)|无(?!论|线|关|条件|意义)|禁止|严禁|拒绝|并非"
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """One stretch of a text, comma to comma: what it rules for whom, and whether it denies."""

    text: str
    """The words."""
    modes: frozenset[str]
    """Of `forbid`, `allow`, `oblige`, `waive`, `disclaim`; empty when it rules nothing."""
    side: Role | None
    """Whose doing it is, where a party is named; taken over from the stretch before when none is."""
    sides: Mapping[Role, int]
    """How often each side is named, the one taken over counted once."""
    denied: bool
    """Whether it has a negation of its own or hangs on one."""


def figures_in(text: str) -> set[tuple[str, float]]:
    """Kinds and values of the figures of a text."""
    return {(figure.kind, round(figure.value, 6)) for figure in figures_of(text)}


def bare_numbers_in(text: str) -> set[float]:
    """Values of the numbers of a text that are no figures."""
    for figure in reversed(figures_of(text)):
        text = f"{text[: figure.start]}，{text[figure.end :]}"
    return numbers_in(text)


def numbers_in(text: str) -> set[float]:
    """Values of all numbers of a text, with or without a unit; single Chinese digits (一方, 三者) are left out."""
    values = {number_value(match.group().rstrip(".,，")) for match in _DIGITS.finditer(text)}
    values |= {number_value(match.group()) for match in _HAN_NUMBER.finditer(text)}
    return {value for value in values if value is not None}


def quotes_in(text: str) -> list[str]:
    """Words in quotation marks."""
    return [match.group(1) for match in _QUOTED.finditer(text)]


def latin_in(text: str) -> set[str]:
    """Words, addresses and names in Latin letters, lower case."""
    return {match.group().lower().rstrip(".-/") for match in _LATIN.finditer(text)}


def sides_in(document: Document, clause: Clause, text: str) -> set[Role]:
    """Sides that a text names."""
    return {role for _, _, role in _mentions(document, clause, text)}


def rulings_of(document: Document, clause: Clause, text: str) -> tuple[Ruling, ...]:
    """Read a text comma by comma; a negation or a rule reaches on into stretches that only go on listing."""
    rulings: list[Ruling] = []
    for match in _SEGMENT.finditer(text):
        words = match.group().strip()
        if not words:
            continue
        modes = _modes(words)
        side = _side(document, clause, words, modes)
        sides = Counter(role for _, _, role in _mentions(document, clause, words))
        denied = bool(_NEGATION.search(words))
        last = rulings[-1] if rulings and text[match.start() - 1 : match.start()] in "，,、" else None
        if last is not None:
            if side is None and last.side is not None:
                side = last.side
                sides[side] += 1
            if not modes and _SUBORDINATE.match(words):
                modes, denied = dict.fromkeys(last.modes, 0), last.denied or denied
        rulings.append(Ruling(words, frozenset(modes), side, sides, denied))
    return tuple(rulings)


def _modes(words: str) -> dict[str, int]:
    """Find the ways of ruling, with where each begins; what one has taken is not read as another."""
    found: dict[str, int] = {}
    for mode, pattern in _MODES:
        match = pattern.search(words)
        if match:
            found[mode] = match.start()
            words = pattern.sub(lambda taken: "　" * len(taken.group()), words)
    return found


def _side(document: Document, clause: Clause, words: str, modes: Mapping[str, int]) -> Role | None:
    """Give the party nearest before the word that rules, else the first named; not one that stands after 向 or 归."""
    limit = min(modes.values(), default=len(words))
    named = [
        role
        for start, end, role in _mentions(document, clause, words)
        if end <= limit and not re.search(r"(?:向|给|对|由|经|为|与|和|及|归|的)$", words[:start])
    ]
    if not named:
        return None
    return named[-1] if modes else named[0]


def _mentions(document: Document, clause: Clause, text: str) -> Iterator[tuple[int, int, Role]]:
    names = {"客户": Role.CUSTOMER, "用户": Role.CUSTOMER, "您": Role.CUSTOMER, "服务方": Role.VENDOR}
    aliases = {name for party in document.parties for name in party.aliases}
    either = re.compile("|".join(map(re.escape, sorted({*names, *aliases}, key=len, reverse=True))))
    for match in either.finditer(text):
        name = match.group()
        role = role_of_name(document, name, clause.clause_id) if name in aliases else names[name]
        if role in {Role.CUSTOMER, Role.VENDOR}:
            yield match.start(), match.end(), role
