"""In which language somebody is answered, and written to."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from store.audit import Audit
from store.memory import Recall
from store.tables import LanguageRow
from store.upsert import insert_or_ignore


class Languages:
    """The part of the store that knows who reads which language."""

    def __init__(self, session: Session, audit: Audit, recall: Recall) -> None:
        """Read and write through this session, and remember what was chosen."""
        self._session = session
        self._audit = audit
        self._recall = recall

    def chosen(self, actor: str) -> str:
        """Return the language that somebody chose: nl, fr or en; empty when they never did."""
        if self._recall.remembers:
            return self._recall.of("languages", self._every_choice).get(actor, "")
        row = self._session.get(LanguageRow, actor)
        return row.language if row and row.chosen else ""

    def of(self, actor: str, otherwise: str = "nl") -> str:
        """Return the language to write to somebody in, when they are not there to ask.

        Args:
            actor: Who.
            otherwise: What it is when they never chose, and their platform said nothing.
        """
        row = self._session.get(LanguageRow, actor)
        return row.language if row else otherwise

    def known(self, actors: Collection[str]) -> bool:
        """Return whether the language of any of these is kept, chosen or not (access, F72)."""
        query = select(LanguageRow.actor).where(LanguageRow.actor.in_(actors)).limit(1)
        return self._session.scalar(query) is not None

    def choose(self, actor: str, language: str, at: datetime) -> None:
        """Keep somebody's choice."""
        self._keep(actor, language, at, chosen=True)
        self._audit.note(at, actor, "reader.choose", f"language:{language}")

    def notice(self, actor: str, language: str, at: datetime) -> None:
        """Keep what somebody's platform says; what they chose themselves stays."""
        row = self._session.get(LanguageRow, actor)
        if row is None or (not row.chosen and row.language != language):
            self._keep(actor, language, at, chosen=False)

    def forget(self, actor: str) -> None:
        """Forget which language somebody reads."""
        self._session.execute(delete(LanguageRow).where(LanguageRow.actor == actor))

    def _every_choice(self) -> Mapping[str, str]:
        query = select(LanguageRow.actor, LanguageRow.language).where(LanguageRow.chosen)
        return {row.actor: row.language for row in self._session.execute(query)}

    def _keep(self, actor: str, language: str, at: datetime, *, chosen: bool) -> None:
        said = {"language": language, "chosen": chosen, "at": at}
        if not insert_or_ignore(self._session, LanguageRow, actor=actor, **said):
            where = LanguageRow.actor == actor
            self._session.execute(update(LanguageRow).where(where).values(**said))
