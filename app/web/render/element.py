"""The only place that writes HTML tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

_VOID = frozenset({"base", "br", "hr", "input", "link", "meta"})


def element(name: str, *children: str | Markup, **attributes: str | int | bool | None) -> Markup:
    """Write one HTML element.

    A child that is not `Markup` is escaped, as is every attribute's value (quotes included). `class_` and `for_` lose
    their underscore, others become hyphens: `data_clause` -> `data-clause`. An attribute that is None or False is
    left out, True is written bare.
    """
    opening = Markup("").join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Markup("<{}{}>").format(Markup(name), opening)  # noqa: S704  (names are literals of this package)
    inner = join(children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), opening, inner)  # noqa: S704  (as above)


def join(parts: Iterable[str | Markup], separator: str = "") -> Markup:
    """Concatenate, escaping every part that is not `Markup`."""
    return escape(separator).join(parts)


def _attribute(key: str, value: str | int | bool | None) -> Markup:  # noqa: FBT001  (a value, not a switch)
    if value is None or value is False:
        return Markup("")
    name = Markup(key.rstrip("_").replace("_", "-"))  # noqa: S704  (keyword names of this package)
    return Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
