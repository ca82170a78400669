"""Cases between offices, merged cases, who has a part in a case, ratings, wrong secrets, blocks."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _extend_cases()
    _extend_entries()
    _create("case_reporters", _reporters(), ["conversation_id"])
    _create("case_ratings", _ratings(), ["conversation_id", "at"])
    _create("blocks", _blocks(), ["conversation_id"])
    _create("secret_tries", _tries(), [])
    for column in ("asker", "code"):
        op.create_index(f"ix_secret_tries_{column}_at", "secret_tries", [column, "at"])
    op.execute(
        "insert into case_reporters (case_id, conversation_id, own_case_id, part, visibility, since) "
        "select id, conversation_id, id, 'sender', visibility, created_at from cases"
    )
    op.execute(
        "update cases c set version = h.number, answered_at = h.answered from ("
        "select case_id, max(number) as number, max(at) filter (where to_state = 'answered') as answered "
        "from case_entries group by case_id) h where h.case_id = c.id"
    )


def downgrade() -> None:
    for table in ("secret_tries", "blocks", "case_ratings", "case_reporters"):
        op.drop_table(table)
    op.drop_constraint(op.f("uq_case_entries_message_id"), "case_entries")
    for column in ("act", "reason", "office_id", "message_id"):
        op.drop_column("case_entries", column)
    for name in ("transferred_to_an_office", "merged_into_a_case"):
        op.drop_constraint(op.f(f"ck_cases_{name}"), "cases")
    for column in _case_columns():
        op.drop_column("cases", column.name)


def _case_columns() -> list[sa.Column]:
    return [
        sa.Column("refusal", sa.String()),
        sa.Column("competent", sa.String()),
        sa.Column("assignee_id", sa.Integer()),
        sa.Column("to_office_id", sa.Integer()),
        sa.Column("returns", sa.Integer(), server_default="0", nullable=False),
        sa.Column("merged_into_id", sa.Uuid()),
        sa.Column("earlier_id", sa.Uuid()),
        sa.Column("title", sa.String()),
        sa.Column("answered_at", TIME),
        sa.Column("reopened_at", TIME),
        sa.Column("news_since", TIME),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
    ]


def _extend_cases() -> None:
    for column in _case_columns():
        op.add_column("cases", column)
    references = {
        "assignee_id": "officials",
        "to_office_id": "offices",
        "merged_into_id": "cases",
        "earlier_id": "cases",
    }
    for column, table in references.items():
        op.create_foreign_key(op.f(f"fk_cases_{column}_{table}"), "cases", table, [column], ["id"])
    for column in ("assignee_id", "to_office_id", "merged_into_id", "answered_at"):
        op.create_index(op.f(f"ix_cases_{column}"), "cases", [column])
    op.create_check_constraint(
        op.f("ck_cases_transferred_to_an_office"), "cases", "(state = 'transferred') = (to_office_id is not null)"
    )
    op.create_check_constraint(
        op.f("ck_cases_merged_into_a_case"), "cases", "(state = 'merged') = (merged_into_id is not null)"
    )


def _extend_entries() -> None:
    op.add_column("case_entries", sa.Column("act", sa.String()))
    op.add_column("case_entries", sa.Column("reason", sa.String()))
    op.add_column("case_entries", sa.Column("office_id", sa.Integer()))
    op.add_column("case_entries", sa.Column("message_id", sa.BigInteger()))
    op.create_foreign_key(op.f("fk_case_entries_office_id_offices"), "case_entries", "offices", ["office_id"], ["id"])
    op.create_unique_constraint(op.f("uq_case_entries_message_id"), "case_entries", ["message_id"])


def _create(table: str, columns: list, indexed: list[str]) -> None:
    key = sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False)
    op.create_table(table, key, *columns, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")))
    for column in indexed:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _reporters() -> list:
    return [
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("own_case_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("visibility", sa.String(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("left_at", TIME),
        _to("case_reporters", "case_id", "cases"),
        _to("case_reporters", "conversation_id", "conversations"),
        _to("case_reporters", "own_case_id", "cases"),
        sa.UniqueConstraint("case_id", "conversation_id", name=op.f("uq_case_reporters_case_id_conversation_id")),
    ]


def _ratings() -> list:
    return [
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("answer_number", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String()),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        _to("case_ratings", "case_id", "cases"),
        _to("case_ratings", "conversation_id", "conversations"),
        sa.UniqueConstraint(
            "case_id",
            "conversation_id",
            "answer_number",
            name=op.f("uq_case_ratings_case_id_conversation_id_answer_number"),
        ),
        sa.UniqueConstraint("message_id", name=op.f("uq_case_ratings_message_id")),
        sa.CheckConstraint("stars between 1 and 5", name=op.f("ck_case_ratings_one_to_five_stars")),
    ]


def _blocks() -> list:
    return [
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("since", TIME, nullable=False),
        sa.Column("until", TIME, nullable=False),
        sa.Column("lifted_at", TIME),
        _to("blocks", "conversation_id", "conversations"),
        _to("blocks", "official_id", "officials"),
    ]


def _tries() -> list:
    return [
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("asker", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.UniqueConstraint("key", name=op.f("uq_secret_tries_key")),
    ]
