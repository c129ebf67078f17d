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

from corpus.definitions import namings
from corpus.types import ClauseKind, Mention, Party, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.definitions import Naming
    from corpus.types import Clause, Document

CUSTOMER_NAMES = (
    "您", "你", "用户", "客户", "消费者", "会员", "买家", "购买方", "租户",
    "使用者", "使用方", "订购方", "乘客", "旅客", "玩家", "投保人",
)  # fmt: skip
"""Names that are the customer in any terms that do not define them otherwise."""
VENDOR_NAMES = (
    "我们", "我方", "本公司", "本站", "本网站", "平台", "本平台", "服务商", "服务提供方", "服务方",
    "运营方", "经营者", "销售方", "卖方", "供应商", "我司", "公司",
)  # fmt: skip
"""Names that are the vendor in any terms that do not define them otherwise."""

_VENDOR_REFERENT = re.compile(
    r"(?:公司|所有者|网站|平台|运营[商者方]|提供(?:商|者|方)|经营者|集团|中心|银行|主体|服务商)$"
)
_VENDOR_DEFINITION = re.compile(r"(?:提供|运营|经营|开发|拥有).{0,30}(?:主体|公司|平台|服务|网站|方)|公司")
_CUSTOMER_DEFINITION = re.compile(
    r"(?:使用|购买|订购|注册|接受|租用|申请|下载|登录|委托|消费).{0,30}"
    r"(?:用户|客户|个人|组织|单位|主体|自然人|企业|者|人|方|会员)|用户|客户|消费者"
)
_THING = re.compile(
    r"(?:服务|产品|软件|信息|资料|行为|政策|须知|条款|协议|规则|系统|数据|内容|费用?|账户|账号|平台上?|期限?"
    r"|日|订单|程序|功能)$"
)
_ACTS = (
    "有权|保留|会尽|将尽|不承担|无法保证|不保证|不对|应当|应向|可以|可根据|将为|将向|将根据|向您|为您|不负|无需|承诺"
    "|提供|未能|对您"
)
_VENDOR_ACT = re.compile(r"有权|保留|会尽|不承担|承担")
_SUBJECT = re.compile(rf"(?:^|[，。；：、“”（(\s])([\u4e00-\u9fff]{{2,6}}?)(?={_ACTS}|将|为付费|为用户)")
_NO_NAMES = frozenset(
    {
        "双方", "一方", "任何一方", "另一方", "对方", "守约方", "违约方", "第三方", "任何第三方", "当事人", "各方",
        "本协议", "本条款", "本合同", "本服务", "该等", "如果", "若", "但", "且", "并", "或", "因", "由于", "否则",
        "同时", "此外", "以及", "不得", "前述", "上述", "有关", "相关", "其他", "任何人", "我国", "国家", "法院",
        "网站", "条款", "协议", "理解并", "服务", "届时", "包括",
    }
)  # fmt: skip


