"""What packages bring to the program: entry points of the groups ``news_assistant.GROUP``, the bundled ones included.

Invariants:

* Nothing of a plug-in is imported before it is asked for by its name.
* What another package brings comes before what is bundled: to install it was a choice.
* A plug-in that cannot be had costs itself and no more: :func:`instances` leaves it out and logs one line.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ingest.errors import AssistantError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: What can be added, in the order in which ``assistant doctor`` lists it.
GROUPS = ("readers", "encoders", "vector_indexes", "signals", "rerankers", "answerers", "views")

_BUNDLED = "news-assistant"

_logger = logging.getLogger(__name__)

T = TypeVar("T")


class PluginError(AssistantError):
    """A plug-in cannot be loaded, or is not what its group asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """One entry point: its name, and the package that brings it."""

    name: str
    package: str
    version: str
    entry: EntryPoint = field(repr=False)

    @property
    def bundled(self) -> bool:
        """Whether it is the program's own."""
        return self.package == _BUNDLED

    def load(self) -> Any:
        """The object that the entry point names.

        Raises:
            PluginError: where it cannot be imported.
        """
        try:
            return self.entry.load()
        except Exception as error:  # whatever somebody else's module raises when it is imported
            raise self.error(f"cannot be loaded ({type(error).__name__}: {error})") from error

    def make(self, protocol: Callable[..., T], *arguments: Any) -> T:
        """What the entry point makes of ``arguments``.

        Args:
            protocol: what it has to be.

        Raises:
            PluginError: where it cannot be imported or made, or lacks a part of the protocol.
        """
        factory = self.load()
        try:
            made = factory(*arguments)
        except AssistantError:
            raise  # it says itself what is to be done
        except Exception as error:  # whatever somebody else's class raises when it is made
            raise self.error(f"cannot be used ({type(error).__name__}: {error})") from error
        # Looked up without being evaluated: an encoder's dimension may cost a call to a service.
        members = (name for name in vars(protocol) | inspect.get_annotations(protocol) if not name.startswith("_"))
        missing = [name for name in members if inspect.getattr_static(made, name, self) is self]
        if missing:
            raise self.error(f"lacks {', '.join(missing)}")
        return cast(T, made)

    def error(self, what: str) -> PluginError:
        """The error of this plug-in: ``what`` is wrong with it."""
        remedy = f"reinstall {self.package}" if self.bundled else f"update or uninstall {self.package}"
        return PluginError(f"{self.name!r} of the package {self.package} {self.version} {what}", remedy=remedy)


@cache
def plugins(group: str) -> Mapping[str, Plugin]:
    """The plug-ins of a group of :data:`GROUPS` by name, those of other packages first, none imported."""
    from importlib.metadata import entry_points  # here, since it takes its time to load

    found = [
        Plugin(name=entry.name, package=entry.dist.name, version=entry.dist.version, entry=entry)
        for entry in entry_points(group=f"news_assistant.{group}")
        if entry.dist is not None
    ]
    named: dict[str, Plugin] = {}
    for plugin in sorted(found, key=lambda each: (each.bundled, each.package, each.name)):
        named.setdefault(plugin.name, plugin)
    return named


@cache
def instances(group: str, protocol: Callable[..., T]) -> dict[str, T]:
    """One object of each plug-in of a group whose entry points take no argument, by name, each made once.

    Args:
        protocol: see :meth:`Plugin.make`. What cannot be made is logged and left out.
    """
    made: dict[str, T] = {}
    for name, plugin in plugins(group).items():
        try:
            made[name] = plugin.make(protocol)
        except AssistantError as error:
            _logger.warning("%s", error)
    return made
