"""Telling how a case stands."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turn import Turn
from bot.cases.tracking import Asker, is_secret, names_case, status
from bot.clock import now
from bot.settings import derive


class TrackCase(Action):
    """By code, the resident's own or with its secret; without a code, the resident's own cases here."""

    def name(self) -> str:
        return "action_track_case"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        return await tell_case(Turn(tracker), dispatcher)


def is_about_case(turn: Turn) -> bool:
    """Whether words that were not understood are a case's code, or the secret that was just asked for."""
    return names_case(turn.words) or (bool(turn.slots.get("asked_code")) and is_secret(turn.words))


async def tell_case(turn: Turn, dispatcher: CollectingDispatcher) -> list[EventType]:
    """Tell the state, or ask for what is missing and remember which case it is missing for."""
    code = turn.entities.get("case_code")
    asked = turn.slots.get("asked_code")
    said = f"{asked} {turn.words}" if asked and is_secret(turn.words) else turn.words
    async with turn.unit_of_work() as session:
        asker = Asker(turn.conversation_id, turn.message_id, now())
        found = await status(session, asker, said, str(code) if code else None, derive)
    if found.payload:
        dispatcher.utter_message(json_message=found.payload)
    else:
        dispatcher.utter_message(response=found.response)
    return [SlotSet("asked_code", found.code)]
