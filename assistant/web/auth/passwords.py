"""Passwords as what is kept of them: scrypt (RFC 7914) in the form that the PHC string format gives it.

``$scrypt$ln=15,r=8,p=3$SALT$KEY``, salt and key in base64 without padding: the form that passlib writes and reads too.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import unicodedata

from assistant.errors import UsageError

#: Characters of a password.
SHORTEST, LONGEST = 8, 256

#: What OWASP's Password Storage Cheat Sheet asks for at 32 MiB of memory: N = 2**15, r = 8, p = 3.
_COST, _BLOCK, _PARALLEL = 15, 8, 3
_SALT_BYTES, _KEY_BYTES = 16, 32
_MOST_MEMORY = 256 * 1024 * 1024
_FORM = re.compile(r"\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})")


def hash_password(password: str) -> str:
    """What is to be kept of a password.

    Raises:
        UsageError: where it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"the password has {len(password)} characters", remedy=f"give it {SHORTEST} to {LONGEST}")
    salt = secrets.token_bytes(_SALT_BYTES)
    key = _key(password, salt, _COST, _BLOCK, _PARALLEL, _KEY_BYTES)
    return f"$scrypt$ln={_COST},r={_BLOCK},p={_PARALLEL}${_encode(salt)}${_encode(key)}"


def is_hash(kept: str) -> bool:
    """Whether it is of the form that :func:`hash_password` gives, with a cost that this machine is to bear."""
    return _parts(kept) is not None


def verify(password: str, kept: str) -> bool:
    """Whether a password is the one that ``kept`` was made of; takes as long where it is not."""
    parts = _parts(kept)
    if parts is None or len(password) > LONGEST:
        return False
    cost, block, parallel, salt, key = parts
    return hmac.compare_digest(_key(password, salt, cost, block, parallel, len(key)), key)


def _parts(kept: str) -> tuple[int, int, int, bytes, bytes] | None:
    found = _FORM.fullmatch(kept)
    if found is None:
        return None
    cost, block, parallel = (int(number) for number in found.groups()[:3])
    if not (1 <= cost <= 20 and block and 1 <= parallel <= 16 and _memory(cost, block, parallel) <= _MOST_MEMORY):
        return None
    try:
        return cost, block, parallel, _decode(found[4]), _decode(found[5])
    except binascii.Error:
        return None


def _memory(cost: int, block: int, parallel: int) -> int:
    """Bytes that scrypt takes: its table, and what it mixes."""
    return 128 * block * ((1 << cost) + parallel + 2)


def _key(password: str, salt: bytes, cost: int, block: int, parallel: int, length: int) -> bytes:
    # The same letters may come composed or not, as the keyboard has it.
    written = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    most = 2 * _memory(cost, block, parallel)
    return hashlib.scrypt(written, salt=salt, n=1 << cost, r=block, p=parallel, maxmem=most, dklen=length)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
