"""Reading receipts: signed once, and any change is seen."""

from __future__ import annotations

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.receipt import FORMAT, ReceiptUnusable, is_genuine, key_id, load_key, parse_receipt, read_key, sign

KEY = bytes(range(32))
RECEIPT = {
    "format": FORMAT,
    "document": {"doc_id": "a", "title": "条款", "sha256": "0" * 64},
    "clauses": [{"clause_id": "a#1"}],
}


def test_a_key_is_made_once_for_its_owner_alone(tmp_path):
    """Mode 0600, and the same key the next time."""
    path = tmp_path / "new" / "receipt.key"
    key = load_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(key) == 32
    assert load_key(path) == read_key(path) == key


@pytest.mark.parametrize("words", ["", "abc", "zz" * 32, "密钥", "a" * 65])
def test_what_is_no_key_is_refused(tmp_path, words):
    """A short or mistyped key signs nothing."""
    (tmp_path / "key").write_text(words, encoding="utf-8")
    with pytest.raises(ReceiptUnusable, match="64 位"):
        load_key(tmp_path / "key")


def test_verifying_makes_no_key(tmp_path):
    """A key made at verification could verify nothing."""
    with pytest.raises(ReceiptUnusable, match="--key"):
        read_key(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_signed_receipt_survives_its_file():
    """Written, read, still genuine; another key's is not."""
    signed = sign(RECEIPT, KEY)
    again = parse_receipt(json.dumps(signed, ensure_ascii=False, indent=2))
    assert is_genuine(again, KEY)
    assert not is_genuine(again, KEY[::-1])
    assert again["key_id"] == key_id(KEY) != key_id(KEY[::-1])


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_other_word_breaks_the_signature(name, other):
    """Whatever is changed, even to nothing."""
    signed = sign({**RECEIPT, "name": name}, KEY)
    assert is_genuine({**signed, "name": other}, KEY) is (name == other)
    assert not is_genuine({key: value for key, value in signed.items() if key != "name"}, KEY)


def test_a_receipt_without_its_signature_is_not_genuine():
    """Nor one with another kind of signature."""
    signed = sign(RECEIPT, KEY)
    for signature in ("", "hmac-sha256:", "none", signed["signature"].replace("sha256", "md5"), None):
        assert not is_genuine({**signed, "signature": signature}, KEY)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"format": "other"}', "[" * 100_000,
        json.dumps({"format": FORMAT}),
        json.dumps({"format": FORMAT, "document": {"doc_id": 1, "title": 1, "sha256": 1}, "clauses": 3}),
        '{"format": "clauselight-receipt/1", "format": "clauselight-receipt/1"}',
    ],
)  # fmt: skip
def test_what_is_no_receipt_is_refused_in_one_line(text):
    """With what was expected."""
    with pytest.raises(ReceiptUnusable) as refused:
        parse_receipt(text)
    assert "阅读凭证" in str(refused.value)
    assert "\n" not in str(refused.value)
