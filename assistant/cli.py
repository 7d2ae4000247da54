"""The command line: thin commands over ``Store`` and ``Assistant``.

Invariant: this module, ``commands.options`` and ``commands.groups`` import click and nothing heavier; each command
imports what it needs when it runs, so that ``assistant --help`` answers at once. Errors are one line on standard error
and an exit code: 1 some inputs failed, 2 usage, 3 the store, 4 the model.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import click

from assistant.commands.groups import articles, user
from assistant.commands.options import AS_OF, DAY, FILE, JSON, MODEL, STORE, scope


class _Group(click.Group):
    """Keeps the commands in the order in which a newcomer meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands as they were written."""
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--verbose", is_flag=True, help="Show the traceback of an error, and which .env was read.")
@click.version_option(package_name="news-assistant", message="%(version)s")
def cli(verbose: bool) -> None:
    """Ask a news archive a question; every claim of the answer is cited to its exact sentence."""


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@STORE
@click.option("--allow-private", is_flag=True, help="Fetch from private and local network addresses too.")
@click.option("--follow-links", is_flag=True, help="Follow symbolic links that lead out of the folders named.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that read (default: the processors).")
@JSON
def ingest(**options: Any) -> None:
    """Add articles to the store.

    SOURCE is a file, a folder, a glob pattern, a URL, an RSS or Atom feed, or - for a list of sources on standard
    input. Formats: plain text, Markdown, HTML, PDF, DOCX, article JSONL (.gz too).
    """
    from assistant.commands.ingest import IngestOptions, run

    sys.exit(run(IngestOptions(**options)))


@cli.command()
@click.argument("question")
@STORE
@MODEL
@scope(AS_OF)
@click.option("--fallback/--no-fallback", default=None, help="Quote sentences where the chat model fails.")
@click.option("--format", "view", metavar="NAME", help="text, json, markdown, or a view that a package brings.")
@JSON
def ask(**options: Any) -> None:
    """Answer one question."""
    from assistant.commands.ask import AskOptions, run

    run(AskOptions(**options))


@cli.command()
@STORE
@MODEL
@AS_OF
@click.option(
    "--fallback/--no-fallback", default=None, help="Quote sentences where the chat model fails (default: on)."
)
@click.option("--host", help="Address to listen on (default: 127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (default: 7860, or the next free one).")
@click.option("--root-path", metavar="PATH", help="Path under which a proxy serves it, such as /news.")
@click.option(
    "--allowed-host",
    multiple=True,
    metavar="NAME",
    help="Answer to this name too, such as a proxy's (default: loopback's names and --host); repeatable.",
)
@click.option(
    "--trusted-proxy", multiple=True, metavar="ADDRESS", help="Believe this proxy who sent a request; repeatable."
)
@click.option("--auth", type=FILE, metavar="FILE", help="Ask for a password; FILE is made by: assistant user add.")
@click.option("--read-only", is_flag=True, default=None, help="Let nobody add or remove articles in the page.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the page in the browser.")
def chat(**options: Any) -> None:
    """Open the chat in the browser."""
    from assistant.commands.chat import ChatOptions, run

    run(ChatOptions(**options))


@cli.command(name="eval")
@click.argument("qaset", metavar="QASET", required=False)
@STORE
@MODEL
@AS_OF
@click.option("--json", "json_out", type=FILE, metavar="OUT", help="Write one line of JSON for each question.")
@click.option("--report", "report_out", type=FILE, metavar="OUT.html", help="Write a report to open in a browser.")
@click.option("--compare", type=FILE, metavar="RUN", help="Show what changed since RUN, an earlier --json OUT.")
@click.option("--fail-under", multiple=True, metavar="MEASURE=VALUE", help="Exit 1 where it is worse; repeatable.")
@click.option("--fail-if-worse", type=FILE, metavar="RUN", help="Exit 1 where it is worse than RUN beyond chance.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Questions to ask at the same time.")
@click.option("--per-minute", type=click.FloatRange(0, min_open=True), help="Begin at most so many in a minute.")
@click.option("--judge", metavar="MODEL", help="Have a chat model judge the citations too; named as for --model.")
@click.option("--judge-repeats", type=click.IntRange(1), default=3, help="Votes on each judgement, odd (default: 3).")
@click.option("--prices", type=FILE, metavar="FILE", help="What tokens cost: TOML, by the name of the model.")
@click.option("--tag", "tags", multiple=True, help="Only the questions with this tag; may be repeated.")
@click.option("--limit", type=click.IntRange(1), help="Only the first so many questions.")
@click.option("--seed", type=click.IntRange(0), default=0, help="Of the bootstrap behind the intervals.")
@click.option(
    "--from-feedback", type=FILE, metavar="OUT.jsonl", help="Write the chat's rated answers as a QASET to review."
)
def evaluate(qaset: str | None, from_feedback: Path | None, **options: Any) -> None:
    """Measure the answers to a fixed set of questions.

    QASET is a JSONL file (.gz too), or the word samples for the bundled questions over the bundled articles. A run that
    was interrupted goes on where the same command is given again with the same --json OUT.
    """
    if from_feedback is not None:
        from assistant.commands.feedback import run as write_set

        write_set(from_feedback, options["store"], qaset)
        return
    if qaset is None:
        raise click.BadArgumentUsage(
            "a QASET is missing; name a JSONL file, or samples, or give --from-feedback OUT.jsonl"
        )
    from assistant.commands.evaluate import EvalOptions, run

    sys.exit(run(EvalOptions(qaset=qaset, **options)))


@cli.command()
@click.argument("speaker", required=False)
@click.option("--about", metavar="TEXT", help="The statements about this, the most relevant first.")
@scope(click.option("--as-of", type=DAY, metavar="DATE", help="Nothing published after this day is looked at."))
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.5, help="Leave out less certain ones (0.5).")
@click.option("--limit", type=click.IntRange(1), default=20, help="How many at most (default: 20).")
@STORE
@JSON
def who(**options: Any) -> None:
    """List what a speaker said; without one, who speaks.

    SPEAKER is a person, an office, a body, a country, its people or its capital: "Peskov", "Russian foreign minister",
    "State Department", Russia, Moscow.
    """
    from assistant.commands.who import WhoOptions, run

    run(WhoOptions(**options))


cli.add_command(articles)
cli.add_command(user)


@cli.command()
@STORE
@click.option("--embedding", metavar="NAME", help="Switch to this encoder: all-MiniLM-L6-v2 or openai:MODEL.")
@JSON
def reindex(store: Path | None, embedding: str | None, as_json: bool) -> None:
    """Rebuild the indexes from the archive, while the old ones go on serving."""
    from assistant.commands.reindex import run

    run(store, embedding, as_json)


@cli.command()
@STORE
@MODEL
@JSON
def doctor(**options: Any) -> None:
    """Say what is configured and reachable, and what to do about each trouble."""
    from assistant.commands.doctor import run

    sys.exit(run(**options))


def main() -> None:
    """Run the command line; the process's outer edge."""
    arguments = sys.argv[1:]
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    # A flag of the whole program, wherever it is written.
    verbose = "--verbose" in options
    arguments = [argument for argument in options if argument != "--verbose"] + arguments[len(options) :]
    out = sys.stdout
    for stream in (out, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 is no reason to fail
    if verbose:
        _say_what_is_read()
    try:
        cli.main(arguments, prog_name="assistant", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit:
        if sys.stdout is out:
            raise
        _leave()  # click has met the closed pipe, and put something else in its place
    except BrokenPipeError:
        _leave()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        usage = error.ctx.get_usage() if isinstance(error, click.UsageError) and error.ctx else ""
        _fail(f"{error.format_message().rstrip('.')}; {usage}".rstrip("; "), 2, verbose)
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted", 130, verbose)
    except Exception as error:  # noqa: BLE001 - the outer edge: what nobody foresaw is one line too
        from ingest.errors import AssistantError  # here, because `--help` is to answer at once

        if isinstance(error, AssistantError):
            _fail(str(error), error.exit_code, verbose)
        _fail(f"{type(error).__name__}: {error}; run it again with --verbose and report what it says", 1, verbose)


def _say_what_is_read() -> None:
    """Let the settings say on standard error what they were read from."""
    import logging

    said = logging.StreamHandler(sys.stderr)
    said.setFormatter(logging.Formatter("assistant: %(message)s"))
    log = logging.getLogger("assistant.settings")
    log.handlers[:] = [said]
    log.setLevel(logging.INFO)


def _leave() -> NoReturn:
    """Whoever read standard output has had enough; Python would complain when it flushes the rest at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.exit(0)


def _fail(line: str, code: int, verbose: bool) -> NoReturn:
    if verbose:
        traceback.print_exc()
    click.echo(f"assistant: {' '.join(line.split())}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
