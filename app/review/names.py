"""Who is customer and who is vendor in one clause: the names that the document gives each side, conflicts included."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
    *("本行", "我行", "本店", "本馆", "本校", "本机构", "本中心", "本软件", "承运人", "出租人", "贷款人", "保险人"),
    "主办方",
)
"""Names that are the vendor in the terms of some trade, besides those of any terms."""


def names_of(document: Document, clause_id: str) -> Names:
    """Names of each side in this clause.

    Names that the document defines or uses come first; names that mean one side in any terms are added unless the
    document gives them to the other side. In a clause that uses a name the other way round, it changes sides.
    """
    sides: dict[Role, set[str]] = {Role.CUSTOMER: set(), Role.VENDOR: set()}
    for party in document.parties:
        for alias in party.aliases:
            sides.setdefault(role_of_name(document, alias, clause_id), set()).add(alias)
    sides[Role.CUSTOMER] |= {*CUSTOMERS} - sides[Role.VENDOR]
    sides[Role.VENDOR] |= {*VENDORS} - sides[Role.CUSTOMER]
    return Names(_alternatives(sides[Role.CUSTOMER]), _alternatives(sides[Role.VENDOR]))


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


DEFAULT = Names(_alternatives(CUSTOMERS), _alternatives({*VENDORS}))
"""The names that leave no doubt, for texts without a document (a rule's own examples)."""
