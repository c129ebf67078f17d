"""`--fix`: the terms as Markdown with the missed clauses bold, and nothing else changed.

Only marks are put in or taken out: pairs of `**`, and `<strong>` where CommonMark's flanking rule (section 6.2) would
leave the stars standing. Each way of marking is tried on a clause in turn, and is kept when a fresh parse of the whole
text proves it: every clause reads as before, the missed one is fully prominent, no other one is printed differently.
A clause for which no way works stays as it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.review.prominence import prominence_of
from app.types import Prominence
from corpus.errors import UnreadableTerms
from corpus.loading import parse_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from app.types import AuditReport
    from corpus.types import Clause, Document


class Unfixable(UnreadableTerms):
    """Terms in a format that has no Markdown to mend."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of the source to be put in another's place."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last; equal to `start` for an insertion."""
    text: str
    """What comes there."""


_BREAK = re.compile(r"\n[ \t\u3000>]*\n|\||<br\b[^>]{0,20}>|\n[ \t]{0,20}(?=[-+*] )", re.IGNORECASE)
_LINE_MARKS = re.compile(r"[ \t\u3000]*(?:>[ \t]?)*(?:[-+*][ \t]+|\d{1,9}[.)][ \t]+)?(?:#{1,6}[ \t]+)?")
_STARS = re.compile(r"\*{2,3}|__|</?(?:b|strong)>", re.IGNORECASE)


def fix(document: Document, report: AuditReport) -> str:
    """Return the source with every clause that must be prominent and is not printed bold.

    Raises Unfixable when the terms are not Markdown.
    """
    original = _parse(document, document.source)
    if [clause.text for clause in original.clauses] != [clause.text for clause in document.clauses]:
        raise Unfixable(document.doc_id, "不是 Markdown 文件，无法写出加粗后的副本；请先另存为 Markdown")
    wanted = {
        finding.clause_id
        for finding in report.findings
        if finding.must_highlight and finding.emphasis is not Prominence.FULL
    }
    missed = [clause for clause in original.clauses if clause.clause_id in wanted]
    done: dict[str, list[Edit]] = {}
    for way in WAYS:
        left = [clause for clause in missed if clause.clause_id not in done]
        if not left:
            break
        done |= _proven(original, done, {clause.clause_id: way(original.source, clause) for clause in left})
    return _apply(original.source, done.values())


def write_fixed(document: Document, report: AuditReport, path: Path) -> str:
    """Write what `fix` returns, line ends as in the source; give the proof. Raises Unfixable, OSError."""
    fixed = fix(document, report)
    path.write_bytes(fixed.encode("utf-8"))
    return proof(document.source, fixed)


def proof(before: str, after: str) -> str:
    """Compare two texts line by line and say in Chinese that only marks differ.

    Raises ValueError with the first line that differs in more.
    """
    old, new = before.split("\n"), after.split("\n")
    changed = [number for number, pair in enumerate(zip(old, new, strict=False), 1) if pair[0] != pair[1]]
    for number in changed:
        if _STARS.sub("", old[number - 1]) != _STARS.sub("", new[number - 1]):
            raise ValueError(f"line {number} differs in more than marks")
    if len(old) != len(new):
        raise ValueError(f"{len(old)} lines became {len(new)}")
    return (
        f"与原文逐行核对：{len(changed)} 行改了强调标记，其余 {len(old) - len(changed)} 行不变；去掉标记后全文一字不差"
    )


def _proven(document: Document, done: dict[str, list[Edit]], tried: dict[str, list[Edit]]) -> dict[str, list[Edit]]:
    """Those of the tried edits that hold; all together first, one by one when they disturb each other."""
    if not tried:
        return {}
    good = _good(document, done | tried, tried)
    if good is not None:
        kept = {clause_id: tried[clause_id] for clause_id in good}
        if len(kept) == len(tried) or _good(document, done | kept, kept) == set(kept):
            return kept
    result: dict[str, list[Edit]] = {}
    for clause_id, edits in tried.items():
        if _good(document, done | result | {clause_id: edits}, [clause_id]) == {clause_id}:
            result[clause_id] = edits
    return result


def _good(document: Document, edits: dict[str, list[Edit]], tried: Iterable[str]) -> set[str] | None:
    """Which of the tried clauses are fully prominent now; None when any word or any other clause has changed."""
    after = _parse(document, _apply(document.source, edits.values()))
    if [clause.text for clause in after.clauses] != [clause.text for clause in document.clauses]:
        return None
    good = set()
    for old, new in zip(document.clauses, after.clauses, strict=True):
        if old.clause_id in tried:
            if prominence_of(new) is Prominence.FULL and all(emphasis.renders for emphasis in new.emphasis):
                good.add(old.clause_id)
        elif old.clause_id not in edits and abs(old.emphasised - new.emphasised) > 1e-9:
            return None
    return good


def _parse(document: Document, source: str) -> Document:
    return parse_bytes(source.encode("utf-8"), name=f"{document.doc_id}.md", doc_id=document.doc_id)


def _apply(source: str, groups: Iterable[Sequence[Edit]]) -> str:
    edits = sorted((edit for group in groups for edit in group), key=lambda edit: (edit.start, edit.end))
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (source[position : edit.start], edit.text)
        position = edit.end
    return "".join((*parts, source[position:]))


def _pieces(source: str, clause: Clause, *, label: bool) -> list[tuple[int, int]]:
    """Cut the clause into parts that one pair of marks can hold: no blank line, cell border or line break inside."""
    start = clause.span.start
    if not label and 0 < clause.body_start < len(clause.text):
        start = clause.locate(clause.body_start, len(clause.text)).start
    pieces: list[tuple[int, int]] = []
    for border in (*_BREAK.finditer(source, start, clause.span.end), None):
        end = border.start() if border else clause.span.end
        stripped = source[start:end].strip()
        if re.search(r"\w", stripped):
            first = start + source[start:end].index(stripped)
            pieces.append((first, first + len(stripped)))
        start = border.end() if border else end
    return pieces


def _around(source: str, clause: Clause, marks: tuple[str, str], *, label: bool, clean: bool) -> list[Edit]:
    """Put marks around each piece; with `clean`, take the bold marks inside it away first."""
    edits: list[Edit] = []
    for start, end in _pieces(source, clause, label=label):
        edits.append(Edit(start, start, marks[0]))
        if clean:
            edits += (Edit(mark.start(), mark.end(), "") for mark in _STARS.finditer(source, start, end))
        edits.append(Edit(end, end, marks[1]))
    return edits


def _whole_lines(source: str, clause: Clause) -> list[Edit]:
    """Mark every line of the clause from its first to its last character, old bold marks taken away."""
    edits: list[Edit] = []
    start = source.rfind("\n", 0, clause.span.start) + 1
    stop = source.find("\n", clause.span.end)
    stop = len(source) if stop < 0 else stop
    for line in re.finditer(r"[^\r\n]+", source[start:stop]):
        marks = _LINE_MARKS.match(line[0])
        first = start + line.start() + (marks.end() if marks else 0)
        last = start + line.start() + len(line[0].rstrip())
        if first >= last:
            continue
        edits.append(Edit(first, first, "**"))
        edits += (Edit(mark.start(), mark.end(), "") for mark in _STARS.finditer(source, first, last))
        edits.append(Edit(last, last, "**"))
    return edits


def _way(*marks: str, label: bool, clean: bool) -> Callable[[str, Clause], list[Edit]]:
    def mark(source: str, clause: Clause) -> list[Edit]:
        return _around(source, clause, (marks[0], marks[1]), label=label, clean=clean)

    return mark


WAYS: tuple[Callable[[str, Clause], list[Edit]], ...] = (
    _way("**", "**", label=False, clean=False),
    _way("**", "**", label=True, clean=False),
    _way("**", "**", label=False, clean=True),
    _way("**", "**", label=True, clean=True),
    _whole_lines,
    _way("<strong>", "</strong>", label=False, clean=False),
    _way("<strong>", "</strong>", label=False, clean=True),
    _way("<strong>", "</strong>", label=True, clean=True),
)
"""Ways to make a clause bold, the one that changes least first."""
