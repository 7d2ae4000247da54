"""The one edge at which the errors of vendors become our own.

Invariants:

* Every exception becomes exactly one :class:`~assistant.errors.ModelError`, in one line that says what to do.
* No message holds the key: known secrets and what looks like one are blotted out, in the causes too.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.answerers.chat.refusals import refused_part
from assistant.answerers.chat.vendor import (
    CONTEXT,
    QUOTA,
    Kind,
    chain,
    detail,
    field_of,
    kind_of,
    redact,
    redact_in_place,
    retry_after,
    status_code,
    status_of,
)
from assistant.errors import (
    EmptyAnswer,
    EndlessAnswer,
    ModelError,
    ModelRateLimited,
    ModelRefused,
    ModelTimeout,
    ModelUnreachable,
    StreamDropped,
)

_TRY_LATER = "try again later, or choose another model with --model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Which model of which service an error is about.

    Attributes:
        model: the name that a person gave it.
        address: where it is, or "".
        speaks_openai: whether OPENAI_API_KEY and OPENAI_BASE_URL are what a person sets for it.
        secrets: what no message may hold.
    """

    model: str
    address: str = ""
    speaks_openai: bool = False
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        return f"{self.model} at {redact(self.address)}" if self.address else self.model


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One of our errors, whether another attempt may succeed, the seconds that the service asks to wait before it,
    and the part of the request that the service does not take (see ``refusals.PARAMETERS``).
    """

    error: ModelError
    retry: bool = False
    after: float | None = None
    parameter: str | None = None


def failure(error: Exception, service: Service, *, midway: bool = False) -> Failure:
    """What ``error``, raised by a chat model, means; ``midway`` says that a part of the answer had come.

    Messages of ``error`` and of its causes are changed in place where they hold a secret.
    """
    if isinstance(error, ModelError):
        return Failure(error=error)
    causes = list(chain(error))
    for cause in causes:
        redact_in_place(cause, service.secrets)
    kind = kind_of(causes)
    if kind is Kind.TIMEOUT:
        return Failure(error=ModelTimeout(f"{service} did not answer in time", remedy=_TRY_LATER))
    if kind in (Kind.FILTERED, Kind.LENGTH):
        return Failure(error=stopped("content_filter" if kind is Kind.FILTERED else "length", service))
    if midway:
        what = f"the answer of {service} broke off: {_reason(causes, service)}"
        return Failure(error=StreamDropped(what, remedy="ask again"))
    if kind is Kind.CONNECTION:
        return Failure(error=_unreachable(causes, service), retry=True)
    if kind is Kind.SETUP:
        what = f"the request to {service} cannot be made: {_reason(causes, service)}"
        return Failure(error=ModelRefused(what, remedy=_check_settings(service)))
    if kind is Kind.CONTEXT:
        return Failure(error=_too_long(service), parameter=refused_part(error))
    if kind is Kind.GARBLED:
        what = f"{service} sent what is not an answer of its protocol ({_reason(causes, service)})"
        return Failure(error=ModelUnreachable(what, remedy=_check_settings(service)))
    if kind is Kind.UNKNOWN:
        what = f"{service} failed: {_reason(causes, service)}"
        return Failure(error=ModelError(what, remedy="run again with --verbose to see its own error"))
    return _status_failure(error, causes, service)


def _status_failure(error: Exception, causes: list[BaseException], service: Service) -> Failure:
    status = status_of(error)
    said = _reason(causes, service)
    where = f"{service} " + ("reported an error" if status_code(error) is None else f"answered {status}")
    if status in (401, 407):
        return Failure(error=ModelRefused(f"{service} does not accept the key (status {status})", remedy=_key(service)))
    if status == 403:
        remedy = "use a key that may use this model, or choose another with --model"
        return Failure(error=ModelRefused(f"{service} does not permit this (status 403)", remedy=remedy))
    if status == 429 or status == 402:
        return _rate_failure(error, status, service)
    if status == 413 or CONTEXT.search(f"{field_of(error, 'code')} {field_of(error, 'type')} {detail(error)}"):
        # Of any status: a server that finds it out while it counts says 500.
        return Failure(error=_too_long(service), parameter=refused_part(error))
    if status == 408:
        return Failure(error=ModelTimeout(f"{where}: {said}", remedy=_TRY_LATER), retry=True)
    if status >= 500 or status in (409, 425):
        unreachable = ModelUnreachable(f"{where}: {said}", remedy=_TRY_LATER)
        return Failure(error=unreachable, retry=True, after=retry_after(error), parameter=refused_part(error))
    if status == 404:
        remedy = "name a model that the service has"
        if service.speaks_openai:
            remedy += ", or correct OPENAI_BASE_URL"
        return Failure(error=ModelRefused(f"{where}: {said}", remedy=remedy))
    refused = ModelRefused(f"{where}: {said}", remedy="choose another model with --model, or change the question")
    return Failure(error=refused, parameter=refused_part(error))


def _rate_failure(error: Exception, status: int, service: Service) -> Failure:
    if status == 402 or QUOTA.search(f"{field_of(error, 'code')} {field_of(error, 'type')} {detail(error)}"):
        what = f"the quota of the key for {service} is used up"
        return Failure(error=ModelRateLimited(what, remedy="add credit at the provider, or choose another model"))
    after = retry_after(error)
    wait = f" and asks to wait {after:.0f} s" if after else ""
    limited = ModelRateLimited(f"{service} says that there were too many requests{wait}", remedy=_TRY_LATER)
    return Failure(error=limited, retry=True, after=after)


def stopped(reason: str, service: Service) -> ModelError:
    """The error for a finish reason that leaves no usable answer: "content_filter", "length", or anything else."""
    if reason == "content_filter":
        what = f"the content filter of {service} withheld the answer"
        return ModelRefused(what, remedy="word the question differently, or choose another model with --model")
    if reason == "length":
        what = f"{service} reached its limit of tokens without an answer"
        return EndlessAnswer(what, remedy="allow more tokens, or choose a model that thinks less")
    what = f"{service} answered without a word"
    return EmptyAnswer(what, remedy="ask again, or choose another model with --model")


def _unreachable(causes: list[BaseException], service: Service) -> ModelUnreachable:
    remedy = "check the network"
    if any(type(cause).__name__ == "SSLCertVerificationError" for cause in causes):
        remedy = "name the file of the certificates to trust in SSL_CERT_FILE"
    elif service.speaks_openai:
        local = any(host in service.address for host in ("localhost", "127.0.0.1", "[::1]"))
        remedy = ("start the model server" if local else remedy) + ", or correct OPENAI_BASE_URL"
    return ModelUnreachable(f"no connection to {service} ({_reason(causes, service)})", remedy=remedy)


def _too_long(service: Service) -> ModelRefused:
    what = f"the question with its evidence is too long for {service}"
    return ModelRefused(what, remedy="give it less evidence, or choose a model with a longer context")


def _key(service: Service) -> str:
    return "set OPENAI_API_KEY to a valid key" if service.speaks_openai else "set a valid key for its provider"


def _check_settings(service: Service) -> str:
    return "check OPENAI_BASE_URL and OPENAI_API_KEY" if service.speaks_openai else "check the settings of its provider"


def _reason(causes: list[BaseException], service: Service) -> str:
    """In a few words, what was at the bottom of it."""
    for cause in reversed(causes):
        name = type(cause).__name__
        if name == "gaierror":
            return "the host's name is not known"
        if isinstance(cause, ConnectionRefusedError):
            return "connection refused"
        if name == "SSLCertVerificationError":
            return "its certificate is not trusted"
        if name in ("ConnectTimeout", "PoolTimeout"):
            return "no connection in time"
        if name in ("RemoteProtocolError", "ReadError", "EndOfStream") or isinstance(cause, ConnectionResetError):
            return "the connection was closed"
        if name in ("LocalProtocolError", "UnicodeEncodeError"):
            return "a header, perhaps the key, holds characters that may not be in it"
    words = redact(detail(causes[0]) or type(causes[0]).__name__, service.secrets)
    return f"{words[:200]}…" if len(words) > 200 else words.rstrip(".")
