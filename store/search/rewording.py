"""Words that changed since the index was built, so that the next search knows them already.

Building anew takes seconds, and happens in the background; until then a changed word is expanded
when it is asked, instead of when entries are filed.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from store.search.concepts import Concepts, Phrase, phrases_of
from store.search.lexicon import Lexicon
from store.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Rewording:
    """What changed in the words of the field.

    Attributes:
        concepts: Of the terms that are new or other than before.
        names: For each of these concepts the ways to name it, in stems.
        dropped: Names that stand for nothing any more.
    """

    concepts: Concepts
    names: Mapping[str, tuple[Phrase, ...]]
    dropped: frozenset[Phrase]


def reworded(before: Vocabulary, after: Vocabulary, lexicon: Lexicon) -> Rewording | None:
    """Return what changed between two vocabularies; None when nothing did.

    Args:
        before: What the index was built with.
        after: What holds now.
        lexicon: Of the index.
    """
    known = set(before.searched)
    changed = Vocabulary(tuple(term for term in after.searched if term not in known))
    dropped = _names(before, lexicon) - _names(after, lexicon)
    if not changed.terms and not dropped:
        return None
    concepts = Concepts.build(changed, (), lexicon)
    names: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase, concept in concepts.phrases.items():
        names[concept].append(phrase)
    return Rewording(concepts, {key: tuple(found) for key, found in names.items()}, dropped)


def _names(vocabulary: Vocabulary, lexicon: Lexicon) -> frozenset[Phrase]:
    return frozenset(
        phrase
        for term in vocabulary.searched
        for name in (*term.names, *term.related)
        for phrase in phrases_of(name, lexicon)
    )
