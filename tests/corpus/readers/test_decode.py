"""Bytes become text in the encodings that Chinese terms come in; what is no text is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableTerms
from corpus.readers.decode import BIG5_NOTE, GB18030_NOTE, decode

SIMPLIFIED = "一、服务条款\r\n甲方应当按照本协议的约定支付费用，乙方不承担责任。"
TRADITIONAL = "一、服務條款\r\n您應當依照本協議的約定支付費用，本公司不負任何責任，並得隨時終止服務。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_needs_no_note(encoding: str) -> None:
    """The byte order mark goes, every other character stays, line ends included."""
    assert decode(SIMPLIFIED.encode(encoding), place="a") == (SIMPLIFIED, ())


@pytest.mark.parametrize(("mark", "encoding"), [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_utf_16_by_its_mark(mark: bytes, encoding: str) -> None:
    """Notepad's *Unicode* in both orders."""
    assert decode(mark + SIMPLIFIED.encode(encoding), place="a") == (SIMPLIFIED, ())


@pytest.mark.parametrize(
    ("text", "encoding", "note"),
    [(SIMPLIFIED, "gb18030", GB18030_NOTE), (SIMPLIFIED, "gbk", GB18030_NOTE), (TRADITIONAL, "cp950", BIG5_NOTE)],
)
def test_other_encodings_are_told(text: str, encoding: str, note: str) -> None:
    """GB18030 and Big5 are chosen by how familiar the text looks, and people are told."""
    assert decode(text.encode(encoding), place="a") == (text, (note,))


def test_a_damaged_byte_does_not_turn_utf_8_into_something_else() -> None:
    """One bad byte in a long text is shown as such and counted."""
    data = SIMPLIFIED.encode() * 5
    text, (note,) = decode(data[:300] + b"\xff" + data[300:], place="a")
    assert text.count("\ufffd") >= 1
    assert "损坏" in note


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t", "\u3000\u200b".encode()])
def test_empty_files_are_refused(data: bytes) -> None:
    """Nothing but white space is nothing to read."""
    with pytest.raises(UnreadableTerms, match=r"^a：文件是空的，里面没有文字$"):
        decode(data, place="a")


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00abc", b"\x7fELF\x02\x01\x01" + b"\x00" * 60])
def test_binary_files_are_refused(data: bytes) -> None:
    """Control characters and zeros are no terms."""
    with pytest.raises(UnreadableTerms):
        decode(data, place="a")


def test_a_mark_that_lies_is_told() -> None:
    """Half a character behind a UTF-16 mark."""
    with pytest.raises(UnreadableTerms, match="utf-16-le"):
        decode(codecs.BOM_UTF16_LE + b"a", place="a")


@given(st.binary())
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    """Nothing else is raised, whatever the bytes."""
    try:
        text, _ = decode(data, place="a")
    except UnreadableTerms:
        return
    assert text.strip()
