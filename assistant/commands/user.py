"""``assistant user``: who may log in to the chat.

A password is never an argument: those stand in the shell's history and in the list of processes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant.commands.terminal import report
from assistant.errors import SettingsError, UsageError
from assistant.settings import load
from assistant.web.auth.users import add_user, read_users, remove_user
from ingest.errors import one_line


def add(name: str, auth: Path | None, *, password_stdin: bool) -> None:
    """Add a user, or give one another password."""
    file = _file(auth)
    if file.exists():
        read_users(file)  # before anybody has thought of a password
    new = add_user(file, name, _password(password_stdin))
    shown = one_line(name)
    report(f"{shown} may log in" if new else f"{shown} has another password now")


def remove(name: str, auth: Path | None) -> None:
    """Remove a user."""
    remove_user(_file(auth), name)
    report(f"{one_line(name)} may no longer log in")


def list_all(auth: Path | None) -> None:
    """Print the names, one a line."""
    for name in sorted(read_users(_file(auth))):
        click.echo(name)


def _file(auth: Path | None) -> Path:
    file = load(auth=auth).auth
    if file is None:
        raise SettingsError("no users file is named", remedy="name it with --auth FILE or in ASSISTANT_AUTH")
    return file


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the password on", remedy="give it with --password-stdin")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return given
