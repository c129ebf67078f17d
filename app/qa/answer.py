"""From ranked clauses to an answer: quotes first, glosses and notes after, or an honest "the terms do not say"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from app.qa.gloss import conflict_notes, glossed, place_name, who_answers
from app.qa.polarity import verdict_note
from app.qa.premise import premise_note
from app.qa.ranking import bigram_overlap
from app.qa.sentences import best_stretch
from app.types import Answer, Citation, Note
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.qa.decision import Decision
    from app.qa.question import ClauseNumber, Question
    from app.types import Category, Prominence
    from corpus.types import Clause, Document

MAX_ITEMS = 12
"""Items shown under a lead-in at most."""
WARNINGS = frozenset({"party", "premise", "spelling"})
"""Kinds of notes that stand in the text of an answer too."""
_INVITES_QUESTIONS = re.compile(
    r"(?:疑问|疑议|不明白|咨询|询问).{0,30}(?:询问|咨询|联系|客服|工单|解释|致电|电话|邮箱)"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A clause with what is known of it."""

    document: Document
    """Its document."""
    clause: Clause
    """The clause."""
    prominence: Prominence
    """How it is printed."""
    categories: tuple[Category, ...]
    """Its categories in the review."""


def cite(found: Found, question: str | None = None) -> Citation:
    """Cut the words that answer `question` from a clause, or the whole clause when there is no question."""
    clause = found.clause
    stretch = None
    if question is not None:
        stretch = best_stretch(clause, lambda sentence: float(bigram_overlap(question, [sentence])[0]))
    start, end = (stretch.start, stretch.end) if stretch else (0, len(clause.text))
    span = clause.locate(start, end)
    return Citation(
        doc_id=found.document.doc_id,
        clause_id=clause.clause_id,
        label=clause.label,
        headings=clause.headings,
        lines=clause.lines,
        span=span,
        quote=found.document.source[span.start : span.end],
        text=clause.text[start:end],
        emphasis=found.prominence,
        categories=found.categories,
        page=clause.page,
        paragraph=clause.paragraph,
    )


def answered(
    question: Question, founds: Sequence[Found], decision: Decision, *, main: int, whole: bool = False
) -> Answer:
    """Compose the answer from the clauses to cite, best first.

    The first `main` are quoted in the text, the others named; `whole` quotes clauses in full, as asked for by number.
    """
    pairs = [(found, cite(found, None if whole else question.expanded)) for found in founds]
    verbs = [word for concept in question.concepts for word in concept.written]
    several = len({found.document.doc_id for found, _ in pairs}) > 1
    notes: list[Note] = []
    parts: list[str] = []
    for found, citation in pairs[:main]:
        parts.append(_shown(found, citation, with_title=several))
        who = who_answers(found.document, found.clause, question.text, citation.text, verbs)
        if who and not notes:
            notes.append(Note("point", f"按{place_name(found.clause)}，{who}。", (found.clause.clause_id,)))
            parts.append(f"要点：{notes[0].text}")
    best = founds[0]
    verdict = None if notes else verdict_note(best.document, best.clause, question)
    if verdict is not None:
        notes.append(verdict)
        parts.append(f"要点：{verdict.text}")
    premise = premise_note(question.text, best.clause)
    if premise is not None:
        notes.append(premise)
    for found, _ in pairs:
        notes += _lead_in_notes(found)
    if pairs[main:]:
        parts.append(f"另见：{'、'.join(place_name(found.clause) for found, _ in pairs[main:])}。")
    for document in {found.document.doc_id: found.document for found, _ in pairs}.values():
        notes += conflict_notes(document, [found.clause for found, _ in pairs if found.document is document])
    notes += reading_notes(question)
    return Answer(
        question=question.asked,
        status="answered",
        confidence=decision.confidence,
        text="\n".join([*parts, *(f"注意：{note.text}" for note in notes if note.kind in WARNINGS)]),
        citations=tuple(citation for _, citation in pairs),
        nearest=(),
        notes=tuple(notes),
    )


def not_found(question: Question, founds: Sequence[Found], decision: Decision, documents: Sequence[Document]) -> Answer:
    """Say that the terms do not answer, why, what is nearest, and whom to ask."""
    nearest = tuple(cite(found, question.expanded) for found in founds)
    notes = [Note("reason", decision.reason)]
    advice = next((note for document in documents if (note := advice_of(document))), None)
    notes.append(advice or Note("advice", "请直接向服务方询问，并请对方书面答复。"))
    read = reading_notes(question)
    return Answer(
        question=question.asked,
        status="not_found",
        confidence=decision.confidence,
        text="\n".join([f"条款未约定：{decision.reason}", *(note.text for note in (notes[-1], *read))]),
        citations=(),
        nearest=nearest,
        notes=(*notes, *read),
    )


