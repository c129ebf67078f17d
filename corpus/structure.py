"""From blocks to the clause tree: labels, parents, kinds, headings, lead-ins and names of clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.emphasis import emphasis_of, emphasised_share
from corpus.numbering import LIST_FAMILIES, SELF_SUFFICIENT, Family, Label, read_label
from corpus.sequence import Level, Place, Style, place_label
from corpus.types import Anomaly, Block, Clause, ClauseKind, EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CAPTION_LENGTH = 40
"""A caption is shorter than this; the longest heading of the terms read so far has 31 characters."""

_SENTENCE_MARK = re.compile(r"[。；;！!？?，,]|[:：]\s*$")
_COLON = re.compile(r"[:：]\s*$")
_GOES_ON = re.compile(r"[；;，,、]\s*$")
_FRONT_WORD = re.compile(r"(?:引言|前言|序言|目录|总则|定义|附则|特别提示|重要提示|【[^】]{2,8}】)$")
_TITLE = re.compile(
    r".{2,60}(?:协议|条款|政策|声明|规则|须知|合同|指引|SLA|承诺书|说明|公约|约定|规范|办法|守则|细则)(?:[（(].{1,20}[）)])?$"
)
_ATTACHMENT = re.compile(r"(?:附件|附录|附表)")


@dataclass(slots=True)
class _Draft:
    """A clause while the tree is being built."""

    block: Block
    label: Label | None
    parent: int | None
    style: Style
    children: int = 0
    caption: bool = False
    table_header: int | None = None
    counter: dict[str, int] = field(default_factory=dict)

    @property
    def body(self) -> str:
        return self.block.text[self.label.rest :] if self.label else self.block.text


@dataclass(frozen=True, slots=True)
class Structure:
    """The clause tree of one document."""

    clauses: tuple[Clause, ...]
    """In document order."""
    anomalies: tuple[Anomaly, ...]
    """Slips in the numbering."""
    title: str
    """The title as printed, empty when the document has none."""


def build_structure(doc_id: str, blocks: Sequence[Block]) -> Structure:
    """Find labels and build the tree; linear in the number of blocks times the depth of the tree."""
    builder = _Builder()
    for block in blocks:
        builder.add(block)
    return _finish(doc_id, builder)


class _Builder:
    """Places one block after the other in the tree."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self.slips: list[tuple[int, Place]] = []
        self.title = ""
        self._levels: list[Level] = []
        self._after_colon = False
        self._table: tuple[int, int] = (0, -1)

    def add(self, block: Block) -> None:
        style = Style(block.heading_level, bold=_is_bold_caption(block))
        if block.table:
            self._add_row(block, style)
        elif not self._add_labelled(block, style):
            self._add_unnumbered(block, style)
        text = block.text
        self._after_colon = _COLON.search(text[-8:]) is not None

    def _append(self, block: Block, label: Label | None, style: Style, *, caption: bool = False) -> int:
        parent = self._levels[-1].index if self._levels else None
        if parent is not None:
            self.drafts[parent].children += 1
        self.drafts.append(_Draft(block, label, parent, style, caption=caption))
        return len(self.drafts) - 1

    def _push(self, index: int, style: Style, label: Label | None) -> None:
        colon = _COLON.search(self.drafts[index].block.text[-8:]) is not None
        self._levels.append(Level(index, style, label, colon=colon))

    def _add_labelled(self, block: Block, style: Style) -> bool:
        label = read_label(block.text)
        place = None
        while label is not None:
            place = place_label(label, style, self._levels, after_colon=self._after_colon)
            if label.alternative is None or (place is not None and not place.slip):
                break
            label = label.alternative
        if label is None or place is None or block.bullet:
            return False
        del self._levels[place.depth :]
        if self._levels:
            self._levels[-1].counts[label.family] = label.value
        index = self._append(block, label, style)
        if place.slip:
            self.slips.append((index, place))
        if block.text[label.rest :].strip() or not place.slip:  # a bare repeated number opens nothing
            self._push(index, style, label)
        return True

    def _add_unnumbered(self, block: Block, style: Style) -> None:
        if self._is_title(block, style):
            self.title = block.text.strip()
            style = Style(-1, bold=False)
            self._push(self._append(block, None, style, caption=True), style, None)
            return
        caption = style.is_heading or (_FRONT_WORD.match(block.text) is not None and not block.bullet)
        if caption:
            self._close_for_caption(block, style)
            style = style if style.is_heading else Style(0, bold=True)
        else:
            self._close_for_paragraph(block)
        index = self._append(block, None, style, caption=caption)
        if caption or _COLON.search(block.text[-8:]):
            self._push(index, style, None)

    def _is_title(self, block: Block, style: Style) -> bool:
        if self.drafts or len(block.text) > 2 * CAPTION_LENGTH:
            return False
        return bool(block.heading_level) or (
            _TITLE.match(block.text.strip()) is not None and (style.bold or _SENTENCE_MARK.search(block.text) is None)
        )

    def _close_for_caption(self, block: Block, style: Style) -> None:
        if _ATTACHMENT.match(block.text):
            self._keep(lambda level: level.style.heading_level < 0)
        elif style.heading_level:
            self._keep(lambda level: level.style.heading_level != 0 and level.style.heading_level < style.heading_level)
        elif any(level.style == style for level in self._levels):
            depth = next(depth for depth, level in enumerate(self._levels) if level.style == style)
            del self._levels[depth:]
        else:
            self._keep(lambda level: level.style.is_heading)

    def _keep(self, stays: Callable[[Level], bool]) -> None:
        while self._levels and not stays(self._levels[-1]):
            self._levels.pop()

    def _close_for_paragraph(self, block: Block) -> None:
        """A paragraph continues the clause before it, but not the last item of a list that a lead-in opened."""
        if block.bullet:
            while self._levels and self._levels[-1].label is None and not (
                self._levels[-1].colon or self._levels[-1].style.is_heading
            ):
                self._levels.pop()
            return
        if self._levels and self._levels[-1].label is not None and self._levels[-1].colon:
            return
        for depth in range(len(self._levels), 1, -1):
            label = self._levels[depth - 1].label
            if label is None:
                continue
            listed = label.family in LIST_FAMILIES or (label.family is Family.DOTTED and len(label.numbers) == 1)
            if listed and self._levels[depth - 2].colon and not self._levels[depth - 1].style.is_heading:
                del self._levels[depth - 1 :]
        while self._levels and self._levels[-1].label is None and not self._levels[-1].style.is_heading:
            self._levels.pop()

    def _add_row(self, block: Block, style: Style) -> None:
        number, header = self._table
        if block.table != number:
            self._table = (block.table, len(self.drafts))
            self._append(block, None, style)
            return
        self.drafts.append(_Draft(block, None, self.drafts[header].parent, style, table_header=header))
        self.drafts[-1].parent = header


