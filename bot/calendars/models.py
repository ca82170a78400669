"""The province's own calendar: days off, swapped days, offices' hours. Rows are added, never changed."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Identity
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class CalendarChange(Base):
    """One version of the calendar: who changed it, when, why. Clocks keep the version they were computed with."""

    __tablename__ = "calendar_changes"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    note: Mapped[str]
    """The decree or decision, as the official names it."""
    stamp: Mapped[UUID] = mapped_column(default=uuid4)
    """Tells versions of two databases apart, so that a process may keep what it has read."""


class CalendarDay(Base):
    """What a change says of one day; the newest row of a day holds."""

    __tablename__ = "calendar_days"

    change_id: Mapped[int] = mapped_column(ForeignKey("calendar_changes.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool | None]
    """None: as the general calendar says again."""


class OfficeWeek(Base):
    """The hours a change sets for one office, or for all that have none of their own; the newest row holds."""

    __tablename__ = "office_weeks"

    change_id: Mapped[int] = mapped_column(ForeignKey("calendar_changes.id"), primary_key=True)
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    """None: every office without hours of its own."""
    hours: Mapped[list[Any]]
    """Seven lists of ``["07:30", "11:30"]`` from Monday; an empty outer list: the province's hours again."""
