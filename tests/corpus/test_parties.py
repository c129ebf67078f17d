"""Who is who, read from the document: the same name stands on either side, as each document defines it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document, load
from corpus.loading import assemble
from corpus.parties import role_of_name
from corpus.readers.markdown import read_markdown
from corpus.types import Role

WEIDIANYUN = Path(__file__).resolve().parents[2] / "corpus/documents/weidianyun.md"


def parse(source: str) -> Document:
    return assemble(read_markdown(source), doc_id="d", title="", sha256="")


def sides(document: Document) -> dict[Role, set[str]]:
    return {party.role: set(party.aliases) for party in document.parties}


DOCUMENTS = {
    "客户 and 服务商, defined by 指": (
        """# 云服务合同

客户：指通过网络页面订购服务的个人或者组织。

服务商：指提供云服务的某某科技有限公司。

1.1 客户应当向服务商支付费用。

1.2 服务商有权调整价格。""",
        {Role.CUSTOMER: {"客户"}, Role.VENDOR: {"服务商"}},
    ),
    "用户 and 我们, defined in one sentence": (
        """本协议由某某科技有限公司（以下简称“我们”）与使用本应用的个人（以下简称“用户”或“您”）共同订立。

1. 用户应当遵守法律。

2. 我们有权终止服务。""",
        {Role.CUSTOMER: {"用户", "您"}, Role.VENDOR: {"我们", "某某科技有限公司"}},
    ),
    "会员 and 本公司": (
        """某某零售股份有限公司（下称“本公司”）设立会员制度。凡在门店登记的自然人（下称“会员”）适用本章程。

第一条 会员应当妥善保管会员卡。

第二条 本公司有权修改积分规则。""",
        {Role.CUSTOMER: {"会员"}, Role.VENDOR: {"本公司", "某某零售股份有限公司"}},
    ),
    "许可方 and 被许可方, on lines of their own": (
        """许可方：星河软件有限公司（以下简称“许可方”）

被许可方：下载或者使用本软件的个人或者单位（以下简称“被许可方”或“您”）

第一条 许可方授予被许可方非独占的使用权。""",
        {Role.CUSTOMER: {"被许可方", "您"}, Role.VENDOR: {"许可方", "星河软件有限公司"}},
    ),
    "甲方 is the vendor": (
        """甲方（服务方）：北京某某信息技术有限公司

乙方（委托方）：________

第一条 甲方为乙方提供技术服务。

第二条 乙方应当向甲方支付服务费。""",
        {Role.CUSTOMER: {"乙方", "委托方"}, Role.VENDOR: {"甲方", "服务方"}},
    ),
    "甲方 lets, 乙方 hires": (
        """出租方（以下简称“甲方”）：某某汽车租赁有限公司

承租方（以下简称“乙方”）：租用车辆的个人

第一条 乙方应按日支付租金。""",
        {Role.CUSTOMER: {"乙方", "承租方"}, Role.VENDOR: {"甲方", "出租方"}},
    ),
    "甲方 and 乙方 that only their duties explain": (
        """甲方：________

乙方：________

第一条 甲方向乙方提供咨询服务。

第二条 乙方应当在十日内支付费用。""",
        {Role.CUSTOMER: {"乙方"}, Role.VENDOR: {"甲方"}},
    ),
    "平台 and 买家": (
        """“平台”是指某某电子商务有限公司运营的网站。

“买家”是指在平台购买商品的用户。

1. 买家应当付款。平台不承担责任。平台有权冻结账户。""",
        {Role.CUSTOMER: {"买家"}, Role.VENDOR: {"平台"}},
    ),
    "Japanese quotation marks": (
        """星海有限公司北京分公司（以下称「本公司」）提供的服务（以下称「本服务」）由使用者（以下称「用户」）使用。

1. 用户不得转让账户。""",
        {Role.CUSTOMER: {"用户"}, Role.VENDOR: {"本公司", "星海有限公司北京分公司"}},
    ),
    "An English company with two names": (
        """ABC Cloud Ltd.（“ABC”、“我们”）与您（“客户”）订立本协议。

1. 客户应当付费。""",
        {Role.CUSTOMER: {"客户"}, Role.VENDOR: {"ABC", "我们"}},
    ),
    "Two names of a legal entity, then a company": (
        """本协议由依法设立的法律实体（下称“商户”或“甲方”）、某某公司（下称“乙方”）签订。

