"""What holds for everything that a reader hands over."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.types import Block, Extract


def check_extract(extract: Extract) -> Extract:
    """Blocks and runs stand in order and apart, and say what stands in the source."""
    for block in extract.blocks:
        check_block(block, extract.source)
    for before, after in pairwise(extract.blocks):
        assert before.span.end <= after.span.start
    assert all(note.endswith("。") for note in extract.notes)
    return extract


def check_block(block: Block, source: str) -> None:
    assert block.text.strip()
    assert block.runs[0].span.start == block.span.start
    assert block.runs[-1].span.end == block.span.end
    assert block.span.start < block.span.end
    for run in block.runs:
        assert run.text
        assert 0 <= run.span.start <= run.span.end <= len(source)
        if len(run.span) == len(run.text) and not run.text.isspace():
            assert re.sub(r"[\r\n]", " ", source[run.span.start : run.span.end]) == run.text
        elif run.span.start < run.span.end and not run.text.isspace():
            assert source[run.span.start] == "&"  # one character reference
    for before, after in pairwise(block.runs):
        assert before.span.end <= after.span.start


def bold_words(block: Block) -> list[str]:
    """Words of a block that are bold, a stretch at a time."""
    return marked_words(block, "bold")


def marked_words(block: Block, kind: str) -> list[str]:
    found: list[str] = []
    end = -1
    for run in block.runs:
        if kind not in {mark.kind.value for mark in run.marks}:
            end = -1
            continue
        if end >= 0:
            found[-1] += run.text
        else:
            found.append(run.text)
        end = run.span.end
    return found
