"""What was asked or reported, and everything that happened to it since."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Case(Base):
    """A promise of the state to a person (vụ việc): it has an office, a state, a history and an end."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("(state = 'transferred') = (to_office_id is not null)", name="transferred_to_an_office"),
        CheckConstraint("(state = 'merged') = (merged_into_id is not null)", name="merged_into_a_case"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    code: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    """``question`` or ``recommendation``."""
    field: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str | None]
    refusal: Mapped[str | None]
    """Why it was refused: a code of ``bot.cases.reasons``."""
    competent: Mapped[str | None]
    """Who is competent where the office is not, in the office's words."""
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    """Who answers for it; while it is being transferred still the office that sends it."""
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("officials.id"), index=True)
    to_office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"), index=True)
    """The office that has yet to accept or return it; None unless transferred."""
    returns: Mapped[int] = mapped_column(default=0, server_default=sql("0"))
    """How often it was returned since an office last accepted it."""
    merged_into_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    earlier_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"))
    """The case that its sender could no longer reopen."""
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("villages.id"))
    place: Mapped[str]
    """Where it happened, as the resident said it."""
    description: Mapped[str]
    title: Mapped[str | None]
    """A few words that tell nobody's name, by an official; others see no more of a public case."""
    visibility: Mapped[str]
    """``nobody`` (not even officials see who), ``officials`` or ``public``."""
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    """The message of agreement: the same message never opens a second case."""
    consent_version: Mapped[str]
    consent_channel: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    updated_at: Mapped[datetime]
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it was last answered: until ten days later it may be reopened."""
    reopened_at: Mapped[datetime | None]
    news_since: Mapped[datetime | None]
    """Since when something of the resident waits that no official has acted on."""
    version: Mapped[int] = mapped_column(default=0, server_default=sql("0"))
    """Number of the newest history entry: who acts on an older one has not seen what changed."""


class CaseReporter(Base):
    """Who is told about a case: its sender, the senders of what was merged into it, and who follows it."""

    __tablename__ = "case_reporters"
    __table_args__ = (UniqueConstraint("case_id", "conversation_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    own_case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    """The case this resident knows: their own, or the one they chose to follow."""
    part: Mapped[str]
    """``sender`` or ``follower``."""
    visibility: Mapped[str]
    since: Mapped[datetime]
    left_at: Mapped[datetime | None]


class CaseEntry(Base):
    """One line of a case's history; append-only, only its words may be erased (a trigger holds it)."""

    __tablename__ = "case_entries"
    __table_args__ = (UniqueConstraint("case_id", "number"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str]
    """``resident``, ``reporter`` (of a merged case), ``follower``, ``official:<id>`` or ``system``."""
    act: Mapped[str | None]
    """``open`` or one of ``bot.cases.rules.Act``; None in lines written before acts had names."""
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    """A code of ``bot.cases.reasons``."""
    office_id: Mapped[int | None] = mapped_column(ForeignKey("offices.id"))
    """The office in charge afterwards."""
    message_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    """The resident's message that did it: never twice, and its photos belong to the case. Not for officials' eyes."""
    note: Mapped[str | None]
    salt: Mapped[str | None]
    shown: Mapped[bool]
    """Whether the resident sees this line."""
    digest: Mapped[str]
    """SHA-256 over salt and note: proves the words while they exist, tells nothing once they are erased."""
    chain: Mapped[str]
    """SHA-256 over the previous line's chain and everything in this one but the words."""


class CaseRating(Base):
    """How content a resident is with one answer, once."""

    __tablename__ = "case_ratings"
    __table_args__ = (
        UniqueConstraint("case_id", "conversation_id", "answer_number"),
        CheckConstraint("stars between 1 and 5", name="one_to_five_stars"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    answer_number: Mapped[int]
    """Number of the history entry that answered."""
    stars: Mapped[int]
    comment: Mapped[str | None]
    message_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    at: Mapped[datetime] = mapped_column(index=True)


class SecretTry(Base):
    """Somebody gave a wrong secret for a code, from a place that is not the case's own."""

    __tablename__ = "secret_tries"
    __table_args__ = (Index("ix_secret_tries_asker_at", "asker", "at"), Index("ix_secret_tries_code_at", "code", "at"))

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    code: Mapped[str]
    asker: Mapped[str]
    """A conversation's id, or what stands for a browser."""
    key: Mapped[str] = mapped_column(unique=True)
    """The message's id: a repetition is no second try."""
    at: Mapped[datetime]


class Block(Base):
    """A resident may open no case for a while; asking, and a human in need, stay open to them."""

    __tablename__ = "blocks"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversations.id"), index=True)
    reason: Mapped[str]
    official_id: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]
    lifted_at: Mapped[datetime | None]


class CaseAttachment(Base):
    """A photo, voice note, file or location that belongs to a case."""

    __tablename__ = "case_attachments"

    media_id: Mapped[UUID] = mapped_column(ForeignKey("media.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime]
