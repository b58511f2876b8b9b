"""What a government answered to a bundle."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column(
        "bundle_receiver", sa.Column("answer", sa.Text(), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("bundle_receiver") as batch:
        batch.drop_column("answer")
