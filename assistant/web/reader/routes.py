"""The reader: a page of its own beside the chat, with one article and the sentence that an address names.

Plain HTML from the server, under a content policy that allows this program's two files and nothing else.
"""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from assistant.errors import UsageError
from assistant.web.headers import STRICT_POLICY
from assistant.web.reader.address import PATH, Place, place_of
from assistant.web.reader.view import article_page, problem_page
from assistant.web.static_files import static_routes
from vectorstore.errors import UnknownArticle
from vectorstore.store import Store

_HEADERS = {"content-security-policy": STRICT_POLICY, "cache-control": "no-cache"}


def reader_routes(store: Store) -> list[Route]:
    """The routes of the reader and of the files that it needs."""

    def read(request: Request) -> HTMLResponse:
        status, page = page_for(store, request)
        return HTMLResponse(page, status_code=status, headers=_HEADERS)

    return [Route(f"/{PATH}", read), *static_routes()]


def page_for(store: Store, request: Request) -> tuple[int, Markup]:
    """Status and page of one request: 400 for an address that is no place, 404 for an article that is not there."""
    try:
        place = place_of(request.query_params)
        article = store.article(place.article_id)
    except UsageError as error:
        return 400, problem_page("This link is not complete", f"{_capital(error.what)}; {error.remedy}.")
    except UnknownArticle:
        line = "The archive has no such article. It may have been removed, or it is in another archive."
        return 404, problem_page("This article is not here", line)
    if _reach(place) > len(article.text):
        line = "The link names a place that the article does not have. The article may have changed since."
        return 400, problem_page("This sentence is not here", line, article_id=place.article_id)
    sentences = [sentence for chunk in store.chunks(place.article_id) for sentence in chunk.sentences]
    return 200, article_page(article, sentences, place)


def _reach(place: Place) -> int:
    return max((span.end for span in place.stops), default=0)


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]
