"""The action server: Rasa's custom-action protocol on loopback, one process."""

import asyncio
import logging

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sqlalchemy.exc import DBAPIError

from bot.db import create_engine, unit_of_work
from bot.logging import configure_logging
from bot.settings import settings
from knowledge_base.search import search


def main() -> None:
    """Serve until told to stop."""
    configure_logging(settings().log_level)
    logging.getLogger("sanic").setLevel(logging.WARNING)
    asyncio.run(_read_knowledge())
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=None)
    asyncio.set_event_loop(asyncio.new_event_loop())
    app.run(host="127.0.0.1", port=settings().actions_port, single_process=True, access_log=False, motd=False)


async def _read_knowledge() -> None:
    """Build the search index before the first question comes; without a database the first question does it."""
    engine = create_engine()
    try:
        async with unit_of_work(engine) as session:
            await search(session, "xin chào", None)
    except (DBAPIError, OSError) as problem:
        logging.getLogger(__name__).warning("knowledge not read yet: %s", type(problem).__name__)
    finally:
        await engine.dispose()


if __name__ == "__main__":
    main()
