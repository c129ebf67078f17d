"""The description of the REST addresses as a page: made from the OpenAPI document, without scripts of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.web.language import say
from app.web.render.element import element, join
from app.web.render.shell import render_page
from app.web.render.switch import render_switch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup


def render_api_page(schema: Mapping[str, Any], endpoints: Mapping[str, str], example: str) -> str:
    """Render every operation with its parameters, and the `endpoints` of `gradio_client` with an example."""
    rows = join(
        _operation(path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )
    document = element("a", "openapi.json", href="./api/v1/openapi.json")
    lead = element(
        "p",
        say("以下接口由程序调用，返回 JSON；机器可读的说明："),
        document,
        say("。语言模型可用 MCP："),
        element("code", "/mcp"),
        say("。"),
    )
    return render_page(
        say("接口"),
        join([element("h1", say("接口")), lead, rows, _gradio(endpoints, example)]),
        root="./",
        class_="receipt",
        here=render_switch("api"),
    )


def _gradio(endpoints: Mapping[str, str], example: str) -> Markup:
    names = join(
        element("li", element("code", f"/{name}"), " ", element("span", what, lang="en"))
        for name, what in endpoints.items()
    )
    return element(
        "section",
        element("h2", "gradio_client"),
        element("p", element("code", example, lang="zh-CN")),
        element("ul", names),
    )


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Markup:
    parameters = join(
        element("li", element("code", one["name"]), f" ({one['in']})", say("，必填") if one.get("required") else "")
        for one in operation.get("parameters", ())
    )
    return element(
        "section",
        element("h2", element("code", f"{method.upper()} {path}")),
        element("p", operation.get("summary", ""), lang="en"),
        element("p", operation.get("description", ""), lang="en"),
        element("ul", parameters) if parameters else "",
    )
