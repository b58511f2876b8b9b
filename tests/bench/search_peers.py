"""The programs that the search is measured against, each at its best sensible settings.

Every peer sees the same fields, the same stop words and the same facet. What is not installed is
left out, with a line that says so.
"""

import importlib
import importlib.util
import json
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from store.search.dutch import STOP, WORD, fold
from store.search.entry import Entry

NODE_MODULES = Path(__file__).parents[1] / "peers" / "node_modules"
BRUTE_FORCE_LIMIT = 1_000
"""Entries up to which peers that compare everything with everything are measured."""

Answer = list[int]


class Engine(Protocol):
    """What is measured: something that answers a text, within a region or everywhere."""

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        """Return ids, best first."""
        ...


Builder = Callable[[Sequence[Entry]], Engine]


def tokens(text: str) -> list[str]:
    """Return the folded words of a text without stop words, or all when only those are there."""
    every = WORD.findall(fold(text))
    return [word for word in every if word not in STOP and len(word) > 1] or every


def _tags(entry: Entry) -> str:
    return " . ".join(entry.tags)


def _region(entry: Entry) -> str:
    return entry.regions[0] if entry.regions else ""


def _place(entry: Entry) -> str:
    return " ".join(entry.locations)


def _short(entry: Entry) -> str:
    return fold(f"{entry.name} {' '.join(entry.tags)} {_place(entry)} {entry.organisation}")


