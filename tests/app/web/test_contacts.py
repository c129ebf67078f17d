"""Contact channels: what the terms print, and nothing else."""

from __future__ import annotations

from markup import dangers, visible

import corpus
from app.web.contacts import contacts_of
from app.web.render.contacts import render_contacts
from corpus.library import read_terms

TERMS = """\
1.1 如您对本协议有疑问，可咨询客服：客服热线 400-800-1234，邮箱 help@shop-example.com.cn，
或访问 https://www.example.com/help 。

1.2 违约金为 12345 元，合同编号 95111。

1.3 我们的联系电话为 010-12345678；投诉请拨打 12315。
"""


def test_channels_are_cut_from_the_clauses_that_speak_of_contact():
    """Sentence, numbers and addresses in order; an amount is no telephone number."""
    document = corpus.parse_bytes(TERMS.encode(), name="a.md")
    found = [(contact.kind, contact.words) for contact in contacts_of(document)]
    assert found[0][0] == "words"
    assert found[1:] == [
        ("phone", "400-800-1234"),
        ("email", "help@shop-example.com.cn"),
        ("site", "https://www.example.com/help"),
        ("phone", "010-12345678"),
        ("phone", "12315"),
    ]
    texts = {clause.clause_id: clause.text for clause in document.clauses}
    assert all(contact.words in texts[contact.clause_id] for contact in contacts_of(document))


def test_the_shipped_terms_name_the_business_department():
    """The preamble's own way out."""
    (document,) = read_terms(["weidianyun"]).documents
    first, *others = contacts_of(document)
    assert first.kind == "words"
    assert "业务部门" in first.words
    assert [contact.words in document.source for contact in others] == [True] * len(others)


def test_terms_without_channels_say_so():
    """Nothing is looked up elsewhere."""
    document = corpus.parse_bytes("1.1 费用由客户支付。".encode(), name="a.md")
    assert "没有写明联系方式" in visible(render_contacts(document))


def test_hostile_channels_are_words():
    """Escaped like everything else."""
    document = corpus.parse_bytes('1.1 请联系客服 <img src=x onerror="a()"> 400-800-1234。'.encode(), name="a.md")
    assert dangers(render_contacts(document)) == []
