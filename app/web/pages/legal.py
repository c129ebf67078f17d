"""法务: how much of what must stand out does, clause by clause, in a table and in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import gradio as gr

from app.types import Category
from app.web.pages.frame import (
    EVENT,
    LEGAL,
    Show,
    choose_document,
    html,
    render_bar,
    render_closing,
    render_opening,
    render_refused,
    render_way_up,
    show_if_other,
)
from app.web.render.document import REVIEWER, render_document
from app.web.render.element import element
from app.web.render.report import Filter, render_coverage, render_findings
from app.web.words import CATEGORY_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from app.web.shelf import Shelf

MISSED_ONLY = "只看漏标"


def build(pages: gr.Blocks, shelf: Shelf) -> None:
    """Lay out the page inside the open `pages` and connect it."""
    first = shelf.first
    html(render_bar(LEGAL), elem_classes="bar-block")
    with gr.Row(elem_classes="room room--wide"):
        with gr.Column(elem_classes="room-side"):
            html(render_opening(LEGAL))
            chosen = choose_document(shelf)
            if shelf.refused:
                html(render_refused(shelf))
            figure = html(render_coverage(shelf.report(first)), elem_id="coverage")
            with gr.Column(elem_classes="filters"):
                categories = gr.CheckboxGroup(
                    [(name, str(category)) for category, name in CATEGORY_NAMES.items()],
                    label="类别（不选即全部）",
                    elem_id="categories",
                )
                missed = gr.Checkbox(label=MISSED_ONLY, elem_id="missed-only")
            download = html(render_download(first))
            rows = html(show_rows(shelf, first, (), missed_only=False), elem_id="findings")
            html(render_closing())
        with gr.Column(elem_classes="room-terms"):
            terms = html(render_document(shelf.documents[first], shelf.report(first), REVIEWER), elem_id="terms")
            html(render_way_up())
    filters = [chosen, categories, missed]
    gr.on([categories.change, missed.change], partial(_show_rows, shelf), filters, rows, **EVENT)
    outputs = [figure, download, rows, terms]
    chosen.input(partial(change_document, shelf), filters, outputs, **EVENT)

    def read_address(request: gr.Request) -> str:
        return shelf.known(request.query_params.get("doc"))

    opened = pages.load(read_address, None, chosen, **EVENT)
    show = Show(lambda doc_id: change_document(shelf, doc_id, (), missed=False), outputs)
    opened.then(partial(show_if_other, shelf, show), chosen, outputs, **EVENT)


def _show_rows(shelf: Shelf, doc_id: str, categories: Sequence[str], missed: bool) -> Markup:  # noqa: FBT001  (Gradio hands values over by position)
    return show_rows(shelf, doc_id, categories, missed_only=missed)


def show_rows(shelf: Shelf, doc_id: str, categories: Sequence[str], *, missed_only: bool) -> Markup:
    """Render the table for a choice of filters; a category that does not exist is passed over."""
    known = frozenset(Category(name) for name in categories if name in set(Category))
    name = shelf.known(doc_id)
    return render_findings(shelf.documents[name], shelf.report(name), Filter(known, missed_only=missed_only))


def change_document(
    shelf: Shelf,
    doc_id: str,
    categories: Sequence[str],
    missed: bool,  # noqa: FBT001  (Gradio hands values over by position)
) -> tuple[Markup, Markup, Markup, Markup]:
    """Show the review of another document, the filters kept."""
    name = shelf.known(doc_id)
    document, report = shelf.documents[name], shelf.report(name)
    rows = show_rows(shelf, name, categories, missed_only=missed)
    return render_coverage(report), render_download(name), rows, render_document(document, report, REVIEWER)


def render_download(doc_id: str) -> Markup:
    """Render the link to the report file."""
    address = f"./reports/{doc_id}.json"
    return element(
        "p", element("a", "下载核查报告（JSON）", href=address, download=f"{doc_id}-audit.json"), class_="download"
    )
