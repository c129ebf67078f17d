"""法务: how much of what must stand out does, clause by clause, in a table and in place; drafting, versions, matrix.

The page's script fills the parts from `/pages/…`, so that uploads show their progress and can be cancelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from app.review.overemphasis import DROWNED, OverEmphasis, over_emphasis
from app.types import Category
from app.web.language import say
from app.web.pages.frame import (
    LEGAL,
    html,
    render_bar,
    render_closing,
    render_opening,
    render_refused,
    render_way_up,
)
from app.web.render.decision import render_decisions_intake, render_outdated
from app.web.render.document import REVIEWER, render_document
from app.web.render.element import element, join
from app.web.render.report import Filter, render_chart, render_coverage, render_findings
from app.web.words import CATEGORY_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from app.web.shelf import Shelf

ENDINGS = ".md,.markdown,.txt,.html,.htm,.docx,.pdf"
TABS = (("findings", "核查表"), ("lint", "起草检查"), ("changes", "版本对比"), ("matrix", "条款矩阵"))
"""Parts of the page and their names."""


def build(pages: gr.Blocks, shelf: Shelf) -> None:  # noqa: ARG001  (as every page)
    """Lay out the page inside the open `pages`."""
    html(render_bar(LEGAL), elem_classes="bar-block")
    with gr.Row(elem_classes="room room--wide"):
        with gr.Column(elem_classes="room-side"):
            html(render_opening(LEGAL))
            if shelf.refused:
                html(render_refused(shelf))
            html(render_intake(shelf))
            html(render_work(shelf, shelf.first))
            html(render_closing())
        with gr.Column(elem_classes="room-terms"):
            html(render_terms(shelf, shelf.first), elem_id="terms")
            html(render_way_up())


def render_intake(shelf: Shelf) -> Markup:
    """Render the choice of a document and the place for files."""
    options = join(element("option", document.title, value=name) for name, document in shelf.documents.items())
    return element(
        "section",
        element(
            "div", _labelled(say("选择条款"), "review-doc", element("select", options, id="review-doc", class_="field"))
        ),
        element(
            "div",
            element("input", id="review-files", type="file", multiple=True, accept=ENDINGS, class_="unseen"),
            element("label", say("上传条款文件"), for_="review-files", class_="plain pick-files"),
            element("span", say("可以多选，也可以拖到这里"), class_="keys"),
            element("p", say("Markdown、Word、PDF、网页或文本；只在这台机器的内存里处理，不进语料库。"), class_="keys"),
            class_="drop",
            data_drop=True,
        ),
        element("ul", "", class_="uploads", data_uploads=True, aria_live="polite"),
        class_="intake",
        aria_label=say("选择或上传条款"),
    )


def _labelled(words: str, name: str, part: Markup) -> Markup:
    return join([element("label", words, for_=name), part])


def render_work(shelf: Shelf, doc_id: str) -> Markup:
    """Render the review and the parts beside it."""
    tabs = join(
        element(
            "button",
            say(words),
            type="button",
            role="tab",
            id=f"tab-{name}",
            aria_controls=f"panel-{name}",
            aria_selected="true" if name == "findings" else "false",
            tabindex=0 if name == "findings" else -1,
            data_tab=name,
        )
        for name, words in TABS
    )
    findings = join(
        [_filters(), element("div", show_rows(shelf, doc_id, (), missed_only=False), id="findings", aria_live="polite")]
    )
    return join(
        [
            element("div", render_review(shelf, doc_id), id="review", aria_live="polite"),
            element("div", tabs, role="tablist", aria_label=say("核查内容"), class_="tabs"),
            _panel("findings", findings),
            _panel("lint", element("div", "", data_lint=True)),
            _panel("changes", _compare(shelf)),
            _panel("matrix", _matrix()),
        ]
    )


def _panel(name: str, body: Markup) -> Markup:
    return element(
        "div",
        body,
        role="tabpanel",
        id=f"panel-{name}",
        aria_labelledby=f"tab-{name}",
        tabindex=0,
        hidden=name != "findings",
        class_="panel",
    )


def _filters() -> Markup:
    boxes = join(
        element(
            "label",
            element("input", type="checkbox", name_="category", value=str(category)),
            element("span", say(name)),
        )
        for category, name in CATEGORY_NAMES.items()
    )
    missed = element(
        "label", element("input", type="checkbox", name_="missed", value="true"), element("span", say("只看漏标"))
    )
    return element(
        "fieldset",
        element("legend", say("类别（不选即全部）")),
        element("div", boxes, class_="checks"),
        element("div", missed, class_="checks"),
        class_="review-filters",
        data_review_filters=True,
    )


def _check(field: str, value: str, words: str) -> Markup:
    return element("label", element("input", type="checkbox", name_=field, value=value), element("span", words))


def _select(name: str, options: Markup) -> Markup:
    return element("select", options, id=name, class_="field")


def _compare(shelf: Shelf) -> Markup:
    options = join(element("option", document.title, value=name) for name, document in shelf.documents.items())
    old = _labelled(say("旧版本"), "diff-old", _select("diff-old", options))
    new = _labelled(say("新版本"), "diff-new", _select("diff-new", options))
    files = ((say("网页"), "changes.html"), ("Markdown", "changes.md"))
    links = [element("a", name, data_changes_file=file) for name, file in files]
    notices = ((say("网页"), "notice.html"), ("Markdown", "notice.md"))
    told = [element("a", name, data_changes_file=file) for name, file in notices]
    return element(
        "div",
        element("p", say("先在上面上传要比较的文件，再选两个版本。"), class_="keys"),
        element("div", element("div", old), element("div", new), class_="pair"),
        element(
            "p",
            element("button", say("比较"), type="button", class_="solid", data_compare=True),
            class_="batch-actions",
        ),
        element("div", "", data_changes=True),
        element(
            "div",
            element("p", say("下载对照："), join(links, "　"), class_="download"),
            element("p", say("给客户的“这次改了什么”："), join(told, "　"), class_="download"),
            data_changes_files=True,
            hidden=True,
        ),
    )


def _matrix() -> Markup:
    return element(
        "div",
        element("p", say("语料库里所有文件中相同的条款，各自怎样突出。"), class_="keys"),
        element("div", "", data_matrix=True),
        element(
            "p", element("a", say("下载矩阵（Excel）"), href="./reports/matrix.xlsx", download=True), class_="download"
        ),
    )


def render_review(shelf: Shelf, doc_id: str) -> Markup:
    """Render the figure, the chart and the files of one document."""
    report = shelf.decided(doc_id).report
    return element(
        "div",
        render_coverage(report),
        element("p", _say_over_emphasis(over_emphasis(report, shelf.find(doc_id))), class_="keys"),
        render_chart(report),
        render_download(shelf, doc_id),
        class_="review",
        data_review=doc_id,
    )


def _say_over_emphasis(found: OverEmphasis) -> str:
    said = say(
        "强调文字占全文 {text:.0%}；不必突出的条款有 {ordinary:.0%} 也被整条强调。",
        text=found.text,
        ordinary=found.ordinary,
    )
    return said + say("真正须提示的条款因此不再突出，请减少一般条款的强调。") if found.ordinary >= DROWNED else said


def render_terms(shelf: Shelf, doc_id: str) -> Markup:
    """Render the terms as a reviewer reads them."""
    return render_document(shelf.find(doc_id), shelf.decided(doc_id).report, REVIEWER)


def show_rows(shelf: Shelf, doc_id: str, categories: Sequence[str], *, missed_only: bool) -> Markup:
    """Render the table for a choice of filters; a category that does not exist is passed over."""
    known = frozenset(Category(name) for name in categories if name in set(Category))
    decided, document = shelf.decided(doc_id), shelf.find(doc_id)
    outdated = render_outdated(decided, document)
    return join([outdated, render_findings(document, decided, Filter(known, missed_only=missed_only))])


def render_download(shelf: Shelf, doc_id: str) -> Markup:
    """Render the links to the report files, and to the fixed terms where they can be written."""
    names = (("Word", "-audit.docx"), ("Excel", "-audit.xlsx"), (say("网页"), "-audit.html"), ("Markdown", "-audit.md"))
    links = [element("a", name, href=f"./reports/{doc_id}{tail}", download=True) for name, tail in names]
    links.append(element("a", "JSON", href=f"./reports/{doc_id}.json", download=f"{doc_id}-audit.json"))
    report = shelf.decided(doc_id).report
    missed = report.must - report.emphasised
    kept = element(
        "a", say("下载决定（放在条款文件旁）"), href=f"./reports/{doc_id}.review.toml", download=f"{doc_id}.review.toml"
    )
    parts = [
        element("p", say("下载核查报告："), join(links, "　"), class_="download"),
        element("p", say("法务决定："), kept, "　", render_decisions_intake(), class_="download"),
    ]
    if missed:
        kinds = [("Word", ".docx"), *([("Markdown", ".md")] if shelf.fixed(doc_id) is not None else [])]
        files = [
            element(
                "a",
                name,
                href=f"./reports/{doc_id}-fixed{ending}",
                download=True,
                aria_label=say("加粗后的条款（{name}）", name=name),
            )
            for name, ending in kinds
        ]
        told = say("　漏标的条款已加粗，其余一字不改；重新上传可以核对")
        parts.append(
            element("p", say("下载加粗后的条款："), join(files, "　"), told, class_="download", data_fixed=True)
        )
    return join(parts)
