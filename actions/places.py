"""A place was named and nothing else: what the bot can do for somebody there."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.conversations.service import remember_commune
from bot.places.service import places_elsewhere, places_named, province
from bot.places.wording import told_choice, told_elsewhere, told_here


class NamePlace(Action):
    """Remember the place and offer what there is about it; a place of another province is told which one."""

    def name(self) -> str:
        return "action_name_place"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            reply = await _reply(session, turn)
        if reply:
            dispatcher.utter_message(json_message=reply)
        else:
            dispatcher.utter_message(response="utter_nothing_open")
        return []


async def _reply(session: AsyncSession, turn: Turn) -> dict[str, Any] | None:
    said = str(turn.entities.get("place") or turn.words)
    found, served = await places_named(session, said), await province(session)
    if len(found) == 1:
        await remember_commune(session, turn.message_id, found[0].commune.id)
        return told_here(found[0])
    if found:
        return told_choice(found)
    elsewhere = await places_elsewhere(session, said)
    return {"kind": "answer", "text": told_elsewhere(elsewhere, served.name)} if elsewhere and served else None
