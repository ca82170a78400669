"""Answers of settled cases that everybody may read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base


class Publication(Base):
    """A case's question and answer without anybody's name; read by all once a second person agrees."""

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint("approved_by is null or approved_by <> drafted_by", name="by_two_people"),
        CheckConstraint("(state = 'published') = (approved_by is not null)", name="approved_when_published"),
        Index("ix_publications_terms", "terms", postgresql_using="gin"),
        Index("uq_publications_case", "case_id", unique=True, postgresql_where=sql("state <> 'withdrawn'")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("offices.id"), index=True)
    commune_id: Mapped[int | None] = mapped_column(ForeignKey("communes.id"), index=True)
    field: Mapped[str]
    title: Mapped[str]
    question: Mapped[str]
    answer: Mapped[str]
    terms: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    """Folded syllables and pairs of title and question, for finding it."""
    state: Mapped[str]
    """``draft``, ``published`` or ``withdrawn``."""
    drafted_by: Mapped[int] = mapped_column(ForeignKey("officials.id"))
    drafted_at: Mapped[datetime]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("officials.id"))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str | None]
