"""Who is customer and who is vendor in one clause: the names that the document gives each side, conflicts included."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.parties import role_of_name
from corpus.roles import CUSTOMER_NAMES, VENDOR_NAMES
from corpus.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.types import Document


@dataclass(frozen=True, slots=True)
class Names:
    """Alternatives for a regular expression, longest name first."""

    customer: str
    """`您|用户`."""
    vendor: str
    """`本公司|我们`."""


PLAIN = frozenset({"公司"})
"""Names that mean the vendor only where the document says so: any company is a `公司`."""
CUSTOMERS = (
    *CUSTOMER_NAMES,
    *("商户", "商家", "卖家", "入驻商", "开发者", "学员", "患者", "乘车人", "寄件人", "收件人", "承租人", "借款人"),
    *("持卡人", "投资者", "参与者", "浏览者", "访客", "主播", "订阅者", "被保险人", "旅行者", "住客", "业主", "申请人"),
)
"""Names that are the customer in the terms of some trade, besides those of any terms."""
VENDORS = (
    *(name for name in VENDOR_NAMES if name not in PLAIN),
    *(
        "本行",
        "我行",
        "本店",
        "本馆",
        "本校",
        "本机构",
        "本中心",
        "本软件",
        "本应用",
        "本商城",
        "本社区",
        "本论坛",
        "本团队",
        "本工作室",
        "承运人",
        "出租人",
        "贷款人",
        "保险人",
    ),
    "主办方",
)
"""Names that are the vendor in the terms of some trade, besides those of any terms."""


_ACTS = re.compile(
    r"(?<![\u4e00-\u9fffA-Za-z])(?:但|则|且|并且|同时|故|因此|此外|即使|虽然|如|若|除非|由于|一旦)?"
    r"([\u4e00-\u9fffA-Za-z]{2,10}?)(?:及其所有者|所有者|均|亦|并|也|将|仅|同时|对此){0,2} ?"
    r"(?:有权|保留|概不|不承担|不负责|不负任何|无法保证|不保证|不担保|不作担保|承诺会|拥有|予以免责|对此不)"
)
"""What only the drafter of terms says of itself, with the name before it at the start of a part of a sentence."""
_NOBODY = re.compile(
    r"[方人者机]$|双方|一方|各方|任何|守约|违约|对方|第三|法院|机关|部门|政府|国家|法律|其他|其它|本条|本款|协议|条款|政策|这些|该等|"
    r"用户|客户|会员|甲|丙|您|你|否则|理解|同意|情形|情况|因此|以及|或者|如果|可以|应当|除"
)
"""Names that are no drafter: both sides, other people, and words that are no name."""
_ACTED = 3
"""Times that a name must act as the drafter before it counts as one."""


@lru_cache(maxsize=64)
def acting(source: str) -> frozenset[str]:
    """Names that act as the vendor though no definition introduces them: `有色牛有权…`, `本APP不承担…`."""
    counted = Counter(match[1] for match in _ACTS.finditer(source))
    return frozenset(name for name, times in counted.items() if times >= _ACTED and not _NOBODY.search(name))


@lru_cache(maxsize=64)
def introduced(source: str, alias: str) -> str:
    """Words that a bracket with this name follows: `某某开发者（以下简称“本应用”）` gives `某某开发者` for `本应用`."""
    found = re.search(
        rf"([\u4e00-\u9fff]{{2,20}})\*{{0,2}}[（(](?:以下|下)?简?称[^）)]{{0,10}}{re.escape(alias)}[^）)]{{0,10}}[）)]",
        source,
    )
    return found[1] if found else ""


def names_of(document: Document, clause_id: str) -> Names:
    """Names of each side in this clause.

    Names that the document defines or uses come first; names that mean one side in any terms are added unless the
    document gives them to the other side, and so are names that act as the vendor does. In a clause that uses a name
    the other way round, it changes sides.
    """
    sides: dict[Role, set[str]] = {Role.CUSTOMER: set(), Role.VENDOR: set()}
    for party in document.parties:
        for alias in party.aliases:
            sides.setdefault(role_of_name(document, alias, clause_id), set()).add(alias)
    referents = tuple(filter(None, (introduced(document.source, alias) for alias in sides[Role.VENDOR])))
    sides[Role.VENDOR] |= {
        name for name in CUSTOMERS if any(referent.endswith(name) for referent in referents)
    } - sides[Role.CUSTOMER]
    sides[Role.CUSTOMER] |= {*CUSTOMERS} - sides[Role.VENDOR]
    sides[Role.VENDOR] |= {*VENDORS, *acting(document.source)} - sides[Role.CUSTOMER]
    return Names(_alternatives(sides[Role.CUSTOMER]), _alternatives(sides[Role.VENDOR]))


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


DEFAULT = Names(_alternatives(CUSTOMERS), _alternatives({*VENDORS}))
"""The names that leave no doubt, for texts without a document (a rule's own examples)."""
