"""The commands that have commands of their own. Imports click and nothing heavier, as ``assistant.cli`` does."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from assistant.commands.options import FILE, JSON, STORE


@click.group(invoke_without_command=True)
@STORE
@JSON
@click.pass_context
def articles(context: click.Context, store: Path | None, as_json: bool) -> None:
    """List, show or remove articles; without a command, list them."""
    if context.invoked_subcommand is None:
        context.invoke(list_articles, store=store, as_json=as_json)
    else:
        given = {"store": store, "as_json": as_json}
        context.default_map = dict.fromkeys(("list", "show", "remove"), given)


@articles.command("list")
@STORE
@JSON
def list_articles(store: Path | None = None, as_json: bool = False) -> None:
    """List the articles, the latest first."""
    from assistant.commands.articles import list_all

    list_all(store, as_json)


@articles.command()
@click.argument("article_id", metavar="ID")
@STORE
@JSON
def show(article_id: str, store: Path | None, as_json: bool) -> None:
    """Show one article."""
    from assistant.commands.articles import show_one

    show_one(article_id, store, as_json)


@articles.command()
@click.argument("article_ids", nargs=-1, required=True, metavar="ID…")
@STORE
@JSON
def remove(article_ids: tuple[str, ...], store: Path | None, as_json: bool) -> None:
    """Remove articles from the archive and every index."""
    from assistant.commands.articles import remove_all

    sys.exit(remove_all(article_ids, store, as_json))


@click.group()
def user() -> None:
    """Add, remove or list who may log in to the chat."""


_AUTH = click.option("--auth", type=FILE, metavar="FILE", help="The users file (default: ASSISTANT_AUTH).")


@user.command("add")
@click.argument("name")
@_AUTH
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add_user(name: str, auth: Path | None, password_stdin: bool) -> None:
    """Add a user, or give one another password; it is asked for on the terminal."""
    from assistant.commands.user import add

    add(name, auth, password_stdin=password_stdin)


@user.command("remove")
@click.argument("name")
@_AUTH
def remove_user(name: str, auth: Path | None) -> None:
    """Remove a user; a chat that is running logs them out."""
    from assistant.commands.user import remove

    remove(name, auth)


@user.command("list")
@_AUTH
def list_users(auth: Path | None) -> None:
    """List the users."""
    from assistant.commands.user import list_all

    list_all(auth)
