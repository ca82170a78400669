"""Taking down a report and sending it as a case; every decision is in ``bot.cases``."""

import json
import secrets
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.cases import codes, intake
from bot.cases.admission import NotAdmitted, TooMany
from bot.cases.alike_words import told_alike
from bot.cases.service import Report, open_case
from bot.cases.similar import alike
from bot.cases.telling import view_of
from bot.clock import local, now
from bot.officials.models import Office
from bot.settings import derive
from knowledge_base.answering import chosen_answer
from knowledge_base.deciding import Understanding
from knowledge_base.several import question_beside_report


class BeginFeedback(Action):
    """Fill in what the first words already tell; a question among them is answered first."""

    def name(self) -> str:
        return "action_begin_feedback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn, today = Turn(tracker), local(now()).date()
        typed = turn.intent == "send_feedback"
        async with turn.unit_of_work() as session:
            beside = await question_beside_report(session, turn.words, Understanding({}), today) if typed else None
            if beside and (answer := await chosen_answer(session, beside[0].hit.answer_id, today)):
                dispatcher.utter_message(json_message={**answer, "buttons": []})
            return _taken_down(dispatcher, await intake.begin(session, beside[1] if beside else turn.words))


class ValidateFeedback(Action):
    """Fill in what was asked; nothing filled in means the resident said something else."""

    def name(self) -> str:
        return "validate_feedback_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        intent = turn.intent
        if turn.is_guess and turn.asked == "place" and intent in intake.ALWAYS_HEARD:
            intent = "nlu_fallback"  # a place's name resembles nothing that was taught: the nearest act is no act
        async with turn.unit_of_work() as session:
            blanks = await intake.answer(session, turn.asked, turn.words, intent, turn.entities, turn.slots)
            told = await _told_alike(session, turn, blanks)
        return [*_taken_down(dispatcher, blanks), *_say_once(dispatcher, told)]


class ChangeFeedback(Action):
    """Go back to the answer the resident wants to change."""

    def name(self) -> str:
        return "action_change_feedback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        said = str(turn.entities.get("blank") or turn.words)
        async with turn.unit_of_work() as session:
            blanks = await intake.change(session, turn.asked, said, turn.slots)
        return _taken_down(dispatcher, blanks)


class OpenCase(Action):
    """The resident agreed: store the case and give the receipt."""

    def name(self) -> str:
        return "action_open_case"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        try:
            async with turn.unit_of_work() as session:
                case = await open_case(session, turn.message_id, _report(turn.slots), now(), secrets.randbelow)
                office = await session.get_one(Office, case.office_id)
                view = {**await view_of(session, case, office), "secret": codes.secret(case.code, derive)}
        except NotAdmitted as refused:
            dispatcher.utter_message(json_message={"kind": "notice", "text": refused.told})
            return _asked_again() if isinstance(refused, TooMany) else [AllSlotsReset(), ActiveLoop(None)]
        dispatcher.utter_message(response="utter_receipt", case=json.dumps(view), code=case.code, office=office.name)
        return [AllSlotsReset(), ActiveLoop(None)]


async def _told_alike(session: AsyncSession, turn: Turn, blanks: dict[str, Any]) -> dict[str, Any] | None:
    """What was reported before of the same thing, once everything but the agreement is there; told once a report."""
    slots = {**turn.slots, **blanks}
    whole = all(slots.get(name) for name in intake.ORDER if name != "agreement")
    if not whole or slots.get("agreement") or slots.get("alike_told"):
        return None
    return told_alike(await alike(session, turn.conversation_id, _report(slots), now()))


def _say_once(dispatcher: CollectingDispatcher, told: dict[str, Any] | None) -> list[EventType]:
    if told is None:
        return []
    dispatcher.utter_message(json_message=told)
    return [SlotSet("alike_told", True)]


def _asked_again() -> list[EventType]:
    """Everything stays noted; only the agreement is asked for again."""
    return [ActiveLoop("feedback_form"), SlotSet("agreement", None)]


def _taken_down(dispatcher: CollectingDispatcher, blanks: dict[str, Any]) -> list[EventType]:
    """Fill in the blanks; a remark is said instead."""
    if remark := blanks.pop("remark", None):
        dispatcher.utter_message(json_message={"kind": "notice", "text": remark})
    return [SlotSet(name, value) for name, value in blanks.items()]


def _report(slots: dict[str, Any]) -> Report:
    commune, village = slots.get("commune_id"), slots.get("village_id")
    return Report(
        place=slots["place"],
        commune_id=int(commune) if commune is not None else None,
        village_id=int(village) if village is not None else None,
        field=slots["subject"],
        description=slots["description"],
        visibility=slots["visibility"],
        kind=slots.get("case_kind") or "recommendation",
    )
