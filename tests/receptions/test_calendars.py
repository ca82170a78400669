"""Calendar files, read back as a telephone would."""

from datetime import UTC, datetime

from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.receptions.calendars import address, of_booking, of_schedule
from bot.receptions.models import Booking, Reception
from bot.receptions.queries import upcoming
from tests.receptions.town import NOW, communes

__all__ = ["communes"]
MADE = datetime(2026, 11, 21, 3, tzinfo=UTC)


def test_the_address() -> None:
    assert address("https://x.vn", "abc") == "https://x.vn/api/v1/receptions/abc.ics"


async def test_a_communes_schedule(session: AsyncSession, communes: dict[str, int]) -> None:
    meetings = await upcoming(session, communes["pa-mua"], None, NOW.date(), 45)
    written = of_schedule("xã Pá Mùa", meetings, MADE)
    events = Calendar.from_ical(written).walk("VEVENT")
    assert len(events) == len(meetings)
    assert len({str(event["uid"]) for event in events}) == len(events)
    (cancelled,) = [event for event in events if event.get("status") == "CANCELLED"]
    assert cancelled.decoded("dtstart").date().isoformat() == "2026-12-11"
    (doubtful, *_) = [event for event in events if event.get("status") == "TENTATIVE"]
    assert doubtful.decoded("dtstart").date().isoformat() == "2026-11-24"  # a holiday
    assert b"TZID=Asia/Ho_Chi_Minh:20261209T073000" in written
    assert len(Calendar.from_ical(written).walk("VTIMEZONE")) == 1


async def test_a_booked_place_and_the_same_given_up(session: AsyncSession, communes: dict[str, int]) -> None:
    reception = (await session.scalars(select(Reception).where(Reception.slug == "nam-lua-chu-tich"))).one()
    booking = Booking(code="LH-TEST-0000", day=NOW.date().replace(day=25), matter="việc riêng")
    for cancelled_at, status in ((None, "CONFIRMED"), (MADE, "CANCELLED")):
        booking.cancelled_at = cancelled_at
        written = of_booking(booking, reception, MADE)
        (event,) = Calendar.from_ical(written).walk("VEVENT")
        assert event["status"] == status
        assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
        assert event.decoded("dtend").astimezone(UTC) == datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
        assert "việc riêng" not in written.decode()  # a calendar is seen by others
