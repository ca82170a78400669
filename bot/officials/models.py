"""Who answers: offices and the officials in them."""

from datetime import datetime

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bot.db import Base

WORKING_LEVELS = frozenset({"commune", "province"})
"""Of offices that work on cases; the Front only counts them."""


class Office(Base):
    """An office (đơn vị xử lý): of one commune, of the province, or the Front."""

    __tablename__ = "offices"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    level: Mapped[str]
    """``commune``, ``province`` or ``front``."""
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"), index=True)
    coordinates: Mapped[bool] = mapped_column(default=False)
    """The province office that takes what has no other office."""

    @property
    def working_level(self) -> str:
        """Whose limits hold for it: ``commune`` or ``province``."""
        return "commune" if self.level == "commune" else "province"


class Official(Base):
    """An account of a person who works in an office; never a resident."""

    __tablename__ = "officials"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    title: Mapped[str]
    """What residents and colleagues read: “Cán bộ tiếp nhận xã Nậm Lúa”."""
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    office: Mapped[Office] = relationship(lazy="joined")
