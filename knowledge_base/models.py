"""What the bot knows, as the console edits it: facts, answers, ways of asking, villages' conventions, recordings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base
from knowledge_base.answers import Answer
from knowledge_base.facts import Citation, Fact


class FactRow(Base):
    """One statement of law, policy or emergency help."""

    __tablename__ = "facts"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    """``rule``, ``changed``, ``policy``, ``emergency`` or ``office``."""
    standing: Mapped[str]
    """``sure``, ``ask_an_official``, ``conflicting`` or ``own``."""
    text: Mapped[str]
    citations: Mapped[list[Any]]
    """``[{"document", "article", "clause", "point"}]``."""
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]
    source: Mapped[str]
    edited_by_official: Mapped[bool] = mapped_column(default=False)
    content_hash: Mapped[str | None]
    """Of the shipped form last loaded; ``None`` when an official wrote it."""

    def plain(self) -> Fact:
        """The fact without its row."""
        cited = tuple(Citation(**place) for place in self.citations)
        force = (self.in_force_from, self.in_force_to)
        return Fact(self.id, self.kind, self.standing, self.text, cited, *force, self.source)


class AnswerRow(Base):
    """What a resident reads."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    text: Mapped[str]
    more: Mapped[str | None]
    scope: Mapped[str] = mapped_column(default="all")
    """``all``, ``commune`` or ``village``."""
    changed: Mapped[bool] = mapped_column(default=False)
    edited_by_official: Mapped[bool] = mapped_column(default=False)
    content_hash: Mapped[str | None]
    """Of the shipped form last loaded; ``None`` when an official wrote it."""

    def plain(self, facts: Sequence[Fact], ways: Sequence[str]) -> Answer:
        """The answer without its row, resting on these facts and asked in these ways."""
        rests = tuple(fact.id for fact in facts)
        return Answer(
            self.id, self.topic, self.title, self.text, self.more, rests, tuple(ways), self.changed, self.scope
        )


class AnswerFact(Base):
    """An answer rests on a fact; ``position`` keeps the order of the citations."""

    __tablename__ = "answer_facts"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    fact_id: Mapped[str] = mapped_column(ForeignKey("facts.id"), primary_key=True, index=True)
    position: Mapped[int]


class Way(Base):
    """One way of asking for an answer; only approved ways are searched and trained on."""

    __tablename__ = "answer_ways"
    __table_args__ = (UniqueConstraint("answer_id", "text"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    text: Mapped[str]
    approved: Mapped[bool] = mapped_column(default=False)
    shipped: Mapped[bool] = mapped_column(default=False)


class ShippedEdit(Base):
    """A shipped change that was not taken over because an official had edited the item; waits for review."""

    __tablename__ = "shipped_edits"
    __table_args__ = (UniqueConstraint("kind", "item_id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    kind: Mapped[str]
    """``fact`` or ``answer``."""
    item_id: Mapped[str]
    content_hash: Mapped[str]
    """Of the shipped form; empty when the item is no longer shipped."""
    shipped: Mapped[dict[str, Any]]
    """The shipped form as in the files; ``{}`` when the item is no longer shipped."""
    reviewed: Mapped[bool] = mapped_column(default=False)


class KnowledgeVersion(Base):
    """One row whose stamp changes with every write. Never a counter: one that was rolled back would come again."""

    __tablename__ = "knowledge_version"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    stamp: Mapped[UUID]


class Convention(Base):
    """A village's convention (hương ước, quy ước) in one version."""

    __tablename__ = "conventions"
    __table_args__ = (UniqueConstraint("village_slug", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_slug: Mapped[str]
    version: Mapped[int]
    adopted_on: Mapped[date | None]
    recognised_on: Mapped[date | None]
    recognised_by_office: Mapped[str | None]
    sample: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="confirmed", server_default="confirmed")
    """``draft`` while an imported text waits for an official, then ``confirmed``."""
    source_file: Mapped[str | None]
    """The name of the file it was imported from."""
    imported_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    """None when it was confirmed on the command line."""


class ConventionSection(Base):
    """One section of a convention, in order."""

    __tablename__ = "convention_sections"
    __table_args__ = (UniqueConstraint("convention_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    convention_id: Mapped[int] = mapped_column(ForeignKey("conventions.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]


class Recording(Base):
    """Somebody reading an answer or a section of a convention aloud, in one language."""

    __tablename__ = "recordings"
    __table_args__ = (CheckConstraint("(answer_id is null) <> (section_id is null)", name="of_one_text"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    """In its address: cannot be guessed."""
    answer_id: Mapped[str | None] = mapped_column(index=True)
    """No foreign key: an answer taken out and shipped again keeps its voice."""
    section_id: Mapped[int | None] = mapped_column(ForeignKey("convention_sections.id"), index=True)
    text_hash: Mapped[str]
    """Of the words that were read; once they change the recording is no longer offered."""
    language: Mapped[str]
    """One of ``knowledge_base.recordings.LANGUAGES``: “Mông”."""
    speaker: Mapped[str]
    """A role or name, as the office gave it."""
    recorded_on: Mapped[date]
    content_hash: Mapped[str] = mapped_column(index=True)
    media_type: Mapped[str]
    size: Mapped[int]
    """In bytes."""
    seconds: Mapped[float]
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"))
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    uploaded_at: Mapped[datetime]
