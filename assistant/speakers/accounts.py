"""Citations -> who says what, and who says otherwise: the accounts of an answer.

Invariants: every statement is a citation of the answer, under its number; a conflict stands in both accounts; where
nothing is attributed or one speaker is alone there are no accounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from assistant.citing.evidence import AttributedSentence
from assistant.speakers.conflicts import Conflicts
from assistant.types import Account, AccountKind, AccountStatement, Citation, Conflict
from ingest.attribution import Kind
from ingest.language.gazetteer import Gazetteer
from ingest.language.words import words

_KINDS = {Kind.DIRECT: AccountKind.DIRECT, Kind.INDIRECT: AccountKind.INDIRECT, Kind.MIXED: AccountKind.MIXED}


def accounts(
    cited: Sequence[AttributedSentence], citations: Sequence[Citation], conflicts: Conflicts
) -> tuple[Account, ...]:
    """The accounts of an answer, in the order in which their speakers are first cited.

    Args:
        cited: the sentence of each citation.
    """
    groups: list[_Group] = []
    for sentence, citation in zip(cited, citations, strict=True):
        # Of several speakers in a sentence the citation's is the one that was asked for.
        one = replace(sentence, claim=sentence.shown_claim(citation.speaker))
        own = one.claim is None
        known = (g for g in groups if g.own == own and _same(g.voice, one.voice, conflicts.query.gazetteer))
        group = next(known, None)
        if group is None:
            group = _Group(voice=one.voice, own=own)
            groups.append(group)
        group.add(one, citation)
    if len(groups) < 2 or all(group.own for group in groups):
        return ()
    found = _conflicts(groups, conflicts)
    return tuple(group.account(found.get(at, ())) for at, group in enumerate(groups))


@dataclass(slots=True, kw_only=True)
class _Group:
    """The sentences of one speaker, or of one publisher's own words."""

    voice: str
    own: bool
    sentences: list[AttributedSentence] = field(default_factory=list)
    statements: list[AccountStatement] = field(default_factory=list)

    def add(self, sentence: AttributedSentence, citation: Citation) -> None:
        claim = sentence.claim
        kind = AccountKind.OWN if claim is None else _KINDS.get(claim.kind, AccountKind.INDIRECT)
        self.sentences.append(sentence)
        self.statements.append(
            AccountStatement(text=citation.quote, citation=citation.number, published=citation.published, kind=kind)
        )

    @property
    def stands_for(self) -> tuple[str, ...]:
        """The sides that any of the articles names."""
        return tuple(dict.fromkeys(side for s in self.sentences if s.claim is not None for side in s.claim.sides))

    def compared(self) -> list[AttributedSentence]:
        """The sentences, each for all sides that the speaker is known to speak for: an article may name one of them."""
        sides = self.stands_for
        return [replace(s, claim=replace(s.claim, sides=sides)) if s.claim is not None else s for s in self.sentences]

    def account(self, conflicts: Sequence[Conflict]) -> Account:
        return Account(
            speaker=None if self.own else self.voice,
            stands_for=tuple(side for side in self.stands_for if side != self.voice),
            source=(self.voice or None) if self.own else None,
            statements=tuple(self.statements),
            conflicts=tuple(conflicts),
        )


def _same(one: str, other: str, gazetteer: Gazetteer) -> bool:
    """Whether two names are one: the words of one are all in the other, or both name the same body."""
    first, second = set(words(one, keep_possessive=False)), set(words(other, keep_possessive=False))
    if first == second:
        return True
    if first and second and (first <= second or second <= first) and one[0].isupper() and other[0].isupper():
        return not any(gazetteer.is_country(name) for name in (one, other))  # "Russia" is not its ministry
    standing, others = gazetteer.standing(one), gazetteer.standing(other)
    return len(standing.sides) == 2 and standing == others


def _conflicts(groups: Sequence[_Group], conflicts: Conflicts) -> Mapping[int, list[Conflict]]:
    """The conflicts of each group, by its place; of two groups the first of each kind."""
    found: dict[int, list[Conflict]] = {}
    for (i, one), (j, other) in combinations(enumerate(groups), 2):
        kinds = set()
        for mine, said in zip(one.compared(), one.statements, strict=True):
            for theirs, answered in zip(other.compared(), other.statements, strict=True):
                verdict = conflicts.between(mine, theirs)
                if verdict is None or verdict[0] in kinds:
                    continue
                kind, about = verdict
                kinds.add(kind)
                pairs = ((i, said, other, answered), (j, answered, one, said))
                for at, own, against, theirs_said in pairs:
                    found.setdefault(at, []).append(
                        Conflict(
                            kind=kind,
                            about=about,
                            citation=own.citation,
                            other=against.account(()).voice,
                            other_citation=theirs_said.citation,
                        )
                    )
    return found
