"""Sources -> articles -> chunks. Pure: no store, no model, and no network but in ``ingest.fetch``."""

from ingest.article import Article, Chunk, Span
from ingest.chunk import chunk
from ingest.errors import AssistantError, RecordError, SourceError
from ingest.read import Problem, Progress, read

__all__ = [
    "Article",
    "AssistantError",
    "Chunk",
    "Problem",
    "Progress",
    "RecordError",
    "SourceError",
    "Span",
    "chunk",
    "read",
]
