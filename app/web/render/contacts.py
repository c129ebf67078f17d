"""Whom to ask, as the terms say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.contacts import contacts_of
from app.web.language import say
from app.web.render.anchor import clause_link
from app.web.render.element import element, join
from app.web.words import place_name

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.web.contacts import Contact
    from corpus.types import Document

KINDS = {"words": "条款写明", "phone": "电话", "email": "邮箱", "site": "网址"}
"""What each kind of channel is called."""


def render_contacts(document: Document) -> Markup:
    """Render the channels that the document gives, or that it gives none."""
    contacts = contacts_of(document)
    if contacts:
        body = element("ul", join(_row(contact, document) for contact in contacts), class_="contacts")
    else:
        body = element("p", say("条款没有写明联系方式。接受之前，请向对方索取，并请对方书面答复。"))
    title = element("h2", say("还有疑问？"), id="ask-whom")
    return element("section", title, body, class_="ask-whom", aria_labelledby="ask-whom")


def _row(contact: Contact, document: Document) -> Markup:
    clause = document.clause(contact.clause_id)
    place = place_name(clause)
    section = clause.headings[-1] if clause.headings and contact.kind != "words" else ""
    return element(
        "li",
        element("span", say(KINDS[contact.kind]), class_="contact-kind"),
        element("span", contact.words, class_="contact-words", lang="zh-CN"),
        clause_link(contact.clause_id, place, label=say("在条款中查看{place}", place=place)),
        element("span", section, class_="contact-section", lang="zh-CN") if section else "",
    )
