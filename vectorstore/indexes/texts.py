"""How the BM25 index follows the archive."""

from __future__ import annotations

from vectorstore.archive import queries as reading
from vectorstore.archive.database import IndexRecord
from vectorstore.errors import IndexUnavailable
from vectorstore.indexes.analysis import ANALYSIS
from vectorstore.indexes.base import TextArticle
from vectorstore.indexes.bm25 import LexicalIndex
from vectorstore.indexes.follower import Follower


class TextFollower(Follower):
    """The BM25 index of an archive; see :mod:`vectorstore.indexes.following`. ``watermark`` is what is open here."""

    index: LexicalIndex
    watermark = 0

    def open(self, writable: bool) -> None:
        """Open the index, or build it anew."""
        record = self.active()
        if record is None:
            reason = "the store has no lexical index yet"
        elif record.fingerprint != ANALYSIS:
            reason = "the lexical index is of another version"
        else:
            try:
                self.index = LexicalIndex.open(self.folder / record.name)
            except IndexUnavailable as error:
                reason = error.what
            else:
                self.name, self.watermark = record.name, record.watermark
                return
        self.say_rebuilding(reason, writable)
        self._rebuild()

    def check(self) -> None:
        """Build the index anew where it does not hold what the archive holds."""
        passages, articles = reading.counts(self.archive)[1], set(reading.article_rows(self.archive))
        if self.index.passage_count != passages or self.index.article_keys() != articles:
            self.report("the lexical index does not hold what the archive holds; building it from the archive")
            self.index.close()
            self._rebuild()

    def behind(self) -> bool:
        """Whether another process has written to the index since it was opened here."""
        record = self.active()
        return record is not None and record.watermark != self.watermark

    def refresh(self) -> None:
        """Take the index as it stands on disk."""
        old = self.index
        self.open(writable=False)
        old.close()

    def follow(self) -> None:
        """Bring the index up to the archive's last change."""
        record = self.active()
        if record is None or record.name != self.name:
            return
        out, into, head = self.archive.changes_after(record.watermark)
        if head != record.watermark:
            try:
                self._apply(self.index, list(out), into)
            except IndexUnavailable as error:
                # A process that was killed while it committed may leave a file that stands in every later commit's way.
                self.report(f"{error.what}; building it from the archive")
                broken = self.index
                self._rebuild()
                broken.close()
                return
            self.archive.advance_index(record.name, head, dirty=False)
        self.watermark = head

    def build(self) -> tuple[IndexRecord, LexicalIndex]:
        """Build the index anew, beside the one in use."""
        record = self.new_record(ANALYSIS)
        index = LexicalIndex.open(self.folder / record.name)
        try:
            self._apply(index, [], reading.article_rows(self.archive))
        except BaseException:
            index.close()
            raise
        return record, index

    def _rebuild(self) -> None:
        record, self.index = self.build()
        self.archive.activate_indexes([record.name])
        self.name, self.watermark = record.name, record.watermark

    def _apply(self, index: LexicalIndex, out: list[int], into: list[int]) -> None:
        articles = (
            TextArticle(key=a.row, title=a.title, source=a.source, day=a.day, passages=a.passages)
            for a in reading.articles_for_index(self.archive, into)
        )
        index.apply(remove_articles=out, add=articles)
