"""Numbers that are no labels: quantities, and references to a clause at the start of a sentence.

Every function looks at folded text (full-width ASCII made half-width) right after the number. The tables hold what
real terms put there: units after figures, and the words by which a statute or a contract refers to a clause
(条, 款, 项, 目). Words that merely begin with a unit (元数据, 人员, 条件) are left out by name.
"""

from __future__ import annotations

import re
from enum import IntEnum


class Doubt(IntEnum):
    """How far the words after a number speak against its being a label."""

    NONE = 0
    """Nothing does."""
    WEAK = 1
    """It is a label only where the sequence asks for exactly this number."""
    STRONG = 2
    """It is a quantity or a reference, unless it is printed as a heading."""


_MEASURE = re.compile(
    r"""
    [ ]*(?:
      [%‰℃°×✕*/+=~～<>≥≤—-] | [xX][ ]?[0-9] | [至到][ ]?[0-9] | ,[0-9]{3}
    | 年(?!度|费|龄|检|报) | 个(?:工作|自然|日历|月|小时|星期|年|人账|以上|以下|[0-9]|[百千万亿])
    | (?:工作|自然|日历)日
    | 日(?!志|常|期|程|历) | 天(?!猫|气|然) | 小时 | 分钟 | 秒(?!杀) | 周(?!期|边|年)
    | 月(?!度|结|付|报)
    | 季度 | 元(?!数据|素|件|宇宙|旦) | 美元 | 人民币
    | [万亿][^\u4e00-\u9fff]?[元个次条]? | 倍
    | 次(?!要|序|生|日|数) | 折(?!扣|旧) | 号(?!码|段) | 岁 | 位(?!置|于) | 版本?(?!权|面|块|式)
    | 条(?!款|件|例|形|码|目) | 款(?!项|式|额)
    | 名(?!称|誉|义|单) | 家(?!庭|长|居|具|电) | 份(?!额) | 种(?!类|子|植) | 台(?!账|湾|式) | 套(?!餐|现|用)
    | 笔(?!试|录)
    | 人(?!员|工|脸|身|民|力|格|物|机|事|才|数|类|均|为)
    | 分(?=[，。；、,;/]|以[上下内]|$) | 级(?=[，。；、,;/]|以[上下内]|故障|$) | 类(?=[，。；、,;/]|$)
    | (?:[KMGTP]i?[Bb]|[KMG]bps|QPS|ms|s|h|km|kg|cm|mm|px|USD|RMB|CNY|[GDK](?=[\u4e00-\u9fff]))(?![A-Za-z])
    )
    """,
    re.VERBOSE,
)
_CLASS = re.compile(r"类(?!型|别|似)|级(?!别)|分(?!别|类|配|享)|种|项(?!目)")
_PLAIN_REFERENCE = re.compile(
    r"""
    [ ]*(?:
      的(?!士|哥) | 之(?!前|后|间|外|内) | 款(?!项|式|额) | 项(?!目) | 条(?!款|件|例|形|码|目|约)
    | 所(?:述|列|称|指|提|约定|规定) | (?:中|内|项下)?(?:规定|约定|所述)(?=[的之，,：:。；])
    | [至到和与及或、，,]{1,2}[ ]?第[ ]?[0-9一二三四五六七八九十]
    | [至到][ ]?[0-9] | [、，,和与及或][ ]?[0-9]{1,2}\.[0-9]
    )
    """,
    re.VERBOSE,
)
_POSSIBLE_REFERENCE = re.compile(
    r"[ ]*(?:所(?!有|属|在|需|得)|中(?!国|华|心|止|断|文|介|小|间|央|英|转|奖)"
    r"|内(?!容|部|外|存|置|网|幕|地)"
    r"|规定|约定|至|和|与|及|或|以及|适用|第(?!三[方人者])|[、，,][ ]?第|[、，,][ ]?[0-9])"
)
_CHINESE = "[一二三四五六七八九十]"
_CHINESE_LIST = re.compile(rf"、{_CHINESE}{{1,3}}(?:[、等和及]|[款条项级类期])")
_DIGIT_LIST = re.compile(r"、[0-9]{1,3}[、等和及]")


def doubt_quantity(folded: str, end: int, *, separator: str, single: bool) -> Doubt:
    """Whether the digits that end at `end` count things: `3个工作日`, `2.5元`, `7×24`, `1.0版本`.

    A point, comma or colon in `separator` marks a label; a space does so only for a number with points (not `single`).
    """
    if _is_time(folded, end):
        return Doubt.STRONG
    if set(".、:") & set(separator):
        return Doubt.NONE
    if single and not separator and _CLASS.match(folded, end):
        return Doubt.STRONG
    if not _MEASURE.match(folded, end):
        return Doubt.NONE
    return Doubt.STRONG if single and not separator else Doubt.WEAK


def _is_time(folded: str, end: int) -> bool:
    return re.match(r":[0-9][0-9](?![0-9])", folded[end : end + 4]) is not None


def doubt_reference(folded: str, end: int, *, separator: str) -> Doubt:
    """Whether the number that ends at `end` refers to a clause: `3.2款约定的`, `第三条所述`, `（一）项至（三）项`."""
    if not separator.strip() and _PLAIN_REFERENCE.match(folded, end):
        return Doubt.STRONG
    if separator == "、" and _PLAIN_REFERENCE.match(folded, end):
        return Doubt.STRONG
    if not separator and _POSSIBLE_REFERENCE.match(folded, end):
        return Doubt.WEAK
    return Doubt.NONE


def doubt_list(folded: str, end: int) -> Doubt:
    """Whether the number that ends at `end` begins an enumeration: `一、二、三等奖`, `1、2、3号机房`."""
    found = _CHINESE_LIST.match(folded, end) or _DIGIT_LIST.match(folded, end)
    return Doubt.WEAK if found else Doubt.NONE
