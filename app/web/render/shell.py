"""A whole page without Gradio: what is printed, and what other sites show in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.render.element import element, join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup


def render_page(  # noqa: PLR0913  (what differs between pages)
    title: str,
    body: Markup,
    *,
    root: str,
    class_: str,
    scripts: Sequence[str] = (),
    base: str = "",
    origins: Sequence[str] = (),
) -> str:
    """Render a page; `root` is the way back to the server's root (`../`), `scripts` are files of `static/`.

    With `base`, every relative address starts there and links open a page of their own, as in a frame they must;
    `origins` are told the reading progress.

    The class `gradio-container` gives it the type and the colours of the other pages.
    """
    head = join(
        [
            element("meta", charset="utf-8"),
            element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
            element("base", href=base, target="_blank") if base else "",
            element("title", f"{title} · 明条"),
            element("link", rel="stylesheet", href=f"{root}web/style.css"),
            element("link", rel="icon", type="image/svg+xml", href=f"{root}web/mark.svg"),
            element("script", "", src=f"{root}web/scheme.js"),
            *(element("script", "", src=f"{root}web/{name}", defer=True) for name in scripts),
        ]
    )
    page = element(
        "html",
        element("head", head),
        element("body", element("main", body, class_=f"gradio-container {class_}")),
        lang="zh-CN",
        data_plain=True,
        data_origins=" ".join(origins) or None,
    )
    return f"<!DOCTYPE html>\n{page}"
