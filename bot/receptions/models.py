"""When residents can meet officials: receptions, dialogues, voter contacts, village meetings; places booked."""

from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base
from bot.receptions.schedule import Change, Rhythm


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
    """0 = Monday … 6 = Sunday, every week or in ``weeks_of_month``."""
    weeks_of_month: Mapped[list[int]] = mapped_column(default=list, server_default=sql("'[]'"))
    """1 = the weekday's first in the month …, -1 = its last; empty: every week."""
    on_date: Mapped[date | None]
    from_time: Mapped[time]
    to_time: Mapped[time]
    venue: Mapped[str]
    subject: Mapped[str | None]
    online: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    joining: Mapped[str | None]
    """How to take part from afar, in words."""
    capacity: Mapped[int | None]
    """How many may book one day; empty: no limit is known."""
    sample: Mapped[bool] = mapped_column(default=False)

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(tuple(self.days_of_month), self.weekday, self.on_date, tuple(self.weeks_of_month))


class ReceptionDay(Base):
    """What an office said of one planned day: cancelled, moved to another day, or held."""

    __tablename__ = "reception_days"
    __table_args__ = (UniqueConstraint("reception_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reception_id: Mapped[int] = mapped_column(ForeignKey("receptions.id"))
    day: Mapped[date]
    state: Mapped[str]
    """``cancelled``, ``moved`` or ``held``; a day without a row is planned."""
    to_day: Mapped[date | None]
    reason: Mapped[str | None]
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    at: Mapped[datetime | None]

    @property
    def change(self) -> Change:
        return Change(self.state, self.to_day, self.reason)


class Booking(Base):
    """A place that a resident keeps at one day of a reception."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index(
            "uq_bookings_resident_day",
            "conversation_id",
            "day",
            unique=True,
            postgresql_where=sql("cancelled_at is null"),
        ),
        Index("ix_bookings_reception_id_day", "reception_id", "day"),
        Index(
            "ix_bookings_remind_at", "remind_at", postgresql_where=sql("cancelled_at is null and reminded_at is null")
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True)
    """What nobody can guess: the address of its calendar file."""
    reception_id: Mapped[int] = mapped_column(ForeignKey("receptions.id"))
    day: Mapped[date]
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The message that agreed to it: handled again, it books nothing twice."""
    matter: Mapped[str | None]
    at: Mapped[datetime]
    remind_at: Mapped[datetime | None]
    """Empty where the evening before had begun when the place was booked."""
    reminded_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[str | None]
    """``resident`` or ``office``."""
