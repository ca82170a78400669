"""The sample province: its places from the content file, and the mark on everything said from it."""

from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold
from bot.places.directory import CommuneEntry, former_unit
from bot.places.models import Commune, Province, Village
from bot.places.service import add_commune

MARK = "(dữ liệu mẫu) "
"""Begins every answer that comes from sample data."""


def read(path: Path) -> dict[str, Any]:
    """The file as it stands: ``{province, offices: [{slug, name, level, …}], communes: [{…, villages}]}``."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


async def load(session: AsyncSession, content: dict[str, Any]) -> Province:
    """The sample province with its communes and villages, into a database that has none."""
    province = Province(name=content["province"], sample=True)
    session.add(province)
    for row in content["communes"]:
        former = tuple(former_unit(written) for written in row.get("formerly", ()))
        commune = await add_commune(session, CommuneEntry(row["slug"], f"{row['kind']} {row['name']}", former))
        session.add_all(_village(commune, village) for village in row["villages"])
    await session.flush()
    return province


def _village(commune: Commune, row: dict[str, str]) -> Village:
    name = row["name"]
    return Village(commune_id=commune.id, slug=row["slug"], kind=row["kind"], name=name, folded=fold(name))
