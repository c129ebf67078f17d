"""The interface in Chinese or English: the code speaks Chinese, `messages.toml` holds the English beside each message.

What the terms say, what people typed and what the answering and the review write about them stays Chinese.
"""

from __future__ import annotations

import json
import tomllib
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

CHINESE, ENGLISH = "zh-CN", "en"
LANGUAGES = {CHINESE: "中文", ENGLISH: "English"}
"""Languages by their BCP 47 tags, each with its own name."""
CATALOGUE = Path(__file__).parent / "messages.toml"

Step = TypeVar("Step")
Given = TypeVar("Given")
_spoken: ContextVar[str] = ContextVar("language", default=CHINESE)


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Read the messages: Chinese to English, those of the pages and those of the scripts."""
    return tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))


def say(words: str, /, **values: object) -> str:
    """Say a message in the language of this request, its `{places}` filled; what is in no catalogue stays as it is."""
    said = catalogue()["pages"].get(words, words) if language() == ENGLISH else words
    return said.format(**values) if values else said


def language() -> str:
    """Tag of the language that is spoken here."""
    return _spoken.get()


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Speak a language within the block."""
    before = _spoken.set(tag)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken(tag: str, steps: Iterable[Step]) -> Iterator[Step]:
    """Make each step of an iterator in a language, whatever thread asks for it."""
    context = copy_context()
    context.run(_spoken.set, tag)
    walking = iter(steps)
    nothing = object()
    while (step := context.run(next, walking, nothing)) is not nothing:
        yield step  # type: ignore[misc]  # what is not `nothing` is a step


def script_of_messages() -> str:
    """Write the scripts' English as a script of its own, read before theirs."""
    return f"window.clauselightEnglish = {json.dumps(catalogue()['scripts'], ensure_ascii=False)};\n"


def bound(handler: Callable[..., Given]) -> Callable[..., Given]:
    """Bind a handler to the language that is spoken now, for calls that come from elsewhere than a request."""
    tag = language()

    def call(*given: object) -> Given:
        with speaking(tag):
            return handler(*given)

    return call


def bound_steps(handler: Callable[..., Iterator[Given]]) -> Callable[..., Iterator[Given]]:
    """Bind a handler that gives step after step."""
    tag = language()

    def walk(*given: object) -> Iterator[Given]:
        yield from spoken(tag, handler(*given))

    return walk
