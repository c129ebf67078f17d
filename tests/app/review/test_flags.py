"""Words that the law makes void are flagged with their article; their look-alikes are not."""

from __future__ import annotations

import pytest

from app.review import audit
from app.review.flags import CHECKS, flags_of
from app.review.names import DEFAULT
from corpus import parse_bytes

VOID = {
    "void_personal_injury": (
        "因设备故障造成的人身伤害，本公司概不负责。",
        "我们对任何财产损失或人身损害均不承担赔偿责任。",
        "会员在场馆内发生伤亡的，本馆不承担任何责任。",
        "用户在使用过程中发生人身伤亡事故，平台无须承担责任。",
        "本公司不对因使用产品引起的死亡负责。",
    ),
    "void_gross_negligence": (
        "无论是否因我们的重大过失，我们均不承担责任。",
        "因本公司故意造成的数据丢失，本公司不承担赔偿责任。",
        "即使平台存在故意或者重大过失，平台亦不承担任何责任。",
        "我们不承担因工作人员故意或重大过失造成的损失。",
    ),
    "final_interpretation": (
        "本活动最终解释权归本公司所有。",
        "在法律允许的范围内，平台享有解释权。",
        "本条款的解释权归主办方。",
        "本公司保留对本规则的单方解释权。",
    ),
    "no_lawsuit": (
        "用户放弃就本协议提起诉讼的权利。",
        "您不得向任何机关投诉或者举报。",
        "会员无权申请仲裁。",
        "您同意放弃参加集体诉讼。",
        "买家不得起诉本平台。",
    ),
    "consumer_jurisdiction": (
        "争议由本公司所在地人民法院管辖。",
        "协商不成的，应向上海市浦东新区人民法院起诉。",
        "因本协议产生的争议提交深圳国际仲裁院仲裁。",
        "任何一方可向合同签订地有管辖权的人民法院提起诉讼。",
    ),
}
SOUND = (
    "造成您人身损害的，我们依法承担赔偿责任。",
    "人身损害的责任不得免除。",
    "我们不承担间接损失，但造成人身损害的除外。",
    "因您自身原因造成的人身伤害，我们不承担责任。",
    "因第三方侵权造成的人身伤害，本公司不承担责任。",
    "除因我们故意或者重大过失外，我们不承担责任。",
    "我们不承担责任，但因我们故意或者重大过失造成的除外。",
    "因您故意或者重大过失造成的损失，我们不承担责任。",
    "用户因自身重大过失泄露密码的，平台不承担责任。",
    "非因本公司故意或重大过失造成的损失，本公司不承担责任。",
    "对本条款有两种以上解释的，按不利于我们的解释。",
    "本合同的解释权归双方共同享有。",
    "本协议的解释适用中华人民共和国法律。",
    "您有权向消费者协会投诉，也可以提起诉讼。",
    "平台不得因用户投诉而限制其账号。",
    "商家不得阻止买家投诉。",
    "您不得恶意投诉。",
    "不得虚假举报其他用户。",
    "争议由被告住所地人民法院管辖。",
    "消费者可以向其住所地人民法院起诉。",
    "争议由您所在地人民法院管辖。",
    "人民法院判决生效后十日内付款。",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in VOID.items() for text in texts])
def test_void_words_are_flagged(kind: str, text: str) -> None:
    """Each kind in several wordings, with an article."""
    found = {flag.check.kind: flag for flag in flags_of(text, DEFAULT)}
    assert kind in found
    assert "条" in found[kind].sentence.partition("（")[2]


@pytest.mark.parametrize("text", SOUND)
def test_look_alikes_pass(text: str) -> None:
    """What the customer or a stranger has caused, what an exception takes back, what is forbidden to the vendor."""
    assert [flag.check.kind for flag in flags_of(text, DEFAULT)] == []


def test_every_check_has_its_sentences() -> None:
    """None goes without a test."""
    assert set(VOID) == {check.kind for check in CHECKS}


def test_a_review_tells_the_flag_with_its_article() -> None:
    """Print does not save a void clause: the advice and the basis say so, however it is printed."""
    document = parse_bytes("1. **因设备故障造成的人身伤害，本公司概不负责。**\n".encode(), name="a.md")
    (finding,) = audit(document).findings
    assert "民法典第五百零六条" in finding.basis
    assert "另请注意：把人身伤害排除在责任之外" in finding.advice