class RapidFuzzBruteForce:
    """token_set_ratio over name, tags, place and organisation of every entry."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._texts = [_short(entry) for entry in entries]
        self._regions = np.array([_region(entry) for entry in entries])

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        alike = process.cdist(
            [" ".join(tokens(text))],
            self._texts,
            scorer=fuzz.token_set_ratio,
            score_cutoff=60,
            dtype=np.float32,
        )[0]
        if region:
            alike = alike * (self._regions == region)
        return _best(alike, limit)


def _best(scores: NDArray[np.float32], limit: int) -> Answer:
    order = np.argsort(-scores, kind="stable")[:limit]
    return [int(i) for i in order if scores[i] > 0]


class SqliteFts5:
    """FTS5 with BM25 and a weight for each column; by words and prefixes, or by trigrams."""

    def __init__(self, entries: Sequence[Entry], *, trigrams: bool) -> None:
        self._trigrams = trigrams
        self._database = sqlite3.connect(":memory:")
        how = (
            "tokenize='trigram'"
            if trigrams
            else ("tokenize='unicode61 remove_diacritics 2', prefix='3 4 5'")
        )
        self._database.execute(
            "CREATE VIRTUAL TABLE f USING fts5(name, organisation, tags, place, description, "
            f"region UNINDEXED, {how})"
        )
        clean = fold if trigrams else str
        self._database.executemany(
            "INSERT INTO f(rowid, name, organisation, tags, place, description, region) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    entry.id,
                    clean(entry.name),
                    clean(entry.organisation),
                    clean(_tags(entry)),
                    clean(_place(entry)),
                    clean(entry.description),
                    _region(entry),
                )
                for entry in entries
            ),
        )
        self._database.execute("INSERT INTO f(f) VALUES ('optimize')")

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        words = tokens(text)
        if self._trigrams:
            pieces = dict.fromkeys(word[i : i + 3] for word in words for i in range(len(word) - 2))
            sought = " OR ".join(f'"{piece}"' for piece in pieces)
        else:
            sought = " OR ".join(
                f'"{word}" OR "{word}"*' if len(word) > 2 else f'"{word}"' for word in words
            )
        if not sought:
            return []
        within = "AND region = ?" if region else ""
        rows = self._database.execute(
            f"SELECT rowid FROM f WHERE f MATCH ? {within} "  # noqa: S608 - a constant of ours
            "ORDER BY bm25(f, 8, 5, 5, 6, 1) LIMIT ?",
            [sought, *([region] if region else []), limit],
        )
        return [row[0] for row in rows]


class Tantivy:
    """Dutch stems with a weight for each field, fuzzy words, a prefix for the last word."""

    _WEIGHTS = (
        ("name", 4.0),
        ("organisation", 3.0),
        ("tags", 3.0),
        ("place", 4.0),
        ("description", 0.7),
    )

    def __init__(self, entries: Sequence[Entry], *, compounds: bool) -> None:
        self._t: Any = importlib.import_module("tantivy")
        schema = self._t.SchemaBuilder()
        schema.add_integer_field("id", stored=True, indexed=True)
        for field, _ in self._WEIGHTS:
            schema.add_text_field(field, tokenizer_name="dutch")
        for field in ("short", "long"):
            schema.add_text_field(field, tokenizer_name="plain")
        schema.add_text_field("region", tokenizer_name="raw")
        self._schema = schema.build()
        index = self._t.Index(self._schema)
        self._analyzer = self._stemming(entries, compounds=compounds)
        index.register_tokenizer("dutch", self._analyzer)
        index.register_tokenizer("plain", self._plain().build())
        writer = index.writer(256_000_000, 1)
        for entry in entries:
            writer.add_document(
                self._t.Document(
                    id=entry.id,
                    name=entry.name,
                    organisation=entry.organisation,
                    tags=_tags(entry),
                    place=_place(entry),
                    description=entry.description,
                    short=_short(entry),
                    long=entry.description,
                    region=_region(entry),
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def _plain(self) -> Any:  # noqa: ANN401 - a peer's own type
        builder = self._t.TextAnalyzerBuilder(self._t.Tokenizer.simple())
        return builder.filter(self._t.Filter.lowercase()).filter(self._t.Filter.ascii_fold())

    def _stemming(self, entries: Sequence[Entry], *, compounds: bool) -> Any:  # noqa: ANN401 - a peer's own type
        analyzer = self._plain()
        if compounds:
            counted = Counter(
                word
                for entry in entries
                for word in tokens(f"{entry.name} {entry.description} {_tags(entry)}")
                if 4 <= len(word) <= 12
            )
            least = max(5, len(entries) // 2_000)
            parts = [word for word, count in counted.items() if count >= least]
            analyzer = analyzer.filter(self._t.Filter.split_compound(parts))
        return analyzer.filter(self._t.Filter.stemmer("dutch")).build()

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        words = tokens(text)
        clauses = [
            clause
            for i, word in enumerate(words)
            for clause in self._word(word, last=i == len(words) - 1)
        ]
        if not clauses:
            return []
        make, must = self._t.Query, self._t.Occur.Must
        query = make.boolean_query(clauses)
        if region:
            within = make.boost_query(make.term_query(self._schema, "region", region), 1e-6)
            query = make.boolean_query([(must, query), (must, within)])
        hits = self._searcher.search(query, limit).hits
        return [self._searcher.doc(address)["id"][0] for _, address in hits]

    def _word(self, word: str, *, last: bool) -> list[Any]:
        make, should = self._t.Query, self._t.Occur.Should
        stems = self._analyzer.analyze(word)
        parts = [
            make.disjunction_max_query(
                [
                    make.boost_query(make.term_query(self._schema, field, stem), weight)
                    for field, weight in self._WEIGHTS
                ],
                0.1,
            )
            for stem in stems
        ]
        distance = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
        ways = parts[:1]
        if distance:
            # The scores of fuzzy terms are constant: small when the word is known.
            doc_freq = self._searcher.doc_freq
            known = doc_freq("short", word) + doc_freq("long", word) > 0
            for field, edits, weight in (
                ("short", distance, 0.3 if known else 25.0),
                ("long", 1, 0.05 if known else 8.0),
            ):
                near = make.fuzzy_term_query(
                    self._schema, field, word, distance=edits, transposition_cost_one=True
                )
                ways.append(make.boost_query(near, weight))
            if last:
                begun = make.fuzzy_term_query(self._schema, "short", word, distance=0, prefix=True)
                ways.append(make.boost_query(begun, 1.0 if known else 25.0))
        first = [(should, make.disjunction_max_query(ways, 0.1))] if ways else []
        return first + [(should, part) for part in parts[1:]]


class Bm25s:
    """BM25 over Dutch stems, or over trigrams and stems; fields weigh by repetition."""

    def __init__(self, entries: Sequence[Entry], *, trigrams: bool) -> None:
        bm25s: Any = importlib.import_module("bm25s")
        snowball: Any = importlib.import_module("snowballstemmer")
        stem: Callable[[str], str] = snowball.stemmer("dutch").stemWord
        self._stem = lru_cache(maxsize=None)(stem)
        self._trigrams = trigrams
        self._vocabulary: dict[str, int] = {}
        ids = [
            [
                self._vocabulary.setdefault(piece, len(self._vocabulary))
                for piece in self._pieces(
                    f"{entry.name} {entry.name} {entry.organisation} {_tags(entry)} "
                    f"{_place(entry)} {_place(entry)} {entry.description}"
                )
            ]
            for entry in entries
        ]
        self._engine = bm25s.BM25(method="lucene", k1=1.2, b=0.6)
        self._engine.index((ids, self._vocabulary), show_progress=False)
        self._regions = np.array([_region(entry) for entry in entries])

    def _pieces(self, text: str) -> list[str]:
        words = tokens(text)
        stems = [self._stem(word) for word in words]
        if not self._trigrams:
            return stems
        edged = [f"_{word}_" for word in words]
        return [word[i : i + 3] for word in edged for i in range(len(word) - 2)] + [
            f"={stem}" for stem in stems
        ]

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        known = [
            self._vocabulary[piece]
            for piece in dict.fromkeys(self._pieces(text))
            if piece in self._vocabulary
        ]
        if not known:
            return []
        scores = self._engine.get_scores_from_ids(known)
        return _best(scores * (self._regions == region) if region else scores, limit)


class PostgresTrigrams:
    """pg_trgm's word_similarity over name, tags, place and organisation."""

    def __init__(self, entries: Sequence[Entry], url: str) -> None:
        psycopg: Any = importlib.import_module("psycopg")
        self._connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        run = self._connection.execute
        run("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        run("CREATE TEMP TABLE bench (id int PRIMARY KEY, region text, short text)")
        with self._connection.cursor().copy("COPY bench FROM STDIN") as copy:
            for entry in entries:
                copy.write_row((entry.id, _region(entry), _short(entry)))
        run("CREATE INDEX ON bench USING gin (short gin_trgm_ops)")
        run("ANALYZE bench")
        run("SET pg_trgm.word_similarity_threshold = 0.35")

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        words = " ".join(tokens(text))
        rows = self._connection.execute(
            "SELECT id FROM bench WHERE %s <%% short AND (%s::text IS NULL OR region = %s) "
            "ORDER BY word_similarity(%s, short) DESC LIMIT %s",
            (words, region, region, words, limit),
        )
        return [row[0] for row in rows]


class Node:
    """MiniSearch or Fuse.js in a Node of their own, spoken to in lines of JSON."""

    def __init__(self, entries: Sequence[Entry], *, library: str) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(
                [
                    {
                        "id": entry.id,
                        "name": entry.name,
                        "organisation": entry.organisation,
                        "tags": _tags(entry),
                        "place": _place(entry),
                        "description": entry.description,
                        "region": _region(entry),
                    }
                    for entry in entries
                ],
                file,
            )
            file.flush()
            script = Path(__file__).with_name("search_node.mjs")
            self._process = subprocess.Popen(
                ["node", str(script), library, file.name, str(NODE_MODULES)],  # noqa: S607
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self._read()  # it says when it has built

    def _read(self) -> Answer:
        if self._process.stdout is None:
            raise OSError
        return json.loads(self._process.stdout.readline())

    def search(self, text: str, region: str | None, limit: int) -> Answer:
        if self._process.stdin is None:
            raise OSError
        request = {"text": " ".join(tokens(text)), "region": region, "limit": limit}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return self._read()


def peers(count: int, postgresql: str = "") -> tuple[dict[str, Builder], list[str]]:
    """Return the peers that can be measured with `count` entries, and why others cannot.

    Args:
        count: How many entries.
        postgresql: The URL of a database of PostgreSQL; empty for none.
    """
    found: dict[str, Builder] = {
        "SQLite FTS5 unicode61": lambda entries: SqliteFts5(entries, trigrams=False),
        "SQLite FTS5 trigram": lambda entries: SqliteFts5(entries, trigrams=True),
    }
    absent: list[str] = []
    if importlib.util.find_spec("tantivy"):
        found["tantivy"] = lambda entries: Tantivy(entries, compounds=False)
        found["tantivy + compounds"] = lambda entries: Tantivy(entries, compounds=True)
    else:
        absent.append("tantivy is not installed (dependency group bench)")
    if importlib.util.find_spec("bm25s"):
        found["bm25s"] = lambda entries: Bm25s(entries, trigrams=False)
        found["bm25s trigrams"] = lambda entries: Bm25s(entries, trigrams=True)
    else:
        absent.append("bm25s is not installed (dependency group bench)")
    if postgresql:
        found["PostgreSQL pg_trgm"] = lambda entries: PostgresTrigrams(entries, postgresql)
    else:
        absent.append("PostgreSQL pg_trgm: there is no PostgreSQL on this machine")
    small = count <= BRUTE_FORCE_LIMIT
    for library, wanted in (("minisearch", True), ("fuse.js", small)):
        if not (NODE_MODULES / library).is_dir():
            absent.append(f"{library} is not in tests/peers/node_modules")
        elif wanted:
            found[library] = lambda entries, library=library: Node(entries, library=library)
    if small:
        found["RapidFuzz brute force"] = RapidFuzzBruteForce
    else:
        absent.append(f"brute force is measured up to {BRUTE_FORCE_LIMIT} entries only")
    return found, absent
