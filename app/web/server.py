"""The web app: three Gradio pages, the report files and a health check, behind one guard."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import sys
import warnings
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel
from starlette.requests import ClientDisconnect

from app.contract import audit_json
from app.web.accounts import Door, check_reach, read_users
from app.web.api import answers, decisions, embed, lookup, receipts, reviews
from app.web.endpoints import add_endpoints
from app.web.errors import NoSuchDocument, ServeRefused, UploadRefused
from app.web.flood import Flood
from app.web.interpreter import IN_ENGLISH, Interpreter
from app.web.language import ENGLISH, LANGUAGES, say, script_of_messages, speaking
from app.web.logs import keep_silent, log_request, log_run, write_logs
from app.web.mcp_server import build_mcp
from app.web.metrics import ADDRESS, Meter, Metrics
from app.web.pages import customer, legal, support
from app.web.pages.frame import CUSTOMER, LEGAL, SUPPORT
from app.web.prefix import Prefix
from app.web.security import Guard
from app.web.shelf import Shelf
from app.web.theme import build_theme
from corpus.errors import UnreadableTerms

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from mcp.server import MCPServer

    from app.engine import Engine
    from app.settings import Settings
    from app.stages import Run

STATIC = Path(__file__).parent / "static"
REFUSED = {
    400: "The body is not JSON",
    404: "No such document, clause or receipt",
    408: "The request did not come in time",
    413: "Larger than the settings allow",
    422: "The request does not fit this description, or a file cannot be read",
    429: "Too many requests; `retry-after` tells when to come back",
}
"""Statuses with which any operation may refuse, each with one sentence in `detail`."""
DRAIN = 8
"""Seconds that answers under way have after SIGTERM; open pages hold a connection for ever."""
QUEUE_SIZE = 64
"""Waiting calls before people are told to come back: a minute of work at one second each."""


class Refusal(BaseModel):
    """Why a request was refused."""

    detail: str
    """One sentence for people."""


def build_app(engine: Engine) -> FastAPI:
    """Build the app: `/`, `/support`, `/legal`, `/reports/<doc>.json`, `/healthz`, `/readyz`, `/metrics`."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(_build(engine))
    return _build_here(engine)


async def _build(engine: Engine) -> FastAPI:
    """Build inside a loop: where none runs, Gradio makes one for each lock and never closes it."""
    return _build_here(engine)


def _build_here(engine: Engine) -> FastAPI:
    shelf = Shelf(engine)
    tools = build_mcp(shelf)
    app = FastAPI(
        title="Clauselight",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        servers=[{"url": f"{shelf.settings.root_path}/"}],
        responses={status: {"model": Refusal, "description": words} for status, words in REFUSED.items()},
        lifespan=_running(tools),
    )
    with _single_server():
        pages = _build_pages(shelf)
    metrics = Metrics(engine, lambda: len(pages._queue))  # noqa: SLF001 - Gradio tells the length nowhere else
    engine.watch = _watching(metrics)
    _add_routes(app, shelf, metrics)
    for routes in (answers, receipts, lookup, reviews, decisions, embed):
        app.include_router(routes.build_router(shelf))
    if tools is not None:
        served = tools.streamable_http_app(stateless_http=True, json_response=True, host=shelf.settings.host)
        app.router.routes.extend(served.routes)
    app.add_exception_handler(NoSuchDocument, tell_missing)
    app.add_exception_handler(UnreadableTerms, tell_unreadable)
    app.add_exception_handler(UploadRefused, tell_too_large)
    app.add_exception_handler(RequestValidationError, tell_invalid)
    app.add_exception_handler(HTTPException, tell_refused)
    app.add_exception_handler(ClientDisconnect, tell_late)
    app.mount("/web", StaticFiles(directory=STATIC))
    with _single_server():
        mounted: FastAPI = gr.mount_gradio_app(
            app,
            pages,
            path="/",
            theme=build_theme(),
            footer_links=[],
            run_history=False,
            ssr_mode=False,
            show_error=False,
            enable_monitoring=False,
            root_path=shelf.settings.root_path or None,
        )
    if shelf.settings.users is not None:
        users, framed = read_users(shelf.settings.users), bool(shelf.settings.embed_origins)
        mounted.add_middleware(Door, users=users, framed=framed)
    mounted.add_middleware(Flood, per_minute=shelf.settings.rate_limit)
    mounted.add_middleware(Guard, embed_origins=shelf.settings.embed_origins)
    mounted.add_middleware(Interpreter, root_path=shelf.settings.root_path)
    mounted.add_middleware(Meter, metrics=metrics, log=log_request)
    mounted.add_middleware(Prefix, root_path=shelf.settings.root_path)
    return mounted


def _watching(metrics: Metrics) -> Callable[[Run], None]:
    """Count and write down what the engine did."""

    def watch(run: Run) -> None:
        metrics.watch(run)
        log_run(run)

    return watch


