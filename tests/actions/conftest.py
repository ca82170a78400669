from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.ext.asyncio import AsyncEngine

import actions.turn
from tests.conversations.town import MORNING, clock, say, talk, town, town_url

__all__ = ["clock", "talk", "town", "town_url"]

Run = Callable[..., Awaitable[tuple[list[dict[str, Any]], dict[str, Any]]]]


@pytest.fixture(autouse=True)
def _in_town(town: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions work on the town's database, on Friday morning, 20/11/2026."""
    monkeypatch.setattr(actions.turn, "engine", lambda: town)
    for module in ("answers", "cases", "feedback", "human", "my_data", "receptions", "safety"):
        monkeypatch.setattr(f"actions.{module}.now", lambda: MORNING)


@pytest.fixture
def run(town: AsyncEngine, talk: UUID) -> Run:
    """``await run(Action(), "words")``: what was said, and the slots set. A fresh message unless one is given."""

    async def act(
        action: Action,
        words: str,
        *,
        intent: str = "nlu_fallback",
        sure: float = 0.9,
        entities: dict[str, Any] | None = None,
        slots: dict[str, Any] | None = None,
        message: int | None = None,
        nearest: str | None = None,
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        kept = message or await say(town, talk, words, client_id=str(uuid4()))
        dispatcher = CollectingDispatcher()
        found = _tracker(kept, talk, words, intent, sure, entities or {}, slots or {})
        if nearest:
            found.latest_message["intent_ranking"].append({"name": nearest, "confidence": 0.2})
        events = await action.run(dispatcher, found, {})
        return dispatcher.messages, {str(e.get("name")): e.get("value") for e in events if e["event"] == "slot"}

    return act


def _tracker(
    message: int, talk: UUID, words: str, intent: str, sure: float, entities: dict[str, Any], slots: dict[str, Any]
) -> Tracker:
    ranked = {"name": intent, "confidence": sure}
    form = {"name": "feedback_form"} if slots.get("requested_slot") else {}
    return Tracker.from_dict(
        {
            "sender_id": "errand",
            "slots": slots,
            "latest_message": {
                "text": words,
                "intent": ranked,
                "intent_ranking": [ranked],
                "entities": [{"entity": name, "value": value} for name, value in entities.items()],
                "metadata": {"message": str(message), "conversation": str(talk)},
            },
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": form,
            "latest_action_name": None,
        }
    )
