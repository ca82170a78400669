"""What a resident reads about reception days and meetings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.officials.office_hours import WEEKDAYS
from bot.places.sample import MARK
from bot.receptions.asked import role_named
from bot.receptions.asked_dates import Asked
from bot.receptions.models import Reception
from bot.receptions.queries import Meeting
from bot.receptions.schedule import CANCELLED, HELD, LAST_WEEK, MOVED

ACTIVITIES = {
    "reception": "tiếp công dân",
    "dialogue": "đối thoại với Nhân dân",
    "voter_contact": "tiếp xúc cử tri",
    "village_meeting": "họp dân",
}
NTH = {1: "đầu", 2: "thứ hai", 3: "thứ ba", 4: "thứ tư", 5: "thứ năm", LAST_WEEK: "cuối"}


@dataclass(frozen=True)
class Subject:
    """What was asked about: the kind of meeting, whose (a role of ``asked``), and where (“xã Nậm Lúa”)."""

    kind: str
    role: str | None
    place: str

    @property
    def activity(self) -> str:
        """“tiếp công dân của bí thư”."""
        whose = f" của {role_named(self.role)}" if self.role else ""
        return f"{ACTIVITIES[self.kind]}{whose}"


def told(meetings: Sequence[Meeting]) -> str:
    """One line for each reception among the meetings (soonest first), with its next day; ``ValueError`` for none."""
    if not meetings:
        raise ValueError("no meetings: use told_none")
    return marked("\n".join(_lines(meetings)), meetings)


def told_none(place: str, days: int, *, sample: bool) -> str:
    """That nothing is known for the place (“xã Nậm Lúa”); it says where to ask, and does not say that there is none."""
    known = f"Tôi chưa có lịch nào của {place} trong {days} ngày tới. Bác hỏi trực tiếp UBND {place} giúp tôi."
    return (MARK if sample else "") + known


def told_on(asked: Asked, subject: Subject, meetings: Sequence[Meeting], now: datetime) -> str:
    """Yes or no for the days asked about, then the next day that is; ``now`` is local.

    ``meetings``: from the first day asked about (or today) on, soonest first, over ones included.
    """
    if asked.is_one_day:
        days = [asked.first] if asked.other is None else sorted([asked.first, asked.other])
        said = [_disagreement(asked), *(_verdict(day, subject, meetings, now) for day in days)]
    else:
        days = []
        said = [_in_span(asked, subject, meetings, now)]
    inside = [m for m in meetings if m.day in days or (not days and asked.first <= m.day <= asked.last)]
    if not any(m.takes_place and not is_over(m, now) for m in inside):
        said.append(_next_after(meetings, now))
    return marked("\n".join(filter(None, said)), meetings)


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether it had ended by that local moment."""
    return (meeting.day, meeting.reception.to_time) <= (now.date(), now.time())


def marked(text: str, meetings: Sequence[Meeting]) -> str:
    """The text, called sample data where it is."""
    return (MARK if any(m.reception.sample for m in meetings) else "") + text


def spoken_day(day: date) -> str:
    """“thứ Tư, ngày 25/11/2026”."""
    return f"{WEEKDAYS[day.weekday()]}, ngày {day.day}/{day.month}/{day.year}"


def short_day(day: date) -> str:
    """“thứ Tư 25/11”, for a button."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}/{day.month}"


def hours(reception: Reception) -> str:
    """“7 giờ 30–11 giờ 30”."""
    return f"{_hour(reception.from_time)}–{_hour(reception.to_time)}"


def title(reception: Reception) -> str:
    """“Chủ tịch UBND xã tiếp công dân”."""
    host = reception.host
    return {
        "reception": f"{host} trực" if host.endswith("tiếp công dân") else f"{host} tiếp công dân",
        "dialogue": f"{host} tổ chức hội nghị đối thoại với Nhân dân",
        "voter_contact": f"{host} tiếp xúc cử tri",
        "village_meeting": f"họp dân, {_lowered(host)} chủ trì",
    }[reception.kind]


def place_of(meeting: Meeting) -> str:
    """“bản Hon, xã Nậm Lúa”; “tỉnh” for the province's own."""
    label = meeting.commune.label if meeting.commune else "tỉnh"
    return f"{meeting.village.label}, {label}" if meeting.village else label


