"""Settings by variable and by file: which goes first, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.failure import WrongInput
from app.cli.settings import read_settings
from app.settings import Settings, SettingsUnusable


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, text: str, name: str = "clauselight.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_here_gives_settings(here):
    """Strings, numbers, lists; a path is sought beside the file; the rest keeps its default."""
    write(here, 'port = 8001\nroot_path = "/terms/"\nembed_origins = ["https://shop.example"]\nusers = "door/users"\n')
    settings = Settings()
    assert settings.port == 8001
    assert settings.root_path == "/terms"
    assert settings.embed_origins == ("https://shop.example",)
    assert settings.users == Path("door/users")
    assert settings.host == "127.0.0.1"


def test_a_named_file_is_read_instead(here, monkeypatch):
    """And its paths are its own."""
    write(here, "port = 8001\n")
    (here / "etc").mkdir()
    monkeypatch.setenv(
        "CLAUSELIGHT_SETTINGS", str(write(here / "etc", 'port = 8002\nlexicon = "own.toml"\n', "a.toml"))
    )
    assert Settings().port == 8002
    assert Settings().lexicon == here / "etc" / "own.toml"


def test_what_is_given_goes_before_the_environment_and_that_before_the_file(here, monkeypatch):
    """One after the other."""
    write(here, "port = 8001\nupload_limit = 5\n")
    assert read_settings().port == 8001
    monkeypatch.setenv("CLAUSELIGHT_PORT", "8002")
    assert read_settings().port == 8002
    assert read_settings(port=8003).port == 8003
    assert read_settings().upload_limit == 5


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("prot = 8001\n", "clauselight.toml：没有名为 prot 的设置；可用的见 README 的设置表"),
        ("port = many\n", "clauselight.toml：不是有效的 TOML 文件（"),
        ('port = "many"\n', "clauselight.toml 中的 port 的值不对，请改正或取消"),
        ('root_path = "terms?"\n', "clauselight.toml 中的 root_path 的值不对，请改正或取消"),
        (
            "allow_anyone = 7\nhost = 5\n",
            "clauselight.toml 中的 host 的值不对；clauselight.toml 中的 allow_anyone 的值不对",
        ),
        ('rules = "none.toml"\n', "clauselight.toml 中的 rules 指的文件不存在：none.toml"),
    ],
)
def test_a_wrong_file_is_refused_in_one_chinese_line(here, text, line):
    """With the place."""
    write(here, text)
    with pytest.raises(WrongInput) as refused:
        read_settings()
    assert str(refused.value).startswith(line)
    assert "\n" not in str(refused.value)


def test_a_wrong_variable_is_told_as_one_although_there_is_a_file(here, monkeypatch):
    """The place that decided is named."""
    write(here, "port = 8001\n")
    monkeypatch.setenv("CLAUSELIGHT_PORT", "many")
    with pytest.raises(WrongInput, match="环境变量 CLAUSELIGHT_PORT 的值不对"):
        read_settings()


def test_a_file_that_is_named_and_missing_is_refused(here, monkeypatch):
    """Rather than that defaults are used in silence."""
    monkeypatch.setenv("CLAUSELIGHT_SETTINGS", str(here / "none.toml"))
    with pytest.raises(SettingsUnusable, match="环境变量 CLAUSELIGHT_SETTINGS 指的文件不存在"):
        Settings()
