"""Who is who: the parties as this document names them, and where it uses a name the other way round.

`甲方` is the customer in one document and the vendor in the next, so roles are read from the definitions; only names
that leave no doubt (`您`, `用户`, `我们`) have a role of their own. A place is a conflict when the words around a
name do what only the other side does: whoever pays, orders and chooses a product is the customer, whoever is paid or
provides the service is the vendor.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from corpus.roles import CUSTOMER_NAMES, LETTERED, VENDOR_NAMES, role_by_name, role_by_use
from corpus.sides import sides_of
from corpus.types import ClauseKind, Mention, Party, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.definitions import Naming
    from corpus.types import Clause, Document

_ACTS = (
    "有权|保留|会尽|将尽|不承担|无法保证|不保证|不对|应当|应向|可以|可根据|将为|将向|将根据|向您|为您|不负|无需|承诺"
    "|提供|未能|对您"
)
_DUTIES = "应|不得|同意|理解|须|可|需"
_BY_LENGTH = "|".join(sorted(CUSTOMER_NAMES + VENDOR_NAMES, key=len, reverse=True))
_USUAL_NAME = re.compile(rf"({_BY_LENGTH})(?:{_ACTS}|{_DUTIES})")
_PART_OF_NAME = frozenset("本我贵该司子")
"""What makes another name of 公司, 网站 … when it stands before them."""
_TIMES_ADDRESSED = 3
"""Twice so many 您 speak to a customer, whatever stands behind them."""
_MOST_NAMES = 20
"""Names of one side; more than that is no agreement between two sides."""
_NAME_LETTER = r"(?:(?![是由与和为指即的])[\u4e00-\u9fff])"
_FULL_NAME = re.compile(
    rf"{_NAME_LETTER}{{2,14}}[（(]{_NAME_LETTER}{{2,6}}[）)]{_NAME_LETTER}{{2,10}}$|{_NAME_LETTER}{{2,20}}$"
)
_KIND_OF_COMPANY = re.compile(r"(?:科技|网络|信息|技术|股份|责任)*(?:有限|股份)(?:责任)?公司")
"""What is left of a company's name behind letters and blanks: XX有限公司."""
_WITH_AFFILIATES = re.compile(r"(?:及其?|和其?)(?:全部|所有|旗下|其他)?(?:关联|附属|子|分支|下属)[\u4e00-\u9fff]{0,8}$")
_BEFORE_NAME = re.compile(r".*(?:通过|使用|授权|委托|选择|访问|登录|进入|加入|来自|关于|归|属于|[规约]定了?)")
"""What stands before a company's name in a sentence: 欢迎使用某某网."""
_VENDOR_ACT = re.compile(r"有权|保留|会尽|不承担|承担")
_SUBJECT = re.compile(
    rf"(?:^|[，。；：、“”（(\s])([\u4e00-\u9fff]{{2,6}}?|[A-Z][A-Za-z0-9]{{1,15}})(?={_ACTS}|将|为付费|为用户)"
)
_STRONG_WORD = re.compile("[付缴购]|充值|选择|提供|收取|开具")
_WEAK_WORD = re.compile("理解|知悉|同意|认可|确认|告知|通知|提醒|预留")
"""What every misuse holds; most clauses hold none."""
_NO_NAMES = frozenset(
    {
        "双方", "一方", "任何一方", "另一方", "对方", "守约方", "违约方", "第三方", "任何第三方", "当事人", "各方",
        "本协议", "本条款", "本合同", "本服务", "该等", "如果", "若", "但", "且", "并", "或", "因", "由于", "否则",
        "同时", "此外", "以及", "不得", "前述", "上述", "有关", "相关", "其他", "任何人", "我国", "国家", "法院",
        "网站", "条款", "协议", "需要", "如需", "理解并", "服务", "届时", "包括", "所有者", "平台", "公司",
        "主体", "经营者",
    }
)  # fmt: skip


