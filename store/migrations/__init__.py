"""The tables' history, one step a file; Alembic runs them in order."""
