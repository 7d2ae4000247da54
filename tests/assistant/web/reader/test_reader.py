"""The reader's pages as the server sends them: what they show is the article, what they mark is the quote."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import lxml.html
import pytest
from starlette.requests import Request
from stores import WordEncoder

from assistant.errors import UsageError
from assistant.web.headers import STRICT_POLICY
from assistant.web.reader.address import address_in_reader, place_of
from assistant.web.reader.routes import page_for
from ingest.article import Article, Span
from vectorstore.store import Store

TEXTS = {
    "plain": "First sentence here. Second sentence there.\n\nA new paragraph begins. It ends.",
    "astral": "A 🦊 jumped over 𝔐oscow. The 🐸🐸 croaked twice.\nThen 👩‍👩‍👧 left.",
    "rtl": "قال الوزير إن الجسر أغلق. وأضاف أنه سيفتح غدا.\n\nThe bridge is shut. הגשר נסגר היום.",
    "markup": "<b>Bold</b> & <script>alert(1)</script> said “no”. So did 'they'.",
    "lines": "One line\n  indented line\n\n\n\nAfter a gap. Last.",
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("reader") / "store", encoder=WordEncoder()) as store:
        store.add(
            Article(
                id=name, title=f"On {name}", source="Post", authors=("Ann", "Bo"), text=text, published="2020-01-02"
            )
            for name, text in TEXTS.items()
        )
        store.add([Article(id="a/b?c=d&e#f ü", url="https://news.example/x", text="A strange name. It is kept.")])
        yield store


def get(store: Store, address: str) -> tuple[int, lxml.html.HtmlElement]:
    scope = {"type": "http", "query_string": urlsplit(address).query.encode(), "headers": [], "path": "/article"}
    status, page = page_for(store, Request(scope))
    return status, lxml.html.document_fromstring(page)


def marked(page: lxml.html.HtmlElement, kind: str) -> str:
    return "".join(mark.text_content() for mark in page.xpath(f"//mark[@class='{kind}']"))


@pytest.mark.parametrize("name", TEXTS)
def test_the_page_holds_the_text_and_marks_exactly_the_quote(odd: Store, name: str) -> None:
    text = odd.text(name)
    spans = [sentence for chunk in odd.chunks(name) for sentence in chunk.sentences]
    assert len(spans) > 1
    for span in spans:
        status, page = get(odd, address_in_reader(name, span, spans))
        assert status == 200
        assert page.get_element_by_id("text").text_content() == text
        assert marked(page, "addressed") == span.of(text)
        assert marked(page, "cited") == "".join(other.of(text) for other in spans if other != span)
        assert page.get_element_by_id("here").text_content() == span.of(text).split("\n\n")[0]


@pytest.mark.parametrize("name", TEXTS)
def test_any_span_is_marked_whole_whatever_it_cuts_through(odd: Store, name: str) -> None:
    text = odd.text(name)
    for start in range(0, len(text) - 1, 7):
        for end in (start + 1, min(start + 25, len(text)), len(text)):
            page = get(odd, address_in_reader(name, Span(start, end), [Span(max(start - 3, 0), end)]))[1]
            assert marked(page, "addressed") == text[start:end]
            assert page.get_element_by_id("text").text_content() == text
            assert len(page.xpath("//*[@id='here']")) == 1


def test_paragraphs_take_the_direction_of_their_own_words(odd: Store) -> None:
    page = get(odd, address_in_reader("rtl"))[1]
    paragraphs = page.xpath("//div[@id='text']/p")
    assert [paragraph.get("dir") for paragraph in paragraphs] == ["auto", "auto"]


def test_the_head_tells_the_title_the_publisher_the_day_and_the_authors(odd: Store) -> None:
    head = get(odd, address_in_reader("plain"))[1].xpath("//article//header | //main//header")[0]
    assert " ".join(" ".join(part.text_content() for part in head).split()) == (
        "On plain Post · 2 January 2020 By Ann, Bo"
    )


def test_every_sentence_has_a_link_that_leads_to_itself(odd: Store) -> None:
    page = get(odd, address_in_reader("astral"))[1]
    links = [link.get("href") for link in page.xpath("//div[@id='text']//a[@class='link']")]
    spans = [sentence for chunk in odd.chunks("astral") for sentence in chunk.sentences]
    assert links == [address_in_reader("astral", span) for span in spans]
    assert all(
        marked(get(odd, link)[1], "addressed") == span.of(odd.text("astral"))
        for link, span in zip(links, spans, strict=True)
    )


def test_the_cited_sentences_are_steps_in_the_order_of_the_text(odd: Store) -> None:
    spans = [sentence for chunk in odd.chunks("plain") for sentence in chunk.sentences]
    page = get(odd, address_in_reader("plain", spans[1], [spans[3], spans[0]]))[1]
    assert page.xpath("//span[@class='which']")[0].text_content() == "Cited sentence 2 of 3"
    before, after = (
        get(odd, page.xpath(f"//*[@data-step='{step}']")[0].get("href"))[1] for step in ("previous", "next")
    )
    assert marked(before, "addressed") == spans[0].of(odd.text("plain"))
    assert marked(after, "addressed") == spans[3].of(odd.text("plain"))
    assert after.xpath("//*[@data-step='next']") == []
    assert len(after.xpath("//mark[@class='cited']")) == 2


def test_an_id_may_be_any_text_and_the_link_to_the_original_is_apart(odd: Store) -> None:
    address = address_in_reader("a/b?c=d&e#f ü", Span(0, 15))
    status, page = get(odd, address)
    assert status == 200
    assert marked(page, "addressed") == "A strange name."
    link = page.xpath("//a[@class='outside']")[0]
    assert (link.get("href"), link.get("rel")) == ("https://news.example/x", "noopener noreferrer nofollow")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "id=",
        "id=" + "x" * 513,
        "id=plain&start=3",
        "id=plain&start=3&end=3",
        "id=plain&start=5&end=2",
        "id=plain&start=-1&end=2",
        "id=plain&start=1e3&end=2000",
        "id=plain&start=٣&end=٤",
        "id=plain&start=0&end=99999999999999999999",
        "id=plain&cited=1-2,x",
        "id=plain&cited=" + ",".join(["1-2"] * 201),
        "id=plain&start=0&end=100000",
        "id=plain&cited=0-100000",
    ],
)
def test_an_impossible_place_is_a_calm_page(odd: Store, query: str) -> None:
    status, page = get(odd, f"article?{query}")
    assert status == 400
    assert page.xpath("//h1")[0].text_content() in {"This link is not complete", "This sentence is not here"}
    assert page.xpath("//mark") == []


def test_an_unknown_article_is_a_calm_page(odd: Store) -> None:
    status, page = get(odd, "article?id=nobody")
    assert status == 404
    assert page.xpath("//h1")[0].text_content() == "This article is not here"


def test_a_span_of_no_length_is_no_place() -> None:
    with pytest.raises(UsageError, match="names no sentence"):
        place_of({"id": "a", "start": "4", "end": "4"})


def test_it_is_served_under_a_policy_that_allows_no_inline_script(running_chat: object) -> None:
    url = running_chat.url  # type: ignore[attr-defined]
    with urllib.request.urlopen(f"{url}/article?id=kyiv-reaction", timeout=60) as response:
        assert response.headers["Content-Security-Policy"] == STRICT_POLICY
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        page = lxml.html.document_fromstring(response.read())
    for address in [e.get("href") or e.get("src") for e in page.xpath("//link | //script")]:
        with urllib.request.urlopen(f"{url}/{address}", timeout=60) as response:
            assert response.status == 200
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{url}/article?id=nobody", timeout=60)
    refused.value.close()
    assert refused.value.code == 404
