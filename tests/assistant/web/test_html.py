"""Text becomes markup in one place, and there it becomes inert."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.render.text import host_of_link
from assistant.web.html import button, element, escape, join, outside_link


class Seen(HTMLParser):
    """What a parser makes of markup: tags, attributes and text."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</p></div><iframe src=javascript:alert(1)>",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "<!--",
    "]]>",
    "&lt;script&gt;",
    "\x00<\x00script>",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_in_an_element_or_an_attribute_stays_text(hostile: str) -> None:
    seen = Seen(element("p", hostile, title=hostile))
    assert seen.tags == ["p"]
    assert seen.text == hostile.replace("\x00", "")
    assert seen.attributes == [("title", hostile.replace("\x00", ""))]


@given(st.text())
def test_any_text_is_shown_as_it_is_but_for_control_characters(text: str) -> None:
    seen = Seen(element("p", text))
    shown = "".join(c for c in text if c.isprintable() or not ("\x00" <= c <= "\x1f" or "\x7f" <= c <= "\x9f"))
    assert seen.tags == ["p"]
    assert "".join(c for c in seen.text if c.isprintable()) == "".join(c for c in shown if c.isprintable())


def test_what_was_made_by_element_is_not_escaped_again() -> None:
    assert element("p", element("b", "<"), "&", [element("i", "x"), "y"], None) == "<p><b>&lt;</b>&amp;<i>x</i>y</p>"


def test_plain_text_beside_markup_stays_text() -> None:
    assert element("b", "x") + "<i>" == "<b>x</b>&lt;i&gt;"
    assert join([element("b", "x"), "<i>"]) == "<b>x</b>&lt;i&gt;"


def test_an_attribute_that_runs_code_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not an attribute"):
        element("p", onclick="alert(1)")
    with pytest.raises(ValueError, match="not an element"):
        element("p onclick", "x")


def test_attributes_without_a_value_are_bare_or_absent() -> None:
    assert (
        element("details", open=True, hidden=False, class_=None, data_entry=3)
        == '<details open data-entry="3"></details>'
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://example.org",
        "data:text/html,<script>alert(1)</script>",
        "//example.org/x",
        "https:example.org",
        "https://",
        "https://good.example\\@evil.example/",
        "https://user:secret@evil.example/",
        "https://exa mple.org/",
        'https://example.org/"onmouseover="alert(1)',
        "https://[::1",
        "ftp://example.org/",
        "\x01https://example.org/",
        "https://example.org/" + "x" * 2001,
        "",
    ],
)
def test_an_address_that_is_not_plainly_http_is_no_link(url: str) -> None:
    assert host_of_link(url) is None
    assert outside_link(url, "Original") is None


def test_a_link_leaves_the_page_alone_and_tells_the_other_side_nothing() -> None:
    assert outside_link("https://www.example.org/a?b=1&c=<", "Original") is None
    seen = Seen(outside_link("https://www.example.org/a?b=1&c=2", "<Original>") or "")
    attributes = dict(seen.attributes[:7])
    assert attributes["href"] == "https://www.example.org/a?b=1&c=2"
    assert attributes["target"] == "_blank"
    assert attributes["rel"] == "noopener noreferrer nofollow"
    assert seen.text == "<Original> (opens example.org)"


def test_a_button_carries_its_action_and_value() -> None:
    seen = Seen(button("Copy", action="copy", value='"x"'))
    assert dict(seen.attributes) == {"type": "button", "class": "quiet", "data-action": "copy", "data-value": '"x"'}


def test_escape_leaves_markup_alone() -> None:
    assert escape(element("b", "x")) == "<b>x</b>"
