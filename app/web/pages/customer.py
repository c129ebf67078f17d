"""客户: ask before accepting, see what must be read, with the terms beside it."""

from __future__ import annotations

from collections.abc import Iterator  # noqa: TC003  (Gradio reads the handlers' annotations)
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import gradio as gr

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
from app.web.render.answer import render_answer, render_notice, render_waiting
from app.web.render.document import render_document
from app.web.render.element import element, join
from app.web.render.must_read import render_must_read
from app.web.shelf import LOGGER, QUESTION_LIMIT, Shelf, tidy

if TYPE_CHECKING:
    from markupsafe import Markup

EXAMPLES = ("费用谁付？", "会涨价吗？", "欠费会怎样？", "有纠纷去哪起诉？", "能退款吗？")
"""Questions that any terms of service raise; the last one is often not answered by them."""
EMPTY = "请先写下您的问题，例如“费用谁付？”。"
TOO_LONG = f"问题请控制在 {QUESTION_LIMIT} 个字以内。"
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
                    label="您的问题",
                    placeholder="例如：没收到法律文书也算送达吗？",
                    max_length=QUESTION_LIMIT,
                    lines=1,
                    max_lines=1,
                    elem_id="question",
                    scale=1,
                )
                asked = gr.Button("提问", variant="primary", elem_id="ask", scale=0)
            chips = html(_chips(), js_on_load=SEND_QUESTION)
            answers = html(elem_id="answers")
            required = html(render_must_read(shelf.documents[first], shelf.report(first)), elem_id="required")
            html(render_closing())
        with gr.Column(elem_classes="room-terms"):
            terms = html(render_document(shelf.documents[first], shelf.report(first)), elem_id="terms")
            html(render_way_up())
    gr.on([question.submit, asked.click], partial(answer, shelf), [question, chosen], answers, **EVENT)

    def take_example(doc_id: str, event: gr.EventData) -> Iterator[tuple[str, str]]:
        words = example_of(event)
        for shown in answer(shelf, words, doc_id):
            yield words, shown

    chips.click(take_example, chosen, [question, answers], **EVENT)
    asking = Asking(chosen, question, answers, partial(answer, shelf))
    open_address(pages, shelf, asking, Show(partial(change_document, shelf), [required, terms, answers]))


def answer(shelf: Shelf, question: str, doc_id: str) -> Iterator[str]:
    """Answer a question about a document; the first thing shown is that it is being looked up."""
    words = tidy(question)
    if not words:
        yield render_notice(EMPTY)
        return
    if len(words) > QUESTION_LIMIT:
        yield render_notice(TOO_LONG)
        return
    yield render_waiting(WORKING)
    try:
        found = shelf.engine.ask(words, doc_ids=(shelf.known(doc_id),))
        yield render_answer(replace(found, question=words), shelf.documents)  # as typed, not as cleaned for the index
    except Exception:  # noqa: BLE001  (whatever fails, a person reads one clear line; the log has the rest)
        LOGGER.exception("asking failed")
        yield render_notice(FAILED, kind="error")


def example_of(event: gr.EventData) -> str:
    """Read which example question was clicked: `SEND_QUESTION` hands it over as `{"question": …}`."""
    sent = event._data  # noqa: SLF001  (the documented way to read a custom event)
    return tidy(str(sent.get("question", "")))[:QUESTION_LIMIT] if isinstance(sent, dict) else ""


def change_document(shelf: Shelf, doc_id: str) -> tuple[Markup, Markup, str]:
    """Show another document; the old answer goes with the old document."""
    document, report = shelf.documents[shelf.known(doc_id)], shelf.report(shelf.known(doc_id))
    return render_must_read(document, report), render_document(document, report), ""


def _chips() -> Markup:
    chips = join(element("button", words, type="button", class_="chip", data_ask=words) for words in EXAMPLES)
    return element("div", element("span", "大家常问", class_="chips-name"), chips, class_="chips")
