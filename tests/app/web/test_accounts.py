"""Users: hashed, asked for, and needed wherever others can reach."""

from __future__ import annotations

import base64
import io
import stat

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.cli import main
from app.settings import Settings
from app.web.accounts import Door, check_reach, fits, hash_password, read_users, write_user
from app.web.errors import ServeRefused


def basic(name, password):
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.fixture
def users(tmp_path):
    write_user(tmp_path / "users", "小王", "correct horse")
    return tmp_path / "users"


def test_the_file_holds_no_password_and_is_its_owners_alone(users):
    """A salted hash, mode 0600; another password takes the place of the first."""
    assert "horse" not in users.read_text(encoding="utf-8")
    assert stat.S_IMODE(users.stat().st_mode) == 0o600
    write_user(users, "小王", "another one")
    assert list(read_users(users)) == ["小王"]
    assert fits("another one", read_users(users)["小王"])
    assert not fits("correct horse", read_users(users)["小王"])
    assert hash_password("x") != hash_password("x")


@pytest.mark.parametrize("framed", [True, False])
def test_the_door_opens_for_known_users(users, framed):
    """No header, a wrong one, another name: 401; a monitor needs none."""
    app = FastAPI()
    for path in ("/", "/healthz", "/embed/must-read"):
        app.get(path)(lambda: {"a": 1})
    client = TestClient(Door(app, read_users(users), framed=framed))
    refused = client.get("/")
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    for headers in (
        basic("小王", "wrong"),
        basic("王", "correct horse"),
        {"authorization": "Basic !"},
        {"authorization": ""},
    ):
        assert client.get("/", headers=headers).status_code == 401
    for _ in range(2):
        assert client.get("/", headers=basic("小王", "correct horse")).status_code == 200
    assert client.get("/healthz").status_code == 200
    assert client.get("/embed/must-read").status_code == (200 if framed else 401)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.com"])
def test_others_are_not_served_without_users(host, tmp_path, users):
    """Unless that is wanted in so many words."""
    with pytest.raises(ServeRefused, match="clauselight users add"):
        check_reach(Settings(host=host))
    check_reach(Settings(host=host, allow_anyone=True))
    check_reach(Settings(host=host, users=users))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "localhost"])
def test_this_machine_is(host):
    """Off by default where nobody else can reach."""
    check_reach(Settings(host=host))


@pytest.mark.parametrize("content", ["", "# nobody\n", "name:plain password\n"])
def test_a_file_without_users_is_refused(tmp_path, content):
    """Rather than open to all."""
    (tmp_path / "users").write_text(content, encoding="utf-8")
    with pytest.raises(ServeRefused, match="clauselight users add"):
        read_users(tmp_path / "users")


def test_users_are_added_at_the_command_line(tmp_path, monkeypatch):
    """The password comes from standard input; one too short is refused."""
    monkeypatch.setattr("sys.stdin", io.StringIO("long enough\n"))
    assert main(["users", "add", "li", "--file", str(tmp_path / "u")]) == 0
    assert fits("long enough", read_users(tmp_path / "u")["li"])
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["users", "add", "li", "--file", str(tmp_path / "u")]) == 2
