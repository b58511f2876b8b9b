"""The words of the field: what the seed says of them, and over it what stewards say.

A steward's word replaces the seed's, and a newer seed never replaces a steward's: only what
stewards changed lies in the database.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.audit import Audit
from store.days import day_of
from store.revisions import Revisions
from store.search.dutch import fold
from store.search.query import FacetName
from store.search.vocabulary import Sureness, Term, Vocabulary, read_vocabulary
from store.tables import TermRow

VOCABULARY = Path(__file__).parent / "seeds" / "vocabulary.csv"
"""The words of the field, with the facets that they ask for."""

REVISION = "vocabulary"
"""The counter that goes up with every word that a steward changes."""

_BY_A_STEWARD = "een beheerder van Brug"


class Glossary:
    """The part of the store that knows the words of the field."""

    def __init__(self, session: Session, audit: Audit, revisions: Revisions) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit
        self._revisions = revisions

    def revision(self) -> int:
        """Return how often stewards changed a word."""
        return self._revisions.of(REVISION)

    def vocabulary(self) -> Vocabulary:
        """Return every word that holds now."""
        changed = {row.key: row for row in self._session.scalars(select(TermRow))}
        seed = seed_terms()
        kept = [
            _term(changed[key], term) if key in changed else term
            for key, term in seed.items()
            if key not in changed or not changed[key].removed
        ]
        added = [
            _term(row)
            for key, row in sorted(changed.items())
            if key not in seed and not row.removed
        ]
        return Vocabulary((*kept, *added))

    def named(self, text: str) -> Term | None:
        """Return the term that has this name, its own name before its synonyms."""
        wanted = fold(text.strip())
        terms = self.vocabulary().terms
        own = next((term for term in terms if fold(term.term) == wanted), None)
        return own or next((t for t in terms if wanted in map(fold, t.synonyms)), None)

    def keep(self, term: Term, at: datetime, actor: str) -> None:
        """Let a term be what a steward says."""
        self._write(term, at, actor, removed=False)
        self._audit.note(at, actor, "term.change", f"term:{_key(term)}")

    def remove(self, term: Term, at: datetime, actor: str) -> None:
        """Let a term be no word of the field any more."""
        self._write(term, at, actor, removed=True)
        self._audit.note(at, actor, "term.remove", f"term:{_key(term)}")

    def _write(self, term: Term, at: datetime, actor: str, *, removed: bool) -> None:
        self._session.merge(
            TermRow(
                key=_key(term),
                term=term.term,
                synonyms=[name.replace(";", ",") for name in term.synonyms],
                related=[name.replace(";", ",") for name in term.related],
                facet=":".join(term.facet) if term.facet else "",
                meaning=term.meaning,
                removed=removed,
                changed_by=actor,
                changed_at=at,
            )
        )
        self._revisions.bump(REVISION)
        self._session.flush()


@cache
def seed_terms() -> Mapping[str, Term]:
    """Return the terms of the seed by their folded name."""
    with VOCABULARY.open(encoding="utf-8", newline="") as lines:
        return {_key(term): term for term in read_vocabulary(lines).terms}


def themes() -> tuple[str, ...]:
    """Return the slugs of the themes that the seed knows, in the order of the alphabet."""
    facets = {term.facet for term in seed_terms().values() if term.facet}
    return tuple(sorted(slug for name, slug in facets if name is FacetName.THEME))


def _key(term: Term) -> str:
    return fold(term.term)


def _term(row: TermRow, before: Term | None = None) -> Term:
    name, _, slug = row.facet.partition(":")
    said = Term(
        term=row.term,
        synonyms=tuple(row.synonyms),
        related=tuple(row.related),
        facet=(FacetName(name), slug) if slug else None,
        meaning=row.meaning,
        sure=Sureness.SEEN,
        source=_BY_A_STEWARD,
        as_of=day_of(row.changed_at).isoformat(),
    )
    return replace(said, kind=before.kind) if before else said
