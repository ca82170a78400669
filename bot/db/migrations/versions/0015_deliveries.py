"""Zalo and Telegram: deliveries, reachability, channels that stopped, events of nobody, pace."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OUTBOX_MOMENTS = ("next_try_at", "sent_at", "delivered_at", "seen_at")


def upgrade() -> None:
    op.alter_column("raw_events", "conversation_id", nullable=True)
    op.add_column("messages", sa.Column("platform_id", sa.String()))
    op.add_column("conversations", sa.Column("last_contact_at", MOMENT))
    op.add_column("conversations", sa.Column("unreachable_since", MOMENT))
    op.add_column("conversations", sa.Column("unreachable_why", sa.String()))
    op.execute("update conversations set last_contact_at = last_at")
    _outbox()
    _pieces()
    _states()


def _outbox() -> None:
    for name in OUTBOX_MOMENTS:
        op.add_column("outbox", sa.Column(name, MOMENT))
    op.add_column("outbox", sa.Column("reason", sa.String()))
    op.add_column("outbox", sa.Column("detail", sa.String()))
    op.add_column("outbox", sa.Column("settled_by", sa.Integer()))
    op.create_foreign_key(op.f("fk_outbox_settled_by_officials"), "outbox", "officials", ["settled_by"], ["id"])
    op.execute("update outbox set sent_at = at where state = 'sent'")
    pending, troubled = sa.text("state = 'pending'"), sa.text("state in ('waiting', 'uncertain', 'failed')")
    op.create_index("ix_outbox_pending", "outbox", ["conversation_id", "id"], postgresql_where=pending)
    op.create_index("ix_outbox_troubled", "outbox", ["id"], postgresql_where=troubled)


def _pieces() -> None:
    op.create_table(
        "outbox_pieces",
        sa.Column("outbox_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("digest", sa.String()),
        sa.Column("platform_id", sa.String()),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["outbox_id"], ["outbox.id"], name=op.f("fk_outbox_pieces_outbox_id_outbox"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("outbox_id", "number", name=op.f("pk_outbox_pieces")),
    )
    op.create_index("ix_outbox_pieces_platform_id", "outbox_pieces", ["platform_id"])


def _states() -> None:
    op.create_table(
        "channel_states",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("stopped_since", MOMENT),
        sa.Column("reason", sa.String()),
        sa.Column("detail", sa.String()),
        sa.Column("next_try_at", MOMENT),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_states")),
    )
    op.create_table(
        "paces",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("next_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_paces")),
        prefixes=["UNLOGGED"],
    )


def downgrade() -> None:
    op.drop_table("paces")
    op.drop_table("channel_states")
    op.drop_table("outbox_pieces")
    for name in (*OUTBOX_MOMENTS, "reason", "detail", "settled_by"):
        op.drop_column("outbox", name)
    for name in ("last_contact_at", "unreachable_since", "unreachable_why"):
        op.drop_column("conversations", name)
    op.drop_column("messages", "platform_id")
    op.execute("delete from raw_events where conversation_id is null")
    op.alter_column("raw_events", "conversation_id", nullable=False)
