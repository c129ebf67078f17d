"""Clean text at the door of the encoder, so that no input can stop it or keep it busy."""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

MAX_CHARACTERS = 8192
"""512 tokens of English are about 2,300 characters; the rest of a longer text would be cut by the tokenizer anyway."""
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
"""Controls, invisible formatting (U+200B, U+FEFF, bidi), lone surrogates, which no encoder can write as UTF-8."""


def clean(text: str) -> str:
    """NFKC, without controls, invisible characters and surrogates; runs of white space become one space; bounded."""
    cut = text[:MAX_CHARACTERS]
    if not (cut.isascii() and cut.isprintable()):
        # White space first, for tabs and line ends are controls too; NFKC last, for dropping joins what stood apart.
        seen = "".join(char for char in " ".join(cut.split()) if unicodedata.category(char) not in _DROPPED)
        cut = unicodedata.normalize("NFKC", seen)[:MAX_CHARACTERS]
    return " ".join(cut.split())


def simplified(text: str) -> str:
    """Turn Traditional characters into Simplified ones (OpenCC's t2s), so that either finds both."""
    converted: str = text if text.isascii() else _converter().convert(text)
    return converted


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
