"""The one place that writes tags."""

from __future__ import annotations

from markupsafe import Markup

from app.web.render.element import element, join


def test_children_are_escaped():
    """Words never become tags."""
    assert element("p", "<script>&\"'") == "<p>&lt;script&gt;&amp;&#34;&#39;</p>"


def test_attributes_are_escaped():
    """A quotation mark cannot end an attribute."""
    assert element("a", "x", title='"><script>') == '<a title="&#34;&gt;&lt;script&gt;">x</a>'


def test_markup_stays_markup():
    """Elements nest without being escaped again."""
    assert element("p", element("b", "&")) == "<p><b>&amp;</b></p>"


def test_attribute_names():
    """Python's names become HTML's; None and False leave an attribute out, True writes it bare."""
    written = element("button", class_="chip", data_ask="q", disabled=True, hidden=False, title=None, tabindex=-1)
    assert written == '<button class="chip" data-ask="q" disabled tabindex="-1"></button>'


def test_void_elements_are_not_closed():
    """HTML has no closing tag for these."""
    assert element("br") == "<br>"


def test_join_escapes_what_is_not_markup():
    """Parts and separator alike."""
    assert join(["<", Markup("<b>"), ">"], "&") == "&lt;&amp;<b>&amp;&gt;"
