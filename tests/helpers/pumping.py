"""Compiled patterns of the program, and strings that make a backtracking one slow: pieces repeated many times.

Matching a text of twice the length should take twice the time. The square shows where doubling takes four times as
long; a pattern that it shows for is one that a document or a question can stop the program with.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

#: A quantifier without an upper end; without one a pattern takes no longer than linear time.
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")

Patterns = dict[str, re.Pattern[Any]]

#: How a pattern is used that is looked for, not only tried at one place.
_LOOKED_FOR = r"\b{name}(?:\[[^\]]*\])?\.(?:search|findall|finditer|sub|subn|split)\b"

#: What is repeated whatever the pattern.
PIECES = (
    *(
        "a",
        "A",
        "1",
        " ",
        "\n",
        ".",
        ",",
        "-",
        '"',
        "“",
        "(",
        ")",
        "[",
        "<",
        "&",
        "/",
        "a ",
        "A ",
        "1 ",
        ". ",
        "a.",
        "a-",
    ),
    *("a\n", " \n", "a, ", "1,", "the ", "said ", "“a,” said "),
)


def patterns(*packages: str) -> Patterns:
    """Every compiled pattern that a module of the packages holds, also in its collections, by where it stands. One that
    is only tried at the beginning of a text, says the source, is given as one that is.
    """
    found: Patterns = {}
    sources = "\n".join(
        Path(str(each.__file__)).read_text("utf-8") for package in packages for each in _modules(package)
    )
    for package in packages:
        for module in _modules(package):
            for name, value in vars(module).items():
                held = list(_inside(f"{module.__name__}.{name}", value))
                if not held:
                    continue
                looked_for = re.search(_LOOKED_FOR.format(name=re.escape(name)), sources) is not None
                tried = not looked_for and re.search(rf"\b{re.escape(name)}\.(?:full)?match\b", sources) is not None
                for where, pattern in held:
                    found[where] = _at_the_beginning(pattern) if tried else pattern
    known = {_source(pattern) for pattern in found.values()}
    for package in packages:
        for module in _modules(package):
            written = _written(module)
            found |= {where: pattern for where, pattern in written.items() if _source(pattern) not in known}
    return found


#: The functions of :mod:`re` that take a pattern; those that only try it at the beginning of a text.
_FUNCTIONS = frozenset(["compile", "search", "match", "fullmatch", "findall", "finditer", "sub", "subn", "split"])
_TRIED = frozenset(["match", "fullmatch"])


def _written(module: ModuleType) -> Patterns:
    """Every pattern that is written in a call of :mod:`re`, wherever in the module, by its line. What a pattern is put
    together from and is known to a function alone stands for a word.
    """
    found: Patterns = {}
    for call in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        if not (isinstance(call.func.value, ast.Name) and call.func.value.id == "re" and call.func.attr in _FUNCTIONS):
            continue
        flags = next((each.value for each in call.keywords if each.arg == "flags"), None)
        if flags is None and call.func.attr in ("compile", "search", "match", "fullmatch"):
            last = {"compile": 1}.get(call.func.attr, 2)
            flags = call.args[last] if len(call.args) > last else None
        pattern = re.compile(_value(call.args[0], module), _value(flags, module) if flags is not None else 0)
        found[f"{module.__name__}:{call.lineno}"] = _at_the_beginning(pattern) if call.func.attr in _TRIED else pattern
    return found


def _value(expression: ast.expr, module: ModuleType) -> Any:
    code = compile(ast.Expression(expression), str(module.__file__), "eval")
    value = eval(code, {}, _Names(vars(module)))
    return str(value) if isinstance(value, _Word) else value


class _Names(dict[str, Any]):
    """A module's names; any other is a word."""

    def __missing__(self, name: str) -> Any:
        return vars(builtins)[name] if hasattr(builtins, name) else _Word("word")


