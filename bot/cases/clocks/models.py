"""Clocks, what moved them, and the limits a province has set. Whether one is overdue is computed, never stored."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.cases.clocks.limits import Limit
from bot.db import Base


class Clock(Base):
    """One deadline of one office, with what it was computed from."""

    __tablename__ = "case_clocks"
    __table_args__ = (
        CheckConstraint("num_nonnulls(case_id, data_request_id) = 1", name="one_subject"),
        Index("uq_case_clocks_running", "case_id", "measure", unique=True, postgresql_where=text("stopped_at is null")),
        Index("ix_case_clocks_due", "due_at", postgresql_where=text("stopped_at is null")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    data_request_id: Mapped[int | None] = mapped_column(ForeignKey("data_requests.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    level: Mapped[str]
    """``commune`` or ``province``: whose clock it is."""
    measure: Mapped[str]
    amount: Mapped[int]
    unit: Mapped[str]
    basis: Mapped[str]
    pauses: Mapped[bool]
    calendar_version: Mapped[int]
    """The version of the calendar that ``due_at`` was computed with."""
    started_at: Mapped[datetime]
    due_at: Mapped[datetime]
    warn_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    left: Mapped[timedelta | None]
    """Working time left when it was paused."""
    handed_at: Mapped[datetime | None]
    """When the case was sent on; it counts as stopped then once the other office accepts."""
    stopped_at: Mapped[datetime | None]
    end: Mapped[str | None]
    """``met``, ``passed_on`` or ``ended`` (withdrawn, merged, replaced by another clock)."""

    @property
    def limit(self) -> Limit:
        """The limit it was started with."""
        return Limit(self.measure, self.amount, self.unit, self.basis, self.pauses)

    def overdue(self, at: datetime) -> bool:
        """Whether its end had passed when it stopped or was paused, or has passed now."""
        return (self.stopped_at or self.paused_at or at) > self.due_at


class ClockMove(Base):
    """Why a running clock's end moved: paused, resumed, or the calendar changed."""

    __tablename__ = "case_clock_moves"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("case_clocks.id"), index=True)
    at: Mapped[datetime]
    reason: Mapped[str]
    """``paused``, ``resumed``, ``calendar`` or ``extended``."""
    due_before: Mapped[datetime]
    due_after: Mapped[datetime]


class ProvinceLimit(Base):
    """A limit that the province has set, or taken back; the newest row of a level and measure holds."""

    __tablename__ = "province_limits"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    level: Mapped[str]
    measure: Mapped[str]
    working_days: Mapped[int | None]
    """None: the desk's own target again."""
    document: Mapped[str]
    """The decision that sets it, as residents read it."""


class CaseWarning(Base):
    """Somebody was warned of a clock's end, once for each end."""

    __tablename__ = "case_warnings"
    __table_args__ = (UniqueConstraint("clock_id", "kind", "due_at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    clock_id: Mapped[int] = mapped_column(ForeignKey("case_clocks.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    """Whose clock it is; who reads it follows from the kind."""
    kind: Mapped[str]
    """``near``: the office; ``overdue``: its leader; ``escalated``: the province's coordinator."""
    due_at: Mapped[datetime]
    at: Mapped[datetime] = mapped_column(index=True)


class OfficeDigest(Base):
    """What an office had before it on the morning of a working day."""

    __tablename__ = "office_digests"
    __table_args__ = (UniqueConstraint("office_id", "day"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    day: Mapped[date]
    at: Mapped[datetime]
    counts: Mapped[dict[str, Any]]
    """By name of ``bot.cases.clocks.digests.COUNTS``: how many."""
