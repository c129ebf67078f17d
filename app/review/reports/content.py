"""What a report of the review says, whatever it is written in: the figures, a row a finding, the text in pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.review.decisions import describe
from app.review.opinion import NAME, RULE_ID
from app.review.overemphasis import OverEmphasis, over_emphasis
from app.review.rulebook import load_rules
from app.review.wording import CATEGORIES, PROMINENCES, name_categories, telling_words
from app.types import Category, Prominence
from corpus.emphasis import PROMINENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.review.decisions import Decided, Decision
    from app.types import AuditReport, Finding
    from corpus.types import Clause, Document

OPENING = 40
"""Characters of the words of a decision that are quoted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a clause that are drawn the same way."""

    text: str
    """The words."""
    bold: bool
    """Whether the author made them stand out, and a reader sees it."""
    rules: tuple[str, ...] = ()
    """Ids of the rules that speak on them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding as people read it."""

    finding: Finding
    """The finding."""
    clause: Clause
    """Its clause."""
    place: str
    """`13.5（第 141 行）`."""
    path: str
    """The headings above, joined by ` › `."""
    categories: str
    """Names of its categories."""
    state: str
    """How it is printed."""
    missed: bool
    """Whether it must stand out and does not; a print that the format does not tell is not missed."""
    words: tuple[str, ...]
    """The words that made it a finding."""
    reasons: tuple[str, ...]
    """Names of the rules that spoke."""
    precedents: str
    """`同一条款在 6 份文件中突出（cdn、dns）`, or empty."""
    decision: str
    """What a lawyer decided on it, who, when and why; or empty."""


@dataclass(frozen=True, slots=True)
class Content:
    """A report before it is written in any format."""

    document: Document
    """The terms."""
    report: AuditReport
    """The review."""
    rows: tuple[Row, ...]
    """One a finding, in document order."""
    counts: Mapping[Category, tuple[int, int]]
    """For each category: clauses that must stand out, and how many of them do."""
    emphasis: OverEmphasis
    """The second figure: emphasis where none is owed drowns the rest."""
    dismissed: int = 0
    """Findings that a lawyer's decision lifts the duty from."""
    outdated: tuple[str, ...] = ()
    """Decisions that apply no more since the words have changed, each in one sentence."""

    @property
    def missed(self) -> tuple[Row, ...]:
        """Rows of clauses that must stand out and do not."""
        return tuple(row for row in self.rows if row.missed)

    @property
    def headline(self) -> str:
        """The figure in one sentence."""
        unsure = self.report.must - self.report.emphasised - len(self.missed)
        said = (
            f"提示覆盖率 {self.report.coverage:.0%}：应突出 {self.report.must} 条，已突出 {self.report.emphasised} 条，"
            f"漏标 {len(self.missed)} 条"
        )
        said += f"，格式看不出、待核对 {unsure} 条" if unsure else ""
        return f"{said}；另有 {self.dismissed} 条经法务决定不要求突出" if self.dismissed else said


def create_content(
    report: AuditReport, document: Document, *, rules: Path | None = None, decided: Decided | None = None
) -> Content:
    """Gather what a report shows. `document` is the one that `report` is about.

    `rules`: the person's own table that the review was made with. `decided`: a lawyer's decisions on this report,
    whose own report goes before the other. Raises RuleUnusable.
    """
    report = decided.report if decided else report
    decisions = decided.decisions if decided else {}
    clauses = {clause.clause_id: clause for clause in document.clauses}
    names = {rule.rule_id: rule.name for rule in load_rules(rules)} | {RULE_ID: NAME}
    rows = tuple(
        _row(finding, clauses[finding.clause_id], names, decisions.get(finding.clause_id))
        for finding in report.findings
    )
    return Content(
        document=document,
        report=report,
        rows=rows,
        counts={category: _count(rows, category) for category in Category},
        emphasis=over_emphasis(report, document),
        dismissed=len(decided.dismissed) if decided else 0,
        outdated=tuple(_outdated(old, clauses.get(now or "")) for old, now in decided.outdated) if decided else (),
    )


def _outdated(decision: Decision, clause: Clause | None) -> str:
    """Tell what became of the words that a decision was made on."""
    words = decision.words if len(decision.words) <= OPENING else decision.words[:OPENING] + "…"
    now = f"条文已改为 {place_of(clause)}，请重新决定" if clause else "文件中已没有这一条"
    return f"{describe(decision)}。原文“{words}”，{now}"


def place_of(clause: Clause) -> str:
    """Say where a clause stands: its number, and its line, page or paragraph."""
    where = ""
    if clause.lines is not None:
        first, last = clause.lines
        where = f"第 {first} 行" if first == last else f"第 {first}–{last} 行"
    elif clause.page is not None:
        where = f"第 {clause.page} 页"
    elif clause.paragraph is not None:
        where = f"第 {clause.paragraph} 段"
    label = clause.label or "无编号"
    return f"{label}（{where}）" if where else label


def pieces_of(clause: Clause, finding: Finding | None = None) -> tuple[Piece, ...]:
    """Cut a clause's text where its print or the rules that speak on it change; joined, the pieces are the text.

    Words of a lead-in that the clause completes are no part of it and mark nothing.
    """
    pieces: list[Piece] = []
    for character, offset, bold in _characters(clause):
        triggers = finding.triggers if finding else ()
        rules = tuple(dict.fromkeys(one.rule_id for one in triggers if one.span.start <= offset < one.span.end))
        last = pieces[-1] if pieces else None
        if last and (last.bold, last.rules) == (bold, rules):
            pieces[-1] = Piece(last.text + character, bold=bold, rules=rules)
        else:
            pieces.append(Piece(character, bold=bold, rules=rules))
    return tuple(pieces)


def _characters(clause: Clause) -> Iterator[tuple[str, int, bool]]:
    """Every visible character with its offset in the source and whether it stands out."""
    for run in clause.runs:
        bold = any(mark.renders and mark.kind in PROMINENT for mark in run.marks)
        verbatim = len(run.span) == len(run.text)
        for place, character in enumerate(run.text):
            yield character, run.span.start + (place if verbatim else 0), bold


def _row(finding: Finding, clause: Clause, names: Mapping[str, str], decision: Decision | None) -> Row:
    marked = sorted({precedent.doc_id for precedent in finding.precedents if precedent.emphasis is Prominence.FULL})
    return Row(
        finding=finding,
        clause=clause,
        place=place_of(clause),
        path=" › ".join(clause.headings),
        categories=name_categories(finding.categories),
        state=PROMINENCES[finding.emphasis],
        missed=finding.must_highlight and finding.emphasis in {Prominence.PARTIAL, Prominence.NONE},
        words=telling_words(finding),
        reasons=tuple(dict.fromkeys(names.get(one.rule_id, one.rule_id) for one in finding.triggers)),
        precedents=f"同一条款在 {len(marked)} 份文件中突出（{'、'.join(marked)}）" if marked else "",
        decision=describe(decision) if decision and finding.categories else "",
    )


def _count(rows: tuple[Row, ...], category: Category) -> tuple[int, int]:
    owed = [row for row in rows if row.finding.must_highlight and category in row.finding.categories]
    return len(owed), sum(row.finding.emphasis is Prominence.FULL for row in owed)


__all__ = ["CATEGORIES", "Content", "Piece", "Row", "create_content", "pieces_of", "place_of"]
