"""The tokens of the Zalo account."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "zalo_grants",
        sa.Column("app_id", sa.String(), nullable=False),
        sa.Column("oa_id", sa.String(), nullable=False),
        sa.Column("access_token", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_token", sa.LargeBinary(), nullable=False),
        sa.Column("obtained_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("consented_at", MOMENT, nullable=False),
        sa.Column("consented_by", sa.Integer()),
        sa.Column("broken_since", MOMENT),
        sa.Column("broken_why", sa.String()),
        sa.PrimaryKeyConstraint("app_id", name=op.f("pk_zalo_grants")),
    )


def downgrade() -> None:
    op.drop_table("zalo_grants")
