"""An answer, or that the terms do not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.cli.text.clause import about

if TYPE_CHECKING:
    from app.types import Answer

NEAREST = 3
"""Nearest clauses shown with a refusal."""
NOT_SHOWN = frozenset({"reason", "lead_in", "part", "explanation"})
"""Notes that repeat what the answer says in other words."""


def render_answer(answer: Answer) -> str:
    """Give an answer for people: the answer, where its words stand and how they are printed, the confidence."""
    said = (note.text for note in answer.notes if note.kind not in NOT_SHOWN and note.text not in answer.text)
    lines = [answer.text, *said]
    if answer.citations:
        lines += ["出处：", *(f"  {about(citation)}" for citation in answer.citations)]
    if answer.nearest:
        lines.append("意思最接近的条款（不是答案）：")
        for citation in answer.nearest[:NEAREST]:
            lines += [f"  {about(citation)}", f"    {' '.join(citation.text.split())}"]
    lines.append(f"〔把握 {answer.confidence:.0%}〕")
    return "\n".join(lines)
