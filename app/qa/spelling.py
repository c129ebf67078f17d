"""Words typed wrongly that sound like words of the terms: 违约斤 is 违约金, 送打地址 is 送达地址, weiyuejin too.

Input methods turn a syllable into the wrong character, so a slip sounds right. A word is read as another only when
the documents do not have it, no dictionary has it either (or it is a known other spelling, 帐户), and exactly what it
sounds like stands in the documents or in the lexicon.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.segmentation import cut, dictionary, frequency

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.qa.lexicon import Concept

LONGEST = 6
"""Characters of a word that is looked for at most."""
VARIANTS = {
    "帐户": "账户",
    "帐号": "账号",
    "帐单": "账单",
    "登陆": "登录",
    "签定": "签订",
    "交纳": "缴纳",
    "定购": "订购",
}
"""Other spellings that dictionaries have too."""
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]{5,40}")
_FUNCTION = frozenset(
    "的了吗呢吧啊我你您他她它们是在有不没无会要能可就都也还去来到给把被和跟与对从这那个些几多少很太再又才只让叫用做使么些及一禁"
    "说看想得着过上下里外前后每各另其此该唔咗嘅啲㗎哋係喺嘛点若如因为所以但而或及且于以之者年月日天时元块次"
)
"""Characters that words of grammar are made of: two words meeting at one of them sound like many things."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of a question read as another."""

    typed: str
    """As the person wrote it (Simplified)."""
    meant: str
    """As the terms write it."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by how they sound."""

    text: str
    """All words of the documents; what stands here is never taken for a slip."""
    sounds: Mapping[tuple[str, ...], tuple[str, ...]]
    """Syllables without tones -> the words that sound so, the most frequent first."""
    spelt: Mapping[str, str]
    """Syllables in one row (`weiyuejin`) -> the most frequent word."""


def vocabulary_of(text: str, words: Mapping[str, int], known: Iterable[str]) -> Vocabulary:
    """Sort the words of documents (with how often they have them), and the words `known` beside them, by sound."""
    sounds: dict[tuple[str, ...], list[str]] = {}
    for word in sorted({*words, *known}, key=lambda word: -words.get(word, 0)):
        sound = _sound(word) if _fits(word) else ()
        if sound:
            sounds.setdefault(sound, []).append(word)
    spelt: dict[str, str] = {}
    for sound, alike in sounds.items():
        spelt.setdefault("".join(sound), alike[0])
    return Vocabulary(text.lower(), {sound: tuple(alike) for sound, alike in sounds.items()}, spelt)


def corrected(text: str, vocabulary: Vocabulary, known: frozenset[str]) -> tuple[str, tuple[Correction, ...]]:
    """Read slips as the words they sound like; `known` are words that are nobody's slip (the lexicon's).

    What is returned is the text with the slips replaced, and the slips in the order of the text.
    """
    found: list[Correction] = []
    text = _long_slips_mended(text, vocabulary, known, found)
    pieces = cut(text)
    out: list[str] = []
    position = 0
    while position < len(pieces):
        slip = _slip_at(pieces, position, vocabulary, known)
        if slip is None:
            out.append(pieces[position])
            position += 1
            continue
        correction, used = slip
        found.append(correction)
        out.append(correction.meant)
        position += used
    return "".join(out), tuple(dict.fromkeys(found))


def known_words(lexicon: Iterable[Concept]) -> frozenset[str]:
    """Words that people mean though a document lacks them: those of the lexicon and of the project's dictionary."""
    terms = {term for line in dictionary().splitlines() for term in line.partition("#")[0].split()}
    return frozenset(terms.union(*((concept.name, *concept.said, *concept.written) for concept in lexicon)))


def _long_slips_mended(text: str, vocabulary: Vocabulary, known: frozenset[str], found: list[Correction]) -> str:
    """Mend words of four and more characters with one wrong, wherever dictionaries would cut them: 知识产全归谁."""
    for size in range(LONGEST, 3, -1):
        for start in range(len(text) - size + 1):
            typed = text[start : start + size]
            if not _fits(typed) or typed in vocabulary.text or typed in known or frequency(typed):
                continue
            for word in vocabulary.sounds.get(_sound(typed), ()):
                if _same(typed, word) == size - 1:
                    found.append(Correction(typed, word))
                    text = text[:start] + word + text[start + size :]
                    break
    return text


def _slip_at(
    pieces: Sequence[str], start: int, vocabulary: Vocabulary, known: frozenset[str]
) -> tuple[Correction, int] | None:
    """Find the longest slip that begins with a piece, and how many pieces it is made of."""
    for size in range(min(4, len(pieces) - start), 0, -1):
        run = pieces[start : start + size]
        typed = "".join(run)
        meant = _meant(typed, run, vocabulary, known)
        if meant is not None:
            return Correction(typed, meant), size
    return None


def _meant(typed: str, run: Sequence[str], vocabulary: Vocabulary, known: frozenset[str]) -> str | None:
    lower = typed.lower()
    if lower in vocabulary.text or lower in known:
        return None
    if len(run) == 1 and _LATIN.fullmatch(lower):
        return vocabulary.spelt.get(lower)
    usual = VARIANTS.get(typed)
    if usual is not None and usual in vocabulary.text:
        return usual
    if not _fits(typed) or frequency(typed):
        return None
    near = [word for word in vocabulary.sounds.get(_sound(typed), ()) if _is_slip(run, word)]
    return max(near, key=lambda word: _same(typed, word), default=None)


def _is_slip(run: Sequence[str], word: str) -> bool:
    """Whether the pieces of `run` can be a slip for `word`, which sounds the same.

    Enough of it must be right, and what is wrong must be a loose character, neither it nor what was meant a word of
    grammar: words that merely meet (乙方是, 只付) sound like many things.
    """
    typed = "".join(run)
    right = [one for one, other in zip(typed, word, strict=True) if one == other and one not in _FUNCTION]
    wrong = [mark for one, other in zip(typed, word, strict=True) if one != other for mark in (one, other)]
    if len(right) < max(1, len(word) // 2) or not _FUNCTION.isdisjoint(wrong):
        return False
    position = 0
    for piece in run:
        whole = len(piece) > 1 and frequency(piece) and typed != piece
        if whole and word[position : position + len(piece)] != piece:
            return False
        position += len(piece)
    return True


def _same(typed: str, word: str) -> int:
    return sum(one == other for one, other in zip(typed, word, strict=True))


def _fits(word: str) -> bool:
    return 2 <= len(word) <= LONGEST and _HAN.fullmatch(word) is not None


def _sound(word: str) -> tuple[str, ...]:
    """Read a word without tones; empty where a character has no reading."""
    sound = tuple(map(_reading, word))
    return sound if all(sound) else ()


@cache
def _reading(character: str) -> str:
    """Give the usual reading of a character without its tone: `jin`."""
    first = _readings().get(str(ord(character)), "").split(",")[0]
    return "".join(mark for mark in unicodedata.normalize("NFD", first) if not unicodedata.combining(mark))


@cache
def _readings() -> dict[str, str]:
    """Read the readings of each character by its code point: `jīn,jìn`, the usual one first.

    The file is read without the package around it, which would load readings of 47,000 phrases, some 50 MB.
    """
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    table: dict[str, str] = json.loads(Path(spec.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8"))
    return table
