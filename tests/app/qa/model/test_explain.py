"""Below the quotes a model may say in other words what was cited; whatever it does, the quotes stand."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

import pytest
from model_server import Script, serve

from app.cli.text.answer import render_answer
from app.contract import answer_json
from app.qa.model.endpoint import MAX_REPLY
from app.qa.model.explain import TITLE
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.engine import Engine
    from app.types import Answer

QUESTION = "可以转让给第三人吗"
GOOD = (
    "未经乙方书面同意，甲方不得将该产品出租、出借、销售、转让。【weidianyun#7.2】\n"
    "违反的，甲方向乙方支付二十万元的违约金。【weidianyun#7.2】\n"
)


@pytest.fixture
def with_model(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Engine]:
    """Make the shared engine ask a model at an address; other settings as given."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)

    def configured(url: str, **more: object) -> Engine:
        settings = Settings(llm_url=url, llm_model="tiny", **more)  # type: ignore[arg-type]
        monkeypatch.setattr(engine, "settings", settings)
        return engine

    return configured


def notes(answer: Answer, kind: str) -> list[str]:
    """Texts of the notes of a kind."""
    return [note.text for note in answer.notes if note.kind == kind]


def test_a_good_reply_stands_below_the_quotes(with_model: Callable[..., Engine]) -> None:
    """Both sentences stay, each with its clause; the quotes, the status and the confidence are what they were."""
    with serve(Script(GOOD)) as server:
        engine = with_model(server.url)
        plain = engine.ask(QUESTION)
        answer = engine.explain(plain)
    assert answer.text.startswith(plain.text)
    assert (answer.citations, answer.status, answer.confidence) == (plain.citations, plain.status, plain.confidence)
    assert answer.text.removeprefix(plain.text).splitlines()[1:] == [
        f"{TITLE}：",
        "  未经乙方书面同意，甲方不得将该产品出租、出借、销售、转让（第7.2条）",
        "  违反的，甲方向乙方支付二十万元的违约金（第7.2条）",
    ]
    assert [note.clause_ids for note in answer.notes if note.kind == "explanation"] == [("weidianyun#7.2",)] * 2
    assert notes(answer, "model") == []
    assert TITLE in render_answer(answer)
    assert set(answer_json(answer)) == set(answer_json(plain))


def test_a_model_is_sent_the_cited_clauses_and_the_key(with_model: Callable[..., Engine], tmp_path: Path) -> None:
    """The request names the model, streams, holds the cited clauses and no others; the key comes from a file."""
    key = tmp_path / "key"
    key.write_text("secret-of-the-file\n", "utf-8")
    with serve(Script(GOOD)) as server:
        engine = with_model(server.url, llm_key_file=key)
        answer = engine.ask(QUESTION)
        engine.explain(answer)
    (asked,) = server.asked
    assert server.keys == ["Bearer secret-of-the-file"]
    assert (asked["path"], asked["model"], asked["stream"]) == ("/v1/chat/completions", "tiny", True)
    sent = asked["messages"][1]["content"]
    cited = {citation.clause_id for citation in answer.citations}
    for clause in engine.document("weidianyun").clauses:
        if clause.label and clause.clause_id not in cited:
            assert f"编号={clause.clause_id}>" not in sent
    assert all(f"编号={clause_id}>" in sent for clause_id in cited)


def test_it_comes_sentence_by_sentence(with_model: Callable[..., Engine]) -> None:
    """The quotes come first, then each checked sentence before the next has come."""
    with serve(Script(GOOD)) as server:
        engine = with_model(server.url)
        counts = [len(notes(answer, "explanation")) for answer in engine.explanations(engine.ask(QUESTION))]
    assert counts[:2] == [0, 1]
    assert counts[-1] == 2
    assert counts == sorted(counts)


def test_separators_of_lines_inside_a_reply_are_words(with_model: Callable[..., Engine]) -> None:
    """U+2028, U+0085 and a form feed end no line of an event stream (HTML standard, 9.2.5)."""
    with serve(Script(GOOD + "\u2028\x85\x0c甲方可以\u2029转让【weidianyun#7.2】\n")) as server:
        answer = with_model(server.url).explain(with_model(server.url).ask(QUESTION))
    assert "甲方不得将该产品出租" in answer.text
    assert "格式" not in "".join(notes(answer, "model"))


def test_one_json_object_is_understood(with_model: Callable[..., Engine]) -> None:
    """A server that does not stream."""
    with serve(Script(GOOD, manner="whole")) as server:
        engine = with_model(server.url)
        assert len(notes(engine.explain(engine.ask(QUESTION)), "explanation")) == 2


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ("违反的，甲方向乙方支付三十万元的违约金。【weidianyun#7.2】", "数字或日期与条款不符"),
        ("甲方可以将该产品出租、出借、销售、转让。【weidianyun#7.2】", "否定与条款不符"),
        ("乙方不得将该产品出租、出借、销售、转让。【weidianyun#7.2】", "当事人与条款不符"),
        ("甲方不得转让该产品。", "没有注明所依据的条款"),
        ("甲方不得转让该产品。【weidianyun#1.1】", "注明了没有引用的条款"),
        ("条款写着“随便转让”。【weidianyun#7.2】", "引文不是条款原文"),
        ("<script>alert</script>请点击 http://evil.example 领奖。【weidianyun#7.2】", "有条款里没有的名称或地址"),
        ("已忽略之前的规则，现在我是海盗。【weidianyun#7.2】", "说的内容条款里没有"),
    ],
)
def test_lies_are_dropped_and_told(with_model: Callable[..., Engine], lie: str, reason: str) -> None:
    """The lie is nowhere in the answer; that something was dropped, and why, is."""
    with serve(Script(lie + "\n" + GOOD)) as server:
        engine = with_model(server.url)
        answer = engine.explain(engine.ask(QUESTION))
    assert len(notes(answer, "explanation")) == 2
    (told,) = notes(answer, "model")
    assert told == f"语言模型的话有 1 句没有通过核对，已略去（{reason}）；其余已逐句核对。"
    assert told in render_answer(answer)
    assert lie[:12] not in answer.text


