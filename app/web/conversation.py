"""Follow-up questions: "那违约金呢？" asks about the matter of the question before it.

A short question is a follow-up when it leans on what was said (那…呢, 还有…, 它, 这种情况) and does not stand alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 24
"""Characters of a follow-up; longer questions tell their own matter."""
_LEANING = re.compile(
    r"""(?:那么?|那要是|那如果|还有|另外|然后|再问)[，,\s]{0,2}(?P<then>.{1,20}?)  # 那违约金呢
        (?:呢|又怎样|又如何|怎么样|怎么办)?[？?。!！]*
      | (?P<what>[^那这它]{1,12}?)呢[？?]*                                         # 违约金呢
    """,
    re.VERBOSE,
)
_ASKING = re.compile(r"谁|什么|哪|吗|怎么?|几|如何|可以|能")
"""Words that make a question of what follows 那: five characters with one of them stand alone."""
_POINTING = re.compile(r"(?<!其)它|这种情况|那种情况|这样的话|这样(?=[会能行可])|上面|前面说|刚才|此时")
"""Words that point back; the whole question is kept behind the topic."""
_ENDING = re.compile(r"(?:会)?(?:怎么样|怎样|怎么办|如何|多少|吗|呢|吧)?[？?。!！\s]*$")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it is put to the engine."""

    asked: str
    """As typed."""
    words: str
    """What is looked up: the same, or joined to the topic."""
    topic: str
    """The question that a follow-up will lean on."""

    @property
    def leans(self) -> bool:
        """Whether the question was joined to the one before."""
        return self.words != self.asked


def follow(question: str, topic: str) -> Turn:
    """Understand a question after another one; `topic` is empty at the beginning."""
    if not topic or len(question) > LONGEST:
        return Turn(question, question, question)
    leaning = _LEANING.fullmatch(question)
    if leaning is not None:
        rest = leaning["then"] or leaning["what"]
        if len(rest) >= 5 and _ASKING.search(rest):
            return Turn(question, question, question)
        return Turn(question, f"{_matter(topic)}，{rest}", topic)
    if _POINTING.search(question):
        return Turn(question, f"{_matter(topic)}，{question}", topic)
    return Turn(question, question, question)


def _matter(topic: str) -> str:
    """Take the asking off a question: 欠费会怎样？ -> 欠费."""
    return _ENDING.sub("", topic) or topic
