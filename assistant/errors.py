"""What can go wrong while a question is answered, as errors for a person to read (see ``ingest.errors``)."""

from __future__ import annotations

from ingest.errors import AssistantError


class UsageError(AssistantError):
    """The request itself cannot be carried out as it stands."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting is unknown or has no usable value."""


class ModelError(AssistantError):
    """The chat model gave no usable answer."""

    exit_code = 4


class ModelUnreachable(ModelError):
    """No connection to the model's service, or the service is failing."""


class ModelRefused(ModelError):
    """The service answered that it will not: a missing or wrong key, no such model, an unacceptable request."""


class ModelRateLimited(ModelError):
    """The service kept answering that there were too many requests, or that the quota is used up."""


class ModelTimeout(ModelError):
    """The model did not answer, or did not go on, in time."""


class StreamDropped(ModelError):
    """The answer broke off in the middle."""


class EmptyAnswer(ModelError):
    """The model answered without a word."""


class EndlessAnswer(ModelError):
    """The model went on past every sensible length."""
