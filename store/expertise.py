"""Who knows something of what: only people who declared that themselves (F10)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.people import person_of
from store.privacy import SafeText
from store.records import Person, Region, Side
from store.tables import ExpertiseRow, PersonRow
from store.upsert import insert_or_ignore


class ExpertRole(StrEnum):
    """What somebody does who declares what they know: a closed list, so no free text."""

    COORDINATOR_YOUTH_CARE = "coordinator-jeugdhulp"
    COORDINATOR_EDUCATION = "coordinator-onderwijs"
    YOUTH_CARE = "jeugdhulp"
    PROVIDER = "aanbieder"
    MENTAL_HEALTH = "ggz"
    CLB = "clb"
    SCHOOL = "school"
    LEARNING_SUPPORT = "leersteun"
    LOCAL = "lokaal"

    @property
    def side(self) -> Side:
        """The side of the tandem that they know from inside."""
        return Side.YOUTH_CARE if self in _WELFARE else Side.AGAINST_DROPOUT


_WELFARE = frozenset(
    {
        ExpertRole.COORDINATOR_YOUTH_CARE,
        ExpertRole.YOUTH_CARE,
        ExpertRole.PROVIDER,
        ExpertRole.MENTAL_HEALTH,
    }
)


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who says what they know something of.

    Attributes:
        actor: Who: "person:3" or "slack:T1:U2"; also where letters go.
        person: Who that is, when Brug knows them by name; else None.
        email: Their professional address, shown with their consent; empty for none.
        role: What they do.
        region: Where they work.
        language: In which language to write to them.
        themes: What they know of, with the moment at which they said so (UTC).
    """

    actor: str
    person: Person | None
    email: str
    role: ExpertRole
    region: Region
    language: str
    themes: Mapping[str, datetime]


class Expertise:
    """The part of the store that knows who knows what."""

    def __init__(self, session: Session, audit: Audit) -> None:
        """Read and write through this session."""
        self._session = session
        self._audit = audit

    def declare(self, expert: Expert, themes: Sequence[SafeText], at: datetime) -> int:
        """Write down that somebody knows something of these themes.

        Args:
            expert: Who; what they said of themselves now holds for all their themes.
            themes: What: words of the vocabulary, or words of their own.
            at: When (UTC).

        Returns:
            How many themes were new.
        """
        said = {
            "email": expert.email,
            "role": expert.role.value,
            "region": expert.region.value,
            "language": expert.language,
        }
        new = 0
        for theme in themes:
            if insert_or_ignore(
                self._session,
                ExpertiseRow,
                actor=expert.actor,
                theme=theme,
                person_id=expert.person.id if expert.person else None,
                declared_at=at,
                **said,
            ):
                new += 1
        self._session.execute(
            update(ExpertiseRow).where(ExpertiseRow.actor == expert.actor).values(**said)
        )
        if new:
            self._audit.note(at, expert.actor, "expert.declare", f"themes:{new}")
        return new

    def end(self, actor: str, at: datetime) -> int:
        """Take somebody off the list: nothing of it stays.

        Returns:
            How many themes they had declared.
        """
        gone = self._session.scalars(
            delete(ExpertiseRow).where(ExpertiseRow.actor == actor).returning(ExpertiseRow.id)
        ).all()
        if gone:
            self._audit.note(at, actor, "expert.end", f"themes:{len(gone)}")
        return len(gone)

    def of(self, actor: str) -> Expert | None:
        """Return what somebody declared; None when they declared nothing."""
        return next(iter(self._read(ExpertiseRow.actor == actor)), None)

    def who_know(self, themes: Collection[str]) -> Sequence[Expert]:
        """Return who declared any of these themes, each with those of them that they declared.

        Who knows more of them comes first; among these, who said so last.
        """
        found = self._read(ExpertiseRow.theme.in_(themes))
        return sorted(
            found, key=lambda one: (-len(one.themes), -max(one.themes.values()).timestamp())
        )

    def themes(self) -> Mapping[str, int]:
        """Return every theme that somebody declared, with how many people did."""
        query = (
            select(ExpertiseRow.theme, func.count().label("total"))
            .group_by(ExpertiseRow.theme)
            .order_by(ExpertiseRow.theme)
        )
        return {row.theme: row.total for row in self._session.execute(query)}

    def _read(self, *conditions: object) -> Sequence[Expert]:
        query = (
            select(ExpertiseRow, PersonRow)
            .outerjoin(PersonRow, PersonRow.id == ExpertiseRow.person_id)
            .where(*conditions)  # pyright: ignore[reportArgumentType]
            .order_by(ExpertiseRow.actor, ExpertiseRow.id)
        )
        rows: dict[str, list[tuple[ExpertiseRow, PersonRow | None]]] = {}
        for row, person in self._session.execute(query):
            rows.setdefault(row.actor, []).append((row, person))
        return [
            Expert(
                actor=actor,
                person=person_of(theirs[0][1]) if theirs[0][1] else None,
                email=theirs[0][0].email,
                role=ExpertRole(theirs[0][0].role),
                region=Region(theirs[0][0].region),
                language=theirs[0][0].language,
                themes={row.theme: row.declared_at for row, _ in theirs},
            )
            for actor, theirs in rows.items()
        ]
