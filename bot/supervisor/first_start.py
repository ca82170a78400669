"""Make the database ready for this version: databases, tables, first content; then export what the model learns.

At every start; quick if nothing is new.

Its own process, so that the supervisor stays small and a signal can end it.
"""

import asyncio
import sys

from bot.db import create_engine
from bot.db.schema import migrate
from bot.seeding import OtherProvince, seed
from bot.settings import Settings, settings
from bot.supervisor.data_folder import DataFolder
from bot.supervisor.databases import create_databases
from bot.supervisor.problems import CannotStart
from bot.supervisor.taught_ways import export_taught_ways
from knowledge_base.loader import ContentError


def main() -> int:
    """0, or 2 after one line on standard error."""
    wanted = settings()
    try:
        create_databases(wanted.database_url, wanted.rasa_database)
        migrate(wanted.database_url)
        load_first_content(wanted)
    except CannotStart as problem:
        print(f"Lỗi: {problem}", file=sys.stderr)
        return 2
    return 0


def load_first_content(wanted: Settings) -> None:
    """Load the knowledge base and, with SAMPLE=1, the sample province and its accounts; each only once."""
    try:
        asyncio.run(_seed(wanted))
    except (OtherProvince, ContentError) as problem:
        raise CannotStart(str(problem)) from problem


async def _seed(wanted: Settings) -> None:
    engine = create_engine(wanted.database_url)
    try:
        await seed(engine, wanted)
        await export_taught_ways(engine, DataFolder(wanted.data_dir.resolve()).taught_ways)
    finally:
        await engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
