"""Which side each name stands on, when the names of a document are weighed together.

A definition that says what a party does, or a name that says it (`委托方`, `用户`), decides. The name of a company says
nothing: both sides may be companies. Then decides what the party does in the document; after that, that the two
sides are two; at last the habit that 甲方 buys and 乙方 provides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.roles import CUSTOMER_NAMES, LETTERED, VENDOR_NAMES, role_by_name, role_by_use, role_of
from corpus.types import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.definitions import Naming

_BARE_NAME = re.compile(
    r"[\s、和与及]*(?:(?!提供|运营|使用|购买|订购|注册|接受|租用|申请|下载|委托|经营|开发|拥有)[^，。；：\s]){0,40}?"
    r"(?:公司|中心|集团|银行|医院|学校|大学|学院|实体|机构|事务所|单位|[厂店局院社行所]|协会|Ltd\.?|Inc\.?|LLC)"
    r"(?:[（(][^（）()]{1,12}[）)])?[，、。\s]*$"
)
"""A name of a legal person, or what stands for one: 某某有限公司, 法律实体."""
_CERTAIN, _USED, _WEAK, _UNKNOWN = 3, 2, 1, 0
_OTHER_SIDE = {Role.CUSTOMER: Role.VENDOR, Role.VENDOR: Role.CUSTOMER, Role.OTHER: Role.OTHER}


def sides_of(namings: Sequence[Naming], text: str) -> list[Role]:
    """Tell the side of each naming, OTHER for things and unknown names; `text` is the whole document."""
    roles = [role_of(naming) for naming in namings]
    groups: dict[tuple[str, int], list[int]] = {}
    for index, naming in enumerate(namings):
        groups.setdefault(naming.group, []).append(index)
    settled = _settle(namings, roles, groups, text)
    for group in groups.values():
        side = next((settled[namings[index].term] for index in group if namings[index].term in settled), None)
        for index in group:
            naming = namings[index]
            if naming.term in settled:
                roles[index] = settled[naming.term]
            elif side is not None and not _is_certain(naming, roles[index]):
                roles[index] = side
    return roles


def _settle(
    namings: Sequence[Naming], roles: Sequence[Role], groups: dict[tuple[str, int], list[int]], text: str
) -> dict[str, Role]:
    """Decide for 甲方, 乙方 … by the best evidence, and make them two sides."""
    evidence: dict[str, dict[int, Role]] = {}
    for group in groups.values():
        for term in {namings[index].term for index in group if LETTERED.fullmatch(namings[index].term)}:
            found = evidence.setdefault(term, {})
            for index in group:
                if roles[index] is not Role.OTHER:
                    found.setdefault(_CERTAIN if _is_certain(namings[index], roles[index]) else _WEAK, roles[index])
    decided: dict[str, tuple[int, Role]] = {}
    for term, found in evidence.items():
        if _CERTAIN not in found and (use := role_by_use(term, text)) is not Role.OTHER:
            found[_USED] = use
        strength = max(found, default=_UNKNOWN)
        decided[term] = (strength, found.get(strength, Role.OTHER))
    if {"甲方", "乙方"} <= decided.keys():
        _oppose(decided)
    return {term: role for term, (_, role) in decided.items()}


def _oppose(decided: dict[str, tuple[int, Role]]) -> None:
    """Give 甲方 and 乙方 one side each: the one that less is known of takes the side that is left."""
    (first, buyer), (second, seller) = decided["甲方"], decided["乙方"]
    if (buyer is not seller and Role.OTHER not in {buyer, seller}) or {buyer, seller} == {Role.OTHER}:
        return
    if first > second:
        decided["乙方"] = (second, _OTHER_SIDE[buyer])
    elif second > first:
        decided["甲方"] = (first, _OTHER_SIDE[seller])
    elif first < _CERTAIN:
        decided["甲方"], decided["乙方"] = (first, Role.CUSTOMER), (second, Role.VENDOR)


def _is_certain(naming: Naming, role: Role) -> bool:
    """Whether more than the name of a company speaks for the role."""
    if role is Role.OTHER:
        return False
    if naming.term in CUSTOMER_NAMES + VENDOR_NAMES or role_by_name(naming.term) is not Role.OTHER:
        return True
    words = naming.definition or naming.referent
    return role_by_name(naming.referent) is not Role.OTHER or (bool(words) and _BARE_NAME.match(words) is None)
