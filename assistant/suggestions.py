"""What could be asked next: short questions over the evidence of an answer, each tried before it is offered.

No model takes part: the questions are made of the names, speakers and days that the evidence has, and only those are
offered that the archive answers by quoting a sentence which the answer before has not cited.

Invariant: every suggestion was asked under the same limits as the question before it, and not abstained from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.pipeline.assistant import Assistant
from assistant.types import Answer, Citation
from ingest.language.dates.words import day_in_words
from ingest.language.gazetteer import Gazetteer
from ingest.language.names import Name, Named, names
from ingest.language.roles import GENERIC, TITLES
from ingest.language.words import FUNCTION_WORDS, content_stems, fold
from vectorstore.archive.passage import Passage
from vectorstore.encoders.cache import EmbeddingCache
from vectorstore.retrieval.scope import EVERYTHING, Scope
from vectorstore.store import Store

#: Suggestions that are offered, and how many are tried for them at most.
OFFERED, TRIED = 3, 8
#: Of one kind, so that they do not all read alike.
_OF_A_KIND = 2
#: Articles of the evidence whose speakers and names are looked at, from the best.
_ARTICLES = 4

#: "the freeze", "the Port Ansley ferry crash" at the end of a question.
_TOPIC = re.compile(
    r"(?<!do )(?<!did )(?<!does )(?<!is )(?<!are )(?<!was )(?<!were )"
    r"\bthe\s+((?:[\w’'-]+\s+){0,3}[\w’'-]+)\s*[?.!]*\s*$",
    re.IGNORECASE,
)
#: Words within such a phrase that are a part of it; behind others it goes on to something else.
_JOINING = frozenset({"of", "in", "and", "for"})
_IN_A_PLACE = re.compile(r"\b(?:in|at|near)\s+(?:the\s+)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A question, what kind it is of, and whether a sentence (with the passages of its article) answers it."""

    question: str
    kind: str
    fits: Callable[[Citation, str], bool]


class Suggester:
    """Suggests questions over one store.

    Args:
        embed: shares what is embedded with the assistant that answers; None for a cache of its own.
    """

    def __init__(self, store: Store, embed: EmbeddingCache | None = None) -> None:
        embed = embed or EmbeddingCache(store.encoder.encode)
        self._store = store
        self._quoting = Assistant(store, ExtractiveAnswerer(embed), embed=embed)

    def suggest(
        self,
        answer: Answer,
        *,
        asked: Collection[str] = (),
        scope: Scope = EVERYTHING,
        go_on: Callable[[], bool] = lambda: True,
    ) -> tuple[str, ...]:
        """Questions that the archive can answer, none of them among ``asked``; at most :data:`OFFERED`.

        Args:
            answer: the last one.
            scope: that of its question; without a day the answer's.
            go_on: asked before each try; False ends it with nothing.
        """
        within = replace(scope, as_of=scope.as_of or answer.as_of)
        known = {_comparable(question) for question in (*asked, answer.question, answer.standalone_question)}
        cited = {(c.article_id, c.start) for c in answer.citations}
        found: list[str] = []
        kinds: Counter[str] = Counter()
        tried = 0
        for candidate in self._candidates(answer):
            if len(found) == OFFERED or tried == TRIED:
                break
            if _comparable(candidate.question) in known or kinds[candidate.kind] == _OF_A_KIND:
                continue
            if not go_on():
                return ()
            known.add(_comparable(candidate.question))
            tried += 1
            reply = self._quoting.ask(candidate.question, scope=within)
            fresh = [c for c in reply.citations if (c.article_id, c.start) not in cited]
            if any(candidate.fits(c, _seen_of_article(c, reply)) for c in fresh):
                found.append(candidate.question)
                kinds[candidate.kind] += 1
                cited |= {(c.article_id, c.start) for c in fresh}
        return tuple(found)

    def _candidates(self, answer: Answer) -> Iterator[_Candidate]:
        evidence = _evidence(answer)
        named = _named(answer, evidence, self._store.gazetteer)
        topic = _topic(answer.standalone_question, named, self._store.gazetteer)
        if topic:
            speakers = [_speaks(name, topic, self._store.gazetteer) for name in self._speakers(evidence, topic)]
            yield from speakers[:1]
            yield from _next(answer, topic)
            yield from speakers[1:]
        if not answer.abstained:
            yield from _places(answer, evidence, named, self._store.gazetteer)

    def _speakers(self, evidence: Sequence[Passage], topic: str) -> list[str]:
        """Who speaks in the articles of the evidence, those of the passages themselves first."""
        inside: list[str] = []
        elsewhere: list[str] = []
        seen: set[str] = set()
        for passage in evidence:
            for one in self._store.attributions(passage.article_id):
                within = passage.span.start <= one.content.start < passage.span.end
                if within or passage.article_id not in seen:
                    (inside if within else elsewhere).append(one.name)
            seen.add(passage.article_id)
        known = self._store.gazetteer
        subject = Named(topic, known)
        askable = [name for name in dict.fromkeys([*inside, *elsewhere]) if _can_be_asked_about(name, known)]
        return [name for name in askable if not any(subject.has(part) for part in names(name, known))]


