"""Opens chat models. The only importer of providers' packages among the answerers, and only when one is opened.

Invariants:

* ``openai:`` models speak the chat completions protocol, so that Ollama, vLLM and llama.cpp serve them as well. Their
  address and key are what was given or what OPENAI_BASE_URL and OPENAI_API_KEY say, and nothing else.
* Nothing here turns tracing on or downloads anything.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

from assistant.answerers.chat.decode import Timeouts
from assistant.answerers.chat.errors import Service
from assistant.answerers.chat.vendor import redact
from assistant.answerers.chat.wire import as_openai_events
from assistant.errors import ModelRefused, SettingsError
from ingest.errors import AssistantError

if TYPE_CHECKING:
    import ssl

    from langchain_core.language_models import BaseChatModel

_OPENAI = "https://api.openai.com/v1"
_OPENAI_HOST = re.compile(r"https://([\w-]+\.)?api\.openai\.com(/|$)")

#: What is sent in place of a key to a server of the user's own that wants none.
_NO_KEY = "no-key-needed"


def open_chat_model(
    name: str,
    *,
    api_key: str | None = None,
    base_url: str | None = None,
    temperature: float | None = 0.0,
    timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
    max_output_tokens: int | None = 4_000,
) -> BaseChatModel:
    """Make the model of that name; nothing is sent yet.

    Args:
        name: ``openai:NAME``, or ``PROVIDER:NAME`` as LangChain's ``init_chat_model`` knows it.
        api_key, base_url: for ``openai:``; by default what OPENAI_API_KEY and OPENAI_BASE_URL say.
        temperature: None leaves it to the model.
        timeouts: how long it is waited for.
        max_output_tokens: the longest answer, thoughts included; None leaves it to the model.

    Raises:
        SettingsError: where there is no such provider, its package is missing, or it cannot be set up.
        ModelRefused: where there is no key.
    """
    name = name.strip()
    provider, _, model = name.partition(":")
    if not name or (provider == "openai" and not model):
        raise SettingsError(f"the model {name!r} has no name", remedy="write it as openai:NAME or PROVIDER:NAME")
    if provider == "openai" or re.match(r"(gpt-|chatgpt-|o\d)[^:]*$", name):
        make = functools.partial(_open_openai, model or name, api_key=api_key, base_url=base_url)
    else:
        make = functools.partial(_open_other, name)
    try:
        return make(temperature=temperature, timeouts=timeouts, max_output_tokens=max_output_tokens)
    except AssistantError:
        raise
    except ImportError as error:
        package = re.search(r"requires the (\S+) package", str(error))
        missing = package[1] if package else error.name or "of its provider"
        what = f"the model {name!r} needs the package {missing}, which is not installed"
        raise SettingsError(what, remedy=f"install it with: pip install {missing}") from error
    except Exception as error:
        # A provider's package may raise anything while it starts; all of it means that the model cannot be set up.
        reason = " ".join(redact(str(error), (api_key or "",)).split())[:200]
        remedy = "write it as PROVIDER:NAME, openai:NAME for a server of your own, and set the provider's key"
        raise SettingsError(f"the model {name!r} cannot be set up: {reason}", remedy=remedy) from error


def _open_other(
    name: str, *, temperature: float | None, timeouts: Timeouts, max_output_tokens: int | None
) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    wanted = {"temperature": temperature, "max_tokens": max_output_tokens}
    given: dict[str, Any] = {key: value for key, value in wanted.items() if value is not None}
    model: BaseChatModel = init_chat_model(name, timeout=timeouts.first_token, max_retries=0, **given)
    return model


def _open_openai(
    model: str,
    *,
    api_key: str | None,
    base_url: str | None,
    temperature: float | None,
    timeouts: Timeouts,
    max_output_tokens: int | None,
) -> BaseChatModel:
    import httpx2

    key = (api_key or os.environ.get("OPENAI_API_KEY") or "").strip()
    address = (base_url or os.environ.get("OPENAI_BASE_URL") or "").strip()
    if not key and not address:
        raise ModelRefused(
            f"there is no key for openai:{model}",
            remedy="set OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own, or choose --model extractive",
        )
    # Ollama and others know the limit by its older name only, OpenAI's newer models by its newer name only.
    elsewhere = bool(address) and not _OPENAI_HOST.match(address)
    limit: dict[str, Any] = {}
    if max_output_tokens is not None:
        limit = {"extra_body": {"max_tokens": max_output_tokens}} if elsewhere else {"max_tokens": max_output_tokens}
    patience = max(timeouts.first_token, timeouts.between_tokens) + 1.0
    transport: dict[str, Any] = {
        "timeout": httpx2.Timeout(timeouts.connect, read=patience),
        "verify": _trusted(),
    }
    # A connection of one event loop is of no use in the next one, and asyncio.run() makes a loop each time.
    unshared = httpx2.Limits(max_connections=100, max_keepalive_connections=0)
    chat, http, async_http = _openai_classes()
    opened: BaseChatModel = chat(
        model=model,
        api_key=key or _NO_KEY,
        base_url=address or _OPENAI,
        temperature=temperature,
        timeout=transport["timeout"],
        max_retries=0,
        stream_usage=True,
        stream_chunk_timeout=None,
        use_responses_api=False,
        openai_proxy=None,
        http_client=http(**transport),
        http_async_client=async_http(limits=unshared, **transport),
        **limit,
    )
    return opened


@functools.cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted; reading them takes longer than all the rest of opening a model."""
    import httpx2

    return httpx2.create_ssl_context()


