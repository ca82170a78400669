"""The action server: Rasa's custom-action protocol on loopback, one process."""

import asyncio
import logging

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor

from bot.logging import configure_logging
from bot.settings import settings


def main() -> None:
    """Serve until told to stop."""
    configure_logging(settings().log_level)
    logging.getLogger("sanic").setLevel(logging.WARNING)
    executor = ActionExecutor()
    executor.register_package("actions")
    app = create_app(executor, cors_origins=None)
    asyncio.set_event_loop(asyncio.new_event_loop())
    app.run(host="127.0.0.1", port=settings().actions_port, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
