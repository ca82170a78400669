"""What residents send beside words: photos, voice notes, videos, files, locations."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Media(Base):
    """One thing sent with a message; its bytes lie in the storage, each under a key of its own."""

    __tablename__ = "media"
    __table_args__ = (
        Index("ix_media_waiting", "received_at", postgresql_where=sql("state = 'waiting'")),
        Index("ix_media_hidden", "hidden_at", postgresql_where=sql("hidden_at is not null and state = 'kept'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    """Its place among what one message brought."""
    kind: Mapped[str]
    """One of ``bot.media.kinds.KINDS``: first what the sender calls it, then what it is."""
    state: Mapped[str]
    """``waiting`` to be fetched and looked at; ``kept``; ``refused``; ``erased``."""
    reason: Mapped[str | None]
    """Why it was refused: a key of ``bot.media.sentences.REFUSED``."""
    reference: Mapped[str | None]
    """An address or file id of the platform; holds tokens, is shown to nobody, and goes once the bytes are here."""
    name: Mapped[str | None]
    """The file's name as its sender has it, cleaned."""
    media_type: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    """Bytes of the original."""
    width: Mapped[int | None]
    height: Mapped[int | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    digest: Mapped[str | None]
    """SHA-256 of the original."""
    original_key: Mapped[str | None]
    """As it came, sealed: opened by an auditor only, with a record."""
    shown_key: Mapped[str | None]
    """What officials and the sender see: without places, devices and names in it."""
    thumbnail_key: Mapped[str | None]
    hidden_as: Mapped[str | None]
    """An identity card, known by ``code``, ``caption`` or an ``official``; shown to nobody from then on."""
    hidden_at: Mapped[datetime | None]
    hidden_by: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    received_at: Mapped[datetime] = mapped_column(index=True)


class OriginalOpened(Base):
    """An auditor opened a sealed original: who, when and why."""

    __tablename__ = "originals_opened"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    media_id: Mapped[UUID] = mapped_column(ForeignKey("media.id"), index=True)
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    reason: Mapped[str]
    at: Mapped[datetime]
