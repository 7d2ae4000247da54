"""The tags that chat models write into their text, read and sorted: of thoughts, of the answer, of a chat template."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag.

    Attributes:
        kind: "thought"; "answer": the element that holds the answer; "special": a token of a chat template; "markup":
            HTML, which is text like any other; "other": an element of a name that says nothing.
        name: in lower case.
        text: as it was written.
    """

    kind: Literal["thought", "answer", "special", "markup", "other"]
    name: str
    closing: bool = False
    text: str = ""


#: What an element of thoughts is called: <thinking>, <inner_monologue>, <|begin_of_thought|>, <seed:think> …
_THOUGHT = re.compile(
    r"think|thought|reason|reflect|analy[sz]|scratch|monologue|deliberat|rationale|contemplat|brainstorm|reconsider"
    r"|^(?:cot|plan|planning|internal|meta|verification|critique|draft|notes?)$"
)
_ANSWER = re.compile(r"(?:final[_ -]?)?(?:answer|response|reply|output|result|solution)|final")
_MARKUP = re.compile(
    r"a|abbr|b|big|blockquote|br|c|center|cite|citation|code|dd|del|div|dl|dt|em|figure|font|footnote|"
    r"h1|h2|h3|h4|h5|h6|hr|i|img|ins|kbd|li|mark|ol|p|pre|q|ref|s|samp|script|section|small|source|"
    r"span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|time|tr|tt|u|ul|var|wbr"
)
#: Tokens that a family of models was given without a telling name.
_BY_NUMBER = {"unused94": False, "unused95": True}

_ELEMENT = re.compile(r"<(?P<close>/?)(?P<name>[^\W\d_][\w:.-]*)(?:\s[^<>]*)?>")
_TOKEN = re.compile(r"<(?P<before>\|?)(?P<close>/?)(?P<name>\w[\w:.-]*)(?P<after>\|?)>")
_BRACKET = re.compile(r"[\[◁](?P<close>/?)(?P<name>[^\W\d]+)[\]▷]")

_LONGEST = 80
_BEGUN_ELEMENT = re.compile(r"<(?:/?|\|/?|/?[^\W\d_][^<>\n]*|\|/?\w[^<>\n]*)")
_BEGUN_BRACKET = re.compile(r"[\[◁]/?[^\W\d]{0,16}")

_LOOKALIKES = str.maketrans({"｜": "|", "▁": "_", "＜": "<", "＞": ">"})


def viable(text: str) -> bool:
    """Whether ``text`` can be the beginning of a tag."""
    text = text.translate(_LOOKALIKES)
    begun = _BEGUN_ELEMENT.fullmatch(text) or _BEGUN_BRACKET.fullmatch(text)
    return begun is not None and len(text) <= _LONGEST


def read_tag(text: str) -> Tag | None:
    """The tag that ``text`` is as a whole, or None."""
    if text[-1:] not in {">", "＞", "]", "▷"}:
        return None
    plain = text.translate(_LOOKALIKES)
    if bracket := _BRACKET.fullmatch(plain):
        name = bracket["name"].lower()
        # In square brackets stand words of a quotation as well, "[reasons]": those of models are in capitals.
        if not _THOUGHT.search(name) or (plain[0] == "[" and not bracket["name"].isupper()):
            return None
        return Tag(kind="thought", name=name, closing=bool(bracket["close"]), text=text)
    token = _TOKEN.fullmatch(plain)
    if token and (token["before"] or token["after"]):
        return _token(token, text)
    element = _ELEMENT.fullmatch(plain)
    if element is None:
        return None
    name, closing = element["name"].lower(), bool(element["close"])
    if name in _BY_NUMBER:
        return Tag(kind="thought", name="unused", closing=_BY_NUMBER[name], text=text)
    return Tag(kind=_kind(name), name=name, closing=closing, text=text)


def _kind(name: str) -> Literal["thought", "answer", "markup", "other"]:
    if _MARKUP.fullmatch(name):
        return "markup"
    if _ANSWER.fullmatch(name):
        return "answer"
    return "thought" if _THOUGHT.search(name) else "other"


def _token(token: re.Match[str], text: str) -> Tag:
    """``<|name|>``, ``<|name>`` and ``<name|>``, as the families of models write them."""
    name = token["name"].lower()
    words = re.sub(r"^(?:begin|start|end)_(?:of_)?", "", name)
    ends = name.startswith("end_") or bool(token["close"]) or not token["before"]
    if _THOUGHT.search(words):
        return Tag(kind="thought", name=words, closing=ends, text=text)
    if _ANSWER.fullmatch(words):
        return Tag(kind="answer", name=words, closing=ends, text=text)
    return Tag(kind="special", name=name, closing=not token["before"] or bool(token["close"]), text=text)
