"""Whether two articles in the same words are of one story, and not two that are told in one form."""

from __future__ import annotations

from ingest.agreement import WITHIN, disagreements, same_story
from ingest.article import Article
from ingest.corrections import correction_note


def of_one_story(one: Article, other: Article) -> bool:
    """Whether two near-duplicates agree in what they tell, or one corrects the other within days."""
    days = abs((other.day - one.day).days) if one.day is not None and other.day is not None else None
    if same_story(disagreements((one.title, one.text), (other.title, other.text)), days):
        return True
    noted = [article for article in (one, other) if correction_note(article) is not None]
    return len(noted) == 1 and (days or 0) <= WITHIN