def _disagreement(asked: Asked) -> str:
    if asked.other is None:
        return ""
    real, said = WEEKDAYS[asked.first.weekday()], WEEKDAYS[asked.other.weekday()]
    return f"{_capital(_short(asked.first))} là {real}, không phải {said}; tôi xem giúp bác cả hai ngày."


def _verdict(day: date, subject: Subject, meetings: Sequence[Meeting], now: datetime) -> str:
    on_day = [meeting for meeting in meetings if meeting.day == day]
    going = [meeting for meeting in on_day if meeting.takes_place]
    called_off = " ".join(_called_off(meeting) for meeting in on_day if not meeting.takes_place)
    if going:
        return f"{_yes(day, going, now)}\n{_items(going)}" + (f"\n{called_off}" if called_off else "")
    if day < now.date():
        return (
            f"{_capital(spoken_day(day))} đã qua; hôm ấy tôi không thấy lịch {subject.activity}. {called_off}".strip()
        )
    no = "Không" if subject.kind == "reception" else "Chưa có"
    if called_off:
        return f"{no}. {called_off}"
    if subject.kind == "reception":
        return f"{no}. Theo lịch tôi có, {spoken_day(day)} {subject.place} không có buổi {subject.activity}."
    return f"{no}. Tôi chưa thấy lịch {subject.activity} ở {subject.place} vào {spoken_day(day)}."


def _yes(day: date, going: Sequence[Meeting], now: datetime) -> str:
    said = spoken_day(day)
    if all(is_over(meeting, now) for meeting in going):
        held = "đã có" if any(m.occurrence.state == HELD for m in going) else "theo lịch có"
        when = "hôm nay đã qua giờ" if day == now.date() else "đã qua"
        return f"{_capital(said)} {when}; hôm ấy {held}:"
    if all(meeting.occurrence.doubtful for meeting in going):
        return f"Theo lịch thì có, nhưng {said} trùng ngày nghỉ, bác hỏi lại {_office(going[0])} trước khi đi:"
    return f"Có. {_capital(said)}:"


def _items(meetings: Sequence[Meeting]) -> str:
    return "\n".join(f"• {_item(meeting)}" for meeting in meetings)


def _item(meeting: Meeting) -> str:
    reception = meeting.reception
    moved = meeting.occurrence.from_day
    instead = f" (thay cho {spoken_day(moved)})" if moved else ""
    what = f"{_capital(title(reception))}{instead}, {hours(reception)}, tại {reception.venue}"
    return f"{_capital(place_of(meeting))}: {what}.{_extras(reception)}"


def _in_span(asked: Asked, subject: Subject, meetings: Sequence[Meeting], now: datetime) -> str:
    """Every day of a week or a month, those over marked."""
    inside = [m for m in meetings if asked.first <= m.day <= asked.last]
    span = f"từ {_short(asked.first)} đến {_short(asked.last)}"
    if not inside:
        return f"{_capital(span)}, tôi không thấy lịch {subject.activity} ở {subject.place}."
    return f"{_capital(subject.place)}, {span}:\n" + "\n".join(f"• {_dated(meeting, now)}" for meeting in inside)


def _dated(meeting: Meeting, now: datetime) -> str:
    if not meeting.takes_place:
        return _called_off(meeting)
    over = "đã qua" if is_over(meeting, now) else ""
    doubt = f"trùng ngày nghỉ, bác hỏi lại {_office(meeting)} trước khi đi" if meeting.occurrence.doubtful else ""
    note = f" ({over or doubt})" if over or doubt else ""
    what = f"{_what_here(meeting)}, {hours(meeting.reception)}, tại {meeting.reception.venue}"
    return f"{_capital(spoken_day(meeting.day))}{note}: {what}.{_extras(meeting.reception)}"


def _next_after(meetings: Sequence[Meeting], now: datetime) -> str:
    coming = [meeting for meeting in meetings if not is_over(meeting, now)]
    following = next((meeting for meeting in coming if meeting.takes_place), None)
    if following is None:
        return ""
    sure = next((m for m in coming if m.takes_place and not m.occurrence.doubtful), None)
    said = f"Lần tới: {_lowered_day(_dated(following, now))}"
    return f"{said}\nSau đó: {_lowered_day(_dated(sure, now))}" if sure and sure is not following else said


