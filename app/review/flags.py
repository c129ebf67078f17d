"""Words that the law makes void or doubtful however they are printed, each with its article.

Read is one clause at a time, with the names that the document gives each side: what the customer has caused, or what
an exception takes out again, is no flag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from app.review.matching import LONGEST, sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.review.names import Names

_NO = r"(?:不|无须|无需|概不|均不|免于|(?<!不)(?<!不得)(?<!不能)(?<!不会)免除)(?:应|再|予|会|承担|负|对|就|负担)"
_INJURY = r"(?:人身伤害|人身损害|人身伤亡|人身损失|人身安全(?:损失|损害|事故)|死亡|身体伤害|健康损害|伤亡)"
_FAULT = r"(?:故意|重大过失)"
_COURT = r"(?:人民法院|法院|仲裁委员会|仲裁院)"
_SEAT = r"(?:签订地|签署地|所在地|住所地|注册地|[市区县])"
_FREELY = r"(?:(?!拒绝|阻碍|阻止|限制|妨碍|影响|恶意|虚假|报复|因|剥夺|干涉)[^，。；])"
_EXCEPTED = re.compile(r"除外|不在此限|另当别论")
_WITHIN = 16
"""Characters after the words in which an exception takes them out again."""


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of words that the law looks at."""

    kind: str
    """`void_personal_injury` …"""
    patterns: tuple[str, ...]
    """Regular expressions; `{customer}` and `{vendor}` stand for the names of the sides."""
    unless: str
    """Regular expression for the words between and around, in the same sentence, that make it no flag; or empty."""
    said: str
    """What the words do, in Chinese."""
    articles: tuple[str, ...]
    """Articles of law."""
    advice: str
    """What to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A check that found its words."""

    check: Check
    """The check."""
    start: int
    """Offset of the first character in the clause's text."""
    end: int
    """Offset after the last."""

    @property
    def sentence(self) -> str:
        """What is wrong, with the articles."""
        return f"{self.check.said}（{'、'.join(self.check.articles)}）"


CHECKS = (
    Check(
        kind="void_personal_injury",
        patterns=(rf"{_NO}[^。；]{{0,60}}{_INJURY}", rf"{_INJURY}[^。；]{{0,40}}?{_NO}"),
        unless=r"(?:因|由于)(?:{customer}|第三[方人]|不可抗力)|(?:{customer})(?:自身|自行|违)",
        said="把人身伤害排除在责任之外；造成对方人身损害的免责条款无效",
        articles=("民法典第五百零六条",),
        advice="请删去对人身伤害的排除。",
    ),
    Check(
        kind="void_gross_negligence",
        patterns=(
            rf"(?:即使|即便|无论|不论)[^。；]{{0,30}}{_FAULT}[^。；]{{0,30}}{_NO}",
            rf"{_NO}[^。；]{{0,40}}{_FAULT}",
            rf"(?:因|由于)(?:{{vendor}})[^，。；]{{0,12}}{_FAULT}[^。；]{{0,30}}?{_NO}",
        ),
        unless=r"(?:{customer})(?:的|之)?(?:故意|重大过失)|除{vendor}|[非除]因?{vendor}|[非除]因?[^，。；]{0,6}(?:故意|重大过失)",
        said="免除了故意或者重大过失的责任；因故意或者重大过失造成对方财产损失的免责条款无效",
        articles=("民法典第五百零六条",),
        advice="请写明因故意或者重大过失造成的损失不在免责之列。",
    ),
    Check(
        kind="final_interpretation",
        patterns=(
            r"(?:最终|单方|全部)的?解释权|(?:享有|拥有|保留)[^，。；]{0,16}解释权",
            r"解释权[^，。；]{0,4}归(?!双方|甲乙|国家|全国|人民法院)",
        ),
        unless="",
        said="约定由提供方单方解释；经营者不得规定单方享有解释权或者最终解释权",
        articles=("侵害消费者权益行为处罚办法第十二条", "民法典第四百九十八条"),
        advice="请删去该约定；有争议的条款应作不利于提供方的解释。",
    ),
    Check(
        kind="no_lawsuit",
        patterns=(rf"(?:不得|放弃|无权|不可){_FREELY}{{0,16}}?(?:提起诉讼|起诉|诉讼权|集体诉讼|投诉|举报|申请仲裁)",),
        unless="",
        said="排除了投诉、举报或者诉讼的权利",
        articles=("侵害消费者权益行为处罚办法第十二条", "民法典第四百九十七条"),
        advice="请删去该限制。",
    ),
    Check(
        kind="consumer_jurisdiction",
        patterns=(
            rf"(?:向|由|提交)(?:(?!被告|原告|其|{{customer}}|消费者)[^，。；]){{0,24}}{_SEAT}[^，。；]{{0,24}}{_COURT}",
            r"(?:向|由|提交)(?:北京|上海|深圳|广州|杭州|中国国际经济贸易)(?:国际|金融|互联网)?(?:仲裁委员会|仲裁院|法院)",
        ),
        unless="",
        said="与消费者约定管辖的，未合理提请注意时可被主张无效",
        articles=("民事诉讼法解释第三十一条",),
        advice="请突出提示管辖约定。",
    ),
)
"""All checks, one flag of each in a clause at most."""


def flags_of(text: str, names: Names) -> Iterator[Flag]:
    """Give the flags of a clause's text, in the order of CHECKS."""
    for check in CHECKS:
        found = _first(check, text[:LONGEST], names)
        if found is not None:
            yield Flag(check, *found)


def _first(check: Check, text: str, names: Names) -> tuple[int, int] | None:
    """Place of the first words that nothing takes back."""
    places = sorted(match.span() for pattern in check.patterns for match in _compiled(pattern, names).finditer(text))
    for start, end in places:
        first, last = sentence_of(text, start, end)
        if check.unless and _compiled(check.unless, names).search(text, first, last):
            continue
        if check.kind != "no_lawsuit" and _EXCEPTED.search(text, end, min(last, end + _WITHIN)):
            continue
        return start, end
    return None


@lru_cache(maxsize=1024)
def _compiled(pattern: str, names: Names) -> re.Pattern[str]:
    sides = {"{customer}": f"(?:{names.customer})", "{vendor}": f"(?:{names.vendor})"}
    return re.compile(re.sub(r"\{(?:customer|vendor)\}", lambda match: sides[match[0]], pattern))
