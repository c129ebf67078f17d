"""Types that flow through the corpus: what a reader finds, and the clauses made of it.

Every offset is a half-open character offset into :attr:`Document.source`, which is never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class EmphasisKind(StrEnum):
    """How words are made to stand out from their surroundings."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    COLOUR = "colour"
    SIZE = "size"
    HIGHLIGHT = "highlight"
    UNKNOWN = "unknown"
    """The format does not say (a PDF that draws its bold, a scan): neither emphasised nor plain."""

    __hash__ = str.__hash__  # an Enum's own is written in Python, and sets of marks ask for it all the time


class ClauseKind(StrEnum):
    """What a clause is in the text, as `clauselight parse` prints it."""

    HEADING = "heading"
    CLAUSE = "clause"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters of the source."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character; equal to `start` for text that the format generates (automatic numbers)."""

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One kind of emphasis on a run of text."""

    kind: EmphasisKind
    """Bold, underline, …"""
    renders: bool = True
    """Whether a reader sees it: False for bold that CommonMark's flanking rule leaves as stars."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of visible text with the same emphasis; reading a block means joining its runs."""

    span: Span
    """Where it stands in the source."""
    text: str
    """What a person reads: the source's own characters, or one decoded entity, or a generated number."""
    marks: frozenset[Mark] = frozenset()
    """Its emphasis."""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or table row as a reader hands it over; the structure is found from a list of these."""

    span: Span
    """The whole block in the source, marks included."""
    runs: tuple[Run, ...]
    """Its visible text, in order. A block without visible text (a rule, an empty tag) is never handed over."""
    heading_level: int = 0
    """1 to 6 where the format says heading (`##`, `<h2>`, Word's *Heading 2*); 0 elsewhere."""
    table: int = 0
    """Number of the table that this row belongs to, from 1; 0 outside tables."""
    bullet: bool = False
    """Whether the format shows it as an unnumbered list item."""
    indent: int = 0
    """Columns of white space before it, where the format has them: a list inside a list stands further in."""
    lines: tuple[int, int] | None = None
    """First and last line in the unmodified file, 1-based, inclusive; None for Word and PDF."""
    page: int | None = None
    """1-based page, for PDF."""
    paragraph: int | None = None
    """1-based paragraph, for Word."""

    @cached_property
    def text(self) -> str:
        """The visible text, joined once: the structure asks for it many times."""
        return self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader takes from one file."""

    source: str
    """The text that offsets refer to: the decoded file for Markdown, HTML and plain text, the extracted text else."""
    blocks: tuple[Block, ...]
    """In reading order; spans ascending and disjoint."""
    notes: tuple[str, ...] = ()
    """What a person should know of the reading, in Chinese (revisions read as accepted, bold unknown, encoding)."""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that the author made to stand out; the marks themselves are left out of the span."""

    span: Span
    """The emphasised words."""
    kind: EmphasisKind
    """How."""
    renders: bool
    """Whether a CommonMark renderer (Markdown) or the format's own application shows it so."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause, item, heading, table row or unnumbered paragraph."""

    clause_id: str
    """Unique in the document: `weidianyun#13.5`, `weidianyun#12.2（1）`, `weidianyun#2/p1` (1st paragraph of 2)."""
    label: str
    """The number as printed, without the separator after it: `13.5`, `第七条`, `（二）`, `1)`; or empty."""
    kind: ClauseKind
    """Heading, clause, item, paragraph or table."""
    level: int
    """Depth in the clause tree, from 1."""
    parent_id: str | None
    """The clause that this one stands under, None at the top."""
    headings: tuple[str, ...]
    """Texts of the headings above, outermost first."""
    span: Span
    """From the first to the last visible character, label and inner marks included."""
    text: str
    """The visible text, label included, marks left out."""
    runs: tuple[Run, ...] = field(repr=False)
    """Where each character of `text` comes from."""
    emphasis: tuple[Emphasis, ...] = ()
    """Emphasised words, in order."""
    emphasised: float = 0.0
    """Share (0 to 1) of the characters that carry meaning (no label, no punctuation) that stand out and render so."""
    lead_in_id: str | None = None
    """The clause whose words introduce this one (it ends in a colon): an item is quoted with it."""
    lines: tuple[int, int] | None = None
    """First and last line in the unmodified file, 1-based, inclusive; None for Word and PDF."""
    page: int | None = None
    """1-based page, for PDF."""
    paragraph: int | None = None
    """1-based paragraph, for Word."""

    def locate(self, start: int, end: int) -> Span:
        """Span in the source of `text[start:end]`.

        Raises IndexError when the range is empty or leaves the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise IndexError(f"text[{start}:{end}] of a clause with {len(self.text)} characters")
        first = last = -1
        position = 0
        for run in self.runs:
            stop = position + len(run.text)
            verbatim = len(run.span) == len(run.text)
            if first < 0 and start < stop:
                first = run.span.start + (start - position if verbatim else 0)
            if end <= stop:
                last = run.span.start + (end - position) if verbatim else run.span.end
                break
            position = stop
        return Span(first, last)

    @property
    def body_start(self) -> int:
        """Offset in `text` of the first character after the label and its separator."""
        if not self.label:
            return 0
        after = self.text.find(self.label) + len(self.label)
        while after < len(self.text) and self.text[after] in " \t\u3000\xa0.．、:：)）":
            after += 1
        return after

    @property
    def body(self) -> str:
        """The visible text without the label."""
        return self.text[self.body_start :]


class Role(StrEnum):
    """Which side of the terms a party stands on."""

    CUSTOMER = "customer"
    VENDOR = "vendor"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or term at a place."""

    clause_id: str
    """The clause."""
    span: Span
    """The words in the source."""
    text: str
    """The words."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party as this document defines it."""

    name: str
    """The name people would call it by: `甲方`, `京东云`."""
    aliases: tuple[str, ...]
    """All names that the document gives it, the name included: `甲方`, `您`, `用户`."""
    role: Role
    """Customer or vendor."""
    defined_at: tuple[Mention, ...]
    """Where it is defined."""
    conflicts: tuple[Mention, ...] = ()
    """Places where one of its names is used for the other side."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A defined term: `“保密信息”`, `简称“项目产品”`."""

    term: str
    """The term as defined, without quotation marks."""
    clause_id: str
    """The clause that defines it."""
    span: Span
    """The term in the source."""


class ReferenceKind(StrEnum):
    """How a clause speaks of another one."""

    NUMBER = "number"
    """By number: `第3.2条`, `第五条第二款`, `附件一`."""
    RELATIVE = "relative"
    """By place: `前款`, `本条`, `上述`."""
    DOCUMENT = "document"
    """By the name of a document or a law: `《隐私政策》`, `《民法典》第四百九十六条`."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where a clause speaks of another clause, of another document or of a law."""

    clause_id: str
    """The clause that speaks."""
    span: Span
    """The words in the source."""
    text: str
    """The words."""
    kind: ReferenceKind
    """By number, by place or by name."""
    target_ids: tuple[str, ...] = ()
    """The clauses that are meant, in document order; empty for what lies outside the document."""
    dangling: bool = False
    """Whether the document has no such clause."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A slip in the numbering, kept verbatim and reported, never repaired."""

    kind: str
    """`gap`, `repeat`, `jump` or `misplaced`."""
    clause_id: str
    """The clause with the odd label."""
    expected: str
    """The label that would have continued the sequence."""


@dataclass(frozen=True, slots=True)
class Document:
    """Terms that know where each clause stands and how it is printed."""

    doc_id: str
    """Short name: the file's stem, or the name in the corpus."""
    title: str
    """The title as printed in the document, or from the corpus's list of sources, or the stem."""
    source: str = field(repr=False)
    """The text that all offsets refer to; never changed."""
    clauses: tuple[Clause, ...] = field(repr=False)
    """In document order; every non-blank line of the source lies in exactly one."""
    sha256: str
    """Hash of the file's bytes, hexadecimal."""
    notes: tuple[str, ...] = ()
    """What a person should know of the reading, in Chinese."""
    anomalies: tuple[Anomaly, ...] = ()
    """Gaps, repeats and jumps in the numbering."""
    parties: tuple[Party, ...] = ()
    """Who is who in this document."""
    definitions: tuple[Definition, ...] = ()
    """Defined terms, in document order."""
    references: tuple[Reference, ...] = ()
    """Where clauses speak of others, in document order."""

    def clause(self, clause_id: str) -> Clause:
        """Return the clause with this id; KeyError when there is none."""
        for clause in self.clauses:
            if clause.clause_id == clause_id:
                return clause
        raise KeyError(clause_id)
