"""Addresses as documents write them: taken apart and put together without an error, whatever they are."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit


def parts(url: str) -> SplitResult:
    """The parts of ``url``; all of them empty where it is malformed."""
    try:
        return urlsplit(url)
    except ValueError:  # "http://[" and the like
        return SplitResult("", "", "", "", "")


def absolute(base: str, url: str) -> str:
    """``url`` as seen from ``base``, "" where it is malformed."""
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


def canonical_url(claimed: str, fetched: str) -> str:
    """The address that a page says it has, where that may be believed; else the one it was fetched from.

    A page cannot claim another site's address, nor an article the address of its site's front page: either would
    pass it off as another article.
    """
    if not fetched:
        return claimed
    claimed = absolute(fetched, claimed) if claimed else fetched
    one, other = parts(claimed), parts(fetched)
    hosts = [re.sub(r"^(?:www|m|amp|mobile)\.", "", part.hostname or "") for part in (one, other)]
    same_site = hosts[0] == hosts[1] or (hosts[1].endswith(f".{hosts[0]}") and "." in hosts[0])
    front_page = one.path in ("", "/") and other.path not in ("", "/")
    return claimed if one.scheme in ("http", "https") and same_site and not front_page else fetched
