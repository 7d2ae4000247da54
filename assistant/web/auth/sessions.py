"""Logging in: who may, for how long, and how often it may be tried.

Invariants:

* What a browser holds is a random token; kept of it is its digest, in memory only.
* A session ends after :data:`LIFETIME`, with the server, when its user is removed, and when the password changes.
* A wrong name and a wrong password take the same time and get the same answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from assistant.web.auth.passwords import kind_of, verify
from assistant.web.auth.users import LONGEST_NAME, Users, normalised

#: Seconds for which one login holds.
LIFETIME = 24 * 3600

#: Failures within :data:`WINDOW` seconds after which no more are looked at: of one address with one name, and of one
#: name from anywhere. An address with more than its limit, whatever the names, waits its turn and is told of no
#: further failure: behind a proxy it may be everybody's, and a right password still gets in.
WINDOW = 15 * 60
PAIR_LIMIT, ADDRESS_LIMIT, NAME_LIMIT = 5, 20, 100
#: Attempts of crowded addresses that may wait; one of them is looked at at a time.
_MOST_WAITING = 50
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
        self._verifying, self._one_by_one = asyncio.Semaphore(2), asyncio.Semaphore(1)
        self._crowd = 0
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def attempt(self, name: str, password: str, address: str, browser: str | None = None) -> Attempt:
        """Log in with a name and a password, from an address.

        Args:
            browser: what tells a browser from others. One from which the name has logged in before is not kept out by
                failures elsewhere.
        """
        name, network = normalised(name)[:LONGEST_NAME], _network(address)
        known = browser is not None and (browser, name) in self._known
        keys = {("pair", f"{network} {name}"): PAIR_LIMIT, ("name", name): NAME_LIMIT}
        if known:
            keys = {("pair", f"{browser} {name}"): PAIR_LIMIT}
        # Counted before it is looked at, or as many as fit into that moment would go uncounted.
        if not self._failures.count(keys):
            return Attempt(outcome=Outcome.TOO_MANY)
        at_address = {("address", network): ADDRESS_LIMIT}
        crowded = not known and not self._failures.count(at_address)
        kept = self._users.hash_of(name)
        right = await self._looked_at(password, kept, crowded=crowded)
        if not right or kept is None:
            return Attempt(outcome=Outcome.TOO_MANY if crowded else Outcome.WRONG)
        self._failures.forgive(keys if known or crowded else keys | at_address)
        if browser is not None:
            self._known[browser, name] = None
            while len(self._known) > _MOST_SESSIONS:
                self._known.popitem(last=False)
        token = secrets.token_urlsafe(32)
        self._drop_ended()
        self._sessions[_digest(token)] = _Session(name=name, kept=kept, ends=self._clock() + LIFETIME)
        return Attempt(outcome=Outcome.IN, token=token)

    async def _looked_at(self, password: str, kept: str | None, *, crowded: bool) -> bool:
        """Whether it is the password; those of crowded addresses take at most one place of the two, one by one."""
        if crowded:
            if self._crowd >= _MOST_WAITING:
                return False
            self._crowd += 1
            try:
                async with self._one_by_one:
                    return await self._looked_at(password, kept, crowded=False)
            finally:
                self._crowd -= 1
        async with self._verifying:
            return await asyncio.to_thread(self._is_right, password, kept)

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


def _network(address: str) -> str:
    """Whose address it is: of an IPv6 address its /64, of which one machine has as many as it likes."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address) or found.ipv4_mapped:
        return str(getattr(found, "ipv4_mapped", None) or found)
    return str(ipaddress.ip_network((found, 64), strict=False))
