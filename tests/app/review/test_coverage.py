"""The review of whole documents: categories in context, prominence, coverage."""

from __future__ import annotations

import pytest

from app.review import audit
from app.review.rulebook import parse_rules
from app.types import Category, Prominence
from corpus.loading import parse_bytes

PREAMBLE = "本条款由某某云计算有限公司（以下简称“云商”）与您订立。\n\n"


def review(body, *, preamble=PREAMBLE, **options):
    document = parse_bytes((preamble + body).encode(), name="terms.md")
    return document, audit(document, **options)


def by_label(report):
    return {finding.label: finding for finding in report.findings}


def test_a_clause_is_found_with_its_words_in_place():
    """The trigger's span cuts the very words out of the source; basis and advice are given."""
    document, report = review("1.1 因检修造成的中断，云商不承担任何责任。\n\n1.2 云商按约提供服务。\n")
    finding = by_label(report)["1.1"]
    assert (finding.categories, finding.must_highlight) == ((Category.EXEMPTION,), True)
    assert [document.source[trigger.span.start : trigger.span.end] for trigger in finding.triggers] == [
        trigger.text for trigger in finding.triggers
    ]
    assert "民法典第四百九十六条" in finding.basis
    assert "1.2" not in by_label(report)


def test_roles_decide_who_is_limited():
    """The same words about the customer, or about a name that the document gives the customer, are no exemption."""
    terms = "甲方：指使用服务的用户。\n\n乙方：指提供服务的某某有限公司。\n\n"
    _, customer = review("1.1 因乙方原因造成损失的，甲方不承担责任。\n", preamble=terms)
    _, vendor = review("1.1 因故障造成损失的，乙方不承担责任。\n", preamble=terms)
    assert "1.1" not in by_label(customer)
    assert by_label(vendor)["1.1"].categories == (Category.EXEMPTION,)


def test_an_item_inherits_from_the_sentence_that_leads_it_in():
    """The words of the lead-in are its trigger; a rule in an earlier sentence of the lead-in is not handed on."""
    document, report = review(
        "1.1 下列情形不属于云商违约：\n\n（1）设备维护；\n\n（2）线路阻塞。\n\n"
        "1.2 云商有权随时修改本条款。您应提供以下资料：\n\n（1）姓名；\n\n（2）电话。\n"
    )
    findings = {finding.clause_id: finding for finding in report.findings}
    item = findings["terms#1.1（1）"]
    assert (item.must_highlight, item.categories) == (True, (Category.EXEMPTION,))
    lead_in = document.clause("terms#1.1").span
    assert all(lead_in.start <= trigger.span.start < lead_in.end for trigger in item.triggers)
    assert findings["terms#1.2"].must_highlight
    assert "terms#1.2（1）" not in findings


def test_a_list_goes_on_while_its_items_end_in_a_semicolon():
    """Items that no lead-in is known for take over what the first of them took over; the list ends with a full stop."""
    document, report = review(
        "因下列状况造成服务中断的，云商不承担责任：\n\n设备出现故障；\n\n第三方延误；\n\n台风停电。\n\n服务按页面展示。\n"
    )
    flagged = [document.clause(finding.clause_id).text for finding in report.findings if finding.must_highlight]
    assert [text[:2] for text in flagged] == ["因下", "设备", "第三", "台风"]


def test_a_clause_that_only_opens_a_list_passes_on_the_clause_before_it():
    """`前述情形包括` has no words of its own; its items are those of the clause that it takes up."""
    document, report = review(
        "1.1 云商有权随时修改本条款。云商认为存在风险的，可以终止服务且不承担责任。\n\n前述情形包括但不限于：\n\n"
        "1.1.1 资料有疑义；\n\n1.1.2 交易异常。\n\n1.2 上述说明如有疑问，请联系客服。\n"
    )
    flagged = {document.clause(finding.clause_id).text for finding in report.findings if finding.must_highlight}
    assert {"前述情形包括但不限于：", "1.1.1 资料有疑义；", "1.1.2 交易异常。"} <= flagged
    assert not any(text.startswith("1.2") for text in flagged)


def test_a_list_of_what_the_customer_may_do_inherits_nothing():
    """The lead-in frees the vendor, its list names the customer's rights."""
    document, report = review(
        "1.1 云商可以随时终止服务而无需承担责任，用户有异议的，可以行使如下权利：\n\n"
        "（1）停止使用；\n\n（2）要求结算。\n"
    )
    flagged = [document.clause(finding.clause_id).text for finding in report.findings if finding.must_highlight]
    assert [text[:3] for text in flagged] == ["1.1"]


