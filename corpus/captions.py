"""What reads like a heading although the format does not say so, and what reads like the document's title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.numbering import read_label
from corpus.types import EmphasisKind

if TYPE_CHECKING:
    from corpus.types import Block

CAPTION_LENGTH = 40
"""A caption is shorter than this; the longest heading of the terms read so far has 31 characters."""

_SHORT = 15
_SENTENCE_MARK = re.compile(r"[。；;！!，,]|[?？](?!\s*$)|[:：]\s*$")
_SEMICOLON = re.compile(r"[;；](?:和|或|及|以及|并且|且|或者)?\s*$")
_ADDRESS_OR_FIELD = re.compile(
    r"""
      (?:尊敬的|亲爱的|各位).{0,20}[:：]
    | [^，。；:：]{0,8}(?:盖章|签字|签章|签名|签署)[^，。；:：]{0,8}[:：]
    | (?:联系)?(?:日期|时间|地址|电话|传真|人|邮箱|邮编)[:：] | (?:账号|开户行|负责人|经办人)[:：]
    | (?:(?:法定|授权|委托)?(?:代表|代理)人?(?:[或和/／、（(]{1,2}|(?=[:：)）])))+[）)]?[:：]
    | (?:身份证|证件|营业执照|许可证)号码?[:：] | (?:统一)?社会信用代码[:：] | (?:银行)?[账帐][户号]?(?:名称)?[:：]
    | 邮政编码[:：]
    | (?:电子)?邮件[:：] | (?:开户)?银行[:：] | (?:住|地)[所址][:：] | (?:微信|手机)号?码?[:：]
    | (?!第三)[\u4e00-\u9fff]{1,4}[方人](?:[（(][^（）()：:]{1,8}[）)])?[:：]
    """,
    re.VERBOSE,
)
_DATE_OR_ADDRESS = re.compile(
    r".{0,4}(?:日期|时间|更新|版本号?|邮箱|电话|地址|网址|热线|编号|运营[者方商]|开发者|联系人|公司名称|代表人)\s*[：:]|.{0,4}[0-9]{4}年[0-9]{1,2}月"
)
_SIGNATURE = re.compile(r"[^，。；:：（(]{1,12}[（(]?(?:盖章|签章|公章|签字|签名)[^，。；:：]{0,6}[:：]")
_COLUMNS = re.compile(r"\t|[ \u3000\xa0]{2,}")
_SIDE = re.compile(
    r"(?:[甲乙丙丁]\s{0,4}|被?许可|出租|承租|委托|受托|转让|受让|供货?|需|买受?|卖|出卖|采购|供应|销售|购买|发包|承包|借款|贷款|出借"
    r"|披露|接收|用人)(?:方|人|单位)\s{0,4}(?:[（(][^（）()]{1,12}[）)])?\s{0,4}[:：][^。；;]*$"
)
_NO_MORE_TEXT = re.compile(
    r"[（(\s]*(?:(?:以下|本页|此页|下)(?:无|为)(?:正文|签[署字章]页|签署栏)|签[署字]页\s*[）)]?\s*$)"
)
_SIGNER = re.compile(r"[^，。；：:、\s]{4,30}(?:公司|中心|委员会|集团|大学|学校|银行|事务所|工作室)")
_DATE = re.compile(
    r"\s*(?:[0-9]{4}|[零〇○一二三四五六七八九]{4}|_{2,}|\s*)\s*年[0-9一二三四五六七八九十_\s]*月[0-9一二三四五六七八九十_\s]*日?\s*"
)
_OPENS_TERMS = re.compile(
    r"(?:如下|以下|下列)[^。；;，,：:]{0,6}(?:协议|合同|条款|约定|规定|共识|内容|意见|事项)?[^。；;，,：:]{0,12}[:：]\s*$"
)
_AGREES = re.compile(r"达成|订立|签订|签署|协商|约定|信守|恪守|遵守")
_THESE_TERMS = re.compile(r"(?:本|同意[如以]下|同意下列)(?:协议|合同|条款|政策|声明)\s*[:：]\s*$")
_NAME_AND_VALUE = re.compile(r"[^：:]{1,12}[：:]\s*[^\s：:]")
_BARE_COLON = re.compile(r"^.{1,10}[:：]\s*$")
_END = re.compile(r"[。；;！!，,]\s*$")
_CLAUSES = re.compile(r"[，,；;。]")
_FRONT_WORD = re.compile(
    r"(?:引言|前言|序言|导言|目\s*录|总则|定义|附则|(?:特别|重要|重点|温馨|风险|审慎阅读)?提示|【[^】]{2,12}】|《[^》]{2,30}》)$"
)
_PREFACE = re.compile(r"(?:引言|前言|序言|导言|.{0,4}提示)$")
_VERSION = re.compile(r"\s*[（(]?\s*(?:[vV]\s?|版本\s?)\d{1,3}(?:\.\d{1,3}){0,3}\s*[）)]?$")
_TITLE = re.compile(
    r".{1,60}(?:协议书?|条款|政策|声明|规则|须知|合同书?|指引|SLA|承诺书|说明|公约|约定|规范|办法|守则|细则|章程|制度"
    r"|告知书|公告|授权书|同意书|确认书|许可|指南|手册)(?:[（(].{1,20}[）)])?$"
)
_PART_OF_TERMS = re.compile(r"(?:通用|专用|一般|标准|特殊|特别|补充|附加|其他)(?:合同)?(?:条款|约定|规则|说明)")
_SAME_TERMS = re.compile(
    r"(?:本|该|此|上述|前述|其他|相关|有关|适用|根据|遵守|违反|同意)(?:服务)?(?:协议|条款|政策|声明|规则|合同|规范|办法)$"
)
_BULLET = re.compile(
    r"[ \t\u3000\xa0]*(?:[●○◆◇■▪•·➢►](?=[^\d●○◆◇■▪•·])|§[ \xa0]{1,9}(?=[^\d\s])|[-–][ \xa0\u3000]{1,9}(?=[^\d\s-]))"
)
"""`§` with spaces behind it is what a web page makes of Word's square bullet; § 3 is a paragraph of a statute."""
_ANNOUNCEMENT = re.compile(r"(?:以下|如下|下列)(?:各?(?:内容|部分|章节|方面|事项|条款))?(?:组成|构成)?\s*[:：]?$")
_CONTENTS = re.compile(r"[【\[]?目\s*录[】\]]?\s*[:：]?$")
_ATTACHMENT = re.compile(r"(?:附件|附录|附表)")


