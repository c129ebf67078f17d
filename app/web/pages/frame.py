"""What every page shares: the bar with the three pages, the opening lines, the choice of a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator  # noqa: TC003  (Gradio reads the handlers' annotations)
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from app.web.language import say
from app.web.render.element import element, join
from app.web.render.switch import render_switch
from app.web.shelf import QUESTION_LIMIT, Shelf, tidy

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the bar."""

    path: str
    """Address under the root; empty for the first page."""
    name: str
    """What the bar says."""
    title: str
    """Heading of the page."""
    lead: str
    """One line under the heading."""


CUSTOMER = Place("", "客户", "接受条款之前，先问清楚", "回答只取自条款原文，标明条款号；条款没有写的，会直接告诉您。")
SUPPORT = Place("support", "客服", "查条款", "输入词语或条款号，复制原文和出处，直接贴进回复。")
LEGAL = Place("legal", "法务", "突出显示核查", "应当提示对方注意的条款，是否都已加粗或加下划线。")
PLACES = (CUSTOMER, SUPPORT, LEGAL)

EVENT: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": 4,
}
"""Every listener of the pages: no public endpoint, no overlay (the pages say themselves that they work)."""


def html(content: str = "", **settings: Any) -> gr.HTML:
    """Place finished HTML, without Gradio's own styles and without a listener unless one is given."""
    settings.setdefault("js_on_load", None)
    return gr.HTML(str(content), apply_default_css=False, **settings)


def render_bar(current: Place) -> Markup:
    """Render the bar at the top: the name and the three pages."""
    links = join(
        element("a", say(place.name), href=f"./{place.path}", aria_current="page" if place is current else None)
        for place in PLACES
    )
    return element(
        "header",
        element("a", say("跳到正文"), href="#main", class_="skip"),
        element(
            "a", element("span", say("明"), class_="mark", aria_hidden="true"), say("明条"), href="./", class_="brand"
        ),
        element("nav", links, aria_label=say("页面")),
        render_switch(f"./{current.path}"),
        class_="bar-top",
    )


def render_opening(place: Place) -> Markup:
    """Render the heading of a page."""
    down = element("a", say("直接看条款全文"), href="#terms", class_="way-down")  # seen where the terms stand below
    return element(
        "div",
        element("h1", say(place.title), id="main", tabindex=-1),
        element("p", say(place.lead)),
        down,
        class_="opening",
    )


def render_way_up() -> Markup:
    """Render the link back from the terms, shown where they stand below (narrow screens)."""
    return element("a", say("回到上面"), href="#main", class_="way-up")


def render_closing() -> Markup:
    """Say what the pages are not."""
    return element(
        "p", say("明条摘录条款原文，不替代法律意见。所有处理都在运行明条的机器上完成，不外传。"), class_="closing"
    )


@dataclass(frozen=True, slots=True)
class Asking:
    """The parts of a page that take words and show what is found."""

    chosen: gr.Dropdown
    """Which document."""
    box: gr.Textbox
    """The words."""
    target: list[Any]
    """Where the result is shown."""
    respond: Callable[[str, str], Iterator[Any]]
    """Words and document to the values of `target`, first that it is being looked up."""


@dataclass(frozen=True, slots=True)
class Show:
    """How a page shows another document."""

    render: Callable[[str], tuple[Any, ...]]
    """From the document's id to the values of `outputs`."""
    outputs: list[Any]
    """What changes with the document."""


def open_address(pages: gr.Blocks, shelf: Shelf, asking: Asking, show: Show) -> None:
    """When the page opens, read `?doc=…&q=…`, show the document and respond; the page's script does `clause=…`."""

    def read_address(request: gr.Request) -> tuple[str, str]:
        return shelf.known(request.query_params.get("doc")), tidy(request.query_params.get("q"))[:QUESTION_LIMIT]

    def respond_to_address(words: str, doc_id: str) -> Iterator[Any]:
        if words:
            yield from asking.respond(words, doc_id)
        else:
            yield [gr.skip() for _ in asking.target]

    opened = pages.load(read_address, None, [asking.chosen, asking.box], **EVENT)
    shown = opened.then(partial(show_if_other, shelf, show), asking.chosen, show.outputs, **EVENT)
    shown.then(respond_to_address, [asking.box, asking.chosen], asking.target, **EVENT)
    asking.chosen.input(show.render, asking.chosen, show.outputs, **EVENT)


def show_if_other(shelf: Shelf, show: Show, doc_id: str) -> tuple[Any, ...]:
    """Leave the page as it came when it came with this document."""
    return tuple(gr.skip() for _ in show.outputs) if doc_id == shelf.first else show.render(doc_id)


def render_refused(shelf: Shelf) -> Markup:
    """Tell which files were left out and why."""
    lines = join(element("li", line) for line in shelf.refused)
    title = element("p", say("有 {n} 份文件没能读取，其余不受影响：", n=len(shelf.refused)))
    return element("div", title, element("ul", lines), class_="notice notice--error")


def choose_document(shelf: Shelf) -> gr.Dropdown:
    """Offer the documents; hidden when there is only one."""
    choices = [(document.title, doc_id) for doc_id, document in shelf.documents.items()]
    return gr.Dropdown(
        choices,
        value=shelf.first,
        label=say("选择条款"),
        visible=len(choices) > 1,
        filterable=len(choices) > 8,
        elem_classes="choose-document",
    )


SEND_QUESTION = """
element.addEventListener('click', event => {
  const chip = event.target.closest('[data-ask]');
  if (chip) trigger('click', {question: chip.dataset.ask});
});
"""
"""Script of the example questions: a click hands its question to the server."""
