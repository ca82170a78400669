"""Former names of places, and the stamp by which a process knows that its list of places is old."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "provinces", sa.Column("stamp", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)
    )
    op.create_table(
        "former_places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commune_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("province", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["commune_id"], ["communes.id"], name=op.f("fk_former_places_commune_id_communes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_places")),
    )
    op.create_index(op.f("ix_former_places_commune_id"), "former_places", ["commune_id"])


def downgrade() -> None:
    op.drop_table("former_places")
    op.drop_column("provinces", "stamp")
