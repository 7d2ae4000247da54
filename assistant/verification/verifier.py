"""The answer's text and the sentences that it cites -> statements with their support, and citations.

Invariants:

* Every citation's quote is read out of the archive by its span.
* An article's instruction to the program bears out nothing, a question bears out no answer to it, and a statement
  that sends the reader to an address which is no article's own is never supported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.citing.evidence import AttributedSentence
from assistant.citing.sanitize import LEFT_OUT, domains, is_instruction
from assistant.citing.statements import statements
from assistant.types import Citation, Statement, Support
from assistant.verification.check import CitedSentence, SupportChecker
from ingest.duplicates import says
from vectorstore.archive.passage import ArticleReference
from vectorstore.errors import UnknownArticle
from vectorstore.store import Store

_ORDER = (Support.UNSUPPORTED, Support.PARTIAL, Support.SUPPORTED)


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks answers against the archive that they come from."""

    store: Store
    support: SupportChecker

    def statements(self, text: str, cited: Sequence[AttributedSentence]) -> tuple[Statement, ...]:
        """The statements of an answer.

        Args:
            text: the answer with display marks ``[n]``.
            cited: the sentence of each display number, in order.
        """
        return tuple(
            self._statement(words, numbers, [cited[number - 1] for number in numbers])
            for words, numbers in statements(text, len(cited))
        )

    def _statement(self, words: str, numbers: tuple[int, ...], cited: Sequence[AttributedSentence]) -> Statement:
        evidence = [_evidence(sentence) for sentence in cited if not is_instruction(sentence.text)]
        verdict = self.support.check(words, evidence)
        support, reason = verdict.support, verdict.reason
        if len(evidence) < len(cited) and support is not Support.SUPPORTED:
            reason = f"a cited sentence is an instruction and no report; {reason}"
        if support is Support.SUPPORTED and "?" not in words and all(_asks(one.text) for one in evidence):
            support, reason = Support.PARTIAL, "the cited sentence asks this and does not say it"
        known = " ".join(one.text for one in evidence).casefold()
        if LEFT_OUT in words or any(domain not in known for domain in domains(words)):
            support, reason = Support.UNSUPPORTED, "it sends the reader to an address that is no article's own"
        return Statement(text=words, citations=numbers, support=support, reason=reason)

    def citations(
        self, cited: Sequence[AttributedSentence], checked: Sequence[Statement], asked: Mapping[int, str] | None = None
    ) -> tuple[Citation, ...]:
        """The citations of an answer, each with the best support that a statement finds in it; ``asked`` as below."""
        best = dict.fromkeys(range(1, len(cited) + 1), Support.UNSUPPORTED)
        for statement in checked:
            for number in statement.citations:
                best[number] = max(best[number], statement.support, key=_ORDER.index)
        return tuple(self.citation(number, sentence, best[number], asked) for number, sentence in enumerate(cited, 1))

    def citation(
        self,
        number: int,
        sentence: AttributedSentence,
        support: Support = Support.SUPPORTED,
        asked: Mapping[int, str] | None = None,
    ) -> Citation:
        """One sentence as the citation of that display number.

        Args:
            asked: by a sentence's number, which of its speakers is asked for: of several it is the citation's
                speaker.
        """
        passage = sentence.passage
        # Read from the archive, not carried along: the citation is true because this is where the quote comes from.
        quote = sentence.span.of(self.store.text(passage.article_id))
        claim = sentence.shown_claim((asked or {}).get(sentence.number))
        return Citation(
            number=number,
            article_id=passage.article_id,
            title=passage.title,
            url=passage.url,
            source=passage.source,
            published=passage.published.isoformat() if passage.published else None,
            start=sentence.span.start,
            end=sentence.span.end,
            quote=quote,
            speaker=claim.speaker if claim is not None else None,
            support=support,
            also_in=tuple(copy for copy in passage.also_in if self._stands_in(quote, copy)),
            superseded_by=passage.superseded_by,
            corrects=passage.corrects,
        )

    def _stands_in(self, quote: str, copy: ArticleReference) -> bool:
        """Whether a copy, which may be cut, has the words that are cited."""
        try:
            return says(self.store.text(copy.article_id), quote)
        except UnknownArticle:  # it was removed a moment ago
            return False


def unsupported(statements: Sequence[Statement]) -> bool:
    """Whether what is cited bears none of the statements out."""
    return all(statement.support is Support.UNSUPPORTED for statement in statements)


def _evidence(sentence: AttributedSentence) -> CitedSentence:
    passage = sentence.passage
    return CitedSentence(
        text=sentence.text,
        context=passage.text,
        title=passage.title,
        source=passage.source,
        published=sentence.day,
        claims=tuple(claim for claim in sentence.claims if claim.contents),
    )


def _asks(text: str) -> bool:
    return text.rstrip("\"'”’»)] ").endswith("?")
