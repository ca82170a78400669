"""What officials approved goes into the model of the next start; what is shipped or pending changes no model."""

import json
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import unit_of_work
from bot.supervisor.data_folder import DataFolder
from bot.supervisor.model import model_path, training
from bot.supervisor.taught_ways import export_taught_ways
from knowledge_base.service import add_way, load_shipped

ANSWER, WORDS = "disclosure-rights", "dân hỏi sổ sách thì xã có phải đưa không"


async def test_an_approved_way_changes_the_model(engine: AsyncEngine, empty: str, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    before = model_path(folder.models)
    async with unit_of_work(engine) as session:
        await load_shipped(session)
        await add_way(session, ANSWER, WORDS, approved=False)
    await export_taught_ways(engine, folder.taught_ways)
    assert not folder.taught_ways.exists()
    assert model_path(folder.models) == before
    async with unit_of_work(engine) as session:
        await add_way(session, ANSWER, WORDS, approved=True)
    for _ in range(2):
        await export_taught_ways(engine, folder.taught_ways)
        [row] = json.loads(folder.taught_ways.read_text("utf-8"))
        assert row == {"id": ANSWER, "topic": "disclosure", "ways": [WORDS]}
    taught = model_path(folder.models)
    assert taught != before
    assert str(folder.taught_ways) in map(str, training(taught).command)


async def test_taken_back_the_file_goes(engine: AsyncEngine, empty: str, tmp_path: Path) -> None:
    path = tmp_path / "ways.json"
    path.write_text("[]")
    await export_taught_ways(engine, path)
    assert not path.exists()
