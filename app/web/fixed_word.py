"""The terms as a Word file with the missed clauses bold, and nothing else changed.

An uploaded Word file gets the bold in its own runs; any other format is written anew from its clauses. Either way the
file is read again before it is given out: the clauses read as before, and what was to be bold is.
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from app.review.prominence import prominence_of
from app.types import Prominence
from corpus.emphasis import PROMINENT
from corpus.loading import parse_bytes
from corpus.types import ClauseKind, EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document as WordDocument
    from docx.oxml.text.run import CT_R
    from lxml import etree

    from app.types import AuditReport
    from corpus.types import Clause, Document

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FixedWord:
    """A Word file, proven by reading it."""

    content: bytes
    """The file."""
    fixed: int
    """Missed clauses that are fully prominent in it."""
    in_place: bool
    """Whether it is the uploaded file itself with bold added."""


def missed_ids(report: AuditReport) -> frozenset[str]:
    """Ids of the clauses that must be prominent and are not."""
    return frozenset(
        finding.clause_id
        for finding in report.findings
        if finding.must_highlight and finding.emphasis is not Prominence.FULL
    )


def fix_word(document: Document, report: AuditReport, original: bytes | None = None) -> FixedWord | None:
    """Add the missing bold; `original` is the uploaded `.docx`. None when no way keeps every clause as it reads."""
    wanted = missed_ids(report)
    ways: list[FixedWord] = []
    if original is not None:
        content = _bold_in_place(original, [clause for clause in document.clauses if clause.clause_id in wanted])
        fixed = _proven(document, content, wanted) if content is not None else None
        if content is not None and fixed is not None:
            ways.append(FixedWord(content, fixed, in_place=True))
    if not ways or ways[0].fixed < len(wanted):
        content = _write(document, wanted)
        fixed = _proven(document, content, wanted)
        if fixed is not None:
            ways.append(FixedWord(content, fixed, in_place=False))
    return max(ways, key=lambda way: (way.fixed, way.in_place), default=None)


def _proven(document: Document, content: bytes, wanted: frozenset[str]) -> int | None:
    """How many of the missed are prominent now; None when a word, or the print of another clause, has changed."""
    after = parse_bytes(content, name="fixed.docx", doc_id=document.doc_id)
    if [_SPACE.sub("", clause.text) for clause in after.clauses] != [
        _SPACE.sub("", clause.text) for clause in document.clauses
    ]:
        return None
    fixed = 0
    for old, new in zip(document.clauses, after.clauses, strict=True):
        if old.clause_id in wanted:
            fixed += prominence_of(new) is Prominence.FULL
        elif old.kind is not ClauseKind.HEADING and (prominence_of(old), prominence_of(new)) not in _ALIKE:
            return None
    return fixed


_ALIKE = frozenset({*((kind, kind) for kind in Prominence), (Prominence.UNKNOWN, Prominence.NONE)})
"""Print before and after; what could not be told before (plain text) is plain in a Word file."""


# ── The uploaded file ──


def _bold_in_place(original: bytes, missed: Sequence[Clause]) -> bytes | None:
    """Make the words of each clause bold where they stand; None for a package that python-docx does not open."""
    import docx  # noqa: PLC0415 - heavy, needed here alone
    from docx.oxml.ns import qn  # noqa: PLC0415

    try:
        word = docx.Document(io.BytesIO(original))
    except (KeyError, ValueError, OSError, SyntaxError, AttributeError, BadZipFile):  # whatever python-docx meets
        return None
    paragraphs = list(word.element.body.iter(qn("w:p")))
    for clause in missed:
        for paragraph in _in_order(paragraphs, clause.paragraph):
            if _embolden(paragraph, clause):
                break
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


def _in_order(paragraphs: Sequence[etree._Element], place: int | None) -> Iterator[etree._Element]:
    """Give the paragraph that the reader counted first, then the others: text boxes and notes shift the count."""
    if place is not None and place <= len(paragraphs):
        yield paragraphs[place - 1]
    yield from paragraphs


def _embolden(paragraph: etree._Element, clause: Clause) -> bool:
    """Make the clause's words in a paragraph bold; False when they do not stand there in one piece."""
    runs = [(run, run.text) for run in _runs(paragraph)]
    letters = "".join(text for _, text in runs)
    sought = [_SPACE.sub("", words) for words in (clause.text, clause.body)]
    squeezed = _SPACE.sub("", letters)
    found = next((words for words in sought if words and words in squeezed), None)
    if found is None:
        return False
    places = [at for at, letter in enumerate(letters) if not letter.isspace()]
    first = squeezed.index(found)
    start, end = places[first], places[first + len(found) - 1] + 1
    position = 0
    for run, text in runs:
        low, high = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if low < high:
            _set_bold(_cut(run, low, high))
    return True


def _runs(paragraph: etree._Element) -> Iterator[CT_R]:
    """Yield the paragraph's own runs: not those that are deleted, nor those of a text box or a field's instruction."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    strange = {qn("w:del"), qn("w:moveFrom"), qn("w:txbxContent")}
    for run in paragraph.iter(qn("w:r")):
        above = []
        for node in run.iterancestors():
            if node is paragraph:
                break
            above.append(node.tag)
        if strange.isdisjoint(above):
            yield run


def _cut(run: CT_R, low: int, high: int) -> CT_R:
    """Cut a run at two characters and return the middle; a run with more than plain text stays whole."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    text = run.text
    plain = {qn("w:rPr"), qn("w:t")}
    if (low == 0 and high == len(text)) or any(child.tag not in plain for child in run):
        return run
    middle = run
    for piece, is_middle in ((text[:low], False), (text[low:high], True), (text[high:], False)):
        if not piece:
            continue
        copy = deepcopy(run)
        copy.text = piece
        run.addprevious(copy)
        if is_middle:
            middle = copy
    parent = run.getparent()
    assert parent is not None
    parent.remove(run)
    return middle


def _set_bold(run: CT_R) -> None:
    from docx.text.run import Run  # noqa: PLC0415

    Run(run, None).font.bold = True  # type: ignore[arg-type]  # the parent is needed for styles alone
    Run(run, None).font.cs_bold = True  # type: ignore[arg-type]


# ── Written anew ──


def _write(document: Document, wanted: frozenset[str]) -> bytes:
    """Write every clause as a paragraph, bold and underlined as it was, the missed ones bold as a whole."""
    import docx  # noqa: PLC0415 - heavy, needed here alone
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    word: WordDocument = docx.Document()
    normal = word.styles["Normal"]
    normal.font.name = "Noto Sans CJK SC"
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Sans CJK SC")
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    word.core_properties.title = _clean(document.title)
    for clause in document.clauses:
        heading = clause.kind is ClauseKind.HEADING
        paragraph = word.add_paragraph(style=f"Heading {min(clause.level + 1, 9)}" if heading else None)
        for run in clause.runs:
            written = paragraph.add_run(_clean(run.text))
            kinds = {mark.kind for mark in run.marks if mark.renders and mark.kind in PROMINENT}
            bold = clause.clause_id in wanted or bool(kinds - {EmphasisKind.UNDERLINE})
            written.bold = True if bold else None
            written.underline = True if EmphasisKind.UNDERLINE in kinds else None
    packed = io.BytesIO()
    word.save(packed)
    return packed.getvalue()


def _clean(text: str) -> str:
    """Leave out what XML cannot hold (XML 1.0, section 2.2)."""
    return _NOT_XML.sub("", text)
