"""Asking an OpenAI-compatible endpoint: `POST {url}/chat/completions`, the reply as a stream of server-sent events.

A server that does not stream and answers with one JSON object is understood too. Whatever goes wrong is one
`ModelUnavailable` with a reason in Chinese; neither it nor any log holds the key, the question or the reply.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.settings import Settings

CONNECT = 5.0
"""Seconds to wait for a connection at most."""
MAX_REPLY = 4_000
"""Characters of a reply that are read; an explanation of three clauses is far shorter."""
MAX_BYTES = 400_000
"""Bytes of a reply that are read, its wrapping included."""
_REASONS = {401: "密钥不对", 403: "没有权限", 404: "地址或模型名不对", 429: "请求过多"}


class ModelUnavailable(RuntimeError):  # noqa: N818 - said of the model, as people read it
    """No whole reply came; the message is a few Chinese words."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked."""

    url: str
    """Base address, as `https://models.example/v1`."""
    model: str
    """Its name there."""
    timeout: float
    """Seconds for a whole reply."""
    key: str | None = field(default=None, repr=False)
    """Sent as a bearer token; None for a server that asks for none."""


def endpoint_of(settings: Settings) -> Endpoint | None:
    """Read the endpoint from the settings; None without a model, ModelUnavailable when its key cannot be had."""
    if settings.llm_url is None or settings.llm_model is None:
        return None
    key = settings.llm_key.get_secret_value().strip() if settings.llm_key else None
    if key is None and settings.llm_key_file is not None:
        try:
            key = settings.llm_key_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ModelUnavailable("读不出密钥文件") from error
    if key is not None and not (key.isascii() and key.isprintable()):
        raise ModelUnavailable("密钥里有不能用的字符")
    return Endpoint(settings.llm_url, settings.llm_model, settings.llm_timeout, key or None)


def stream_reply(endpoint: Endpoint, messages: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Yield the pieces of a reply as they come; ModelUnavailable when it does not come whole and in time.

    The time is checked at every piece, so a server that falls silent is left after twice `endpoint.timeout` at most.
    """
    until = time.monotonic() + endpoint.timeout
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    body = {"model": endpoint.model, "messages": list(messages), "stream": True, "temperature": 0}
    timeout = httpx.Timeout(endpoint.timeout, connect=min(CONNECT, endpoint.timeout))
    address = endpoint.url.rstrip("/") + "/chat/completions"
    try:
        with (
            httpx.Client(timeout=timeout, follow_redirects=False) as client,
            client.stream("POST", address, json=body, headers=headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                reason = _REASONS.get(response.status_code, "服务出错")
                raise ModelUnavailable(f"{reason}（HTTP {response.status_code}）")
            streamed = "event-stream" in response.headers.get("content-type", "")
            lines = _bounded(response, until)
            yield from _streamed(lines) if streamed else _whole("\n".join(lines))
    except httpx.TimeoutException as error:
        raise ModelUnavailable("超时") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise ModelUnavailable("连接失败或中断") from error


def _bounded(response: httpx.Response, until: float) -> Iterator[str]:
    """Read lines as event streams end them, by line feeds alone: a reply may hold U+2028 and the like as they are."""
    read, begun = 0, b""
    for piece in response.iter_bytes():
        if time.monotonic() > until:
            raise ModelUnavailable("超时")
        read += len(piece)
        if read > MAX_BYTES:
            raise ModelUnavailable("回复过长")
        *lines, begun = (begun + piece).split(b"\n")
        yield from (line.decode().removesuffix("\r") for line in lines)
    if begun:
        yield begun.decode()


def _streamed(lines: Iterator[str]) -> Iterator[str]:
    """Read `data:` lines up to `[DONE]` or a finish reason; a stream that just ends was cut."""
    length = 0
    finished = False
    for line in lines:
        if not line.startswith("data:"):
            continue
        data = line.removeprefix("data:").strip()
        if data == "[DONE]":
            return
        choice = _choice(data)
        piece = (choice.get("delta") or {}).get("content") or ""
        finished = finished or choice.get("finish_reason") is not None
        length += len(piece)
        if length > MAX_REPLY:
            raise ModelUnavailable("回复过长")
        yield str(piece)
    if not finished:
        raise ModelUnavailable("回复中断")


def _whole(text: str) -> Iterator[str]:
    content = (_choice(text).get("message") or {}).get("content")
    if not isinstance(content, str) or not content:
        raise ModelUnavailable("回复是空的")
    if len(content) > MAX_REPLY:
        raise ModelUnavailable("回复过长")
    yield content


def _choice(data: str) -> dict[str, Any]:
    """Read the first choice of a JSON object; an empty one for a piece that has none (usage figures)."""
    try:
        choices = json.loads(data).get("choices")
        choice = choices[0] if choices else {}
    except (ValueError, AttributeError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise ModelUnavailable("回复的格式不对") from error
    if not isinstance(choice, dict) or not all(isinstance(choice.get(key) or {}, dict) for key in ("delta", "message")):
        raise ModelUnavailable("回复的格式不对")
    return choice
