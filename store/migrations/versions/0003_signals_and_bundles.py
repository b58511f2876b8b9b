"""Signals, who stands behind them, and the bundles for the governments."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "bundle",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("contents", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_bundle")),
        sa.UniqueConstraint("key", name=op.f("uq_bundle_key")),
    )
    op.create_table(
        "signal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("structural", sa.Boolean(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("look_by", sa.Date(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_into"], ["signal.number"], name=op.f("fk_signal_merged_into_signal")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_signal")),
        sa.UniqueConstraint("submission", name=op.f("uq_signal_submission")),
    )
    with op.batch_alter_table("signal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signal_merged_into"), ["merged_into"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signal_region_created_at"), ["region", "created_at"], unique=False
        )

    op.create_table(
        "bundle_receiver",
        sa.Column("bundle", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bundle"], ["bundle.number"], name=op.f("fk_bundle_receiver_bundle_bundle")
        ),
        sa.PrimaryKeyConstraint("bundle", "addressee", name=op.f("pk_bundle_receiver")),
    )
    op.create_table(
        "signal_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["signal"], ["signal.number"], name=op.f("fk_signal_event_signal_signal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_event")),
    )
    with op.batch_alter_table("signal_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signal_event_signal"), ["signal"], unique=False)

    op.create_table(
        "signal_supporter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("anonymity", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["signal"], ["signal.number"], name=op.f("fk_signal_supporter_signal_signal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_supporter")),
        sa.UniqueConstraint("signal", "actor", name=op.f("uq_signal_supporter_signal_actor")),
        sa.UniqueConstraint("submission", name=op.f("uq_signal_supporter_submission")),
    )
    with op.batch_alter_table("signal_supporter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signal_supporter_actor"), ["actor"], unique=False)
        batch_op.create_index(batch_op.f("ix_signal_supporter_at"), ["at"], unique=False)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("signal_supporter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_supporter_at"))
        batch_op.drop_index(batch_op.f("ix_signal_supporter_actor"))

    op.drop_table("signal_supporter")
    with op.batch_alter_table("signal_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_event_signal"))

    op.drop_table("signal_event")
    op.drop_table("bundle_receiver")
    with op.batch_alter_table("signal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_region_created_at"))
        batch_op.drop_index(batch_op.f("ix_signal_merged_into"))

    op.drop_table("signal")
    op.drop_table("bundle")
