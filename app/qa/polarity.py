"""Yes or no, only where a sentence of the clause says so itself: 不得 is no, 有权 is yes, 无需 is not needed.

Nothing is concluded: one sentence must forbid, allow, demand, waive or disclaim, of the side that the question is
about, everything that the question names, under no condition but one that the question names too. Else there is no
verdict, and the quote speaks for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.qa.gloss import glossed, place_name
from app.qa.sentences import sentences_of
from app.types import Note
from corpus.parties import role_of_name
from corpus.types import Role
from index.segmentation import segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.qa.question import Question
    from corpus.types import Clause, Document


@dataclass(frozen=True, slots=True)
class _Kind:
    """A way of asking, and the words of clauses that answer it."""

    asked: re.Pattern[str]
    no: re.Pattern[str]
    said_no: str
    yes: re.Pattern[str]
    said_yes: str


_ENDS = r"[^，,。；;]*(?:吗|么|嘛|不|没有|[?？]|$)"
_KINDS = (
    _Kind(
        re.compile(r"负不负责|赔不赔|管不管|(?:负责|赔偿?|担责|承担|负)[^，,。；;]{0,8}(?:吗|么|嘛|不(?!是)|[?？])"),
        re.compile(
            r"(?:不|无需|无须|免于?)(?:再)?(?:应|需)?(?:向[^，。；]{1,12})?承担[^，。；]{0,14}(?:责任|赔偿|损失)"
            r"|不(?:应)?(?:负|对[^，。；]{2,40}(?:负责|承担[^，。；]{0,8}责任))|概不负责|不予(?:赔偿|补偿)|不作(?:任何)?赔偿"
        ),
        "不承担",
        re.compile(r"(?<![不无免需须])(?:应当?|将|须|由[^，。；]{1,10})[^，。；不]{0,8}(?:承担|赔偿|负责)"),
        "要承担",
    ),
    _Kind(
        re.compile(rf"(?:需不需要|用不用|要不要|是否需要|是否必须|是不是必须|必须|需要|一定要){_ENDS}"),
        re.compile(r"无需|无须|毋须|毋需|不需要?|不必"),
        "不需要",
        re.compile(r"应当|必须|(?<![相供响反对适回顺理照])应(?![用答对])|(?<![无毋])须|(?<![无毋不])需要?(?!求)"),
        "需要",
    ),
    _Kind(
        re.compile(
            rf"(?:可不可以|能不能|能否|可否|允不允许|行不行|(?<!不)可以|允许|准许|有权|(?<![不可性只功])能){_ENDS}"
        ),
        re.compile(r"不得|禁止|严禁|无权|不允许|不可以"),
        "不可以",
        re.compile(r"有权|可以|(?<![不认许])可(?=[自单随根按依将向在])|允许"),
        "可以",
    ),
)
_OPEN = re.compile(r"什么|啥|怎么|怎样|咋|如何|多少|多久|几|谁|哪|为何|凭|何时|还是|的话$")
_GUARDED = re.compile(
    r"例外|除非|除了|如果|要是|万一|假如|若|(?:可以|需要|必须|能够|有权)不|能不(?!能)|不是|只要|只有|是不是不|没人管"
)
"""A question with a condition of its own, or a negation, is left to the quote."""
_CONSENTED = re.compile(r"同意|授权|许可|批准")
_CONDITION = re.compile(
    r"如果?(?![下图])|若|当.{2,30}时|倘|一旦|情形|情况下|期间|前提|之前|之后|逾期|因[^此而]|由于|除外|仅限?|的[，,]|导致|造成"
)
_CONSENT = re.compile(
    r"未经(?P<who>[^，。；、]{0,16}?)(?P<what>(?:的|事先|事前|明确|明示|另行)*(?:书面)?(?:同意|许可|授权|批准|允许))"
)
_UNLESS = re.compile(r"除非(?P<what>[^，。；]{2,40})")
_RESTRICTED = re.compile(r"[^，。；]{2,}的$")
"""Before a party's name: only some of them are meant (未满十四周岁的用户)."""
_EXCEPTED = re.compile(r"但[^。；]*|除(?!非)[^，。；]{1,30}外[，,]?")
"""What is said of exceptions: words that stand there alone are not ruled on."""
_BUT = re.compile(r"除外|除(?!非)[^，。；]{1,30}外|另有(?:约定|规定)|但(?!是?不限于)|不过|例外")
_SCOPE_ENDS = re.compile(
    r"，(?:否则|但|除非|如|若)|，[^，；。]{0,12}?(?:不得|应当?|有权|可以|无需|无须|须|必须|不承担|禁止)|；|。"
)
_CARRIES_ON = re.compile(r"[而且并]")
_BREAK = re.compile(r"对外|[的地将把对向给为与和或及者在、等]|或者|以及|进行|提供|使用|采取")
_GENERIC = frozenset(
    {
        "可以", "允许", "能够", "是否", "能否", "可否", "需要", "必须", "应该",
        "一定", "有权", "我们", "你们", "他们", "咱们", "别人", "他人", "人家",
        "其他人", "第三方", "第三人", "自己", "本人", "一下", "随便", "直接", "任意",
        "随时", "单方", "单方面", "私自", "擅自", "公司", "平台", "服务", "产品",
        "进行", "请问", "就是", "这个", "那个", "东西", "第三", "负责", "一方",
        "双方", "各方", "任何一方", "责任", "承担",
        "赔偿", "行不行", "客户", "用户", "商家", "软件", "系统", "网站", "会不会",
        "手续", "有没有", "事先", "提前", "拿来", "用来", "任何", "所有", "一些", "合作",
        "里面", "自行", "造成", "导致", "引起", "不能", "能不能", "可不可以", "要不要",
        "用不用",
    }
)  # fmt: skip
"""Words that say how something is asked and nothing of what."""
_FUNCTION = frozenset(
    "因如若当人"
    "我你您他她它的了吗么呢吧啊嘛呀把被给让对向跟和与在就都也还能可会要得用需不没有是做去来到这那个人为于从以将请想再又只才问且或及并"
)
_US, _YOU = re.compile(r"你们|贵司|贵方|您那边|厂家|官方|服务商"), re.compile(r"我(?!国)|咱|本人|本公司")
_OBJECT = re.compile(r"(?:拿|给|把|对|向|用|为|替|跟|和|找|收|封|停|删|看|告|罚|让|被)\s*(?:我|咱|你们|您)")


