"""Answers of settled cases that everybody may read."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEYS = (
    ("case_id", "cases"),
    ("office_id", "offices"),
    ("commune_id", "communes"),
    ("drafted_by", "officials"),
    ("approved_by", "officials"),
)


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("terms", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=True),
        sa.CheckConstraint(
            "approved_by is null or approved_by <> drafted_by", name=op.f("ck_publications_by_two_people")
        ),
        sa.CheckConstraint(
            "(state = 'published') = (approved_by is not null)", name=op.f("ck_publications_approved_when_published")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_publications_{column}_{table}"))
            for column, table in KEYS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    for column in ("case_id", "office_id", "commune_id", "published_at"):
        op.create_index(op.f(f"ix_publications_{column}"), "publications", [column])
    op.create_index("ix_publications_terms", "publications", ["terms"], postgresql_using="gin")
    op.create_index(
        "uq_publications_case", "publications", ["case_id"], unique=True, postgresql_where=sa.text("state <> 'withdrawn'")
    )


def downgrade() -> None:
    op.drop_table("publications")
