"""Conversations of one resident, notices and those not wanted, one-time codes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    resident = sa.Column("resident_id", sa.Uuid(), server_default=sa.func.gen_random_uuid(), nullable=False)
    op.add_column("conversations", resident)
    op.add_column("conversations", sa.Column("preferred_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_conversations_resident_id"), "conversations", ["resident_id"])
    _notices()
    op.create_table(
        "notice_refusals",
        sa.Column("resident_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("resident_id", "kind", name=op.f("pk_notice_refusals")),
    )
    _codes()


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("tried", postgresql.JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("payload", postgresql.JSONB(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_notices_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_notices_office_id_offices")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_notices_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("message_id", name=op.f("uq_notices_message_id")),
    )
    op.create_index(op.f("ix_notices_office_id"), "notices", ["office_id"])
    op.create_index(
        "ix_notices_waiting", "notices", ["conversation_id"], postgresql_where=sa.text("state = 'unreachable'")
    )


def _codes() -> None:
    op.create_table(
        "link_codes",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_link_codes_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["conversations.id"], name=op.f("fk_link_codes_claimed_by_conversations")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_link_codes")),
    )
    for column in ("conversation_id", "expires_at", "claimed_by"):
        op.create_index(op.f(f"ix_link_codes_{column}"), "link_codes", [column])


def downgrade() -> None:
    for table in ("link_codes", "notice_refusals", "notices"):
        op.drop_table(table)
    op.drop_column("conversations", "preferred_at")
    op.drop_column("conversations", "resident_id")
