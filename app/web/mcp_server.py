"""The tools for language models: an MCP server (streamable HTTP, without sessions) at `/mcp`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.web.tools import DESCRIPTIONS, build_tools

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from app.web.shelf import Shelf

INSTRUCTIONS = "明条：服务条款的问答、检索、提示义务检查和版本比较。回答用户时请逐字引用 citations，并写明条款号。"


def build_mcp(shelf: Shelf) -> MCPServer | None:
    """Build the server; None where the `mcp` package is not installed (`pip install "clauselight[mcp]"`)."""
    if find_spec("mcp") is None:
        return None
    from mcp.server import MCPServer  # noqa: PLC0415 - an extra
    from mcp.types import ToolAnnotations  # noqa: PLC0415

    server = MCPServer(name="clauselight", title="明条", instructions=INSTRUCTIONS, log_level="WARNING")
    reads_only = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for name, tool in build_tools(shelf).items():
        server.add_tool(tool, name=name, description=DESCRIPTIONS[name], annotations=reads_only)
    return server
