"""Style sheets of a page: which declarations an element gets (CSS Syntax 3 through tinycss2, Selectors 4 in part).

Read are type, class, id and attribute selectors with descendant and child combinators; a rule with anything else
(`:hover`, `::before`, `+`) is left out. Media queries count when they speak of screens or of everything.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.readers.web.tree import Element

_PROPERTIES_NAMES = """
    display visibility opacity font-weight font-style font-size font color background background-color
    text-decoration text-decoration-line text-indent white-space list-style list-style-type position left top
    border-bottom"""
_PROPERTIES = frozenset(_PROPERTIES_NAMES.split())
_GROUPS = frozenset({"media", "layer", "supports"})
"""At-rules that hold rules; layers are taken in their order, support for what they ask for is taken as given."""
_MOST_RULES = 20_000
_MOST_CSS = 2_000_000
_MOST_RULES_A_KEY = 300
"""Rules for one class, id or element name that are tried at most: what costs time for every element is bounded."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One property that a rule or a `style` attribute sets."""

    name: str
    value: str
    """As written, lower case."""
    order: tuple[bool, int, int, int, int]
    """Importance, inline, specificity (ids, classes and types as one number each) and place: the highest wins."""


@dataclass(frozen=True, slots=True)
class _Simple:
    """One compound selector: all of it must fit one element."""

    name: str
    id: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str, str], ...]
    """Name, test and value: `[data-x^="a"]`."""

    def fits(self, element: Element) -> bool:
        if self.name not in {"", "*", element.name}:
            return False
        attributes = element.attributes
        if self.id and attributes.get("id") != self.id:
            return False
        if self.classes and not self.classes.issubset(attributes.get("class", "").split()):
            return False
        return all(_attribute_fits(attributes.get(name), test, value) for name, test, value in self.attributes)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector with its declarations; compounds stand from right to left, each with the combinator before it."""

    compounds: tuple[tuple[_Simple, str], ...]
    declarations: tuple[Declaration, ...]

    def fits(self, element: Element) -> bool:
        simple, combinator = self.compounds[0]
        if not simple.fits(element):
            return False
        above = element.parent
        for simple, following in self.compounds[1:]:
            if combinator == ">":
                if above is None or not simple.fits(above):
                    return False
            else:
                while above is not None and not simple.fits(above):
                    above = above.parent
                if above is None:
                    return False
            above, combinator = above.parent, following
        return True


class StyleSheets:
    """All `<style>` blocks of a page."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._by_key: dict[str, list[_Rule]] = defaultdict(list)
        self._count = 0
        for sheet in sheets:
            nodes = tinycss2.parse_stylesheet(sheet[:_MOST_CSS], skip_comments=True, skip_whitespace=True)
            self._add(nodes)

    def declarations(self, element: Element) -> list[Declaration]:
        """All declarations for an element, the winning one of a property last."""
        keys = ["", element.name]
        attributes = element.attributes
        if "id" in attributes:
            keys.append(f"#{attributes['id']}")
        if "class" in attributes:
            keys += [f".{name}" for name in set(attributes["class"].split())]
        found = [
            declaration
            for key in keys
            for rule in self._by_key.get(key, ())
            if rule.fits(element)
            for declaration in rule.declarations
        ]
        if "style" in attributes:
            nodes = tinycss2.parse_blocks_contents(attributes["style"][:_MOST_CSS])
            found += _declarations(nodes, inline=True, specificity=(0, 0), place=0)
        return sorted(found, key=lambda declaration: declaration.order)

    def _add(self, nodes: Sequence[tinycss2.ast.Node]) -> None:
        for node in nodes:
            if self._count >= _MOST_RULES:
                return
            if node.type == "at-rule" and node.lower_at_keyword in _GROUPS and node.content is not None:
                if node.lower_at_keyword != "media" or _is_screen(tinycss2.serialize(node.prelude)):
                    self._add(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
            elif node.type == "qualified-rule":
                self._count += 1
                self._add_rule(node)

    def _add_rule(self, node: tinycss2.ast.QualifiedRule) -> None:
        contents = tinycss2.parse_blocks_contents(node.content)
        for compounds in _selectors(node.prelude):
            ids = sum(bool(simple.id) for simple, _ in compounds)
            classes = sum(len(simple.classes) + len(simple.attributes) for simple, _ in compounds)
            types = sum(simple.name not in {"", "*"} for simple, _ in compounds)
            specificity = ids * 1000 + classes, types
            found = tuple(_declarations(contents, inline=False, specificity=specificity, place=self._count))
            rules = self._by_key[_key(compounds[0][0])]
            if found and len(rules) < _MOST_RULES_A_KEY:
                rules.append(_Rule(compounds, found))


def _key(simple: _Simple) -> str:
    if simple.id:
        return f"#{simple.id}"
    if simple.classes:
        return f".{min(simple.classes)}"
    return "" if simple.name == "*" else simple.name


def _declarations(
    nodes: Iterable[tinycss2.ast.Node], *, inline: bool, specificity: tuple[int, int], place: int
) -> Iterator[Declaration]:
    for index, node in enumerate(nodes):
        if node.type == "declaration" and node.lower_name in _PROPERTIES:
            value = tinycss2.serialize(node.value).strip().lower()
            order = node.important, int(inline), *specificity, place * 1000 + index
            yield Declaration(node.lower_name, value, order)


def _is_screen(query: str) -> bool:
    """Whether a media query holds on a screen of unknown width."""
    words = query.strip().lower()
    return any(part.strip() in {"", "all", "screen", "only screen"} for part in words.split(","))


def _selectors(prelude: Sequence[tinycss2.ast.Node]) -> Iterator[tuple[tuple[_Simple, str], ...]]:
    """Read the selectors of a rule that can be read, each from right to left."""
    group: list[tinycss2.ast.Node] = []
    for token in [*prelude, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            compounds = _compounds(group)
            if compounds:
                yield compounds
            group = []
        elif token.type != "comment":
            group.append(token)


def _compounds(group: list[tinycss2.ast.Node]) -> tuple[tuple[_Simple, str], ...]:
    """Split a selector at its combinators; empty when it holds anything that is not read."""
    found: list[tuple[_Simple, str]] = []
    part: list[tinycss2.ast.Node] = []
    combinator = ""
    for token in [*group, None]:
        space = token is None or token.type == "whitespace"
        if not space and not (token.type == "literal" and token.value in {">", "+", "~"}):
            part.append(token)
            continue
        if part:
            simple = _simple(part)
            if simple is None:
                return ()
            found.append((simple, combinator))
            part, combinator = [], " "
        if not space:
            if token.value != ">" or not found:
                return ()
            combinator = ">"
    if not found or combinator == ">":
        return ()
    return tuple(reversed(found))


def _simple(part: list[tinycss2.ast.Node]) -> _Simple | None:
    name, identifier = "", ""
    classes: set[str] = set()
    attributes: list[tuple[str, str, str]] = []
    position = 0
    while position < len(part):
        token = part[position]
        following = part[position + 1] if position + 1 < len(part) else None
        if token.type == "ident" and position == 0:
            name = token.lower_value
        elif token.type == "literal" and token.value == "*" and position == 0:
            name = "*"
        elif token.type == "hash":
            identifier = token.value
        elif token.type == "literal" and token.value == "." and following is not None and following.type == "ident":
            classes.add(following.value)
            position += 1
        elif token.type == "[] block" and (attribute := _attribute(token.content)) is not None:
            attributes.append(attribute)
        else:
            return None
        position += 1
    return _Simple(name, identifier, frozenset(classes), tuple(attributes))


def _attribute(content: Sequence[tinycss2.ast.Node]) -> tuple[str, str, str] | None:
    tokens = [token for token in content if token.type != "whitespace"]
    if len(tokens) == 1 and tokens[0].type == "ident":
        return tokens[0].lower_value, "", ""
    if len(tokens) == 3 and tokens[0].type == "ident" and tokens[2].type in {"ident", "string"}:
        return tokens[0].lower_value, tokens[1].value, tokens[2].value
    return None


def _attribute_fits(actual: str | None, test: str, value: str) -> bool:
    if actual is None:
        return False
    if test == "":
        return True
    checks = {
        "=": actual == value,
        "~=": value in actual.split(),
        "^=": bool(value) and actual.startswith(value),
        "$=": bool(value) and actual.endswith(value),
        "*=": bool(value) and value in actual,
        "|=": actual == value or actual.startswith(f"{value}-"),
    }
    return checks.get(test, False)
