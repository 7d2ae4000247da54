"""Reads an exception of a vendor's package: its kind, status, code, words, the wait it asks for. Knows nothing of ours.

Exceptions are read by the name of their class, so that no vendor's package has to be imported: the packages of OpenAI,
Anthropic, Groq and others use one set of names, and so do both httpx and httpx2.
"""

from __future__ import annotations

import email.utils
import math
import re
import time
from collections.abc import Collection, Iterator, Mapping
from enum import Enum, auto
from typing import Any

from assistant.answerers.chat.words import one_line, words_of


class Kind(Enum):
    """What an exception's class says about it, before its contents are looked at."""

    CONNECTION = auto()
    TIMEOUT = auto()
    STATUS = auto()
    EVENT = auto()  # an error that arrived inside the stream
    CONTEXT = auto()
    SETUP = auto()  # the request could not even be made: a bad address, a bad key
    GARBLED = auto()
    FILTERED = auto()
    LENGTH = auto()
    UNKNOWN = auto()


def _kinds(kind: Kind, names: str) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), kind)


#: Class name -> kind; an exception has the kind of the first class in its MRO that is named here.
KINDS: Mapping[str, Kind] = {
    **_kinds(
        Kind.CONNECTION,
        "OSError APIConnectionError OpenAIConnectionError ModelConnectionError ConnectTimeout PoolTimeout ConnectError "
        "ReadError WriteError CloseError NetworkError RemoteProtocolError ProtocolError ProxyError TransportError "
        "RequestError RequestException HTTPError StreamError StreamClosed StreamConsumed ResponseNotRead "
        "RequestNotRead EndOfStream ClosedResourceError BrokenResourceError WebSocketConnectionClosedError "
        "WebSocketQueueFullError",
    ),
    **_kinds(
        Kind.TIMEOUT,
        "TimeoutError APITimeoutError OpenAITimeoutError ModelTimeoutError StreamChunkTimeoutError TimeoutException "
        "ReadTimeout WriteTimeout Timeout",
    ),
    **_kinds(
        Kind.STATUS,
        "APIStatusError BadRequestError AuthenticationError OAuthError PermissionDeniedError NotFoundError "
        "ConflictError UnprocessableEntityError RateLimitError InternalServerError HTTPStatusError "
        "OpenAIAuthenticationError OpenAIPermissionDeniedError OpenAIInvalidRequestError OpenAIModelNotFoundError "
        "OpenAIRateLimitError OpenAIAPIError ModelAuthenticationError ModelPermissionDeniedError "
        "ModelInvalidRequestError ModelNotFoundError ModelRateLimitError ModelAPIError",
    ),
    **_kinds(Kind.EVENT, "APIError"),
    **_kinds(Kind.CONTEXT, "ContextOverflowError OpenAIContextOverflowError OpenAIAPIContextOverflowError"),
    **_kinds(
        Kind.SETUP,
        "OpenAIError SubjectTokenProviderError UnsupportedProtocol LocalProtocolError InvalidURL TooManyRedirects "
        "CookieConflict UnicodeEncodeError",
    ),
    **_kinds(
        Kind.GARBLED,
        "APIResponseValidationError DecodingError SSEError OutputParserException ValueError TypeError LookupError "
        "AttributeError AssertionError EOFError",
    ),
    **_kinds(Kind.FILTERED, "ContentFilterFinishReasonError OpenAIRefusalError"),
    **_kinds(Kind.LENGTH, "LengthFinishReasonError"),
    **_kinds(Kind.UNKNOWN, "LangChainException TracerException ModelError Exception"),
}

#: HTTP status of an error that names its condition but carries no status.
_STATUS = {
    "ModelAuthenticationError": 401,
    "ModelPermissionDeniedError": 403,
    "ModelInvalidRequestError": 400,
    "ModelNotFoundError": 404,
    "ModelRateLimitError": 429,
    "ModelAPIError": 500,
}
_STATUS_OF_CODE = {
    "rate_limit_exceeded": 429,
    "context_length_exceeded": 400,
    "invalid_api_key": 401,
    "model_not_found": 404,
    "content_filter": 400,
}
QUOTA = re.compile(r"insufficient_quota|billing_hard_limit|billing_not_active|insufficient.(balance|credit)", re.I)
CONTEXT = re.compile(
    r"context_length_exceeded|exceed_context|context.?(?:length|window|size|limit)|maximum context|\bn_ctx\b"
    r"|(?:prompt|inputs?|query|messages?|request) (?:is|are|was) too (?:long|large)|too many (?:input )?tokens"
    r"|(?:input|prompt|sequence) length|string_above_max_length|reduce (?:the|your) (?:length|prompt|input)"
    r"|token limit|max_new_tokens. must be <=",
    re.I,
)
_KEY = re.compile(r"\b(?:sk|pk|rk|gsk|xai|lsv2|hf|AIza)[-_][\w*.-]{6,}|\bAIza[\w-]{20,}|(?<=Bearer )[^\s'\"]+", re.I)
_USER_INFO = re.compile(r"(?<=://)[^/\s@]+@")


