"""What was retrieved -> what an answer may rest on: the passages that the answerer sees, each sentence attributed.

Whatever is asked, the best passages are seen. A question about speech brings the passages that hold the statements of
whom it asks about, one about a sequence those of the days that the story spans.

Invariants: only a question about speech or a sequence looks anything up beyond the passages found; this is the only
place where it is asked who says a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.citing.evidence import AttributedSentence, Evidence
from assistant.pipeline.listing import articles_asked_for, listed_passages, with_listing
from assistant.question.answer_type import AnswerType
from assistant.question.query import Query
from assistant.speakers.matching import SpeakerMatcher
from assistant.speakers.of_sentence import AttributedArticles, Sides, attributed, sides_in_article
from assistant.speakers.retrieval import SpeechFound, find_speech
from assistant.speakers.shown import is_named, is_somebody
from assistant.speakers.timeline import passages_over_time
from ingest.article import SentenceKind
from ingest.language.lexicon import Act
from vectorstore.archive.passage import Passage
from vectorstore.store import Store

#: What of the passages found the answerer sees.
SEEN, SEEN_OF_ONE_ARTICLE = 8, 3
#: Passages, from the best, whose neighbours the answerer sees too.
WITH_NEIGHBOURS = 2

#: What answers; entries of lists and tables do where a list or a number is asked for. All else stands around the story.
_TELLING = frozenset({SentenceKind.PROSE, SentenceKind.HEADLINE})
_ENTRIES = frozenset({SentenceKind.LIST_ITEM, SentenceKind.TABLE_ROW})
_ASK_FOR_ENTRIES = frozenset(
    {AnswerType.LIST, AnswerType.NUMBER, AnswerType.AMOUNT, AnswerType.SHARE, AnswerType.DURATION}
)


def collect_evidence(store: Store, query: Query, found: Sequence[Passage]) -> Evidence:
    """Choose what the answerer sees of ``found`` (best first), and look up what the question asks for besides."""
    articles = AttributedArticles(store)
    if (asked := articles_asked_for(store, query)) is not None:
        told = _told(store, query, listed_passages(store, query, asked[0]))
        return with_listing(attributed(told, articles, _sides(store, query, articles)), *asked)
    seen = _seen(store, found)
    if query.sequence:
        spanning = passages_over_time(store, query)
        seen = spanning if len(spanning) > 1 else seen
    speech = query.speech
    spoken = find_speech(store, query, speech, found, articles) if speech is not None else SpeechFound()
    told = _told(store, query, _together(seen, spoken.passages))
    evidence = attributed(told, articles, _sides(store, query, articles))
    if speech is None:
        return evidence
    matcher = SpeakerMatcher(speech=speech, found=spoken, articles=articles, gazetteer=store.gazetteer)
    evidence = replace(evidence, matches=matcher.matches(evidence))
    described = bool(speech.speakers)
    evidence = replace(evidence, sentences=tuple(_asked_for(one, evidence, described) for one in evidence.sentences))
    # "Which firm, according to The Courier, …" asks for something else, and names a publisher besides.
    return replace(evidence, unheard=query.answer_type is AnswerType.SPEECH and matcher.unheard(evidence))


def _asked_for(sentence: AttributedSentence, evidence: Evidence, described: bool) -> AttributedSentence:
    """The sentence with its speaker shown where somebody's words are asked for, and these are found to be.

    Whom the question describes itself ("the referee"), and who denies or accuses, may be without a name.
    """
    match = evidence.match(sentence.number)
    claim = sentence.claim_of(match.speaker) if match is not None and match.fit else None
    if match is None or claim is None or claim.shown or claim.speaker != match.speaker:
        return sentence
    done = {act for one in sentence.claims if one.speaker == claim.speaker for act in one.acts}
    nameless = (described or done & {Act.DENY, Act.ACCUSE}) and is_somebody(claim.speaker)
    if not (nameless or is_named(claim.speaker)):
        return sentence
    claims = tuple(replace(one, shown=True) if one.speaker == claim.speaker else one for one in sentence.claims)
    whole = sentence.claim
    whole = replace(whole, shown=True) if whole is not None and whole.speaker == claim.speaker else whole
    return replace(sentence, claims=claims, claim=whole)


def _told(store: Store, query: Query, passages: Sequence[Passage]) -> Evidence:
    """The sentences that tell something: prose and headlines, and entries of lists where those may be what is asked
    for.
    """
    entries = _ENTRIES if query.answer_type in _ASK_FOR_ENTRIES else frozenset()
    return Evidence.of(passages, store.sentence_kinds, _TELLING | entries)


def _sides(store: Store, query: Query, articles: AttributedArticles) -> Sides:
    """Whom speakers speak for: by their article's words for them; where it is silent, and somebody's words are asked
    for, by what the archive held on the question's day.
    """
    own = sides_in_article(articles, store.gazetteer)
    if query.speech is None:
        return own
    known: dict[str, tuple[str, ...]] = {}

    def sides(article_id: str, name: str) -> tuple[str, ...]:
        here = own(article_id, name)
        if here:
            return here
        if name not in known:
            known[name] = store.stands_for(name, query.scope)
        return known[name]

    return sides


def _together(first: Sequence[Passage], more: Sequence[Passage]) -> list[Passage]:
    known = {(passage.article_id, passage.ordinal) for passage in first}
    return [*first, *(passage for passage in more if (passage.article_id, passage.ordinal) not in known)]


def _seen(store: Store, found: Sequence[Passage]) -> list[Passage]:
    """The best passages, few of one article, the very best with their neighbours."""
    taken: dict[str, int] = {}
    seen: dict[tuple[str, int], Passage] = {}
    for passage in found:
        if len(seen) == SEEN:
            break
        if taken.get(passage.article_id, 0) < SEEN_OF_ONE_ARTICLE:
            taken[passage.article_id] = taken.get(passage.article_id, 0) + 1
            seen[passage.article_id, passage.ordinal] = passage
    for passage in list(seen.values())[:WITH_NEIGHBOURS]:
        for near in store.neighbours(passage):
            seen.setdefault((near.article_id, near.ordinal), near)
    return list(seen.values())


def asked_for(evidence: Evidence) -> dict[int, str]:
    """By the number of a sentence, which of its speakers is asked for."""
    return {match.number: match.speaker for match in evidence.matches if match.fit}