def is_caption(words: str) -> bool:
    """Whether the words are short and no sentence; a question may be a caption."""
    return len(words.strip()) <= CAPTION_LENGTH and _SENTENCE_MARK.search(words) is None


def is_entry(words: str) -> bool:
    """Whether the words say something of what they name: `合作期限：一年`."""
    return _NAME_AND_VALUE.match(words) is not None


def is_long_caption(words: str) -> bool:
    """Whether the words may be a caption with commas in it."""
    return len(words.strip()) <= CAPTION_LENGTH and re.search(r"[。；;！!？?]|[，,：:]\s*$", words) is None


def ends_in_colon(words: str) -> bool:
    """Whether the words introduce what follows; `尊敬的用户：` and `乙方（盖章）：` do not."""
    end = words[-8:].rstrip()
    if not end or end[-1] not in ":：":
        return False
    last = _COLUMNS.split(words[-80:].strip())[-1]  # `甲方（盖章）：      乙方（盖章）：`
    return len(last) > 2 * _SHORT or _ADDRESS_OR_FIELD.fullmatch(last) is None


def ends_in_semicolon(words: str) -> bool:
    """Whether the words are an item of a list that goes on."""
    return _SEMICOLON.search(words[-8:]) is not None


def is_heading_text(words: str) -> bool:
    """Whether words that the format prints as a heading are one, and no sentence printed large."""
    words = words.strip()
    if len(words) > CAPTION_LENGTH and _CLAUSES.search(words):
        return False
    return len(words) <= 2 * CAPTION_LENGTH and _END.search(words[-8:]) is None