def verdict_note(document: Document, clause: Clause, question: Question) -> Note | None:
    """Answer a yes-or-no question in a word, with the exception that the sentence itself makes: `按第7.2条，不可以。`.

    None where that is not certain.
    """
    if _OPEN.search(question.text) or _GUARDED.search(question.text):
        return None
    kind = next((kind for kind in _KINDS if kind.asked.search(question.text)), None)
    if kind is None or (kind.said_no == "不可以" and _CONSENTED.search(question.text)):
        return None
    found = [
        verdict
        for sentence in sentences_of(clause)
        for verdict in _verdicts(document, clause, question, kind, sentence.text)
    ]
    if not found or len({word for word, _ in found}) > 1:
        return None
    word, exception = found[0]
    words = f"按{place_name(clause)}，{word}{glossed(document, clause, exception)}。"
    return Note("point", words, (clause.clause_id,))


def _verdicts(
    document: Document, clause: Clause, question: Question, kind: _Kind, sentence: str
) -> Iterator[tuple[str, str]]:
    """Yield what a sentence says of all that a question names, with its exception."""
    for pattern, word in ((kind.no, kind.said_no), (kind.yes, kind.said_yes)):
        for match in pattern.finditer(sentence):
            before, scope = sentence[: match.start()], _scope(sentence, match)
            if kind.said_no == "不承担":  # what is not answered for often stands before
                scope = sentence
            ruled = _EXCEPTED.sub("", scope)
            region = sentence if kind.said_no == "不承担" else _leading(before) + ruled
            if not _names_all(document, question, _EXCEPTED.sub("", region), ruled):
                continue
            if _narrowed(document, question, before, ruled, "" if region == sentence else match.group()):
                continue
            consents = kind.said_no == "不需要" and "同意" in question.text
            if not _is_about(document, clause, question, scope if consents else before, first=consents):
                continue
            exception = _exception(sentence, before) if word == kind.said_no else ""
            if _conditional(sentence, before, scope, question, strict=word == kind.said_yes):
                continue
            yield word, exception
            break


def _leading(before: str) -> str:
    """Give the words before the verdict's word that belong to it: its stretch, its conditions, what it carries on."""
    stretches = before.split("，")
    kept = [stretches.pop()]
    while stretches and (_CARRIES_ON.match(kept[0]) or _CONDITION.search(stretches[-1] + "，")):
        kept.insert(0, stretches.pop())
    return "，".join(kept)


def _narrowed(document: Document, question: Question, before: str, scope: str, ruling: str) -> bool:
    """Whether the sentence speaks of less than the question: only of some cases, or only of some things.

    Every word of its condition must be named by the question, with its negation, and so must what stands right before
    a named thing (有毒物品 where 物品 was asked for).
    """
    asked, aliases = question.text, [name for party in document.parties for name in party.aliases]
    told = _EXCEPTED.sub("", _CONSENT.sub("", _UNLESS.sub("", before)))
    condition = _leading(told).rpartition("，")[0] or told
    carried = _CARRIES_ON.match(before.rpartition("，")[2]) is not None
    if not carried:
        words = [word for word in segment(condition, search=False) if _says_something(word, aliases)]
        if any(word not in asked for word in words):
            return True
        if re.search(r"[未非没无]|不(?!可抗力)", condition) and not re.search(r"[未非没无]|不(?!可抗力)", asked):
            return True
    last = (-1, "")
    for word in (word for word in segment(asked, search=False) if _says_something(word, aliases)):
        at = scope.find(word) if len(word) > 1 else -1
        run = re.search(r"[\u4e00-\u9fff]*$", _BREAK.sub("，", scope[len(ruling) : at])) if at >= len(ruling) else None
        rest = re.split(r"[，。；]", scope[at + len(word) :])[0] if at >= 0 else ""
        if ruling and re.search(r"后|用于|以便", rest):
            return True
        last = max(last, (at, rest))
        if run and any(
            piece not in asked for piece in segment(run.group(), search=False) if _says_something(piece, aliases)
        ):
            return True
    return bool(ruling) and _goes_on(last[1], asked, aliases)


