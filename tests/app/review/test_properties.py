"""Whatever the terms look like, the review does not fail, and what it says stands in the source."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.review import audit
from app.review.diff import diff
from app.review.fix import fix
from app.review.lint import lint
from app.review.reports import FORMATS, render_report
from app.review.reports.changes import render_html, render_markdown
from corpus import parse_bytes

PARTS = st.sampled_from(
    [
        "1.1 ", "1.2. ", "第二条 ", "（1）", "## ", "- ", "> ", "**", "__", "*", "`", "<b>", "</b>", "&nbsp;",
        "| a | b |\n|---|---|\n", "|", "您", "甲方", "乙方（简称“甲方”）", "本公司", "不承担任何责任",
        "有权随时单方调整", "视为送达", "：", "。", "；", "\n", "\n\n", "附件一", "第9.9条", "前述地址", "10日", "10天",
        "人民法院起诉", "[链接](http://a.b/c_d)", "\t", "\u3000", "😀", "a\x07",
    ]
)  # fmt: skip
TERMS = st.lists(PARTS, min_size=1, max_size=40).map("".join).filter(str.strip)
OFTEN = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def parsed(text: str):
    try:
        return parse_bytes(text.encode(), name="a.md")
    except ValueError:
        return None


@given(TERMS)
@OFTEN
def test_review_stands_in_the_source(text: str) -> None:
    """Triggers and slips are cut from the source inside their clause; counts and coverage agree."""
    document = parsed(text)
    if document is None:
        return
    report = audit(document)
    spans = {clause.clause_id: clause.span for clause in document.clauses}
    for finding in report.findings:
        assert spans[finding.clause_id] == finding.span
        for trigger in finding.triggers:
            assert 0 <= trigger.span.start < trigger.span.end <= len(document.source)
    for slip in lint(document).findings:
        span = spans[slip.clause_ids[0]]
        assert span.start <= slip.span.start <= slip.span.end <= span.end
    assert report.must == sum(finding.must_highlight for finding in report.findings)
    assert 0.0 <= report.coverage <= 1.0


@given(TERMS)
@OFTEN
def test_fix_changes_marks_alone_and_never_makes_it_worse(text: str) -> None:
    """Without the marks both texts are the same; coverage does not fall; a second fix changes nothing."""
    document = parsed(text)
    if document is None:
        return
    report = audit(document)
    fixed = fix(document, report)
    marks = re.compile(r"\*|_|</?(?:strong|b)>", re.IGNORECASE)
    assert marks.sub("", fixed) == marks.sub("", document.source)
    after = parsed(fixed)
    assert after is not None
    assert [clause.text for clause in after.clauses] == [clause.text for clause in document.clauses]
    assert audit(after).emphasised >= report.emphasised


@given(TERMS)
@settings(OFTEN, max_examples=40)
def test_reports_are_written_for_any_terms(text: str) -> None:
    """All four formats."""
    document = parsed(text)
    if document is None:
        return
    for ending in FORMATS:
        assert render_report(audit(document), document, ending)


@given(TERMS, TERMS)
@OFTEN
def test_comparison_accounts_for_every_clause(first: str, second: str) -> None:
    """Clauses that are not added are the old ones that are not removed; words join to both wordings."""
    old, new = parsed(first), parsed(second)
    if old is None or new is None:
        return
    report = diff(old, new)
    kinds = [change.kind.value for change in report.changes]
    assert len(new.clauses) - kinds.count("added") == len(old.clauses) - kinds.count("removed")
    for change in report.changes:
        before = "".join(words for sign, words in change.words if sign != "+")
        after = "".join(words for sign, words in change.words if sign != "-")
        assert change.old is None or before in " ".join(change.old.text.split())
        assert change.new is None or after in " ".join(change.new.text.split())
    assert render_html(report).count("<tr>") == render_html(report).count("</tr>")
    assert render_markdown(report)
    assert diff(old, old).changes == ()
