"""What tests of a chat model as judge share: a judge at a scripted server, and what a request to it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from asking import PATIENT, Slept
from scripted_openai import Request, Script, ScriptedOpenAI, answer

import prompts
from assistant.answerers.chat.answerer import open_chat_model
from assistant.answerers.chat.call import CallOptions, Retries
from assistant.evaluation.judging.cache import JudgementCache
from assistant.evaluation.judging.judge import CitationJudge


def judge_at(
    server: ScriptedOpenAI,
    *,
    cache: JudgementCache | None = None,
    sampling: Mapping[str, float] | None = None,
    **options: Any,
) -> CitationJudge:
    """A judge whose model is the scripted one; it does not sleep between attempts."""
    model = open_chat_model("openai:judge", base_url=server.base_url, api_key="sk-secret-key-1234", timeouts=PATIENT)
    return CitationJudge(
        model,
        name="openai:judge",
        prompt=prompts.load("judge"),
        cache=cache,
        options=CallOptions(timeouts=PATIENT, retries=Retries(sleep=Slept().sleep), sampling=sampling or {}),
        **options,
    )


def statement_in(request: Request) -> str:
    """The statement that is to be judged."""
    found = re.findall(r"^<statement>\n(.*)\n</statement>$", request.message("user"), re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def cited_in(request: Request) -> tuple[str, ...]:
    """The cited sentences that it is to be judged by."""
    return tuple(re.findall(r"^Cited: (.*)$", request.message("user"), re.MULTILINE))


def is_check(request: Request) -> bool:
    """Whether it is the request that finds out whether the judge can be asked."""
    return statement_in(request) == "The ferry stayed in port on Tuesday."


def verdicts(table: Mapping[tuple[str, ...], str], otherwise: str = "no") -> Callable[[Request], Script]:
    """Replies by the cited sentences; the check gets its "yes"."""
    return lambda request: answer("yes" if is_check(request) else table.get(cited_in(request), otherwise))
