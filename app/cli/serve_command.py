"""`clauselight serve`: the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    parser = commands.add_parser("serve", help="打开网页：客户、客服、法务三页")
    parser.add_argument("--host", default=None, help="监听的地址（默认 127.0.0.1，只有本机能打开）")
    parser.add_argument("--port", type=port, default=None, help="端口（默认 7860）")
    parser.set_defaults(run=run)


def port(text: str) -> int:
    """Read a port."""
    import argparse  # noqa: PLC0415 - only to report an error

    number = int(text)
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError("应是 1 到 65535 的整数")
    return number


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from app.settings import Settings  # noqa: PLC0415 - heavy imports stay inside the command
    from app.web import serve  # noqa: PLC0415

    given = {name: getattr(options, name) for name in ("host", "port") if getattr(options, name) is not None}
    serve(Settings().model_copy(update=given))
    return 0
