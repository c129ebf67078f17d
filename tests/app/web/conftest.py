"""Documents and reviews written out by hand, for the renderers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import corpus
from app.types import AuditReport, Category, Citation, Finding, Prominence, Trigger

if TYPE_CHECKING:
    from corpus.types import Document

TERMS = """\
前言里没有编号。

#### 1. 定义

1.1 甲方：指使用服务的用户（简称“甲方”）。

1.2 乙方：指提供服务的公司，简称“乙方”。

#### 2. 责任

**2.1 乙方不承担间接损失。**

2.2 甲方违约的，应支付**违约金**一万元。

2.3 发生下列情形的，乙方可以解除：

（1）甲方欠费的；

（2）甲方转让账号的。
"""

HOSTILE = """\
#### 1. &lt;script&gt;window.hacked=1&lt;/script&gt;<script>window.hacked=1</script>

1.1 甲方<img src=x onerror="window.hacked=1">说：'"&lt;b&gt; ${1+1} {{value}} [链接](javascript:window.hacked=1)

1.2 **&lt;/p>&lt;/section>&lt;style>body{display:none}&lt;/style>&lt;img src=x onerror=window.hacked=1>乙方免责**
"""


@pytest.fixture
def document() -> Document:
    return corpus.parse_bytes(TERMS.encode(), name="small.md", title="小条款")


@pytest.fixture
def hostile() -> Document:
    return corpus.parse_bytes(HOSTILE.encode(), name='"><script>window.hacked=1</script>.md')


def finding_of(document: Document, name: str, *categories: Category, must: bool = True, trigger: str = "") -> Finding:
    clause = document.clause(f"{document.doc_id}#{name}")
    share = clause.emphasised
    emphasis = Prominence.FULL if share == 1 else Prominence.PARTIAL if share else Prominence.NONE
    at = clause.text.find(trigger)
    triggers = (Trigger("rule", clause.locate(at, at + len(trigger)), trigger),) if trigger else ()
    return Finding(
        clause.clause_id, clause.label, clause.lines, clause.span, categories, must, emphasis, True,
        triggers, ("民法典第四百九十六条",), (), "请把整条加粗。",
    )  # fmt: skip


def report_of(document: Document, *findings: Finding) -> AuditReport:
    must = [finding for finding in findings if finding.must_highlight]
    full = sum(finding.emphasis is Prominence.FULL for finding in must)
    return AuditReport(document.doc_id, full / len(must) if must else 1.0, len(must), full, findings)


def citation_of(document: Document, name: str, words: str = "") -> Citation:
    clause = document.clause(f"{document.doc_id}#{name}")
    at = clause.text.find(words) if words else 0
    span = clause.locate(at, at + len(words)) if words else clause.span
    text = words or clause.text
    return Citation(
        document.doc_id, clause.clause_id, clause.label, clause.headings, clause.lines, span,
        document.source[span.start : span.end], text, Prominence.NONE, (),
    )  # fmt: skip


@pytest.fixture
def report(document: Document) -> AuditReport:
    return report_of(
        document,
        finding_of(document, "2.1", Category.EXEMPTION, trigger="不承担"),
        finding_of(document, "2.2", Category.BREACH, Category.UNILATERAL, trigger="违约"),
        finding_of(document, "2.3", Category.UNILATERAL),
    )
