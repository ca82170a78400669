"""Telling how a case stands."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turn import Turn
from bot.cases.tracking import status
from bot.settings import derive


class TrackCase(Action):
    """By code, the resident's own or with its secret; without a code, the resident's own cases here."""

    def name(self) -> str:
        return "action_track_case"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        code = turn.entities.get("case_code")
        async with turn.unit_of_work() as session:
            found = await status(session, turn.conversation_id, turn.words, str(code) if code else None, derive)
        if found.payload:
            dispatcher.utter_message(json_message=found.payload)
        else:
            dispatcher.utter_message(response=found.response)
        return []
