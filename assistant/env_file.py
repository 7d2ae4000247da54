"""The file ``.env`` of the working folder: who may have written it, and what of it counts.

The folder that a command is started in may have been prepared by somebody else: an archive that was unpacked, a
repository that was cloned. What its ``.env`` says must not carry the user's own key, or what the archive says, away.

Invariants:

* A file that anybody but its owner may write, or that belongs to somebody else, is refused.
* Where a provider is, its file says only together with the key for it: the address of a file never gets a key that
  was not in the same file.
* Through which proxy, and on whose word about certificates, a connection is made is never read from it.
* Values are taken as they are written: ``${NAME}`` is no reference, which could copy a key into an address.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"

#: Names by which the clients of model providers look for an address: OPENAI_BASE_URL, OPENAI_API_BASE,
#: AZURE_OPENAI_ENDPOINT, OLLAMA_HOST. The group is whose it is.
_ADDRESS = re.compile(r"([A-Z0-9_]+?)_(?:API_)?(?:BASE_URL|BASE|URL|ENDPOINT|HOST)")

#: What decides for every connection of the process where it goes and whom it believes, and what is loaded into it.
_NEVER = re.compile(
    r"(?:\w*_PROXY|SSL_CERT_(?:FILE|DIR)|\w+_CA_BUNDLE|SSLKEYLOGFILE|LD_\w+|DYLD_\w+|PYTHON\w*|PATH|FORWARDED_ALLOW_IPS)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvFile:
    """A file that was read; ``ignored`` are the names in it that do not count, each with the reason."""

    path: Path
    ignored: dict[str, str]

    @property
    def line(self) -> str:
        """What a person should know of it."""
        ignored = "; ".join(f"{name} in it is ignored: {reason}" for name, reason in self.ignored.items())
        return f"{self.path} was read" + (f"; {ignored}" if ignored else "")


def read_env_file(file: Path, environment: MutableMapping[str, str]) -> EnvFile | None:
    """Put what the file says into the environment, where it does not stand there already; None where there is no file.

    Raises:
        SettingsError: where it cannot be read, or others could have written it.
    """
    if not file.is_file():
        return None
    from dotenv import dotenv_values

    path = file.absolute()
    try:
        _check_owner(path)
        values = {name: value for name, value in dotenv_values(path, interpolate=False).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} cannot be read: {error}", remedy="make it a readable UTF-8 file") from error
    ignored = {}
    for name, value in sorted(values.items(), key=lambda item: _address_of(item[0]) != ""):  # keys before addresses
        if name in environment:
            continue
        if reason := _reason_against(name, values, environment):
            ignored[name] = reason
        else:
            environment[name] = value
    return EnvFile(path=path, ignored=ignored)


def _check_owner(path: Path) -> None:
    if os.name != "posix":
        return
    found = path.stat()
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise SettingsError(f"others may write {path}", remedy=f"make it yours alone: chmod go-w {path}")
    if found.st_uid not in {os.getuid(), 0}:
        raise SettingsError(f"{path} belongs to somebody else", remedy="copy what you need of it into a file of yours")


def _reason_against(name: str, values: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """Why a name does not count, or ""."""
    if _NEVER.fullmatch(name):
        return "set it in the environment"
    whose = _address_of(name)
    if not whose:
        return ""
    key = f"{whose}_API_KEY"
    if values.get(key) and environment.get(key) == values[key]:
        return ""
    return f"it counts only together with {key} from the same file"


def _address_of(name: str) -> str:
    """Whose address a name holds, or "" where it holds none of a provider."""
    found = _ADDRESS.fullmatch(name.upper())
    return found[1].upper() if found and not name.upper().startswith(PREFIX) else ""
