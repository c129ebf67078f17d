"""Where each block stands: which number it carries, which clause it stands under, which open clauses it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.numbering import LIST_FAMILIES, Family, Label, read_label
from corpus.sequence import Level, Place, Style, place_label
from corpus.types import Block, EmphasisKind

if TYPE_CHECKING:
    from collections.abc import Callable

CAPTION_LENGTH = 40
"""A caption is shorter than this; the longest heading of the terms read so far has 31 characters."""

_DEEPEST = 50
"""Clauses nest no deeper than this: real terms reach nine levels, and hostile ones would cost quadratic time."""

SENTENCE_MARK = re.compile(r"[。；;！!？?，,]|[:：]\s*$")
COLON = re.compile(r"[:：]\s*$")
_FRONT_WORD = re.compile(r"(?:引言|前言|序言|目录|总则|定义|附则|特别提示|重要提示|【[^】]{2,8}】)$")
_TITLE = re.compile(
    r".{2,60}(?:协议|条款|政策|声明|规则|须知|合同|指引|SLA|承诺书|说明|公约|约定|规范|办法|守则|细则)(?:[（(].{1,20}[）)])?$"
)
_ATTACHMENT = re.compile(r"(?:附件|附录|附表)")


@dataclass(slots=True)
class Draft:
    """A clause while the tree is being built."""

    block: Block
    label: Label | None
    parent: int | None
    style: Style
    children: int = 0
    caption: bool = False

    @property
    def body(self) -> str:
        """The visible text after the label."""
        return self.block.text[self.label.rest :] if self.label else self.block.text

    @property
    def ends_in_colon(self) -> bool:
        """Whether it introduces what follows."""
        return COLON.search(self.block.text[-8:]) is not None


class Placement:
    """Places one block after the other in the tree."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.slips: list[tuple[int, Place]] = []
        self.title = ""
        self._levels: list[Level] = []
        self._after_colon = False
        self._table: tuple[int, int] = (0, -1)

    def add(self, block: Block) -> None:
        """Place the next block."""
        style = Style(block.heading_level, bold=_is_bold_caption(block))
        if block.table:
            self._add_row(block, style)
        elif not self._add_labelled(block, style):
            self._add_unnumbered(block, style)
        text = block.text
        self._after_colon = COLON.search(text[-8:]) is not None

    def _append(self, block: Block, label: Label | None, style: Style, *, caption: bool = False) -> int:
        parent = self._levels[-1].index if self._levels else None
        if parent is not None:
            self.drafts[parent].children += 1
        self.drafts.append(Draft(block, label, parent, style, caption=caption))
        return len(self.drafts) - 1

    def _push(self, index: int, style: Style, label: Label | None) -> None:
        if len(self._levels) < _DEEPEST:
            self._levels.append(Level(index, style, label, colon=self.drafts[index].ends_in_colon))

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
        if caption or COLON.search(block.text[-8:]):
            self._push(index, style, None)

    def _is_title(self, block: Block, style: Style) -> bool:
        if self.drafts or len(block.text) > 2 * CAPTION_LENGTH:
            return False
        return bool(block.heading_level) or (
            _TITLE.match(block.text.strip()) is not None and (style.bold or SENTENCE_MARK.search(block.text) is None)
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
        """Let a paragraph continue the clause before it, but not the last item of a list that a lead-in opened."""
        if block.bullet:
            while (
                self._levels
                and self._levels[-1].label is None
                and not (self._levels[-1].colon or self._levels[-1].style.is_heading)
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
        self.drafts.append(Draft(block, None, self.drafts[header].parent, style))
        self.drafts[-1].parent = header


def _is_bold_caption(block: Block) -> bool:
    """Whether the whole block is bold, short and no sentence: a heading made by hand."""
    text = block.text.strip()
    if len(text) > CAPTION_LENGTH or not text or block.bullet:
        return False
    label = read_label(text)
    if SENTENCE_MARK.search(text[label.rest if label else 0 :]):
        return False
    return all(
        any(mark.kind is EmphasisKind.BOLD for mark in run.marks)
        for run in block.runs
        if run.text.strip(" \u3000\xa0\t.、")
    )
