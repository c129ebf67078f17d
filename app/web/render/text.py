"""A clause's words with what is known of them: bold, the words that triggered a rule, names that changed sides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from app.qa.figures import figures_of
from app.qa.gloss import ROLE_NAMES
from app.web.language import say
from app.web.render.element import element, join
from corpus.emphasis import PROMINENT
from corpus.parties import role_of_name
from corpus.types import Run, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markupsafe import Markup

    from corpus.types import Clause, Document, Party

_LETTERED = re.compile(r"[甲乙丙丁]方")


@dataclass(frozen=True, slots=True)
class Layer:
    """Something to show on a range of the source."""

    span: Span
    """The range."""
    kind: str
    """CSS class of its words: `trigger`, `turned`, `party`, `matched`."""
    after: str = ""
    """A gloss to print after its last character; it is ours, not the document's, and looks so."""


def turned_names(document: Document) -> tuple[Layer, ...]:
    """Layers for the places where a party's name means the other side; the first in each clause carries the gloss."""
    layers: list[Layer] = []
    explained: set[tuple[str, str]] = set()
    for mention in (mention for party in document.parties for mention in party.conflicts):
        role = role_of_name(document, mention.text, mention.clause_id)
        first = (mention.clause_id, mention.text) not in explained
        explained.add((mention.clause_id, mention.text))
        gloss = say("〔此处指{role}〕", role=say(ROLE_NAMES[role])) if first and role in ROLE_NAMES else ""
        layers.append(Layer(mention.span, "turned", gloss))
    return tuple(layers)


def party_names(document: Document, clause: Clause, quoted: Span) -> tuple[Layer, ...]:
    """Layers for the first use of each lettered party (甲方, 乙方) in quoted words that means what is defined."""
    layers: list[Layer] = []
    for party in document.parties:
        for name in party.aliases:
            if party.role not in ROLE_NAMES or not _LETTERED.fullmatch(name) or _explained(party, name, clause):
                continue
            span = _first_use(clause, name, quoted)
            if span is not None:
                layers.append(Layer(span, "party", f"〔{say(ROLE_NAMES[party.role])}〕"))
    return tuple(layers)


def matched_words(clause: Clause, words: Sequence[str]) -> tuple[Layer, ...]:
    """Layers for the places where the words of a search stand; a longer word covers those inside it."""
    layers: list[Layer] = []
    taken: set[int] = set()
    for word in sorted(words, key=len, reverse=True):
        for match in re.finditer(re.escape(word), clause.text, re.IGNORECASE):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                layers.append(Layer(clause.locate(*match.span()), "matched"))
    return tuple(layers)


def figure_layers(clause: Clause) -> tuple[Layer, ...]:
    """Layers for the amounts, shares, times and dates of a clause: what people look for in a quote."""
    return tuple(
        Layer(clause.locate(figure.start, figure.end), "figure")
        for figure in figures_of(clause.text)
        if figure.kind != "pieces" and figure.start >= clause.body_start
    )


def _explained(party: Party, name: str, clause: Clause) -> bool:
    """Whether the clause defines the name, or uses it for the other side and is glossed for that."""
    defines = any(mention.clause_id == clause.clause_id for mention in party.defined_at)
    turned = any(mention.clause_id == clause.clause_id and mention.text == name for mention in party.conflicts)
    return defines or turned


def _first_use(clause: Clause, name: str, quoted: Span) -> Span | None:
    for match in re.finditer(rf"{re.escape(name)}(?!双方)", clause.text):
        span = clause.locate(match.start(), match.end())
        if quoted.start <= span.start and span.end <= quoted.end:
            return span
    return None


def render_body(clause: Clause, layers: Iterable[Layer] = ()) -> Markup:
    """Render a clause's words without its label."""
    return render_range(clause, clause.body_start, len(clause.text), layers)


def render_range(
    clause: Clause, start: int, stop: int, layers: Iterable[Layer] = (), *, within: Span | None = None
) -> Markup:
    """Render `clause.text[start:stop]`, bold where a reader sees bold, each layer around its words."""
    on_clause = tuple(layer for layer in layers if _overlap(layer.span, clause.span))
    parts: list[Markup] = []
    position = 0
    for run in clause.runs:
        piece = _cut(run, start - position, stop - position)
        position += len(run.text)
        if piece is not None and within is not None:
            piece = _clip(piece, within)
        if piece is not None:
            parts.append(_render_run(piece, on_clause))
    return join(parts)


def _cut(run: Run, start: int, stop: int) -> Run | None:
    """Cut `run.text[start:stop]`; a run that is not verbatim (an entity, a generated number) is kept whole."""
    low, high = max(start, 0), min(stop, len(run.text))
    if low >= high:
        return None
    if len(run.span) != len(run.text):
        return run
    return Run(Span(run.span.start + low, run.span.start + high), run.text[low:high], run.marks)


def _clip(run: Run, span: Span) -> Run | None:
    if not _overlap(run.span, span):
        return None
    return _cut(run, span.start - run.span.start, span.end - run.span.start)


def _render_run(run: Run, layers: Sequence[Layer]) -> Markup:
    """Split a run where layers begin and end, and wrap each piece."""
    edges = {run.span.start, run.span.end}
    if len(run.span) == len(run.text):
        edges |= {edge for layer in layers for edge in (layer.span.start, layer.span.end) if _inside(edge, run.span)}
    ordered = sorted(edges)
    if len(ordered) < 2:  # a generated number has an empty span
        return _wrap(run.text, run.span, layers)
    pieces: list[Markup] = []
    for start, end in pairwise(ordered):
        whole = (start, end) == (run.span.start, run.span.end)
        words = run.text if whole else run.text[start - run.span.start : end - run.span.start]
        pieces.append(_wrap(words, Span(start, end), layers))
    inner = join(pieces)
    kinds = sorted({mark.kind for mark in run.marks if mark.renders and mark.kind in PROMINENT})
    return element("strong", inner, class_=" ".join(f"as-{kind}" for kind in kinds)) if kinds else inner


def _wrap(words: str, span: Span, layers: Sequence[Layer]) -> Markup:
    covering = [layer for layer in layers if layer.span.start <= span.start and span.end <= layer.span.end]
    rendered = element("span", words, class_=" ".join(layer.kind for layer in covering)) if covering else join([words])
    glosses = [
        element("span", layer.after, class_="gloss") for layer in covering if layer.after and layer.span.end == span.end
    ]
    return join([rendered, *glosses])


def _inside(edge: int, span: Span) -> bool:
    return span.start < edge < span.end


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
