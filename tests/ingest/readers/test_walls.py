"""Pages that are no articles are known by what they are, in many languages; articles about such matters stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from ingest import Article, Problem, SourceError, read
from ingest.readers.html import read_html

STORY = (
    "<p>The town of Tidewick opened its new quay on Wednesday, a year later than was planned.</p>"
    "<p>The builders said that a storm had cost a winter. Fishermen had been made to land their catch at Skarn.</p>"
)


def page(title: str, body: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{body}</main>"
        "</body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("Just a moment...", "<p>Checking your browser before you go on to the site. Please wait.</p>", "person"),
        ("Herald", "<p>Please confirm that you are a human by ticking the box below.</p>", "person"),
        ("Zugriff verweigert", "<p>Bitte bestätigen Sie, dass Sie kein Roboter sind, um fortzufahren.</p>", "person"),
        ("お待ちください", "<p>あなたがロボットではないことを確認しています。しばらくお待ちください。</p>", "person"),
        ("Page not found", "<p>We are sorry, but what you were looking for is not here any more.</p>", "no such page"),
        ("Seite nicht gefunden", "<p>Die gewünschte Seite gibt es bei uns leider nicht.</p>", "no such page"),
        ("Страница не найдена", "<p>К сожалению, такой страницы на нашем сайте больше нет.</p>", "no such"),
        (
            "The Herald",
            "<p>We and our partners store cookies on your device to show you personalised ads.</p>"
            "<p>With your consent we may use precise data. You can change your privacy settings at any time.</p>",
            "consent",
        ),
        (
            "Le Héraut",
            "<p>Avec votre consentement, nos partenaires et nous utilisons des cookies pour afficher des annonces.</p>"
            "<p>Vous pouvez retirer votre consentement à tout moment dans notre politique de vie privée.</p>",
            "consent",
        ),
    ],
)
def test_a_page_that_is_no_article_is_refused_for_what_it_is(title: str, body: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        read_html(page(title, body))


def test_a_page_that_leads_on_names_where_it_leads() -> None:
    onward = "<meta http-equiv='refresh' content='0; url=https://herald.example/ferry'>"
    with pytest.raises(SourceError, match=r"herald\.example/ferry"):
        read_html(page("The Herald", "<p>You are being taken to the article that you asked for.</p>", onward))


@pytest.mark.parametrize(
    "sentence",
    [
        "The court held that the company may not set cookies without the consent of those who read its pages.",
        "A robot now checks whether you are a human, and the page was not found by anybody for a week.",
        "“Access denied” was what passengers read on the screens of the harbour for an hour.",
    ],
)
def test_an_article_about_such_a_matter_is_read(sentence: str) -> None:
    whole = f"<p>{sentence}</p>{STORY * 4}"
    assert sentence in read_html(page("A ruling on the web", whole)).text


def test_the_beginning_of_an_article_for_subscribers_is_kept_and_marked() -> None:
    call = "<div class='gate'><p>Subscribe to continue reading this article.</p></div>"
    document = read_html(page("Quay of Tidewick opens", STORY + call))
    assert document.title == "Quay of Tidewick opens (excerpt)"
    assert "a year later" in document.text
    assert document.remarks
    free = read_html(page("Quay of Tidewick opens", STORY))
    assert (free.title, free.remarks) == ("Quay of Tidewick opens", ())


def test_one_body_behind_several_links_of_a_feed_is_no_article_and_the_feeds_words_stay(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    wall = page("The Herald", f"<p>Here we ask you something in words that nobody has listed.</p>{STORY}").decode()
    for number in range(3):
        body = wall.replace("</main>", f"<p>Request {number}1{number}7</p></main>")
        httpserver.expect_request(f"/story/{number}").respond_with_data(body, content_type="text/html")
    own = page("Bridge", f"<p>The bridge is open.</p>{STORY}")
    httpserver.expect_request("/story/3").respond_with_data(own, content_type="text/html")
    items = "".join(
        f"<item><title>Story {n}</title><link>{httpserver.url_for(f'/story/{n}')}</link>"
        f"<description>The feed tells of story {n}.</description></item>"
        for n in range(4)
    )
    feed = f"<rss version='2.0'><channel><title>Herald</title>{items}</channel></rss>"
    httpserver.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml")
    found = list(read([httpserver.url_for("/feed")], allow_private=True))
    assert not [item for item in found if isinstance(item, Problem)]
    texts = [item.text for item in found if isinstance(item, Article)]
    assert texts[:3] == [f"The feed tells of story {n}." for n in range(3)]
    assert "The bridge is open." in texts[3]


def test_no_file_of_a_folder_is_lost_to_a_wall_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page("Page not found", "<p>There is nothing here that you could read today.</p>"))
    (tmp_path / "b.html").write_bytes(page("Quay of Tidewick opens", STORY))
    problem, article = read([tmp_path])
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)
