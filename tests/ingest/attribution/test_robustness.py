"""Any text at all is read, in linear time, and every span lies within it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import SHARED

from ingest import Article, attributions, read
from ingest.attribution import Kind, speaker_at
from ingest.chunk import sentences
from ingest.errors import RecordError
from ingest.samples import folder

_WORDS = """
    “” '' `` said says told reporters that the he it who which according to accused of was were not claim reportedly
    seems clear put it asked whether and but Peskov Dmitry ministry Foreign U.S. İ ﬁ 🐸 1,000
"""
_PIECES = [*"\"“”‘’'«»„`,.:;—-?!()\n", "\n\n", *_WORDS.split()]


def check(article: Article) -> None:
    text = article.text
    found = attributions(article)
    assert [a.cue for a in found] == sorted(a.cue for a in found)
    for attribution in found:
        assert attribution.contents
        assert isinstance(attribution.kind, Kind)
        assert 0 < attribution.confidence < 1
        spans = [attribution.cue, *attribution.contents, *([attribution.speaker] if attribution.speaker else [])]
        assert all(span.end <= len(text) and span.of(text).strip() for span in spans)
        assert all(a.end <= b.start for a, b in zip(attribution.contents, attribution.contents[1:], strict=False))
        assert bool(attribution.name) == (attribution.speaker is not None)
    for sentence in sentences(text):
        speaker_at(found, sentence)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=60), st.sampled_from(["", " "]))
def test_any_order_of_cues_and_marks_is_read(pieces: list[str], between: str) -> None:
    check(Article(text="A " + between.join(pieces)))


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    check(Article(text=f"Peskov said {text}"))


def test_naughty_strings_are_read() -> None:
    lists = sorted((SHARED / "adversarial").glob("*naughty*")) + sorted((SHARED / "adversarial").glob("*blns*"))
    if not lists:
        pytest.skip(f"the naughty strings are not at {SHARED}")
    for path in lists:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            for text in (f"“{line}” he said.", f"Peskov said that {line}", line):
                if any(c.isalnum() for c in text):
                    check(Article(text=text))


def test_the_sample_articles_are_read() -> None:
    articles = [a for a in read([folder()]) if isinstance(a, Article)]
    assert len(articles) > 20
    for article in articles:
        check(article)
        assert attributions(article), article.id


@pytest.mark.parametrize(
    "piece",
    [
        "“We waited,” Mr Peskov said. “It rained.” ",
        '"We waited," he said. "It rained. ',
        "''We waited,'' said Maren Aldous, an analyst, ''and left.''\n\n",
        "“We waited ",
        "‘We ",
        "He said that she said that it said, and ",
        "Maren Aldous, a, b, ",
        "said ",
        "Foreign Ministry ",
        '<item>{"text": "',
        "</div>who said that ",
    ],
)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    article = Article(text=piece * (60_000 // len(piece)))
    sentences(article.text)
    began = time.process_time()
    sentences(article.text)
    splitting = time.process_time() - began
    began = time.process_time()
    attributions(article)
    # The sentence splitter's own time is not ours; a shared processor may be slow.
    assert time.process_time() - began - splitting < 6


def test_the_seed_article_has_the_right_speakers() -> None:
    seed = SHARED / "seed" / "putin-kerry-sochi.txt"
    if not seed.is_file():
        pytest.skip(f"the seed article is not at {seed}")
    article = Article(text=seed.read_text(encoding="utf-8").split("\n", 1)[1])
    found = attributions(article)
    expected = {
        "unfriendly actions by Washington": "Russian Foreign Ministry",
        "the initiator of the freeze": "Dmitry Peskov",
        "in fact was largely provoked": "Russian Foreign Ministry",
        "Full implementation of the Minsk accords": "State Department official",
        "they will impose further sanctions": "State Department official",
        "American business is not rushing": "Russian Foreign Ministry",
        "bilateral trade rose": "Russian Foreign Ministry",
    }
    for words, name in expected.items():
        at = article.text.index(words)
        sentence = next(s for s in sentences(article.text) if s.start <= at < s.end)
        attribution = speaker_at(found, sentence)
        assert attribution is not None, words
        assert attribution.name == name, words


def test_an_article_without_speech_has_no_attributions() -> None:
    with pytest.raises(RecordError):
        Article.from_record({"text": "..."})
    assert attributions(Article(text="The river rose by two metres. The bridge held.")) == []


@pytest.mark.parametrize(
    "text",
    [
        'We can do more and would like to, Hamlin said, but "it is hard, really, how thin the watch on the river is."',
        'Hiring is a challenge, Akers says, but "we are glad to have some of the old team. They stay."\n\nIt rains.',
        'His house was spared, but "it burned down many houses on the hill."\n\nFloods are frequent.',
        "Despite once saying she wouldn't, Ms Karel ran for mayor.",
    ],
)
def test_every_attribution_has_a_content_and_no_empty_span(text: str) -> None:
    for found in attributions(Article.from_record({"text": text})):
        assert found.contents
        assert all(len(span) > 0 for span in (*found.contents, found.cue, *filter(None, [found.speaker])))
        assert found.content.of(text)
