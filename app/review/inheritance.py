"""Why each clause has its categories: its own words, and those of the clauses that lead it in.

An item takes the category of its lead-in when the rule speaks in the lead-in's last sentence, the one that ends in the
colon, or in the sentence that it takes up ("这些风险包括："); a clause that announces a list without a colon leads its
sub-clauses in the same way. A list whose items the parser could not tie to their lead-in goes on as long as each item
ends in a semicolon, and a clause that only opens a list ("前述情形包括：") passes on what the clause before it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.review.matching import find, sentence_of, softened
from app.review.names import names_of
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from app.review.matching import Match
    from app.review.rulebook import Rule
    from corpus.types import Clause, Document


@dataclass(frozen=True, slots=True)
class Reason:
    """A match and the clause whose words it found: the clause under review, or a lead-in above it."""

    clause: Clause
    """The clause."""
    match: Match
    """The match, mild where the clause under review softens it."""


def reasons_of(
    document: Document, rules: Sequence[Rule], *, wanted: Collection[str] | None = None
) -> dict[str, list[Reason]]:
    """Why each clause has its categories: its lead-in's reasons first, then its own.

    Where only some clauses are `wanted`, only they and those that hand something on to them are read.
    """
    found: dict[str, list[Reason]] = {}
    above: dict[str, list[Reason]] = {}
    needed = None if wanted is None else _needed(document, wanted)
    before: Clause | None = None
    for clause in document.clauses:
        if needed is not None and clause.clause_id not in needed:
            before = clause
            continue
        above[clause.clause_id] = found[clause.clause_id] = []
        if clause.kind is not ClauseKind.HEADING and any(map(str.isalnum, clause.text)):
            names = names_of(document, clause.clause_id)
            own = find(rules, clause.text, start=clause.body_start, names=names, headings=clause.headings)
            handed = []
            for reason in _from_above(clause, before, found, above):
                soft = softened(reason.match, clause.text, names=names)
                handed.append(replace(reason, match=replace(reason.match, must=reason.match.must and not soft)))
            taken = {reason.match.rule.rule_id for reason in handed} | {
                reason.match.rule.category.value for reason in handed
            }
            mine = [Reason(clause, match) for match in own if match.rule.yields_to.isdisjoint(taken)]
            above[clause.clause_id] = handed
            found[clause.clause_id] = [*handed, *mine]
        before = clause
    return found


def _from_above(
    clause: Clause, before: Clause | None, found: Mapping[str, list[Reason]], above: Mapping[str, list[Reason]]
) -> Iterator[Reason]:
    """Give what a clause takes over: from its lead-in, from the clause that announces it, or from its neighbour.

    A neighbour hands on what it took over itself while the list goes on without a lead-in of its own, which its
    semicolon tells, and what its last sentence says to a clause that only takes it up ("前述情形包括：").
    """
    if clause.lead_in_id:
        for reason in found.get(clause.lead_in_id, ()):
            if reason.clause.clause_id != clause.lead_in_id or _leads(reason):
                yield reason
        return
    announced = [reason for reason in found.get(clause.parent_id or "", ()) if _announces(reason)]
    yield from announced
    if announced or before is None or before.headings != clause.headings:
        return
    if _goes_on(before, clause):
        yield from above.get(before.clause_id, ())
    elif _TAKES_UP.match(clause.text):
        yield from (reason for reason in found.get(before.clause_id, ()) if _closes(reason))


def _goes_on(before: Clause, clause: Clause) -> bool:
    """Whether a clause goes on with the list of the one before it."""
    return before.parent_id == clause.parent_id and before.text.rstrip().endswith((";", "；"))


def _needed(document: Document, wanted: Collection[str]) -> set[str]:
    """Name the clauses whose reasons those of the `wanted` ones depend on, themselves among them."""
    needed: set[str] = set(wanted)
    for number in range(len(document.clauses) - 1, -1, -1):
        clause = document.clauses[number]
        if clause.clause_id not in needed:
            continue
        needed.update(filter(None, (clause.lead_in_id, clause.parent_id)))
        before = document.clauses[number - 1] if number else None
        if before is None or before.headings != clause.headings:
            continue
        if _goes_on(before, clause) or _TAKES_UP.match(clause.text):
            needed.add(before.clause_id)
    return needed


_REFERS = re.compile(r"\s{0,4}(?:这些|该等|此等|此类|上述|前述|其中|具体|包括|为此|主要|例如)")
"""How the last sentence of a lead-in begins when it only takes up the one before."""
_ANNOUNCES = re.compile(
    r"(?:以下|下列|下述|如下)[^。；！？;]{0,12}(?:原因|情形|情况|事项|各项|因素|行为|方式|条件|损失|用途|权利)"
)
"""Words that announce a list which no colon opens."""


_TAKES_UP = re.compile(
    r"(?:前述|上述|该等|此等|以上|前款)[^。；！？;，,]{0,10}(?:包括|如下|有|为)[^。；！？;]{0,12}[:：]\s{0,4}$"
)
"""The whole of a clause that only opens a list for what the clause before it says."""
_GRANTS = re.compile(r"(?:可以?|有权)(?:行使|享有|享受|选择)(?:以下|如下|下列|下述)")
"""Words after which a list names what the other side may do."""


def _closes(reason: Reason) -> bool:
    """Whether the words stand in the last sentence of their clause."""
    text = reason.clause.text.rstrip()
    return sentence_of(text, reason.match.start, reason.match.end)[1] >= len(text) - 1


def _leads(reason: Reason) -> bool:
    """Whether the words stand in the sentence that ends in the colon, or in the one that it takes up.

    A list of what the customer may do inherits nothing.
    """
    text = reason.clause.text.rstrip()
    if _GRANTS.search(text, reason.match.end):
        return False
    end = sentence_of(text, reason.match.start, reason.match.end)[1]
    if end >= len(text):
        return True
    return sentence_of(text, end + 1, end + 1)[1] >= len(text) and bool(_REFERS.match(text, end + 1))


def _announces(reason: Reason) -> bool:
    """Whether a clause that ends without a colon announces the numbered clauses below it.

    It says so in the sentence of the words, or before them when they end the clause.
    """
    if reason.clause.kind is ClauseKind.HEADING:
        return False
    text = reason.clause.text.rstrip()
    start, end = sentence_of(text, reason.match.start, reason.match.end)
    return bool(_ANNOUNCES.search(text, 0 if end >= len(text) - 1 else start, end))
