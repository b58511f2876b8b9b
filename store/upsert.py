"""Insert a row unless its key is there already, or over it: the same words for both databases."""

from collections.abc import Iterable, Mapping, Sequence
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


def insert_or_replace(
    session: Session, table: type[Row], rows: Sequence[Mapping[str, object]]
) -> None:
    """Insert rows, all with the same columns; what is there by a row's key becomes that row."""
    if rows:
        session.connection().execute(_over(table, tuple(rows[0])), rows)


@cache
def _statement(table: type[Row], columns: tuple[str, ...]) -> TextClause:
    keys = _names(column.name for column in table.__table__.primary_key)
    return _insert(table, columns, f"DO NOTHING RETURNING {keys}")


@cache
def _over(table: type[Row], columns: tuple[str, ...]) -> TextClause:
    keys = [column.name for column in table.__table__.primary_key]
    changing = (name for name in columns if name not in keys)
    values = ", ".join(f'"{name}" = excluded."{name}"' for name in changing)
    return _insert(table, columns, f"DO UPDATE SET {values}", f"({_names(keys)}) ")


def _insert(table: type[Row], columns: tuple[str, ...], then: str, on: str = "") -> TextClause:
    # SQLAlchemy has this per database only, and importing both costs a start 0.03 s.
    binds = ", ".join(f":{name}" for name in columns)
    return text(
        f'INSERT INTO "{table.__tablename__}" ({_names(columns)}) VALUES ({binds}) '  # noqa: S608 - names of our own tables and columns
        f"ON CONFLICT {on}{then}"
    ).bindparams(*(bindparam(name, type_=table.__table__.c[name].type) for name in columns))


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
