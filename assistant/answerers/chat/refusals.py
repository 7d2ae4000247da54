"""Which part of a request a service refuses, read from its error: not every server takes all that OpenAI's does."""

from __future__ import annotations

import re

from assistant.answerers.chat.vendor import detail, field_of

#: What can be left out of a request or said in another way. "system" is the role of a message, "limit" the number
#: that the answer may have of tokens, under either name.
PARAMETERS = ("stream_options", "temperature", "max_completion_tokens", "max_tokens", "stream", "system", "limit")

_NAMES = re.compile(
    r"(?<![\w.])(?:(?P<stream_options>stream_options|include_usage)|(?P<temperature>temperature)"
    r"|(?P<max_completion_tokens>max_completion_tokens)|(?P<max_tokens>max_tokens)"
    r"|(?P<stream>stream(?:ing)?))(?!\w)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"un(?:supported|recogni[sz]ed|known|expected)|\bnot\b.{0,30}\b(?:support|permit|allow|accept|valid|implement|recogni)"
    r"|does ?n[o']t|extra (?:inputs?|fields?)|additional (?:properties|fields)|forbidden|invalid|deprecated"
    r"|\bonly\b.{0,30}\bsupport|cannot|can't|must be|instead",
    re.IGNORECASE,
)
#: The templates of Gemma and Mistral name the roles, or their order, and not the one that is too much.
_SYSTEM = re.compile(
    r"system.{0,20}(?:role|message|prompt|instruction).{0,40}\b(?:not|unsupported|invalid)"
    r"|(?:not|un)\s?support.{0,40}\bsystem\b|roles must alternate|only user and assistant roles"
    r"|input should be 'user'|developer instruction is not enabled|(?:invalid|unknown|unsupported) role:? .?system",
    re.IGNORECASE,
)
_TOO_MANY = re.compile(
    r"(?:max_tokens|max_completion_tokens|completion tokens|output tokens)\b.{0,60}"
    r"(?:too (?:large|high|big)|at most|exceed|less than|<=)|\d in the completion",
    re.IGNORECASE,
)


def refused_part(error: BaseException) -> str | None:
    """One of ``PARAMETERS``, where the error says that the service does not take it."""
    said, parameter = detail(error), field_of(error, "param")
    if _TOO_MANY.search(said):
        return "limit"
    if _SYSTEM.search(said):
        return "system"
    if isinstance(parameter, str) and field_of(error, "code") in ("unsupported_value", "unsupported_parameter"):
        if "role" in parameter:
            return "system"
        if parameter in PARAMETERS:
            return parameter
    if not _REFUSED.search(said):
        return None
    # The first that is named: "'max_tokens' is not supported, use 'max_completion_tokens' instead".
    named = _NAMES.search(said)
    return named.lastgroup if named else None
