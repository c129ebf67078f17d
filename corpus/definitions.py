"""Defined terms: what the document gives a name of its own, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.types import ClauseKind, Definition, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.types import Clause

_ALIAS = re.compile(
    r"""
    [（(]
    [^（）()“"]{0,20}?
    (?:以下|下|本[\u4e00-\u9fff]{1,6}中?)?
    (?:简称|统称|合称|称)(?:之?为|作)?[：:]?\s*
    (?P<names>
        (?:[“”"「『‘][^“”"「」『』‘’（）()]{1,20}[“”"」』’](?:或|、|和|及|，)?\s*){1,6}
      | (?![或和及与])[\u4e00-\u9fffA-Za-z]{2,8}(?=[）),，])
    )
    """,
    re.VERBOSE,
)
_BARE_ALIAS = re.compile(
    r"[（(]\s*(?:即|或)?(?P<names>(?:[“\"「『][^“”\"「」『』（）()]{1,20}[”\"」』](?:或|、|和|及|，)?\s*){1,4})(?=[）),，])"
)
_PARTY_LINE = re.compile(
    r"(?P<names>[甲乙丙丁戊]方|[\u4e00-\u9fff]{0,4}(?:委托|承租|采购|订购|许可|需|买|服务|供|卖|出租|受托)(?:方|人))\s*"
    r"(?:[（(](?P<alias>[^（）()：:“”\"「」]{1,12})[）)])?\s*(?:[：:]|(?<=[）)])\t)(?!\s*(?:系|是)?指)"
    r"(?P<words>(?:(?!\s[甲乙丙丁戊]方\s*(?:[（(].{1,12}[）)])?\s*[：:])[^。；;]){0,60})"
)
_SIGNING = re.compile(r".*(?:盖章|签章|公章|签字|签名|签署).*")
"""What a party does behind its name, no other name of it: `甲方（盖章）：`."""
_UNBRACKETED = re.compile(
    r"(?:(?:以下|下|本[\u4e00-\u9fff]{1,6}中|被)(?:简称|统称|合称|称)|统称|合称)(?:之?为|作)?[：:]?\s*"
    r"(?P<names>(?:[“\"「『‘][^“”\"「」『』‘’（）()]{1,20}[”\"」』’](?:或|、|和|及)?\s*){1,6})"
)
_SAID_TERM = re.compile(
    r"[“\"「『](?P<names>[^“”\"「」『』（）()]{2,20})[”\"」』]\s*[，,：:]?\s*"
    r"(?:系指|是指|指的是|均指|指|意指|包括[：:])"
)
_LIST_TERM = re.compile(
    r"(?P<names>[^\s，。：:；“”\"（）()]{1,15}?)\s*"
    r"(?:[：:]\s*(?:系指|是指|均?指)|系指|是指|指的是|指(?=由|[：:]|一方|您|为))"
)
_IN_THIS_DOCUMENT = re.compile(
    r"(?:本|该)(?:服务)?(?:协议|条款|合同|政策|规则|声明)(?:中|项下|里)?(?:所(?:称|指|述|说))?的?|所[称指述]的?"
)
"""What stands before a term in `本协议所称不可抗力是指…`."""
_BEFORE_TERM = re.compile(
    r"(?:其中|此处|这里)的?|(?:用户|您|双方|各方|甲乙双方)(?:均|一致)?(?:同意|理解|确认|知悉|认可)"
)
"""What stands before a term in `其中敏感信息是指…`."""
_DEEMED_TERM = re.compile(
    r"(?:认为是|视为|统称为)"
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:信息|资料|内容|产品|成果))(?=[。；，])"
)
_SAYS = re.compile("[指称]")
_NAME_IN_BRACKETS = re.compile(r"[（(]\s*(?:即|或)?[“\"「『]")
_NAME_INCLUDES = re.compile(r"[“\"「『][^“”\"「」『』（）()]{2,20}[”\"」』]\s*包括")
_PARTY_HINT = re.compile(r"[方人]\s*(?:(?:[（(].{1,12}[）)])?\s*[：:]|[（(].{1,12}[）)]\t)")
_NAME = re.compile(r"[“”\"「『‘]([^“”\"「」『』‘’]{1,20})[“”\"」』’]")
"""A name in quotation marks, also in those that careless authors set the wrong way round."""
_REFERENT = re.compile(r"(?:[^，。；：:“”\"（）()]|[（(][\u4e00-\u9fff]{2,6}[）)]){1,60}$")


@dataclass(frozen=True, slots=True)
class Naming:
    """A place where the document gives a name: who or what, and the name."""

    term: str
    """The name."""
    referent: str
    """The words before it: what is named. Empty where the sentence itself defines."""
    clause: Clause
    """The clause."""
    start: int
    """Offset of the name in the clause's text."""
    definition: str = ""
    """For `X：指…` the words that define."""
    place: int = -1
    """Offset in the clause's text of the words that give the name; -1 where they give one name alone."""

    @property
    def group(self) -> tuple[str, int]:
        """What the names of one party share: `甲方（用人单位）：`, `（以下简称“甲方”或“您”）`."""
        return self.clause.clause_id, self.place if self.place >= 0 else -1 - self.start


def namings(clauses: Iterable[Clause]) -> Iterator[Naming]:
    """All names that the clauses give, in order of their place."""
    for clause in clauses:
        if clause.kind is ClauseKind.HEADING or not _may_name(clause.text):
            continue
        seen: set[int] = set()
        for naming in sorted(_in_clause(clause), key=lambda found: found.start):
            if naming.start not in seen and naming.term.strip():
                seen.add(naming.start)
                yield naming


def _may_name(text: str) -> bool:
    """Whether a clause holds what every naming holds; most hold nothing of it, and are told so at little cost."""
    return (
        _SAYS.search(text) is not None
        or "视为" in text
        or "认为" in text
        or _NAME_IN_BRACKETS.search(text) is not None
        or ("包括" in text and _NAME_INCLUDES.search(text) is not None)
        or _PARTY_HINT.search(text) is not None
    )


def _in_clause(clause: Clause) -> Iterator[Naming]:
    text = clause.text
    for pattern in (_ALIAS, _BARE_ALIAS, _UNBRACKETED):
        for match in pattern.finditer(text):
            referent = _REFERENT.search(text, max(0, match.start() - 60), match.start())
            for term, start in _names(match):
                yield Naming(term, referent.group().strip() if referent else "", clause, start, place=match.start())
    for match in _SAID_TERM.finditer(text):
        yield Naming(match["names"], "", clause, match.start("names"), text[match.end() : match.end() + 60])
    listed = _LIST_TERM.match(text, clause.body_start)
    if listed:
        definition = text[listed.end() : listed.end() + 60]
        skipped = _IN_THIS_DOCUMENT.match(listed["names"]) or _BEFORE_TERM.match(listed["names"])
        first = skipped.end() if skipped else 0
        parts = r".+" if "/" in listed["names"] else r"[^、和及与]+"  # 产品与/或服务 is one name
        for part in re.finditer(parts, listed["names"][first:]):
            if not part.group().endswith(("主要", "所", "仅")):
                yield Naming(part.group(), "", clause, listed.start("names") + first + part.start(), definition)
    yield from _party_lines(clause)
    for match in _DEEMED_TERM.finditer(text):
        yield Naming(match["names"], "", clause, match.start("names"))


def _party_lines(clause: Clause) -> Iterator[Naming]:
    """`甲方（服务方）：某公司`, several on one line where white space stands between them."""
    place = clause.body_start
    while party := _PARTY_LINE.match(clause.text, place):
        start = party.start()
        alias = _SIGNING.sub("", party["alias"] or "")
        yield Naming(party["names"], alias, clause, party.start("names"), party["words"].strip(), place=start)
        if alias:
            yield Naming(alias, "", clause, party.start("alias"), place=start)
        place = party.end()
        while clause.text[place : place + 1].isspace():
            place += 1


def _names(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    quoted = list(_NAME.finditer(match["names"]))
    if not quoted:
        yield match["names"], match.start("names")
    for name in quoted:
        for part in _parts(name.group(1)):
            yield part.group(), match.start("names") + name.start(1) + part.start()


def _parts(name: str) -> list[re.Match[str]]:
    """Take `“本公司或某某云”` for two names; a longer 或 is part of a name."""
    parts = list(re.finditer(r"[^或]+", name))
    return parts if len(parts) == 2 and max(map(len, name.split("或"))) <= 8 else list(re.finditer(r".+", name))


def definitions_of(given: Sequence[Naming]) -> tuple[Definition, ...]:
    """List the defined terms in document order; a term that two clauses define appears twice."""
    first: dict[tuple[str, str], Definition] = {}
    for naming in given:
        definition = Definition(naming.term, naming.clause.clause_id, _span(naming))
        first.setdefault((naming.term, naming.clause.clause_id), definition)
    return tuple(first.values())


def _span(naming: Naming) -> Span:
    return naming.clause.locate(naming.start, naming.start + len(naming.term))
