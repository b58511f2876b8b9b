"""What a reporter is called."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("signal_supporter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("signal_supporter", schema=None) as batch_op:
        batch_op.drop_column("name")
