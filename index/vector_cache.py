"""Vectors of clauses that were encoded before, on disk: an unchanged clause is never encoded again."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.encoder import Encoder

CHUNK = 64
"""Texts encoded between two writes: what a kill can cost."""
MAX_VECTORS = 200_000
"""About 330 MB at 384 dimensions; beyond it the vectors that were not used for longest go."""
_QUERY_ROWS = 500
"""Below SQLite's least limit of variables in one statement (999)."""
_NOW = "CAST(strftime('%s', 'now') AS INTEGER)"
"""Seconds since 1970, also for SQLite before 3.38."""
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL, used INTEGER NOT NULL)"


def encode_with_cache(
    texts: Sequence[str],
    encoder: Encoder,
    *,
    cache_dir: Path | None,
    progress: Callable[[int, int], None] | None = None,
    max_vectors: int = MAX_VECTORS,
) -> NDArray[np.float32]:
    """Encode documents, taking from `cache_dir` what the same encoder made of the same text before.

    `progress(done, total)` is called after each chunk. A damaged or unwritable cache only costs time.
    """
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    keys = [_key(encoder, text) for text in texts]
    with _open(cache_dir) as store:
        found = _read(store, keys, encoder.dimension)
        for position, key in enumerate(keys):
            if key in found:
                vectors[position] = found[key]
        missing = sorted({key: n for n, key in reversed(list(enumerate(keys))) if key not in found}.values())
        done = len(texts) - len(missing)
        for start in range(0, len(missing), CHUNK):
            chunk = missing[start : start + CHUNK]
            made = encoder.encode_document([texts[number] for number in chunk])
            vectors[chunk] = made
            found.update(zip((keys[number] for number in chunk), made, strict=True))
            _write(store, [(keys[number], made[row]) for row, number in enumerate(chunk)])
            if progress:
                progress(done + start + len(chunk), len(texts))
        for position, key in enumerate(keys):  # a text that stands twice was encoded once
            vectors[position] = found[key]
        _forget(store, max_vectors)
    return vectors


def _key(encoder: Encoder, text: str) -> bytes:
    return hashlib.sha256(f"{encoder.fingerprint}\0{text}".encode("utf-8", "surrogatepass")).digest()


@contextmanager
def _open(folder: Path | None) -> Iterator[sqlite3.Connection]:
    """Open the cache; a damaged file is made anew, and without a folder that can be written it lives in memory."""
    with closing(_connect(folder)) as store:
        yield store


def _connect(folder: Path | None) -> sqlite3.Connection:
    if folder is not None:
        path = folder / "vectors.sqlite"
        for _ in range(2):
            try:
                folder.mkdir(parents=True, exist_ok=True)
                return _prepare(sqlite3.connect(path, timeout=30, isolation_level=None))
            except sqlite3.OperationalError:
                break
            except sqlite3.DatabaseError:
                path.unlink(missing_ok=True)
            except OSError:
                break
    return _prepare(sqlite3.connect(":memory:", isolation_level=None))


def _prepare(store: sqlite3.Connection) -> sqlite3.Connection:
    try:
        store.execute("PRAGMA journal_mode = WAL")
        store.execute("PRAGMA synchronous = NORMAL")
        store.execute(_TABLE)
        store.execute("CREATE INDEX IF NOT EXISTS by_use ON vectors (used)")
    except sqlite3.Error:
        store.close()
        raise
    return store


def _read(store: sqlite3.Connection, keys: Sequence[bytes], dimension: int) -> dict[bytes, NDArray[np.float32]]:
    """Known vectors by key; one whose checksum does not fit counts as unknown."""
    found: dict[bytes, NDArray[np.float32]] = {}
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), _QUERY_ROWS):
        chunk = wanted[start : start + _QUERY_ROWS]
        marks = ",".join("?" * len(chunk))
        try:
            rows = store.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", chunk).fetchall()  # noqa: S608 - only question marks
            store.execute(f"UPDATE vectors SET used = {_NOW} WHERE key IN ({marks})", chunk)  # noqa: S608 - only question marks
        except sqlite3.Error:
            continue
        for key, data in rows:
            if isinstance(data, bytes) and len(data) == 4 * dimension + 4 and data == _checked(key, data[:-4]):
                found[key] = np.frombuffer(data[:-4], np.float32)
    return found


def _checked(key: bytes, vector: bytes) -> bytes:
    """Put the CRC-32 of key and vector behind the vector."""
    return vector + zlib.crc32(vector, zlib.crc32(key)).to_bytes(4, "little")


def _write(store: sqlite3.Connection, rows: Sequence[tuple[bytes, NDArray[np.float32]]]) -> None:
    values = [(key, _checked(key, vector.astype(np.float32).tobytes())) for key, vector in rows]
    try:
        store.execute("BEGIN")
        store.executemany(f"INSERT OR REPLACE INTO vectors VALUES (?, ?, {_NOW})", values)  # noqa: S608 - our constant
        store.execute("COMMIT")
    except sqlite3.Error:
        if store.in_transaction:
            store.rollback()


def _forget(store: sqlite3.Connection, most: int) -> None:
    """Delete what was not used for longest until at most `most` vectors remain."""
    try:
        store.execute(
            "DELETE FROM vectors WHERE key IN "
            "(SELECT key FROM vectors ORDER BY used DESC, rowid DESC LIMIT -1 OFFSET ?)",
            (most,),
        )
    except sqlite3.Error:
        return
