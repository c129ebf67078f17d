"""Where each block stands: which number it carries, which clause it stands under, which open clauses it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus import captions
from corpus.drafts import Draft, follows, is_said_in, joined, same
from corpus.levels import Candidate, Level, Place, Style
from corpus.lookahead import candidates_of, highest_heading, recurring, style_of, with_bullet
from corpus.numbering import LIST_FAMILIES, Family, Label
from corpus.sequence import key_of, names, place_label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus.types import Block

_DEEPEST = 50
"""Clauses nest no deeper than this: real terms reach nine levels, and hostile ones would cost quadratic time."""
_AHEAD = 40
"""Blocks behind a caption that are looked at for the next number."""
_BEFORE_TITLE = 15
"""A bold title may stand behind so many lines of a menu."""
_FRONT = 4
"""The title stands among this many first blocks."""
_DOCUMENT = Style(-2, bold=False)
_TITLE = Style(-1, bold=False)
_FRONT_WORD = Style(7, bold=False)
_BRACKETED = Style(8, bold=False)


class Placement:
    """Places one block after the other in the tree."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.drafts: list[Draft] = []
        self.slips: list[tuple[int, Place]] = []
        self.title = ""
        self._blocks = [with_bullet(block) for block in blocks]
        self._colons = [captions.ends_in_colon(block.text) for block in self._blocks]
        self._candidates = candidates_of(self._blocks, self._colons)
        self._levels = [Level(None, _DOCUMENT)]
        self._after_colon = False
        self._table: tuple[int, int] = (0, -1)
        self._place = 0  # index of the block that is being placed
        self._contents: int | None = None  # the heading of the table of contents, while it lasts
        self._recurring = recurring(blocks)
        self._highest = highest_heading(blocks[1:])

    def place_all(self) -> None:
        """Place every block."""
        for place, candidates in enumerate(self._candidates):
            block = self._blocks[place]
            self._place = place
            self._add(block, candidates)
            self._after_colon = self._colons[place]

    def _add(self, block: Block, candidates: tuple[Candidate, ...]) -> None:
        style = candidates[0].style if candidates else style_of(block)
        if self._contents is None and self._lists_contents(candidates):
            self._contents = len(self.drafts) - 1
        if block.table:
            self._add_row(block, style)
        elif self._contents is not None and self._add_to_contents(block, candidates, style):
            pass
        elif not candidates or not any(self._add_labelled(block, each) for each in self._by_fit(candidates)):
            self._add_unnumbered(block, style)

    def _by_fit(self, candidates: tuple[Candidate, ...]) -> list[Candidate]:
        """Choose among readings of the label: `(i)` is the ninth letter or the first number, whichever goes on."""
        if len(candidates) < 2:
            return list(candidates)
        places = [place_label(each, self._levels) for each in candidates]
        smooth = [each for each, place in zip(candidates, places, strict=True) if place is not None and not place.slip]
        return smooth or list(candidates[-1:])

    def _append(self, block: Block, label: Label | None, style: Style, *, caption: bool = False) -> int:
        parent = self._levels[-1].index
        if parent is not None:
            self.drafts[parent].children += 1
        colon = self._colons[self._place]
        self.drafts.append(Draft(block, label, parent, style, caption=caption, ends_in_colon=colon))
        return len(self.drafts) - 1

    def _push(self, index: int, style: Style, label: Label | None) -> None:
        draft = self.drafts[index]
        if len(self._levels) < _DEEPEST:
            caption = captions.is_caption(draft.body)
            preface = draft.caption and captions.is_preface(draft.block.text)
            opens = not (label or draft.caption or self._levels[0].counts) and self._leads_into_terms(draft)
            self._levels.append(
                Level(index, style, label, colon=draft.ends_in_colon, caption=caption, preface=preface, opens=opens)
            )

    def _leads_into_terms(self, draft: Draft) -> bool:
        """Whether a sentence directly below the title leads into the whole of the terms."""
        above = None if draft.parent is None else self.drafts[draft.parent]
        return (above is None or above.style == _TITLE) and captions.opens_terms(draft.block.text)

    def _add_labelled(self, block: Block, candidate: Candidate) -> bool:
        label, style = candidate.label, candidate.style
        place = place_label(candidate, self._levels)
        if place is None:
            return False
        bare = not block.text[label.rest :].strip()
        if place.slip == "repeat" and bare and not style.is_heading:  # `2.` alone below `## 2. 费用` opens nothing
            self.slips.append((self._append(block, label, style), place))
            return True
        before = self._sibling_before(place, label)
        if place.slip == "gap" and before is not None and is_said_in(before, label):
            place = Place(place.depth)
        del self._levels[place.depth :]
        if place.slip != "jump" or not self._levels[-1].counts:
            key, value = key_of(label), label.numbers[0] if label.family is Family.ARTICLE else label.value
            for level in self._levels:
                level.counts[key] = value
        index = self._append(block, label, style)
        if place.slip:
            self.slips.append((index, place))
        self._push(index, style, label)
        goes_on = before is not None and captions.ends_in_semicolon(before.block.text)
        self._levels[-1].goes_on = goes_on
        self._levels[-1].closed = goes_on and block.text.rstrip().endswith("。")
        self._levels[-1].followed = candidate.followed or (before is not None and before.children > 0)
        return True

    def _sibling_before(self, place: Place, label: Label) -> Draft | None:
        """Find the clause of the same family that this one comes after."""
        if len(self._levels) <= place.depth:
            return None
        before = self._levels[place.depth]
        if before.index is None or before.label is None or before.label.family is not label.family:
            return None
        return self.drafts[before.index]

    def _add_unnumbered(self, block: Block, style: Style) -> None:
        if self._is_title(block, style):
            self.title = captions.without_quotes(block.text)
            del self._levels[1:]
            self._push(self._append(block, None, _TITLE, caption=True), _TITLE, None)
            return
        caption = self._is_caption(block, style)
        if style.heading_level and not self.drafts and captions.names_one_of_several(block.text):
            self.title = captions.without_quotes(block.text)
        if not caption and self._completes_number(block):
            return
        if caption:
            if not style.is_heading:
                style = _BRACKETED if block.text.startswith("【") else _FRONT_WORD
            self._close_for_caption(block, style)
        else:
            self._close_for_paragraph(block)
        index = self._append(block, None, style, caption=caption)
        if caption or self.drafts[index].ends_in_colon or (block.bullet and self._holds_bullets(block)):
            self._push(index, style, None)
        if caption and captions.is_contents(block.text):
            self._contents = index

    def _is_caption(self, block: Block, style: Style) -> bool:
        if style.heading_level:
            return captions.is_heading_text(block.text)
        return style.bold or (captions.is_front_word(block.text) and not block.bullet)

    def _is_title(self, block: Block, style: Style) -> bool:
        """Whether a block before the first clause is the title: the highest heading, or the name of a document."""
        numbered = any(draft.label is not None for draft in self.drafts[:_BEFORE_TITLE])
        front = _BEFORE_TITLE if style.bold and not block.heading_level else _FRONT
        if self.title or numbered or len(self.drafts) >= front or not captions.is_heading_text(block.text):
            return False
        named = captions.names_terms(block.text)
        if block.heading_level and not self.drafts:
            return block.heading_level < self._highest and (named or not captions.is_front_word(block.text))
        if block.heading_level:
            return named and block.heading_level <= self._highest
        if named and style.bold and len(self.drafts) < _BEFORE_TITLE and not any(each.caption for each in self.drafts):
            return True  # behind the menu of a page
        return named and not self.drafts and (style.bold or captions.is_caption(block.text))

    def _holds_bullets(self, block: Block) -> bool:
        """Whether the next block is a bullet further in, or the first of a numbered list that it names."""
        following = self._blocks[self._place + 1 : self._place + 2]
        if not following:
            return False
        if following[0].bullet:
            return following[0].indent > block.indent
        first = self._candidates[self._place + 1]
        return bool(first) and first[0].label.value == 1 and first[0].followed and captions.is_caption(block.text)

    def _completes_number(self, block: Block) -> bool:
        """Join a paragraph to the number that stands alone on the line before it."""
        if not self.drafts or block.bullet:
            return False
        draft = self.drafts[-1]
        alone = draft.label is not None and not draft.body.strip() and not draft.style.is_heading
        if not alone or (self.slips and self.slips[-1][0] == len(self.drafts) - 1) or draft.listed:
            return False
        draft.block = joined(draft.block, block)
        draft.ends_in_colon = self._colons[self._place]
        self._levels[-1].colon = draft.ends_in_colon
        return True

    def _lists_contents(self, candidates: tuple[Candidate, ...]) -> bool:
        """Whether a lead-in (`本政策将帮助您了解以下内容：`) opens a table of contents: its lines come again."""
        if not candidates or not self.drafts or self.drafts[-1].label is not None:
            return False
        if not (self._after_colon or captions.announces_contents(self.drafts[-1].block.text)):
            return False
        return sum(self._recurring[self._place : self._place + 3]) > 1

    def _add_to_contents(self, block: Block, candidates: tuple[Candidate, ...], style: Style) -> bool:
        """Keep a line of the table of contents under its heading; False when the contents are over."""
        assert self._contents is not None
        label = candidates[0].label if candidates else None
        body = block.text[label.rest :] if label else block.text
        lines = [draft for draft in self.drafts[self._contents + 1 :] if draft.label is not None]
        begins_again = bool(lines) and label is not None and same(lines[0].label, label)
        apart = block.heading_level and not self._recurring[self._place]
        if apart or begins_again or not captions.is_caption(body.rstrip("；;。 ")):
            heading = self._contents
            self._contents = None
            self._levels = [level for level in self._levels if level.index is None or level.index < heading]
            return False
        self.drafts[self._append(block, label, style)].listed = True
        return True

    def _close_for_caption(self, block: Block, style: Style) -> None:
        if captions.is_attachment(block.text):
            self._keep(lambda level: level.style.heading_level < 0)
        elif style in {_FRONT_WORD, _BRACKETED}:
            alike = [depth for depth, level in enumerate(self._levels) if level.style == style]
            if alike:
                del self._levels[alike[0] :]
            inside = style == _BRACKETED  # 【协议内容】 below 一、协议概况
            self._keep(lambda level: level.style.is_heading or (inside and level.label is not None and level.caption))
        elif style.heading_level:
            self._keep(lambda level: level.style.heading_level != 0 and level.style.heading_level < style.heading_level)
        elif (depth := self._continued_around()) is not None:
            del self._levels[depth:]
        elif any(level.style == style for level in self._levels):
            depth = next(depth for depth, level in enumerate(self._levels) if level.style == style)
            del self._levels[depth:]
        else:
            self._keep(lambda level: level.style.is_heading)

    def _continued_around(self) -> int | None:
        """Find the open section that goes on behind a bold caption, so that the caption stands inside it.

        5.1 before `**您不得：**` and 5.1.1 behind it; `**三、**` before `**请注意**` and `**四、**` behind it.
        """
        after = self._candidates[self._place + 1 : self._place + 1 + _AHEAD]
        following = next((each[0] for each in after if each and not each[0].label.doubt), None)
        if following is None:
            return None
        label = following.label
        for depth in range(len(self._levels), 1, -1):
            above = self._levels[depth - 1]
            if above.label is None:
                continue
            if len(label.numbers) > 1:
                if names(above.label, label.numbers[:-1]) and label.value == above.counts.get(key_of(label), 0) + 1:
                    return depth
            elif follows(above.label, label) and above.style.is_heading and above.style == following.style:
                return depth
        return None

    def _keep(self, stays: Callable[[Level], bool]) -> None:
        while len(self._levels) > 1 and not stays(self._levels[-1]):
            self._levels.pop()

    def _close_for_paragraph(self, block: Block) -> None:
        """Let a paragraph continue the clause before it, but not the last item of a list that a lead-in opened."""
        innermost = self._levels[-1]
        if self._signs(block):
            self._close_for_signature()
            return
        if block.bullet:
            self._close_beside(block)
            self._keep(lambda level: level.style.is_heading or self._holds(level, block))
            return
        if innermost.label is not None and innermost.colon:
            return
        for depth in range(len(self._levels), 2, -1):
            label = self._levels[depth - 1].label
            if label is None:
                continue
            listed = label.family in LIST_FAMILIES or (label.family is Family.DOTTED and len(label.numbers) == 1)
            introduced = self._levels[depth - 2].colon or self._levels[depth - 1].goes_on
            over = introduced and not self._levels[depth - 1].followed
            if listed and over and not self._levels[depth - 1].style.is_heading:
                del self._levels[depth - 1 :]
        self._keep(lambda level: level.label is not None or level.style.is_heading)

    def _signs(self, block: Block) -> bool:
        """Whether the parties sign here: the whole, not the last clause."""
        if captions.is_signature(block.text):
            return True
        following = self._blocks[self._place + 1].text if self._place + 1 < len(self._blocks) else ""
        if not captions.names_side(block.text) and not captions.is_signer(block.text, following):
            return False
        return self._is_behind_clauses()

    def _close_for_signature(self) -> None:
        self._keep(
            lambda level: level.label is None and (level.style == _TITLE or captions.names_terms(self._words(level)))
        )

    def _is_behind_clauses(self) -> bool:
        """Whether no number comes any more, or the next ones stand in an attachment."""
        for place in range(self._place + 1, min(self._place + 1 + _AHEAD, len(self._blocks))):
            if captions.is_attachment(self._blocks[place].text):
                return True
            if any(not each.label.doubt for each in self._candidates[place]):
                return False
        return bool(self._levels[0].counts)

    def _close_beside(self, bullet: Block) -> None:
        """Close a bullet of the same list, and with it the numbers below it."""
        for depth, level in enumerate(self._levels):
            above = None if level.index is None else self.drafts[level.index].block
            if above is not None and level.label is None and above.bullet and above.indent >= bullet.indent:
                del self._levels[depth:]
                return

    def _words(self, level: Level) -> str:
        return "" if level.index is None else self.drafts[level.index].block.text

    def _holds(self, level: Level, bullet: Block) -> bool:
        """Whether a bullet belongs under a clause or lead-in, or under a bullet that stands less far in."""
        if level.index is None or not self.drafts[level.index].block.bullet:
            return level.label is not None or level.colon
        return self.drafts[level.index].block.indent < bullet.indent

    def _add_row(self, block: Block, style: Style) -> None:
        number, header = self._table
        if block.table != number:
            self._table = (block.table, len(self.drafts))
            if self._signs(block):
                self._close_for_signature()
            self._append(block, None, style)
            return
        self.drafts.append(Draft(block, None, header, style, ends_in_colon=self._colons[self._place]))