def _evidence(answer: Answer) -> list[Passage]:
    """The passages of the answer's articles, or else of the nearest ones, best first."""
    cited = {citation.article_id for citation in answer.citations}
    passages = [used.passage for used in answer.passages if used.passage.copy_of is None]
    own = [passage for passage in passages if passage.article_id in cited] or passages
    articles = list(dict.fromkeys(passage.article_id for passage in own))[:_ARTICLES]
    return [passage for passage in own if passage.article_id in articles]


def _named(answer: Answer, evidence: Sequence[Passage], known: Gazetteer) -> list[Name]:
    """The names that the evidence uses, those of several passages first, without publishers and what was asked."""
    publishers = {fold(passage.source) for passage in evidence}
    counted: Counter[str] = Counter()
    first: dict[str, Name] = {}
    for passage in evidence:
        for name in {fold(n.text): n for n in names(passage.text, known)}.values():
            if fold(name.text) not in publishers and 3 <= len(name.text) <= 40:
                counted[fold(name.text)] += 1
                first.setdefault(fold(name.text), name)
    asked = Named(answer.standalone_question, known)
    return [first[key] for key, _ in counted.most_common() if not asked.has(first[key])]


def _topic(question: str, named: Sequence[Name], known: Gazetteer) -> str:
    """What a question is about, in its own words where they can be taken out of it."""
    tail = _TOPIC.search(question)
    if tail is not None and not (FUNCTION_WORDS - _JOINING) & set(fold(tail[1]).split()):
        return f"the {tail[1]}"
    own = [name for name in names(question, known) if not name.titled]
    if own:
        return own[-1].text
    return named[0].text if named else ""


def _can_be_asked_about(name: str, known: Gazetteer) -> bool:
    """Whether a speaker's name is one to ask by: a person's or a body's, not "officials" or "a resident"."""
    found = names(name, known)
    if len(found) != 1 or found[0].text != name or len(name) > 50:
        return False
    return found[0].country is None and not set(found[0].words) <= GENERIC | TITLES


def _speaks(name: str, topic: str, known: Gazetteer) -> _Candidate:
    wanted = names(name, known)[0]
    body = " of " in name or (wanted.words[-1] in GENERIC and wanted.words[-1] not in TITLES)
    shown = f"the {name}" if body and not name.lower().startswith("the ") else name

    def fits(citation: Citation, seen: str) -> bool:
        speaks = citation.speaker is not None and Named(citation.speaker, known).has(wanted)
        return speaks and _is_about(seen, topic)

    return _Candidate(question=f"What does {shown} say about {topic}?", kind="speaker", fits=fits)


def _next(answer: Answer, topic: str) -> Iterator[_Candidate]:
    """What came later, where the answer's articles are dated."""
    days = sorted(citation.published[:10] for citation in answer.citations if citation.published)
    if not days:
        return
    latest = days[-1]

    def fits(citation: Citation, seen: str) -> bool:
        return citation.published is not None and citation.published[:10] > latest and _is_about(seen, topic)

    question = f"What has happened with {topic} since {day_in_words(latest)}?"
    yield _Candidate(question=question, kind="later", fits=fits)


def _places(
    answer: Answer, evidence: Sequence[Passage], named: Sequence[Name], known: Gazetteer
) -> Iterator[_Candidate]:
    """What happened where, for places that a headline of the evidence or a cited sentence names."""
    where = {
        fold(name.text)
        for passage in evidence
        for name in names(passage.text, known)
        if _IN_A_PLACE.search(passage.text[: name.start])
    }
    prominent = Named("\n".join([*(p.title for p in evidence), *(c.quote for c in answer.citations)]), known)
    for name in named:
        is_town = name.country is None and not name.text.isupper() and not set(name.words) <= GENERIC
        if is_town and fold(name.text) in where and prominent.has(name):

            def fits(citation: Citation, _seen: str, place: Name = name) -> bool:
                return Named(citation.title, known).has(place)

            yield _Candidate(question=f"What happened in {name.text}?", kind="place", fits=fits)


def _seen_of_article(citation: Citation, reply: Answer) -> str:
    """The headline of a citation's article and what was found of its text."""
    found = (used.passage for used in reply.passages)
    return "\n".join([citation.title, *(p.text for p in found if p.article_id == citation.article_id)])


def _is_about(text: str, topic: str) -> bool:
    return bool(set(content_stems(topic)) & set(content_stems(text)))


def _comparable(question: str) -> str:
    return " ".join(fold(question).rstrip("?!. ").split())
