"""What a process that reads documents may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What one document may take: seconds of processor time, and bytes of memory of the process that reads it."""

    seconds: float = 30.0
    memory: int = 1_000_000_000

    @property
    def by_the_clock(self) -> float:
        """Seconds by the clock, which alone stop what waits and does not work: a busy machine takes longer than the
        time of its processor says.
        """
        return 20 + 4 * self.seconds

    @property
    def too_slow(self) -> str:
        """What is said of a document that takes longer."""
        return f"it took longer than {self.seconds:g} s to read"

    @property
    def too_large(self) -> str:
        """What is said of a document that takes more memory."""
        size = f"{self.memory / 1e9:g} GB" if self.memory >= 1e9 else f"{self.memory / 1e6:g} MB"
        return f"it needs more than {size} of memory to read"
