"""`clauselight serve`: the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.parser import add_command, port

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = add_command(commands, "serve", "打开网页：客户、客服、法务三页")
    parser.add_argument("--host", metavar="ADDRESS", help="监听的地址（默认 127.0.0.1，只有本机能打开）")
    parser.add_argument("--port", metavar="PORT", type=port, help="端口（默认 7860）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    from app.cli.settings import read_settings  # noqa: PLC0415 - heavy imports stay inside the command

    settings = read_settings(host=options.host, port=options.port)
    from app.web import serve  # noqa: PLC0415 - Gradio reads the environment when it is imported

    serve(settings)
    return 0
