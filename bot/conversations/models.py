"""Who is talking, who owns the talk, every message in and out."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, UniqueConstraint, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Conversation(Base):
    """One resident on one channel."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "external_user"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[str]
    external_user: Mapped[str]
    resident_id: Mapped[UUID] = mapped_column(default=uuid4, server_default=func.gen_random_uuid(), index=True)
    """Who talks: conversations that were linked have the same one; alone, a conversation has one of its own."""
    preferred_at: Mapped[datetime | None]
    """When the resident said “nhận tin ở đây”; of several the newest counts."""
    owner: Mapped[str] = mapped_column(default="bot")
    """``bot`` or ``official``; official from the handover on, whether or not anyone has taken it yet."""
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    handover_message_id: Mapped[int | None] = mapped_column(BigInteger)
    """The message that led to the handover: the last one that the bot still answers."""
    handover_reason: Mapped[str | None]
    waiting_since: Mapped[datetime | None] = mapped_column(index=True)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"))
    misunderstood: Mapped[int] = mapped_column(default=0)
    """Messages in a row that the bot did not understand."""
    told_privacy: Mapped[bool] = mapped_column(default=False)
    confidential: Mapped[bool] = mapped_column(default=False, server_default=sql("false"))
    """Once a complaint, a denunciation, an emergency or a personal matter was heard here: nothing is learnt from it."""
    errand_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    last_at: Mapped[datetime]
    last_contact_at: Mapped[datetime | None]
    """When the resident last wrote, pressed or followed: what platforms count their windows from."""
    unreachable_since: Mapped[datetime | None]
    unreachable_why: Mapped[str | None]
    """A reason of ``bot.conversations.reasons``; None while messages reach the resident here."""


class Errand(Base):
    """One piece of business in a conversation; its id is Rasa's ``sender_id``, so that trackers stay short."""

    __tablename__ = "errands"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    messages: Mapped[int] = mapped_column(default=0)
    form: Mapped[str | None]
    """The Rasa form that waits for an answer after the errand's last message."""
    tracked: Mapped[bool] = mapped_column(default=True, server_default=sql("true"))
    """False once the dialogue engine's rows of it are deleted."""


class RawEvent(Base):
    """What a platform sent, once per external id, kept for ``RAW_EVENT_DAYS``."""

    __tablename__ = "raw_events"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    channel: Mapped[str]
    external_id: Mapped[str]
    conversation_id: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    """None for what belongs to no resident: unknown or unreadable events, news about the channel itself."""
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[datetime] = mapped_column(index=True)


class Message(Base):
    """One message of a resident, the bot or an official."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_conversation_id_id", "conversation_id", "id"),
        Index("ix_messages_queued", "conversation_id", "id", postgresql_where=sql("state = 'queued'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    sender: Mapped[str]
    """``resident``, ``bot`` or ``official``."""
    official_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    text: Mapped[str | None]
    """None once the text lies in a sealed hold or was erased."""
    kind: Mapped[str | None]
    body: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=sql("'{}'"))
    """Of a reply: more, answer, facts, citations, topic, case, voice. Of a pressed button: intent and entities."""
    client_id: Mapped[str | None]
    platform_id: Mapped[str | None]
    """What the platform calls a resident's message, for later edits and quotes."""
    in_reply_to: Mapped[int | None] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="done")
    """``queued`` until a resident's message is answered, then ``done``."""
    attempts: Mapped[int] = mapped_column(default=0)
    errand_id: Mapped[UUID | None]
    tracker_mark: Mapped[int | None] = mapped_column(BigInteger)
    """Id of the errand's last tracker row before the first try; a later try deletes what is newer."""
    prepared: Mapped[list[Any] | None]
    """Replies that must survive a crash because the text they answer is gone."""
    sealed: Mapped[bool] = mapped_column(default=False)


class Button(Base):
    """What a pressed button means; residents see only the opaque token."""

    __tablename__ = "buttons"

    token: Mapped[str] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    errand_id: Mapped[UUID | None]
    position: Mapped[int]
    label: Mapped[str]
    intent: Mapped[str]
    entities: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[list[str]] = mapped_column(default=list)


