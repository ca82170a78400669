"""Imported conventions wait as drafts for an official; spoken recordings of answers and sections."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conventions", sa.Column("state", sa.String(), server_default="confirmed", nullable=False))
    op.add_column("conventions", sa.Column("source_file", sa.String(), nullable=True))
    op.add_column("conventions", sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conventions", sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conventions", sa.Column("confirmed_by", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_conventions_confirmed_by_officials"), "conventions", "officials", ["confirmed_by"], ["id"]
    )
    op.create_table(
        "recordings",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("answer_id", sa.String(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("text_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(answer_id is null) <> (section_id is null)", name=op.f("ck_recordings_of_one_text")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_recordings_office_id_offices")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["convention_sections.id"], name=op.f("fk_recordings_section_id_convention_sections")
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["officials.id"], name=op.f("fk_recordings_uploaded_by_officials")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_recordings")),
    )
    for column in ("answer_id", "section_id", "content_hash"):
        op.create_index(op.f(f"ix_recordings_{column}"), "recordings", [column])


def downgrade() -> None:
    op.drop_table("recordings")
    for column in ("confirmed_by", "confirmed_at", "imported_at", "source_file", "state"):
        op.drop_column("conventions", column)
