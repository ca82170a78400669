"""From a resident's question about days to what is told of them: the reply without the law behind it, or None."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold, normalised, syllables
from bot.places.models import Commune
from bot.places.sample import MARK
from bot.places.service import Place, communes, places_elsewhere, places_named, province
from bot.places.wording import told_elsewhere
from bot.receptions import asked as words
from bot.receptions import wording
from bot.receptions.asked_dates import Asked, asked_dates
from bot.receptions.calendars import PROVINCE
from bot.receptions.lunar import to_lunar, to_solar
from bot.receptions.queries import Meeting, upcoming
from bot.receptions.wording import Subject

Payload = dict[str, Any]
TOPICS = {"reception": words.RECEPTION, "dialogue": words.DIALOGUE}
"""Topics of questions whose local days are of one kind."""
DAYS_AHEAD = 45
FAR_AHEAD = 200
"""Days: dated meetings (dialogues and the like) are planned further ahead."""
FEW = 6
"""So many communes at most are offered as buttons; of more the name is asked for."""
BOOKABLE = frozenset({words.RECEPTION, words.DIALOGUE})
OFFERED = 2
"""Buttons to book, at most."""
NAME_ONLY = 6
"""Syllables of a message that only names the place it was asked for."""
WHICH_COMMUNE = "Bác muốn xem lịch của xã nào? Bác nhắn tên xã (hoặc phường) giúp tôi."
WHICH_VILLAGE = "Bác muốn hỏi bản (thôn, tổ) nào, xã nào? Bác nhắn tên giúp tôi."
WHICH_OF = "Có nhiều nơi trùng tên. Bác chọn đúng nơi giúp tôi."
NOT_FOUND = "Tôi không tìm thấy “{place}” trong các xã, phường của tỉnh. Bác xem lại tên rồi nhắn giúp tôi."
NOT_OF_ROLE = "Tôi chưa có lịch {activity} ở {place}. Lịch chung:"
_NO_NAMES = frozenset("minh toi nay ta em nha ay do kia chung tui nao ban que cu moi".split())


@dataclass(frozen=True)
class Question:
    """What was said; ``topic`` as understood, ``place`` and ``kind`` where a button or the extractor names them,
    ``commune_id`` as known from before, ``waiting`` the kind and words of a question that lacked its place."""

    said: str
    topic: str | None = None
    place: str | None = None
    kind: str | None = None
    commune_id: int | None = None
    waiting: tuple[str, str] | None = None


@dataclass(frozen=True)
class Local:
    """What is told. ``settled``: the days themselves, or only something asked back; ``waiting``: as in ``Question``;
    ``commune_id``: where the resident named it because it was asked for; ``calendar``: name of the schedule's file;
    ``rule_first``: whether the law fits better than a bare question back."""

    payload: Payload
    settled: bool
    waiting: tuple[str, str] | None = None
    commune_id: int | None = None
    calendar: str | None = None
    rule_first: bool = False


async def local_days(session: AsyncSession, question: Question, now: datetime) -> Local | None:
    """The reply to a question about days, ``now`` being local; None for a question of law or of something else."""
    named = await places_named(session, f"{question.place or ''} {question.said}")
    if question.waiting and named and _tells_place_only(question, question.waiting[0], now.date()):
        awaited, said = question.waiting
        found = await _told(session, awaited, said, named, question, now)
        return replace(found, commune_id=named[0].commune.id if len(named) == 1 else None)
    kind = asked_in(question, now.date(), place_named=bool(named))
    return await _told(session, kind, question.said, named, question, now) if kind else None


def _tells_place_only(question: Question, awaited: str, today: date) -> bool:
    """Whether the place that was asked back is all that is told, typed or by its button."""
    if question.kind:
        return question.kind == awaited
    return len(syllables(question.said)) <= NAME_ONLY and not asked_in(question, today)


def asked_in(question: Question, today: date, *, place_named: bool = False) -> str | None:
    """The kind of meeting whose days are asked for; None where none are."""
    folded = in_standard_words(question.said)
    if question.kind:
        return question.kind
    if words.asks_law(folded) or words.is_another_dialogue(folded):
        return None
    kind = words.asked_kind(folded) or TOPICS.get(question.topic or "")
    wants_days = words.asks_when(folded) or place_named or dates_in(question.said, today)
    return kind if wants_days else None


async def _told(
    session: AsyncSession, kind: str, said: str, named: list[Place], question: Question, now: datetime
) -> Local:
    if words.asks_province(in_standard_words(said)):
        return await _days(session, kind, said, None, now)
    if len(named) > 1:
        return Local(_choice(kind, [place.choice for place in named[:FEW]], WHICH_OF), False, (kind, said))
    if named:
        return await _days(session, kind, said, named[0], now)
    served = await province(session)
    elsewhere = await places_elsewhere(session, said)
    if elsewhere and served:
        return Local({"kind": "answer", "text": told_elsewhere(elsewhere, served.name)}, True)
    if question.place and not _NO_NAMES & set(syllables(question.place)):
        return Local({"kind": "clarify", "text": NOT_FOUND.format(place=question.place)}, True, (kind, said))
    if question.commune_id is not None:
        known = Place(await session.get_one(Commune, question.commune_id), None)
        return await _days(session, kind, said, known, now)
    return await _which_place(session, kind, said, now)


async def _which_place(session: AsyncSession, kind: str, said: str, now: datetime) -> Local:
    asked = WHICH_VILLAGE if kind == words.VILLAGE_MEETING else WHICH_COMMUNE
    every = await communes(session)
    labels = [commune.label for commune in every] if len(every) <= FEW else []
    rule_first = kind in TOPICS.values() and dates_in(said, now.date()) is None
    return Local(_choice(kind, labels, asked), False, (kind, said), rule_first=rule_first)


def _choice(kind: str, places: list[str], text: str) -> Payload:
    buttons = [
        {"label": f"Lịch {place}", "intent": "ask_reception", "entities": {"place": place, "meeting_kind": kind}}
        for place in places
    ]
    return {"kind": "clarify", "text": text, "buttons": buttons}


async def _days(session: AsyncSession, kind: str, said: str, place: Place | None, now: datetime) -> Local:
    """What is known of the place (None: the province itself)."""
    label, asked = place.label if place else "tỉnh", dates_in(said, now.date())
    first = min([now.date(), *([asked.first] if asked else []), *([asked.other] if asked and asked.other else [])])
    ahead = (max(asked.last, now.date()) - first).days if asked else 0
    reach = ahead + (DAYS_AHEAD if kind == words.RECEPTION else FAR_AHEAD)
    at = time.min if asked else now.time()
    found = await upcoming(session, place.commune.id if place else None, kind, first, reach, at=at)
    if place and place.village and kind == words.VILLAGE_MEETING:
        found = [meeting for meeting in found if meeting.village and meeting.village.id == place.village.id]
    text = _text(found, kind, in_standard_words(said), label, asked, now, sample=await _is_sample(session))
    if place and place.change:
        text = f"{place.change}\n{text}"
    payload = {"kind": "answer", "text": text, "buttons": booking_buttons(found, now, in_standard_words(said), asked)}
    return Local(payload, True, calendar=(place.commune.slug if place else PROVINCE) if found else None)


def _text(
    found: list[Meeting], kind: str, folded: str, place: str, asked: Asked | None, now: datetime, *, sample: bool
) -> str:
    if not found:
        return wording.told_none(place, DAYS_AHEAD if kind == words.RECEPTION else FAR_AHEAD, sample=sample)
    role = words.asked_role(folded)
    of_role = _of_role(found, role)
    subject = Subject(kind, role if of_role else None, place)
    text = wording.told_on(asked, subject, of_role or found, now) if asked else wording.told(of_role or found)
    if of_role or not role:
        return text
    none = NOT_OF_ROLE.format(activity=Subject(kind, role, place).activity, place=place)
    return wording.marked(f"{none}\n{text.removeprefix(MARK)}", found)


def booking_buttons(
    meetings: list[Meeting], now: datetime, folded: str = "", asked: Asked | None = None
) -> list[Payload]:
    """A button for each of the next days where a place can be booked: of the role and the days that were asked for,
    else the next ones."""
    of_role = _of_role(meetings, words.asked_role(folded)) or meetings
    coming = [meeting for meeting in of_role if can_book(meeting, now)]
    wanted = [m for m in coming if asked and (asked.first <= m.day <= asked.last or m.day == asked.other)]
    return [
        {"label": f"Đăng ký {wording.short_day(m.day)}", "intent": "book_reception", "entities": {"day": key_of(m)}}
        for m in (wanted or coming)[:OFFERED]
    ]


def can_book(meeting: Meeting, now: datetime) -> bool:
    """Whether a place can be kept: it takes place for sure and has not begun by that local moment."""
    starts = (meeting.day, meeting.reception.from_time)
    sure = meeting.takes_place and not meeting.occurrence.doubtful
    return sure and meeting.reception.kind in BOOKABLE and starts > (now.date(), now.time())


def key_of(meeting: Meeting) -> str:
    """“12 2026-11-25”: the reception and its day, as a button carries them."""
    return f"{meeting.reception.id} {meeting.day.isoformat()}"


def _of_role(meetings: list[Meeting], role: str | None) -> list[Meeting]:
    return [m for m in meetings if role is None or words.hosted_by(fold(m.reception.host), role)]


def in_standard_words(said: str) -> str:
    """Folded, shorthand written out: “ctx tiếp dân” → “chu tich xa tiep dan”."""
    return fold(normalised(said))


def dates_in(said: str, today: date) -> Asked | None:
    """The day or days that the words name."""
    as_typed, standard = fold(said), in_standard_words(said)
    return asked_dates(as_typed, today, to_solar, to_lunar) or asked_dates(standard, today, to_solar, to_lunar)


async def _is_sample(session: AsyncSession) -> bool:
    served = await province(session)
    return bool(served and served.sample)
