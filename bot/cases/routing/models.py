"""Who takes which field in which commune, and what officials said a case is really about."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Route(Base):
    """One row: cases of this commune and field go to this office, and to this person in it."""

    __tablename__ = "routes"
    __table_args__ = (
        Index("uq_routes_place_field", text("coalesce(commune_id, 0)"), text("coalesce(field, '')"), unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"))
    """None: every commune that has no row of its own, and cases whose commune is not known."""
    field: Mapped[str | None]
    """None: every field that has no row of its own."""
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    by_official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    at: Mapped[datetime]


class FieldCorrection(Base):
    """An official gave a case another field: words without names, addresses and numbers, for teaching."""

    __tablename__ = "field_corrections"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    text: Mapped[str]
    suggested: Mapped[str | None]
    """What the words alone had suggested."""
    field: Mapped[str]
    at: Mapped[datetime]