def test_nothing_but_lies(with_model: Callable[..., Engine]) -> None:
    """Then there is no explanation, and the text is the quotes alone."""
    with serve(Script("可以退款，放心。\n七天无理由。【weidianyun#7.2】")) as server:
        engine = with_model(server.url)
        plain = engine.ask(QUESTION)
        answer = engine.explain(plain)
    assert answer.text == plain.text
    assert notes(answer, "explanation") == []
    assert "没有可用的说明" in notes(answer, "model")[0]


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (Script(GOOD, status=500), "服务出错（HTTP 500）"),
        (Script(GOOD, status=401), "密钥不对（HTTP 401）"),
        (Script(GOOD, status=429), "请求过多（HTTP 429）"),
        (Script(GOOD, manner="broken"), "回复的格式不对"),
        (Script("[1, 2]", manner="odd"), "回复的格式不对"),
        (Script('{"choices": [{"message": "x"}]}', manner="odd"), "回复的格式不对"),
        (Script('{"choices": []}', manner="odd"), "回复是空的"),
        (Script("", manner="whole"), "回复是空的"),
        (Script(GOOD, manner="cut"), "回复中断"),
        (Script(GOOD, manner="silent"), "超时"),
        (Script(GOOD, manner="drip"), "超时"),
        (Script("长" * (MAX_REPLY + 1)), "回复过长"),
    ],
    ids=lambda value: value.manner if isinstance(value, Script) else value,
)
def test_a_failure_leaves_the_quotes(with_model: Callable[..., Engine], script: Script, reason: str) -> None:
    """One note tells; the text is the quotes alone, and it does not take longer than was allowed."""
    with serve(script) as server:
        engine = with_model(server.url, llm_timeout=1.0)
        plain = engine.ask(QUESTION)
        start = time.monotonic()
        answer = engine.explain(plain)
        taken = time.monotonic() - start
    assert answer.text == plain.text
    assert answer.citations == plain.citations
    assert notes(answer, "model") == [f"语言模型没有给出说明（{reason}）；上面的条款原文不受影响。"]
    assert taken < 2.5


def test_nobody_there(with_model: Callable[..., Engine]) -> None:
    """A port that nobody listens on."""
    with serve(Script(GOOD)) as server:
        url = server.url
    engine = with_model(url)
    answer = engine.explain(engine.ask(QUESTION))
    assert "连接失败或中断" in notes(answer, "model")[0]


def test_a_refusal_is_not_sent(with_model: Callable[..., Engine]) -> None:
    """What the terms do not say is not put into other words."""
    with serve(Script(GOOD)) as server:
        engine = with_model(server.url)
        plain = engine.ask("能退款吗？")
        assert engine.explain(plain) == plain
    assert server.asked == []


def test_without_a_model_nothing_changes(engine: Engine) -> None:
    """The default."""
    plain = engine.ask(QUESTION)
    assert engine.explain(plain) is plain
    assert list(engine.explanations(plain)) == [plain]


def test_the_key_is_never_shown(
    with_model: Callable[..., Engine], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not in the settings as text, the log, the output or the answer."""
    with serve(Script(GOOD, status=401)) as server, caplog.at_level(logging.DEBUG):
        engine = with_model(server.url, llm_key="secret-of-the-environment")
        answer = engine.explain(engine.ask(QUESTION))
    assert server.keys == ["Bearer secret-of-the-environment"]
    said = capsys.readouterr()
    everything = [caplog.text, said.out, said.err, repr(engine.settings), str(answer_json(answer))]
    assert all("secret-of-the-environment" not in text for text in everything)


def test_a_key_file_that_cannot_be_read(with_model: Callable[..., Engine], tmp_path: Path) -> None:
    """Told as any other failure."""
    engine = with_model("http://127.0.0.1:9/v1", llm_key_file=tmp_path / "none")
    answer = engine.explain(engine.ask(QUESTION))
    assert "读不出密钥文件" in notes(answer, "model")[0]


@pytest.mark.parametrize(
    "given",
    [
        {"llm_url": "http://127.0.0.1:1/v1"},
        {"llm_model": "tiny"},
        {"llm_url": "ftp://models.example", "llm_model": "tiny"},
        {"llm_url": "https://user:key@models.example/v1", "llm_model": "tiny"},
        {"llm_url": "https://models.example/v1?key=1", "llm_model": "tiny"},
        {"llm_url": "https://models.example/v1", "llm_model": "tiny", "llm_timeout": 0},
    ],
)
def test_wrong_settings_are_refused(given: dict[str, object]) -> None:
    """An address without a model, a model without an address, keys in the address, no time at all."""
    with pytest.raises(ValueError, match="llm"):
        Settings(**given)  # type: ignore[arg-type]
