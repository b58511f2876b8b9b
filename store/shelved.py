"""The index with its vocabulary and the revision that it shows: what `catalogue` keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from store.directory import Offering
from store.search.entry import Entry
from store.search.index import Index
from store.search.query import Match, Query, Results
from store.search.understanding import understand
from store.search.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True, slots=True)
class Shelved:
    """An index of the directory at one revision.

    Attributes:
        index: The index.
        vocabulary: The words of the field, with which it was built.
        revision: The revision of the directory that it shows.
    """

    index: Index
    vocabulary: Vocabulary
    revision: int

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
        return Shelved(changed, self.vocabulary, revision)

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


def build(offerings: Iterable[Offering], revision: int, vocabulary: Path) -> Shelved:
    """Return an index of these entries; 25,000 take a few seconds."""
    words = _vocabulary(vocabulary)
    version = f"{_version(vocabulary)}/{revision}"
    index = Index.build((one.entry for one in offerings), words, version)
    return Shelved(index, words, revision)


def load(path: Path, vocabulary: Path) -> Shelved | None:
    """Return the index in a file, or None when there is none made with this vocabulary."""
    index = Index.load(path)
    if index is None:
        return None
    version, _, revision = index.version.partition("/")
    if version != _version(vocabulary) or not revision.isdecimal():
        return None
    return Shelved(index, _vocabulary(vocabulary), int(revision))


@cache
def _vocabulary(path: Path) -> Vocabulary:
    with path.open(encoding="utf-8", newline="") as lines:
        return read_vocabulary(lines)


@cache
def _version(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]
