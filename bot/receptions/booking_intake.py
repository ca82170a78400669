"""Taking down a booking: what each answer fills in, what is offered. Knows no dialogue engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.intake import ALWAYS_HEARD
from bot.language import clean, fold
from bot.places.models import Commune
from bot.places.service import places_named
from bot.receptions import asked as words
from bot.receptions.answering import DAYS_AHEAD, can_book, dates_in, in_standard_words, key_of
from bot.receptions.booking_wording import NO_MATTER, described
from bot.receptions.bookings import LONGEST_MATTER, Wish, bookable_day
from bot.receptions.queries import Meeting, upcoming
from bot.receptions.wording import place_of, short_day

Blanks = dict[str, Any]
"""Names and values to fill in; empty means: this was no answer to what was asked."""

SLOTS = (
    "booking_words",
    "booking_commune",
    "booking_day",
    "booking_label",
    "matter",
    "matter_label",
    "booking_agreement",
)
OFFERED = 4
PROVINCE = 0
"""In ``booking_commune``: the province's own heads."""
NOT_SAID = "none"
"""In ``matter``: nothing to note."""
WHICH_PLACE = "Bác muốn gặp ai, ở xã nào? Bác nhắn giúp tôi, ví dụ “chủ tịch xã …”."
WHICH_DAY = "Bác chọn buổi muốn đến ({place}):"
NO_DAYS = "Tôi chưa thấy buổi nào sắp tới nhận đăng ký ở {place}. Bác nhắn tên xã khác, hoặc bấm nút dưới đây."
STOP = {"label": "Thôi không đăng ký", "intent": "cancel"}
_AGREED = ("dong y", "giu cho", "ok", "duoc", "dang ky", "dang ky di", "dong y giu cho")


@dataclass(frozen=True)
class Said:
    """What the resident answered, and to which question."""

    asked: str | None
    words: str
    intent: str
    entities: Mapping[str, Any]


async def begin(
    session: AsyncSession, said: str, entities: Mapping[str, Any], commune_id: int | None, now: datetime
) -> Blanks:
    """What the first words or the pressed button already tell."""
    blanks: Blanks = dict.fromkeys(SLOTS)
    if chosen := await _day(session, entities.get("day"), now):
        return blanks | chosen
    blanks |= {"booking_words": said, "booking_commune": await _place(session, said, entities) or commune_id}
    if words.asks_province(in_standard_words(said)):
        blanks["booking_commune"] = PROVINCE
    offered = await _offered(session, blanks, now)
    asked = dates_in(said, now.date())
    return blanks | (_chosen(offered[0]) if asked and len(offered) == 1 else {})


async def ask_day(session: AsyncSession, slots: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """The days that can be booked, as buttons; without a place, where."""
    if slots.get("booking_commune") is None:
        return {"kind": "ask", "text": WHICH_PLACE, "buttons": [STOP]}
    offered = await _offered(session, slots, now)
    if not offered:
        text = NO_DAYS.format(place=await _label(session, slots["booking_commune"]))
        return {"kind": "ask", "text": text, "buttons": [STOP, {"label": "Gặp cán bộ", "intent": "talk_to_human"}]}
    buttons = [
        {"label": f"{short_day(m.day)}: {m.reception.host}", "intent": "inform", "entities": {"day": key_of(m)}}
        for m in offered[:OFFERED]
    ]
    return {"kind": "ask", "text": WHICH_DAY.format(place=place_of(offered[0])), "buttons": [*buttons, STOP]}


async def answer(session: AsyncSession, said: Said, slots: Mapping[str, Any], now: datetime) -> Blanks:
    """What the resident's words fill in; empty when they said something else."""
    if said.asked is None or (said.intent in ALWAYS_HEARD and not _is_matter(said)):
        return {}
    if said.asked == "booking_day":
        return await _asked_day(session, said, slots, now)
    if said.asked == "matter":
        return _asked_matter(said)
    agreed = said.intent == "affirm" or fold(said.words).strip(" .!") in _AGREED
    return {"booking_agreement": True} if agreed else {}


def wish(slots: Mapping[str, Any], message_id: int) -> Wish:
    """What was agreed to, from the filled-in slots."""
    reception_id, day = _read(slots["booking_day"])
    matter = slots.get("matter")
    return Wish(reception_id, day, None if matter == NOT_SAID else matter, message_id)


async def _asked_day(session: AsyncSession, said: Said, slots: Mapping[str, Any], now: datetime) -> Blanks:
    if chosen := await _day(session, said.entities.get("day"), now):
        return chosen
    commune_id = await _place(session, said.words, said.entities)
    if commune_id is None and words.asks_province(in_standard_words(said.words)):
        commune_id = PROVINCE
    place = slots.get("booking_commune") if commune_id is None else commune_id
    told = dates_in(said.words, now.date()) or words.asked_role(in_standard_words(said.words))
    if place is None or not (told or commune_id is not None):
        return {}
    before = slots.get("booking_words") or ""
    blanks = {"booking_commune": place, "booking_words": said.words if told else f"{before} {said.words}".strip()}
    offered = await _offered(session, blanks, now)
    return blanks | (_chosen(offered[0]) if told and len(offered) == 1 else {})


def _is_matter(said: Said) -> bool:
    """A complaint may be brought to a reception; here it only tells what the resident comes for."""
    return said.asked == "matter" and said.intent == "file_complaint"


def _asked_matter(said: Said) -> Blanks:
    if said.entities.get("matter") == NOT_SAID or said.intent == "deny":
        return {"matter": NOT_SAID, "matter_label": NO_MATTER}
    if said.intent.startswith("ask_") and "?" in said.words:
        return {}
    matter = clean(said.words)[:LONGEST_MATTER]
    return {"matter": matter, "matter_label": matter} if matter else {}


async def _offered(session: AsyncSession, slots: Mapping[str, Any], now: datetime) -> list[Meeting]:
    """The days that can be booked there: of the role and the days that were named, where there are any."""
    commune_id = slots.get("booking_commune")
    if commune_id is None:
        return []
    found = await upcoming(session, int(commune_id) or None, None, now.date(), DAYS_AHEAD, at=now.time())
    coming = [meeting for meeting in found if can_book(meeting, now)]
    said = slots.get("booking_words") or ""
    plain, asked = in_standard_words(said), dates_in(said, now.date())
    kind, role = words.asked_kind(plain), words.asked_role(plain)
    wanted = [meeting for meeting in coming if kind is None or meeting.reception.kind == kind]
    of_role = [m for m in wanted if role is None or words.hosted_by(fold(m.reception.host), role)] or wanted
    return [m for m in of_role if asked and asked.first <= m.day <= asked.last] or of_role


async def _day(session: AsyncSession, key: object, now: datetime) -> Blanks:
    if not isinstance(key, str):
        return {}
    meeting = await bookable_day(session, *_read(key), now)
    return _chosen(meeting) if meeting else {}


def _chosen(meeting: Meeting) -> Blanks:
    return {"booking_day": key_of(meeting), "booking_label": described(meeting.reception, meeting.day)}


def _read(key: str) -> tuple[int, date]:
    reception_id, day = key.split()
    return int(reception_id), date.fromisoformat(day)


async def _place(session: AsyncSession, said: str, entities: Mapping[str, Any]) -> int | None:
    named = await places_named(session, f"{entities.get('place') or ''} {said}")
    return named[0].commune.id if len({place.commune.id for place in named}) == 1 else None


async def _label(session: AsyncSession, commune_id: int) -> str:
    return "tỉnh" if commune_id == PROVINCE else (await session.get_one(Commune, int(commune_id))).label
