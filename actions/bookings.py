"""Keeping a place at a reception: which day, the matter, agreement; one's own bookings, giving one up."""

import secrets
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.turn import Turn
from bot.clock import local, now
from bot.conversations.service import conversation_of
from bot.receptions import booking_codes, booking_intake, booking_wording, bookings
from bot.receptions.calendars import address
from bot.receptions.models import Reception
from bot.settings import settings

MINE = {"label": "Lịch hẹn của tôi", "intent": "my_bookings"}
ANOTHER = {"label": "Chọn buổi khác", "intent": "book_reception"}


class BeginBooking(Action):
    """Fill in what the first words or the button already tell."""

    def name(self) -> str:
        return "action_begin_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            commune_id = (await conversation_of(session, turn.message_id)).commune_id
            blanks = await booking_intake.begin(session, turn.words, turn.entities, commune_id, local(now()))
        return _filled(blanks)


class AskBookingDay(Action):
    """The days that can still be booked, or where."""

    def name(self) -> str:
        return "action_ask_booking_form_booking_day"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            dispatcher.utter_message(json_message=await booking_intake.ask_day(session, turn.slots, local(now())))
        return []


class ValidateBooking(Action):
    """Fill in what was asked; nothing filled in means the resident said something else."""

    def name(self) -> str:
        return "validate_booking_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        said = booking_intake.Said(turn.asked, turn.words, turn.intent, turn.entities)
        async with turn.unit_of_work() as session:
            return _filled(await booking_intake.answer(session, said, turn.slots, local(now())))


class Book(Action):
    """The resident agreed: keep the place."""

    def name(self) -> str:
        return "action_book"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn, hour = Turn(tracker), settings().reminder_hour
        wish = booking_intake.wish(turn.slots, turn.message_id)
        means = bookings.Means(now(), secrets.randbelow, lambda: secrets.token_urlsafe(18), hour)
        try:
            async with turn.unit_of_work() as session:
                kept = await bookings.book(session, wish, means)
                reception = await session.get_one(Reception, kept.reception_id)
                calendar = address(settings().base_url, kept.token)
                _say(dispatcher, booking_wording.booked(kept, reception, hour, calendar), [MINE], kind="status")
        except bookings.BookingRefused as refused:
            _say(dispatcher, booking_wording.REFUSED[refused.why], [ANOTHER, MINE])
        return [AllSlotsReset(), ActiveLoop(None)]


class MyBookings(Action):
    """The places the resident keeps."""

    def name(self) -> str:
        return "action_my_bookings"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        async with turn.unit_of_work() as session:
            own = await bookings.own_bookings(session, turn.conversation_id, local(now()).date())
            _say(dispatcher, booking_wording.listed(own), _to_cancel([b.code for b, _ in own]), kind="status")
        return []


class CancelBooking(Action):
    """Give up the place that is named, or the only one; of several, ask which."""

    def name(self) -> str:
        return "action_cancel_booking"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        turn = Turn(tracker)
        code = booking_codes.read(str(turn.entities.get("booking") or turn.words))
        async with turn.unit_of_work() as session:
            own = await bookings.own_bookings(session, turn.conversation_id, local(now()).date())
            if code is None and len(own) > 1:
                _say(dispatcher, booking_wording.WHICH, _to_cancel([b.code for b, _ in own]))
                return []
            code = code or (own[0][0].code if own else None)
            gone = await bookings.cancel(session, turn.conversation_id, code, now()) if code else None
            none = booking_wording.NO_SUCH if code else booking_wording.NONE
            _say(dispatcher, booking_wording.cancelled(gone) if gone else none, [], kind="status")
        return []


def _filled(blanks: dict[str, Any]) -> list[EventType]:
    return [SlotSet(name, value) for name, value in blanks.items()]


def _to_cancel(codes: list[str]) -> list[dict[str, Any]]:
    return [{"label": f"Hủy {code}", "intent": "cancel_booking", "entities": {"booking": code}} for code in codes]


def _say(dispatcher: CollectingDispatcher, text: str, buttons: list[dict[str, Any]], kind: str = "ask") -> None:
    dispatcher.utter_message(json_message={"kind": kind, "text": text, "topic": "reception", "buttons": buttons})
