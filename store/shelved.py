"""The index with its vocabulary and the revisions that it shows: what `catalogue` keeps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from store.directory import Offering
from store.search.entry import Entry
from store.search.index import Index
from store.search.query import Match, Query, Results
from store.search.understanding import understand
from store.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Shelved:
    """An index of the directory at one revision.

    Attributes:
        index: The index.
        vocabulary: The words of the field, as they are now.
        revision: The revision of the directory that it shows.
        words: The version of the vocabulary that it knows.
        built_with: The words of the field with which the index was built.
    """

    index: Index
    vocabulary: Vocabulary
    revision: int
    words: str
    built_with: Vocabulary

    def understand(self, text: str, taken: Iterable[tuple[int, int]] = ()) -> Query:
        """Return a question as a query; `taken` are stretches that mean something else."""
        return understand(text, self.vocabulary, taken).query()

    def search(self, query: Query, limit: int, offset: int = 0) -> Results:
        """Return a page of what was found, best first."""
        return self.index.search(query, limit, offset)

    def count(self, query: Query) -> int:
        """Return how many entries are found."""
        return self.index.count(query)

    def is_called(self, said: str) -> bool:
        """Return whether an entry, its organisation or its place is called so."""
        return self.index.is_called(said)

    def explain(self, query: Query, entry: Entry) -> tuple[Match, ...]:
        """Return which words of the question met which words of an entry."""
        return self.index.explain(query, entry)

    def refreshed(self, offerings: Iterable[Offering], revision: int) -> "Shelved":
        """Return one that knows these changes too."""
        changed = self.index.with_changes(one.entry for one in offerings)
        return replace(self, index=changed, revision=revision)

    def reworded(self, vocabulary: Vocabulary, words: str) -> "Shelved":
        """Return one that knows these words."""
        index = self.index.with_words(self.built_with, vocabulary)
        return replace(self, index=index, vocabulary=vocabulary, words=words)

    def save(self, path: Path) -> None:
        """Write it to a file.

        Raises:
            OSError: It cannot be written.
        """
        self.index.save(path)

    @property
    def worn(self) -> bool:
        """Whether it is time to build a new one."""
        return self.index.worn


def build(
    offerings: Iterable[Offering], revision: int, vocabulary: Vocabulary, words: str
) -> Shelved:
    """Return an index of these entries; 25,000 take a few seconds."""
    index = Index.build((one.entry for one in offerings), vocabulary, f"{words}/{revision}")
    return Shelved(index, vocabulary, revision, words, vocabulary)


def load(path: Path, vocabulary: Vocabulary, words: str) -> Shelved | None:
    """Return the index in a file, or None when there is none made with these words."""
    index = Index.load(path)
    if index is None:
        return None
    version, _, revision = index.version.partition("/")
    if version != words or not revision.isdecimal():
        return None
    return Shelved(index, vocabulary, int(revision), words, vocabulary)