def _goes_on(rest: str, asked: str, aliases: Sequence[str]) -> bool:
    """Whether what follows a named word at once says more than was asked (使用机器人|刷取收听时长)."""
    follows = re.split(r"[、]|或者?|和|及", rest)[0]
    return any(piece not in asked for piece in segment(follows, search=False) if _says_something(piece, aliases))


def _scope(sentence: str, match: re.Match[str]) -> str:
    end = _SCOPE_ENDS.search(sentence, match.end())
    return sentence[match.start() : end.start() if end else len(sentence)]


def _names_all(document: Document, question: Question, sentence: str, scope: str) -> bool:
    """Whether the sentence has every word that the question is about, and what follows the verdict's word has one."""
    aliases = [name for party in document.parties for name in party.aliases]
    words = [word for word in segment(question.text, search=False) if _says_something(word, aliases)]
    concepts = [concept for concept in question.concepts if concept.is_written(sentence)]
    asked = question.text.lower()
    meant = {
        word: next((one for one in concepts if any(word in said and said in asked for said in one.said)), None)
        for word in words
    }
    if not words or not all(_stands(word, sentence) or meant[word] for word in words):
        return False
    return any(
        _stands(word, scope) or ((concept := meant[word]) is not None and concept.is_written(scope)) for word in words
    )


def _stands(word: str, text: str) -> bool:
    """Whether a text has a word, or both halves of a compound (调整价格: 调整服务价格)."""
    return word in text or (len(word) == 4 and word[:2] in text and word[2:] in text)


def _says_something(word: str, aliases: Sequence[str]) -> bool:
    if word in _GENERIC or word in aliases:
        return False
    return not all(character in _FUNCTION for character in word)


def _is_about(document: Document, clause: Clause, question: Question, words: str, *, first: bool) -> bool:
    """Whether the last party before the verdict's word is the side that the question asks about.

    `first`: it is the first one after it, whose consent is asked for.
    """
    names = {name: party.role for party in document.parties for name in party.aliases}
    both = re.compile(
        "|".join(
            map(re.escape, sorted([*names, "任何一方", "双方", "各方", "任意一方", "一方"], key=len, reverse=True))
        )
    )
    mentions = list(both.finditer(_CONSENT.sub(lambda match: "　" * len(match.group()), words)))
    if not mentions:
        return False
    mention = mentions[0 if first else -1]
    if not first and _RESTRICTED.search(words[: mention.start()]):
        return False
    name = mention.group()
    if name not in names:
        return True
    asked = next((role for alias, role in names.items() if alias in question.text), None) or _side_asked(question.text)
    return asked is not None and role_of_name(document, name, clause.clause_id) is asked


def _side_asked(text: str) -> Role | None:
    """Tell which side a question is about: 你们 is the vendor, 我 and nobody the customer; None when both act."""
    plain = _OBJECT.sub("", text)
    vendor, customer = _US.search(plain), _YOU.search(plain)
    if vendor and customer:
        return Role.VENDOR if vendor.start() < customer.start() else Role.CUSTOMER
    if vendor:
        return Role.VENDOR
    return Role.CUSTOMER if customer or plain == text else None


def _conditional(sentence: str, before: str, scope: str, question: Question, *, strict: bool) -> bool:
    """Whether the verdict hangs on a condition that the question does not name."""
    condition = _CONDITION.search(_UNLESS.sub("", before))
    if condition is not None:
        told = [word for word in segment(question.text, search=False) if len(word) > 1 and word not in _GENERIC]
        if not any(word in before for word in told):
            return True
    return strict and bool(
        _CONDITION.search(scope.split("，", 1)[0])
        or _BUT.search(sentence)
        or re.search(r"经[^，。；]{0,12}(?:同意|批准)|(?<![甲乙丙丁])方可", sentence)
    )


def _exception(sentence: str, before: str) -> str:
    consent = _CONSENT.search(before)
    if consent:
        return f"，除非{consent['who']}{consent['what'].lstrip('的')}"
    unless = _UNLESS.search(sentence)
    if unless:
        return f"，除非{unless['what']}"
    return "（条款另写了例外，见原文）" if _BUT.search(sentence) else ""
