"""Small labels: categories, prominence, the number of a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.review.opinion import NAME, RULE_ID
from app.types import Prominence
from app.web.language import say
from app.web.render.element import element, join
from app.web.words import CATEGORY_NAMES, MISSED_NAMES, PROMINENCE_NAMES, is_missed

if TYPE_CHECKING:
    from markupsafe import Markup

    from app.types import Category, Citation, Finding


def category_badges(categories: tuple[Category, ...]) -> Markup:
    """Render the names of categories."""
    return join(
        element("span", say(name), class_=f"badge badge--{category}")
        for category, name in CATEGORY_NAMES.items()
        if category in categories
    )


def prominence_badge(prominence: Prominence, *, missed: bool = False) -> Markup:
    """Say how a clause is printed; `missed` when it should have been prominent."""
    words = say(PROMINENCE_NAMES[prominence])
    return element("span", words, class_=f"print print--{'missed' if missed else prominence}")


def verdict_badge(finding: Finding) -> Markup:
    """Say to a drafter whether the clause was missed, or needs no prominence at all."""
    if not finding.must_highlight and finding.emphasis is Prominence.NONE:
        return element("span", say("无须突出"), class_="print print--none")
    if not is_missed(finding):
        return prominence_badge(finding.emphasis)
    return element("span", say(MISSED_NAMES[finding.emphasis]), class_="print print--verdict")


def finding_badges(finding: Finding, *, for_drafter: bool = False) -> Markup:
    """Render what the review says of a clause: to a reader how it is printed, to a drafter what was missed."""
    parts = [category_badges(finding.categories)]
    if finding.must_highlight or finding.emphasis is not Prominence.NONE:
        missed = is_missed(finding)
        parts.append(verdict_badge(finding) if for_drafter else prominence_badge(finding.emphasis, missed=missed))
    if not finding.renders and finding.emphasis is not Prominence.NONE:
        parts.append(element("span", say("突出标记未生效"), class_="print print--missed"))
    if for_drafter and any(trigger.rule_id == RULE_ID for trigger in finding.triggers):
        parts.append(element("span", say(NAME), class_="print print--none"))
    return join(parts)


def citation_badges(citation: Citation) -> Markup:
    """Render the categories and the print of a cited clause."""
    plain = citation.emphasis is Prominence.NONE and not citation.categories
    return join([category_badges(citation.categories), "" if plain else prominence_badge(citation.emphasis)])