def _running(tools: MCPServer | None) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Keep the tools running as long as the app does."""

    @asynccontextmanager
    async def run(_: FastAPI) -> AsyncIterator[None]:
        if tools is None:
            yield
            return
        async with tools.session_manager.run():
            yield

    return run


def _build_pages(shelf: Shelf) -> gr.Blocks:
    pages: gr.Blocks
    with gr.Blocks(title="明条", analytics_enabled=False, fill_width=True) as pages:
        customer.build(pages, shelf)
        add_endpoints(shelf)
    for tag in LANGUAGES:
        for place, page in ((CUSTOMER, customer), (SUPPORT, support), (LEGAL, legal)):
            address = IN_ENGLISH[f"/{place.path}"] if tag == ENGLISH else f"/{place.path}"
            if address != "/":
                with speaking(tag), pages.route(place.name, address, show_in_navbar=False):
                    page.build(pages, shelf)
    pages.queue(default_concurrency_limit=4, max_size=QUEUE_SIZE, api_open=False)
    return pages


async def tell_missing(_: Request, error: Exception) -> JSONResponse:
    """Answer 404 with the one line of the error."""
    return JSONResponse({"detail": str(error)}, status_code=404)


async def tell_unreadable(_: Request, error: Exception) -> JSONResponse:
    """Answer 422 with the one line of a file that cannot be read."""
    return JSONResponse({"detail": say("{reason}", reason=error)}, status_code=422)


async def tell_too_large(_: Request, error: Exception) -> JSONResponse:
    """Answer 413 with the one line."""
    return JSONResponse({"detail": str(error)}, status_code=413)


async def tell_refused(request: Request, error: Exception) -> Response:
    """Answer as the error says; the framework's one English sentence, for a body that it cannot decode, in Chinese."""
    assert isinstance(error, HTTPException)
    if error.status_code == 400:
        error.detail = say("请求的内容不是有效的 JSON。")
    return await http_exception_handler(request, error)


async def tell_late(_: Request, error: Exception) -> JSONResponse:  # noqa: ARG001  (as the framework calls it)
    """Answer 408 (RFC 9110 section 15.5.9) to whoever did not send all of a request in time, or has left."""
    return JSONResponse({"detail": say("请求没有发完，请重试。")}, status_code=408)


async def tell_invalid(_: Request, error: Exception) -> JSONResponse:
    """Answer 422 with one Chinese line that names the first wrong field."""
    assert isinstance(error, RequestValidationError)
    place = ".".join(str(part) for part in error.errors()[0]["loc"][1:])
    return JSONResponse(
        {"detail": say("请求中的 {place} 不对，请对照接口说明改正。", place=place or say("内容"))}, status_code=422
    )


def _add_routes(app: FastAPI, shelf: Shelf, metrics: Metrics) -> None:
    @app.get("/healthz")
    def health() -> JSONResponse:
        return JSONResponse({"status": "ok", "documents": len(shelf.documents)})

    @app.get("/readyz")
    def readiness() -> JSONResponse:
        ready = shelf.engine.is_ready
        return JSONResponse({"status": "ready" if ready else "starting"}, status_code=200 if ready else 503)

    @app.get(ADDRESS, include_in_schema=False)
    def count() -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    @app.get("/web/english.js", include_in_schema=False)
    def speak_english() -> Response:
        return Response(script_of_messages(), media_type="text/javascript")

    @app.get("/reports/{doc_id}.json")
    def download_report(doc_id: reviews.DocId) -> Response:
        shelf.find(doc_id)
        content = json.dumps(audit_json(shelf.decided(doc_id).report), ensure_ascii=False, indent=2)
        return Response(content, media_type="application/json", headers={"content-disposition": "attachment"})


@contextmanager
def _single_server() -> Iterator[None]:
    """Gradio warns that several pages cannot be rendered by a Node server, which is off here anyway."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="SSR mode is not supported", category=UserWarning)
        yield


def serve(settings: Settings) -> None:
    """Open the engine, listen and serve until interrupted.

    Raises ServeRefused when the address cannot be listened on; this is found out before the engine is opened.
    """
    from app.engine import Engine  # noqa: PLC0415  (the address is tried before the model is loaded)

    check_reach(settings)
    if settings.users is not None:
        read_users(settings.users)  # what is wrong with it is told before the model is loaded
    listener = _listen(settings.host, settings.port)
    (write_logs if settings.logs else keep_silent)()
    engine = Engine.open(settings=settings)
    engine.ask("谁付费？")  # loads dictionary and re-ranker, which would else cost the first person most of a second
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        build_app(engine),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=DRAIN,
    )
    _Server(config, f"http://{shown}:{port}{settings.root_path}").run(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells its address when it answers there and Ctrl-C is heard, not before."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"明条已就绪：{self._address}（按 Ctrl+C 停止）", file=sys.stderr, flush=True)  # noqa: T201 - its words

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let answers under way end; that open pages are then cut off is no error to tell of."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ServeRefused(
            f"无法在 {host}:{port} 上监听（{error.strerror}）；请换一个端口，例如：clauselight serve --port {port + 1}"
        ) from error
