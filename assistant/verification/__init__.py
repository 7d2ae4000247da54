"""Whether the cited evidence supports a statement."""

from assistant.verification.check import CitedSentence, SupportChecker, Verdict

__all__ = ["CitedSentence", "SupportChecker", "Verdict"]
