"""Chinese, Japanese and Thai have sentences and words: stops of their own, and pairs of characters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Article
from ingest.chunk import chunk, sentences
from ingest.language.words import content_words, words
from vectorstore.indexes.analysis import analyse, query_terms
from vectorstore.store import Store

CHINESE = "市长说：“桥将在三月开放。”居民问道：为什么这么晚？工程师回答说钢材来得太迟了。费用是两千万元！"
JAPANESE = "市長は橋が三月に開通すると述べた。「遅すぎる。」と住民は話した。費用は二千万円になる。"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (CHINESE, "市长说：“桥将在三月开放。”|居民问道：为什么这么晚？|工程师回答说钢材来得太迟了。|费用是两千万元！"),
        (JAPANESE, "市長は橋が三月に開通すると述べた。|「遅すぎる。」|と住民は話した。|費用は二千万円になる。"),
        ("पुल मार्च में खुलेगा। लागत दो करोड़ है।", "पुल मार्च में खुलेगा।|लागत दो करोड़ है।"),
    ],
)
def test_a_sentence_ends_at_the_stop_of_its_script(text: str, parts: str) -> None:
    assert [span.of(text) for span in sentences(text)] == parts.split("|")


def test_thai_is_divided_at_spaces_and_no_clause_stands_alone() -> None:
    text = "นายกเทศมนตรีกล่าวว่าสะพานจะเปิดในเดือนมีนาคมปีหน้า ชาวบ้านถามว่าทำไมจึงช้า วิศวกรตอบว่าเหล็กมาช้ากว่ากำหนดหลายเดือน"
    found = [span.of(text) for span in sentences(text)]
    assert 2 <= len(found) <= 3
    assert "".join(found).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="市长说。！？”“」 \n桥a.1", max_size=80).filter(lambda text: any(map(str.isalnum, text))))
def test_chunks_partition_any_such_text(text: str) -> None:
    article = Article(text=text)
    assert "".join(part.span.of(article.text) for part in chunk(article)) == article.text


def test_two_texts_share_the_pairs_of_the_words_that_they_share() -> None:
    assert {"桥梁", "费用"} <= set(content_words("桥梁的费用是多少？")) & set(words("新桥梁的费用是两千万元。"))
    assert "多少" not in content_words("桥梁的费用是多少？")


def test_japanese_grammar_is_no_word_that_tells() -> None:
    assert not any(all("ぁ" <= char <= "ゟ" for char in word) for word in content_words("橋はいつ開通しますか"))


def test_the_index_has_the_pairs_beside_the_characters_and_english_as_before() -> None:
    assert set(query_terms("费用")) <= set(analyse("新桥的费用"))
    assert set(query_terms("用")) <= set(analyse("新桥的费用"))
    assert not set(query_terms("用费")) <= set(analyse("新桥的费用"))
    assert analyse("The ferries’ fares rose") == ["the", "ferri", "fare", "rose"]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [(CHINESE, "费用是多少？", "费用是两千万元！"), (JAPANESE, "橋の費用はいくらですか？", "費用は二千万円になる。")],
)
def test_a_question_in_that_script_finds_the_passage(tmp_path: Path, text: str, question: str, answer: str) -> None:
    store = Store.open(tmp_path / "store")
    others = [Article(id=f"o{n}", text=f"{'港口的船只今天没有出发。' * 3}第{n}天。") for n in range(5)]
    store.add([*others, Article(id="bridge", text=text)])
    best = store.search(question)[0]
    assert best.article_id == "bridge"
    assert answer in best.text