def _is_bold_caption(block: Block) -> bool:
    """Whether the whole block is bold, short and no sentence: a heading made by hand."""
    text = block.text.strip()
    if len(text) > CAPTION_LENGTH or not text or block.bullet:
        return False
    label = read_label(text)
    if _SENTENCE_MARK.search(text[label.rest if label else 0 :]):
        return False
    return all(
        any(mark.kind is EmphasisKind.BOLD for mark in run.marks)
        for run in block.runs
        if run.text.strip(" \u3000\xa0\t.、")
    )


def _finish(doc_id: str, builder: _Builder) -> Structure:
    drafts = builder.drafts
    kinds = [_kind(drafts, index) for index in range(len(drafts))]
    names = _names(drafts)
    clauses: list[Clause] = []
    headings: list[tuple[str, ...]] = []
    levels: list[int] = []
    lead_ins = _lead_ins(drafts, kinds)
    for index, draft in enumerate(drafts):
        above = draft.parent
        path = () if above is None else headings[above] + (
            (drafts[above].block.text.strip(),) if kinds[above] is ClauseKind.HEADING else ()
        )
        headings.append(path)
        levels.append(1 if above is None else levels[above] + 1)
        block = draft.block
        lead_in = lead_ins[index]
        clauses.append(
            Clause(
                clause_id=f"{doc_id}#{names[index]}",
                label=draft.label.printed if draft.label else "",
                kind=kinds[index],
                level=levels[index],
                parent_id=None if above is None else f"{doc_id}#{names[above]}",
                headings=path,
                span=block.span,
                text=block.text,
                runs=block.runs,
                emphasis=emphasis_of(block.runs),
                emphasised=emphasised_share(block.runs, draft.label.rest if draft.label else 0),
                lead_in_id=None if lead_in is None else f"{doc_id}#{names[lead_in]}",
                lines=block.lines,
                page=block.page,
                paragraph=block.paragraph,
            )
        )
    anomalies = tuple(
        Anomaly(place.slip, clauses[index].clause_id, place.expected) for index, place in builder.slips
    )
    return Structure(tuple(clauses), anomalies, builder.title)


