"""Insert a row unless its key is there already: the same words for both databases."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.orm import Session

from store.tables import Row


def insert_or_ignore(session: Session, table: type[Row], **values: object) -> bool:
    """Insert a row unless one with its primary key is there already.

    Two replicas may insert the same row at the same moment: the database keeps one.

    Returns:
        Whether this call was the one that wrote it.
    """
    statement = _statement(table, tuple(values))
    # Words of our own name no table that a session could notice (`store.memory`).
    options = {"table": table.__tablename__}
    return session.execute(statement, values, execution_options=options).first() is not None


@cache
def _statement(table: type[Row], columns: tuple[str, ...]) -> TextClause:
    # SQLAlchemy has this per database only, and importing both costs a start 0.03 s.
    of = table.__table__
    keys = _names(column.name for column in of.primary_key)
    binds = ", ".join(f":{name}" for name in columns)
    return text(
        f'INSERT INTO "{table.__tablename__}" ({_names(columns)}) VALUES ({binds}) '  # noqa: S608 - names of our own tables and columns
        f"ON CONFLICT DO NOTHING RETURNING {keys}"
    ).bindparams(*(bindparam(name, type_=of.c[name].type) for name in columns))


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
