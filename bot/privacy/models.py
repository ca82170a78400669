"""What a resident asked of their own data: a file to take away, and an erasure."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class DataFile(Base):
    """The way to a resident's own data; the file itself is made when it is fetched, never stored."""

    __tablename__ = "data_files"

    digest: Mapped[str] = mapped_column(primary_key=True)
    """SHA-256 of the address's secret part; the address itself is kept nowhere but in the reply."""
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Erasure(Base):
    """An erasure a resident asked for; what an open case still needs follows when the case ends."""

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The message that confirmed it: handled again, it erases nothing newer."""
    at: Mapped[datetime]
    open_cases: Mapped[list[str]] = mapped_column(JSONB)
    """Codes of the cases whose words wait for their end."""
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
