"""A cited clause: its number and place, its words as printed, what is known of it, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.qa.gloss import place_name
from app.web.render.anchor import clause_link
from app.web.render.badges import citation_badges
from app.web.render.element import element, join
from app.web.render.text import party_names, render_span, turned_names
from corpus.types import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from app.types import Citation
    from corpus.types import Clause, Document

PATH_SEPARATOR = " › "


def render_quote(citation: Citation, document: Document, *, several: bool = False, class_: str = "quote") -> Markup:
    """Render a citation; `several` also names the document, for answers drawn from more than one."""
    clause = document.clause(citation.clause_id)
    return element(
        "figure",
        element("figcaption", _caption(citation, clause, document.title if several else ""), class_="quote-head"),
        element("blockquote", quoted_words(citation, document), class_="quote-words"),
        element("div", clause_link(citation.clause_id, "在条款中查看", label=f"在条款中查看{place_name(clause)}"), class_="quote-foot"),
        class_=class_,
        data_cited=citation.clause_id,
    )


def _caption(citation: Citation, clause: Clause, title: str) -> Markup:
    path = PATH_SEPARATOR.join([*([title] if title else []), *citation.headings])
    return join(
        [
            clause_link(citation.clause_id, place_name(clause), class_="to-clause quote-number"),
            element("span", path, class_="quote-path") if path else "",
            element("span", citation_badges(citation), class_="quote-badges"),
        ]
    )


def quoted_words(citation: Citation, document: Document) -> Markup:
    """Render the quoted words with their bold, each clause that the quote runs over in a paragraph of its own."""
    turned = turned_names(document)
    paragraphs = []
    for clause in document.clauses:
        shared = Span(max(clause.span.start, citation.span.start), min(clause.span.end, citation.span.end))
        if shared.start >= shared.end:
            continue
        layers = (*turned, *party_names(document, clause, shared))
        paragraphs.append(element("p", render_span(clause, shared, layers)))
    return join(paragraphs)


def citation_line(citation: Citation, document: Document) -> str:
    """Words to paste into a reply: `《微电云服务条款》第13.5条：“…”`."""
    return f"《{document.title}》{place_name(document.clause(citation.clause_id))}：“{body_of(citation, document)}”"


def body_of(citation: Citation, document: Document) -> str:
    """The quoted words as a person reads them, without the clause's number in front."""
    clause = document.clause(citation.clause_id)
    number = clause.text[: clause.body_start]
    words = citation.text.removeprefix(number) if number else citation.text
    return words.strip()


def titles_of(documents: tuple[Document, ...]) -> Mapping[str, Document]:
    """Documents by their id."""
    return {document.doc_id: document for document in documents}