1. 甲方使用乙方的收款服务。""",
        {Role.CUSTOMER: {"商户", "甲方"}, Role.VENDOR: {"乙方", "某某公司"}},
    ),
    "Two companies on one line": (
        """甲方：江河水泥有限公司    乙方：长空工程股份有限公司

1. 乙方应当按期完工。""",
        {Role.CUSTOMER: {"甲方"}, Role.VENDOR: {"乙方"}},
    ),
    "Two companies, and who pays": (
        """甲方：星河软件有限公司

乙方：长江百货有限公司

1. 乙方应向甲方支付授权费。""",
        {Role.CUSTOMER: {"乙方"}, Role.VENDOR: {"甲方"}},
    ),
    "Two blanks, and who orders": (
        """甲方：________

乙方：________

1. 甲方委托乙方开发软件。""",
        {Role.CUSTOMER: {"甲方"}, Role.VENDOR: {"乙方"}},
    ),
    "A third party that helps is neither": (
        """“合作方”是指与某某网合作的第三方平台，协助用户完成购买。

欢迎使用某某网（以下简称「我们」）。注册的个人（以下简称“用户”）应当付款。""",
        {Role.CUSTOMER: {"用户"}, Role.VENDOR: {"我们", "某某网"}},
    ),
    "A brand in Latin letters that is never defined": (
        """感谢您选择Skycloud为您提供服务。

1. Skycloud有权调整价格。

2. 您不得转让账户。因故障的，Skycloud不承担责任。""",
        {Role.CUSTOMER: {"您"}, Role.VENDOR: {"Skycloud"}},
    ),
    "Quotation marks the wrong way round": (
        """本处所指的网站（简称”本网站“）由某某公司运营，供客户（简称”您“）使用。""",
        {Role.CUSTOMER: {"您", "客户"}, Role.VENDOR: {"本网站"}},
    ),
    "A company with a city in brackets and its affiliates": (
        """本条款是某某网络科技（上海）有限公司及其关联公司（本协议中统称为“某某网”）与使用者（本协议中称为“使用者”）之间的协议。

