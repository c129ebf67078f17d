"""A whole page without Gradio: what is printed, and what other sites show in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from app.web.language import ENGLISH, language, say
from app.web.render.element import element, join
from app.web.render.switch import render_switch

if TYPE_CHECKING:
    from collections.abc import Sequence

NOWHERE = Markup("")


def spoken_scripts() -> tuple[str, ...]:
    """Scripts that the others need to speak the language of the page."""
    return ("english.js", "say.js") if language() == ENGLISH else ("say.js",)


def render_page(  # noqa: PLR0913  (what differs between pages)
    title: str,
    body: Markup,
    *,
    root: str,
    class_: str,
    scripts: Sequence[str] = (),
    base: str = "",
    origins: Sequence[str] = (),
    here: Markup = NOWHERE,
) -> str:
    """Render a page; `root` is the way back to the server's root (`../`), `scripts` are files of `static/`.

    With `base`, every relative address starts there and links open a page of their own, as in a frame they must;
    `origins` are told the reading progress. `here` is the way to the other language.

    The class `gradio-container` gives it the type and the colours of the other pages.
    """
    head = join(
        [
            element("meta", charset="utf-8"),
            element("meta", name_="viewport", content="width=device-width, initial-scale=1"),
            element("base", href=base, target="_blank") if base else "",
            element("title", say("{title} · 明条", title=title)),
            element("link", rel="stylesheet", href=f"{root}web/style.css"),
            element("link", rel="icon", type="image/svg+xml", href=f"{root}web/mark.svg"),
            element("script", "", src=f"{root}web/scheme.js"),
            *(element("script", "", src=f"{root}web/{name}", defer=True) for name in (*spoken_scripts(), *scripts)),
        ]
    )
    page = element(
        "html",
        element("head", head),
        element(
            "body", element("main", element("p", here, class_="switch-line"), body, class_=f"gradio-container {class_}")
        ),
        lang=language(),
        data_plain=True,
        data_origins=" ".join(origins) or None,
    )
    return f"<!DOCTYPE html>\n{page}"


def render_error_page(words: str, *, root: str) -> str:
    """Render what a reader sees instead of a page: one sentence, and the way on."""
    way = element("p", element("a", say("回到首页"), href=root or "./", class_="solid"), class_="receipt-actions")
    body = join([element("h1", say("没能打开")), element("p", words), way])
    return render_page(say("没能打开"), body, root=root, class_="receipt", here=render_switch(""))