@functools.cache
def _openai_classes() -> tuple[type[Any], type[Any], type[Any]]:
    """A chat model that keeps what LangChain's drops, an HTTP client that closes itself, and one that understands
    servers which are not OpenAI's (see ``wire``).
    """
    import httpx2
    import openai
    from langchain_openai import ChatOpenAI

    class OpenAIChat(ChatOpenAI):
        def _convert_chunk_to_generation_chunk(self, chunk: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
            generation = super()._convert_chunk_to_generation_chunk(chunk, *args, **kwargs)
            for choice in (chunk.get("choices") or [])[:1]:
                delta = choice.get("delta") or {}
                # A refusal is no text; thoughts are none either, but a sign that the model is at work.
                for field in ("refusal", "reasoning_content", "reasoning"):
                    if generation is not None and delta.get(field):
                        generation.message.additional_kwargs[field] = delta[field]
            return generation

    class Client(openai.DefaultHttpxClient):
        def __del__(self) -> None:
            self.close()

    class Events(httpx2.AsyncByteStream):
        def __init__(self, stream: httpx2.AsyncByteStream) -> None:
            self._stream = stream

        def __aiter__(self) -> AsyncIterator[bytes]:
            return as_openai_events(aiter(self._stream))

        async def aclose(self) -> None:
            await self._stream.aclose()

    class AsyncClient(openai.DefaultAsyncHttpxClient):
        async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
            # What is compressed cannot be read event by event.
            request.headers["Accept-Encoding"] = "identity"
            response = await super().send(request, **options)
            encoding = response.headers.get("Content-Encoding", "identity")
            if response.status_code == 200 and options.get("stream") and encoding == "identity":
                assert isinstance(response.stream, httpx2.AsyncByteStream)
                response.stream = Events(response.stream)
            return response

    return OpenAIChat, Client, AsyncClient


def service_of(model: BaseChatModel, name: str | None = None) -> Service:
    """What messages about ``model`` say and do not say."""
    address = str(getattr(model, "openai_api_base", None) or "")
    values = [v.get_secret_value() for v in vars(model).values() if hasattr(v, "get_secret_value")]
    return Service(
        model=name or _own_name(model),
        address="" if _OPENAI_HOST.match(address) else address,
        # Subclasses for other services (Azure, DeepSeek) say another type.
        speaks_openai=model._llm_type == "openai-chat",
        secrets=tuple(value for value in values if isinstance(value, str) and value != _NO_KEY),
    )


def _own_name(model: BaseChatModel) -> str:
    names = (getattr(model, field, None) for field in ("model_name", "model", "model_id"))
    return next((name for name in names if isinstance(name, str) and name), type(model).__name__)
