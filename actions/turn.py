"""What an action knows of the turn it runs in: the message, its words, what was understood; and one unit of work."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from copy import copy
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from rasa_sdk import Tracker
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.db import create_engine, unit_of_work
from knowledge_base.deciding import Understanding


@lru_cache
def engine() -> AsyncEngine:
    """This process's engine, made when the first action runs."""
    return create_engine()


class Turn:
    """A tracker as our services need it."""

    def __init__(self, tracker: Tracker) -> None:
        self._latest: dict[str, Any] = tracker.latest_message
        self.slots: dict[str, Any] = tracker.current_slot_values()
        self.asked: str | None = self.slots.get("requested_slot")

    def saying(self, words: str, intent: str) -> "Turn":
        """The same turn as if only these words had been said, and meant so."""
        part = copy(self)
        part.__dict__ = {key: value for key, value in vars(self).items() if key in ("slots", "asked")}
        ranked = [{"name": intent, "confidence": 1.0}]
        part._latest = {**self._latest, "text": words, "intent": ranked[0], "intent_ranking": ranked}
        return part

    @property
    def message_id(self) -> int:
        """The key of everything this turn does: called again, it does the same thing once."""
        return int(self._latest["metadata"]["message"])

    @property
    def conversation_id(self) -> UUID:
        return UUID(self._latest["metadata"]["conversation"])

    @property
    def words(self) -> str:
        return self._latest.get("text") or ""

    @cached_property
    def intent(self) -> str:
        """What was understood; below the fallback, what came nearest."""
        ranking = [i["name"] for i in self._latest.get("intent_ranking") or [] if i["name"] != "nlu_fallback"]
        name = (self._latest.get("intent") or {}).get("name") or ""
        return ranking[0] if name == "nlu_fallback" and ranking else name

    @property
    def is_guess(self) -> bool:
        """Whether the intent is only what came nearest."""
        return (self._latest.get("intent") or {}).get("name") == "nlu_fallback"

    @cached_property
    def understanding(self) -> Understanding:
        """What the model made of the words; a pressed button is certain of its own intent."""
        pressed = not self._latest.get("intent_ranking")
        return Understanding({self.intent: 1.0}) if pressed else Understanding.of(self._latest)

    @property
    def topic(self) -> str | None:
        """The topic of a question: its intent without ``ask_``."""
        return self.intent.removeprefix("ask_") if self.intent.startswith("ask_") else None

    @cached_property
    def entities(self) -> dict[str, Any]:
        """The first value of each entity."""
        return {e["entity"]: e["value"] for e in reversed(self._latest.get("entities") or [])}

    @asynccontextmanager
    async def unit_of_work(self) -> AsyncIterator[AsyncSession]:
        """A session committed once, at the end of the action."""
        async with unit_of_work(engine()) as session:
            yield session
