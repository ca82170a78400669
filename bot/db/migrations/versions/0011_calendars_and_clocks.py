"""The province's calendar, clocks of cases and data requests, limits the province sets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "calendar_changes",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("stamp", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name="fk_calendar_changes_official_id_officials"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_changes"),
    )
    op.create_table(
        "calendar_days",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["calendar_changes.id"], name="fk_calendar_days_change_id_calendar_changes"
        ),
        sa.PrimaryKeyConstraint("change_id", "day", name="pk_calendar_days"),
    )
    op.create_table(
        "office_weeks",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=True),
        sa.Column("hours", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["calendar_changes.id"], name="fk_office_weeks_change_id_calendar_changes"
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_office_weeks_office_id_offices"),
        sa.PrimaryKeyConstraint("change_id", name="pk_office_weeks"),
    )
    op.create_index("ix_office_weeks_office_id", "office_weeks", ["office_id"])
    op.create_table(
        "province_limits",
        sa.Column("id", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name="fk_province_limits_official_id_officials"),
        sa.PrimaryKeyConstraint("id", name="pk_province_limits"),
    )
    _clocks()


def _clocks() -> None:
    op.create_table(
        "case_clocks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("data_request_id", sa.BigInteger(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("pauses", sa.Boolean(), nullable=False),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("warn_at", MOMENT, nullable=False),
        sa.Column("paused_at", MOMENT, nullable=True),
        sa.Column("left", sa.Interval(), nullable=True),
        sa.Column("handed_at", MOMENT, nullable=True),
        sa.Column("stopped_at", MOMENT, nullable=True),
        sa.Column("end", sa.String(), nullable=True),
        sa.CheckConstraint("num_nonnulls(case_id, data_request_id) = 1", name="ck_case_clocks_one_subject"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_clocks_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["data_request_id"], ["data_requests.id"], name="fk_case_clocks_data_request_id_data_requests"
        ),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_case_clocks_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_case_clocks"),
    )
    for column in ("case_id", "data_request_id", "office_id"):
        op.create_index(f"ix_case_clocks_{column}", "case_clocks", [column])
    running = sa.text("stopped_at is null")
    op.create_index(
        "uq_case_clocks_running", "case_clocks", ["case_id", "measure"], unique=True, postgresql_where=running
    )
    op.create_index("ix_case_clocks_due", "case_clocks", ["due_at"], postgresql_where=running)
    op.create_table(
        "case_clock_moves",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("clock_id", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("due_before", MOMENT, nullable=False),
        sa.Column("due_after", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["clock_id"], ["case_clocks.id"], name="fk_case_clock_moves_clock_id_case_clocks"),
        sa.PrimaryKeyConstraint("id", name="pk_case_clock_moves"),
    )
    op.create_index("ix_case_clock_moves_clock_id", "case_clock_moves", ["clock_id"])


def downgrade() -> None:
    for table in (
        "case_clock_moves",
        "case_clocks",
        "province_limits",
        "office_weeks",
        "calendar_days",
        "calendar_changes",
    ):
        op.drop_table(table)
