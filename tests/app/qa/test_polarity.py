"""Yes or no is said only where a sentence of the clause says it, and nothing wherever that is not plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.qa.lexicon import load_lexicon
from app.qa.polarity import verdict_note
from app.qa.question import understand
from corpus.loading import parse_bytes

if TYPE_CHECKING:
    from app.engine import Engine

TERMS = """# 云剪辑服务条款

## 1. 定义

1.1 甲方：指使用云剪辑服务的用户（简称“您”或“甲方”）。

1.2 乙方：指为您提供云剪辑服务的主体，即青松科技有限公司（简称“乙方”）。

## 2. 使用

2.1 未经乙方事先书面同意，甲方不得将账号出租、出借或者转让给第三人。

2.2 甲方不得对软件进行反向工程、反编译。

2.3 乙方有权单方调整服务价格，而无需取得甲方的同意。

2.4 甲方可以自行导出素材。

2.5 如甲方逾期付费，乙方有权暂停服务。

2.6 因不可抗力导致数据丢失的，乙方不承担赔偿责任。

2.7 甲方应当备份数据。

2.8 甲方删除素材无需通知乙方。

2.9 除非法律另有规定，乙方不得向第三方披露甲方的个人信息。

2.10 任何一方不得对外披露商业秘密，但法律要求披露的除外。

2.11 乙方将尽力保证画质。甲方反馈问题后，乙方会尽快答复。

2.12 乙方可以将甲方的作品用于宣传，但应当署名。

2.13 乙方对间接损失不承担责任。

2.14 甲方应自行办理备案手续。

2.15 未满十四周岁的甲方不得直播。

2.16 非工作时间甲方不得上传素材。

2.17 甲方不得上传淫秽、侵权素材。

2.18 甲方可以下载成片，乙方不得限制。

2.19 甲方未如实登记的，乙方不承担损失。

2.20 除法律要求外，乙方不得删除成片。
"""
DOCUMENT = parse_bytes(TERMS.encode(), name="cloud.md")
LEXICON = load_lexicon()


def said(number: str, question: str) -> str | None:
    """Give what is said of a clause, without its place; None for silence."""
    note = verdict_note(DOCUMENT, DOCUMENT.clause(f"cloud#{number}"), understand(question, LEXICON))
    return None if note is None else note.text.removeprefix(f"按第{number}条，").removesuffix("。")


PLAIN = [
    ("2.1", "账号可以转让吗", "不可以，除非乙方〔服务方〕事先书面同意"),
    ("2.1", "我能把账号出租给别人吗？", "不可以，除非乙方〔服务方〕事先书面同意"),
    ("2.1", "能出借账号吗", "不可以，除非乙方〔服务方〕事先书面同意"),
    ("2.1", "可不可以转让账号", "不可以，除非乙方〔服务方〕事先书面同意"),
    ("2.2", "可以反编译软件吗", "不可以"),
    ("2.2", "能不能做反向工程", "不可以"),
    ("2.2", "允许反编译吗", "不可以"),
    ("2.3", "你们能随便调整价格吗", "可以"),
    ("2.3", "乙方有权调整服务价格吗", "可以"),
    ("2.3", "调整价格需要我同意吗", "不需要"),
    ("2.4", "我可以导出素材吗", "可以"),
    ("2.4", "素材能自行导出吗", "可以"),
    ("2.6", "不可抗力造成的数据丢失你们赔偿吗", "不承担"),
    ("2.7", "我需要备份数据吗", "需要"),
    ("2.7", "数据必须备份吗", "需要"),
    ("2.8", "删除素材需要通知吗", "不需要"),
    ("2.9", "你们可以披露我的个人信息吗", "不可以，除非法律另有规定"),
    ("2.10", "可以披露商业秘密吗", "不可以（条款另写了例外，见原文）"),
    ("2.13", "间接损失你们负责吗", "不承担"),
    ("2.14", "我需要办理备案吗", "需要"),
    ("2.16", "非工作时间可以上传素材吗", "不可以"),
    ("2.17", "可以上传侵权素材吗", "不可以"),
    ("2.20", "你们可以删除成片吗", "不可以（条款另写了例外，见原文）"),
]
SILENT = [
    ("2.1", "转让账号要多少钱"),  # asks how much
    ("2.1", "什么情况下可以转让账号"),
    ("2.1", "经过你们同意可以转让账号吗"),  # its own condition
    ("2.1", "可以注销账号吗"),  # another action
    ("2.1", "可以转让发票吗"),  # another thing
    ("2.1", "你们可以转让账号吗"),  # the other side
    ("2.1", "可以不转让账号吗"),  # negated
    ("2.1", "转让账号"),
    ("2.2", "你们可以反编译吗"),
    ("2.2", "可以卸载软件吗"),
    ("2.3", "我能调整价格吗"),
    ("2.3", "调整价格要提前通知吗"),
    ("2.3", "你们能降低画质吗"),
    ("2.4", "你们可以导出我的素材吗"),
    ("2.4", "可以删除素材吗"),
    ("2.5", "你们可以暂停服务吗"),  # only on a condition that is not named
    ("2.5", "我可以暂停服务吗"),
    ("2.6", "数据丢失你们赔偿吗，是你们自己弄丢的"),
    ("2.6", "账号丢失你们赔偿吗"),
    ("2.7", "你们需要备份数据吗"),
    ("2.7", "备份数据收费吗"),
    ("2.8", "导出素材需要通知吗"),
    ("2.9", "我可以披露你们的信息吗"),
    ("2.10", "可以披露画质吗"),
    ("2.11", "画质有保证吗"),
    ("2.11", "反馈问题需要付费吗"),
    ("2.12", "你们可以用我的作品宣传吗"),  # allowed on a condition
    ("2.12", "我可以用作品宣传吗"),
    ("2.13", "直接损失你们负责吗"),
    ("2.14", "你们需要办理备案吗"),
    ("2.15", "我可以直播吗"),  # only some of them may not
    ("2.16", "工作时间可以上传素材吗"),
    ("2.16", "可以上传素材吗"),
    ("2.17", "可以上传素材吗"),  # only some materials may not be
    ("2.18", "我可以限制下载吗"),
    ("2.19", "如实登记的损失你们承担吗"),
    ("2.19", "损失你们承担吗"),
]


@pytest.mark.parametrize(("number", "question", "words"), PLAIN)
def test_plain_words_give_a_plain_answer(number: str, question: str, words: str) -> None:
    """What the sentence forbids, allows, demands, waives or disclaims, with its own exception."""
    assert said(number, question) == words


@pytest.mark.parametrize(("number", "question"), SILENT)
def test_where_it_is_not_plain_nothing_is_said(number: str, question: str) -> None:
    """Another action, thing, side or condition: the quote speaks for itself."""
    assert said(number, question) is None


def test_the_answer_carries_it_after_the_quote(engine: Engine) -> None:
    """The words of the terms come first, the yes or no after them."""
    answer = engine.ask("可以转让给第三人吗")
    (point,) = (note for note in answer.notes if note.kind == "point")
    assert point.text == "按第7.2条，不可以，除非乙方〔服务方〕书面同意。"
    assert point.clause_ids == ("weidianyun#7.2",)
    assert answer.text.index("未经乙方") < answer.text.index(point.text)
