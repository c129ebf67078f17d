"""From blocks to the clause tree: labels, parents, kinds, headings, lead-ins and names of clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus import captions
from corpus.clause_names import clause_names
from corpus.emphasis import emphasis_of, emphasised_share
from corpus.numbering import LIST_FAMILIES, RANKS, Family
from corpus.placement import Placement
from corpus.types import Anomaly, Clause, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.drafts import Draft
    from corpus.numbering import Label
    from corpus.types import Block

_ENDED = re.compile(r"[。！!？?；;：:，,、.…]\s*$")
_DEFINES = re.compile(r"\s*(?:[“「『]|[^，。；：:]{1,15}[：:]\s*(?:系|是)?指)")
"""`“软件”指…`, `软件：指…`."""
_GOES_ON = re.compile(r"[；;，,、]\s*$")


@dataclass(frozen=True, slots=True)
class Structure:
    """The clause tree of one document."""

    clauses: tuple[Clause, ...]
    """In document order."""
    anomalies: tuple[Anomaly, ...]
    """Slips in the numbering."""
    title: str
    """The title as printed, empty when the document has none."""


def build_structure(doc_id: str, blocks: Sequence[Block]) -> Structure:
    """Find labels and build the tree; linear in the number of blocks times the depth of the tree."""
    placement = Placement(blocks)
    placement.place_all()
    return _finish(doc_id, placement)


def _finish(doc_id: str, placement: Placement) -> Structure:
    drafts = placement.drafts
    kinds = _kinds(drafts)
    lead_ins = _lead_ins(drafts, kinds)
    ids = [f"{doc_id}#{name}" for name in clause_names(drafts)]
    headings, levels = _paths(drafts, kinds)
    clauses = tuple(
        Clause(
            clause_id=ids[index],
            label=draft.label.printed if draft.label else "",
            kind=kinds[index],
            level=levels[index],
            parent_id=None if draft.parent is None else ids[draft.parent],
            headings=headings[index],
            span=draft.block.span,
            text=draft.block.text,
            runs=draft.block.runs,
            emphasis=(emphasis := emphasis_of(draft.block.runs)),
            emphasised=emphasised_share(draft.block.runs, draft.label.rest if draft.label else 0) if emphasis else 0.0,
            lead_in_id=None if (lead_in := lead_ins[index]) is None else ids[lead_in],
            lines=draft.block.lines,
            page=draft.block.page,
            paragraph=draft.block.paragraph,
        )
        for index, draft in enumerate(drafts)
    )
    anomalies = tuple(Anomaly(place.slip, ids[index], place.expected) for index, place in placement.slips)
    return Structure(clauses, anomalies, placement.title)


def _paths(drafts: Sequence[Draft], kinds: Sequence[ClauseKind]) -> tuple[list[tuple[str, ...]], list[int]]:
    """Headings above each clause, outermost first, and its depth in the tree, from 1."""
    headings: list[tuple[str, ...]] = []
    levels: list[int] = []
    for draft in drafts:
        above = draft.parent
        path: tuple[str, ...] = ()
        if above is not None:
            path = headings[above]
            if kinds[above] is ClauseKind.HEADING:
                path = (*path, drafts[above].block.text.strip())
        headings.append(path)
        levels.append(1 if above is None else levels[above] + 1)
    return headings, levels


def _kinds(drafts: Sequence[Draft]) -> list[ClauseKind]:
    """Tell what each clause is; `2 费用` with nothing below it is a heading where most of its siblings are."""
    kinds: list[ClauseKind] = []
    for draft in drafts:
        kinds.append(_kind(drafts, kinds, draft))
    siblings: dict[tuple[int | None, Family], list[int]] = {}
    for index, draft in enumerate(drafts):
        if draft.label is not None and not draft.listed and len(draft.label.numbers) == 1:
            siblings.setdefault((draft.parent, draft.label.family), []).append(index)
    for (_, family), group in siblings.items():
        _level_kinds(drafts, kinds, family, group)
    return kinds


def _level_kinds(drafts: Sequence[Draft], kinds: list[ClauseKind], family: Family, group: Sequence[int]) -> None:
    """Make siblings that are printed alike of one kind."""
    headings = sum(kinds[index] is ClauseKind.HEADING for index in group)
    if 2 * headings >= len(group) > 2:  # 三、软件的获取，安装与更新 among sections without commas
        for index in group:
            if drafts[index].children and captions.is_long_caption(drafts[index].body):
                kinds[index] = ClauseKind.HEADING
    captioned = all(captions.is_caption(drafts[index].body) and drafts[index].body.strip() for index in group)
    if captioned and 0 < headings < len(group):
        alike = family in {Family.ARTICLE, Family.CHINESE_COMMA} or 2 * headings >= len(group)
        kind = ClauseKind.HEADING if alike else _kind_in_list(drafts, kinds, group[0])
        for index in group:
            kinds[index] = kind


def _kind_in_list(drafts: Sequence[Draft], kinds: Sequence[ClauseKind], index: int) -> ClauseKind:
    draft = drafts[index]
    assert draft.label is not None
    return ClauseKind.ITEM if _is_item(drafts, kinds, draft, draft.label) else ClauseKind.CLAUSE


def _kind(drafts: Sequence[Draft], kinds: Sequence[ClauseKind], draft: Draft) -> ClauseKind:
    if draft.block.table:
        return ClauseKind.TABLE
    if draft.listed or (draft.block.bullet and draft.label is None):
        return ClauseKind.ITEM
    if draft.label is None:
        return ClauseKind.HEADING if draft.caption else ClauseKind.PARAGRAPH
    if _reads_like_heading(drafts, draft, draft.label):
        return ClauseKind.HEADING
    return ClauseKind.ITEM if _is_item(drafts, kinds, draft, draft.label) else ClauseKind.CLAUSE


def _is_item(drafts: Sequence[Draft], kinds: Sequence[ClauseKind], draft: Draft, label: Label) -> bool:
    """Whether a numbered clause is one of a list: `（1）`, or `1.` after a colon, or `1、` below a clause."""
    if draft.parent is None:
        return False
    introduced = drafts[draft.parent].ends_in_colon
    if label.family in {Family.DIGIT_COMMA, Family.CHINESE_BRACKET, Family.CHINESE_HALF}:
        above = drafts[draft.parent].label
        of_article = above is not None and above.family is Family.ARTICLE  # 第一条（一）: 项
        return introduced or kinds[draft.parent] is not ClauseKind.HEADING or of_article
    plain_number = label.family is Family.DOTTED and len(label.numbers) == 1
    return label.family in LIST_FAMILIES or (introduced and (plain_number or label.family is Family.APPENDIX))


def _reads_like_heading(drafts: Sequence[Draft], draft: Draft, label: Label) -> bool:
    body = draft.body.strip()
    if draft.style.heading_level:
        return (
            captions.is_caption(body.rstrip("：: "))
            if len(body) <= captions.CAPTION_LENGTH
            else captions.is_caption(body)
        )
    if draft.style.bold:
        return True
    introduced = draft.parent is not None and drafts[draft.parent].ends_in_colon
    opens = draft.children > 0 or (label.family in {Family.PART, Family.CHAPTER, Family.SECTION, Family.APPENDIX})
    if not body or not opens or (introduced and not draft.children):
        return False
    return captions.is_caption(body) and (label.family in RANKS or not captions.is_entry(body))


def _lead_ins(drafts: Sequence[Draft], kinds: Sequence[ClauseKind]) -> list[int | None]:
    """Find the clause that introduces each one: its parent, or the one before it, when that ends in a colon."""
    result: list[int | None] = []
    previous: dict[int | None, int] = {}
    for index, draft in enumerate(drafts):
        lead_in: int | None = None
        before = previous.get(draft.parent)
        if kinds[index] is ClauseKind.HEADING:
            pass
        elif draft.parent is not None and drafts[draft.parent].ends_in_colon:
            lead_in = draft.parent
        elif before is not None:
            lead_in = _lead_in_beside(drafts, before, draft, result[before])
        result.append(lead_in)
        previous[draft.parent] = index
    return result


def _lead_in_beside(drafts: Sequence[Draft], before: int, draft: Draft, inherited: int | None) -> int | None:
    """Take the sibling before when it ends in a colon, or its own lead-in when the list goes on."""
    above = drafts[before]
    if above.ends_in_colon and not above.children:
        return before
    if inherited is None:
        return None
    if draft.label is not None:
        goes_on = above.label is not None and drafts[inherited].label is None
    elif _GOES_ON.search(above.block.text[-8:]) is not None:
        goes_on = above.label is None
    else:
        both_bullets = draft.block.bullet and above.block.bullet
        pair = (above.block.text, draft.block.text)
        alike = all(_DEFINES.match(text) for text in pair) or not any(_ENDED.search(text[-8:]) for text in pair)
        goes_on = both_bullets or (above.label is None and alike)
    return inherited if goes_on else None
