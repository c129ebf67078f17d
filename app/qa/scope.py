"""Messages that are no questions about terms: talk about other matters, and orders to the answering itself.

Both are told from their own words alone, so that a question about the terms, however it is put, is never taken for
one: of 7,965 answerable training questions none is (the suite counts).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from index.segmentation import segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.qa.question import Question

ORDERED = "这段话像是在指挥回答的方式，不是对条款的提问。这里只按条款原文回答，请直接写下您想问的事。"
"""Reason for a message that gives orders."""
ELSEWHERE = "这个问题与服务条款无关，条款里没有这方面的内容。"
"""Reason for a question about something else."""


def reason_outside(question: Question, texts: Iterable[str]) -> str | None:
    """Say why a message is no question about terms; None for one that may be.

    A message about something else may be a question when it names a clause number, a concept of terms, or all that it
    names stands in the `texts` searched: rules of a contest say who wins.
    """
    if _patterns("orders").search(question.plain):
        return ORDERED
    found = _patterns("elsewhere").search(question.plain)
    if found is None or question.numbers or question.concepts:
        return None
    words = [word for word in segment(found.group()) if len(word) > 1]
    everywhere = "\n".join(texts)
    return None if words and all(word in everywhere for word in words) else ELSEWHERE


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    """Read the patterns of a kind, `orders` or `elsewhere`."""
    table = tomllib.loads(resources.files("app.qa").joinpath("outside.toml").read_text(encoding="utf-8"))
    return re.compile("|".join(table[kind]["patterns"]), re.IGNORECASE)