def parties_of(clauses: Sequence[Clause], given: Sequence[Naming]) -> tuple[Party, ...]:
    """Read the customer and the vendor from the clauses and the names they give; a side never named is left out.

    甲方, 乙方, 丙方 … of which no clause says whether they buy or provide (a landlord's guarantor, an employee) follow
    as others.
    """
    found: dict[Role, dict[str, list[Mention]]] = {Role.CUSTOMER: {}, Role.VENDOR: {}}
    things: list[Naming] = []
    text = "\n".join(clause.text for clause in clauses)
    for naming, role in zip(given, sides_of(given, text), strict=True):
        if role is Role.OTHER or len(found[role]) >= _MOST_NAMES:
            things.append(naming)
            continue
        span = naming.clause.locate(naming.start, naming.start + len(naming.term))
        mention = Mention(naming.clause.clause_id, span, naming.term)
        found[role].setdefault(naming.term, []).append(mention)
        referent = naming.referent
        if not referent.startswith(("供应", "供货")):
            referent = referent.lstrip("的供由与和向给为了即")
        full_name = _FULL_NAME.search(_BEFORE_NAME.sub("", _WITH_AFFILIATES.sub("", referent)))
        if 0 < len(referent) <= 5 and role_by_name(referent) is role:  # 出租方（以下简称“甲方”）
            found[role].setdefault(referent, [])
        elif role is Role.VENDOR and full_name is not None and _is_name(full_name.group()):
            found[role].setdefault(full_name.group(), [])
    _add_used(found, things, text)
    conflicts = _conflicts(clauses, found)
    sides = tuple(
        Party(
            name=_main_name(names, text),
            aliases=tuple(names),
            role=role,
            defined_at=tuple(mention for mentions in names.values() for mention in mentions),
            conflicts=conflicts[role],
        )
        for role, names in found.items()
        if names
    )
    return sides + tuple(_others(things, taken={name for names in found.values() for name in names}))


def _is_name(words: str) -> bool:
    return words not in _NO_NAMES and _KIND_OF_COMPANY.fullmatch(words) is None


def _others(things: Sequence[Naming], *, taken: set[str]) -> Iterator[Party]:
    """Lettered parties that stand on neither side as far as the document says."""
    together: dict[tuple[str, int], list[Naming]] = {}
    for naming in things:
        if naming.term not in taken:
            together.setdefault(naming.group, []).append(naming)
    found: dict[str, list[Naming]] = {}
    for group in together.values():
        lettered = {naming.term for naming in group if LETTERED.fullmatch(naming.term)}
        if len(lettered) == 1:
            found.setdefault(lettered.pop(), []).extend(group)
    for name, group in list(found.items())[:_MOST_NAMES]:
        spans = {naming: naming.clause.locate(naming.start, naming.start + len(naming.term)) for naming in group}
        yield Party(
            name=name,
            aliases=(name, *sorted({naming.term for naming in group} - {name})),
            role=Role.OTHER,
            defined_at=tuple(Mention(each.clause.clause_id, span, each.term) for each, span in spans.items()),
        )


