"""The sample villages' conventions, from the content files into the database."""

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.places.models import Village
from knowledge_base.conventions.kinds import LABELS
from knowledge_base.loader import CONTENT, ContentError
from knowledge_base.models import Convention, ConventionSection


async def load_conventions(session: AsyncSession, directory: Path = CONTENT / "conventions") -> int:
    """Add the shipped sample conventions that are not there yet; how many. Raises ``ContentError``."""
    known = {tuple(row) for row in await session.execute(select(Convention.village_slug, Convention.version))}
    villages = set(await session.scalars(select(Village.slug)))
    added = 0
    for file, row in read(directory):
        _check(file, row, villages)
        if (row["village"], row["version"]) not in known:
            await _add(session, row)
            added += 1
    return added


def read(directory: Path = CONTENT / "conventions") -> list[tuple[str, dict[str, Any]]]:
    """The rows of every file in the folder as they stand, each with its file's name."""
    files = sorted(directory.glob("*.yml"))
    return [(file.name, row) for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8")) or []]


def _check(file: str, row: dict[str, Any], villages: set[str]) -> None:
    name = f"{file}: {row.get('village')} phiên bản {row.get('version')}"
    if row.get("village") not in villages:
        raise ContentError(f"{name}: no such village")
    if bool(row.get("recognised_on")) != bool(row.get("recognised_by")):
        raise ContentError(f"{name}: recognised_on and recognised_by go together")
    if unknown := {part.get("kind") for part in row["sections"]} - LABELS.keys():
        raise ContentError(f"{name}: unknown section kinds {unknown}")


async def _add(session: AsyncSession, row: dict[str, Any]) -> None:
    convention = Convention(
        village_slug=row["village"],
        version=row["version"],
        adopted_on=row["adopted_on"],
        recognised_on=row["recognised_on"],
        recognised_by_office=row["recognised_by"],
        sample=True,
    )
    session.add(convention)
    await session.flush()
    session.add_all(
        ConventionSection(convention_id=convention.id, position=position, **part)
        for position, part in enumerate(row["sections"], start=1)
    )
    await session.flush()
