"""Which side of the terms a name stands on: by the name itself, by the words that define it, or by what it does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.types import Role

if TYPE_CHECKING:
    from corpus.definitions import Naming

CUSTOMER_NAMES = (
    "您", "你", "用户", "客户", "消费者", "会员", "买家", "购买方", "租户",
    "使用者", "使用方", "订购方", "乘客", "旅客", "玩家", "投保人",
)  # fmt: skip
"""Names that are the customer in any terms that do not define them otherwise."""
VENDOR_NAMES = (
    "我们", "我方", "本公司", "本站", "本网站", "平台", "本平台", "服务商", "服务提供方", "服务方",
    "运营方", "经营者", "销售方", "卖方", "供应商", "我司", "公司",
)  # fmt: skip
"""Names that are the vendor in any terms that do not define them otherwise."""
LETTERED = re.compile(r"[甲乙丙丁戊]方")
"""Names that mean nothing by themselves."""

_CUSTOMER_SIDE = re.compile(
    r"(?:(?:委托|承租|受让|顶让|借款|加盟|使用|购买|采购|订购|需求|需|买|被许可|受许可|租用|消费|被授权|投保|付款|定作|托运|寄存|发包)(?:方|人|单位)"
    r"|客户|用户|消费者|会员)$"
)
_VENDOR_SIDE = re.compile(
    r"(?:服务|服务提供|提供|供应|供|卖|销售|出租|转让|出让|出借|贷款|特许|许可|授权|受托|承包|承揽|运营|经营|收款|保险|承运|保管|平台)(?:方|人|商|单位)$"
)
_VENDOR_REFERENT = re.compile(
    r"(?:公司|所有者|网站|平台|运营[商者方]|提供(?:商|者|方)|经营者|集团|中心|银行|主体|服务商"
    r"|(?:Ltd|Inc|LLC|Corp|Co|GmbH)\.?,?)\s*$"
)
_VENDOR_DEFINITION = re.compile(r"(?:提供|运营|经营|开发|拥有).{0,30}(?:主体|公司|平台|服务|网站|方)|公司")
_CUSTOMER_DEFINITION = re.compile(
    r"(?:使用|购买|订购|注册|接受|租用|申请|下载|登录|委托|消费).{0,30}"
    r"(?:用户|客户|个人|组织|单位|主体|自然人|企业|者|人|方|会员)|用户|客户|消费者"
)
_DEALT_WITH = re.compile(r"(?:我们|我方|我司|本公司|本平台|本站)[^，。]{0,12}(?:向|委托|授权|通过|接入|提供给|共享给)")
"""我们可向某某公司（以下简称“某某”）查询: the company is neither side."""
_THING = re.compile(
    r"(?:服务|产品|软件|信息|资料|行为|政策|须知|条款|协议|规则|系统|数据|内容|费用?|账户|账号|平台上?|期限?"
    r"|日|订单|程序|功能)$"
)


def role_of(naming: Naming) -> Role:
    """Which side a naming speaks of; OTHER for things and for names that only their use explains."""
    term, referent, definition = naming.term, naming.referent, naming.definition
    if term in CUSTOMER_NAMES:
        return Role.CUSTOMER
    if term in VENDOR_NAMES and _VENDOR_DEFINITION.search(definition or referent):
        return Role.VENDOR
    if _is_neither(term, referent):
        return Role.OTHER
    named = next((side for side in map(role_by_name, (term, referent)) if side is not Role.OTHER), Role.OTHER)
    if named is Role.OTHER and referent.endswith(CUSTOMER_NAMES):  # 您（以下简称“支持者”）
        named = Role.CUSTOMER
    if named is not Role.OTHER:
        return named
    if term.endswith(("方", "人", "者", "商")):
        return _role_of_words(definition or referent, definition)
    named_here = term in VENDOR_NAMES and (referent or definition)
    return Role.VENDOR if named_here or _VENDOR_REFERENT.search(referent) else Role.OTHER


def _is_neither(term: str, referent: str) -> bool:
    """Whether a thing is named, or a company that one side deals with."""
    company = _VENDOR_REFERENT.search(referent) is not None
    if _THING.search(term) or (not company and _THING.search(referent)):
        return True
    return company and not LETTERED.fullmatch(term) and _DEALT_WITH.search(referent) is not None


def role_by_name(name: str) -> Role:
    """Which side a name says by itself: `承租方`, `许可人`, `服务提供商`."""
    if _CUSTOMER_SIDE.search(name):
        return Role.CUSTOMER
    return Role.VENDOR if _VENDOR_SIDE.search(name) else Role.OTHER


def _role_of_words(words: str, definition: str) -> Role:
    """Which side the words speak of that explain `甲方`, `乙方` …."""
    if "第三方" in words[:30]:
        return Role.OTHER
    if re.match(r"[：:\s]*为(?:您|你|用户|客户|甲方|乙方)?", definition) and _VENDOR_DEFINITION.search(words):
        return Role.VENDOR
    if _CUSTOMER_DEFINITION.search(words) and not words.endswith("公司"):
        return Role.CUSTOMER
    return Role.VENDOR if _VENDOR_DEFINITION.search(words) else Role.OTHER


def role_by_use(name: str, text: str) -> Role:
    """Which side a name stands on by what it does: who pays and is served is the customer, who is paid the vendor."""
    name = re.escape(name)
    pays = (
        rf"{name}(?:应|须|需|将|可|同意|按)[^，。；：]{{0,14}}(?:支付|付款|付费|缴纳|订购|购买)"
        rf"|[向为给]{name}提供|{name}委托(?![方人])"
    )
    serves = (
        rf"(?:向|给){name}(?:支付|付款|缴纳)|{name}[^，。；：向为]{{0,8}}[向为][^，。；：]{{0,6}}提供|{name}(?:应)?提供"
    )
    difference = len(re.findall(pays, text)) - len(re.findall(serves, text))
    return Role.OTHER if difference == 0 else Role.CUSTOMER if difference > 0 else Role.VENDOR