class _Word(str):
    """A word, also where it is asked for a part of itself or for its pattern."""

    __slots__ = ()

    @property
    def pattern(self) -> str:
        return str(self)

    def __getitem__(self, part: object) -> str:
        return str(self)


def _source(pattern: re.Pattern[Any]) -> str:
    """A pattern as text, whether or not it is only tried at the beginning."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    return source.removeprefix(r"\A(?:").removesuffix(")") if source.startswith(r"\A(?:") else source


def _at_the_beginning(pattern: re.Pattern[Any]) -> re.Pattern[Any]:
    source = pattern.pattern
    return re.compile(rf"\A(?:{source})" if isinstance(source, str) else rb"\A(?:" + source + rb")", pattern.flags)


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    yield root
    for each in pkgutil.walk_packages(getattr(root, "__path__", ()), f"{package}."):
        yield importlib.import_module(each.name)


def _inside(where: str, value: object) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield where, value
    elif isinstance(value, tuple | list | set | frozenset):
        for number, item in enumerate(value):
            yield from _inside(f"{where}[{number}]", item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(f"{where}[{key!r}]", item)


def pumped(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Beginnings and pieces: each piece alone, and after what the pattern may need before it."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = list(dict.fromkeys(_literals(source)))
    for piece in dict.fromkeys((*PIECES, *own[:3], *(f"{literal} " for literal in own[:3]))):
        yield "", piece
    for start in own[:2]:
        for piece in ("a", " ", "1", ".", "a "):
            yield start, piece


def text_of(pattern: re.Pattern[Any], start: str, piece: str, size: int) -> Any:
    """A text of ``size`` characters: the start, the piece again and again, and an end that matches nothing."""
    text = (start + piece * (size // len(piece) + 1))[:size] + "\x01"
    return text if isinstance(pattern.pattern, str) else text.encode("utf-8")


def _literals(source: str) -> list[str]:
    """Runs of plain characters in a pattern."""
    classes = r"\\[sSwWdDbB]|\(\?(?:[:=!>]|<[=!])|\[(?:\\.|[^\]\\])*\]|\{[\d,]*\}|\\(.)"
    plain = re.sub(classes, lambda found: "\0" + (found[1] or ""), source)
    return [run for run in re.split(r"[\x00()|*+?^$.]+", plain) if 0 < len(run) <= 20]


#: Processor time after which nobody waits for a match any more.
_ENOUGH = 1.0


class _Enough(Exception):
    pass


def _stop(number: int, frame: object) -> None:
    raise _Enough


def seconds(pattern: re.Pattern[Any], text: Any) -> float:
    """Processor time to find every match in the text; ``_ENOUGH`` where it takes longer. In the main thread."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _ENOUGH)
    try:
        for _ in pattern.finditer(text):
            pass
    except _Enough:
        return _ENOUGH
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - begun


def slow_text(pattern: re.Pattern[Any], size: int = 8_000, floor: float = 0.02) -> str:
    """What takes three times as long or longer when it is twice as long (linear: two times, quadratic: four), in words;
    "" where nothing does. What takes less than ``floor`` seconds at ``size`` characters is no matter.
    """
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    if not _UNBOUNDED.search(source):
        return ""
    for start, piece in pumped(pattern):
        text, half, few = (text_of(pattern, start, piece, length) for length in (size, size // 2, size // 16))
        # What is slow at a sixteenth already need not be waited for.
        took = seconds(pattern, few)
        if took < floor and (took := seconds(pattern, text)) < floor:
            continue
        if took >= _ENOUGH or seconds(pattern, few) >= floor:
            return f"{start!r} and {piece!r} again and again: {len(few):,} characters in {took:.3f} s"
        if min(seconds(pattern, text) for _ in range(3)) > 3 * min(seconds(pattern, half) for _ in range(3)):
            return f"{start!r} and {piece!r} again and again: {len(text):,} characters in {took:.3f} s"
    return ""
