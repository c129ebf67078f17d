"""A segmenter's dictionary on disk, of which only what a text needs comes into memory.

jieba looks a word up by every beginning of it, so a text needs the entries whose first two characters stand in it side
by side: of half a million entries some ten thousand, read in hundredths of a second where the whole takes half a
second and 60 MB. The file is plain text behind a checksum; nothing in it is ever run.

    magic, sha256 of what follows, five numbers (total, characters' bytes, frequencies, pairs, bytes of words),
    characters (UTF-8), their frequencies, pairs (first << 32 | second, sorted), where each pair's words start, words
    (`word` TAB `frequency`, a line each, UTF-8)
"""

from __future__ import annotations

import contextlib
import hashlib
import struct
from array import array
from bisect import bisect_left
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from index.files import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MAGIC = b"clauselight words 1\n"
_COUNTS = struct.Struct("<5Q")
_START = len(_MAGIC) + hashlib.sha256().digest_size


class WordList:
    """Words with their frequencies (0 for what only begins a word); safe to use from many threads."""

    def __init__(self, data: bytes) -> None:
        """Take what `write` made. ValueError when it is anything else or damaged."""
        if not data.startswith(_MAGIC) or data[len(_MAGIC) : _START] != hashlib.sha256(data[_START:]).digest():
            raise ValueError("no list of words, or a damaged one")
        self.total, characters, frequencies, pairs, words = _COUNTS.unpack_from(data, _START)
        """Sum of all frequencies."""
        view = memoryview(data)
        parts: list[memoryview] = []
        end = _START + _COUNTS.size
        for size in (characters, 8 * frequencies, 8 * pairs, 8 * (pairs + 1), words):
            parts.append(view[end : end + size])
            end += size
        self._pairs, self._starts = parts[2].cast("Q"), parts[3].cast("Q")
        self._words = parts[4]
        self._read: set[tuple[str, str]] = set()
        self.known: dict[str, int] = dict(zip(str(parts[0], "utf-8"), parts[1].cast("Q"), strict=True))
        """All single characters, and the words that texts asked for; grows with `want`."""

    def want(self, text: str) -> None:
        """Bring into `known` every entry that stands in a text."""
        for pair in set(pairwise(text)).difference(self._read):
            number = ord(pair[0]) << 32 | ord(pair[1])
            place = bisect_left(self._pairs, number)
            if place < len(self._pairs) and self._pairs[place] == number:
                lines = str(self._words[self._starts[place] : self._starts[place + 1]], "utf-8")
                for line in lines.split("\n"):
                    word, _, frequency = line.partition("\t")
                    self.known[word] = int(frequency)
            self._read.add(pair)


def load(path: Path) -> WordList | None:
    """Read a list; None where there is none or it is damaged."""
    try:
        return WordList(path.read_bytes())
    except (OSError, ValueError, struct.error):
        return None


def write(path: Path, frequencies: Mapping[str, int], total: int) -> None:
    """Write a list in one step, into a folder that only this user may enter; one that cannot be written is left out."""
    data = _packed(frequencies, total)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(path, data)


def _packed(frequencies: Mapping[str, int], total: int) -> bytes:
    singles = sorted(word for word in frequencies if len(word) == 1)
    longer = sorted((word for word in frequencies if len(word) > 1), key=lambda word: (word[:2], word))
    pairs, starts, groups = array("Q"), array("Q", [0]), []
    for pair, words in groupby(longer, key=lambda word: word[:2]):
        group = "\n".join(f"{word}\t{frequencies[word]}" for word in words).encode()
        pairs.append(ord(pair[0]) << 32 | ord(pair[1]))
        starts.append(starts[-1] + len(group))
        groups.append(group)
    characters = "".join(singles).encode()
    counts = array("Q", [frequencies[word] for word in singles])
    rest = _COUNTS.pack(total, len(characters), len(counts), len(pairs), starts[-1])
    rest += b"".join([characters, counts.tobytes(), pairs.tobytes(), starts.tobytes(), *groups])
    return _MAGIC + hashlib.sha256(rest).digest() + rest
