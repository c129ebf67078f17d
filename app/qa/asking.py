"""What is asked in a message: the parts of a double question, and the asking sentence of a long story."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.qa.lexicon import Concept

MAX_PARTS = 3
"""Questions in one message that are answered each; a longer list is searched as a whole."""
LONG = 90
"""Characters from which a message is a story with a question in it."""

_SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;\n]*")
_CLAUSE = re.compile(r"[^，,。！!？?；;\n]+[，,。！!？?；;\n]*")
_JOINED = re.compile(r"[，,]?(?:以及|还有|另外|顺便(?:再?问[一下]*)?|再问一?下?)[，,:：]?")
_ASKS = re.compile(
    r"[吗么呢嘛]|多少|多久|多长|(?<![前这那好过])几[个天日月年点次号家]|怎么|怎样|咋|如何|什么|啥|谁|哪|为何|"
    r"能不能|可不可以|是不是|是否|要不要|会不会|有没有|算不算|该不该|能否|可否|行不行|对不对|用不用|需不需要|[?？]"
)


_LEANS = re.compile(
    r"^(?:那|这|它|其|都|也|还|又|再|就|怎么|怎样|咋|凭|为|是不是|是否|有没有|要不要|会不会|要|该|谁|哪|多久|多少|几|如果|要是|损失|"
    r"给修|并且?|而且|所以|但)"
)
"""A part that opens so is understood only with the one before it."""
_EITHER = re.compile(r"还是|不是.{1,12}吗")
"""Words of a choice or of a protest: one question, in however many sentences."""
_VAGUE = frozenset({"期限", "赔偿", "免责", "配合义务", "责任上限", "合同生效", "违法内容"})
"""Concepts of words that say nothing alone: 多久, 赔多少, 谁负责."""
_PRICE = re.compile(r"多少钱|怎么收费|怎么卖|贵不贵")
"""A question by itself, about the price."""


def asked_parts(text: str, lexicon: Sequence[Concept]) -> tuple[str, ...]:
    """Cut a message into the questions that it asks; one part, the whole text, when they lean on each other.

    Parts stand alone when each asks, each is about a concept of its own, and none is about all that another is about.
    What tells and does not ask goes with the question after it.
    """
    parts = _gathered([piece for whole in _CLAUSE.findall(text) for piece in _cut_at_joints(whole)])
    if not 1 < len(parts) <= MAX_PARTS or _EITHER.search(text) or any(map(_LEANS.match, parts[1:])):
        return (text,)
    about = [_about(part, lexicon) for part in parts]
    for position, one in enumerate(about):
        others = about[:position] + about[position + 1 :]
        if not one or any(one <= other for other in others):
            return (text,)
    return tuple(_bare(part) for part in parts)


def asking_sentence(text: str) -> str:
    """Return the sentences of a long story that ask, with the one before the first of them; a short text as it is."""
    if len(text) < LONG:
        return text
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(text)]
    asking = [position for position, sentence in enumerate(sentences) if _ASKS.search(sentence)]
    if not asking:
        return text
    kept = sorted({*asking, max(0, asking[0] - 1)})
    return "".join(sentences[position] for position in kept)


def _bare(part: str) -> str:
    joint = _JOINED.match(part)
    return part[joint.end() if joint else 0 :].strip(" ，,。；;?？!！")


def _about(part: str, lexicon: Sequence[Concept]) -> set[str]:
    named = {concept.name for concept in lexicon if concept.is_asked(part.lower())} - _VAGUE
    return named or ({"付费"} if _PRICE.search(part) else set())


def _cut_at_joints(piece: str) -> list[str]:
    found = _JOINED.search(piece)
    if found is None or found.start() == 0 or not _ASKS.search(piece, 0, found.start()):
        return [piece]
    return [piece[: found.start()], piece[found.end() :]]


def _gathered(pieces: Sequence[str]) -> list[str]:
    """Join each piece that tells to the question after it, or to the last question when none comes."""
    parts: list[str] = []
    told = ""
    for piece in pieces:
        if _ASKS.search(piece):
            parts.append(told + piece)
            told = ""
        else:
            told += piece
    if told and parts:
        parts[-1] += told
    return parts
