"""Photos, voice notes and files: where they are, what belongs to a case, which originals were opened."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _media()
    op.create_table(
        "originals_opened",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_originals_opened_media_id_media")),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_originals_opened_official_id_officials")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_originals_opened")),
    )
    op.create_index(op.f("ix_originals_opened_media_id"), "originals_opened", ["media_id"])
    op.create_table(
        "case_attachments",
        sa.Column("media_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["media_id"], ["media.id"], name=op.f("fk_case_attachments_media_id_media")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_attachments_case_id_cases")),
        sa.PrimaryKeyConstraint("media_id", name=op.f("pk_case_attachments")),
    )
    op.create_index(op.f("ix_case_attachments_case_id"), "case_attachments", ["case_id"])


def _media() -> None:
    op.create_table(
        "media",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("reference", sa.String()),
        sa.Column("name", sa.String()),
        sa.Column("media_type", sa.String()),
        sa.Column("size", sa.BigInteger()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("digest", sa.String()),
        sa.Column("original_key", sa.String()),
        sa.Column("shown_key", sa.String()),
        sa.Column("thumbnail_key", sa.String()),
        sa.Column("hidden_as", sa.String()),
        sa.Column("hidden_at", MOMENT),
        sa.Column("hidden_by", sa.Integer()),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_media_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_media_message_id_messages")),
        sa.ForeignKeyConstraint(["hidden_by"], ["officials.id"], name=op.f("fk_media_hidden_by_officials")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media")),
    )
    for column in ("conversation_id", "message_id", "received_at"):
        op.create_index(op.f(f"ix_media_{column}"), "media", [column])
    waiting, hidden = sa.text("state = 'waiting'"), sa.text("hidden_at is not null and state = 'kept'")
    op.create_index("ix_media_waiting", "media", ["received_at"], postgresql_where=waiting)
    op.create_index("ix_media_hidden", "media", ["hidden_at"], postgresql_where=hidden)


def downgrade() -> None:
    op.drop_table("case_attachments")
    op.drop_table("originals_opened")
    op.drop_table("media")
