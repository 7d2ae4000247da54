"""What a command prints: nothing that could drive the terminal, and what is no result on standard error."""

from __future__ import annotations

import sys
import unicodedata

import click

#: Persian and Indic words and many emoji are spelled with them.
_JOINERS = "\u200c\u200d"


def report(line: str) -> None:
    """Say on standard error what takes long."""
    click.echo(line, err=True)


def is_terminal() -> bool:
    """Whether a person is watching standard error."""
    return sys.stderr.isatty()


def printable(text: str) -> str:
    """Text without what could drive the terminal or turn the direction of its text; what is not seen is left out."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable() or character in "\n\t":
        return character
    if character.isspace():
        return " "
    if unicodedata.category(character) == "Cf":
        return character if character in _JOINERS else ""
    return "�"
