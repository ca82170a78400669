"""When residents can meet officials: reception days, dialogues, voter contacts, village meetings."""

from datetime import date, time

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base
from bot.receptions.schedule import Rhythm


class Reception(Base):
    """A recurring or dated meeting of one commune, or of the province when ``commune_id`` is empty."""

    __tablename__ = "receptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"), index=True)
    """Set where one village meets."""
    kind: Mapped[str]
    """``reception``, ``dialogue``, ``voter_contact`` or ``village_meeting``."""
    host: Mapped[str]
    """The role that receives: “Chủ tịch UBND xã”; never a person's name."""
    days_of_month: Mapped[list[int]] = mapped_column(default=list)
    weekday: Mapped[int | None]
    """0 = Monday … 6 = Sunday, every week."""
    on_date: Mapped[date | None]
    from_time: Mapped[time]
    to_time: Mapped[time]
    venue: Mapped[str]
    subject: Mapped[str | None]
    sample: Mapped[bool] = mapped_column(default=False)

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(tuple(self.days_of_month), self.weekday, self.on_date)
