"""A reading receipt as a page to print: what was read, when, and the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.types import Category, Prominence
from app.web.language import say
from app.web.render.element import element, join
from app.web.render.shell import render_page
from app.web.render.switch import render_switch
from app.web.words import PROMINENCE_NAMES, category_names, place_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from corpus.types import Document


def render_receipt_page(receipt: Mapping[str, Any], document: Document | None) -> str:
    """Render the page; `document` gives the clauses their words, None when it is open no more."""
    read = document if document is not None and document.sha256 == receipt["document"]["sha256"] else None
    body = join(
        [
            element("h1", say("阅读凭证")),
            _facts(receipt),
            element("h2", say("显示过的必读条款（{n} 条）", n=len(receipt["clauses"]))),
            _clauses(receipt, read),
            _questions(receipt, read),
            _signature(receipt),
        ]
    )
    return render_page(
        say("阅读凭证"),
        body,
        root="../",
        class_="receipt",
        scripts=("receipt.js",),
        here=render_switch(receipt["receipt_id"]),
    )


def _facts(receipt: Mapping[str, Any]) -> Markup:
    document = receipt["document"]
    rows = [
        (say("条款文件"), f"《{document['title']}》"),
        (say("版本（SHA-256）"), document["sha256"]),
        (say("开始阅读"), _time(receipt["opened_at"])),
        (say("签发"), _time(receipt["issued_at"])),
        (say("凭证编号"), receipt["receipt_id"]),
    ]
    if receipt["name"]:
        rows.append((say("签收人"), receipt["name"]))
    facts = join(join([element("dt", name), element("dd", value)]) for name, value in rows)
    return element("dl", facts, class_="receipt-facts")


def _clauses(receipt: Mapping[str, Any], document: Document | None) -> Markup:
    heads = join(
        element("th", name, scope="col")
        for name in (say("条款"), say("类别与原文版式"), say("显示时间"), say("显示时长"))
    )
    rows = join(_row(row, document) for row in receipt["clauses"])
    table = element("table", element("thead", element("tr", heads)), element("tbody", rows))
    return element("div", table, class_="receipt-table", role="region", aria_label=say("显示过的必读条款"), tabindex=0)


def _row(row: Mapping[str, Any], document: Document | None) -> Markup:
    clause = document.clause(row["clause_id"]) if document is not None else None
    place = place_name(clause) if clause is not None else row["label"] or row["clause_id"]
    words = element("span", clause.body, class_="receipt-words", lang="zh-CN") if clause is not None else ""
    categories = say("、").join(category_names(tuple(Category(name) for name in row["categories"])))
    return element(
        "tr",
        element("th", place, words, scope="row"),
        element("td", categories, element("br"), say(PROMINENCE_NAMES[Prominence(row["emphasis"])])),
        element("td", _time(row["shown_at"])),
        element("td", say("{seconds:.1f} 秒", seconds=row["seconds"])),
    )


def _questions(receipt: Mapping[str, Any], document: Document | None) -> Markup:
    if not receipt["questions"]:
        return join([element("h2", say("提过的问题")), element("p", say("没有提问。"))])
    rows = join(
        element(
            "li",
            element("span", row["question"], lang="zh-CN"),
            " (",
            _time(row["asked_at"]),
            say("；"),
            _quoted(row["clause_ids"], document),
            ")",
        )
        for row in receipt["questions"]
    )
    return join([element("h2", say("提过的问题")), element("ol", rows, class_="receipt-questions")])


def _quoted(clause_ids: list[str], document: Document | None) -> str:
    if not clause_ids:
        return say("条款未约定")
    names = [place_name(document.clause(name)) if document is not None else name for name in clause_ids]
    return say("引用 {places}", places=say("、").join(names))


def _signature(receipt: Mapping[str, Any]) -> Markup:
    address = f"{receipt['receipt_id']}.json"
    return element(
        "section",
        element("h2", say("签名")),
        element(
            "p", say("密钥 {key_id}", key_id=receipt["key_id"]), element("br"), element("code", receipt["signature"])
        ),
        element(
            "p",
            say("显示情况由阅读者的浏览器记录，时间以服务器为准。签名覆盖以上全部内容，改动任何一处都会不符；"),
            say("核对："),
            element("code", f"clauselight receipt verify clauselight-receipt-{address}"),
        ),
        element(
            "p",
            element("a", say("下载凭证（JSON）"), href=address, class_="solid", download=True),
            element("button", say("打印"), type="button", class_="plain", data_print=True),
            class_="receipt-actions",
        ),
        class_="receipt-signature",
    )


def _time(written: str) -> Markup:
    """Write a moment (UTC) as it stands in the file; the page's script adds the reader's own time."""
    return element("time", written.replace("T", " ").replace("Z", " UTC"), datetime=written)
