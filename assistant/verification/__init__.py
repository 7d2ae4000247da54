"""Whether the cited evidence supports a statement."""

from assistant.verification.attribution import said_in
from assistant.verification.check import Evidence, SupportChecker, Verdict

__all__ = ["Evidence", "SupportChecker", "Verdict", "said_in"]
