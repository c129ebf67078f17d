"""Ways to reach the vendor that the terms themselves give: never looked up, never invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.qa.answer import advice_of

if TYPE_CHECKING:
    from corpus.types import Clause, Document

_ABOUT = re.compile(r"联系|客服|热线|咨询|投诉|电话|邮箱|邮件|地址|通知|询问")
"""Words beside which a number is a way to reach someone."""
_CHANNELS = {
    "phone": re.compile(
        r"(?<![\d-])(?:[48]00[- ]?\d{3}[- ]?\d{4}|0\d{2,3}[- ]\d{7,8}|1[3-9]\d{9}|95\d{3}|12\d{3})(?![\d-])"
    ),
    "email": re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"),
    "site": re.compile(r"(?:https?://|www\.)[A-Za-z0-9][\w./?=&%#~-]{2,200}[\w/]", re.ASCII),
}
"""Telephone (service numbers, landline, mobile, five digits), e-mail, address on the web."""
MOST = 6
"""Channels shown at most."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach someone."""

    kind: str
    """`phone`, `email`, `site`, or `words` for a sentence that says whom to ask."""
    words: str
    """As printed; for `words` the sentence."""
    clause_id: str
    """Where it stands."""


def contacts_of(document: Document) -> tuple[Contact, ...]:
    """Find whom the document says to ask, then its numbers and addresses; each once, in document order."""
    found: dict[str, Contact] = {}
    advice = advice_of(document)
    if advice is not None:
        sentence = advice.text.partition("“")[2].removesuffix("”")
        found[sentence] = Contact("words", sentence, advice.clause_ids[0])
    for clause in document.clauses:
        for contact in _in_clause(clause):
            found.setdefault(contact.words, contact)
    return tuple(found.values())[:MOST]


def _in_clause(clause: Clause) -> list[Contact]:
    if not _ABOUT.search(clause.text):
        return []
    places = [
        (match.start(), Contact(kind, match.group(), clause.clause_id))
        for kind, pattern in _CHANNELS.items()
        for match in pattern.finditer(clause.text)
    ]
    return [contact for _, contact in sorted(places, key=lambda place: place[0])]
