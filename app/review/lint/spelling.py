"""Spelling, punctuation and units: what a careful proof-reader marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Document

WRONG = {
    "网路": "网络",
    "登陆": "登录",
    "阀值": "阈值",
    "既使": "即使",
    "按装": "安装",
    "予已": "予以",
    "以经": "已经",
    "己经": "已经",
    "自已": "自己",
    "迳行": "径行",
    "必需承担": "必须承担",
}
"""Wrong characters (现代汉语词典); 网路 is how another region says it."""
DATED = {"帐号": "账号", "帐户": "账户", "帐单": "账单", "签定": "签订", "做为": "作为"}
"""Spellings that 第一批异形词整理表 and usage in statutes advise against."""
_WRONG = re.compile(rf"(?!网路(?:由|径))(?!登陆(?:地|点|作战|艇))(?:{'|'.join((*WRONG, *DATED))})")
_DOUBLED = re.compile(
    r"(?<!目)的的(?![确士])|了了(?=[，。；])|和和(?!气|睦)|将将|，，|。。|；；|、、|，。|。，|；。|，；|：："
)
_DAYS = re.compile(
    r"(?<!最后)(?<![第每\d一二三四五六七八九十])(\d{1,3}|[一二三四五六七八九十]{1,3})\s?(个?自然日|个?工作日|日历日|日|天)(?![内外]?(?:游|志|期))"
)


def check_spelling(document: Document) -> Iterator[Slip]:
    """Report slips of the pen."""
    for clause in document.clauses:
        for match in _WRONG.finditer(clause.text):
            yield Slip(
                kind="spelling",
                severity=Severity.ERROR if match[0] in WRONG else Severity.WARNING,
                clause=clause,
                start=match.start(),
                end=match.end(),
                text=f"“{match[0]}”应为“{(WRONG | DATED)[match[0]]}”",
                advice="请改正用字。",
            )
        for match in _DOUBLED.finditer(clause.text):
            yield Slip(
                kind="doubled",
                severity=Severity.ERROR,
                clause=clause,
                start=match.start(),
                end=match.end(),
                text=f"“{match[0]}”重复或标点误用",
                advice="请删去多余的字或标点。",
            )
    yield from _days(document)


def _days(document: Document) -> Iterator[Slip]:
    """日 in one clause, 天 in another, for periods of notice."""
    found: dict[str, list[tuple[int, int, int]]] = {"日": [], "天": []}
    for position, clause in enumerate(document.clauses):
        for match in _DAYS.finditer(clause.text):
            before = clause.text[max(0, match.start() - 2) : match.start()]
            if match[2] in found and "月" not in before and "年" not in before:
                found[match[2]].append((position, match.start(), match.end()))
    if not found["日"] or not found["天"]:
        return
    rare = min(found, key=lambda unit: len(found[unit]))
    position, start, end = found[rare][0]
    other = document.clauses[found["天" if rare == "日" else "日"][0][0]]
    clause = document.clauses[position]
    yield Slip(
        kind="mixed_units",
        severity=Severity.INFO,
        clause=clause,
        start=start,
        end=end,
        text=f"期限的单位不一：此处用“{clause.text[start:end]}”，别处用“{'天' if rare == '日' else '日'}”",
        advice="请统一用“日”，并写明是自然日还是工作日。",
        others=(other.clause_id,) if other is not clause else (),
    )
