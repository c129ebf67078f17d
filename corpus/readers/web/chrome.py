"""What of a saved page is not the terms: menus, banners, footers, lists of links.

An element goes only when it says so itself (its name, role or class) or is made of links, and holds no sentences:
a page that puts its terms into a `<footer>` keeps them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.readers.web.tree import Element, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_STOP = re.compile(r"[。；]|\.(?=\s+[A-Z])")
_NOTICE = re.compile(r"©|&copy;|版权所有|[Cc]opyright|ICP备")
_VISIBLE = re.compile(r"\S")
_WORD = re.compile(r"[a-z]+")
_CHROME = frozenset({"nav", "footer", "header"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "complementary"})
_CHROME_NAMES = """
    nav navbar navigation menu sidebar sidenav breadcrumb breadcrumbs crumb footer foot topbar toolbar copyright
    recommend related share sharing login search pagination pager cookie cookies backtop feedback"""
_NAMES = frozenset(_CHROME_NAMES.split())
_TEXTLESS = frozenset({"script", "style", "noscript", "template", "title", "textarea", "select", "svg", "iframe"})
_LINKED_SHARE = 0.6
_FEWEST_LINKS = 3
_LOST = 0.02
"""Share of the page's sentence ends that may go with what looks like a menu; more means that the looks deceive."""


@dataclass(slots=True)
class _Sums:
    """What an element holds, everything inside it counted."""

    characters: int = 0
    linked: int = 0
    """Characters inside links to other pages."""
    links: int = 0
    stops: int = 0
    """Ends of sentences outside links."""
    headings: int = 0
    notices: int = 0
    """Copyright notices."""

    def add(self, other: _Sums) -> None:
        self.characters += other.characters
        self.linked += other.linked
        self.links += other.links
        self.stops += other.stops
        self.headings += other.headings
        self.notices += other.notices


def page_chrome(root: Element, source: str) -> frozenset[Element]:
    """Elements of a page that are left out with all they hold."""
    sums = _sums(root, source)
    found = {element for element in _elements(root) if _is_chrome(element, sums[element])}
    outermost = [element for element in found if found.isdisjoint(_above(element))]
    lost = sum(sums[element].stops for element in outermost if not _is_page_footer(element, sums[element]))
    if lost > _LOST * sums[root].stops:
        return frozenset(element for element in found if _is_link_list(sums[element]))
    return frozenset(found)


def _above(element: Element) -> Iterator[Element]:
    inside_out = element.ancestors()
    next(inside_out)
    return inside_out


def _elements(root: Element) -> list[Element]:
    """All elements, outermost first."""
    found, waiting = [], [root]
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting += [child for child in element.children if isinstance(child, Element)]
    return found


def _sums(root: Element, source: str) -> dict[Element, _Sums]:
    sums: dict[Element, _Sums] = {}
    for element in reversed(_elements(root)):  # the innermost come first
        own = _Sums(headings=int(element.name in {"h1", "h2", "h3", "h4", "h5", "h6"}))
        for child in element.children:
            if isinstance(child, Text):
                text = source[child.start : child.end]
                own.characters += len(_VISIBLE.findall(text))
                own.stops += len(_STOP.findall(text))
                own.notices += len(_NOTICE.findall(text))
            else:
                own.add(sums[child])
        if element.name in _TEXTLESS:
            own = _Sums()
        elif element.name == "a" and not element.attributes.get("href", "#").startswith("#"):
            own = _Sums(own.characters, own.characters, 1, 0, own.headings)
        sums[element] = own
    return sums


def _is_chrome(element: Element, sums: _Sums) -> bool:
    if element.name in {"#page", "html", "body", "main", "article"} or sums.stops > 1:
        return False
    if _is_link_list(sums) or _is_page_footer(element, sums):
        return True
    named = element.name in _CHROME or element.attributes.get("role", "").lower() in _ROLES or _is_named(element)
    if not named or sums.headings:
        return False
    return sums.linked > 0 or element.name != "header"


def _is_page_footer(element: Element, sums: _Sums) -> bool:
    """Whether a `<footer>` ends the page: a copyright notice and links, at most one sentence, whatever its headings."""
    return element.name == "footer" and sums.notices > 0 and sums.links > 0 and sums.stops <= 1


def _is_named(element: Element) -> bool:
    names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}".lower()
    return not _NAMES.isdisjoint(_WORD.findall(names[:500]))


def _is_link_list(sums: _Sums) -> bool:
    return sums.links >= _FEWEST_LINKS and sums.linked > _LINKED_SHARE * sums.characters and sums.stops == 0
