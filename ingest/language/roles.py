"""Roles and bodies: the words for what people do and for what they belong to, by ``roles.toml`` beside this module.

Words are folded; a name's own words are looked up without their stops.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from ingest.language.words import word_set

_LISTS = {
    name: word_set(listed)
    for name, listed in tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8")).items()
}
#: People's offices, before a name or alone: "the minister".
OFFICES = _LISTS["office"]
#: What stands before a name and is no part of it.
TITLES = _LISTS["courtesy"] | OFFICES | _LISTS["rank"] | _LISTS["short"] | _LISTS["qualifier"]
#: What a definite description can stand for: "the spokesman", "the historian".
ROLES = OFFICES | _LISTS["profession"]
#: Head nouns of bodies.
BODIES = _LISTS["body"] | _LISTS["seat"]
#: Words that many names of places and bodies share, and no person's.
SHARED = _LISTS["shared"]
#: Words that many names share: alone they tell nothing apart.
GENERIC = (
    _LISTS["body"] | SHARED | word_set("the of and for first second great high supreme general minister president")
)
