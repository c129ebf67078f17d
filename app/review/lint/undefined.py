"""Terms that are used as if they were defined, and nowhere are: sides, quoted terms, other words for a defined term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.review.lint.types import Severity, Slip
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.types import Clause, Document

_SIDE = re.compile(r"(?<![甲乙丙丁戊])[甲乙丙丁戊]方(?!案|法|式|面|向)")
_INTRODUCED = re.compile(
    rf"({_SIDE.pattern})(?:\s{{0,4}}[：:（(]|指|系指|是指)|[“\"（(]({_SIDE.pattern})[”\"）)]|(?:称为?|为|即|作为)({_SIDE.pattern})"
)
"""How a side is introduced: on the cover, in brackets, by 指 or 称为."""
_QUOTED = re.compile(r"[“\"「『]([\u4e00-\u9fffA-Za-z0-9/·]{2,12})[”\"」』]")
_SAID_DEFINED = re.compile(
    r"定义的(?:术语)?[“\"「『]([^”\"」』]{2,12})[”\"」』]|[“\"「『]([^”\"」』]{2,12})[”\"」』](?:[（(]|的)定义见"
)
_LABEL = re.compile(r"(?:点击|按钮|选择|勾选|栏|页面|菜单|选项|标记|标注|标明|注明|字样|输入|回复|所谓|俗称|标题|标识)")
"""Words beside quotation marks that hold what a screen or a paper shows, or a way of speaking; no term of the terms."""
_EXPLAINED = re.compile(r"\s{0,2}(?:[（(][^）)]{0,20}[）)])?(?:是指|系指|指|包括|即|为|：)")
_AROUND = 8
_KINDS = frozenset({"信息", "资料", "数据", "材料", "内容", "文件"})
"""Endings that drafters put for each other: 保密信息, 保密资料."""


def check_undefined(document: Document) -> Iterator[Slip]:
    """Report names and terms that no definition explains."""
    clauses = [clause for clause in document.clauses if clause.kind is not ClauseKind.HEADING]
    known = {one.term for one in document.definitions} | {name for side in document.parties for name in side.aliases}
    yield from _sides(clauses)
    yield from _quoted(clauses, known)
    yield from _variants(document, clauses)


def _sides(clauses: list[Clause]) -> Iterator[Slip]:
    """Find 丙方 where the terms define 甲方 and 乙方 alone; terms that define fewer may name the rest elsewhere."""
    defined = {name for one in clauses for match in _INTRODUCED.finditer(one.text) for name in match.groups() if name}
    if len(defined) < 2:
        return
    seen: set[str] = set()
    for clause in clauses:
        for match in _SIDE.finditer(clause.text):
            if match[0] in defined or match[0] in seen:
                continue
            seen.add(match[0])
            yield Slip(
                kind="undefined_party",
                severity=Severity.ERROR,
                clause=clause,
                start=match.start(),
                end=match.end(),
                text=f"“{match[0]}”没有定义：文件只定义了{'、'.join(sorted(f'“{name}”' for name in defined))}",
                advice="请写明所指何方，或改用已定义的称呼。",
                others=tuple(one.clause_id for one in clauses if match[0] in one.text and one is not clause),
            )


def _quoted(clauses: list[Clause], known: set[str]) -> Iterator[Slip]:
    """Find a term that stands in quotation marks in several clauses, or is called defined, and is not."""
    places: dict[str, list[tuple[Clause, int]]] = {}
    called: set[str] = set()
    explained = {
        match[1] for one in clauses for match in _QUOTED.finditer(one.text) if _EXPLAINED.match(one.text, match.end())
    }
    for clause in clauses:
        called |= {match[1] or match[2] for match in _SAID_DEFINED.finditer(clause.text)}
        for match in _QUOTED.finditer(clause.text):
            around = clause.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            if match[1] not in known | explained and not _LABEL.search(around):
                places.setdefault(match[1], []).append((clause, match.start(1)))
    for term, found in places.items():
        holders = list(dict.fromkeys(clause.clause_id for clause, _ in found))
        if len(holders) < 2 and term not in called:
            continue
        clause, start = found[0]
        yield Slip(
            kind="undefined_term",
            severity=Severity.WARNING,
            clause=clause,
            start=start,
            end=start + len(term),
            text=f"“{term}”加了引号作为术语使用，但文件中没有它的定义",
            advice="请写明定义，或去掉引号改用一般说法。",
            others=tuple(one for one in holders if one != clause.clause_id),
        )


def _variants(document: Document, clauses: list[Clause]) -> Iterator[Slip]:
    """Find 保密资料 where 保密信息 is defined: another word that no definition covers."""
    defined = {one.term: one for one in document.definitions}
    for term, definition in defined.items():
        if len(term) < 4 or term[-2:] not in _KINDS:
            continue
        for ending in sorted(_KINDS - {term[-2:]}):
            other = term[:-2] + ending
            clause = next((one for one in clauses if other in one.text), None)
            if clause is None or other in defined or clause.clause_id == definition.clause_id:
                continue
            start = clause.text.find(other)
            yield Slip(
                kind="term_variant",
                severity=Severity.WARNING,
                clause=clause,
                start=start,
                end=start + len(other),
                text=f"定义的是“{term}”，此处用了没有定义的“{other}”",
                advice=f"若所指相同，请改用“{term}”；若不同，请另行定义。",
                others=(definition.clause_id,),
            )
