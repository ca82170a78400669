"""“Xem / xóa dữ liệu của tôi”."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turn import Turn
from bot.clock import now
from bot.conversations.replies import payload_of
from bot.privacy.service import asked_in_words


class MyData(Action):
    """Say what is kept and offer to see or erase it; the buttons are settled by the worker."""

    def name(self) -> str:
        return "action_my_data"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            reply = await asked_in_words(session, turn.message_id, turn.words, now())
        dispatcher.utter_message(json_message=payload_of(reply))
        return [AllSlotsReset(), ActiveLoop(None)]
