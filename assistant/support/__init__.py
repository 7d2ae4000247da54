"""Whether the cited evidence supports a statement."""

from assistant.support.check import Evidence, SupportChecker, Verdict

__all__ = ["Evidence", "SupportChecker", "Verdict"]
