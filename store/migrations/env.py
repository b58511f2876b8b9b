"""How Alembic reaches the database: with the store's own engine, never with an .ini file."""

from alembic import context
from sqlalchemy import Engine

from store.tables import Row


def run() -> None:
    """Run the migrations in one transaction, on SQLite too."""
    engine: Engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Row.metadata,
            render_as_batch=True,  # SQLite can't alter a table; batch mode makes it anew
            transactional_ddl=True,  # with BEGIN of our own, SQLite rolls back half a migration
        )
        with context.begin_transaction():
            context.run_migrations()


run()
