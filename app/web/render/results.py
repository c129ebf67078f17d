"""Results of a search: rank, place, words, and a button that copies the quote with its citation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.qa.gloss import place_name
from app.web.render.anchor import clause_link
from app.web.render.badges import citation_badges
from app.web.render.element import element, join
from app.web.render.quote import PATH_SEPARATOR, citation_line, quoted_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from app.types import SearchResult
    from corpus.types import Document


def render_results(query: str, results: tuple[SearchResult, ...], documents: Mapping[str, Document]) -> Markup:
    """Render ranked results; the count is said in words for those who cannot see the list."""
    if not results:
        return element("p", f"没有找到与“{query}”有关的条款。换一个词，或直接输入条款号，如 13.5。", class_="notice")
    several = len(documents) > 1
    rows = join(_row(result, documents[result.citation.doc_id], several=several) for result in results)
    return element(
        "section",
        element("p", f"“{query}”：{len(results)} 条结果，按相关程度排列", class_="results-count"),
        element("ol", rows, class_="results"),
        class_="found",
        data_query=query,
        data_first=results[0].citation.clause_id,
    )


def _row(result: SearchResult, document: Document, *, several: bool) -> Markup:
    citation = result.citation
    clause = document.clause(citation.clause_id)
    path = PATH_SEPARATOR.join([*([document.title] if several else []), *citation.headings])
    head = element(
        "div",
        element("span", str(result.hit.rank), class_="rank", aria_label=f"第 {result.hit.rank} 名"),
        clause_link(citation.clause_id, place_name(clause), class_="to-clause quote-number"),
        element("span", path, class_="quote-path") if path else "",
        element("span", citation_badges(citation), class_="quote-badges"),
        class_="quote-head",
    )
    foot = element(
        "div",
        copy_button(citation_line(citation, document), f"复制{place_name(clause)}的原文和出处"),
        clause_link(citation.clause_id, "在条款中查看", label=f"在条款中查看{place_name(clause)}"),
        class_="quote-foot",
    )
    words = element("blockquote", quoted_words(citation, document), class_="quote-words")
    return element("li", head, words, foot, class_="result", data_cited=citation.clause_id)


def copy_button(words: str, label: str) -> Markup:
    """Render a button that copies words; the page's script says 已复制 on it."""
    return element("button", "复制原文和出处", type="button", class_="copy", data_copy=words, aria_label=label)
