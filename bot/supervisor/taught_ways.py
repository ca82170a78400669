"""What officials taught the bot, from the database to the file that the model is trained from."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import unit_of_work
from knowledge_base.queries import taught_ways


async def export_taught_ways(engine: AsyncEngine, path: Path) -> None:
    """Write the approved ways of asking that are not shipped; no file where there are none."""
    async with unit_of_work(engine) as session:
        ways = await taught_ways(session)
    _write(ways, path)


def _write(ways: Sequence[dict[str, Any]], path: Path) -> None:
    if not ways:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"new-{path.name}")
    new.write_text(json.dumps(ways, ensure_ascii=False, indent=1), "utf-8")
    new.replace(path)
