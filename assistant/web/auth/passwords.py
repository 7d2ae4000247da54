"""Passwords as what is kept of them: Argon2id (RFC 9106) in the PHC string format.

Older users files hold scrypt (RFC 7914), ``$scrypt$ln=15,r=8,p=3$SALT$KEY``, as passlib writes it too: still verified.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import unicodedata

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import UsageError

#: Characters of a password.
SHORTEST, LONGEST = 8, 256

#: With the costs that RFC 9106 recommends where memory is limited: 64 MiB, three passes, four lanes.
_ARGON2 = PasswordHasher()
#: Bytes of memory and passes that a kept hash may ask for: the file may come from anywhere.
_MOST_MEMORY, _MOST_PASSES = 256 * 1024 * 1024, 20
_SCRYPT = re.compile(r"\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})")


def hash_password(password: str) -> str:
    """What is to be kept of a password.

    Raises:
        UsageError: where it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"the password has {len(password)} characters", remedy=f"give it {SHORTEST} to {LONGEST}")
    return _ARGON2.hash(_written(password))


def is_hash(kept: str) -> bool:
    """Whether it is a hash that can be verified, with a cost that this machine is to bear."""
    try:
        cost = extract_parameters(kept)
    except InvalidHashError:
        return _scrypt_parts(kept) is not None
    return cost.memory_cost * 1024 <= _MOST_MEMORY and cost.time_cost <= _MOST_PASSES


def kind_of(kept: str) -> str:
    """The function that a hash was made with, as the PHC string format names it."""
    return kept.split("$")[1]


def verify(password: str, kept: str) -> bool:
    """Whether a password is the one that ``kept`` was made of; takes as long where it is not."""
    if len(password) > LONGEST or not is_hash(kept):
        return False
    parts = _scrypt_parts(kept)
    if parts is not None:
        cost, block, parallel, salt, key = parts
        most = 2 * _scrypt_memory(cost, block, parallel)
        written, n = _written(password), 1 << cost
        given = hashlib.scrypt(written, salt=salt, n=n, r=block, p=parallel, maxmem=most, dklen=len(key))
        return hmac.compare_digest(given, key)
    try:
        return _ARGON2.verify(kept, _written(password))
    except (InvalidHashError, VerificationError):
        return False


def _written(password: str) -> bytes:
    # The same letters may come composed or not, as the keyboard has it.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _scrypt_parts(kept: str) -> tuple[int, int, int, bytes, bytes] | None:
    found = _SCRYPT.fullmatch(kept)
    if found is None:
        return None
    cost, block, parallel = (int(number) for number in found.groups()[:3])
    if not (1 <= cost <= 20 and block and 1 <= parallel <= 16):
        return None
    if _scrypt_memory(cost, block, parallel) > _MOST_MEMORY:
        return None
    try:
        salt, key = (base64.b64decode(part + "=" * (-len(part) % 4), validate=True) for part in found.groups()[3:])
    except binascii.Error:
        return None
    return cost, block, parallel, salt, key


def _scrypt_memory(cost: int, block: int, parallel: int) -> int:
    """Bytes that scrypt takes: its table, and what it mixes."""
    return 128 * block * ((1 << cost) + parallel + 2)
