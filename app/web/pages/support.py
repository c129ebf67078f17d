"""客服: find a clause by words or number while the customer waits, and copy it with its citation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import gradio as gr

from app.web.pages.frame import (
    EVENT,
    SUPPORT,
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
from app.web.render.answer import render_notice, render_waiting
from app.web.render.document import render_document
from app.web.render.results import render_results
from app.web.shelf import LOGGER, QUESTION_LIMIT, Shelf, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

RESULTS = 10
"""Clauses that a search shows: what fits on two screens."""
HINT = "试试“违约金”“送达”“单方解除”，或条款号“13.5”。按 / 键回到搜索框。"
EMPTY = "请输入要查的词语或条款号，例如“违约金”或“13.5”。"
TOO_LONG = f"搜索词请控制在 {QUESTION_LIMIT} 个字以内。"
WORKING = "正在查找…"
FAILED = "这次没能完成查找，请稍后再试，或直接在旁边的条款中查看。"


def build(pages: gr.Blocks, shelf: Shelf) -> None:
    """Lay out the page inside the open `pages` and connect it."""
    first = shelf.first
    html(render_bar(SUPPORT), elem_classes="bar-block")
    with gr.Row(elem_classes="room"):
        with gr.Column(elem_classes="room-side"):
            html(render_opening(SUPPORT))
            chosen = choose_document(shelf)
            with gr.Row(elem_classes="ask"):
                query = gr.Textbox(
                    label="词语或条款号",
                    placeholder="违约金、送达、13.5 …",
                    max_length=QUESTION_LIMIT,
                    lines=1,
                    max_lines=1,
                    elem_id="query",
                    scale=1,
                )
                asked = gr.Button("查找", variant="primary", elem_id="search", scale=0)
            found = html(render_notice(HINT), elem_id="found")
            html(render_closing())
        with gr.Column(elem_classes="room-terms"):
            terms = html(render_document(shelf.documents[first], shelf.report(first)), elem_id="terms")
            html(render_way_up())
    gr.on([query.submit, asked.click], partial(search, shelf), [query, chosen], found, **EVENT)
    asking = Asking(chosen, query, [found], partial(search, shelf))
    open_address(pages, shelf, asking, Show(partial(change_document, shelf), [terms, found]))


def search(shelf: Shelf, query: str, doc_id: str) -> Iterator[str]:
    """Find clauses of a document."""
    words = tidy(query)
    if not words:
        yield render_notice(EMPTY)
        return
    if len(words) > QUESTION_LIMIT:
        yield render_notice(TOO_LONG)
        return
    yield render_waiting(WORKING)
    try:
        results = shelf.engine.search(words, doc_ids=(shelf.known(doc_id),), k=RESULTS)
        yield render_results(words, results, shelf.documents)
    except Exception:  # noqa: BLE001  (whatever fails, a person reads one clear line; the log has the rest)
        LOGGER.exception("searching failed")
        yield render_notice(FAILED, kind="error")


def change_document(shelf: Shelf, doc_id: str) -> tuple[Markup, Markup]:
    """Show another document; the old results go with the old document."""
    document, report = shelf.documents[shelf.known(doc_id)], shelf.report(shelf.known(doc_id))
    return render_document(document, report), render_notice(HINT)