class OutboxRow(Base):
    """A reply on its way to a channel; web chat rows are ``sent`` at once, since its page fetches them."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_pending", "conversation_id", "id", postgresql_where=sql("state = 'pending'")),
        Index("ix_outbox_troubled", "id", postgresql_where=sql("state in ('waiting', 'uncertain', 'failed')")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), unique=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    channel: Mapped[str]
    state: Mapped[str]
    """``pending``, ``sent``, ``failed``, ``waiting`` (for the resident's next contact), ``uncertain``,

    or ``dropped`` (a notice that is told elsewhere).
    """
    attempts: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    reason: Mapped[str | None]
    """Why it is not sent, one of ``bot.conversations.reasons``; the platform's own code stands in ``detail``."""
    detail: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    """Who saw that it did not arrive and dealt with it."""


class OutboxPiece(Base):
    """One call to the platform: a long reply, or one with many choices, goes out in several."""

    __tablename__ = "outbox_pieces"
    __table_args__ = (Index("ix_outbox_pieces_platform_id", "platform_id"),)

    outbox_id: Mapped[int] = mapped_column(ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str]
    """``sending``, committed before the call; then ``sent`` or ``uncertain``. What surely did not go out has no row."""
    digest: Mapped[str | None]
    """SHA-256 of the words until they are surely sent, to recognise them when the platform tells them back."""
    platform_id: Mapped[str | None]
    at: Mapped[datetime]


class ChannelState(Base):
    """Whether messages can go out on a channel; a row exists once it ever stopped or paused."""

    __tablename__ = "channel_states"

    channel: Mapped[str] = mapped_column(primary_key=True)
    stopped_since: Mapped[datetime | None]
    """Set while nothing goes out until a person acts."""
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    next_try_at: Mapped[datetime | None]


class Notice(Base):
    """Something a resident must learn without having asked: where it was told, or why it was not."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_waiting", "conversation_id", postgresql_where=sql("state = 'unreachable'")),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"))
    """Where the matter began; told may be another one of the same resident."""
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    kind: Mapped[str]
    """One of ``bot.conversations.notice_kinds.KINDS``."""
    state: Mapped[str]
    """``told``, ``declined``, ``unreachable`` or ``settled`` (the office reached the resident another way)."""
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), unique=True)
    tried: Mapped[list[str]] = mapped_column(default=list, server_default=sql("'[]'"))
    """Ids of the conversations where it could not be delivered."""
    payload: Mapped[dict[str, Any] | None]
    """The reply, while it could be told nowhere."""
    at: Mapped[datetime]


class NoticeRefusal(Base):
    """A kind of notice that a resident does not want."""

    __tablename__ = "notice_refusals"

    resident_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class LinkCode(Base):
    """A one-time code that links another conversation to this one; only its digest is kept."""

    __tablename__ = "link_codes"

    digest: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    claimed_by: Mapped[UUID | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    """The conversation where the code was typed and that has not yet agreed."""


class SealedHold(Base):
    """The text of a possible denunciation: no page, search, export or training reads it; deleted within a day."""

    __tablename__ = "sealed_holds"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), unique=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    text: Mapped[str]
    payload: Mapped[dict[str, Any]]
    origin: Mapped[str]
    """``bot`` or ``official``: who took it for a denunciation."""
    sealed_at: Mapped[datetime] = mapped_column(index=True)


class GuidanceGiven(Base):
    """That guidance on complaint or denunciation was given, when and for which commune; never what was said."""

    __tablename__ = "guidance_given"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str]
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"))
    at: Mapped[datetime] = mapped_column(index=True)


class DataRequest(Base):
    """A resident asked to see or erase what is kept about them."""

    __tablename__ = "data_requests"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    done_at: Mapped[datetime | None]


class Gap(Base):
    """A question that the bot failed on, without names, addresses and numbers; kept for ``GAP_DAYS``."""

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    kind: Mapped[str]
    """One of ``bot.conversations.gaps.KINDS``."""
    topic: Mapped[str | None]
    """Of the answers that were given or offered, where there were any."""
    at: Mapped[datetime] = mapped_column(index=True)
