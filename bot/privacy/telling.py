"""Holdings as a resident reads them: a summary for the chat, a text file, and the same for programs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from bot.cases.states import OUTCOMES, STATES
from bot.clock import local
from bot.conversations.models import Message
from bot.media.models import Media
from bot.privacy.holdings import HeldCase, Holdings

CHANNELS = {"web": "trang web", "zalo": "Zalo", "telegram": "Telegram"}
SENDERS = {"resident": "Bác", "bot": "Trợ lý", "official": "Cán bộ"}
ERASED, WORDLESS = "(đã xóa)", "(không kèm lời)"
TITLE = "DỮ LIỆU CỦA BÁC Ở KÊNH “XÃ HỎI – TỈNH TRẢ LỜI”"


def summary(held: Holdings) -> str:
    """What is kept, in a few lines for the chat."""
    written = [message for message in held.messages if message.sender == "resident" and message.text]
    since = f" (từ {day(written[0].at)})" if written else ""
    lines = [f"• {len(written)} tin bác đã nhắn{since}, cùng lời trả lời, trên {_channels(held)}"]
    if held.cases:
        lines.append(f"• {len(held.cases)} phiếu: {', '.join(one.case.code for one in held.cases)}")
    kept = [media for media in held.media if media.state == "kept"]
    if kept:
        lines.append(f"• {len(kept)} ảnh, ghi âm, tệp hoặc vị trí bác đã gửi")
    coming = [booking for booking, _ in held.bookings if booking.cancelled_at is None]
    if coming:
        lines.append(f"• {len(coming)} lịch hẹn tiếp dân")
    return "\n".join(lines)


def as_text(held: Holdings, at: datetime) -> str:
    """The whole as plain text."""
    return "\n".join(_lines(held, at)) + "\n"


def as_data(held: Holdings, at: datetime) -> dict[str, Any]:
    """The whole for programs; times are UTC."""
    return {
        "made_at": at.isoformat(),
        "conversations": [
            {"channel": talk.channel, "id_there": talk.external_user, "since": talk.created_at.isoformat()}
            for talk in held.talks
        ],
        "messages": [
            {"at": m.at.isoformat(), "from": m.sender, "text": m.text, "more": m.body.get("more")}
            for m in held.messages
        ],
        "cases": [_case_data(one) for one in held.cases],
        "media": [
            {"kind": m.kind, "state": m.state, "name": m.name, "size": m.size, "at": m.received_at.isoformat()}
            for m in held.media
        ],
        "bookings": [
            {"code": booking.code, "day": booking.day.isoformat(), "with": reception.host, "matter": booking.matter}
            for booking, reception in held.bookings
        ],
    }


def day(moment: datetime) -> str:
    """“5/12/2026” by the Vietnamese calendar."""
    there = local(moment)
    return f"{there.day}/{there.month}/{there.year}"


def _channels(held: Holdings) -> str:
    return ", ".join(dict.fromkeys(CHANNELS.get(talk.channel, talk.channel) for talk in held.talks))


def _lines(held: Holdings, at: datetime) -> Iterator[str]:
    yield from (TITLE, f"Lập lúc {_moment(at)}.", "", summary(held))
    for one in held.cases:
        yield from ("", *_case_lines(one))
    if held.bookings:
        yield from ("", "LỊCH HẸN TIẾP DÂN")
    for booking, reception in held.bookings:
        gone = " (đã hủy)" if booking.cancelled_at else ""
        yield f"{booking.code}: {reception.host}, {booking.day:%d/%m/%Y}{gone}. Việc: {booking.matter or 'không ghi'}"
    if held.media:
        yield from ("", "ẢNH, GHI ÂM, TỆP, VỊ TRÍ", *map(_media_line, held.media))
    yield from ("", "TIN NHẮN", *(_message_line(message) for message in held.messages))


def _message_line(message: Message) -> str:
    if message.sealed:
        words = "(đang cất riêng, chờ bác cho biết có phải tố cáo không)"
    else:
        nothing = ERASED if message.text is None else WORDLESS
        words = "\n    ".join(filter(None, (message.text, message.body.get("more")))) or nothing
    return f"[{_moment(message.at)}] {SENDERS.get(message.sender, message.sender)}: {words}"


def _media_line(media: Media) -> str:
    where = f" ({media.latitude}, {media.longitude})" if media.latitude is not None else ""
    return f"[{_moment(media.received_at)}] {media.name or media.kind}{where}" + (
        "" if media.shown_key else " (không giữ tệp)"
    )


def _case_lines(held: HeldCase) -> Iterator[str]:
    case = held.case
    yield f"PHIẾU {case.code} – {STATES[case.state].resident}"
    if case.outcome:
        yield f"Kết quả: {OUTCOMES[case.outcome]}"
    yield from (f"Nơi xảy ra: {case.place}", f"Nội dung: {case.description}")
    for entry in held.entries:
        who = "Bác" if entry.actor == "resident" else "Đơn vị"
        yield f"  {_moment(entry.at)} – {who} – {STATES[entry.to_state].resident}: {entry.note or ''}".rstrip(": ")


def _case_data(held: HeldCase) -> dict[str, Any]:
    case = held.case
    return {
        **{name: getattr(case, name) for name in CASE_COLUMNS},
        "created_at": case.created_at.isoformat(),
        "history": [
            {"at": e.at.isoformat(), "to": e.to_state, "outcome": e.outcome, "note": e.note} for e in held.entries
        ],
    }


CASE_COLUMNS: Sequence[str] = ("code", "kind", "field", "state", "outcome", "place", "description", "visibility")


def _moment(moment: datetime) -> str:
    return f"{local(moment):%d/%m/%Y %H:%M}"
