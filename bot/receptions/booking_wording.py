"""What a resident reads about places they booked."""

from collections.abc import Sequence
from datetime import date

from bot.places.sample import MARK
from bot.receptions.models import Booking, Reception
from bot.receptions.wording import hours, spoken_day, title

REFUSED = {
    "gone": "Buổi ấy không còn nhận đăng ký. Bác xem lịch rồi chọn buổi khác giúp tôi.",
    "full": "Buổi ấy đã đủ người đăng ký. Bác chọn buổi khác giúp tôi; bác vẫn có thể đến và chờ đến lượt.",
    "same_day": "Ngày ấy bác đã giữ một chỗ rồi. Bác xem hoặc hủy chỗ ấy ở “Lịch hẹn của tôi”.",
}
NONE = "Bác chưa giữ chỗ buổi nào sắp tới."
NO_SUCH = "Tôi không thấy lịch hẹn nào của bác mang mã này. Bác xem lại mã giúp tôi."
WHICH = "Bác muốn hủy lịch hẹn nào?"
NO_MATTER = "không ghi"


def described(reception: Reception, day: date) -> str:
    """“Chủ tịch UBND xã tiếp công dân, thứ Tư, ngày 25/11/2026, 7 giờ 30–11 giờ 30, tại …”."""
    return f"{title(reception)}, {spoken_day(day)}, {hours(reception)}, tại {reception.venue}"


def booked(booking: Booking, reception: Reception, reminder_hour: int, calendar: str) -> str:
    """That the place is kept, with code, reminder and calendar file."""
    remind = f"Tôi nhắc bác lúc {reminder_hour} giờ tối hôm trước." if booking.remind_at else ""
    lines = [
        f"{_mark(reception)}Đã giữ chỗ cho bác.",
        f"• Mã lịch hẹn: {booking.code}",
        f"• Buổi: {described(reception, booking.day)}",
        f"• Việc muốn nói: {booking.matter or NO_MATTER}",
        f"• Tệp lịch cho điện thoại: {calendar}",
        f"{remind} Không đi được thì bác nhắn “hủy lịch hẹn”.".strip(),
    ]
    return "\n".join(lines)


def listed(own: Sequence[tuple[Booking, Reception]]) -> str:
    """The resident's places, soonest first."""
    if not own:
        return NONE
    lines = (f"• {booking.code}: {described(reception, booking.day)}" for booking, reception in own)
    return f"{_mark(own[0][1])}Lịch hẹn của bác:\n" + "\n".join(lines)


def cancelled(booking: Booking) -> str:
    """That the place was given up."""
    return f"Đã hủy lịch hẹn {booking.code}, {spoken_day(booking.day)}. Tôi không nhắc buổi ấy nữa."


def called_off(booking: Booking, reception: Reception, to_day: date | None, reason: str) -> str:
    """That the office cancelled or moved the day; a new day must be booked anew."""
    became = f"được dời sang {spoken_day(to_day)}" if to_day else "đã bị hủy"
    then = "Bác đăng ký lại ngày mới nếu đi được." if to_day else "Bác hỏi tôi lịch khi cần chọn buổi khác."
    what = f"{title(reception)}, {spoken_day(booking.day)}"
    return (
        f"{_mark(reception)}Buổi {what} {became}. Lý do: {reason}. Lịch hẹn {booking.code} không còn hiệu lực. {then}"
    )


def reminder(booking: Booking, reception: Reception) -> str:
    """The evening before."""
    return (
        f"{_mark(reception)}Tôi nhắc bác: {described(reception, booking.day)}. Mã lịch hẹn {booking.code}. "
        "Không đi được thì bác nhắn “hủy lịch hẹn”."
    )


def _mark(reception: Reception) -> str:
    return MARK if reception.sample else ""
