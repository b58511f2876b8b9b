"""Keep a shelf in a file, so that a start takes no rebuild.

The file is NumPy's .npz: plain arrays in an uncompressed zip with a checksum for each. Nothing in
it is ever unpickled. What does not fit, for whatever reason, counts as no file at all.
"""

import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.search.concepts import Concepts
from store.search.lexicon import Lexicon
from store.search.shelf import FIELDS, Facts, Postings, Shelf, Texts
from store.search.spelling import Spelling

FORMAT = 3
"""Raised by whoever changes what is in the file, or how words are folded, stemmed or split."""

_Array = NDArray[Any]
_UNUSABLE = (
    OSError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,  # a single array instead of an archive
    EOFError,
    MemoryError,
    NotImplementedError,  # a flag or a compression in a mangled zip header
    RuntimeError,  # a mangled header that says "encrypted"
    zipfile.BadZipFile,
    zlib.error,
)


def save(path: Path, shelf: Shelf, version: str) -> None:
    """Write a shelf to `path`: to a file beside it first, which then takes its place.

    Raises:
        OSError: The file cannot be written; what was at `path` is still there.
    """
    arrays = _arrays(shelf, version)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path, version: str | None) -> tuple[Shelf, str] | None:
    """Return the shelf at `path` and its version, or None when there is none of that version."""
    try:
        # Opened here, because np.load leaves a file that is no archive open.
        with path.open("rb") as handle, np.load(handle, allow_pickle=False) as file:
            head = json.loads(_text(file["head"]))
            if head["format"] != FORMAT or version not in {None, head["version"]}:
                return None
            shelf = _shelf({name: file[name] for name in file.files}, head)
            return (shelf, str(head["version"])) if _whole(shelf) else None
    except _UNUSABLE:
        return None


def _arrays(shelf: Shelf, version: str) -> dict[str, _Array]:
    head = {
        "format": FORMAT,
        "version": version,
        "places": sorted(shelf.lexicon.places),
        "parts": dict(shelf.lexicon.parts),
        "phrases": [[list(phrase), key] for phrase, key in shelf.concepts.phrases.items()],
        "related": {key: list(near) for key, near in shelf.concepts.related.items()},
        "keys": shelf.postings.names,
        "facets": shelf.facets.names,
    }
    arrays: dict[str, _Array] = {
        "head": _bytes(json.dumps(head)),
        "words": _bytes("\n".join(shelf.words)),
        "sounds": _bytes("\n".join(shelf.spelling.sounds)),
        "texts": np.frombuffer(shelf.texts.characters, np.uint8),
        "text_offsets": shelf.texts.offsets,
        "word_keys": shelf.word_keys,
        "word_frequency": shelf.word_frequency,
        "spelled": shelf.spelled,
        "boost": shelf.spelling.boost,
        "filed": shelf.spelling.filed,
        "buckets": shelf.spelling.buckets,
        "average_lengths": shelf.average_lengths,
        "facet_offsets": shelf.facets.offsets,
        "facet_positions": shelf.facets.positions,
        "offsets": shelf.postings.offsets,
        "positions": shelf.postings.positions,
        "impacts": shelf.postings.impacts,
    }
    return arrays | {f"fact_{name}": fact for name, fact in shelf.facts._asdict().items()}


def _shelf(arrays: Mapping[str, _Array], head: Mapping[str, Any]) -> Shelf:
    words = _text(arrays["words"]).split("\n") if len(arrays["words"]) else []
    sounds = _text(arrays["sounds"]).split("\n") if len(arrays["sounds"]) else []
    spelled, frequency = arrays["spelled"], arrays["word_frequency"]
    none = np.empty(0, np.uint8)
    return Shelf.of(
        facts=Facts(*(arrays[f"fact_{name}"] for name in Facts._fields)),
        words=words,
        word_keys=arrays["word_keys"],
        word_frequency=frequency,
        postings=Postings(head["keys"], arrays["offsets"], arrays["positions"], arrays["impacts"]),
        facets=Postings(head["facets"], arrays["facet_offsets"], arrays["facet_positions"], none),
        texts=Texts(arrays["texts"].tobytes(), arrays["text_offsets"]),
        spelling=Spelling.of(
            [words[i] for i in spelled.tolist()],
            sounds,
            frequency[spelled],
            arrays["boost"],
            (arrays["filed"], arrays["buckets"]),
        ),
        spelled=spelled,
        lexicon=Lexicon(frozenset(head["places"]), head["parts"]),
        concepts=_concepts(head),
        average_lengths=arrays["average_lengths"],
    )


def _concepts(head: Mapping[str, Any]) -> Concepts:
    phrases = {tuple(phrase): key for phrase, key in head["phrases"]}
    related = {key: tuple(near) for key, near in head["related"].items()}
    return Concepts.of(phrases, related)


def _whole(shelf: Shelf) -> bool:
    """Return whether the parts fit together: no position points outside."""
    entries, words = len(shelf), len(shelf.words)
    spelling, postings, facets = shelf.spelling, shelf.postings, shelf.facets
    return (
        all(len(fact) == entries for fact in shelf.facts)
        and len(shelf.word_keys) == len(shelf.word_frequency) == words
        and len(spelling.words) == len(spelling.sounds) == len(spelling.boost)
        and len(shelf.texts.offsets) == entries + 1
        and len(shelf.average_lengths) == len(FIELDS)
        and len(postings.impacts) == len(postings.positions) == postings.offsets[-1]
        and len(facets.positions) == facets.offsets[-1]
        and len(postings.offsets) == len(postings.names) + 1
        and len(facets.offsets) == len(facets.names) + 1
        and len(spelling.filed) == spelling.buckets[-1]
        and _below(postings.positions, entries)
        and _below(facets.positions, entries)
        and _below(shelf.word_keys, len(postings.names))
        and _below(spelling.filed, len(spelling.words))
        and shelf.texts.offsets[-1] == len(shelf.texts.characters)
    )


def _below(positions: _Array, bound: int) -> bool:
    return not len(positions) or bool(positions.min() >= 0 and positions.max() < bound)


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def _text(array: _Array) -> str:
    return array.tobytes().decode()