def kind_of(causes: list[BaseException]) -> Kind:
    """The kind of the first of ``causes`` (an exception, then what caused it, see :func:`chain`)."""
    kinds = [_own_kind(cause) for cause in causes]
    kind = kinds[0]
    if kind in (Kind.CONNECTION, Kind.TIMEOUT):
        # The vendors fold both into their own class; what happened is in the cause.
        if Kind.SETUP in kinds:
            return Kind.SETUP
        if any(type(cause).__name__ in ("ConnectTimeout", "PoolTimeout") for cause in causes):
            return Kind.CONNECTION
    if kind in (Kind.CONNECTION, Kind.UNKNOWN) and status_code(causes[0]) is not None:
        return Kind.STATUS
    return kind


def _own_kind(error: BaseException) -> Kind:
    return next((KINDS[c.__name__] for c in type(error).__mro__ if c.__name__ in KINDS), Kind.UNKNOWN)


def chain(error: BaseException, depth: int = 12) -> Iterator[BaseException]:
    """``error`` and what caused it, outermost first."""
    current: BaseException | None = error
    while current is not None and depth:
        yield current
        depth -= 1
        if isinstance(current, BaseExceptionGroup):
            for part in current.exceptions:
                yield from chain(part, depth)
        # httpcore2 cuts the link to the operating system's error, which says what is the matter.
        current = current.__cause__ or current.__context__


def status_code(error: BaseException) -> int | None:
    """The HTTP status that an exception carries, 400 to 599, or None."""
    holders = (error, getattr(error, "response", None))
    values = [getattr(holder, name, None) for holder in holders for name in ("status_code", "code")]
    return next((int(v) for v in values if isinstance(v, int) and 400 <= v <= 599), None)


def status_of(error: BaseException) -> int:
    """The HTTP status of an error: what it carries, else what its class or its code stands for, else 500."""
    carried = status_code(error)
    if carried is not None:
        return carried
    for cls in type(error).__mro__:
        if cls.__name__ in _STATUS:
            return _STATUS[cls.__name__]
    code = str(field_of(error, "code") or "")
    if re.fullmatch("[45][0-9][0-9]", code):
        return int(code)
    # "insufficient_quota", "rate_limit_exceeded" …: an error inside a stream has a code and no status.
    return 429 if QUOTA.search(code) else _STATUS_OF_CODE.get(code, 500)


def _body(error: BaseException) -> Mapping[str, Any]:
    body = getattr(error, "body", None)
    if isinstance(body, dict):
        inner = body.get("error")
        return inner if isinstance(inner, dict) else body
    return {}


def field_of(error: BaseException, name: str) -> object:
    """A field of the error's body, as OpenAI's protocol has it, or of the exception itself."""
    return _body(error).get(name) or getattr(error, name, None)


def detail(error: BaseException) -> str:
    """The service's own words, on one line; they are untrusted."""
    return words_of(getattr(error, "body", None)) or one_line(str(error))


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """``text`` without the ``secrets``, what looks like a key, and names and passwords in addresses."""
    for secret in secrets:
        if len(secret) >= 8:  # a shorter one is a placeholder such as "ollama", and a word
            for form in (secret, repr(secret)[1:-1], ascii(secret)[1:-1]):
                text = text.replace(form, "[key]")
    return _USER_INFO.sub("", _KEY.sub("[key]", text))


def redact_in_place(error: BaseException, secrets: Collection[str]) -> None:
    """Redact the messages that ``error`` holds."""
    # A traceback prints the causes, which may quote the header or the server's own words.
    error.args = tuple(redact(arg, secrets) if isinstance(arg, str) else arg for arg in error.args)


def retry_after(error: BaseException) -> float | None:
    """Seconds to wait before another attempt, by the headers of the response: RFC 9110, section 10.2.3, and OpenAI's
    own in milliseconds. None where they do not say.
    """
    headers = getattr(getattr(error, "response", None), "headers", None)
    if headers is None:
        return None
    seconds = _number(headers.get("retry-after-ms"))
    if seconds is not None:
        return seconds / 1000
    value = headers.get("retry-after")
    seconds = _number(value)
    if seconds is None and isinstance(value, str):
        parsed = email.utils.parsedate_tz(value)
        seconds = max(0.0, email.utils.mktime_tz(parsed) - time.time()) if parsed else None
    return seconds


def _number(value: object) -> float | None:
    if not isinstance(value, str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
