"""Which database this is."""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one step forward."""
    counter = sa.table("revision", sa.column("name", sa.String), sa.column("number", sa.Integer))
    # Random: no other database has it, and a copy of this one has it too.
    op.bulk_insert(counter, [{"name": "database", "number": secrets.randbelow(2**31)}])


def downgrade() -> None:
    """Go one step back."""
    op.execute("DELETE FROM revision WHERE name = 'database'")
