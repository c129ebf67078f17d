"""A lawyer's decisions on findings: accepted, or dismissed with a reason, kept in a small file beside the terms.

A decision holds on to the clause's words, not to its number: it survives renumbering and moving. When the words have
changed it applies no more and is told to be outdated, so that nobody's signature covers words they never read.

The file is TOML: `[[decision]]` tables with `verdict`, `reason`, `by`, `on` (a date) and `words` (the clause's text
without its number).
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.review.diff.pairing import body_of, similarity
from app.types import Prominence
from corpus.errors import UnreadableTerms
from corpus.types import ClauseKind
from index.files import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from app.types import AuditReport, Finding
    from corpus.types import Clause, Document

ENDING = ".review.toml"
"""Ending of the file of decisions: `terms.md` has `terms.review.toml`."""
LIKE = 0.6
"""Similarity from which a clause counts as the reworded one that a decision was made on."""


class Verdict(StrEnum):
    """What a lawyer says of a finding."""

    ACCEPT = "accept"
    """The finding is right; the clause is to be printed prominently."""
    DISMISS = "dismiss"
    """The clause needs no prominence, for the reason given."""


class DecisionsUnusable(UnreadableTerms):
    """A file of decisions cannot be used."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One lawyer's word on one clause."""

    verdict: Verdict
    """What was decided."""
    reason: str
    """Why; never empty for a dismissal."""
    by: str
    """Who decided."""
    on: date
    """When."""
    words: str
    """Words of the clause without its number, spaces as one."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A review with the decisions applied."""

    report: AuditReport
    """Dismissed findings are no duty any more; the coverage follows."""
    decisions: Mapping[str, Decision]
    """Decisions that apply, by the clause's id."""
    outdated: tuple[tuple[Decision, str | None], ...]
    """Decisions whose words are gone, each with the id of the clause that was reworded, if there is one."""

    @property
    def dismissed(self) -> tuple[str, ...]:
        """Ids of the findings that a decision lifts the duty from."""
        return tuple(
            finding.clause_id
            for finding in self.report.findings
            if (decision := self.decisions.get(finding.clause_id)) and decision.verdict is Verdict.DISMISS
        )


def path_of(terms: Path) -> Path:
    """Where the decisions on a file of terms lie."""
    return terms.with_name(terms.stem + ENDING)


def decide(clause: Clause, verdict: Verdict, *, reason: str, by: str, on: date) -> Decision:
    """Make a decision on a clause. Raises ValueError for a dismissal without a reason."""
    if verdict is Verdict.DISMISS and not reason.strip():
        raise ValueError("不采纳检查结果时须写明理由")
    return Decision(verdict, reason.strip(), by.strip(), on, body_of(clause))


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Read a file of decisions; none when there is no file.

    Raises DecisionsUnusable.
    """
    return parse_decisions(path.read_bytes(), name=path.name) if path.exists() else ()


def parse_decisions(data: bytes, *, name: str) -> tuple[Decision, ...]:
    """Read the bytes of a file of decisions called `name`. Raises DecisionsUnusable."""
    try:
        rows = tomllib.loads(data.decode("utf-8")).get("decision", [])
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DecisionsUnusable(name, f"不是有效的 TOML 文件（{error}）") from error
    if not isinstance(rows, list):
        raise DecisionsUnusable(name, "每个决定应以 [[decision]] 开头")
    return tuple(_decision(row, number, name) for number, row in enumerate(rows, 1))


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the file anew; of several decisions on the same words the last one stays. Raises OSError."""
    write_file(path, format_decisions(decisions).encode("utf-8"), mode=0o644)


def format_decisions(decisions: Iterable[Decision]) -> str:
    """Give the text of a file of decisions."""
    last = {decision.words: decision for decision in decisions}
    tables = "\n".join(_table(decision) for decision in last.values())
    return f"# 对提示义务检查结果的决定，由法务填写\n\n{tables}"


def apply_decisions(report: AuditReport, document: Document, decisions: Sequence[Decision]) -> Decided:
    """Lay decisions over a review. The report's other findings stay as they are."""
    by_words = {decision.words: decision for decision in decisions}
    bodies = {clause.clause_id: body_of(clause) for clause in document.clauses if clause.kind is not ClauseKind.HEADING}
    applied = {clause_id: by_words[body] for clause_id, body in bodies.items() if body in by_words}
    findings = tuple(_decided(finding, applied.get(finding.clause_id)) for finding in report.findings)
    must = [finding for finding in findings if finding.must_highlight]
    full = sum(finding.emphasis is Prominence.FULL for finding in must)
    held = {decision.words for decision in applied.values()}
    return Decided(
        report=replace(
            report, findings=findings, must=len(must), emphasised=full, coverage=full / len(must) if must else 1.0
        ),
        decisions=applied,
        outdated=tuple(
            (decision, _reworded(words, bodies)) for words, decision in by_words.items() if words not in held
        ),
    )


def describe(decision: Decision) -> str:
    """Say who decided what, when and why: `已决定不要求突出（李律师 2026-01-31）：另有补充协议`."""
    said = "已确认" if decision.verdict is Verdict.ACCEPT else "已决定不要求突出"
    who = f"{decision.by} {decision.on.isoformat()}".strip()
    return f"{said}（{who}）" + (f"：{decision.reason}" if decision.reason else "")


def _decided(finding: Finding, decision: Decision | None) -> Finding:
    if decision is None or not finding.must_highlight:
        return finding
    if decision.verdict is Verdict.ACCEPT:
        return replace(finding, advice=f"{describe(decision)}。{finding.advice}")
    return replace(finding, must_highlight=False, advice=describe(decision))


def _reworded(words: str, bodies: Mapping[str, str]) -> str | None:
    """Id of the clause that reads most like the words, where one does."""
    likest = max(bodies, key=lambda clause_id: similarity(words, bodies[clause_id]), default=None)
    return likest if likest is not None and similarity(words, bodies[likest]) >= LIKE else None


def _decision(row: Any, number: int, name: str) -> Decision:
    if not isinstance(row, dict):
        raise DecisionsUnusable(name, f"第 {number} 个决定应以 [[decision]] 开头")
    words, reason, by, on = (row.get(key, "") for key in ("words", "reason", "by", "on"))
    if row.get("verdict") not in set(Verdict):
        raise DecisionsUnusable(name, f"第 {number} 个决定的 verdict 应为 accept 或 dismiss")
    if not isinstance(words, str) or not words.strip() or not isinstance(reason, str) or not isinstance(by, str):
        raise DecisionsUnusable(name, f"第 {number} 个决定的 words、reason 和 by 应为文字，words 不能为空")
    if not isinstance(on, date):
        raise DecisionsUnusable(name, f"第 {number} 个决定的 on 应为日期，如 2026-01-31")
    verdict = Verdict(row["verdict"])
    if verdict is Verdict.DISMISS and not reason.strip():
        raise DecisionsUnusable(name, f"第 {number} 个决定不采纳检查结果，须写明 reason")
    return Decision(verdict, reason.strip(), by.strip(), on, " ".join(words.split()))


def _table(decision: Decision) -> str:
    """One table; JSON's strings are TOML's basic strings (TOML 1.0) but for DEL."""
    fields = {"verdict": decision.verdict.value, "reason": decision.reason, "by": decision.by, "words": decision.words}
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f") for key, value in fields.items()
    ]
    return "\n".join(["[[decision]]", *lines[:3], f"on = {decision.on.isoformat()}", lines[3]]) + "\n"
