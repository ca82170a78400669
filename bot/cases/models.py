"""What was asked or reported, and everything that happened to it since."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Case(Base):
    """A promise of the state to a person (vụ việc): it has an office, a state, a history and an end."""

    __tablename__ = "cases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    """``question`` or ``recommendation``."""
    field: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str | None]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    place: Mapped[str]
    """Where it happened, as the resident said it."""
    description: Mapped[str]
    visibility: Mapped[str]
    """``nobody`` (not even officials see who), ``officials`` or ``public``."""
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The message of agreement: the same message never opens a second case."""
    consent_version: Mapped[str]
    consent_channel: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]


class CaseEntry(Base):
    """One line of a case's history; append-only, only its words may be erased (a trigger holds it)."""

    __tablename__ = "case_entries"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    """``resident``, ``official:<id>`` or ``system``."""
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    outcome: Mapped[str | None]
    note: Mapped[str | None]
    salt: Mapped[str | None]
    shown: Mapped[bool]
    """Whether the resident sees this line."""
    digest: Mapped[str]
    """SHA-256 over salt and note: proves the words while they exist, tells nothing once they are erased."""
    chain: Mapped[str]
    """SHA-256 over the previous line's chain and everything in this one but the words."""
