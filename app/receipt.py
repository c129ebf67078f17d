"""The reading receipt: which clauses of which version stood on a reader's screen and when, signed by the server.

合同编通则解释第十条 puts the proof that a clause was brought to notice on the party that drafted it. A receipt is a
JSON object; its signature is HMAC-SHA256 (RFC 2104) over the object without `signature`, written as canonical JSON:
keys sorted, no spaces, UTF-8. It holds no personal data but the name that a reader may type.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from index.files import write_new_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Json = dict[str, Any]

FORMAT = "clauselight-receipt/1"
"""Value of `format`; a change of the fields changes it."""
_KEY = re.compile(r"[0-9a-f]{64,}")
_SIGNATURE = re.compile(r"hmac-sha256:([0-9a-f]{64})")


class ReceiptUnusable(ValueError):  # noqa: N818 - said of the file, as people read it
    """A key or a receipt that cannot be used; the message is one Chinese line."""


def load_key(path: Path) -> bytes:
    """Read the server's key (64 or more hexadecimal digits); made, readable by its owner alone, when there is none.

    Raises ReceiptUnusable when the file holds no key, OSError when it cannot be read or made.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another program has just made it
            write_new_file(path, f"{secrets.token_hex(32)}\n".encode())
    return read_key(path)


def read_key(path: Path) -> bytes:
    """Read a key that exists. Raises ReceiptUnusable, OSError."""
    try:
        words = path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise ReceiptUnusable(f"{path}：没有这个密钥文件；请指明签发凭证的服务器所用的密钥：--key FILE") from error
    except UnicodeDecodeError:
        words = ""
    if not _KEY.fullmatch(words) or len(words) % 2:
        raise ReceiptUnusable(f"{path}：不是凭证密钥，应是至少 64 位十六进制数字")
    return bytes.fromhex(words)


def key_id(key: bytes) -> str:
    """Name a key without giving it away: eight hexadecimal digits."""
    return hashlib.sha256(b"clauselight key " + key).hexdigest()[:8]


def sign(receipt: Mapping[str, Any], key: bytes) -> Json:
    """Return the receipt with `key_id` and `signature`, those it had before left out."""
    named = {name: value for name, value in receipt.items() if name != "signature"} | {"key_id": key_id(key)}
    return named | {"signature": f"hmac-sha256:{_digest(named, key)}"}


def is_genuine(receipt: Mapping[str, Any], key: bytes) -> bool:
    """Whether this key signed exactly these words."""
    given = _SIGNATURE.fullmatch(str(receipt.get("signature", "")))
    unsigned = {name: value for name, value in receipt.items() if name != "signature"}
    return given is not None and hmac.compare_digest(given.group(1), _digest(unsigned, key))


def parse_receipt(text: str) -> Json:
    """Read a receipt. Raises ReceiptUnusable when it is none."""
    try:
        receipt = json.loads(text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise ReceiptUnusable("不是阅读凭证：应是网页上下载的 JSON 文件") from error
    if not isinstance(receipt, dict) or receipt.get("format") != FORMAT:
        raise ReceiptUnusable(f"不是阅读凭证：应含 format = {FORMAT}")
    document, clauses = receipt.get("document"), receipt.get("clauses")
    if not isinstance(document, dict) or not {"doc_id", "title", "sha256"} <= document.keys():
        raise ReceiptUnusable("阅读凭证缺少 document（doc_id、title、sha256）")
    if not isinstance(clauses, list) or not all(isinstance(row, dict) for row in clauses):
        raise ReceiptUnusable("阅读凭证缺少 clauses（条款列表）")
    return receipt


def _without_repeats(pairs: list[tuple[str, Any]]) -> Json:
    """Refuse an object that names a key twice: two readers could take two meanings from one signature."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _digest(receipt: Mapping[str, Any], key: bytes) -> str:
    canonical = json.dumps(receipt, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(key, canonical.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
