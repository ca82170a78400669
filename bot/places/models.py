"""Where people live: the province's communes and their villages."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Province(Base):
    """The one province this copy serves."""

    __tablename__ = "provinces"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sample: Mapped[bool] = mapped_column(default=False)


class Commune(Base):
    """A commune-level unit: xã, phường or đặc khu."""

    __tablename__ = "communes"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    """Without the kind: “Nậm Lúa”."""
    folded: Mapped[str] = mapped_column(index=True)

    @property
    def label(self) -> str:
        """As people say it: “xã Nậm Lúa”."""
        return f"{self.kind} {self.name}"


class Village(Base):
    """A village: thôn, bản or tổ dân phố."""

    __tablename__ = "villages"

    id: Mapped[int] = mapped_column(primary_key=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("communes.id"), index=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(index=True)

    @property
    def label(self) -> str:
        return f"{self.kind} {self.name}"
