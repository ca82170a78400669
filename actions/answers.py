"""Answering a question from the knowledge base, asking back, or saying that the bot did not understand."""

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.ext.asyncio import AsyncSession

from actions.cases import is_about_case, tell_case
from actions.conventions import convention_reply, with_own_village
from actions.dialogues import which_dialogue
from actions.follow_ups import FOLLOWS, gone_on
from actions.human import hand_over
from actions.receptions import reception_reply
from actions.recordings import with_listening
from actions.turn import Turn
from bot.clock import local, now
from bot.conversations.service import count_misunderstood
from bot.language import looks_vietnamese
from bot.receptions.answering import Question, asked_in
from knowledge_base.answering import chosen_answer, clarify_payload, reply_to
from knowledge_base.conventions.asking import tells_of_the_making
from knowledge_base.several import Part, two_questions

PATIENT_TIMES = 1
"""How many messages in a row may be not understood before a person takes over."""


class AnswerQuestion(Action):
    """What a resident asked: local dates and texts first, then the law."""

    def name(self) -> str:
        return "action_answer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        if is_about_case(turn):
            return await tell_case(turn, dispatcher)
        async with turn.unit_of_work() as session:
            replies, events = await _replies(session, turn)
            if not replies:
                await not_understood(session, turn, dispatcher)
        for reply in replies:
            dispatcher.utter_message(json_message=reply)
        return events


class NotUnderstood(AnswerQuestion):
    """No intent is sure: the words may still match an answer well enough."""

    def name(self) -> str:
        return "action_default_fallback"


class OutOfScope(Action):
    """Not ours: say so; what is no language at all was not understood."""

    def name(self) -> str:
        return "action_out_of_scope"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        if is_about_case(turn):
            return await tell_case(turn, dispatcher)
        async with turn.unit_of_work() as session:
            if days := await reception_reply(session, turn):
                dispatcher.utter_message(json_message=days[0])
                return days[1]
        if looks_vietnamese(turn.words):
            dispatcher.utter_message(response="utter_out_of_scope")
            return []
        async with turn.unit_of_work() as session:
            await not_understood(session, turn, dispatcher)
        return []


async def _replies(session: AsyncSession, turn: Turn) -> tuple[list[dict[str, Any]], list[EventType]]:
    """The reply to each question of the message (none: not understood), and what is to be remembered of them."""
    today = local(now()).date()
    typed = not {"answer", FOLLOWS} & turn.entities.keys()
    both = await two_questions(session, turn.words, turn.understanding, today, asks_days) if typed else None
    if both is None:
        reply, events = await _reply(session, turn)
        return [reply] if reply else [], events
    first, remembered = await _reply_to_part(session, turn, both[0], today)
    second, events = await _reply_to_part(session, turn, both[1], today)
    return [{**first, "buttons": first["buttons"][:-1]}, second], [*remembered, *events]


def asks_days(words: str) -> bool:
    """Whether the calendar of receptions and meetings answers these words."""
    return asked_in(Question(words), local(now()).date()) is not None


async def _reply_to_part(
    session: AsyncSession, turn: Turn, part: Part, today: date
) -> tuple[dict[str, Any], list[EventType]]:
    """The reply to one of two questions: local days first, then the answer found."""
    alone = turn.saying(part.words, f"ask_{part.hit.topic}")
    if days := await reception_reply(session, alone):
        return days
    return await chosen_answer(session, part.hit.answer_id, today) or clarify_payload([part.hit]), []


async def _reply(session: AsyncSession, turn: Turn) -> tuple[dict[str, Any] | None, list[EventType]]:
    """The reply, and what is to be remembered of the question."""
    today = local(now()).date()
    if "answer" in turn.entities:
        chosen = await chosen_answer(session, str(turn.entities["answer"]), today)
        return await with_listening(session, chosen), []
    if more := await gone_on(session, turn, today):
        return await with_listening(session, more[0]), more[1]
    if days := await reception_reply(session, turn):
        return days
    if asked := await which_dialogue(session, turn):
        return asked, []
    village = await convention_reply(session, turn, today)
    if village and not (village[0]["kind"] == "clarify" and tells_of_the_making(turn.words)):
        said, events = village
        return await with_listening(session, said), events
    law = await reply_to(session, turn.words, turn.understanding, today)
    if law is None and village:
        return village
    return await with_listening(session, await with_own_village(session, turn, law, today)), []


async def not_understood(session: AsyncSession, turn: Turn, dispatcher: CollectingDispatcher) -> None:
    """Ask to say it otherwise; the second time in a row a person takes over."""
    if await count_misunderstood(session, turn.message_id) <= PATIENT_TIMES:
        dispatcher.utter_message(response="utter_rephrase")
    else:
        await hand_over(session, turn, dispatcher, "not_understood", "utter_not_understood_handover")
