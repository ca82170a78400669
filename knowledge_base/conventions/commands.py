"""``bot kb import-convention|confirm-convention``: a village's convention from a file, then in force."""

from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.clock import local, now
from bot.db import unit_of_work
from bot.places.service import Place, places_named
from knowledge_base.conventions.files import text_of
from knowledge_base.conventions.kinds import LABELS
from knowledge_base.conventions.queries import sections
from knowledge_base.conventions.service import ConventionRefused, Recognition, confirm, keep_draft
from knowledge_base.models import Convention


async def import_command(engine: AsyncEngine, *, file: Path, village: str, recognition: Recognition) -> None:
    """Keep the file's text as a draft and print its sections; ``ConventionRefused`` or ``files.Unreadable``."""
    text = text_of(file.name, _content(file))
    async with unit_of_work(engine) as session:
        place = await _village(session, village)
        assert place.village  # noqa: S101 -- _village gives no other
        draft = await keep_draft(session, place.village, file.name, text, recognition, local(now()))
        parts = await sections(session, draft)
    print(f"Bản nháp số {draft.id}: quy ước {place.label}, phiên bản {draft.version}, {len(parts)} mục.")
    for part in parts:
        print(f"  {part.position}. {part.heading}  [{LABELS[part.kind]}]  {len(part.text)} ký tự")
    print(
        f"Chưa ai đọc được. Cán bộ xem và xác nhận ở /console/conventions, hoặc: bot kb confirm-convention {draft.id}"
    )


async def confirm_command(engine: AsyncEngine, *, draft_id: int, recognition: Recognition) -> None:
    """Confirm the draft as it was split; days not given here are those of the import. ``ConventionRefused``."""
    async with unit_of_work(engine) as session:
        draft = await session.scalar(select(Convention).where(Convention.id == draft_id).with_for_update())
        if draft is None:
            raise ConventionRefused(f"Không có bản nháp số {draft_id}")
        given = Recognition(
            recognition.adopted_on or draft.adopted_on,
            recognition.recognised_on or draft.recognised_on,
            recognition.recognised_by or draft.recognised_by_office,
        )
        await confirm(session, draft, given, {}, None, local(now()))
    print(f"Đã xác nhận bản số {draft_id}: phiên bản {draft.version}, hiệu lực từ {_day(given.recognised_on)}.")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ConventionRefused(f"Không mở được tệp {file}") from error


async def _village(session: AsyncSession, named: str) -> Place:
    places = [place for place in await places_named(session, named) if place.village]
    if not places:
        raise ConventionRefused(f"Không thấy thôn, bản, tổ nào tên “{named}”. Thêm bằng: bot province village")
    if len(places) > 1:
        raise ConventionRefused(f"Có nhiều nơi tên “{named}”: {'; '.join(p.label for p in places)}. Hãy ghi rõ xã.")
    return places[0]


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
