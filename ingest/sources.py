"""What the user names -> the files and addresses to read, in order: folders walked, patterns expanded, lists read.

Invariants: nothing is opened here but folders and the list on standard input; every file comes once, however often it
is named; folders are walked in the order of names, hidden files left out, and a symbolic link cannot lead in circles.
"""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from ingest.errors import Problem
from ingest.readers.base import Reader
from ingest.readers.registry import by_suffix, extension, known_formats

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)

#: Documents that people keep beside their texts and that cannot be read: each is named, so that none is missed.
_OTHER_DOCUMENTS = frozenset(
    ".doc .docm .dot .dotx .rtf .odt .fodt .pages .wpd .wps .epub .mobi .azw3 .fb2 .djvu .ps .tex .rst .adoc"  # noqa: SIM905
    " .org .textile .eml .msg .mbox .mht .mhtml .webarchive .warc .json .csv .tsv .xls .xlsx .ods .ppt .pptx .odp"
    " .zip .tar .gz .tar.gz .tgz .bz2 .xz .7z .rar .zst .xhtm .asc .srt .vtt".split()
)
_NO_DOCUMENTS = frozenset({"Makefile", "Dockerfile", "Gemfile", "Procfile", "Rakefile", "Vagrantfile"})
_REMEDIES = {
    ".doc": "save it as .docx",
    ".docm": "save it as .docx",
    ".rtf": "save it as .docx or .txt",
    ".odt": "save it as .docx",
    ".pages": "export it as .docx",
    ".json": "write it as .jsonl, one object a line",
    ".csv": "write it as .jsonl, one object a line",
    ".tsv": "write it as .jsonl, one object a line",
    ".zip": "unpack it",
    ".tar": "unpack it",
    ".gz": "unpack it",
    ".tar.gz": "unpack it",
    ".tgz": "unpack it",
    ".7z": "unpack it",
    ".rar": "unpack it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalFile:
    """A file to read: its absolute path with links resolved, its size in bytes, and who reads it, by its name."""

    path: Path
    size: int
    reader: Reader

    @property
    def shown(self) -> str:
        """The path as text that can be stored and printed."""
        return str(self.path).encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebAddress:
    """An http(s) URL to read."""

    url: str

    @property
    def shown(self) -> str:
        """The URL."""
        return self.url


Located = LocalFile | WebAddress | Problem


def locate(
    sources: Iterable[str | os.PathLike[str]], stdin: TextIO | None, *, follow_links: bool = False
) -> list[Located]:
    """Find all that ``sources`` name; "-" stands for a list of sources, one a line, on ``stdin``. ``follow_links``:
    whether symbolic links may lead out of the folders that are named.
    """
    search = _Search(stdin, follow_links)
    return [item for source in sources for item in search.find(os.fspath(source))]


@dataclass(slots=True)
class _Search:
    stdin: TextIO | None
    follow_links: bool
    seen: set[str] = field(default_factory=set)
    listing: bool = False
    met: int = 0  # files that can be read or would be missed, those that came before included

    def find(self, source: str) -> Iterator[Located]:
        if source == "-":
            yield from self._listed()
        elif not source.strip():
            yield Problem(
                source="(empty)", reason="the name of the source is empty", remedy="name a file or an address"
            )
        elif scheme := _SCHEME.match(source):
            if scheme[1].lower() in ("http", "https"):
                if source not in self.seen:
                    self.seen.add(source)
                    yield WebAddress(url=source)
            else:
                remedy = "give the path itself" if scheme[1].lower() == "file" else "give an http or https address"
                yield Problem(source=source, reason=f"{scheme[1]} addresses are not read", remedy=remedy)
        else:
            yield from self._path(source)

    def _listed(self) -> Iterator[Located]:
        if self.stdin is None or self.listing:
            yield Problem(source="-", reason="there is no list on standard input", remedy="name the sources instead")
            return
        self.listing = True
        try:
            for line in self.stdin:
                if line.strip():
                    yield from self.find(line.strip())
        except UnicodeDecodeError:
            yield Problem(source="-", reason="the list on standard input is not UTF-8", remedy="save it as UTF-8")
        finally:
            self.listing = False

    def _path(self, source: str) -> Iterator[Located]:
        path = source
        try:
            if not os.path.lexists(path):
                path = os.path.expanduser(path)
            if not os.path.lexists(path) and glob.has_magic(path):
                yield from self._pattern(path)
                return
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            yield unreadable(source, error)
            return
        if not stat.S_ISDIR(mode):
            yield from self._file(path, named=True)
            return
        before = self.met
        yield from self._folder(path)
        if self.met == before:
            yield Problem(source=path, reason="the folder holds no file that can be read", remedy=known_formats())

    def _pattern(self, pattern: str) -> Iterator[Located]:
        matches = sorted(glob.glob(pattern, recursive=True))
        if not matches:
            yield Problem(source=pattern, reason="no file matches the pattern", remedy="check it")
            return
        before, within = self.met, _folder_of(pattern)
        for match in matches:
            yield from self._found(match, within)
        if self.met == before:
            yield Problem(
                source=pattern, reason="nothing that matches is of a format that is read", remedy=known_formats()
            )

    def _folder(self, folder: str) -> Iterator[Located]:
        within = os.path.realpath(folder)
        for path in _walk(folder, None if self.follow_links else within):
            if isinstance(path, Problem):
                self.met += 1
                yield path
            else:
                yield from self._found(path, within)

    def _found(self, path: str, within: str) -> Iterator[Located]:
        """What was not named itself but found in the folder ``within``."""
        out = not self.follow_links and _leads_out(path, within)
        if os.path.isdir(path):
            if out:
                self.met += 1
                yield _link_out(path)
            else:
                yield from self._folder(path)
            return
        for item in self._file(path, named=False):
            yield _link_out(path) if out else item

    def _file(self, path: str, *, named: bool) -> Iterator[Located]:
        real = os.path.realpath(path)
        try:
            status = os.stat(real)
        except (OSError, ValueError) as error:
            yield unreadable(path, error)
            return
        if not stat.S_ISREG(status.st_mode):
            if named:
                yield Problem(source=path, reason="it is not a regular file", remedy="save what it gives to a file")
            return
        suffix = extension(os.path.basename(path)) or extension(os.path.basename(real))
        chosen = by_suffix().get(suffix)
        if chosen is None and not named and not _is_a_document(os.path.basename(path), suffix):
            return
        self.met += 1
        if real in self.seen:
            return
        self.seen.add(real)
        if chosen is not None:
            yield LocalFile(path=Path(real), size=status.st_size, reader=chosen)
        else:
            what = f"files of the type {suffix} are not read" if suffix else "its name has no extension"
            yield Problem(source=path, reason=what, remedy=_REMEDIES.get(suffix) or known_formats())


def _is_a_document(name: str, suffix: str) -> bool:
    """Whether a file that cannot be read would be missed. LICENSE, README and Makefile would not."""
    return suffix in _OTHER_DOCUMENTS or (not suffix and not name.isupper() and name not in _NO_DOCUMENTS)


def unreadable(source: str, error: OSError | ValueError) -> Problem:
    """The problem of a path that the operating system does not let us read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return Problem(source=source, reason="there is no such file or folder", remedy="check the name")
    if isinstance(error, PermissionError):
        return Problem(source=source, reason="it may not be read (permission denied)", remedy="change its permissions")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Problem(source=source, reason=f"it cannot be read ({reason})", remedy="check the name")


def _folder_of(pattern: str) -> str:
    """The folder that a pattern names before its first sign of one."""
    folder = pattern
    while glob.has_magic(folder):
        folder = os.path.dirname(folder)
    return os.path.realpath(folder)


def _leads_out(path: str, within: str) -> bool:
    """Whether a path leads out of the real folder ``within`` by a symbolic link."""
    real = os.path.realpath(path)
    return real != within and not real.startswith(os.path.join(within, ""))


def _link_out(path: str) -> Problem:
    remedy = "name what it leads to, or give --follow-links"
    return Problem(source=path, reason="it is a link that leads out of the folder", remedy=remedy)


def _walk(folder: str, within: str | None) -> Iterator[str | Problem]:
    """The files below ``folder``, sorted by name; each real folder is entered once, and none outside of ``within``."""
    entered: set[tuple[int, int]] = set()
    stack = [folder]
    while stack:
        path = stack.pop()
        try:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) in entered:
                    continue
                if within is not None and _leads_out(path, within):
                    yield _link_out(path)
                    continue
                entered.add((status.st_dev, status.st_ino))
                names = sorted((name for name in os.listdir(path) if not name.startswith(".")), reverse=True)
                stack.extend(os.path.join(path, name) for name in names)
                continue
        except OSError as error:
            yield unreadable(path, error)
            continue
        yield path
