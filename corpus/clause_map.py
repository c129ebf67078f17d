"""Finding clauses by what other clauses call them: by number, by place, by the name of an attachment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.captions import is_attachment
from corpus.numbering import Family, Label, read_label
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from corpus.types import Clause

_UNITS: dict[str, tuple[Family, ...]] = {
    "条": (Family.ARTICLE, Family.DOTTED, Family.CHINESE_COMMA, Family.DIGIT_COMMA),
    "章": (Family.CHAPTER, Family.DOTTED, Family.CHINESE_COMMA, Family.DIGIT_COMMA),
    "节": (Family.SECTION, Family.DOTTED, Family.CHINESE_COMMA, Family.DIGIT_COMMA),
    "部分": (Family.PART, Family.DOTTED, Family.CHINESE_COMMA, Family.DIGIT_COMMA),
}
"""Families that a unit may name: `第三条` is `第三条`, else `3.`, else `三、`."""


_TITLE = re.compile("《[^《》]{1,60}》")
_MOST_CHILDREN = 300
"""Children of one clause that are looked through: a statute has no longer list, and hostile text stays linear."""


class ClauseMap:
    """The clauses of one document, found by number and by place."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self.clauses = clauses
        self._place = {clause.clause_id: index for index, clause in enumerate(clauses)}
        self._labels = [read_label(clause.text) if clause.label else None for clause in clauses]
        self._families = {label.family for label in self._labels if label is not None}
        self._numbered: dict[tuple[Family, tuple[int, ...]], list[int]] = {}
        self._children: dict[str | None, list[int]] = {}
        self._titles: dict[str, tuple[str, ...]] = {}
        self._rank: list[int] = []  # position among the children of the same parent
        for index, (clause, label) in enumerate(zip(clauses, self._labels, strict=True)):
            if label is not None and not self._is_nested_number(clause, label):
                self._numbered.setdefault((label.family, label.numbers), []).append(index)
            if clause.kind is ClauseKind.HEADING and index:
                for title in _TITLE.findall(clause.text):
                    self._titles.setdefault(title, (clause.clause_id,))
            siblings = self._children.setdefault(clause.parent_id, [])
            self._rank.append(len(siblings))
            siblings.append(index)

    def _is_nested_number(self, clause: Clause, label: Label) -> bool:
        """Whether a plain number is an item's, so that `第3条` cannot mean it."""
        return len(label.numbers) == 1 and clause.kind is ClauseKind.ITEM and label.family is not Family.CHINESE_COMMA

    def dotted(self, numbers: tuple[int, ...], *, near: int) -> tuple[str, ...]:
        """Clause `3.2`."""
        return self._nearest(self._numbered.get((Family.DOTTED, numbers), ()), near)

    def unit(self, unit: str, numbers: tuple[int, ...], *, near: int) -> tuple[str, ...]:
        """`第三条`, `第二章`; in a document without articles, section `3.` or `三、`."""
        families = _UNITS[unit]
        if unit != "条" and families[0] in self._families:
            families = families[:1]  # where there are chapters, 第三章 is one
        found = [self._nearest(self._numbered.get((family, numbers), ()), near) for family in families]
        if found[0]:
            return found[0]
        places = [self._place[ids[0]] for ids in found if ids]  # 二、 before item 2. of another section
        return (self.clauses[min(places, key=lambda place: self.clauses[place].level)].clause_id,) if places else ()

    def appendix(self, value: int, *, near: int) -> tuple[str, ...]:
        """`附件一`."""
        return self._nearest(self._numbered.get((Family.APPENDIX, (value,)), ()), near)

    def named(self, title: str) -> tuple[str, ...]:
        """Find the heading of an attachment that carries this name, brackets included."""
        return self._titles.get(title, ())

    def paragraph(self, above: str, value: int) -> tuple[str, ...]:
        """`第五条第二款`: clause 5.2 where there is one, else the second paragraph of the article."""
        clause = self.clauses[self._place[above]]
        children = self._children.get(above, [])[:_MOST_CHILDREN]
        for index in children:
            label = self._labels[index]
            if label is not None and label.family is Family.DOTTED and label.value == value:
                return (self.clauses[index].clause_id,)
        paragraphs = [] if clause.kind is ClauseKind.HEADING else [above]
        paragraphs += [self.clauses[index].clause_id for index in children if not self.clauses[index].label]
        if len(paragraphs) < 2:  # paragraphs numbered （一）, 1、 …
            return self.item(above, value)
        return (paragraphs[value - 1],) if 0 < value <= len(paragraphs) else ()

    def item(self, above: str, value: int) -> tuple[str, ...]:
        """`第二项`: the numbered item of this value below the clause."""
        for index in self._children.get(above, [])[:_MOST_CHILDREN]:
            label = self._labels[index]
            if label is not None and label.value == value:
                return (self.clauses[index].clause_id,)
        return ()

    def item_around(self, clause_id: str, value: int) -> tuple[str, ...]:
        """`第（二）项`, `本条第2款`: the numbered clause of this value below the clause or what it stands under."""
        for place in self._path(self._place[clause_id]):
            found = self.item(self.clauses[place].clause_id, value)
            if found:
                return found
        return ()

    def own(self, index: int, unit: str) -> tuple[str, ...]:
        """`本条`, `本款`, `本项`: the article, the numbered clause or the item that the words stand in."""
        path = self._path(index)
        if unit == "项":
            return (self.clauses[index].clause_id,)
        if unit == "条":
            for place in path:
                label = self._labels[place]
                if label is not None and label.family is Family.ARTICLE:
                    return (self.clauses[place].clause_id,)
        for place in path:
            if self.clauses[place].kind is ClauseKind.CLAUSE:
                return (self.clauses[place].clause_id,)
        return (self.clauses[path[-1] if unit == "条" and len(path) > 1 else index].clause_id,)

    def previous(self, index: int, unit: str, *, count: int = 1) -> tuple[str, ...]:
        """`前款`, `前条`, `前项`: what of the same kind stands before; the lead-in where only its items do."""
        if unit == "条":
            own = self.own(index, unit)
            return self._siblings_before(self._place[own[0]], {ClauseKind.CLAUSE, ClauseKind.HEADING}, count)
        if unit == "项":
            return self._siblings_before(index, {ClauseKind.ITEM}, count)
        place = index
        while self.clauses[place].kind is ClauseKind.ITEM and self.clauses[place].parent_id is not None:
            place = self._place[self.clauses[place].parent_id or ""]
        found = self._siblings_before(place, {ClauseKind.CLAUSE, ClauseKind.PARAGRAPH}, count)
        parent = self.clauses[place].parent_id
        if len(found) < count and parent and self.clauses[self._place[parent]].kind is not ClauseKind.HEADING:
            found = (parent, *found)
        return found

    def before(self, index: int) -> tuple[str, ...]:
        """`上述` at the start of a clause: what was said directly before, a list with its lead-in."""
        clause = self.clauses[index]
        siblings = self._children[clause.parent_id]
        parent = clause.parent_id
        said = self.clauses[siblings[self._rank[index] - 1]] if self._rank[index] else None
        if said is not None and (said.kind is not ClauseKind.ITEM or clause.kind is ClauseKind.ITEM):
            return (said.lead_in_id,) if said.lead_in_id and said.lead_in_id != clause.lead_in_id else (said.clause_id,)
        if parent is not None and self.clauses[self._place[parent]].kind is not ClauseKind.HEADING:
            return (parent,)
        return (said.clause_id,) if said is not None else self._section_before(index)

    def _section_before(self, index: int) -> tuple[str, ...]:
        """Find what stands before the innermost heading above that does not open its section: 就上述权利 below it."""
        for place in self._path(index)[1:]:
            siblings = self._children[self.clauses[place].parent_id]
            if self._rank[place]:
                return (self.clauses[siblings[self._rank[place] - 1]].clause_id,)
        return ()

    def _siblings_before(self, index: int, kinds: set[ClauseKind], count: int) -> tuple[str, ...]:
        siblings = self._children[self.clauses[index].parent_id]
        found: list[str] = []
        for place in reversed(siblings[max(0, self._rank[index] - 100) : self._rank[index]]):
            if self.clauses[place].kind in kinds:
                found.append(self.clauses[place].clause_id)
            if len(found) == count:
                break
        return tuple(reversed(found))

    def _path(self, index: int) -> list[int]:
        """List the clause and what it stands under, from the inside out."""
        path = [index]
        parent = self.clauses[index].parent_id
        while parent is not None:
            path.append(self._place[parent])
            parent = self.clauses[path[-1]].parent_id
        return path

    def _nearest(self, found: Sequence[int], near: int) -> tuple[str, ...]:
        """Choose among clauses of one number: first those in the same part, then the nearest."""
        if len(found) < 2:
            return tuple(self.clauses[index].clause_id for index in found)
        own = set(self._path(near))
        best = max(found[:50], key=lambda index: self._closeness(index, near, own))
        return (self.clauses[best].clause_id,)

    def _closeness(self, index: int, near: int, own: set[int]) -> tuple[bool, int, int, int]:
        """Weigh: the same attachment or none, clauses above both, clauses above this one alone, the distance."""
        above = self._path(index)[1:]
        shared = len(own.intersection(above))
        together = self._attachments(above) == self._attachments(own)
        return together, shared, shared - len(above), -abs(index - near)

    def _attachments(self, path: Collection[int]) -> set[int]:
        return {index for index in path if is_attachment(self.clauses[index].text)}
