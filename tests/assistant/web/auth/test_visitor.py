"""Who is asking: a name where one was logged in with, else a browser by its cookie."""

from __future__ import annotations

import gradio as gr
import pytest

from assistant.web.auth.visitor import COOKIE, Visitor, visitor_of

TOKEN = "A1b2C3d4" * 4


def sent(cookie: str = "", username: str | None = None) -> Visitor:
    return visitor_of(gr.Request(username=username, session_hash="s", headers={"cookie": cookie}))


def test_a_browser_is_known_by_its_cookie_and_only_its_digest_is_used() -> None:
    one, same, other = sent(f"a=b; {COOKIE}={TOKEN}"), sent(f"{COOKIE}={TOKEN}"), sent(f"{COOKIE}={TOKEN[::-1]}")
    assert one == same
    assert one.user != other.user
    assert TOKEN not in str(one)


def test_a_name_comes_before_the_browser_and_is_never_taken_for_one() -> None:
    browser = sent(f"{COOKIE}={TOKEN}").user
    assert browser is not None
    assert sent(f"{COOKIE}={TOKEN}", username="ann").user == sent(username="ann").user == "name:ann"
    assert sent(username=browser).user != browser


@pytest.mark.parametrize("cookie", ["", f"{COOKIE}=", f"{COOKIE}=short", f"{COOKIE}={TOKEN}x", "\0;=;,", "other=1"])
def test_without_a_cookie_of_ours_nobody_is_known(cookie: str) -> None:
    assert sent(cookie) == Visitor(session="s", user=None)
