"""Handing the talk to an official."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.clock import now
from bot.conversations import service
from bot.places.service import places_named


class TalkToHuman(Action):
    """“Gặp cán bộ”: say who will answer and when."""

    def name(self) -> str:
        return "action_hand_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            reason = "not_helpful" if turn.intent == "not_helpful" else "asked"
            await hand_over(session, turn, dispatcher, reason, "utter_handover")
        return [AllSlotsReset(), ActiveLoop(None)]


async def hand_over(
    session: AsyncSession, turn: Turn, dispatcher: CollectingDispatcher, reason: str, response: str
) -> None:
    """Give the talk to the office of the place named (or known), and tell the resident."""
    named = await places_named(session, turn.words)
    commune_id = named[0].commune.id if len(named) == 1 else turn.slots.get("commune_id")
    if commune_id is not None:
        await service.remember_commune(session, turn.message_id, int(commune_id))
    office = await service.hand_over(session, turn.message_id, reason, now())
    when = await service.answering_time(session, office, now())
    dispatcher.utter_message(response=response, office=office.name, when=when)
