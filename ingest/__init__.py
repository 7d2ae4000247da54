"""Sources -> articles -> chunks. Pure: no store, no model, and no network but in ``ingest.fetch``."""

from ingest.article import Article, Chunk, Span
from ingest.attribution import Attribution, attributions
from ingest.chunk import chunk
from ingest.errors import AssistantError, Problem, RecordError, SourceError
from ingest.read import Progress, read

__all__ = [
    "Article",
    "AssistantError",
    "Attribution",
    "Chunk",
    "Problem",
    "Progress",
    "RecordError",
    "SourceError",
    "Span",
    "attributions",
    "chunk",
    "read",
]
