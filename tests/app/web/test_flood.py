"""Floods: a client that sends too much is told to wait, and nobody else notices."""

from __future__ import annotations

import asyncio
import base64
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.web.accounts import TRIES, Door, hash_password
from app.web.flood import Flood, Rate, client_of, in_time, is_limited, is_local
from app.web.security import Guard


class Clock:
    """A clock that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def small_app() -> FastAPI:
    app = FastAPI()
    for path in ("/", "/api/v1/ask", "/web/style.css"):
        app.get(path)(lambda: {"a": 1})
    return app


def client_from(address: str, app) -> TestClient:
    return TestClient(app, client=(address, 1234))


def test_a_burst_then_the_steady_rate():
    """Three at once, then one each two seconds; the wait that is told is the wait that is needed."""
    clock = Clock()
    rate = Rate(2.0, 3, clock=clock)
    assert [rate.take("a") for _ in range(4)] == [0, 0, 0, 2.0]
    clock.now += 1.99
    assert rate.take("a") > 0
    clock.now += 0.02
    assert rate.take("a") == 0
    assert rate.take("a") > 0
    assert rate.take("b") == 0


@given(st.lists(st.floats(0, 5), max_size=200), st.integers(1, 10), st.floats(0.1, 3))
def test_no_window_holds_more_than_burst_and_rate(pauses, burst, interval):
    """Whatever the order of pauses: within any time T at most burst + T / interval events happen."""
    clock = Clock()
    rate = Rate(interval, burst, clock=clock)
    happened = []
    for pause in pauses:
        clock.now += pause
        if rate.take("a") == 0:
            happened.append(clock.now)
    for first in range(len(happened)):
        for last in range(first, len(happened)):
            assert last - first + 1 <= burst + (happened[last] - happened[first]) / interval + 1e-6


def test_a_refused_event_costs_nothing():
    """Whoever keeps asking too early is let in as soon as whoever waits."""
    clock = Clock()
    rate = Rate(1.0, 1, clock=clock)
    assert rate.take("a") == 0
    for _ in range(50):
        assert rate.take("a") > 0
    clock.now += 1.0
    assert rate.take("a") == 0


def test_the_table_of_clients_is_bounded():
    """A flood from a million addresses fills no memory; the newest are remembered."""
    rate = Rate(60.0, 1, most_clients=100, clock=Clock())
    for number in range(1000):
        rate.take(str(number))
    assert len(rate) == 100
    assert rate.take("999") > 0
    assert rate.take("0") == 0


def test_threads_together_get_no_more():
    """Fifty threads, twenty events allowed: exactly twenty happen."""
    rate = Rate(1000.0, 20)
    with ThreadPoolExecutor(50) as pool:
        assert sum(wait == 0 for wait in pool.map(lambda _: rate.take("a"), range(500))) == 20


def test_a_flood_gets_429_and_others_an_answer():
    """60 a minute, 30 at once: the 31st is refused with the seconds to wait; another client and the style are not."""
    app = Flood(small_app(), per_minute=60, clock=Clock())
    loud, quiet = client_from("192.0.2.1", app), client_from("192.0.2.2", app)
    answers = [loud.get("/api/v1/ask") for _ in range(40)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [429] * 10
    assert int(answers[-1].headers["retry-after"]) == 1
    assert answers[-1].json()["detail"] == "请求太频繁，请 1 秒后再试。"
    assert loud.get("/web/style.css").status_code == 200
    assert quiet.get("/api/v1/ask").status_code == 200


def test_this_machine_may_send_five_times_as_much():
    """A proxy that hides its clients, or whoever measures."""
    client = client_from("127.0.0.1", Flood(small_app(), per_minute=60, clock=Clock()))
    codes = [client.get("/").status_code for _ in range(170)]
    assert codes.count(200) in (145, 146)  # 29 seconds of slack at a fifth each, and the first


def test_no_limit_where_none_is_wanted():
    """rate_limit = 0."""
    client = client_from("192.0.2.1", Flood(small_app(), per_minute=0))
    assert {client.get("/").status_code for _ in range(300)} == {200}


def test_a_person_gets_a_page(tmp_path):
    """A browser shows one sentence and the way back, with the headers of every page."""
    app = Guard(Flood(small_app(), per_minute=2, clock=Clock()))
    client = client_from("192.0.2.1", app)
    client.get("/")
    page = client.get("/", headers={"accept": "text/html"})
    assert page.status_code == 429
    assert page.headers["content-type"].startswith("text/html")
    assert "请求太频繁" in page.text
    assert int(page.headers["retry-after"]) >= 1
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_too_much_under_way_is_refused():
    """Four requests that never end leave no room for a fifth; one that ends does."""
    release, begun = asyncio.Event(), []

    async def slow(scope, receive, send):
        begun.append(scope)
        await release.wait()

    async def run():
        flood = Flood(slow, per_minute=0, most_open=4)
        sent = []

        async def send(message):
            sent.append(message)

        scope = {"type": "http", "path": "/api/v1/ask", "client": ("192.0.2.1", 1), "headers": [], "method": "GET"}
        waiting = [asyncio.create_task(flood(scope, None, send)) for _ in range(4)]
        await asyncio.sleep(0)
        await flood(scope, None, send)
        assert sent[0]["status"] == 429
        assert len(begun) == 4
        release.set()
        await asyncio.gather(*waiting)
        await flood(scope, None, send)
        assert len(begun) == 5

    asyncio.run(run())


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::1"),
        ("testclient", "testclient"),
    ],
)
def test_clients_are_named_by_address(address, name):
    """One household has a /64 of IPv6 (RFC 6177): its addresses count together."""
    assert client_of({"client": (address, 5)}) == name


@pytest.mark.parametrize(("client", "local"), [("127.0.0.1", True), ("::1", True), ("192.0.2.1", False), ("", False)])
def test_this_machine_is_known(client, local):
    """By its loopback address."""
    assert is_local(client) is local


@pytest.mark.parametrize(
    ("path", "limited"),
    [
        ("/", True),
        ("/legal", True),
        ("/api/v1/ask", True),
        ("/pages/lookup", True),
        ("/gradio_api/queue/join", True),
        ("/gradio_api/queue/data", False),
        ("/web/style.css", False),
        ("/assets/index.js", False),
        ("/healthz", False),
        ("/metrics", False),
    ],
)
def test_what_costs_work_is_counted(path, limited):
    """Pages, answers, files that are made; not what is only read from the disk."""
    assert is_limited(path) is limited


def guess(client, name, password):
    packed = base64.b64encode(f"{name}:{password}".encode()).decode()
    return client.get("/", headers={"authorization": f"Basic {packed}"})


@pytest.fixture
def guarded():
    return Door(small_app(), {"li": hash_password("correct horse")}, framed=False)


def test_guessing_locks_out(guarded):
    """Ten wrong passwords, then 429 also for the right one, from this client and for this name."""
    guesser, other = client_from("192.0.2.1", guarded), client_from("192.0.2.2", guarded)
    assert {guess(guesser, "li", f"wrong {n}").status_code for n in range(TRIES)} == {401}
    locked = guess(guesser, "li", "correct horse")
    assert locked.status_code == 429
    assert 1 <= int(locked.headers["retry-after"]) <= 60
    assert guess(guesser, "wang", "x").status_code == 429
    assert guess(other, "li", "y").status_code == 429
    assert other.get("/").status_code == 401


def test_whoever_is_inside_stays_inside(guarded):
    """Somebody else's guesses do not lock out who was let in before."""
    owner, guesser = client_from("192.0.2.9", guarded), client_from("192.0.2.1", guarded)
    assert guess(owner, "li", "correct horse").status_code == 200
    for n in range(30):
        guess(guesser, "li", str(n))
    assert guess(owner, "li", "correct horse").status_code == 200
    assert guess(guesser, "li", "correct horse").status_code == 200


