"""Who is meant: glosses on party names in quoted words, and notes where a document uses a name for the other side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.types import Note
from corpus.parties import role_of_name
from corpus.types import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.types import Clause, Document, Mention, Party

ROLE_NAMES = {Role.CUSTOMER: "客户", Role.VENDOR: "服务方"}
"""What people call the two sides."""
_LETTERED = re.compile(r"[甲乙丙丁]方")
_WHO = re.compile(r"谁|哪一?方|哪边|甲方还是乙方|你们还是我|我还是你们|客户还是|who\b", re.IGNORECASE)
_THING_OF = re.compile(r"(?:的|服务|产品|平台|系统|网站|价格|业务|相关|各项|信息|账[户号]|商业秘密)")
"""Words after a name that make it part of a thing's name: 微电云服务, 甲方信息."""
_NOT_SUBJECT = re.compile(r"(?:向|给|对|为|与|和|要求|通知|告知|提供给|的)$")


def glossed(document: Document, clause: Clause, text: str) -> str:
    """Return the words with a gloss after the first use of each party name that a reader could take for the other side.

    Lettered names (甲方, 乙方) are always glossed; any other name only where the clause uses it the other way round.
    """
    for party in document.parties:
        for name in party.aliases:
            swapped = name in _swapped(party, clause)
            if not swapped and not _LETTERED.fullmatch(name):
                continue
            role = role_of_name(document, name, clause.clause_id)
            if role not in ROLE_NAMES or any(place.clause_id == clause.clause_id for place in party.defined_at):
                continue
            gloss = f"{name}〔{'此处指' if swapped else ''}{ROLE_NAMES[role]}〕"
            first = re.search(rf"(?<!甲){re.escape(name)}(?!双方)", text)
            if first is not None:
                text = f"{text[: first.start()]}{gloss}{text[first.end() :]}"
    return text


def _swapped(party: Party, clause: Clause) -> set[str]:
    return {mention.text for mention in party.conflicts if mention.clause_id == clause.clause_id}


def conflict_notes(document: Document, clauses: Sequence[Clause]) -> tuple[Note, ...]:
    """Tell, once for each name, where the quoted clauses use it against its definition."""
    quoted = {clause.clause_id: clause for clause in clauses}
    notes: list[Note] = []
    for party in document.parties:
        for name in party.aliases:
            places = [mention for mention in party.conflicts if mention.text == name and mention.clause_id in quoted]
            if places:
                notes.append(_conflict_note(document, party, name, places))
    return tuple(notes)


def _conflict_note(document: Document, party: Party, name: str, places: Sequence[Mention]) -> Note:
    ids = tuple(dict.fromkeys(mention.clause_id for mention in places))
    definition = next((mention for mention in party.defined_at if mention.text == name), None)
    here = ROLE_NAMES[role_of_name(document, name, ids[0])]
    where = "、".join(place_name(document.clause(clause_id)) for clause_id in ids)
    if definition is None:
        text = f"{where}中的“{name}”此处指{here}，而本条款其他地方用它指{ROLE_NAMES[party.role]}，用词前后不一致。"
        return Note("party", text, ids)
    defined = place_name(document.clause(definition.clause_id))
    text = (
        f"{where}中的“{name}”此处指{here}，但{defined}把“{name}”定义为{ROLE_NAMES[party.role]}："
        "条款用词前后矛盾，签约前请与对方确认。"
    )
    return Note("party", text, (*ids, definition.clause_id))


def place_name(clause: Clause) -> str:
    """Name a clause as people do: `第13.5条`, `第12.2条第（1）项`, `文首第2段`, `第9条第1段`, or its heading."""
    number = clause.clause_id.split("#", 1)[1]
    if re.fullmatch(r"[\d.]+", number):
        return f"第{number}条"
    item = re.fullmatch(r"([\d.]+)([（(].+[）)])", number)
    if item:
        return f"第{item.group(1)}条第{item.group(2)}项"
    paragraph = re.fullmatch(r"(?:([\d.]+)/)?p(\d+)", number)
    if paragraph:
        above = f"第{paragraph.group(1)}条" if paragraph.group(1) else "文首"
        return f"{above}第{paragraph.group(2)}段"
    if clause.label:
        return clause.label if clause.label.startswith("第") else f"“{clause.label}”"
    return f"“{clause.headings[-1]}”部分" if clause.headings else "文首"


def who_answers(document: Document, clause: Clause, question: str, quote: str, verbs: Sequence[str]) -> str | None:
    """Name the side that acts in the quoted words, for questions that ask who.

    The subject is the last party named before one of `verbs` in the same sentence, passing over names that stand
    after a preposition (向甲方, 给您); None when the question does not ask who, or no party acts.
    """
    if not _WHO.search(question):
        return None
    names = {name: party for party in document.parties for name in party.aliases if party.role in ROLE_NAMES}
    if not names:
        return None
    either = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for verb in verbs:
        for found in re.finditer(re.escape(verb), quote):
            sentence = max(quote.rfind(mark, 0, found.start()) for mark in "。；") + 1
            mentions = list(either.finditer(quote, sentence, found.start()))
            subjects = [
                match
                for match in mentions
                if not _NOT_SUBJECT.search(quote, 0, match.start()) and not _THING_OF.match(quote, match.end())
            ]
            if subjects:
                name = subjects[-1].group()
                role = role_of_name(document, name, clause.clause_id)
                return f"“{verb}”的一方是{ROLE_NAMES[role]}（条款写作“{name}”）"
    return None
