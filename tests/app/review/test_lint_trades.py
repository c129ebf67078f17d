"""The drafting check on terms of other trades: sound drafting has no error, and what is an error is one."""

from __future__ import annotations

from app.review.lint import lint
from corpus import parse_bytes

BANK = """\
# 电子银行个人客户服务协议

甲方（客户）：指在乙方开立账户并申请电子银行服务的自然人。

乙方（银行）：指海潮银行股份有限公司及其分支机构。

## 第一条 定义

除非另有约定，下列词语具有如下含义：

（一）“电子银行”：指网上银行、手机银行和电话银行。

（二）“身份认证要素”：指乙方用于识别甲方身份的信息要素，如客户号、密码、数字证书、手机验证码等。

（三）“重要身份认证要素”包括密码、数字证书和手机验证码。

## 第二条 甲方权利义务

（一）甲方应妥善保管身份认证要素。凡通过身份认证要素完成的操作均视为甲方本人所为。

（二）甲方遗失重要身份认证要素的，应立即办理挂失手续，挂失生效前的损失由甲方承担，但乙方有过错的除外。

（三）甲方不得以与第三方发生纠纷为理由拒绝支付应付乙方的款项，也不得利用电子银行从事洗钱活动。

（四）甲方对乙方服务有疑问、建议或投诉的，可以拨打客服热线95000，或到营业网点咨询，也可以向金融监管部门投诉。

## 第三条 乙方权利义务

（一）乙方有权调整服务收费标准，并提前30日公告；甲方不同意的，可以在公告期内终止本协议，按本条第（二）项办理。

（二）甲方终止服务的，乙方应在3个工作日内注销其电子银行。

（三）因不可抗力、通讯或供电故障造成的损失，乙方不承担责任，但因乙方故意或重大过失造成的除外。

（四）乙方违反本协议第二条第（四）项承诺的，应承担违约责任。

## 第四条 争议解决

本协议适用中华人民共和国法律。因本协议发生争议，双方协商解决；协商不成的，由乙方所在地人民法院管辖。

## 第五条 其他

（一）附件《电子银行收费标准》是本协议的组成部分。

（二）本协议自甲方确认之日起生效。
"""

COURSE = """\
# 在线课程购买须知

1. 购买须知

购买课程即表示您已阅读并同意本须知。本须知中的“平台”指知行学堂，“学员”指购买课程的您。

2. 付款

2.1 课程价格以页面所示为准，支持支付宝、微信支付。

2.2 分期付款的学员，应在每月5日前还款。超过15天未还款的，平台可以暂停课程。

3. 退款

3.1 购买后7日内且学习进度未超过10%的，可以全额退款。

3.2 下列课程不支持退款：

  a) 已经开班的直播课；

  b) 已经领取教材的课程；

  c) 优惠价低于9.9元的课程。

3.3 退款将在15个工作日内按前述付款方式退回。

4. 版权

4.1 课程的著作权归平台所有。未经平台书面许可，学员不得录制、传播。

4.2 学员违反4.1条的，平台可以终止课程并要求赔偿。

5. 责任

5.1 平台对学员的考试结果不作任何保证。

5.2 学员在线下活动中因自身原因受伤的，平台不承担责任；因平台组织不当造成人身损害的，平台依法赔偿。

6. 其他

6.1 与本须知有关的争议，任何一方可以向被告住所地人民法院起诉。

6.2 平台可以修改本须知，修改后在首页公示7日。
"""

TRAVEL = """\
云途旅行服务条款

一、总则
本条款由云途旅行网（下称“云途”或“我们”）与您订立。您在登录云途后使用本服务，即表示您接受本条款及《隐私政策》。
二、预订
1、您应当提供真实的出行人信息。因信息错误造成无法登机的，损失由您自行承担。
2、您取消订单的，我们按照产品页面列明的退改规则办理。
3、“不可退”产品一经确认，不得取消。部分“不可退”产品可以改期。
三、责任
1、供应商未按约定提供服务的，我们协助您向供应商索赔。
2、对于您参加高风险项目（潜水、滑雪等）发生的人身伤害，云途不承担任何责任。
3、我们的赔偿总额以您支付的订单金额为限。
四、通知
我们向您预留的手机号发送短信的，短信发出即视为送达。您变更手机号的，应在三日内更新。
五、争议
本条款的签订地为杭州市西湖区。因本条款发生的争议，双方同意提交杭州仲裁委员会仲裁。
六、本条款最终解释权归云途旅行网所有。
"""


def said(text: str, name: str) -> list[tuple[str, str, str]]:
    """Severity, kind and the clause of each finding."""
    findings = lint(parse_bytes(text.encode(), name=name)).findings
    return [(one.severity.value, one.kind, one.clause_ids[0].partition("#")[2]) for one in findings]


def test_a_bank_s_agreement_with_cover_and_annex() -> None:
    """Sides named on the cover, an annex that is named by its title, faults that are excepted."""
    assert said(BANK, "bank.md") == [("info", "consumer_jurisdiction", "第四条/p1")]


def test_a_course_s_notice_with_lettered_items() -> None:
    """A colon with items below it, days that the calendar counts, injuries that the vendor pays for."""
    assert said(COURSE, "course.md") == [("info", "mixed_units", "2.2")]


def test_plain_text_with_void_words() -> None:
    """An exclusion of injuries and the last word on the reading are errors, a seat of arbitration is to be shown."""
    assert said(TRAVEL, "travel.txt") == [
        ("error", "void_personal_injury", "三/2"),
        ("info", "consumer_jurisdiction", "五/p1"),
        ("error", "final_interpretation", "六"),
    ]
