"""Where cases go by place and field, corrected fields, warnings, daily digests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "routes",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("by_official_id", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["commune_id"], ["communes.id"], name="fk_routes_commune_id_communes"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_routes_office_id_offices"),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name="fk_routes_official_id_officials"),
        sa.ForeignKeyConstraint(["by_official_id"], ["officials.id"], name="fk_routes_by_official_id_officials"),
        sa.PrimaryKeyConstraint("id", name="pk_routes"),
    )
    place_and_field = [sa.text("coalesce(commune_id, 0)"), sa.text("coalesce(field, '')")]
    op.create_index("uq_routes_place_field", "routes", place_and_field, unique=True)
    op.create_table(
        "field_corrections",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("suggested", sa.String(), nullable=True),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_field_corrections_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_field_corrections"),
    )
    op.create_index("ix_field_corrections_case_id", "field_corrections", ["case_id"])
    op.create_table(
        "case_warnings",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("clock_id", sa.BigInteger(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["case_clocks.id"], name="fk_case_warnings_clock_id_case_clocks"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_case_warnings_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_case_warnings"),
        sa.UniqueConstraint("clock_id", "kind", "due_at", name="uq_case_warnings_clock_id_kind_due_at"),
    )
    op.create_index("ix_case_warnings_office_id", "case_warnings", ["office_id"])
    op.create_index("ix_case_warnings_at", "case_warnings", ["at"])
    op.create_table(
        "office_digests",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_office_digests_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_office_digests"),
        sa.UniqueConstraint("office_id", "day", name="uq_office_digests_office_id_day"),
    )


def downgrade() -> None:
    for table in ("office_digests", "case_warnings", "field_corrections", "routes"):
        op.drop_table(table)
