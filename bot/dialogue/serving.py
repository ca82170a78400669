"""The Rasa server: our channel only, on loopback, with a strict agent. Import after ``light.lighten()``."""

import asyncio
import os
from pathlib import Path
from typing import Any

from rasa.core.lock_store import LockStore
from rasa.core.run import configure_app, create_http_input_channels
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints

from bot.dialogue.action_endpoint import ActionEndpoint
from bot.dialogue.processor import StrictAgent
from bot.dialogue.shortcuts import take as take_shortcuts

HERE = Path(__file__).parent
LOOPBACK = "127.0.0.1"
SECONDS_TO_FINISH = 1.0
"""How long a turn in progress may go on after SIGTERM."""


def loaded_agent(model: Path) -> StrictAgent:
    """An agent with its model and stores; waits for the tracker database. Raises when the model does not load."""
    take_shortcuts()
    endpoints = AvailableEndpoints.read_endpoints(str(HERE / "endpoints.yml"))
    agent = StrictAgent(
        tracker_store=TrackerStore.create(endpoints.tracker_store),
        lock_store=LockStore.create(endpoints.lock_store),
        action_endpoint=ActionEndpoint(_webhook(endpoints.action.url), float(os.environ.get("ACTIONS_SECONDS", "8"))),
    )
    agent.load_model(str(model))
    return agent


def serve(port: int, model: Path) -> None:
    """Serve until SIGTERM or SIGINT; the port opens when the model is loaded."""
    if not model.is_file():
        raise SystemExit(f"no model at {model}: run `python -m bot.dialogue train --out {model}`")
    agent = loaded_agent(model)
    channels = create_http_input_channels(None, str(HERE / "credentials.yml"))
    app = configure_app(channels, enable_api=False, port=port)
    app.ctx.agent = agent
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = SECONDS_TO_FINISH
    app.register_listener(_warm, "before_server_start")
    app.run(host=LOOPBACK, port=port, workers=1, access_log=False)


async def _warm(app: Any, _: asyncio.AbstractEventLoop) -> None:
    """The first parse loads the word segmenter: do it before anyone waits."""
    await app.ctx.agent.parse_message("Xin chào")


def _webhook(url: str) -> str:
    return url if url.rstrip("/").endswith("/webhook") else url.rstrip("/") + "/webhook"
