"""The terms themselves: every clause as printed, and what the review flags marked in words and in colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from app.types import Prominence
from app.web.language import CHINESE, language, say
from app.web.render.anchor import anchor_of, clause_link
from app.web.render.badges import finding_badges
from app.web.render.element import element, join
from app.web.render.text import Layer, render_body, render_range, turned_names
from app.web.words import is_missed
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.types import AuditReport, Finding
    from corpus.types import Clause, Document


@dataclass(frozen=True, slots=True)
class Legend:
    """Which marks the terms carry, explained above them."""

    missed: str
    """What the mark on a clause means that should be prominent and is not."""
    show_triggers: bool = False
    """Whether the words that made a rule speak are underlined."""


READER = Legend(missed="应当突出、原文没有突出的条款")
REVIEWER = Legend(missed="漏标，即应当突出、原文未完全突出的条款", show_triggers=True)


def render_document(document: Document, report: AuditReport, legend: Legend = READER) -> Markup:
    """Render the whole document; each clause carries the id of :func:`anchor_of`."""
    findings = {finding.clause_id: finding for finding in report.findings}
    turned = turned_names(document)
    clauses = join(_clause(clause, findings, turned, legend) for clause in document.clauses)
    return element(
        "article",
        _head(document),
        _legend(legend, has_turned=bool(turned)),
        element("div", clauses, class_="terms-body", lang=CHINESE),
        class_="terms",
        data_doc=document.doc_id,
        aria_label=document.title,
    )


def _head(document: Document) -> Markup:
    clauses = sum(clause.kind is not ClauseKind.HEADING for clause in document.clauses)
    facts = say("{clauses} 条（含未编号段落） · 版本 {version}", clauses=clauses, version=document.sha256[:8])
    notes = join(element("p", note, class_="terms-note", lang=CHINESE) for note in document.notes)
    return element(
        "header",
        element("h2", document.title, class_="terms-title", lang=CHINESE),
        element("p", facts, class_="terms-facts"),
        notes,
        _contents(document),
        class_="terms-head",
    )


def _contents(document: Document) -> Markup:
    """List the headings; nothing when the document has none."""
    headings = [clause for clause in document.clauses if clause.kind is ClauseKind.HEADING]
    if not headings:
        return Markup("")
    links = join(element("li", clause_link(clause.clause_id, clause.text)) for clause in headings)
    return element("details", element("summary", say("目录")), element("ol", links, lang=CHINESE), class_="contents")


def _legend(legend: Legend, *, has_turned: bool) -> Markup:
    entries = [
        element("span", element("strong", say("加粗并铺底色"), class_="key-lit"), say("：原文已突出的提示条款")),
        element(
            "span",
            element("span", say("左侧红线"), class_="key-missed"),
            say("：{meaning}", meaning=say(legend.missed)),
        ),
    ]
    if legend.show_triggers:
        entries.append(element("span", element("span", say("虚线"), class_="trigger"), say("：判断依据的词句")))
    if has_turned:
        entries.append(element("span", element("span", "〔 〕", class_="gloss"), say("：明条所加的说明，不是条款原文")))
    return element("p", join(entries), class_="legend")


def _clause(clause: Clause, findings: Mapping[str, Finding], turned: tuple[Layer, ...], legend: Legend) -> Markup:
    finding = findings.get(clause.clause_id)
    if clause.kind is ClauseKind.HEADING:
        return _heading(clause)
    layers = list(turned)
    if finding and legend.show_triggers:
        layers += [Layer(trigger.span, "trigger") for trigger in finding.triggers]
    flagged = finding is not None and (bool(finding.categories) or finding.must_highlight)
    badges = (
        element("div", finding_badges(finding, for_drafter=legend.show_triggers), class_="clause-tags", lang=language())
        if finding and flagged
        else ""
    )
    return element(
        "section",
        element("span", _label(clause), class_="clause-label"),
        element("div", badges, element("p", render_body(clause, layers)), class_="clause-words"),
        id=anchor_of(clause.clause_id),
        class_=" ".join(_classes(clause, finding)),
        data_label=clause.label,
        tabindex=-1,
    )


def _classes(clause: Clause, finding: Finding | None) -> list[str]:
    classes = ["clause", f"clause--{clause.kind}", f"clause--level{min(clause.level, 5)}"]
    if finding is not None and finding.must_highlight:
        classes.append("clause--must")
        classes.append("clause--missed" if is_missed(finding) else "clause--lit")
    elif finding is not None and finding.categories and finding.emphasis is not Prominence.NONE:
        classes.append("clause--lit")
    return classes


def _heading(clause: Clause) -> Markup:
    return element(
        "h3",
        element("span", _label(clause), class_="clause-label"),
        element("span", render_body(clause), class_="clause-words"),
        id=anchor_of(clause.clause_id),
        class_="clause clause--heading",
        data_label=clause.label,
        tabindex=-1,
    )


def _label(clause: Clause) -> Markup:
    """Render the number as printed, its separator included."""
    return render_range(clause, 0, clause.body_start)