一、使用者应当实名注册。""",
        {Role.CUSTOMER: {"使用者"}, Role.VENDOR: {"某某网", "某某网络科技（上海）有限公司"}},
    ),
}


@pytest.mark.parametrize("title", DOCUMENTS)
def test_sides_are_read_from_the_definitions(title: str) -> None:
    """Both sides with all their names, and no name that is none."""
    source, expected = DOCUMENTS[title]
    assert sides(parse(source)) == expected


def test_weidianyun_defines_one_way_and_writes_the_other() -> None:
    """乙方 is the vendor by 1.2 and the customer in 2 and 3.1 to 3.5; 微电云 is a service that acts like a party."""
    document = load(WEIDIANYUN)
    customer, vendor = document.parties
    assert (customer.role, customer.name, set(customer.aliases)) == (Role.CUSTOMER, "甲方", {"甲方", "您"})
    assert (vendor.role, vendor.name) == (Role.VENDOR, "乙方")
    assert set(vendor.aliases) == {"乙方", "京东云", "京东云计算有限公司", "微电云"}
    places = [mention.clause_id.removeprefix("weidianyun#") for mention in vendor.conflicts]
    assert list(dict.fromkeys(places)) == ["2/p1", "3.1", "3.2", "3.3", "3.4", "3.5"]
    assert not customer.conflicts
    for mention in (*vendor.conflicts, *vendor.defined_at, *customer.defined_at):
        assert document.source[mention.span.start : mention.span.end] == mention.text


def test_role_of_a_name_depends_on_the_clause() -> None:
    """In 3.2 乙方 pays, so it means the customer there; in 6.3 it means the vendor."""
    document = load(WEIDIANYUN)
    assert role_of_name(document, "乙方", "weidianyun#3.2") is Role.CUSTOMER
    assert role_of_name(document, "乙方", "weidianyun#6.3") is Role.VENDOR
    assert role_of_name(document, "丙方", "weidianyun#6.3") is Role.OTHER


def test_vendor_that_pays_is_a_conflict() -> None:
    """A vendor that must pay, and to whom the other side stops its service, is the customer by mistake."""
    document = parse(
        "甲方：指购买服务的客户。\n\n乙方：指提供服务的某某有限公司。\n\n1. 甲方应当支付服务费。\n\n"
        "2. 乙方应当在收到账单后付费，否则甲方有权停止向乙方提供服务。"
    )
    (vendor,) = [party for party in document.parties if party.role is Role.VENDOR]
    assert [(mention.clause_id, mention.text) for mention in vendor.conflicts] == [("d#2", "乙方")] * 2


def test_a_well_kept_contract_has_no_conflict() -> None:
    """A vendor that provides and is paid, a customer that pays: nothing to report."""
    document = parse(
        "甲方：指购买服务的客户。\n\n乙方：指提供服务的某某有限公司。\n\n1. 甲方应当向乙方支付服务费。\n\n"
        "2. 乙方向甲方提供服务。\n\n3. 甲方同意乙方变更服务；乙方应当提前通知甲方。"
    )
    assert [party.conflicts for party in document.parties] == [(), ()]


def test_a_paid_service_is_no_payment() -> None:
    """`乙方提供的付费服务` and `通过乙方购买` say nothing about who pays."""
    document = parse(
        "甲方：指购买服务的客户。\n\n乙方：指提供服务的某某有限公司。\n\n"
        "1. 甲方还可获得乙方其他付费的服务。\n\n2. 乙方另有付费产品。"
    )
    assert [party.conflicts for party in document.parties] == [(), ()]


def test_a_name_inside_a_name_is_no_second_name() -> None:
    """平台 stands in 平台方: a clause that speaks of 平台方 alone is no clause that uses two names of the vendor."""
    document = parse(
        "平台方：某某公司（以下简称“平台方”）。\n\n用户：使用平台的个人（以下简称“用户”）。\n\n"
        "1. 平台应当保存记录。平台有权冻结账户。\n\n2. 经平台方书面同意，用户可以转让账户；被盗的，应通知平台方。"
    )
    assert [party.conflicts for party in document.parties] == [(), ()]


def test_parties_of_which_nobody_buys_stand_beside_the_sides() -> None:
    """甲方 and 乙方 of a labour contract are neither customer nor vendor, and are told with their other names."""
    document = parse("# 劳动合同\n\n甲方（用人单位）：某某厂\n\n乙方（劳动者）：张三\n\n第一条 本合同期限三年。")
    assert [(party.name, party.aliases, party.role) for party in document.parties] == [
        ("甲方", ("甲方", "用人单位"), Role.OTHER),
        ("乙方", ("乙方", "劳动者"), Role.OTHER),
    ]


def test_parties_in_a_table_at_the_front() -> None:
    """`甲方（采购方） | 某某大学` gives a party as a line does; where a party signs is no name of it."""
    document = parse(
        "# 采购合同\n\n| 甲方（采购方） | 某某大学 |\n|---|---|\n| 乙方（供应方） | 某某公司 |\n\n第一条 略\n\n"
        "甲方（盖章）：    乙方（盖章）："
    )
    assert sides(document) == {Role.CUSTOMER: {"甲方", "采购方"}, Role.VENDOR: {"乙方", "供应方"}}


def test_who_is_spoken_to_all_along_is_the_customer() -> None:
    """Terms that say 您 all along speak to the customer, whatever stands behind the word."""
    assert sides(
        parse("1. 海云保护您的信息，未经您同意不向他人提供您的信息。您可致电海云。请您放心，您和您的家人都受保护。")
    )[Role.CUSTOMER] == {"您"}


def test_a_company_that_the_vendor_deals_with_is_no_side() -> None:
    """`我们可向某某公司（以下简称“某某”）查询` names no vendor; `您（以下简称“会友”）` names the customer."""
    document = parse(
        "为明确您（以下简称“会友”）的权利，制定本协议。会友同意我们可向远山（上海）网络有限公司（以下简称“远山”）核实身份。"
        "\n\n1. XX有限公司（以下简称“我们”）有权调整规则。"
    )
    assert sides(document) == {Role.CUSTOMER: {"会友"}, Role.VENDOR: {"我们"}}


def test_terms_without_parties() -> None:
    """Where nobody is named there is no party."""
    assert parse("1.1 服务周期为一个自然月。").parties == ()
