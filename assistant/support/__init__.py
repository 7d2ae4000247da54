"""Whether the cited evidence supports a statement."""

from assistant.support.check import Evidence, SupportChecker, Verdict
from assistant.support.speakers import said_in

__all__ = ["Evidence", "SupportChecker", "Verdict", "said_in"]
