"""中/EN: one catalogue with every message in both languages, chosen by address or cookie, on every page."""

from __future__ import annotations

import re
import string

import messages
import pytest
from conftest import TERMS
from fastapi.testclient import TestClient
from markup import read, visible

from app.engine import Engine
from app.settings import Settings
from app.web.language import CHINESE, ENGLISH, catalogue, language, say, speaking, spoken
from app.web.server import build_app
from app.web.words import place_name


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("language")
    (folder / "small.md").write_text(TERMS, encoding="utf-8")
    engine = Engine.open(["weidianyun", str(folder / "small.md")], settings=Settings(index_dir=folder / "index"))
    with TestClient(build_app(engine), base_url="http://127.0.0.1:7860") as running:
        yield running


@pytest.fixture
def fresh(client):
    """Forget the choice of language."""
    client.cookies.clear()
    return client


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize(("part", "said"), [("pages", messages.of_pages), ("scripts", messages.of_scripts)])
def test_every_message_has_its_english_and_nothing_else_does(part, said):
    """No key is missing, none is left over."""
    assert set(catalogue()[part]) == said()


def test_both_languages_fill_the_same_places():
    """And English says something, in English, but for examples of what one may type."""
    for part in catalogue().values():
        for chinese, english in part.items():
            assert places(chinese) == places(english), chinese
            assert english.strip()


@pytest.mark.parametrize("path", sorted((messages.WEB / "pages").glob("*.py")), ids=lambda path: path.name)
def test_pages_say_nothing_past_the_catalogue(path):
    """A Chinese literal in a page's function goes through `say`, or is a sign inside quoted words."""
    assert messages.unsaid(path) <= {"，"}


@pytest.mark.parametrize("path", sorted((messages.WEB / "render").glob("*.py")), ids=lambda path: path.name)
def test_renderers_say_nothing_past_the_catalogue(path):
    """But for the form of a citation, which goes into replies to Chinese customers, and brackets."""
    citation = {"（版本 ", "：", "）", "”\n——《", "》", "《", "〔 〕", "(?!双方)", "〔", "〕", "。"}
    assert messages.unsaid(path) <= citation


@pytest.mark.parametrize("path", ["/", "/support", "/legal", "/api", "/embed/must-read?doc=weidianyun"])
def test_every_page_speaks_both_languages(fresh, path):
    """The address chooses, the cookie keeps it, `lang` tells it; without a choice the page is Chinese."""
    first = fresh.get(path)
    assert (
        '<html lang="zh-CN"' in first.text.replace("\n", " ").replace("  ", " ") or 'lang="zh-CN"' in first.text[:200]
    )
    query = "&" if "?" in path else "?"
    english = fresh.get(f"{path}{query}lang=en")
    assert 'lang="en"' in english.text[:200]
    assert english.headers["content-language"] == "en"
    assert "clauselight-language=en" in english.headers["set-cookie"]
    kept = fresh.get(path)
    assert 'lang="en"' in kept.text[:200]
    assert "set-cookie" not in kept.headers
    back = fresh.get(f"{path}{query}lang=zh-CN")
    assert 'lang="zh-CN"' in back.text[:200]
    assert "english.js" in english.text
    assert "english.js" not in back.text


def test_a_language_that_is_not_there_is_passed_over(fresh):
    """As is a cookie with anything else in it."""
    assert 'lang="zh-CN"' in fresh.get("/?lang=xx").text[:200]
    fresh.cookies.set("clauselight-language", "<b>")
    assert 'lang="zh-CN"' in fresh.get("/").text[:200]


@pytest.mark.parametrize("path", ["review", "findings", "lint"])
def test_parts_of_pages_follow(fresh, path):
    """What the scripts ask for comes in the language of the cookie, the clauses' words in Chinese."""
    fresh.cookies.set("clauselight-language", ENGLISH)
    part = visible(fresh.get(f"/pages/{path}", params={"doc": "weidianyun"}).text)
    assert re.search(r"coverage|Showing|Error|Warning|Advice", part)
    terms = fresh.get("/pages/terms", params={"doc": "small"}).text
    assert "乙方不承担间接损失" in visible(terms)
    assert "Contents" in visible(terms)


def test_a_look_up_in_english_marks_the_words_as_chinese(fresh):
    """Screen readers change their voice for quoted words."""
    fresh.cookies.set("clauselight-language", ENGLISH)
    html = fresh.get("/pages/lookup", params={"q": "违约金", "doc": "small"}).text
    assert "results by relevance" in visible(html)
    assert "Clause 2.2" in visible(html)
    quoted = [attributes for tag, attributes in read(html).tags if tag == "p" and attributes.get("lang")]
    assert quoted
    assert {attributes["lang"] for attributes in quoted} == {CHINESE}


def test_errors_speak_the_language_of_the_cookie(fresh):
    """Each is one sentence."""
    assert fresh.get("/pages/terms", params={"doc": "none"}).json()["detail"].startswith("没有这份条款")
    fresh.cookies.set("clauselight-language", ENGLISH)
    assert fresh.get("/pages/terms", params={"doc": "none"}).json()["detail"].startswith("There are no such terms")
    wrong = fresh.post("/api/v1/documents", params={"name": "a.docx"}, content=b"\x00\x01" * 50)
    assert wrong.json()["detail"].startswith("The file could not be used; what is wrong, in Chinese: ")


def test_a_browser_gets_a_page_for_an_error(fresh):
    """One sentence, the way on, the other language; a program gets JSON."""
    accept = {"accept": "text/html,application/xhtml+xml"}
    for path in ("/receipts/none", "/embed/must-read?doc=none", "/nothing/here", "/gradio_api/upload"):
        page = fresh.get(path, headers=accept)
        assert page.status_code == 404, path
        assert "回到首页" in visible(page.text), path
        assert "English" in visible(page.text), path
    assert fresh.get("/receipts/none").headers["content-type"] == "application/json"
    told = fresh.get("/receipts/none?lang=en", headers=accept).text
    assert "There is no such receipt" in visible(told)


def test_steps_are_said_in_their_language_whatever_thread_asks():
    """Gradio asks for each step of an answer in a context of its own."""

    def steps():
        yield say("提问")
        yield say("取消")

    walking = spoken(ENGLISH, steps())
    assert next(walking) == "Ask"
    assert language() == CHINESE
    assert list(walking) == ["Cancel"]


def test_clauses_are_named_in_english(document):
    """By number, item or paragraph."""
    with speaking(ENGLISH):
        names = [place_name(clause) for clause in document.clauses]
    assert names[0] == "Opening, paragraph 1"
    assert "Clause 2.2" in names
    assert "Clause 2.3 （1）" in names
