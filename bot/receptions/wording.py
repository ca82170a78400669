"""What a resident reads about reception days and meetings."""

from collections.abc import Iterable, Sequence
from datetime import date, time

from bot.officials.office_hours import WEEKDAYS
from bot.places.sample import MARK
from bot.receptions.models import Reception
from bot.receptions.queries import Meeting


def told(meetings: Sequence[Meeting]) -> str:
    """One line for each reception among the meetings (soonest first), with its next day; ``ValueError`` for none."""
    if not meetings:
        raise ValueError("no meetings: use told_none")
    by_reception: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        by_reception.setdefault(meeting.reception.id, []).append(meeting)
    lines = (_line(days) for days in by_reception.values())
    return (MARK if any(m.reception.sample for m in meetings) else "") + "\n".join(lines)


def told_none(place: str, days: int, *, sample: bool) -> str:
    """That nothing is known for the place (“xã Nậm Lúa”); it says where to ask, and does not say that there is none."""
    known = f"Tôi chưa có lịch nào của {place} trong {days} ngày tới. Bác hỏi trực tiếp UBND {place} giúp tôi."
    return (MARK if sample else "") + known


def spoken_day(day: date) -> str:
    """“thứ Tư, ngày 25/11/2026”."""
    return f"{WEEKDAYS[day.weekday()]}, ngày {day.day}/{day.month}/{day.year}"


def _line(days: Sequence[Meeting]) -> str:
    """What one reception is, when it recurs, and its next day (and the one after, where the next is in doubt)."""
    reception = days[0].reception
    when = f" {_recurring(reception)}" if reception.on_date is None else ""
    where = f"{_hours(reception.from_time, reception.to_time)}, tại {reception.venue}"
    subject = f" Nội dung: {reception.subject}." if reception.subject else ""
    return f"{_place(days[0])}: {_what(reception)}{when}, {where}. {_next(days)}{subject}"


def _what(reception: Reception) -> str:
    host = reception.host
    return {
        "reception": f"{host} tiếp công dân",
        "dialogue": f"{host} tổ chức hội nghị đối thoại với Nhân dân",
        "voter_contact": f"{host} tiếp xúc cử tri",
        "village_meeting": f"họp dân, {_lowered(host)} chủ trì",
    }[reception.kind]


def _place(meeting: Meeting) -> str:
    label = meeting.commune.label if meeting.commune else "tỉnh"
    label = f"{meeting.village.label}, {label}" if meeting.village else label
    return label[0].upper() + label[1:]


def _recurring(reception: Reception) -> str:
    if reception.weekday is not None:
        return f"{WEEKDAYS[reception.weekday]} hằng tuần"
    return f"ngày {_listed(str(day) for day in sorted(reception.days_of_month))} hằng tháng"


def _next(days: Sequence[Meeting]) -> str:
    first, *later = days
    start = "Lần tới" if first.reception.on_date is None else "Thời gian"
    said = f"{start}: {spoken_day(first.day)}"
    if not first.occurrence.doubtful:
        return f"{said}."
    said = f"{said} (trùng ngày nghỉ, bác hỏi lại {_office(first)} trước khi đi)."
    sure = next((meeting for meeting in later if not meeting.occurrence.doubtful), None)
    return f"{said} Sau đó: {spoken_day(sure.day)}." if sure else said


def _office(meeting: Meeting) -> str:
    return f"UBND {meeting.commune.kind}" if meeting.commune else "nơi tiếp công dân của tỉnh"


def _hours(start: time, end: time) -> str:
    return f"{_hour(start)}–{_hour(end)}"


def _hour(moment: time) -> str:
    return f"{moment.hour} giờ {moment.minute:02d}" if moment.minute else f"{moment.hour} giờ"


def _listed(words: Iterable[str]) -> str:
    *rest, last = words
    return f"{', '.join(rest)} và {last}" if rest else last


def _lowered(host: str) -> str:
    return host[0].lower() + host[1:]