def test_many_guesses_at_once_are_no_way_round(guarded):
    """Forty threads try together: at most ten passwords are looked at."""
    statuses, barrier = [], threading.Barrier(40)

    def attempt(n):
        client = client_from("192.0.2.1", guarded)
        barrier.wait()
        statuses.append(guess(client, "li", f"wrong {n}").status_code)

    threads = [threading.Thread(target=attempt, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(401) == TRIES
    assert statuses.count(429) == 30


def test_a_body_that_never_ends_is_given_up():
    """The sender of half a body counts as gone after the time; the place is free again."""
    seen = []

    async def reads(scope, receive, send):
        while True:
            message = await receive()
            seen.append(message["type"])
            if message["type"] == "http.disconnect":
                return

    async def run():
        first = [{"type": "http.request", "body": b"1", "more_body": True}]

        async def receive():
            if not first:
                await asyncio.sleep(3600)
            return first.pop()

        flood = Flood(reads, per_minute=0, body_seconds=0.05)
        scope = {"type": "http", "path": "/api/v1/documents", "client": ("192.0.2.1", 1), "headers": []}
        await asyncio.wait_for(flood(scope, receive, None), 20)
        assert flood._open == 0

    asyncio.run(run())
    assert seen == ["http.request", "http.disconnect"]


def test_a_whole_body_may_be_worked_on_for_long():
    """The time is for sending; listening for the sender's leaving afterwards has no end."""

    async def run():
        async def receive():
            await asyncio.sleep(0.1 if told else 0)
            told.append(1)
            return {"type": "http.request", "body": b"", "more_body": False} if len(told) == 1 else {"type": "later"}

        told = []
        receive_on = in_time(receive, 0.05)
        assert (await receive_on())["type"] == "http.request"
        assert (await receive_on())["type"] == "later"

    asyncio.run(run())
