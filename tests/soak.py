"""Many clients for minutes, good and bad ones, against the real server: `python -m tests.soak [--minutes 5]`.

Printed at the end: answers, refusals, errors, the distribution of the time to an answer, memory and open files at the
beginning and at the end, and how long the server took to end at SIGTERM. Status 1 when an answer was wrong, something
leaked, or the end took longer than ten seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[1]
QUESTIONS = (
    "谁付费",
    "违约金是多少",
    "能退款吗",
    "争议由哪里的法院管辖",
    "账号可以转让吗",
    "13.5",
    "保密期多久",
    "今天天气",
)
TERMS = "1.1 乙方不承担任何责任。\n\n1.2 甲方逾期的，应支付违约金。\n"
LEAST_WARM = 500
"""Answers after which memory is taken for the first time: caches are full then."""
GROWTH = 1.15
"""Memory at the end over that at the beginning, at most."""


class Run:
    """What one run counts."""

    def __init__(self, address: str, process: subprocess.Popen[bytes]) -> None:
        self.address, self.process = address, process
        self.seconds: list[float] = []
        self.outcomes: Counter[str] = Counter()
        self.begun: tuple[int, int] | None = None

    def footprint(self) -> tuple[int, int]:
        """Resident megabytes and open files of the server (Linux)."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        files = len(os.listdir(f"/proc/{self.process.pid}/fd"))  # noqa: PTH208 - only the count
        return pages * os.sysconf("SC_PAGE_SIZE") // 2**20, files

    async def ask(self, client: httpx.AsyncClient, chance: random.Random) -> None:
        """Ask, and check that the quotes come with their clause."""
        began = time.monotonic()
        answer = await client.get("/api/v1/ask", params={"q": chance.choice(QUESTIONS), "doc": "weidianyun"})
        if answer.status_code == 429:
            self.outcomes["refused"] += 1
            await asyncio.sleep(float(answer.headers["retry-after"]))
            return
        self.seconds.append(time.monotonic() - began)
        right = answer.status_code == 200 and answer.json()["status"] in {"answered", "not_found"}
        self.outcomes["answered" if right else f"wrong {answer.status_code}"] += 1
        if self.begun is None and self.outcomes["answered"] >= LEAST_WARM:
            self.begun = self.footprint()

    async def upload(self, client: httpx.AsyncClient, chance: random.Random) -> None:
        """Upload terms; none may be lost or mixed up."""
        number = chance.randrange(10**9)
        text = f"# 条款{number}\n\n{TERMS}"
        taken = await client.post("/api/v1/documents", params={"name": f"{number}.md"}, content=text.encode())
        if taken.status_code == 429:
            self.outcomes["refused"] += 1
            return
        right = taken.status_code == 201 and taken.json()["title"] == f"条款{number}"
        self.outcomes["uploaded" if right else f"lost upload {taken.status_code}"] += 1

    async def drop(self, chance: random.Random) -> None:
        """Begin a request and go away: in the middle of its head, of its body, or of the answer."""
        reader, writer = await asyncio.open_connection(*self.address.removeprefix("http://").split(":"))
        head = b"POST /api/v1/documents?name=a.md HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n"
        writer.write(chance.choice([head[:40], head + b"1.1 ", b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"]))
        await writer.drain()
        if chance.random() < 0.3:  # a slow reader
            for _ in range(20):
                await asyncio.sleep(0.1)
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(10), 0.5)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        self.outcomes["dropped"] += 1

    async def live(self, number: int, until: float) -> None:
        """Be one client: mostly asking, sometimes uploading, sometimes going away, sometimes giving up early."""
        chance = random.Random(number)
        async with httpx.AsyncClient(base_url=self.address, timeout=60, trust_env=False) as client:
            while time.monotonic() < until:
                kind = chance.random()
                try:
                    if kind < 0.04:
                        await self.drop(chance)
                    elif kind < 0.08:
                        await self.upload(client, chance)
                    elif kind < 0.12:
                        with suppress(TimeoutError):
                            await asyncio.wait_for(self.ask(client, chance), 0.05)
                        self.outcomes["given up"] += 1
                    else:
                        await self.ask(client, chance)
                except httpx.HTTPError as error:
                    self.outcomes[f"error {type(error).__name__}"] += 1
                await asyncio.sleep(chance.uniform(0, 2))


async def soak(run: Run, clients: int, seconds: float) -> None:
    """Let all clients live until the time is over."""
    until = time.monotonic() + seconds
    await asyncio.gather(*(run.live(number, until) for number in range(clients)))


def main() -> int:
    """Start the server, load it, tell what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=5.0)
    options = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"CLAUSELIGHT_INDEX_DIR": f"{folder}/index", "CLAUSELIGHT_LOGS": "false"}
        command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
        with subprocess.Popen(command, cwd=ROOT, env=environment) as process:
            run = Run(f"127.0.0.1:{port}", process)
            run.address = f"http://127.0.0.1:{port}"
            _wait(run)
            asyncio.run(soak(run, options.clients, options.minutes * 60))
            time.sleep(3)
            ended = run.footprint()
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(60)
            return _tell(run, options, ended, time.monotonic() - began)


def _wait(run: Run) -> None:
    for _ in range(600):
        with suppress(httpx.HTTPError):
            if httpx.get(f"{run.address}/readyz", trust_env=False).status_code == 200:
                return
        time.sleep(0.3)
    raise TimeoutError("the server did not become ready")


def _tell(run: Run, options: argparse.Namespace, ended: tuple[int, int], drained: float) -> int:
    seconds = sorted(run.seconds)
    share = {name: seconds[int(len(seconds) * part)] for name, part in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}
    begun = run.begun or ended
    print(f"{options.clients} clients, {options.minutes} minutes: {dict(sorted(run.outcomes.items()))}")
    print(" ".join(f"{name} {value:.2f} s" for name, value in share.items()))
    print(f"memory {begun[0]} -> {ended[0]} MB, open files {begun[1]} -> {ended[1]}, ended in {drained:.1f} s")
    wrong = sum(count for name, count in run.outcomes.items() if name.startswith(("wrong", "lost", "error")))
    return int(wrong > 0 or ended[0] > begun[0] * GROWTH or ended[1] > begun[1] + 20 or drained > 10)


if __name__ == "__main__":
    sys.exit(main())
