"""Insert a row unless its key is there already: the same words for both databases."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.tables import Row


def insert_or_ignore(session: Session, table: type[Row], **values: object) -> bool:
    """Insert a row unless one with its primary key is there already.

    Two replicas may insert the same row at the same moment: the database keeps one.

    Returns:
        Whether this call was the one that wrote it.
    """
    of_postgresql = session.get_bind().dialect.name == "postgresql"
    insert = postgresql.insert if of_postgresql else sqlite.insert
    primary_key = list(table.__table__.primary_key)
    written = session.execute(
        insert(table).values(**values).on_conflict_do_nothing().returning(*primary_key)
    )
    return written.first() is not None
