"""An answer: the question, what the terms say with the words that say it, or that they do not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from app.qa.model.explain import TITLE
from app.web.language import CHINESE, say
from app.web.render.anchor import clause_link
from app.web.render.element import element, join
from app.web.render.quote import render_quote
from app.web.words import place_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.types import Answer, Citation, Note
    from corpus.types import Document

NOTE_TITLES = {
    "party": "用词前后不一致",
    "gloss": "称谓",
    "lead_in": "接续条款",
    "number": "条款号",
    "reason": "依据",
    "advice": "可以怎么做",
    "spelling": "按读音理解",
    "part": "分开来看",
    "premise": "与条款不一致",
    "model": "关于说明",
}
"""What each kind of note is called on the page; a kind that is not here is a plain 提示."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a follow-up question was understood."""

    topic: str
    """The question before it."""
    words: str
    """What was looked up."""
    alone: str
    """The question without what it leans on."""


def render_answer(answer: Answer, documents: Mapping[str, Document], *, leaning: Leaning | None = None) -> Markup:
    """Render an answer; the first clause it shows is named in `data-first`, for the page to scroll to."""
    found = answer.status == "answered"
    shown = answer.citations if found else answer.nearest
    body = _answered(answer, documents) if found else _not_found(answer, documents)
    return element(
        "section",
        element("h2", answer.question, class_="answer-question"),
        _leaning(leaning) if leaning is not None else "",
        body,
        class_=f"answer answer--{'found' if found else 'none'}",
        data_first=shown[0].clause_id if shown and found else None,
        data_question=answer.question,
    )


def _leaning(leaning: Leaning) -> Markup:
    alone = element(
        "button", say("单独问“{alone}”", alone=leaning.alone), type="button", class_="plain", data_ask=leaning.alone
    )
    return element(
        "p", say("接着“{topic}”，按“{words}”查找。", topic=leaning.topic, words=leaning.words), alone, class_="leaning"
    )


def _answered(answer: Answer, documents: Mapping[str, Document]) -> Markup:
    best, *others = answer.citations
    several = len({citation.doc_id for citation in answer.citations}) > 1
    parts = [
        element(
            "p",
            say("条款这样写"),
            element("span", _confidence(answer.confidence), class_="confidence"),
            class_="verdict",
        ),
        join(element("p", note.text, class_="point", lang=CHINESE) for note in answer.notes if note.kind == "point"),
        _quote(best, documents, several=several, class_="quote quote--best"),
        _notes(answer.notes, documents),
    ]
    if others:
        quotes = join(_quote(citation, documents, several=several) for citation in others)
        parts.append(element("div", element("h3", say("同时相关的条款")), quotes, class_="also"))
    parts.append(_explanation(answer.notes, documents))
    return join(parts)


def _explanation(notes: tuple[Note, ...], documents: Mapping[str, Document]) -> Markup:
    """Render what a language model said, below every quote, each sentence with the way to its clause."""
    said = [note for note in notes if note.kind == "explanation"]
    if not said:
        return Markup("")
    lines = [
        element("p", note.text, join(_place(clause_id, documents) for clause_id in note.clause_ids)) for note in said
    ]
    return element("div", element("h3", say(TITLE)), join(lines), class_="also explanation")


def _not_found(answer: Answer, documents: Mapping[str, Document]) -> Markup:
    parts = [
        element("p", say("条款未约定"), class_="verdict verdict--none"),
        ""
        if any(note.kind == "reason" for note in answer.notes)
        else element("p", answer.text, class_="answer-text", lang=CHINESE),
        _notes(answer.notes, documents),
    ]
    if answer.nearest:
        several = len({citation.doc_id for citation in answer.nearest}) > 1
        quotes = join(_quote(citation, documents, several=several) for citation in answer.nearest)
        parts.append(element("div", element("h3", say("内容最接近的条款，供您核对")), quotes, class_="also"))
    return join(parts)


def _quote(citation: Citation, documents: Mapping[str, Document], *, several: bool, class_: str = "quote") -> Markup:
    return render_quote(citation, documents[citation.doc_id], several=several, class_=class_)


def _confidence(value: float) -> str:
    return say("把握 {percent}%", percent=round(value * 100))


def _notes(notes: tuple[Note, ...], documents: Mapping[str, Document]) -> Markup:
    # A quote shows its lead-in itself, and points stand above the quotes.
    told = [note for note in notes if note.kind not in {"lead_in", "point", "explanation"}]
    if not told:
        return Markup("")
    return element("div", join(_note(note, documents) for note in told), class_="notes")


def _note(note: Note, documents: Mapping[str, Document]) -> Markup:
    links = join(_place(clause_id, documents) for clause_id in note.clause_ids)
    return element(
        "div",
        element("h3", say(NOTE_TITLES.get(note.kind, "提示"))),
        element("p", note.text, lang=CHINESE),
        element("p", links, class_="note-places") if note.clause_ids else "",
        class_=f"note note--{note.kind if note.kind in NOTE_TITLES else 'other'}",
    )


def _place(clause_id: str, documents: Mapping[str, Document]) -> Markup:
    document = documents[clause_id.split("#", 1)[0]]
    return clause_link(clause_id, place_name(document.clause(clause_id)))


def render_notice(words: str, *, kind: str = "hint") -> Markup:
    """Render one friendly line: `hint` for what to do, `error` for what went wrong."""
    return element("p", words, class_=f"notice notice--{kind}", role="alert" if kind == "error" else None)


def render_waiting(words: str) -> Markup:
    """Render the state while something is being computed."""
    return element("p", element("span", "", class_="dots", aria_hidden="true"), words, class_="notice notice--waiting")
