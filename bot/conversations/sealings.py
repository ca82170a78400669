"""The record of what officials put away as denunciations: who, when, for which place; never what it said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot.conversations.models import Conversation
from bot.db import Base
from bot.officials.models import Office, Official
from bot.places.models import Commune


class SealingRecord(Base):
    """An official put a message away as a denunciation: who, when, for which place; never what it said."""

    __tablename__ = "sealing_records"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, index=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    """The office whose official it was."""
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    guided_at: Mapped[datetime]
    """When the resident was told where denunciations are filed."""
    taken_back: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """The resident said that it was none, and had the words back."""


@dataclass(frozen=True)
class Sealing:
    """One line of the record with its names; ``commune`` None where it was not known."""

    record: SealingRecord
    official: Official
    office: Office
    commune: Commune | None


def record(
    session: AsyncSession, message_id: int, conversation: Conversation, official: Official, at: datetime
) -> None:
    """The official has just put the message away, and the resident is told where denunciations are filed."""
    session.add(
        SealingRecord(
            message_id=message_id,
            official_id=official.id,
            office_id=official.office_id,
            commune_id=conversation.commune_id,
            at=at,
            guided_at=at,
        )
    )


async def take_back(session: AsyncSession, message_id: int) -> None:
    """The resident has the words back; the record stays and says so."""
    recorded = update(SealingRecord).where(SealingRecord.message_id == message_id)
    await session.execute(recorded.values(taken_back=True))


async def newest(session: AsyncSession, limit: int) -> Sequence[Sealing]:
    """The newest lines first."""
    query = (
        select(SealingRecord, Official, Office, Commune)
        .join(Official, Official.id == SealingRecord.official_id)
        .join(Office, Office.id == SealingRecord.office_id)
        .outerjoin(Commune, Commune.id == SealingRecord.commune_id)
        .order_by(SealingRecord.id.desc())
        .limit(limit)
    )
    return [Sealing(*row) for row in await session.execute(query)]
