"""Use cases of receptions: for now, loading the sample province's."""

from datetime import time
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.places.models import Commune, Village
from bot.receptions.models import Reception

KINDS = frozenset({"reception", "dialogue", "voter_contact", "village_meeting"})


class SampleRefused(ValueError):
    """A row of the sample file does not fit; the message names its slug."""


async def load_sample(session: AsyncSession, path: Path) -> int:
    """Add the file's receptions that are not there yet; how many. What is there stays as it is. ``SampleRefused``."""
    communes = dict((await session.execute(select(Commune.slug, Commune.id))).all())
    villages = dict((await session.execute(select(Village.slug, Village.id))).all())
    known = set(await session.scalars(select(Reception.slug)))
    new = [_reception(row, communes, villages) for row in read(path) if row["slug"] not in known]
    session.add_all(new)
    await session.flush()
    return len(new)


def read(path: Path) -> list[dict[str, Any]]:
    """The file's rows as they stand."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def _reception(row: dict[str, Any], communes: dict[str, int], villages: dict[str, int]) -> Reception:
    try:
        reception = Reception(
            slug=row["slug"],
            commune_id=communes[row["commune"]] if "commune" in row else None,
            village_id=villages[row["village"]] if "village" in row else None,
            kind=row["kind"],
            host=row["host"],
            days_of_month=row.get("days_of_month", []),
            weekday=row.get("weekday"),
            on_date=row.get("on_date"),
            from_time=time.fromisoformat(row["from"]),
            to_time=time.fromisoformat(row["to"]),
            venue=row["venue"],
            subject=row.get("subject"),
            sample=True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SampleRefused(f"{row.get('slug')}: {error!r}") from error
    times = [bool(reception.days_of_month), reception.weekday is not None, reception.on_date is not None]
    if reception.kind not in KINDS or sum(times) != 1:
        raise SampleRefused(f"{row['slug']}: kind, or not exactly one of days_of_month, weekday, on_date")
    return reception