def test_a_trade_name_stands_where_the_definition_puts_it():
    """`开发者` is the customer of a platform, but the vendor of an app that its developer introduces as `本应用`."""
    terms = (
        "本协议是您（以下简称“用户”）与某某助手开发者（以下简称“本应用”）之间订立的协议。\n\n"
        "本应用不承担责任，本应用有权变更。\n\n"
    )
    _, vendor = review("1.1 开发者有权调整会员权益。\n", preamble=terms)
    _, customer = review("1.1 开发者有权调整应用的价格。\n")
    assert "1.1" in by_label(vendor)
    assert "1.1" not in by_label(customer)


def test_a_softener_makes_an_item_mild():
    """Disclosure with consent keeps the category and owes no prominence."""
    _, report = review("1.1 您的资料将在下列情形下被披露：\n\n（1）经您同意的；\n\n（2）云商认为需要的。\n")
    findings = {finding.clause_id: finding for finding in report.findings}
    assert (findings["terms#1.1（1）"].must_highlight, findings["terms#1.1（2）"].must_highlight) == (False, True)
    assert findings["terms#1.1（1）"].categories == (Category.RESTRICTION,)


def test_headings_are_never_findings():
    """Neither for their words nor for their bold, and they lend nothing to the clause below."""
    _, report = review("## **1 免责：云商不承担任何责任**\n\n1.1 云商不承担任何责任。\n")
    assert [(finding.label, finding.emphasis) for finding in report.findings] == [("1.1", Prominence.NONE)]


@pytest.mark.parametrize(
    ("line", "emphasis", "renders"),
    [
        ("1.1 **云商不承担任何责任。**", Prominence.FULL, True),
        ("**1.1 云商不承担任何责任。**", Prominence.FULL, True),
        ("1.1 云商**不承担**任何责任。", Prominence.PARTIAL, True),
        ("1.1 云商不承担任何责任。", Prominence.NONE, True),
        ("1.1 <u>云商不承担任何责任。</u>", Prominence.FULL, True),
        ("1.1 *云商不承担任何责任。*", Prominence.NONE, True),
        ("1.1 **特别提示：**云商不承担任何责任。", Prominence.NONE, False),
    ],
)
def test_prominence(line, emphasis, renders):
    """Full from nine tenths of the meaning; italics are none; stars that CommonMark leaves standing are not seen."""
    finding = by_label(review(line + "\n")[1])["1.1"]
    assert (finding.emphasis, finding.renders) == (emphasis, renders)


def test_coverage_counts_fully_emphasised_clauses():
    """One of two; a document that owes nothing is fully covered."""
    _, half = review("1.1 **云商不承担任何责任。**\n\n1.2 云商有权随时修改本条款。\n\n1.3 **请妥善保管资料。**\n")
    assert (half.must, half.emphasised, half.coverage) == (2, 1, 0.5)
    assert by_label(half)["1.3"].categories == ()
    _, nothing = review("1.1 云商按约提供服务。\n")
    assert (nothing.must, nothing.coverage) == (0, 1.0)


def test_a_service_stopped_for_a_breach_is_a_matter_of_breach():
    """The rule on ending a service at will yields in that sentence, and speaks in another."""
    _, report = review("1.1 如您违反本条款，云商有权终止服务。\n\n1.2 云商可随时终止服务。\n")
    findings = by_label(report)
    assert findings["1.1"].categories == (Category.BREACH,)
    assert findings["1.2"].categories == (Category.UNILATERAL,)


def test_a_persons_own_table(tmp_path):
    """Read after ours."""
    path = tmp_path / "own.toml"
    path.write_text(
        '[[rule]]\nid = "own.bird"\nname = "养鸟"\ncategory = "restriction"\nstrength = "must"\n\n'
        'patterns = ["养鸟"]\nbasis = ["民法典第四百九十六条"]\nadvice = "请核对。"\n'
        'must_flag = ["不得养鸟。"]\nmust_pass = ["可以种花。"]\n',
        encoding="utf-8",
    )
    _, report = review("1.1 禁止养鸟。\n", rules=path)
    assert [trigger.rule_id for trigger in by_label(report)["1.1"].triggers] == ["own.bird"]
    _, only = review("1.1 禁止养鸟。\n", rules=parse_rules(path.read_text(encoding="utf-8"), place="own.toml"))
    assert only.must == 1


def test_the_same_document_gives_the_same_report():
    """Twice the same, triggers in order."""
    body = "1.1 您逾期付款的，云商有权终止服务并收取违约金，已付费用不予退还，云商不承担任何责任。\n"
    assert review(body)[1] == review(body)[1]
