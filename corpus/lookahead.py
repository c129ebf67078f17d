"""What is read of all blocks before the first one is placed: numbers, styles, lines that come again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus import captions
from corpus.doubt import Doubt
from corpus.levels import Candidate, Style
from corpus.numbering import Family, read_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.types import Block

_LONGEST_LINE = 80
"""Characters of a block that are compared with others."""


def style_of(block: Block) -> Style:
    """How a block is printed."""
    return Style(block.heading_level, bold=captions.is_bold_caption(block), indent=block.indent)


def highest_heading(blocks: Sequence[Block]) -> int:
    """Level of the highest unnumbered heading that opens no attachment; 7 when there is none."""
    levels = (
        block.heading_level
        for block in blocks
        if block.heading_level and not captions.is_attachment(block.text) and read_label(block.text) is None
    )
    return min(levels, default=7)


def candidates_of(blocks: Sequence[Block], colons: Sequence[bool]) -> list[tuple[Candidate, ...]]:
    """Read each block's number, with what the blocks after it say about it; linear.

    `colons` says which blocks introduce what follows.
    """
    following: dict[tuple[Family, tuple[int, ...]], int] = {}
    alike: dict[tuple[Family, tuple[int, ...], bool, bool], int] = {}
    found: list[tuple[Candidate, ...]] = []
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        label = None if block.table else read_label(block.text)
        style = style_of(block)
        after_colon = place > 0 and colons[place - 1]
        candidates: list[Candidate] = []
        while label is not None:
            key = label.family, label.numbers[:-1]
            repeated = following.get(key) == label.value
            comma = block.text[label.end : label.end + 1] == "，"  # a careless 、 where the next number has one too
            followed = alike.get((*key, style.is_heading, comma)) == label.value + 1
            candidates.append(Candidate(label, style, after_colon, repeated, followed))
            if label.doubt is Doubt.NONE:
                following[key] = label.value
            if label.doubt is Doubt.NONE or comma:
                alike[(*key, style.is_heading, comma)] = label.value
            label = label.alternative
        found.append(tuple(candidates))
    found.reverse()
    return found


def recurring(blocks: Sequence[Block]) -> list[bool]:
    """Whether each block's words come again later in a block of their own."""
    seen: set[str] = set()
    found: list[bool] = []
    for block in reversed(blocks):
        words = "".join(block.text[:_LONGEST_LINE].split())
        found.append(words.rstrip("；;。，,") in seen)  # `一、定义；` in the contents, and `一、定义` over the section
        seen.add(words)
    found.reverse()
    return found


def with_bullet(block: Block) -> Block:
    """Mark a paragraph whose text begins with a bullet as an item, whatever the format calls it."""
    plain = not (block.bullet or block.table or block.heading_level)
    return replace(block, bullet=True) if plain and captions.has_bullet(block.text) else block
