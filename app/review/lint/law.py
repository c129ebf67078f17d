"""Wording that the law makes void or doubtful however it is printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip
from app.review.matching import find
from app.review.names import names_of
from app.review.rulebook import load_rules
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Document

_NO = r"(?:不|无须|无需|概不|均不|免于|免除)(?:应|再|予|会|承担|负|对|就|负担)"
CHECKS = (
    (
        "void_personal_injury",
        Severity.ERROR,
        re.compile(rf"{_NO}[^。；]{{0,60}}(?:人身伤害|人身损害|人身伤亡|人身损失|死亡|身体伤害|健康损害)"),
        "把人身伤害排除在责任之外；造成对方人身损害的免责条款无效（民法典第五百零六条）",
        "请删去对人身伤害的排除。",
    ),
    (
        "void_gross_negligence",
        Severity.ERROR,
        re.compile(
            rf"(?:即使|无论|不论)[^。；]{{0,30}}(?:故意|重大过失)[^。；]{{0,30}}{_NO}"
            rf"|{_NO}[^。；]{{0,40}}(?:故意|重大过失)(?![^。；]{{0,12}}除外)"
        ),
        "免除了故意或者重大过失的责任；该免责条款无效（民法典第五百零六条）",
        "请写明因故意或者重大过失造成的损失不在免责之列。",
    ),
    (
        "final_interpretation",
        Severity.ERROR,
        re.compile(r"(?:最终|单方|全部)的?解释权|(?:享有|拥有|保留)[^，。；]{0,16}解释权|解释权[^，。；]{0,4}归"),
        "约定由提供方单方解释；经营者不得规定单方享有解释权或者最终解释权（侵害消费者权益行为处罚办法第十二条）",
        "请删去该约定；有争议的条款应作不利于提供方的解释（民法典第四百九十八条）。",
    ),
    (
        "no_lawsuit",
        Severity.ERROR,
        re.compile(
            r"(?:不得|放弃|无权|不可)(?:(?!拒绝|阻碍|阻止|限制|妨碍|影响|恶意|虚假)[^，。；]){0,12}?"
            r"(?:提起诉讼|起诉|诉讼权|投诉|举报|申请仲裁)"
        ),
        "排除了投诉、举报或者诉讼的权利（侵害消费者权益行为处罚办法第十二条、民法典第四百九十七条）",
        "请删去该限制。",
    ),
    (
        "consumer_jurisdiction",
        Severity.INFO,
        re.compile(r"(?:向|由)[^，。；]{0,24}(?:签订地|所在地|住所地|北京|上海|深圳|大兴)[^，。；]{0,24}(?:人民法院|仲裁委员会)"),
        "与消费者约定管辖的，未合理提请注意时可被主张无效（民事诉讼法解释第三十一条）",
        "请突出提示管辖约定。",
    ),
)  # fmt: skip
"""Kind, severity, words, reason and advice."""


_CONSENT = "单独同意"


def check_law(document: Document) -> Iterator[Slip]:
    """Report wording that is void or doubtful."""
    yield from _shared_without_consent(document)
    for clause in document.clauses:
        if clause.kind is ClauseKind.HEADING:
            continue
        for kind, severity, pattern, text, advice in CHECKS:
            match = pattern.search(clause.text)
            if match:
                yield Slip(kind, severity, clause, match.start(), match.end(), text, advice)


def _shared_without_consent(document: Document) -> Iterator[Slip]:
    """Find the first clause that passes data on, in terms that nowhere ask for a separate consent."""
    if _CONSENT in document.source:
        return
    sharing = [rule for rule in load_rules() if rule.rule_id == "restriction.data-sharing"]
    for clause in document.clauses:
        if clause.kind is ClauseKind.HEADING:
            continue
        names = names_of(document, clause.clause_id)
        found = [match for match in find(sharing, clause.text, start=clause.body_start, names=names) if match.must]
        if found:
            yield Slip(
                kind="separate_consent",
                severity=Severity.WARNING,
                clause=clause,
                start=found[0].start,
                end=found[0].end,
                text="向他人提供个人信息须取得个人的单独同意（个人信息保护法第二十三条），全文没有这样的安排",
                advice="请写明接收方、目的、方式和种类，并安排单独同意。",
            )
            return
