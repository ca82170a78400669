"""Calendar files (iCalendar, RFC 5545) of a booked place and of a commune's days, in Vietnamese time."""

from collections.abc import Sequence
from datetime import date, datetime, time

from icalendar import Calendar, Event, Timezone

from bot.clock import VIETNAM
from bot.receptions.models import Booking, Reception
from bot.receptions.queries import Meeting
from bot.receptions.wording import title

PRODUCT = "-//Xã hỏi – Tỉnh trả lời//VI"
PROVINCE = "tinh"
"""Name of the province's own schedule; a commune's is its slug."""


def address(base_url: str, name: str) -> str:
    """Where the file can be fetched: ``name`` is a booking's token, a commune's slug or ``PROVINCE``."""
    return f"{base_url}/api/v1/receptions/{name}.ics"


def of_schedule(label: str, meetings: Sequence[Meeting], made: datetime) -> bytes:
    """The days that take place; one that an office called off stands as cancelled."""
    calendar = _calendar(f"Lịch tiếp dân {label}")
    for meeting in meetings:
        event = _event(meeting.reception, meeting.day, f"{meeting.reception.slug}-{meeting.day}", made)
        if not meeting.takes_place:
            event.add("status", "CANCELLED")
        if meeting.occurrence.doubtful:
            event.add("status", "TENTATIVE")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def of_booking(booking: Booking, reception: Reception, made: datetime) -> bytes:
    """One booked place; cancelled when it was given up, so that a calendar takes it out."""
    calendar = _calendar("Lịch hẹn tiếp dân")
    event = _event(reception, booking.day, booking.code, made)
    event.add("description", f"Mã lịch hẹn: {booking.code}")
    event.add("status", "CANCELLED" if booking.cancelled_at else "CONFIRMED")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_tzid("Asia/Ho_Chi_Minh", first_date=date(2020, 1, 1)))
    return calendar


def _event(reception: Reception, day: date, uid: str, made: datetime) -> Event:
    event = Event()
    event.add("uid", f"{uid}@xa-hoi-tinh-tra-loi")
    event.add("dtstamp", made)
    event.add("summary", title(reception))
    event.add("dtstart", _local(day, reception.from_time))
    event.add("dtend", _local(day, reception.to_time))
    event.add("location", reception.venue)
    return event


def _local(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, VIETNAM)
