"""The dictionary on disk: a text brings in the words that stand in it, and a damaged file is no dictionary."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.word_list import WordList, _packed, load, write

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {"违": 1, "约": 2, "违约": 30, "违约金": 40, "金": 5, "约束": 6, "𠮷": 0, "𠮷野": 0, "𠮷野家": 7}


def test_only_words_that_a_text_may_hold_are_read() -> None:
    words = WordList(_packed(WORDS, 91))
    assert words.total == 91
    assert words.known == {"违": 1, "约": 2, "金": 5, "𠮷": 0}
    words.want("付违约金")
    assert set(words.known) - {"违", "约", "金", "𠮷"} == {"违约", "违约金"}


_LETTERS = st.text("违约金法院管辖𠮷aé", min_size=1, max_size=5)


@given(st.dictionaries(_LETTERS, st.integers(0, 10**9)), _LETTERS)
def test_every_entry_inside_a_text_is_found(entries: dict[str, int], text: str) -> None:
    words = WordList(_packed(entries, 0))
    words.want(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            assert words.known.get(text[start:end]) == entries.get(text[start:end])


@given(_LETTERS)
def test_nothing_is_read_twice(text: str) -> None:
    words = WordList(_packed(WORDS, 91))
    words.want(text)
    words.known.clear()
    words.want(text)
    assert words.known == {}
    assert words._read == set(pairwise(text))


@pytest.mark.parametrize("place", [0, 25, 60, -1])
def test_a_damaged_file_is_no_list(tmp_path: Path, place: int) -> None:
    path = tmp_path / "cache" / "a.words"
    write(path, WORDS, 91)
    assert load(path) is not None
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    assert load(path) is None


def test_a_folder_that_cannot_be_written_costs_the_file_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    write(tmp_path / "file" / "a.words", WORDS, 91)
    assert load(tmp_path / "file" / "a.words") is None
    write(tmp_path / "folder", WORDS, 91)
    (tmp_path / "taken").mkdir()
    write(tmp_path / "taken", WORDS, 91)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "taken"]
