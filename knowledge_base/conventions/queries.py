"""Reads of conventions: the one in force, its sections."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge_base.models import Convention, ConventionSection


async def in_force(session: AsyncSession, village_slug: str, on: date) -> Convention | None:
    """The village's newest confirmed convention that was recognised by that day; any other is a draft, and not told."""
    of_village = select(Convention).where(Convention.village_slug == village_slug, Convention.state == "confirmed")
    recognised = of_village.where(Convention.recognised_on <= on)
    return await session.scalar(recognised.order_by(Convention.version.desc()).limit(1))


async def sections(session: AsyncSession, convention: Convention) -> Sequence[ConventionSection]:
    """The convention's sections in order."""
    of_it = select(ConventionSection).where(ConventionSection.convention_id == convention.id)
    return (await session.scalars(of_it.order_by(ConventionSection.position))).all()


async def villages_with_text(session: AsyncSession, on: date) -> frozenset[str]:
    """Slugs of the villages whose convention in force is held."""
    held = select(Convention.village_slug).where(Convention.state == "confirmed", Convention.recognised_on <= on)
    return frozenset(await session.scalars(held.distinct()))