def is_bold_caption(block: Block) -> bool:
    """Whether the whole block is bold, short and no sentence: a heading made by hand."""
    if not any(run.marks for run in block.runs):
        return False
    text = block.text.strip()
    if not text or len(text) > CAPTION_LENGTH or block.bullet:
        return False
    label = read_label(text)
    body = text[label.rest if label else 0 :]
    if (not is_caption(body) and not _BARE_COLON.match(body)) or _DATE_OR_ADDRESS.match(body):
        return False
    if "\t" in body.strip():  # the columns of a table without lines
        return False
    return all(
        any(mark.kind is EmphasisKind.BOLD for mark in run.marks)
        for run in block.runs
        if run.text.strip(" \u3000\xa0\t.、")
    )


def is_preface(text: str) -> bool:
    """Whether a front word stands over a preface, which the first section ends."""
    text = text.strip(" 【】\u3000：:")
    return is_front_word(text) and _PREFACE.match(text) is not None


def is_front_word(text: str) -> bool:
    """Whether a line is a word that stands over a part: 引言, 附则, 【重要提示】, 《注销须知》."""
    return _FRONT_WORD.match(text.strip()) is not None


def without_quotes(title: str) -> str:
    """Take off 《》 around a whole title."""
    title = title.strip()
    return title[1:-1] if title[:1] == "《" and title.find("》") == len(title) - 1 else title


def is_contents(text: str) -> bool:
    """Whether a line stands over the table of contents."""
    return _CONTENTS.match(text.strip()) is not None


def announces_contents(text: str) -> bool:
    """Whether a line may introduce a table of contents: 本协议将帮助您了解以下内容."""
    return _ANNOUNCEMENT.search(text[-20:].rstrip()) is not None


def has_bullet(text: str) -> bool:
    """Whether a line begins with a bullet that somebody typed."""
    return not text[:1].isalnum() and _BULLET.match(text) is not None


def is_signature(text: str) -> bool:
    """Whether a line is where a party signs: `甲方（盖章）：`, `（以下无正文）`."""
    return _SIGNATURE.match(text.strip()) is not None or _NO_MORE_TEXT.match(text) is not None


def names_side(text: str) -> bool:
    """Whether a line gives a party, as the heads and the ends of contracts do: `甲方：某公司    乙方：`."""
    return len(text) <= 3 * CAPTION_LENGTH and _SIDE.match(text.strip()) is not None


def is_signer(text: str, following: str) -> bool:
    """Whether a line is the name of who signs, with nothing or a date behind it."""
    dated = not following or (len(following) <= CAPTION_LENGTH and _DATE.fullmatch(following) is not None)
    return dated and _SIGNER.fullmatch(text.strip()) is not None


def opens_terms(text: str) -> bool:
    """Whether a sentence leads into the whole of the terms: 经双方协商，达成如下协议, with a colon."""
    end = text[-2 * CAPTION_LENGTH :]
    if _THESE_TERMS.search(end):
        return True
    return _OPENS_TERMS.search(end) is not None and _AGREES.search(end) is not None


def is_attachment(text: str) -> bool:
    """Whether a caption opens an attachment."""
    return _ATTACHMENT.match(text) is not None


def names_one_of_several(text: str) -> bool:
    """Whether the first heading names a document although others stand on its level: 合同, its 保修书, its 附件."""
    return names_terms(text) and _PART_OF_TERMS.match(text.strip()) is None


def names_terms(text: str) -> bool:
    """Whether a line is the name of a document: 云服务协议, 隐私政策（2024年版）."""
    text = without_quotes(_VERSION.sub("", text.strip()))
    return len(text) <= 2 * CAPTION_LENGTH and _TITLE.match(text) is not None and _SAME_TERMS.search(text) is None
