"""Answers that can be heard: a button for each language, and the recording behind it."""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict
from sqlalchemy.ext.asyncio import AsyncSession

from actions.turn import Turn
from bot.settings import settings
from knowledge_base.recordings import listen_buttons, offered, recording_with, voice_payload


class Listen(Action):
    """The recording behind a pressed button."""

    def name(self) -> str:
        return "action_play_recording"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            recording = await recording_with(session, str(turn.entities.get("recording")))
            payload = voice_payload(recording, settings().public_url) if recording else None
        if payload:
            dispatcher.utter_message(json_message=payload)
        else:
            dispatcher.utter_message(response="utter_recording_gone")
        return []


async def with_listening(session: AsyncSession, reply: dict[str, Any] | None) -> dict[str, Any] | None:
    """The reply with a button for each language in which its words were recorded."""
    if reply is None or reply["kind"] != "answer":
        return reply
    section, answer = reply.get("section"), reply.get("answer")
    heard = await offered(session, section_id=section) if section else await offered(session, answer_id=answer)
    return {**reply, "buttons": [*listen_buttons(heard), *reply["buttons"]]}