def parties_of(clauses: Sequence[Clause]) -> tuple[Party, ...]:
    """Read the customer and the vendor from the clauses; a side that is never named is left out."""
    found: dict[Role, dict[str, list[Mention]]] = {Role.CUSTOMER: {}, Role.VENDOR: {}}
    things: list[Naming] = []
    for naming in namings(clauses):
        role = _role_of(naming)
        if role is Role.OTHER:
            things.append(naming)
            continue
        span = naming.clause.locate(naming.start, naming.start + len(naming.term))
        mention = Mention(naming.clause.clause_id, span, naming.term)
        found[role].setdefault(naming.term, []).append(mention)
        full_name = re.split(r"是|由|与|和|为|指|即|的|[A-Za-z. ]", naming.referent)[-1]
        if role is Role.VENDOR and 2 <= len(full_name) <= 20:
            found[role].setdefault(full_name, [])
    text = "\n".join(clause.text for clause in clauses)
    _add_used(found, things, text)
    conflicts = _conflicts(clauses, found)
    return tuple(
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


def _role_of(naming: Naming) -> Role:
    """Which side a naming speaks of; OTHER for things."""
    term, referent, definition = naming.term, naming.referent, naming.definition
    if term in CUSTOMER_NAMES:
        return Role.CUSTOMER
    if _THING.search(term) or (referent and _THING.search(referent) and not _VENDOR_REFERENT.search(referent)):
        return Role.OTHER
    if term.endswith(("方", "人", "者", "商")):
        return _role_of_words(definition or referent, definition)
    named = term in VENDOR_NAMES and (referent or definition)
    return Role.VENDOR if named or _VENDOR_REFERENT.search(referent) else Role.OTHER


def _role_of_words(words: str, definition: str) -> Role:
    """Which side the words speak of that explain `甲方`, `服务方`, `许可人` …."""
    if re.match(r"[：:\s]*为(?:您|你|用户|客户|甲方|乙方)?", definition) and _VENDOR_DEFINITION.search(words):
        return Role.VENDOR
    if _CUSTOMER_DEFINITION.search(words) and not words.endswith("公司"):
        return Role.CUSTOMER
    return Role.VENDOR if _VENDOR_DEFINITION.search(words) else Role.OTHER


def _add_used(found: dict[Role, dict[str, list[Mention]]], things: list[Naming], text: str) -> None:
    """Names that the document uses for a side without defining them, and services that act like a party."""
    taken = {name for names in found.values() for name in names}
    for role, names in ((Role.CUSTOMER, CUSTOMER_NAMES), (Role.VENDOR, VENDOR_NAMES)):
        for name in names:
            if name not in taken and len(re.findall(rf"{name}(?:{_ACTS}|应|不得|同意|理解|须|可|需)", text)) >= 2:
                found[role][name] = []
    services = {naming.term for naming in things if naming.referent.endswith(("服务", "产品", "平台"))}
    acting = Counter(term for act in _VENDOR_ACT.finditer(text) for term in _ends(text, act.start()) & services)
    for term in dict.fromkeys(naming.term for naming in things):
        if acting[term] >= 2:
            found[Role.VENDOR].setdefault(term, [])
    if not found[Role.VENDOR]:
        subjects = Counter(name for name in _SUBJECT.findall(text) if name not in _NO_NAMES | {*CUSTOMER_NAMES})
        for name, count in subjects.most_common(1):
            if count >= 2:
                found[Role.VENDOR][name] = []


def _ends(text: str, place: int) -> set[str]:
    """Words of up to twenty characters that end at `place`."""
    return {text[max(0, place - length) : place] for length in range(1, 21)}


def _main_name(names: Iterable[str], text: str) -> str:
    """甲方 or 乙方 where defined, else the name used most."""
    lettered = [name for name in names if re.fullmatch(r"[甲乙丙丁]方", name)]
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
            mentions += _misuses(clauses, name, role, same_side=same_side, others=others)
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
            rf"(?<![向给对为由])(?<!要求)(?P<name>{quoted})(?!提供){gap}(?:(?<![后预为])付费|支付|缴纳|订购|购买|充值|选择(?:相应|具体|所需)?(?:产品|服务))"
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
        places = list(_places(strong, clause))
        if places or any(alias in clause.text for alias in same_side):
            places += _places(weak, clause)
        for start in sorted(set(places)):
            yield Mention(clause.clause_id, clause.locate(start, start + len(name)), name)


def _places(pattern: re.Pattern[str], clause: Clause) -> Iterator[int]:
    for match in pattern.finditer(clause.text):
        group = next((key for key, value in match.groupdict().items() if value is not None), None)
        if group is not None:
            yield match.start(group)


def role_of_name(document: Document, name: str, clause_id: str) -> Role:
    """Which side `name` means in this clause: as defined, or the other one where the clause uses it the other way."""
    for party in document.parties:
        if name in party.aliases:
            swapped = any(mention.clause_id == clause_id and mention.text == name for mention in party.conflicts)
            if not swapped:
                return party.role
            return Role.VENDOR if party.role is Role.CUSTOMER else Role.CUSTOMER
    return Role.OTHER
