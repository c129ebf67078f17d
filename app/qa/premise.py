"""What a question takes for granted and the clause says otherwise: 违约金三十万对吧, where the clause says 二十万."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.qa.figures import figures_of
from app.qa.gloss import place_name
from app.qa.sentences import sentences_of
from app.types import Note
from index.segmentation import segment

if TYPE_CHECKING:
    from app.qa.figures import Figure
    from corpus.types import Clause

_CONFIRM = re.compile(
    r"对吧|对吗|对不对|对么|是吧|是吗|是不是|是么|没错|不是说|不是.{1,12}[吗么]|(?:就|才|只|都|也)?是.{0,12}吧|[^，。]吧\s*[?？。]?$|"
    r"凭(?:什么|啥)|为(?:什么|啥)|怎么(?:要|会|才|还)|right\??$"
)
"""Words that ask to confirm or take something as given."""
_TOLD = re.compile(
    r"(?:我|我们|本人|我司|公司)[^，,。？?]{0,8}(?:用|买|付|交|等|过|花|欠|签|注册|合作)了?[^，,。？?]{0,6}$"
)
"""Before a figure: it tells what happened to the person, and claims nothing of the terms."""
_BOUND = re.compile(r"(?:已经?|[了过]|不到|不足|至少|起码|最多|超过|大于|小于|少于|多于|以内|之内)\s*$")
"""Before a figure: it is a fact or a bound, no claim of what the terms say."""
_CLAIMED = frozenset(
    {"money", "percent", "permille", "times", "working_days", "days", "months", "hours", "years_of_age"}
)
MAX_WORDS = 60
"""Characters of the clause's own words in a note at most."""


def premise_note(question: str, clause: Clause) -> Note | None:
    """Correct a figure that a question asks to confirm, with the clause's own words.

    Only where the clause speaks, in a sentence with a figure of the same kind, of what the question names, and none
    of its figures there is the one claimed.
    """
    if not _CONFIRM.search(question):
        return None
    claims = [
        figure
        for figure in figures_of(question)
        if figure.kind in _CLAIMED
        and not _TOLD.search(question, 0, figure.start)
        and not _BOUND.search(question, 0, figure.start)
    ]
    if len(claims) != 1:
        return None
    (claim,) = claims
    named = {word for word in segment(question[: claim.start] + "，" + question[claim.end :]) if len(word) > 1}
    for sentence in sentences_of(clause):
        stated = [figure for figure in figures_of(sentence.text) if figure.kind == claim.kind]
        if not stated or not named.intersection(segment(sentence.text)):
            continue
        if any(abs(figure.value - claim.value) < 1e-6 for figure in stated):
            return None
        words = _around(sentence.text, stated[0])
        text = f"您说的“{claim.text}”与条款不一致：{place_name(clause)}写的是“{words}”。"
        return Note("premise", text, (clause.clause_id,))
    return None


def _around(sentence: str, figure: Figure) -> str:
    """Cut the words around a figure, from comma to comma, no longer than can be read at a glance."""
    if len(sentence) <= MAX_WORDS:
        return sentence.rstrip("。；;，, ")
    start = max(sentence.rfind(mark, 0, figure.start) for mark in "，,；;：:。") + 1
    ends = [place for mark in "，,；;。" if (place := sentence.find(mark, figure.end)) >= 0]
    end = min(ends, default=len(sentence))
    return sentence[max(start, figure.start - MAX_WORDS) : min(end, figure.end + MAX_WORDS)].strip()
