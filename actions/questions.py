"""A question the bot could not answer goes to the office as a case; what others asked and was answered comes first."""

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.cases import intake
from bot.conversations.queries import words_above
from bot.publications import wording
from bot.publications.queries import one_published, similar


class BeginQuestion(Action):
    """Public answers to much the same question first; else, or if wanted all the same, the question is taken down."""

    def name(self) -> str:
        return "action_begin_question"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            asked = await _asked(session, turn)
            found = [] if turn.entities.get("question") or not asked else await similar(session, asked)
            blanks = await intake.begin(session, asked)
        if found:
            dispatcher.utter_message(json_message=wording.offered(found, asked))
            return [SlotSet("question_open", False)]
        noted = blanks | {"case_kind": "question", "description": asked or None}
        return [SlotSet("question_open", True), *(SlotSet(name, value) for name, value in noted.items())]


class SeePublication(Action):
    """The public answer that was chosen."""

    def name(self) -> str:
        return "action_see_publication"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            found = await one_published(session, int(turn.entities.get("publication") or 0))
        dispatcher.utter_message(json_message=wording.told(found) if found else wording.GONE)
        return []


async def _asked(session: AsyncSession, turn: Turn) -> str:
    """The question itself: carried by the button, or what the resident said before the button was shown."""
    carried = turn.entities.get("question")
    return str(carried) if carried else await words_above(session, turn.message_id)
