"""Reading HTML back: the text that a person sees, and the tags and attributes that a browser would obey."""

from __future__ import annotations

from html.parser import HTMLParser

OBEYED = {"script", "img", "iframe", "style", "form", "svg", "object", "embed", "link", "meta", "base"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._ours = 0
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        self._open.append(attributes.get("class") == "gloss")
        self._ours += self._open[-1]

    def handle_endtag(self, tag: str) -> None:
        self._ours -= self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._ours:
            self.words.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(str(html))
    reader.close()
    return reader


def visible(html: str) -> str:
    """Text without tags, and without the glosses that the pages add."""
    return "".join(read(html).words)


def dangers(html: str) -> list[str]:
    """Tags, handlers and addresses that would make a browser run or fetch something."""
    found = []
    for tag, attributes in read(html).tags:
        if tag in OBEYED:
            found.append(tag)
        for name, value in attributes.items():
            if name.startswith("on") or (
                name in {"href", "src"} and (value or "").strip().lower().startswith("javascript")
            ):
                found.append(f"{tag}[{name}]")
    return found
