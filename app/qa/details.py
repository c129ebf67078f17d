"""The kind of detail a question asks for, and whether a clause states one.

`多久` wants a time, `多少钱` a sum: a clause that speaks of the matter without a detail of that kind does not answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_N = r"(?:\d[\d,.]*|[零〇一二三四五六七八九十百千万两半]+)"


@dataclass(frozen=True, slots=True)
class Detail:
    """One kind of detail."""

    name: str
    """In Chinese, as people are told that it is missing."""
    asked: re.Pattern[str]
    """In questions."""
    stated: re.Pattern[str]
    """In clauses."""


DETAILS = (
    Detail(
        "时间或期限",
        re.compile(
            r"多久|多长时间|几[天日年月周]|几个?(?:小时|月|工作日|星期|钟头)|多少[天日年月]|什么时候|何时|哪天|时限|有效期|几点"
        ),
        re.compile(rf"{_N}\s*个?(?:工作日|自然日|日|天|年|月|小时|分钟|周|星期)|立即|当日|之日|届满|永久|期间"),
    ),
    Detail(
        "金额",
        re.compile(
            r"多少钱|几块|几[万千百]块?|多少[元万]|什么价|价格是|费用是多少|收费标准|赔多少|罚多少|一[年个]月?多少"
        ),
        re.compile(rf"{_N}\s*(?:元|万|倍|％|%)|百分之|全额|总额|等同于|实际支付|所支付"),
    ),
    Detail(
        "百分比",
        re.compile(r"几个[9九]|百分之[几多]|多少[%％]|百分比|比例|几成|税点|税率|折扣"),
        re.compile(rf"{_N}\s*[%％折]|百分之|全额"),
    ),
    Detail(
        "数量",
        re.compile(r"[几多][少]?(?:个|次|张|份|台|条|通|人|家|套)(?!月|小时|工作日|九|9)|上限|最多|至少"),
        re.compile(rf"{_N}\s*(?:个|次|张|份|台|条|通|人|家|套|倍|元|GB|MB|TB)|不超过|不少于|至少|唯一|一个"),
    ),
    Detail(
        "联系方式",
        re.compile(r"电话(?:是|号|多少)|号码|邮箱|地址(?:是|在)|联系方式|热线|打哪个"),
        re.compile(r"\d{3,}|@|www\.|工单|邮寄"),
    ),
    Detail(
        "地点",
        re.compile(r"哪个城市|哪个地[方区]|在哪[里儿]?|去哪|哪[里儿]的|哪个法院|哪家法院|机房"),
        re.compile(r"[市区省县]|所在地|住所地|签订地|签署地|履行地|境内|境外|页面|官网|网站|控制台"),
    ),
)
"""Kinds of detail; a question may ask for several."""


def asked_details(question: str) -> tuple[Detail, ...]:
    """Kinds of detail that a question asks for."""
    return tuple(detail for detail in DETAILS if detail.asked.search(question))
