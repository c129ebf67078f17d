"""Cross-references: the places where a clause speaks of another one, and which one that is.

    number    = [ 本协议 ] 第 N ( 条 | 章 | 节 | 部分 ) [ 第 N 款 ] [ 第 N 项 ]      第五条第二款  第五条第（二）款
              | [ 本协议 ] 第 3.2 [ 条 | 款 … ] [ 第 N 款 ] [ 第 N 项 ]           第3.2条第（2）项
              | 3.2 ( 条 | 款 | 项 )                                            3.1.2款
              | 第 2-1 ( 条 | 款 | 项 )                                           第2-1款
              | ( 附件 | 附录 | 附表 ) N                                         附件一
    range     = number ( 至 | 到 ) number                                     第二条至第四条
    relative  = ( ( 本 | 前 | 上 ) ( 条 | 款 | 项 ) | 上述 | 前述 ) [ 第 N 款 ] [ 第 N 项 ]     前款第（一）项
              | 第 （ N ） ( 款 | 项 )                                         第（二）项, of the clause it stands in
    document  = 《 … 》 [ 第 N 条 ] | law 第 N 条                               《民法典》第四百九十六条

A number behind the name of a law or of another document is theirs, and never looked up here. A number that no clause
has is kept and marked dangling.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.clause_map import ClauseMap
from corpus.numerals import chinese_number
from corpus.types import ClauseKind, Reference, ReferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.types import Clause

_N = r"(?:[0-9]{1,3}|[一二三四五六七八九十百零〇]{1,6})"
_NUMBER = rf"""
    (?:本(?:协议|条款|合同|服务条款|政策|规则|声明|章程|规定|办法))?
    (?:
      第\s?(?P<dotted>[0-9]{{1,3}}(?:\s?[.．]\s?[0-9]{{1,3}}){{1,8}})\s?[条款项节]?
      (?:\s?(?:第\s?[（(]?|[（(])(?P<below>{_N})[）)]?\s?款)?(?:\s?第?\s?[（(]?(?P<within>{_N})[）)]?\s?项)?
    | 第\s?(?P<dashed>[0-9]{{1,2}}(?:-[0-9]{{1,2}}){{1,4}})\s?[条款项](?!款|件|例)
    | 第\s?(?P<article>{_N})\s?(?P<unit>条(?!款|件|例)|章(?!程)|节|部分)
      (?:之(?P<inserted>[一二三四五六七八九十]{{1,2}}))?
      (?:\s?(?:第\s?[（(]?|[（(])(?P<paragraph>{_N})[）)]?\s?款)?(?:\s?第?\s?[（(]?(?P<item>{_N})[）)]?\s?项)?
    | (?<![0-9.A-Za-z])(?P<bare>[0-9]{{1,3}}(?:[.．][0-9]{{1,3}}){{1,8}})\s?[条款项](?!件|例)
    | (?P<appendix>附件|附录|附表)\s?
      (?P<appendix_number>[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}|[A-Z])(?![A-Za-z0-9])
    )
"""
_LAW = re.compile(r"(?:民法典|(?:(?!本(?:法|条例|规定|办法))[\u4e00-\u9fff]){1,12}(?:法|条例|规定|办法|解释))$")
"""The name of a law directly before a number, without 《》."""
_REFERENCE = re.compile(
    rf"""
    (?=[《本第前上附0-9])(?:
      (?P<document>《[^《》]{{1,60}}》)(?:(?:等[^，。；]{{0,10}}?)?\s?第\s?(?P<law>{_N})\s?条(?:第{_N}款)?)?
    | {_NUMBER}
    | (?P<relative>(?:本|前|上一?)[条款项](?!款|件|例|目|式)|前[两二三]款|(?:上述|前述)(?!之?外))
      (?:\s?第\s?[（(]?(?P<clause>{_N})[）)]?\s?款(?!式))?(?:\s?第?\s?[（(]?(?P<part>{_N})[）)]?\s?项(?!目))?
    | 第\s?[（(]\s?(?P<alone>{_N})\s?[）)]\s?[款项](?!目|式)
    )
    """,
    re.VERBOSE,
)
_UNTIL = re.compile(r"\s?[至到]\s?$")
_SAID_HERE = re.compile(r".{4,300}[，。；：]", re.DOTALL)
"""`上述` speaks of its own clause when something has been said there before it."""


def references_of(clauses: Sequence[Clause]) -> tuple[Reference, ...]:
    """Find all references in document order; linear in the text."""
    places = ClauseMap(clauses)
    found: list[Reference] = []
    for index, clause in enumerate(clauses):
        if clause.kind is ClauseKind.HEADING:
            continue
        matches = list(_REFERENCE.finditer(clause.text, clause.body_start))
        if not matches:
            continue
        found.extend(_reference(match, clause, _targets(match, index, places)) for match in matches)
        found.extend(_ranges(clause, matches, index, places))
    return tuple(sorted(found, key=lambda reference: (reference.span, reference.kind)))


def _reference(match: re.Match[str], clause: Clause, targets: tuple[str, ...]) -> Reference:
    law = _law_before(match)
    start, end = (match.start() if law is None else law), match.end()
    kind = ReferenceKind.NUMBER
    if match["document"] or law is not None:
        kind = ReferenceKind.DOCUMENT
    elif match["relative"] or match["alone"]:
        kind = ReferenceKind.RELATIVE
    dangling = not targets and kind is not ReferenceKind.DOCUMENT
    return Reference(clause.clause_id, clause.locate(start, end), clause.text[start:end], kind, targets, dangling)


def _law_before(match: re.Match[str]) -> int | None:
    """Offset of the name of the law that the article belongs to, None when it is this document's own."""
    if not match["article"] or match["unit"] != "条" or not match.group().startswith("第"):
        return None
    found = _LAW.search(match.string[max(0, match.start() - 14) : match.start()])
    return None if found is None else max(0, match.start() - 14) + found.start()


def _targets(match: re.Match[str], index: int, places: ClauseMap) -> tuple[str, ...]:
    if _law_before(match) is not None:
        return ()
    if match["document"]:
        return () if match["law"] else places.named(match["document"])
    if match["relative"] or match["alone"]:
        return _near(match, index, places)
    if match["appendix"]:
        return places.appendix(_value(match["appendix_number"]), near=index)
    dotted = match["dotted"] or match["bare"] or match["dashed"]
    if dotted:
        found = places.dotted(tuple(int(part) for part in re.split(r"\s?[-.．]\s?", dotted)), near=index)
        return _items(_paragraphs(found, match, "below", places), match["within"], places)
    inserted = match["inserted"]
    numbers = (_value(match["article"]), _value(inserted)) if inserted else (_value(match["article"]),)
    found = places.unit(match["unit"], numbers, near=index)
    return _items(_paragraphs(found, match, "paragraph", places), match["item"], places)


def _paragraphs(above: tuple[str, ...], match: re.Match[str], name: str, places: ClauseMap) -> tuple[str, ...]:
    """第二款 of clauses, 第（二）款 that is numbered so; the clauses themselves where no paragraph is named."""
    number = match[name]
    if number is None:
        return above
    bracketed = match.string[match.start(name) - 1] in "（("
    numbered = _items(above, number, places) if bracketed else ()
    return numbered or tuple(each for one in above for each in places.paragraph(one, _value(number)))


def _items(above: tuple[str, ...], number: str | None, places: ClauseMap) -> tuple[str, ...]:
    """第（二）项 of clauses; the clauses themselves where no item is named."""
    return above if number is None else tuple(each for one in above for each in places.item(one, _value(number)))


def _near(match: re.Match[str], index: int, places: ClauseMap) -> tuple[str, ...]:
    """`前款第（一）项`, `本条第（一）款第2项`, `第（二）项`."""
    if match["alone"]:
        return places.item_around(places.clauses[index].clause_id, _value(match["alone"]))
    said = _relative(match, index, places)
    if match["relative"] != "本条" or not said or not (match["clause"] or match["part"]):
        return _items(_items(said, match["clause"], places), match["part"], places)
    found = places.item_around(said[0], _value(match["clause"] or match["part"]))
    return _items(found, match["part"], places) if match["clause"] else found


def _relative(match: re.Match[str], index: int, places: ClauseMap) -> tuple[str, ...]:
    words = match["relative"]
    if words in {"上述", "前述"}:
        clause = places.clauses[index]
        said_here = _SAID_HERE.match(clause.text, clause.body_start, match.start())
        return (clause.clause_id,) if said_here else places.before(index)
    if words[0] == "本":
        return places.own(index, words[-1])
    count = {"两": 2, "二": 2, "三": 3}.get(words[1], 1)
    return places.previous(index, words[-1], count=count)


def _ranges(clause: Clause, matches: Sequence[re.Match[str]], index: int, places: ClauseMap) -> Iterator[Reference]:
    """`第二条至第四条` speaks of 第三条 too: one more reference, for what lies between."""
    for first, last in pairwise(matches):
        between = clause.text[first.end() : last.start()]
        if not (first["article"] and last["article"] and first["unit"] == last["unit"] and _UNTIL.match(between)):
            continue
        middle = range(_value(first["article"]) + 1, min(_value(last["article"]), _value(first["article"]) + 100))
        targets = tuple(target for value in middle for target in places.unit(first["unit"], (value,), near=index))
        if targets:
            span = clause.locate(first.start(), last.end())
            yield Reference(
                clause.clause_id, span, clause.text[first.start() : last.end()], ReferenceKind.NUMBER, targets
            )


def _value(digits: str) -> int:
    if digits.isascii() and digits.isalpha():
        return ord(digits) - ord("A") + 1
    return chinese_number(digits) or 0
