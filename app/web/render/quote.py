"""A cited clause: its number and place, its words as printed, what is known of it, and the way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.qa.gloss import place_name as chinese_place
from app.web.language import CHINESE, say
from app.web.render.anchor import clause_link
from app.web.render.badges import citation_badges
from app.web.render.element import element, join
from app.web.render.text import figure_layers, matched_words, party_names, render_range, turned_names
from app.web.words import place_name
from corpus.types import ClauseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from app.types import Citation
    from corpus.types import Clause, Document, Span

PATH_SEPARATOR = " › "
MAX_ITEMS = 12
"""Items shown under a lead-in at most, as in the answer's text."""


def render_quote(citation: Citation, document: Document, *, several: bool = False, class_: str = "quote") -> Markup:
    """Render a citation; `several` also names the document, for answers drawn from more than one."""
    clause = document.clause(citation.clause_id)
    return element(
        "figure",
        element("figcaption", _caption(citation, clause, document.title if several else ""), class_="quote-head"),
        element("blockquote", quoted_words(citation, document), class_="quote-words"),
        element(
            "div",
            clause_link(
                citation.clause_id, say("在条款中查看"), label=say("在条款中查看{place}", place=place_name(clause))
            ),
            class_="quote-foot",
        ),
        class_=class_,
        data_cited=citation.clause_id,
    )


def _caption(citation: Citation, clause: Clause, title: str) -> Markup:
    path = PATH_SEPARATOR.join([*([title] if title else []), *citation.headings])
    return join(
        [
            clause_link(citation.clause_id, place_name(clause), class_="to-clause quote-number"),
            element("span", path, class_="quote-path", lang=CHINESE) if path else "",
            element("span", citation_badges(citation), class_="quote-badges"),
        ]
    )


def quoted_words(citation: Citation, document: Document, matched: Sequence[str] = ()) -> Markup:
    """Render the quoted words with their bold, after the lead-in that they hang on, before the items they lead in.

    Words in `matched` are marked where they stand.
    """
    clause = document.clause(citation.clause_id)
    lead_in = document.clause(clause.lead_in_id) if clause.lead_in_id else None
    led = items_under(clause, document)
    return join(
        [
            _paragraph(lead_in, document, lead_in.span, matched, class_="lead-in") if lead_in else "",
            _paragraph(clause, document, citation.span, matched),
            *(_paragraph(item, document, item.span, matched, class_="led", numbered=True) for item in led),
        ]
    )


def items_under(clause: Clause, document: Document) -> tuple[Clause, ...]:
    """Clauses that this one leads in, when it ends in a colon: without them it says nothing."""
    if not clause.text.rstrip().endswith(("：", ":")):
        return ()
    return tuple(other for other in document.clauses if other.lead_in_id == clause.clause_id)[:MAX_ITEMS]


def _paragraph(  # noqa: PLR0913  (where the words stand, and how they look)
    clause: Clause,
    document: Document,
    span: Span,
    matched: Sequence[str],
    *,
    class_: str | None = None,
    numbered: bool = False,
) -> Markup:
    layers = (
        *turned_names(document),
        *party_names(document, clause, span),
        *(() if matched else figure_layers(clause)),  # one kind of mark at a time
        *matched_words(clause, matched),
    )
    start = 0 if numbered else clause.body_start
    words = render_range(clause, start, len(clause.text), layers, within=span)
    return element("p", words, class_=class_, lang="zh-CN")


def citation_lines(citation: Citation, document: Document) -> str:
    """Words to paste into a reply: the quote, an item with its lead-in, then where it stands and in which version."""
    clause = document.clause(citation.clause_id)
    whole = clause.text if clause.kind is ClauseKind.ITEM else clause.body  # an item's number joins it to its lead-in
    words = [whole.strip() if citation.span == clause.span else citation.text.strip()]
    if clause.lead_in_id:
        words.insert(0, document.clause(clause.lead_in_id).body.strip())
    words += [item.text.strip() for item in items_under(clause, document)]
    return f"“{''.join(words)}”\n——《{document.title}》{chinese_place(clause)}（版本 {document.sha256[:8]}）"
