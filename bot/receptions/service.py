"""Use cases of receptions: for now, loading the sample province's."""

from datetime import time
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.places.models import Commune, Village
from bot.receptions.models import Reception, ReceptionDay
from bot.receptions.schedule import CANCELLED, HELD, MOVED

KINDS = frozenset({"reception", "dialogue", "voter_contact", "village_meeting"})


class SampleRefused(ValueError):
    """A row of the sample file does not fit; the message names its slug."""


async def load_sample(session: AsyncSession, path: Path) -> int:
    """Add the file's receptions that are not there yet; how many. What is there stays as it is. ``SampleRefused``."""
    communes = dict((await session.execute(select(Commune.slug, Commune.id))).all())
    villages = dict((await session.execute(select(Village.slug, Village.id))).all())
    known = set(await session.scalars(select(Reception.slug)))
    new = {row["slug"]: row for row in read(path) if row["slug"] not in known}
    receptions = [_reception(row, communes, villages) for row in new.values()]
    session.add_all(receptions)
    await session.flush()
    session.add_all(day for reception in receptions for day in _days(reception, new[reception.slug]))
    await session.flush()
    return len(receptions)


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
            weeks_of_month=row.get("weeks_of_month", []),
            on_date=row.get("on_date"),
            from_time=time.fromisoformat(row["from"]),
            to_time=time.fromisoformat(row["to"]),
            venue=row["venue"],
            subject=row.get("subject"),
            online=row.get("online", False),
            joining=row.get("joining"),
            capacity=row.get("capacity"),
            sample=True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SampleRefused(f"{row.get('slug')}: {error!r}") from error
    times = [bool(reception.days_of_month), reception.weekday is not None, reception.on_date is not None]
    if reception.kind not in KINDS or sum(times) != 1:
        raise SampleRefused(f"{row['slug']}: kind, or not exactly one of days_of_month, weekday, on_date")
    return reception


def _days(reception: Reception, row: dict[str, Any]) -> list[ReceptionDay]:
    """What became of single days."""
    changes = row.get("changes", [])
    if any(c["state"] not in (CANCELLED, MOVED, HELD) or ("to_day" in c) != (c["state"] == MOVED) for c in changes):
        raise SampleRefused(f"{row['slug']}: changes")
    return [ReceptionDay(reception_id=reception.id, **change) for change in changes]
