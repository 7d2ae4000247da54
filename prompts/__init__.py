"""The prompts: Markdown files that a person edits, loaded as values.

A prompt file has front matter with ``description`` and ``variables`` (a list of names), and a body of sections
``## system``, ``## user`` or ``## assistant``, each one message, with placeholders ``{{ name }}``.

Invariants:

* A placeholder is replaced by its value once; what the value holds is never looked at again. A value can add neither
  a placeholder nor a message.
* ``Prompt.reference`` names the exact words: it holds the digest of the file, line ends as ``\\n``.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import AssistantError

#: What a model is asked to reply, and nothing else, where the sentences do not answer the question.
NO_ANSWER = "The archive does not say."

ROLES = ("system", "user", "assistant")

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_HEADING = re.compile(r"^##[^\S\n]+(\S[^\n]*?)[^\S\n]*$", re.MULTILINE)


class PromptError(AssistantError):
    """A prompt file is missing or malformed, or its variables and the values given do not match."""

    exit_code = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a conversation with a model; ``role`` is one of ``ROLES``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt as it was read.

    Attributes:
        name: the file's name without ``.md``.
        origin: the file, for messages.
        description: what the prompt is for, one line.
        hash: hexadecimal SHA-256 of the file.
        variables: the names that the file declares, in its order.
        sections: the messages with their placeholders.
    """

    name: str
    origin: str
    description: str
    hash: str
    variables: tuple[str, ...]
    sections: tuple[Message, ...]

    @property
    def reference(self) -> str:
        """Name and the first twelve digits of the hash: ``answer@3f2a9c01d4be``."""
        return f"{self.name}@{self.hash[:12]}"

    def render(self, /, **values: str) -> tuple[Message, ...]:
        """The messages, every placeholder replaced by its value.

        Raises:
            PromptError: where a declared variable has no value, or a value no declared variable.
        """
        for name in self.variables:
            if name not in values:
                raise PromptError(
                    f"the prompt {self.origin} declares the variable {name!r}, which has no value here",
                    remedy=f"remove {name!r} from the file, both its declaration and its placeholders",
                )
        for name in values:
            if name not in self.variables:
                raise PromptError(
                    f"the prompt {self.origin} does not declare the variable {name!r}",
                    remedy=f"add {name!r} to 'variables' in its front matter",
                )
        return tuple(
            Message(role=m.role, content=_PLACEHOLDER.sub(lambda match: values[match[1]], m.content))
            for m in self.sections
        )


def names() -> list[str]:
    """Names of the prompts that there are, sorted."""
    files = importlib.resources.files(__name__).iterdir()
    return sorted(file.name.removesuffix(".md") for file in files if file.name.endswith(".md"))


def load(name: str, *, overrides: Path | None = None) -> Prompt:
    """Read the prompt ``name``: from the folder ``overrides`` where it has a file of that name, else our own.

    Raises:
        PromptError: where there is no such prompt or folder, or the file is not a prompt.
    """
    if name not in names():
        raise PromptError(f"there is no prompt {name!r}", remedy=f"use one of {', '.join(names())}")
    if overrides is not None:
        if not overrides.is_dir():
            raise PromptError(f"the prompt folder {overrides} is not a folder", remedy="create it or name another")
        file = overrides / f"{name}.md"
        if file.exists():
            return _parse(name, str(file), _read(file))
    bundled = importlib.resources.files(__name__).joinpath(f"{name}.md")
    return _parse(name, f"prompts/{name}.md", bundled.read_text(encoding="utf-8"))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(
            f"the prompt {file} cannot be read: {error}", remedy="make it a readable UTF-8 file"
        ) from error


def _parse(name: str, origin: str, text: str) -> Prompt:
    import frontmatter  # here, because it loads a YAML parser
    import yaml

    text = text.replace("\r\n", "\n")
    try:
        metadata, body = frontmatter.parse(text)
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise PromptError(f"the front matter of the prompt {origin} is not YAML", remedy="correct it") from error
    variables = metadata.get("variables", [])
    if not isinstance(variables, list) or not all(isinstance(v, str) and _NAME.fullmatch(v) for v in variables):
        raise PromptError(
            f"'variables' in the front matter of the prompt {origin} is not a list of names",
            remedy="write it as variables: [question, evidence]",
        )
    sections = _sections(origin, body)
    _check_placeholders(origin, sections, variables)
    return Prompt(
        name=name,
        origin=origin,
        description=str(metadata.get("description", "")),
        hash=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        variables=tuple(dict.fromkeys(variables)),
        sections=sections,
    )


def _sections(origin: str, body: str) -> tuple[Message, ...]:
    before, *rest = _HEADING.split(body)
    if before.strip() or not rest:
        raise PromptError(
            f"the prompt {origin} does not begin with a section", remedy="put '## system' or '## user' before its text"
        )
    sections = []
    for heading, content in zip(rest[::2], rest[1::2], strict=True):
        if heading not in ROLES:
            raise PromptError(
                f"the prompt {origin} has a section {heading!r}", remedy=f"name each section one of {', '.join(ROLES)}"
            )
        if not content.strip():
            raise PromptError(f"the section {heading!r} of the prompt {origin} is empty", remedy="write or remove it")
        sections.append(Message(role=heading, content=content.strip()))
    return tuple(sections)


def _check_placeholders(origin: str, sections: tuple[Message, ...], variables: list[str]) -> None:
    for section in sections:
        for match in _PLACEHOLDER.finditer(section.content):
            if match[1] not in variables:
                raise PromptError(
                    f"the prompt {origin} uses the variable {match[1]!r}, which it does not declare",
                    remedy=f"add it to 'variables' in the front matter, or correct {match[0]}",
                )
        if "{{" in _PLACEHOLDER.sub("", section.content):
            raise PromptError(
                f"the prompt {origin} has a placeholder without its end", remedy="close every '{{' with '}}'"
            )