def joined(
    question: Question, parts: Sequence[str], answers: Sequence[Answer], documents: Sequence[Document], *, k: int
) -> Answer:
    """Put the answers to the parts of a double question together: of the citations each part's first come first.

    It is answered when any part is, as surely as the surest; a note for each part says where its answer stands.
    """
    answers = [answer if answer.status == "answered" else replace(answer, citations=()) for answer in answers]
    rounds = zip_longest(*(answer.citations for answer in answers))
    cited = {citation.clause_id: citation for row in rounds for citation in row if citation is not None}
    citations = tuple(cited.values())[:k]
    places = {
        citation.clause_id: place_name(document.clause(citation.clause_id))
        for citation in citations
        for document in documents
        if document.doc_id == citation.doc_id
    }
    told = [_part_note(part, answer, places) for part, answer in zip(parts, answers, strict=True)]
    found = [answer for answer in answers if answer.status == "answered"]
    others = [note for answer in (found or answers) for note in answer.notes]
    nearest = {citation.clause_id: citation for answer in answers for citation in answer.nearest}
    text = "\n".join(f"问：{part}？\n{_part_text(answer)}" for part, answer in zip(parts, answers, strict=True))
    read = reading_notes(question)
    closing = read if found else (*(note for note in answers[0].notes if note.kind == "advice"), *read)
    return Answer(
        question=question.asked,
        status="answered" if found else "not_found",
        confidence=max(answer.confidence for answer in answers),
        text="\n".join([text, *(note.text for note in closing)]),
        citations=citations,
        nearest=() if found else tuple(nearest.values())[:k],
        notes=tuple(dict.fromkeys([*told, *others, *read])),
    )


def reading_notes(question: Question) -> tuple[Note, ...]:
    """Tell as what words were read that were typed wrongly."""
    if not question.corrections:
        return ()
    read = "，".join(f"“{one.typed}”按“{one.meant}”理解" for one in question.corrections)
    return (Note("spelling", f"问题里的{read}。"),)


def _part_text(answer: Answer) -> str:
    """Give the words of an answer; of a refusal that the terms do not say and why, without whom to ask."""
    return answer.text if answer.status == "answered" else answer.text.split("\n", 1)[0]


def _part_note(part: str, answer: Answer, places: Mapping[str, str]) -> Note:
    ids = tuple(citation.clause_id for citation in answer.citations if citation.clause_id in places)
    if not ids:
        reason = next((note.text for note in answer.notes if note.kind == "reason"), "")
        return Note("part", f"“{part}”：条款未约定。{reason}")
    return Note("part", f"“{part}”：见{'、'.join(places[one] for one in ids)}。", ids)


def number_reason(numbers: Sequence[ClauseNumber]) -> str:
    """Say that a clause number does not exist."""
    named = "、".join(number.printed + (f"第{number.item}项" if number.item else "") for number in numbers)
    return f"条款中没有“{named}”这个编号。"


def advice_of(document: Document) -> Note | None:
    """Find the sentence in which the document itself tells whom to ask."""
    for clause in document.clauses:
        if clause.kind is ClauseKind.HEADING or not _INVITES_QUESTIONS.search(clause.text):
            continue
        stretch = best_stretch(clause, lambda sentence: float(bool(_INVITES_QUESTIONS.search(sentence))))
        if stretch is not None:
            sentences = re.split(r"(?<=[。；])", clause.text)
            told = next((part.strip() for part in sentences if _INVITES_QUESTIONS.search(part)), stretch.text)
            text = f"{place_name(clause)}写明：“{told}”"
            return Note("advice", text, (clause.clause_id,))
    return None


def _shown(found: Found, citation: Citation, *, with_title: bool) -> str:
    """Give one citation as a line: where it stands, the lead-in, the words with glosses, the items."""
    document, clause = found.document, found.clause
    path = " › ".join([*([document.title] if with_title else []), *clause.headings])
    where = place_name(clause) + (f"（{path}）" if path and not place_name(clause).startswith("“") else "")
    words = glossed(document, clause, citation.text)
    if clause.lead_in_id:
        lead_in = document.clause(clause.lead_in_id)
        words = f"{glossed(document, lead_in, lead_in.body.strip())}{words}"
    lines = [f"{where}：“{words}”"]
    if clause.text.rstrip().endswith(("：", ":")):
        led = [other for other in document.clauses if other.lead_in_id == clause.clause_id][:MAX_ITEMS]
        lines += [f"  {other.text.strip()}" for other in led]
    return "\n".join(lines)


def _lead_in_notes(found: Found) -> Sequence[Note]:
    lead_in_id = found.clause.lead_in_id
    if not lead_in_id:
        return ()
    lead_in = found.document.clause(lead_in_id)
    text = f"{place_name(found.clause)}承接{place_name(lead_in)}：“{lead_in.body.strip()}”"
    return (Note("lead_in", text, (lead_in_id, found.clause.clause_id)),)
