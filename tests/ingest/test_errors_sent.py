"""Errors cross from one process to another as they are."""

from __future__ import annotations

import pickle

import pytest

from ingest.addresses import PrivateAddress
from ingest.errors import AssistantError, RecordError, SourceError
from ingest.fetch import StatusError


@pytest.mark.parametrize(
    "error",
    [
        SourceError("it is empty", remedy="give a document that has words"),
        RecordError("it has no text"),
        StatusError(404),
        StatusError(503, "120"),
        PrivateAddress("it leads to a private address"),
    ],
)
def test_an_error_that_is_sent_says_what_it_said(error: AssistantError) -> None:
    got = pickle.loads(pickle.dumps(error))
    assert type(got) is type(error)
    assert (str(got), got.what, got.remedy, got.__dict__) == (str(error), error.what, error.remedy, error.__dict__)