def _add_used(found: dict[Role, dict[str, list[Mention]]], things: list[Naming], text: str) -> None:
    """Names that the document uses for a side without defining them, and services that act like a party."""
    taken = {name for names in found.values() for name in names}
    used = Counter(_usual_names(text))
    used["您"] = max(used["您"], text.count("您") // _TIMES_ADDRESSED)
    for role, names in ((Role.CUSTOMER, CUSTOMER_NAMES), (Role.VENDOR, VENDOR_NAMES)):
        found[role].update({name: [] for name in names if name not in taken and used[name] >= 2})
    for name in sorted(set(LETTERED.findall(text)) - taken):
        role = role_by_use(name, text)
        if role is not Role.OTHER:
            found[role][name] = []
    for name in _acting_services(things, text):
        found[Role.VENDOR].setdefault(name, [])
    if not found[Role.VENDOR]:
        subjects = Counter(name for name in _SUBJECT.findall(text) if name not in _NO_NAMES | {*CUSTOMER_NAMES})
        found[Role.VENDOR].update({name: [] for name, count in subjects.most_common(1) if count >= 2})


def _usual_names(text: str) -> Iterator[str]:
    """Yield 您, 用户, 我们 … as often as they act or have duties."""
    place = 0
    while (found := _USUAL_NAME.search(text, place)) is not None:
        place = found.end()
        if found.start() and text[found.start() - 1] in _PART_OF_NAME:
            place = found.start() + 1
        else:
            yield found[1]


def _acting_services(things: list[Naming], text: str) -> list[str]:
    """Names of services that the document lets act: `微电云有权…`."""
    services = {naming.term for naming in things if naming.referent.endswith(("服务", "产品", "平台"))}
    lengths = sorted({len(name) for name in services})
    acting: Counter[str] = Counter()
    for act in _VENDOR_ACT.finditer(text) if services else ():
        before = (text[max(0, act.start() - length) : act.start()] for length in lengths)
        acting.update(name for name in before if name in services)
    return [term for term in dict.fromkeys(naming.term for naming in things) if acting[term] >= 2]


def _main_name(names: Iterable[str], text: str) -> str:
    """甲方 or 乙方 where defined, else the name used most."""
    lettered = [name for name in names if re.fullmatch(r"[甲乙丙丁戊]方", name)]
    return lettered[0] if lettered else max(names, key=text.count)


def _conflicts(
    clauses: Sequence[Clause], found: dict[Role, dict[str, list[Mention]]]
) -> dict[Role, tuple[Mention, ...]]:
    """Places where a defined name does what the other side does."""
    result: dict[Role, tuple[Mention, ...]] = {}
    for role, names in found.items():
        defined = [name for name, mentions in names.items() if mentions and name not in CUSTOMER_NAMES + VENDOR_NAMES]
        own = [name for name in names if name not in defined]
        others = [name for side, given in found.items() if side is not role for name in given]
        mentions: list[Mention] = []
        for name in defined:
            same_side = [alias for alias in [*own, *defined] if alias != name]
            apart = [alias for alias in same_side if alias not in name and name not in alias]
            mentions += _misuses(clauses, name, role, same_side=apart, others=others)
        result[role] = tuple(sorted(mentions, key=lambda mention: mention.span))
    return result


def _misuses(
    clauses: Sequence[Clause], name: str, role: Role, *, same_side: Sequence[str], others: Sequence[str]
) -> Iterator[Mention]:
    barred = "|".join(map(re.escape, [*same_side, *others, name])) or "(?!)"
    gap = rf"(?:(?!{barred})[^，。；：的为对]){{0,16}}?"
    quoted = re.escape(name)
    if role is Role.VENDOR:
        strong = re.compile(
            rf"(?<![向给对为由])(?<!要求)(?P<name>{quoted})(?!提供){gap}"
            rf"(?:(?<![后预为])付费(?![的服产用])|支付|缴纳|订购|购买|充值|选择(?:相应|具体|所需)?(?:产品|服务))"
            rf"|(?<![向给对为由])(?<!要求)(?P<name4>{quoted})(?:应当?|须|必须){gap}付[费款]"
            rf"|向(?P<name2>{quoted})提供{gap}(?:服务|支持)"
        )
        weak = re.compile(
            rf"(?P<name>{quoted})(?:完全|充分)?(?:理解|知悉|同意|认可|确认)|(?:告知|通知|提醒)(?P<name2>{quoted})"
            rf"|(?P<name3>{quoted})(?:的(?:事先|书面)?同意|预留)"
        )
    else:
        strong = re.compile(
            rf"(?<!要求)(?:向|给)(?P<name>{quoted})(?:支付|缴纳|付款)|(?<![向给对为由])(?P<name2>{quoted})(?:有权)?(?:向{gap})?(?:收取|开具发票)"
        )
        weak = re.compile(r"(?!)")
    for clause in clauses:
        if clause.kind is ClauseKind.HEADING or name not in clause.text:
            continue
        places = list(_places(strong, clause, name)) if _STRONG_WORD.search(clause.text) else []
        if _WEAK_WORD.search(clause.text) and (places or any(alias in clause.text for alias in same_side)):
            places += _places(weak, clause, name)
        for start in sorted(set(places)):
            yield Mention(clause.clause_id, clause.locate(start, start + len(name)), name)


def _places(pattern: re.Pattern[str], clause: Clause, name: str) -> Iterator[int]:
    """Yield the places of the name that the pattern finds; it begins with the name or up to two characters before."""
    text, end = clause.text, 0
    place = text.find(name)
    while place >= 0:
        starts = (place - back for back in (2, 1, 0) if place - back >= end)
        match = next(filter(None, (pattern.match(text, start) for start in starts)), None)
        if match is not None:
            end = match.end()
            group = next((key for key, value in match.groupdict().items() if value is not None), None)
            if group is not None:
                yield match.start(group)
        place = text.find(name, max(place + 1, end))


def role_of_name(document: Document, name: str, clause_id: str) -> Role:
    """Which side `name` means in this clause: as defined, or the other one where the clause uses it the other way."""
    for party in document.parties:
        if name in party.aliases:
            swapped = any(mention.clause_id == clause_id and mention.text == name for mention in party.conflicts)
            if not swapped:
                return party.role
            return Role.VENDOR if party.role is Role.CUSTOMER else Role.CUSTOMER
    return Role.OTHER
