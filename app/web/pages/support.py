"""客服: find a clause by words or number while the customer waits, and copy it with its citation.

Results come as one types: the page's script asks `/pages/lookup`, and drops what was overtaken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from app.web.language import say
from app.web.pages.frame import SUPPORT, html, render_bar, render_closing, render_opening, render_way_up
from app.web.render.document import render_document
from app.web.render.element import element, join
from app.web.shelf import QUESTION_LIMIT
from app.web.words import CATEGORY_NAMES, PROMINENCE_NAMES
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.web.shelf import Shelf

HINT = "试试“违约金”“送达”“单方解除”，或条款号“13.5”。"
KEYS = (("/", "回到搜索框"), ("↑ ↓", "选择结果"), ("Enter", "复制选中的原文和出处"), ("Esc", "清空"))
"""Keys and what they do."""


def build(pages: gr.Blocks, shelf: Shelf) -> None:  # noqa: ARG001  (as every page)
    """Lay out the page inside the open `pages`."""
    first = shelf.first
    html(render_bar(SUPPORT), elem_classes="bar-block")
    with gr.Row(elem_classes="room"):
        with gr.Column(elem_classes="room-side"):
            html(render_opening(SUPPORT))
            html(render_form(shelf))
            html(render_start(), elem_id="found")
            html(render_batch())
            html(render_closing())
        with gr.Column(elem_classes="room-terms"):
            html(render_document(shelf.documents[first], shelf.report(first)), elem_id="terms")
            html(render_way_up())


def render_form(shelf: Shelf) -> Markup:
    """Render the box and the filters."""
    box = element(
        "input",
        id="query-words",
        type="search",
        placeholder=say("违约金、送达、13.5 …"),
        maxlength=QUESTION_LIMIT,
        autocomplete="off",
        spellcheck="false",
        class_="field field--large",
        aria_describedby="query-keys",
    )
    keys = join(join([element("kbd", key), f" {say(what)}　"]) for key, what in KEYS)
    return element(
        "search",
        element("label", say("词语或条款号"), for_="query-words"),
        box,
        element("p", keys, class_="keys", id="query-keys"),
        _filters(shelf),
        class_="lookup",
        id="query",
    )


def _filters(shelf: Shelf) -> Markup:
    sections = [
        element("option", clause.text, value=clause.text, data_of=doc_id)
        for doc_id, document in shelf.documents.items()
        for clause in document.clauses
        if clause.kind is ClauseKind.HEADING
    ]
    prints = [element("option", say(name), value=str(kind)) for kind, name in PROMINENCE_NAMES.items()]
    documents = [_check("doc", doc_id, document.title) for doc_id, document in shelf.documents.items()]
    categories = [_check("category", str(category), say(name)) for category, name in CATEGORY_NAMES.items()]
    body = join(
        [
            _checks(say("条款文件（不选即全部）"), documents) if len(documents) > 1 else "",
            _checks(say("类别（不选即全部）"), categories),
            _choice("section", say("章节"), sections),
            _choice("emphasis", say("原文版式"), prints),
        ]
    )
    count = element("span", "", class_="filter-count", data_filter_count=True)
    return element(
        "details",
        element("summary", say("筛选"), count),
        element("div", body, class_="filter-body"),
        class_="filter-fold",
    )


def _checks(name: str, boxes: list[Markup]) -> Markup:
    return element("fieldset", element("legend", name), element("div", join(boxes), class_="checks"))


def _check(field: str, value: str, name: str) -> Markup:
    return element("label", element("input", type="checkbox", name_=field, value=value), element("span", name))


def _choice(field: str, name: str, options: list[Markup]) -> Markup:
    every = element("option", say("全部"), value="")
    chooser = element("select", every, join(options), name_=field, id=f"filter-{field}", class_="field")
    return element("div", element("label", name, for_=f"filter-{field}"), chooser, class_="choice")


def render_start() -> Markup:
    """Render the places that the page's script fills: what was looked up last, a hint, the results."""
    return join(
        [
            element("div", "", class_="chips", data_history=True, hidden=True),
            element("p", say(HINT), class_="notice notice--hint", data_hint=True),
            element("p", "", class_="unseen", role="status", data_told=True),
            element("div", "", data_found=True),
        ]
    )


def render_batch() -> Markup:
    """Render the form for questions in bulk."""
    return element(
        "details",
        element("summary", say("批量查找：一次问很多个问题，得到一张 Excel 表")),
        element(
            "div",
            element("label", say("问题，每行一个"), for_="batch-words"),
            element(
                "textarea",
                "",
                id="batch-words",
                rows=6,
                class_="field",
                placeholder=say("违约金是多少？\n怎样算送达？"),
            ),
            element(
                "div",
                element("input", id="batch-file", type="file", accept=".txt,.csv,text/plain", class_="unseen"),
                element("label", say("或选择文本文件（每行一个）"), for_="batch-file", class_="plain pick-files"),
                element("span", "", class_="keys", data_batch_file=True),
                class_="pick",
            ),
            element(
                "p",
                element("button", say("生成 Excel"), type="button", class_="solid", data_batch=True),
                element("button", say("取消"), type="button", class_="plain", data_batch_cancel=True, hidden=True),
                class_="batch-actions",
            ),
            element("progress", "", aria_label=say("正在逐个查找"), data_batch_bar=True, hidden=True),
            element("p", "", role="status", data_batch_said=True),
            class_="batch-body",
        ),
        class_="batch",
    )