def _lines(meetings: Sequence[Meeting]) -> Iterable[str]:
    by_reception: dict[int, list[Meeting]] = {}
    for meeting in meetings:
        by_reception.setdefault(meeting.reception.id, []).append(meeting)
    return (_line(days) for days in by_reception.values())


def _line(days: Sequence[Meeting]) -> str:
    """What one reception is, when it recurs, and its next day (and the one after, where the next is in doubt)."""
    reception = days[0].reception
    when = f" {_recurring(reception)}" if reception.on_date is None else ""
    where = f"{hours(reception)}, tại {reception.venue}"
    return f"{_capital(place_of(days[0]))}: {title(reception)}{when}, {where}. {_next(days)}{_extras(reception)}"


def _extras(reception: Reception) -> str:
    subject = f" Nội dung: {reception.subject}." if reception.subject else ""
    return subject + (
        f" Có trực tuyến: {_lowered(reception.joining)}." if reception.online and reception.joining else ""
    )


def _what_here(meeting: Meeting) -> str:
    return f"{meeting.village.label}, {title(meeting.reception)}" if meeting.village else title(meeting.reception)


def _recurring(reception: Reception) -> str:
    if reception.weekday is None:
        return f"ngày {_listed(str(day) for day in sorted(reception.days_of_month))} hằng tháng"
    weekday = WEEKDAYS[reception.weekday]
    if not reception.weeks_of_month:
        return f"{weekday} hằng tuần"
    return f"{weekday} tuần {_listed(NTH[week] for week in reception.weeks_of_month)} hằng tháng"


def _next(days: Sequence[Meeting]) -> str:
    going = [meeting for meeting in days if meeting.takes_place]
    before = [m for m in days if not m.takes_place and (not going or m.day <= going[0].day)]
    off = "".join(f" {_called_off(meeting)}" for meeting in before)
    if not going:
        return off.strip()
    first, *later = going
    start = "Lần tới" if first.reception.on_date is None else "Thời gian"
    said = f"{start}: {spoken_day(first.day)}"
    if first.occurrence.from_day:
        return f"{said} (thay cho {spoken_day(first.occurrence.from_day)}{_because(first)}).{off}"
    if not first.occurrence.doubtful:
        return f"{said}.{off}"
    said = f"{said} (trùng ngày nghỉ, bác hỏi lại {_office(first)} trước khi đi)."
    sure = next((meeting for meeting in later if not meeting.occurrence.doubtful), None)
    return f"{said} Sau đó: {spoken_day(sure.day)}.{off}" if sure else f"{said}{off}"


def _called_off(meeting: Meeting) -> str:
    """“Buổi thứ Sáu, ngày 11/12/2026 (Thường trực HĐND xã tiếp công dân) đã hủy: …”."""
    occurrence = meeting.occurrence
    became = "đã hủy" if occurrence.state == CANCELLED else "đã thay đổi"
    if occurrence.state == MOVED and occurrence.to_day:
        became = f"dời sang {spoken_day(occurrence.to_day)}"
    why = f", lý do: {occurrence.reason}" if occurrence.reason else ""
    return f"Buổi {title(meeting.reception)} {spoken_day(meeting.day)} {became}{why}."


def _because(meeting: Meeting) -> str:
    return f", {meeting.occurrence.reason}" if meeting.occurrence.reason else ""


def _office(meeting: Meeting) -> str:
    return f"UBND {meeting.commune.kind}" if meeting.commune else "nơi tiếp công dân của tỉnh"


def _hour(moment: time) -> str:
    return f"{moment.hour} giờ {moment.minute:02d}" if moment.minute else f"{moment.hour} giờ"


def _short(day: date) -> str:
    return f"ngày {day.day}/{day.month}/{day.year}"


def _listed(words: Iterable[str]) -> str:
    *rest, last = words
    return f"{', '.join(rest)} và {last}" if rest else last


def _lowered_day(words: str) -> str:
    """After a colon: “thứ Tư, …”, yet “Chủ nhật, …”."""
    return _lowered(words) if words.startswith("Thứ") else words


def _lowered(words: str) -> str:
    return words[0].lower() + words[1:]


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
