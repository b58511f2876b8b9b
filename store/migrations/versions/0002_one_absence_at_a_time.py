"""One absence per person and stretch of days, while it stands."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_STANDS = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    """Go one step forward."""
    op.create_index(
        "uq_absence_person_id_first_day_last_day",
        "absence",
        ["person_id", "first_day", "last_day"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("uq_absence_person_id_first_day_last_day", table_name="absence")
