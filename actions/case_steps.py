"""What a resident wants with a case of theirs: add, withdraw, reopen, rate, change who may know, follow."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turn import Turn
from bot.cases import own_steps
from bot.cases.changes import Resident
from bot.cases.intake import ALWAYS_HEARD, is_question, names_level
from bot.cases.rules import Act
from bot.clock import now

CODE, ACT, ANSWER, OPEN = "step_case", "step_act", "step_answer", "step_open"
HEARD_FIRST = ALWAYS_HEARD - {"file_complaint", "not_helpful"}
"""“Tôi không đồng ý với trả lời ấy” is a reason to reopen, no complaint to be guided."""


class BeginCaseStep(Action):
    """Which case, and is the step open to it; what needs no further word is done at once."""

    def name(self) -> str:
        return "action_begin_case_step"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn, code = Turn(tracker), None
        if turn.entities.get("case_code"):
            code = str(turn.entities["case_code"])
        async with turn.unit_of_work() as session:
            begun = await own_steps.begin(session, _who(turn), turn.intent, turn.words, code)
            reply = begun.instead or await _done_at_once(session, turn, begun)
        if reply:
            dispatcher.utter_message(json_message=reply)
        waits = reply is None
        return [SlotSet(CODE, begun.code), SlotSet(ACT, begun.act), SlotSet(ANSWER, None), SlotSet(OPEN, waits)]


class AskCaseStep(Action):
    """What the step still needs."""

    def name(self) -> str:
        return "action_ask_case_form_step_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        slots = Turn(tracker).slots
        dispatcher.utter_message(json_message=own_steps.ask(slots[CODE], slots[ACT]))
        return []


class ValidateCaseStep(Action):
    """Read the answer; nothing filled in means the resident said something else."""

    def name(self) -> str:
        return "validate_case_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        if turn.asked != ANSWER or _is_aside(turn):
            return []
        answer = own_steps.read(turn.slots[ACT], turn.words, turn.intent, turn.entities)
        return [SlotSet(ANSWER, answer)] if answer else []


class DoCaseStep(Action):
    """Do it, and say what was done."""

    def name(self) -> str:
        return "action_do_case_step"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        code, act, answer = (str(turn.slots[name]) for name in (CODE, ACT, ANSWER))
        async with turn.unit_of_work() as session:
            reply = await own_steps.do(session, _who(turn), code, act, answer, now())
        dispatcher.utter_message(json_message=reply)
        return [AllSlotsReset()]


async def _done_at_once(session: Any, turn: Turn, begun: own_steps.Begun) -> dict[str, Any] | None:
    """Where the first words told everything, what was done; None while something is still to be asked."""
    if begun.code is None or begun.act is None or begun.answer is None:
        return None
    return await own_steps.do(session, _who(turn), begun.code, begun.act, begun.answer, now())


def _who(turn: Turn) -> Resident:
    return Resident(turn.conversation_id, turn.message_id)


def _is_aside(turn: Turn) -> bool:
    """Whether the words say something else; “chỉ cán bộ” in answer to who may know is no wish for one."""
    if turn.slots[ACT] == Act.SHOW_TO and names_level(turn.words):
        return False
    return turn.intent in HEARD_FIRST or is_question(turn.words, turn.intent)
