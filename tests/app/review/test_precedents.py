"""The same clause elsewhere, one by one and across a corpus."""

from __future__ import annotations

from app.review import audit
from app.review.families import families_of
from app.review.precedents import Wordings, precedents_of
from app.types import Prominence
from corpus.loading import parse_bytes

RULE = "因线路检修、设备升级造成{}服务短时中断的，本公司不承担任何责任。"
OTHER = "您应按照页面提示支付{}服务的费用，逾期未付的，请联系客服处理。"


def terms(doc_id, product, *, bold=False):
    rule = RULE.format(product)
    body = f"1.1 **{rule}**\n\n" if bold else f"1.1 {rule}\n\n"
    return parse_bytes((body + f"1.2 {OTHER.format(product)}\n").encode(), name=f"{doc_id}.md")


CLOUD = terms("cloud", "云主机")
DISK = terms("disk", "云硬盘", bold=True)
MAIL = terms("mail", "邮箱", bold=True)
CORPUS = (CLOUD, DISK, MAIL)


def test_precedents_are_the_same_clause_of_other_documents():
    """One a document, the most similar first, with the print there; the document itself is left out."""
    found = precedents_of(CLOUD.clause("cloud#1.1"), Wordings(CORPUS), doc_id="cloud")
    assert [(one.doc_id, one.clause_id, one.emphasis) for one in found] == [
        ("disk", "disk#1.1", Prominence.FULL),
        ("mail", "mail#1.1", Prominence.FULL),
    ]
    assert all(0.8 <= one.similarity < 1 for one in found)


def test_an_identical_clause_scores_one():
    """And another rule, or a clause too short to compare, is nobody's precedent."""
    twin = parse_bytes(CLOUD.source.encode(), name="twin.md")
    assert precedents_of(CLOUD.clause("cloud#1.2"), Wordings([twin]), doc_id="cloud")[0].similarity == 1.0
    short = parse_bytes("1.1 另有约定的除外。\n".encode(), name="short.md")
    assert precedents_of(short.clause("short#1.1"), Wordings([short, CLOUD]), doc_id="x") == ()


def test_the_review_shows_them_and_says_so():
    """A clause that other terms print bold, and this one does not."""
    report = audit(CLOUD, others=CORPUS)
    finding = next(finding for finding in report.findings if finding.label == "1.1")
    assert [precedent.doc_id for precedent in finding.precedents] == ["disk", "mail"]
    assert "同一条款在 2 份文件中整条强调，本文件没有。" in finding.advice
    assert "同一条款" not in audit(DISK, others=CORPUS).findings[0].advice
    assert all(not finding.precedents for finding in audit(CLOUD).findings)


def test_families_show_inconsistent_print_first():
    """The exemption is a family of three, two bold; a clause that need not be prominent makes none."""
    extra = "\n\n1.3 本公司有权随时修改本条款，修改后的条款一经公布即生效。\n"
    documents = [parse_bytes((one.source + extra).encode(), name=f"{one.doc_id}.md") for one in CORPUS]
    reports = {one.doc_id: audit(one) for one in documents}
    first, second = families_of(documents, reports)
    assert first.inconsistent
    assert [(member.clause_id, member.emphasis) for member in first.members] == [
        ("cloud#1.1", Prominence.NONE),
        ("disk#1.1", Prominence.FULL),
        ("mail#1.1", Prominence.FULL),
    ]
    assert first.missed == 1
    assert (second.inconsistent, second.missed, len(second.members)) == (False, 3, 3)
