"""Receptions: weeks of the month, online meetings, what became of a day, places booked and reminders."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN = sa.text("cancelled_at is null")
TO_REMIND = sa.text("cancelled_at is null and reminded_at is null")


def upgrade() -> None:
    op.add_column(
        "receptions",
        sa.Column(
            "weeks_of_month", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'[]'"), nullable=False
        ),
    )
    op.add_column("receptions", sa.Column("online", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column("receptions", sa.Column("joining", sa.String(), nullable=True))
    op.add_column("receptions", sa.Column("capacity", sa.Integer(), nullable=True))
    op.create_table(
        "reception_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reception_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["reception_id"], ["receptions.id"], name=op.f("fk_reception_days_reception_id_receptions")
        ),
        sa.ForeignKeyConstraint(
            ["official_id"], ["officials.id"], name=op.f("fk_reception_days_official_id_officials")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_days")),
        sa.UniqueConstraint("reception_id", "day", name=op.f("uq_reception_days_reception_id_day")),
    )
    op.create_table(
        "bookings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("reception_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["reception_id"], ["receptions.id"], name=op.f("fk_bookings_reception_id_receptions")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_bookings_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("code", name=op.f("uq_bookings_code")),
        sa.UniqueConstraint("message_id", name=op.f("uq_bookings_message_id")),
        sa.UniqueConstraint("token", name=op.f("uq_bookings_token")),
    )
    op.create_index(
        "uq_bookings_resident_day", "bookings", ["conversation_id", "day"], unique=True, postgresql_where=OPEN
    )
    op.create_index("ix_bookings_reception_id_day", "bookings", ["reception_id", "day"])
    op.create_index("ix_bookings_remind_at", "bookings", ["remind_at"], postgresql_where=TO_REMIND)


def downgrade() -> None:
    op.drop_table("bookings")
    op.drop_table("reception_days")
    for column in ("capacity", "joining", "online", "weeks_of_month"):
        op.drop_column("receptions", column)
