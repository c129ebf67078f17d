"""客户: ask before accepting, see what must be read, with the terms beside it."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003  (Gradio reads the handlers' annotations)
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import gradio as gr
from markupsafe import Markup

from app.web.conversation import Turn, follow
from app.web.language import CHINESE, bound, bound_steps, say
from app.web.pages.frame import (
    CUSTOMER,
    EVENT,
    SEND_QUESTION,
    Asking,
    Show,
    choose_document,
    html,
    open_address,
    render_bar,
    render_closing,
    render_opening,
    render_way_up,
)
from app.web.render.answer import Leaning, render_answer, render_notice, render_waiting
from app.web.render.contacts import render_contacts
from app.web.render.document import render_document
from app.web.render.element import element, join
from app.web.render.must_read import render_must_read
from app.web.shelf import LOGGER, QUESTION_LIMIT, Shelf, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT = 8
"""Answers kept on the page."""
EMPTY = "请先写下您的问题，例如“费用谁付？”。"
TOO_LONG = "问题请控制在 {limit} 个字以内。"
WORKING = "正在查找条款…"
FAILED = "这次没能查到答案，是我们的故障，不是您的问题有误。请稍后再问，或直接阅读旁边的条款。"


def build(pages: gr.Blocks, shelf: Shelf) -> None:
    """Lay out the page inside the open `pages` and connect it."""
    first = shelf.first
    html(render_bar(CUSTOMER), elem_classes="bar-block")
    with gr.Row(elem_classes="room"):
        with gr.Column(elem_classes="room-side"):
            html(render_opening(CUSTOMER))
            chosen = choose_document(shelf)
            with gr.Row(elem_classes="ask"):
                question = gr.Textbox(
                    label=say("您的问题"),
                    placeholder=say("例如：没收到法律文书也算送达吗？"),
                    max_length=QUESTION_LIMIT,
                    lines=1,
                    max_lines=1,
                    elem_id="question",
                    scale=1,
                )
                asked = gr.Button(say("提问"), variant="primary", elem_id="ask", scale=0)
            chips = html(render_chips(shelf, first), js_on_load=SEND_QUESTION)
            answers = html(elem_id="answers", js_on_load=SEND_QUESTION)
            required = html(render_required(shelf, first), elem_id="required")
            html(render_closing())
        with gr.Column(elem_classes="room-terms"):
            terms = html(render_document(shelf.documents[first], shelf.report(first)), elem_id="terms")
            html(render_way_up())
    talk = gr.State(Talk())
    shown = [answers, talk]
    go_on = bound_steps(partial(converse, shelf))
    gr.on([question.submit, asked.click], go_on, [question, chosen, talk], shown, **EVENT)

    def take_example(doc_id: str, said: Talk, event: gr.EventData) -> Iterator[tuple[str, str, Talk]]:
        words = example_of(event)
        for answered, after in go_on(words, doc_id, said):
            yield words, answered, after

    for clicked in (chips.click, answers.click):
        clicked(take_example, [chosen, talk], [question, *shown], **EVENT)
    asking = Asking(chosen, question, shown, bound_steps(partial(answer_first, shelf)))
    open_address(pages, shelf, asking, Show(bound(partial(change_document, shelf)), [chips, required, terms, *shown]))


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said on this page so far; kept on the server while the page is open."""

    topic: str = ""
    """The question that a follow-up leans on."""
    answers: tuple[str, ...] = ()
    """Earlier answers as HTML, latest first."""


def answer_first(shelf: Shelf, question: str, doc_id: str) -> Iterator[tuple[str, Talk]]:
    """Answer the question of an address."""
    yield from converse(shelf, question, doc_id, Talk())


def converse(shelf: Shelf, question: str, doc_id: str, talk: Talk) -> Iterator[tuple[str, Talk]]:
    """Answer a question after others; the latest answer stands first, those before are folded beneath."""
    turn = follow(tidy(question), talk.topic)
    for step, final in answer(shelf, turn, doc_id):
        after = Talk(turn.topic, (step, *talk.answers)[:KEPT]) if final else talk
        yield join([step, render_earlier(talk.answers)]), after


def answer(shelf: Shelf, turn: Turn, doc_id: str) -> Iterator[tuple[str, bool]]:
    """Answer one question; gives what is shown and whether it is an answer. First that it is being looked up."""
    if not turn.asked:
        yield render_notice(say(EMPTY)), False
        return
    if len(turn.asked) > QUESTION_LIMIT:
        yield render_notice(say(TOO_LONG, limit=QUESTION_LIMIT)), False
        return
    yield render_waiting(say(WORKING)), False
    try:
        found = shelf.engine.ask(turn.words, doc_ids=(shelf.known(doc_id),))
        # the quotes first, then what a language model adds, where one is configured
        for step in shelf.engine.explanations(found):
            shown = replace(step, question=turn.asked)  # as typed, not as cleaned for the index
            yield render_answer(shown, shelf.documents, leaning=_leaning(turn)), True
    except Exception:  # noqa: BLE001  (whatever fails, a person reads one clear line; the log has the rest)
        LOGGER.exception("asking failed")
        yield render_notice(say(FAILED), kind="error"), False


def _leaning(turn: Turn) -> Leaning | None:
    """Tell how a follow-up was understood, with the way to ask it alone."""
    return Leaning(turn.topic, turn.words, turn.words.rpartition("，")[2]) if turn.leans else None


def render_earlier(answers: Sequence[str]) -> Markup:
    """Fold the answers before this one."""
    if not answers:
        return Markup("")
    folded = join(Markup(each) for each in answers)  # noqa: S704  (HTML that these handlers have rendered)
    title = say("之前的 {n} 个问题", n=len(answers))
    return element("details", element("summary", title), folded, class_="earlier")


def example_of(event: gr.EventData) -> str:
    """Read which example question was clicked: `SEND_QUESTION` hands it over as `{"question": …}`."""
    sent = event._data  # noqa: SLF001  (the documented way to read a custom event)
    return tidy(str(sent.get("question", "")))[:QUESTION_LIMIT] if isinstance(sent, dict) else ""


def change_document(shelf: Shelf, doc_id: str) -> tuple[Markup, Markup, Markup, str, Talk]:
    """Show another document; the conversation about the old one goes with it."""
    name = shelf.known(doc_id)
    terms = render_document(shelf.documents[name], shelf.report(name))
    return render_chips(shelf, name), render_required(shelf, name), terms, "", Talk()


def render_required(shelf: Shelf, doc_id: str) -> Markup:
    """Render what must be read, and whom the terms say to ask."""
    document = shelf.documents[doc_id]
    return join([render_must_read(document, shelf.report(doc_id)), render_contacts(document)])


def render_chips(shelf: Shelf, doc_id: str) -> Markup:
    """Offer questions drawn from the document."""
    questions = shelf.suggestions(doc_id)
    if not questions:
        return Markup("")
    chips = join(
        element("button", words, type="button", class_="chip", lang=CHINESE, data_ask=words) for words in questions
    )
    return element("div", element("span", say("可以这样问"), class_="chips-name"), chips, class_="chips")
