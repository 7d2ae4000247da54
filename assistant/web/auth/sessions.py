"""Logging in: who may, for how long, and how often it may be tried.

Invariants:

* What a browser holds is a random token; kept of it is its digest, in memory only.
* A session ends after :data:`LIFETIME`, with the server, when its user is removed, and when the password changes.
* A wrong name and a wrong password take the same time and get the same answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from assistant.web.auth.passwords import kind_of, verify
from assistant.web.auth.users import LONGEST_NAME, Users, normalised

#: Seconds for which one login holds.
LIFETIME = 24 * 3600

#: Failures within :data:`WINDOW` seconds after which no more are looked at: of one address with one name, of one
#: address with any, and of one name from anywhere.
WINDOW = 15 * 60
PAIR_LIMIT, ADDRESS_LIMIT, NAME_LIMIT = 5, 20, 100
_MOST_KEYS = 20_000
_MOST_SESSIONS = 20_000


class Outcome(Enum):
    """What came of an attempt."""

    IN = "in"
    WRONG = "wrong"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """An attempt to log in: its outcome, and the token of the session where it succeeded."""

    outcome: Outcome
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    name: str
    kept: str
    ends: float


class Login:
    """Sessions and attempts of one server, on its event loop.

    Args:
        clock: seconds that only go forward.
    """

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        self._users, self._clock = users, clock
        self._sessions: dict[str, _Session] = {}
        self._failures = Failures(clock)
        # Each takes 64 MiB and a good part of a core: many at once must not take everything from those who are in.
        self._verifying = asyncio.Semaphore(2)

    async def attempt(self, name: str, password: str, address: str) -> Attempt:
        """Log in with a name and a password, from an address."""
        name = normalised(name)[:LONGEST_NAME]
        keys = {("pair", f"{address} {name}"): PAIR_LIMIT, ("address", address): ADDRESS_LIMIT}
        keys |= {("name", name): NAME_LIMIT}
        # Counted before it is looked at, or as many as fit into that moment would go uncounted.
        if not self._failures.count(keys):
            return Attempt(outcome=Outcome.TOO_MANY)
        kept = self._users.hash_of(name)
        async with self._verifying:
            right = await asyncio.to_thread(self._is_right, password, kept)
        if not right or kept is None:
            return Attempt(outcome=Outcome.WRONG)
        self._failures.forgive(keys)
        token = secrets.token_urlsafe(32)
        self._drop_ended()
        self._sessions[_digest(token)] = _Session(name=name, kept=kept, ends=self._clock() + LIFETIME)
        return Attempt(outcome=Outcome.IN, token=token)

    def _is_right(self, password: str, kept: str | None) -> bool:
        # Each name costs one hash of every kind that the file has, so that no name is told by the time that it takes.
        tried = self._users.one_of_each_kind() | ({kind_of(kept): kept} if kept else {})
        return kept in [each for each in tried.values() if verify(password, each)]

    def user(self, token: str) -> str | None:
        """Who is logged in with a token."""
        session = self._sessions.get(_digest(token)) if token else None
        if session is None:
            return None
        if self._clock() >= session.ends or self._users.hash_of(session.name) != session.kept:
            self.leave(token)
            return None
        return session.name

    def leave(self, token: str) -> None:
        """End the session of a token."""
        self._sessions.pop(_digest(token), None)

    def _drop_ended(self) -> None:
        now = self._clock()
        for digest in [digest for digest, session in self._sessions.items() if now >= session.ends]:
            del self._sessions[digest]
        while len(self._sessions) >= _MOST_SESSIONS:
            del self._sessions[next(iter(self._sessions))]


class Failures:
    """How often something was tried within the last :data:`WINDOW` seconds, by key."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._times: dict[tuple[str, str], deque[float]] = {}

    def count(self, limits: dict[tuple[str, str], int]) -> bool:
        """Count one attempt under each key; returns False, and counts none, where one has reached its limit."""
        now = self._clock()
        for key, limit in limits.items():
            times = self._times.get(key, deque())
            while times and now - times[0] >= WINDOW:
                times.popleft()
            if len(times) >= limit:
                return False
        for key in limits:
            times = self._times.pop(key, deque())
            times.append(now)
            self._times[key] = times  # the latest at the end
        while len(self._times) > _MOST_KEYS:
            del self._times[next(iter(self._times))]
        return True

    def forgive(self, limits: dict[tuple[str, str], int]) -> None:
        """The last attempt was no failure; the pair of address and name begins anew."""
        for key in limits:
            times = self._times.get(key)
            if key[0] == "pair":
                self._times.pop(key, None)
            elif times:
                times.pop()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
