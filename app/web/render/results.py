"""Results of a look-up: rank, place, words with what matched marked, the way to copy and to read around."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from app.web.language import say
from app.web.render.anchor import clause_link, short_name
from app.web.render.badges import citation_badges
from app.web.render.element import element, join
from app.web.render.quote import PATH_SEPARATOR, citation_lines, quoted_words
from app.web.render.text import render_body, turned_names
from app.web.words import place_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from app.types import SearchResult
    from app.web.lookup import Around
    from corpus.types import Clause, Document


def render_results(
    query: str, results: Sequence[SearchResult], documents: Mapping[str, Document], matched: Sequence[str] = ()
) -> Markup:
    """Render ranked results; the count is said in words for those who cannot see the list."""
    if not results:
        return element(
            "p",
            say("没有找到与“{query}”有关的条款。换一个词，放宽筛选，或直接输入条款号，如 13.5。", query=query),
            class_="notice found-none",
            data_query=query,
        )
    several = len(documents) > 1
    rows = join(_row(query, result, documents[result.citation.doc_id], matched, several) for result in results)
    return element(
        "section",
        element("p", say("“{query}”：{n} 条结果，按相关程度排列", query=query, n=len(results)), class_="results-count"),
        element("ol", rows, class_="results"),
        class_="found",
        data_query=query,
        data_first=results[0].citation.clause_id,
    )


def _row(query: str, result: SearchResult, document: Document, matched: Sequence[str], several: bool) -> Markup:  # noqa: FBT001  (one of five of a kind)
    citation = result.citation
    clause = document.clause(citation.clause_id)
    place = place_name(clause)
    path = PATH_SEPARATOR.join([*([document.title] if several else []), *citation.headings])
    head = element(
        "div",
        element(
            "span",
            str(result.hit.rank),
            class_="rank",
            role="img",
            aria_label=say("第 {rank} 名", rank=result.hit.rank),
        ),
        clause_link(citation.clause_id, place, class_="to-clause quote-number"),
        element("span", path, class_="quote-path", lang="zh-CN") if path else "",
        element("span", citation_badges(citation), class_="quote-badges"),
        class_="quote-head",
    )
    address = "?" + urlencode({"doc": document.doc_id, "clause": short_name(citation.clause_id), "q": query})
    foot = element(
        "div",
        copy_button(citation_lines(citation, document), say("复制{place}的原文和出处", place=place), address),
        clause_link(citation.clause_id, say("在条款中查看"), label=say("在条款中查看{place}", place=place)),
        class_="quote-foot",
    )
    about = element(
        "details",
        element("summary", say("前后文和有关条款")),
        element("div", "", class_="around", data_around_place=True),
        class_="around-fold",
        data_around=citation.clause_id,
    )
    words = element("blockquote", quoted_words(citation, document, matched), class_="quote-words")
    return element("li", head, words, foot, about, class_="result", data_cited=citation.clause_id, tabindex=-1)


def copy_button(words: str, label: str, address: str = "") -> Markup:
    """Render a button that copies words, and the address as a whole link; the page's script says 已复制 on it."""
    return element(
        "button",
        say("复制原文和出处"),
        type="button",
        class_="copy",
        data_copy=words,
        data_copy_address=address or None,
        aria_label=label,
    )


def render_around(document: Document, found: Around) -> Markup:
    """Render what a clause is read with."""
    parts = [
        _group(say("前一条"), [found.before] if found.before else [], document),
        _group(say("后一条"), [found.after] if found.after else [], document),
        _group(say("用到的定义"), [document.clause(one.clause_id) for one in found.definitions], document),
        _group(say("本条提到的条款"), [document.clause(name) for name in found.referred], document),
        _group(say("提到本条的条款"), [document.clause(name) for name in found.referring], document),
    ]
    return join(parts)


def _group(name: str, clauses: Sequence[Clause], document: Document) -> Markup | str:
    if not clauses:
        return ""
    rows = join(
        element(
            "li",
            clause_link(clause.clause_id, place_name(clause), class_="to-clause quote-number"),
            element("p", render_body(clause, turned_names(document)), lang="zh-CN"),
        )
        for clause in dict.fromkeys(clauses)
    )
    return element("section", element("h3", name), element("ul", rows), class_="around-group")
