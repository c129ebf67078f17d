"""What a reader's screen has shown, turned into a receipt.

The browser tells which clauses stood on the screen and how many seconds after the reading began; the server knows when
that was, since it signed the beginning, so a wrong clock in the browser makes no wrong receipt, and nothing can be
claimed for a time before the beginning or after now.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.receipt import FORMAT, sign
from app.web.language import say
from app.web.render.must_read import must_read
from app.web.words import place_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.types import AuditReport, Finding
    from corpus.types import Document

LEAST_SECONDS = 1.0
"""A clause counts as shown when most of it was on a visible screen this long; the page's script holds the same."""
TOLERANCE = 2.0
"""Seconds by which a report may lie in the future: the request's way through a slow network."""


class ReadingRefused(ValueError):  # noqa: N818  (the request is refused, nothing is broken)
    """No receipt for this; `str` is one Chinese line."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One clause that stood on the screen."""

    clause_id: str
    """The clause."""
    at: float
    """Seconds after the reading began when it had been shown long enough."""
    seconds: float
    """For how long it was on the screen altogether."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked while reading."""

    question: str
    """As typed."""
    at: float
    """Seconds after the reading began."""
    clause_ids: tuple[str, ...]
    """Clauses that the answer quoted; empty when the terms do not say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading: its beginning as the server signed it, the rest as the browser tells it."""

    began: datetime
    """When it began, by the server's clock."""
    clauses: tuple[Shown, ...]
    """What was shown."""
    questions: tuple[Asked, ...] = ()
    """What was asked."""
    name: str = ""
    """What the reader typed as a name; nothing when they typed nothing."""


def must_ids(report: AuditReport) -> tuple[str, ...]:
    """Ids of the clauses to be read, in the order of the list."""
    return tuple(finding.clause_id for members in must_read(report).values() for finding in members)


def begin(document: Document, key: bytes, *, now: datetime) -> str:
    """Sign the beginning of a reading; the token names the version and the time and holds nothing else."""
    words = json.dumps([document.doc_id, document.sha256, now.timestamp(), secrets.token_hex(4)])
    packed = base64.urlsafe_b64encode(words.encode()).decode()
    return f"{packed}.{_seal(packed, key)}"


def beginning(token: str, document: Document, key: bytes) -> datetime:
    """Return when the reading began. Raises ReadingRefused for another version, document or signature."""
    packed, _, seal = token.partition(".")
    if not token.isascii() or not hmac.compare_digest(_seal(packed, key), seal):
        raise ReadingRefused(say("阅读记录的签名不符，请刷新页面后重新阅读。"))
    doc_id, sha256, moment, _ = json.loads(base64.urlsafe_b64decode(packed))
    if (doc_id, sha256) != (document.doc_id, document.sha256):
        raise ReadingRefused(say("条款在您阅读期间换了版本，请刷新页面后重新阅读。"))
    return datetime.fromtimestamp(moment, UTC)


def issue(document: Document, report: AuditReport, told: Reading, *, key: bytes, now: datetime) -> dict[str, Any]:
    """Make and sign a receipt.

    Raises ReadingRefused when a clause to be read is missing, was shown too briefly, or was not yet shown.
    """
    shown = {row.clause_id: row for row in told.clauses}
    wanted = [finding for members in must_read(report).values() for finding in members]
    passed = (now - told.began).total_seconds() + TOLERANCE
    missing = [finding for finding in wanted if not _was_shown(shown.get(finding.clause_id), passed)]
    if missing:
        places = say("、").join(place_name(document.clause(finding.clause_id)) for finding in missing[:3])
        raise ReadingRefused(
            say("还有 {n} 条必读条款没有在屏幕上显示过（{places}），看过后再生成凭证。", n=len(missing), places=places)
        )
    if any(not 0 <= row.at <= passed for row in told.questions):
        raise ReadingRefused(say("提问的时间不对，请刷新页面后重新阅读。"))
    return sign(
        {
            "format": FORMAT,
            "receipt_id": secrets.token_hex(8),
            "document": {"doc_id": document.doc_id, "title": document.title, "sha256": document.sha256},
            "opened_at": _written(told.began),
            "issued_at": _written(now),
            "clauses": [_row(finding, shown[finding.clause_id], document, told.began) for finding in wanted],
            "questions": _questions(told.questions, document, told.began),
            "name": told.name,
        },
        key,
    )


def _was_shown(row: Shown | None, passed: float) -> bool:
    return row is not None and LEAST_SECONDS <= row.seconds <= passed and 0 <= row.at <= passed


def _row(finding: Finding, row: Shown, document: Document, began: datetime) -> dict[str, Any]:
    clause = document.clause(finding.clause_id)
    return {
        "clause_id": clause.clause_id,
        "label": clause.label,
        "categories": [category.value for category in finding.categories],
        "emphasis": finding.emphasis.value,
        "sha256": hashlib.sha256(clause.text.encode()).hexdigest(),
        "shown_at": _written(began + timedelta(seconds=row.at)),
        "seconds": round(row.seconds, 1),
    }


def _questions(questions: Sequence[Asked], document: Document, began: datetime) -> list[dict[str, Any]]:
    known = {clause.clause_id for clause in document.clauses}
    return [
        {
            "question": row.question,
            "asked_at": _written(began + timedelta(seconds=row.at)),
            "clause_ids": [clause_id for clause_id in row.clause_ids if clause_id in known],
        }
        for row in questions
    ]


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _seal(packed: str, key: bytes) -> str:
    return hmac.new(key, b"clauselight reading " + packed.encode(), hashlib.sha256).hexdigest()
