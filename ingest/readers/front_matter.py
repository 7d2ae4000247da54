"""A Markdown file's front matter -> its fields, of the small part of YAML that front matter needs.

The parser's events are read here instead of the objects that YAML would make of them: a few hundred bytes of aliases
make gigabytes of objects, and deep nesting ends the process inside of libyaml. Events come one at a time.

Invariant: a field is a string, a number, a date, or a list of them; what is nested deeper is passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ingest.errors import SourceError

#: Bytes of the front matter, and how deep what is passed over may be nested.
MAX_BYTES, MAX_DEPTH = 16_384, 20

#: Characters of a value that may be anything but text: no number, date or yes is longer.
_LONGEST_NUMBER = 100

_FENCE = re.compile(r"-{3,}[^\S\n]*(?:\n|\Z)")
_A_FIELD = re.compile(r"(?:\s|#.*\n)*+[\w-]+[^\S\n]*:")

Value = str | int | float | bool | dt.date | None
Field = Value | list[Value]


def front_matter(text: str) -> tuple[Mapping[str, Field], str]:
    """The fields of a document's front matter by their names in lower case, and the text after it; no fields and the
    whole text where it has none.

    Raises:
        SourceError: where it is no valid YAML, larger than ``MAX_BYTES``, nested deeper than ``MAX_DEPTH``, or uses
            aliases, merge keys or tags.
    """
    opening = _FENCE.match(text)
    if opening is None:
        return {}, text
    start = end = opening.end()
    while (closing := _FENCE.match(text, end)) is None:
        end = text.find("\n", end) + 1
        if end == 0:  # a rule at the top that nothing closes
            return {}, text
    head = text[start:end]
    if len(head) > MAX_BYTES or len(head.encode("utf-8", "replace")) > MAX_BYTES:
        if not _A_FIELD.match(head):
            return {}, text  # two rules with much between them
        raise _refused(f"is larger than {MAX_BYTES // 1024} KB")
    fields = _fields(head)
    return ({}, text) if fields is None else (fields, text[closing.end() :])


def _fields(head: str) -> dict[str, Field] | None:
    """None where it is no mapping: two rules with text between them, not front matter."""
    from yaml import YAMLError

    try:
        events = _events(head)
        first = next(events, None)
        if type(first).__name__ == "MappingStartEvent":
            return dict(_pairs(events))
        for _ in events:
            pass
    except (YAMLError, ValueError, TypeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise _refused(f"is not valid YAML{where}") from error
    return {} if first is None or not getattr(first, "value", "-") else None


def _refused(why: str) -> SourceError:
    return SourceError(f"its front matter {why}", remedy="correct or remove it")


def _events(head: str) -> Iterator[Any]:
    """The events of the first document but for those that begin and end it."""
    import yaml

    depth = 0
    for event in yaml.parse(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused("has an alias")
        if getattr(event, "tag", None):
            raise _refused("has a tag")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _refused("is nested too deeply")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentEndEvent):
            return
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _pairs(events: Iterator[Any]) -> Iterator[tuple[str, Field]]:
    """The fields of the mapping whose start was read."""
    for key in events:
        if _ends(key):
            return
        name = _value(events, key)
        if name == "<<" and not key.style:
            raise _refused("has a merge key")
        value = _value(events, next(events))
        if isinstance(name, str):
            yield name.lower(), value


def _value(events: Iterator[Any], event: Any) -> Field:
    if hasattr(event, "value"):
        return _scalar(event)
    if type(event).__name__ == "SequenceStartEvent":
        return list(_items(events))
    _pass(events)
    return None


def _items(events: Iterator[Any]) -> Iterator[Value]:
    """The values of a list; of a mapping in it its name, which is how authors are written too."""
    for event in events:
        if _ends(event):
            return
        if hasattr(event, "value"):
            yield _scalar(event)
        elif type(event).__name__ == "MappingStartEvent":
            name = dict(_pairs(events)).get("name")
            yield None if isinstance(name, list) else name
        else:
            _pass(events)


def _pass(events: Iterator[Any]) -> None:
    """Read to the end of the list or mapping whose start was read."""
    depth = 1
    while depth:
        event = next(events)
        depth += -1 if _ends(event) else 0 if hasattr(event, "value") else 1


def _ends(event: Any) -> bool:
    return type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent")


def _scalar(event: Any) -> Value:
    """A value as YAML reads it; what is quoted, or longer than any number, is text."""
    from yaml import ScalarNode

    value: str = event.value
    if event.style or len(value) > _LONGEST_NUMBER:
        return value
    loader = _loader()
    tag = loader.resolve(ScalarNode, value, (True, False))
    if tag.endswith((":merge", ":value")):
        return value
    made: Value = loader.yaml_constructors[tag](loader, ScalarNode(tag, value))
    return made


@cache
def _loader() -> Any:
    from yaml import SafeLoader

    return SafeLoader("")
