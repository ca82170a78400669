"""Where people live: the province's communes and their villages."""

from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Province(Base):
    """The one province this copy serves."""

    __tablename__ = "provinces"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    sample: Mapped[bool] = mapped_column(default=False)
    stamp: Mapped[UUID] = mapped_column(default=uuid4, server_default=func.gen_random_uuid())
    """Changes with every write to its places, so that what a process keeps in memory is known to be old."""


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


class FormerPlace(Base):
    """A unit that went into a commune: “xã Bản Hon, huyện Tam Đường”; one that was divided went into several."""

    __tablename__ = "former_places"

    id: Mapped[int] = mapped_column(primary_key=True)
    commune_id: Mapped[int] = mapped_column(ForeignKey("communes.id"), index=True)
    label: Mapped[str]
    """With its kind, or only a district where that had no communes."""
    district: Mapped[str | None]
    province: Mapped[str | None]
    """Where the commune now belongs to another province."""

    @property
    def full_label(self) -> str:
        """“xã Bản Hon, huyện Tam Đường”."""
        return ", ".join(filter(None, (self.label, self.district, self.province)))


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
