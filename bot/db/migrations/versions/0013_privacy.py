"""Files of one's own data, erasures, errands whose trackers are gone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("errands", sa.Column("tracked", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.create_table(
        "data_files",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_data_files_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_data_files")),
        sa.UniqueConstraint("message_id", name=op.f("uq_data_files_message_id")),
    )
    for column in ("conversation_id", "expires_at"):
        op.create_index(op.f(f"ix_data_files_{column}"), "data_files", [column])
    op.create_table(
        "erasures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("open_cases", postgresql.JSONB(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_erasures_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sa.UniqueConstraint("message_id", name=op.f("uq_erasures_message_id")),
    )
    for column in ("conversation_id", "finished_at"):
        op.create_index(op.f(f"ix_erasures_{column}"), "erasures", [column])


def downgrade() -> None:
    op.drop_table("erasures")
    op.drop_table("data_files")
    op.drop_column("errands", "tracked")
