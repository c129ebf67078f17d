"""Adding what a model says to an answer: below the quotes, checked, and never instead of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.qa.gloss import place_name
from app.qa.model.check import MAX_SENTENCES, check, sentences_of
from app.qa.model.request import messages_for, source_of
from app.types import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.qa.model.check import Checked
    from app.qa.model.request import Source
    from app.settings import Settings
    from app.types import Answer
    from corpus.types import Document

TITLE = "说明（由语言模型改写，以条款原文为准）"
"""What stands above a model's words, wherever they are shown."""


def explanations(answer: Answer, documents: Mapping[str, Document], settings: Settings) -> Iterator[Answer]:
    """Yield the answer, then with one more checked sentence each time, at last with what was dropped; never fails.

    Without citations or without a model nothing comes after the answer itself.
    """
    sources = {
        citation.clause_id: source_of(document, document.clause(citation.clause_id))
        for citation in answer.citations
        for document in (documents[citation.doc_id],)
    }
    yield answer
    if not sources or settings.llm_url is None:
        return
    from app.qa.model.endpoint import (  # noqa: PLC0415 - only where a model is configured
        ModelUnavailable,
        endpoint_of,
        stream_reply,
    )

    checked: tuple[Checked, ...] = ()
    reply = ""
    try:
        endpoint = endpoint_of(settings)
        assert endpoint is not None, "an address and a model belong together"
        for piece in stream_reply(endpoint, messages_for(answer.question, tuple(sources.values()))):
            reply += piece
            whole = _judged(reply.rpartition("\n")[0], sources, answer.question)
            if len(whole) > len(checked):
                checked = whole
                yield _with(answer, checked, sources, final="")
    except ModelUnavailable as error:
        yield _failed(answer, str(error))
        return
    yield _with(answer, _judged(reply, sources, answer.question), sources, final="done")


def _judged(reply: str, sources: Mapping[str, Source], question: str) -> tuple[Checked, ...]:
    return tuple(check(sentence, sources, question) for sentence in sentences_of(reply))


def _with(answer: Answer, checked: Sequence[Checked], sources: Mapping[str, Source], *, final: str) -> Answer:
    kept = [one.sentence for one in checked if not one.fault][:MAX_SENTENCES]
    notes = [Note("explanation", f"{sentence.text}。", sentence.clause_ids) for sentence in kept]
    lines = [
        f"  {sentence.text}（{'、'.join(place_name(sources[one].clause) for one in sentence.clause_ids)}）"
        for sentence in kept
    ]
    text = "\n".join([answer.text, f"{TITLE}：", *lines]) if lines else answer.text
    if final:
        notes += _told(checked, len(kept))
    return replace(answer, text=text, notes=(*answer.notes, *notes))


def _told(checked: Sequence[Checked], kept: int) -> list[Note]:
    """Tell how many sentences were dropped, and why."""
    faults = list(dict.fromkeys(one.fault for one in checked if one.fault))
    dropped = sum(bool(one.fault) for one in checked)
    if dropped:
        rest = "其余已逐句核对" if kept else "没有可用的说明，请看上面的条款原文"
        return [Note("model", f"语言模型的话有 {dropped} 句没有通过核对，已略去（{'；'.join(faults)}）；{rest}。")]
    return [] if kept else [Note("model", "语言模型没有给出说明，请看上面的条款原文。")]


def _failed(answer: Answer, reason: str) -> Answer:
    note = Note("model", f"语言模型没有给出说明（{reason}）；上面的条款原文不受影响。")
    return replace(answer, notes=(*answer.notes, note))
