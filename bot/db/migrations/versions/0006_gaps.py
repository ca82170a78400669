"""What the bot failed on, and talks that nothing is learnt from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("confidential", sa.Boolean(), server_default="false", nullable=False))
    op.create_table(
        "gaps",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_gaps_conversation_id_conversations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gaps")),
        sa.UniqueConstraint("message_id", name=op.f("uq_gaps_message_id")),
    )
    for column in ("conversation_id", "at"):
        op.create_index(op.f(f"ix_gaps_{column}"), "gaps", [column])
    op.execute(
        "update conversations set confidential = true where id in ("
        "select m.conversation_id from messages m where m.sealed or m.kind in ('emergency', 'guidance'))"
    )


def downgrade() -> None:
    op.drop_table("gaps")
    op.drop_column("conversations", "confidential")
