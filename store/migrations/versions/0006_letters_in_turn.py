"""Letters in the order in which they are taken."""

from collections.abc import Sequence

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_lane_next_at"))
        batch_op.create_index("ix_letter_turn", ["lane", "state", "next_at", "key"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_turn")
        batch_op.create_index(
            batch_op.f("ix_letter_lane_next_at"), ["lane", "next_at"], unique=False
        )
