"""Texts to try the parser on: shaped like terms, or hostile."""

from __future__ import annotations

from hypothesis import strategies as st

_NUMBERS = st.integers(1, 23)
_CHINESE = st.sampled_from(["一", "二", "三", "四", "五", "六", "七", "十", "十一", "十二", "二十", "二十三"])
_LABELS = st.one_of(
    st.lists(_NUMBERS, min_size=1, max_size=6).map(lambda parts: ".".join(map(str, parts))),
    st.lists(_NUMBERS, min_size=2, max_size=4).map(lambda parts: "．".join(map(str, parts)) + "．"),
    _NUMBERS.map("{}.".format),
    _NUMBERS.map("{}、".format),
    _NUMBERS.map("（{}）".format),
    _NUMBERS.map("({})".format),
    _NUMBERS.map("{})".format),
    _CHINESE.map("{}、".format),
    _CHINESE.map("（{}）".format),
    _CHINESE.map("第{}条".format),
    _CHINESE.map("第{}章".format),
    _CHINESE.map("第十二条之{}".format),
    _NUMBERS.map("第{}条".format),
    st.sampled_from(["①", "②", "a.", "b)", "（i）", "Ⅱ.", "附件一", "附则", "１．２", "１．", "-", "*", "●", ""]),
)
_WORDS = st.sampled_from(
    [
        "甲方应当在3个工作日内支付", "2016年10月1日起施行", "第三方不承担责任", "第三条所述的服务", "3.2款约定的费用",
        "7×24小时", "99.9%", "192.168.1.1地址", "5,000元", "包括但不限于：", "有下列情形之一的：", "2.5元",
        "您（以下简称“用户”）同意", "定义", "违约责任", "本协议", "见第4.3条", "“保密信息”是指", "；或", "。", "，",
        '京东云计算有限公司（本协议中称为"京东云"）', "免责条款：您应当", "400-100-1234", "v1.2.3", "前款",
    ]
)  # fmt: skip
_MARKS = st.sampled_from(
    ["**", "**", "__", "*", "***", "****", "~~", "<u>", "</u>", "<b>", "</b>", "`", "\\*", "<br/>"]
)
_ENDS = st.sampled_from(["\n", "\n\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n\u3000\u3000", "\n    ", "\n\t"])


@st.composite
def _line(draw: st.DrawFn, *, markup: bool) -> str:
    label = draw(_LABELS)
    separator = draw(st.sampled_from(["", " ", "  ", "\u3000"]))
    words = draw(st.lists(st.one_of(_WORDS, _MARKS) if markup else _WORDS, max_size=5))
    body = "".join(words)
    if not markup:
        return label.strip("-*●") + separator + body
    form = draw(st.integers(0, 8))
    shapes = (
        f"{label}{separator}{body}",
        f"**{label}{separator}{body}**",
        f"{label}{separator}**{body}**",
        f"**{label}**{separator}**{body}**",
        f"## {label}{separator}{body}",
        f"#### **{label}{separator}{body}**",
        f"> {label}{separator}{body}",
        f"- {label}{separator}{body}",
        f"| {label} | {body} |",
    )
    return shapes[form]


@st.composite
def terms(draw: st.DrawFn, *, markup: bool = True) -> str:
    """Numbered lines of every family, bold in every place, tables, blank lines, every line end."""
    parts: list[str] = []
    for line in draw(st.lists(_line(markup=markup), max_size=14)):
        parts += [line, draw(_ENDS)]
        if markup and draw(st.integers(0, 12)) == 0:
            parts += ["| 项目 | 说明 |\n|---|:--|\n| 1.1 | 甲 |\n", draw(_ENDS)]
    return "".join(parts).removesuffix("\n")


def markup_free_terms() -> st.SearchStrategy[str]:
    """Terms without a character that Markdown could read as markup."""
    return terms(markup=False)


def any_text() -> st.SearchStrategy[str]:
    """Put marks, labels and words in any order."""
    marks = "*_`~[]()<>|\\#&;!-=+:：.。、（）“” \t\n\r\u3000\u200b\ufeff\xa0"
    longer = ["**", "](", "<!--", "-->", "&amp;", "&#0;", "```", "\n\n", "\r\n", "|-|", "<u>", "</u>"]
    words = ["<b style='color:red'>", "1.", "一、", "（1）", "第一条", "甲方"]
    return st.lists(st.sampled_from([*marks, *longer, *words]), max_size=40).map("".join)
