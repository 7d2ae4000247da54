"""No error of a vendor is forgotten, and none shows a key."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any

import httpx2
import langchain_core.exceptions
import openai
import openai.lib.azure
import pytest

from assistant.answerers.chat.errors import Failure, Service, failure
from assistant.answerers.chat.vendor import KINDS, redact
from assistant.errors import ModelError, ModelRateLimited, ModelRefused, ModelTimeout, ModelUnreachable, StreamDropped

SERVICE = Service(model="openai:scripted", address="https://me:password@example.org/v1", speaks_openai=True)
ROOTS = (openai.APIError, httpx2.HTTPError, httpx2.StreamError, langchain_core.exceptions.LangChainException)
REQUEST = httpx2.Request("POST", "https://example.org/v1/chat/completions")


def all_of(root: type[BaseException]) -> Iterator[type[BaseException]]:
    """``root`` and its subclasses that vendors have defined."""
    if root.__module__.split(".")[0] in ("openai", "httpx2", "langchain_core", "langchain_openai"):
        yield root
    for subclass in root.__subclasses__():
        yield from all_of(subclass)


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.__name__)
def test_every_error_of_a_vendor_is_named_in_the_table(root: type[BaseException]) -> None:
    classes = set(all_of(root))
    assert len(classes) > 4
    forgotten = sorted(cls.__qualname__ for cls in classes if cls.__name__ not in KINDS)
    assert forgotten == [], "add them to vendor_error.KINDS"


def test_other_errors_of_the_openai_package_have_a_kind_too() -> None:
    for cls in all_of(openai.OpenAIError):
        assert any(base.__name__ in KINDS for base in cls.__mro__[:-3]), cls


def status_error(status: int, body: object = None, headers: dict[str, str] | None = None) -> openai.APIStatusError:
    response = httpx2.Response(status, request=REQUEST, headers=headers)
    return openai.APIStatusError("The server says no.", response=response, body=body)


@pytest.mark.parametrize(
    ("error", "expected", "retried"),
    [
        (openai.APIConnectionError(request=REQUEST), ModelUnreachable, True),
        (openai.APITimeoutError(REQUEST), ModelTimeout, False),
        (openai.APIError("overloaded", REQUEST, body=None), ModelUnreachable, True),
        (openai.APIError("slow down", REQUEST, body={"code": "rate_limit_exceeded"}), ModelRateLimited, True),
        (openai.APIError("no credit", REQUEST, body={"code": "insufficient_quota"}), ModelRateLimited, False),
        (openai.APIError("long", REQUEST, body={"code": "context_length_exceeded"}), ModelRefused, False),
        (openai.ContentFilterFinishReasonError(), ModelRefused, False),
        (openai.OpenAIError("Missing credentials."), ModelRefused, False),
        (status_error(425), ModelUnreachable, True),
        (status_error(529), ModelUnreachable, True),
        (status_error(404, {"error": {"message": "no such model"}}), ModelRefused, False),
        (httpx2.ReadTimeout("slow"), ModelTimeout, False),
        (httpx2.ConnectTimeout("slow"), ModelUnreachable, True),
        (httpx2.InvalidURL("http://["), ModelRefused, False),
        (langchain_core.exceptions.ModelRateLimitError("slow down"), ModelRateLimited, True),
        (langchain_core.exceptions.ModelAuthenticationError("no"), ModelRefused, False),
        (langchain_core.exceptions.ModelNotFoundError("no"), ModelRefused, False),
        (langchain_core.exceptions.ContextOverflowError("long"), ModelRefused, False),
        (ConnectionResetError(104, "reset"), ModelUnreachable, True),
        (TimeoutError(), ModelTimeout, False),
        (KeyError("choices"), ModelUnreachable, False),
        (RuntimeError("whatever"), ModelError, False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_condition_has_its_own_error(error: Exception, expected: type[ModelError], retried: bool) -> None:
    given = failure(error, SERVICE)
    assert type(given.error) is expected
    assert given.retry is retried
    assert given.error.remedy
    assert "password" not in str(given.error)


def test_a_certificate_that_is_not_trusted_is_named_with_the_way_to_trust_it() -> None:
    error = openai.APIConnectionError(request=REQUEST)
    error.__cause__ = ssl.SSLCertVerificationError("self-signed certificate")
    given = str(failure(error, SERVICE).error)
    assert "(its certificate is not trusted); name the file" in given
    assert "SSL_CERT_FILE" in given


def test_an_error_of_a_package_that_we_do_not_know_is_read_by_its_status() -> None:
    class TheirError(Exception):
        code = 429

    assert isinstance(failure(TheirError("busy"), Service(model="their:model")).error, ModelRateLimited)


@pytest.mark.parametrize("error", [KeyError("choices"), status_error(500), openai.APIConnectionError(request=REQUEST)])
def test_in_the_middle_of_an_answer_every_fault_is_a_dropped_stream(error: Exception) -> None:
    given = failure(error, SERVICE, midway=True)
    assert type(given.error) is StreamDropped
    assert not given.retry


@pytest.mark.parametrize("word", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_what_only_concerns_openai_is_not_advised_for_other_services(word: str) -> None:
    other = Service(model="anthropic:claude")
    errors: list[Any] = [status_error(401), status_error(404), KeyError("x"), ConnectionRefusedError()]
    assert not any(word in str(failure(error, other).error) for error in errors)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after-ms": "1500", "retry-after": "7"}, 1.5),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "-3"}, None),
        ({}, None),
    ],
)
def test_the_wait_that_a_service_asks_for_is_read(headers: dict[str, str], seconds: float | None) -> None:
    assert failure(status_error(429, headers=headers), SERVICE).after == seconds


@pytest.mark.parametrize(
    "text",
    [
        "Incorrect API key provided: sk-proj-abcdefgh1234.",
        "Incorrect API key provided: sk-ab***********wxyz.",
        "header 'Authorization: Bearer abcdefgh1234'",
        "https://user:abcdefgh1234@example.org/v1",
        "the key abcdefgh1234 is wrong",
        "AIzaSyZyxwvutAbcdefghZyxwvut",
    ],
)
def test_what_looks_like_a_key_is_blotted_out(text: str) -> None:
    clean = redact(text, ["abcdefgh1234"])
    assert "abcdefgh" not in clean.lower()
    assert "wxyz" not in clean


def test_words_are_not_blotted_out_because_they_serve_as_a_key() -> None:
    assert redact("pull the model with ollama first", ["ollama"]) == "pull the model with ollama first"


def test_a_long_complaint_of_a_server_is_cut_and_stays_one_line() -> None:
    given: Failure = failure(status_error(500, {"message": "no\n" * 5000}), SERVICE)
    assert len(str(given.error)) < 400
    assert "\n" not in str(given.error)
