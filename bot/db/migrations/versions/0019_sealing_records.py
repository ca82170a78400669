"""Who put which message away as a denunciation."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sealing_records",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("guided_at", MOMENT, nullable=False),
        sa.Column("taken_back", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_sealing_records_official_id_officials")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_sealing_records_office_id_offices")),
        sa.ForeignKeyConstraint(["commune_id"], ["communes.id"], name=op.f("fk_sealing_records_commune_id_communes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealing_records")),
    )
    op.create_index(op.f("ix_sealing_records_message_id"), "sealing_records", ["message_id"])
    op.create_index(op.f("ix_sealing_records_at"), "sealing_records", ["at"])


def downgrade() -> None:
    op.drop_table("sealing_records")