def _kind(drafts: list[_Draft], index: int) -> ClauseKind:
    draft = drafts[index]
    body = draft.body.strip()
    if draft.block.table:
        return ClauseKind.TABLE
    if draft.block.bullet:
        return ClauseKind.ITEM
    if draft.label is None:
        return ClauseKind.HEADING if draft.caption else ClauseKind.PARAGRAPH
    if _reads_like_heading(draft, body):
        return ClauseKind.HEADING
    nested = draft.parent is not None and draft.label.family is Family.DOTTED and len(draft.label.numbers) == 1
    if draft.label.family in LIST_FAMILIES and draft.parent is not None:
        return ClauseKind.ITEM
    if nested and draft.parent is not None and _COLON.search(drafts[draft.parent].block.text[-8:]):
        return ClauseKind.ITEM
    return ClauseKind.CLAUSE


def _reads_like_heading(draft: _Draft, body: str) -> bool:
    if draft.style.is_heading:
        return len(body) <= 2 * CAPTION_LENGTH and (draft.style.bold or _SENTENCE_MARK.search(body) is None)
    return draft.children > 0 and len(body) <= CAPTION_LENGTH and _SENTENCE_MARK.search(body) is None


def _lead_ins(drafts: list[_Draft], kinds: list[ClauseKind]) -> list[int | None]:
    """The clause that introduces each one: its parent, or the one before it, when that ends in a colon."""
    result: list[int | None] = []
    previous: dict[int | None, int] = {}
    for index, draft in enumerate(drafts):
        before = previous.get(draft.parent)
        lead_in: int | None = None
        if kinds[index] is not ClauseKind.HEADING:
            if draft.parent is not None and kinds[draft.parent] is not ClauseKind.HEADING and _ends_in_colon(drafts[draft.parent]):
                lead_in = draft.parent
            elif before is not None and not drafts[before].children and _ends_in_colon(drafts[before]):
                lead_in = before
            elif before is not None and result[before] is not None and _goes_on(drafts, before, index, result[before]):
                lead_in = result[before]
        result.append(lead_in)
        previous[draft.parent] = index
    return result


def _goes_on(drafts: list[_Draft], before: int, index: int, lead_in: int | None) -> bool:
    """Whether a list that a lead-in opened goes on: numbered, or bulleted, or with a semicolon before."""
    draft, above = drafts[index], drafts[before]
    if draft.label is not None:
        return above.label is not None and lead_in is not None and drafts[lead_in].label is None
    both_bullets = draft.block.bullet and above.block.bullet
    return both_bullets or (above.label is None and _GOES_ON.search(above.block.text[-8:]) is not None)


def _ends_in_colon(draft: _Draft) -> bool:
    return _COLON.search(draft.block.text[-8:]) is not None


def _names(drafts: list[_Draft]) -> list[str]:
    """Names that are unique in the document, as people would cite them: `12.2（1）`, `一/2`, `2/p1`."""
    names: list[str] = []
    taken: dict[str, int] = {}
    unnumbered: dict[int | None, int] = {}
    for draft in drafts:
        above = names[draft.parent] if draft.parent is not None else ""
        titled = draft.parent is not None and drafts[draft.parent].style.heading_level < 0
        above = "" if titled else above
        if draft.label is None:
            key = None if titled else draft.parent
            unnumbered[key] = unnumbered.get(key, 0) + 1
            name = f"{above}/p{unnumbered[key]}" if above else f"p{unnumbered[key]}"
        else:
            name = _label_name(draft.label, above)
        taken[name] = taken.get(name, 0) + 1
        names.append(name if taken[name] == 1 else _free(name, taken))
    return names


def _free(name: str, taken: dict[str, int]) -> str:
    candidate = f"{name}~{taken[name]}"
    while candidate in taken:
        taken[name] += 1
        candidate = f"{name}~{taken[name]}"
    taken[candidate] = 1
    return candidate


def _label_name(label: Label, above: str) -> str:
    printed = ".".join(map(str, label.numbers)) if label.family is Family.DOTTED else "".join(label.printed.split())
    alone = label.family in SELF_SUFFICIENT and not (label.family is Family.DOTTED and len(label.numbers) == 1)
    if not above or alone:
        return printed
    return f"{above}{printed}" if printed[0] in "（(①②③④⑤⑥⑦⑧⑨⑩" or printed[-1] in "）)" else f"{above}/{printed}"
