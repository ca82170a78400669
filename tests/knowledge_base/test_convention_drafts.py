"""An imported convention: a draft nobody is told, confirmed with its recognition, never over an earlier version."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.places import sample
from bot.places.models import Village
from bot.seeding import PLACES
from knowledge_base.conventions.commands import confirm_command, import_command
from knowledge_base.conventions.queries import in_force, sections
from knowledge_base.conventions.service import (
    ConventionRefused,
    Recognition,
    SectionEdit,
    confirm,
    discard,
    keep_draft,
)
from knowledge_base.conventions.shipped import load_conventions
from knowledge_base.models import Convention
from tests.conversations.town import town, town_url

__all__ = ["town", "town_url"]

AT = datetime(2026, 11, 20, 1, tzinfo=UTC)
TODAY = date(2026, 11, 20)
TEXT = "Điều 1. Việc cưới\nCưới gọn.\nĐiều 2. Việc lạ\nCùng nhau lo."
RECOGNISED = Recognition(date(2026, 10, 1), date(2026, 10, 9), "UBND xã Nậm Lúa")


@pytest.fixture
async def hon(session: AsyncSession) -> Village:
    """Bản Hon, whose second version is in force."""
    await sample.load(session, sample.read(PLACES))
    await load_conventions(session)
    return (await session.scalars(select(Village).where(Village.slug == "nam-lua-hon"))).one()


async def _draft(session: AsyncSession, hon: Village) -> Convention:
    return await keep_draft(session, hon, "quy-uoc.docx", TEXT, Recognition(), AT)


async def _told(session: AsyncSession, on: date = TODAY) -> int:
    held = await in_force(session, "nam-lua-hon", on)
    return held.version if held else 0


async def test_a_draft_is_the_next_version_and_not_told(session: AsyncSession, hon: Village) -> None:
    draft = await _draft(session, hon)
    assert (draft.version, draft.state, draft.source_file) == (3, "draft", "quy-uoc.docx")
    assert [(part.kind, part.heading) for part in await sections(session, draft)] == [
        ("wedding", "Việc cưới"),
        ("general", "Việc lạ"),
    ]
    assert await _told(session) == 2


async def test_confirmed_it_counts_from_recognition_and_the_old_version_stays(
    session: AsyncSession, hon: Village
) -> None:
    draft = await _draft(session, hon)
    odd = (await sections(session, draft))[1]
    await confirm(session, draft, RECOGNISED, {odd.id: SectionEdit("mutual_help", " Giúp nhau ")}, None, AT)
    assert (odd.kind, odd.heading, odd.text) == ("mutual_help", "Giúp nhau", "Cùng nhau lo.")
    assert await _told(session) == 3
    assert await _told(session, date(2026, 10, 8)) == 2


@pytest.mark.parametrize(
    "given",
    [
        Recognition(),  # not recognised yet: it stays a draft
        Recognition(recognised_on=date(2026, 10, 9)),
        Recognition(recognised_by="UBND xã"),
        Recognition(recognised_on=date(2026, 12, 9), recognised_by="UBND xã"),  # in the future
        Recognition(date(2026, 10, 10), date(2026, 10, 9), "UBND xã"),  # recognised before it was adopted
    ],
)
async def test_no_confirmation_without_recognition(session: AsyncSession, hon: Village, given: Recognition) -> None:
    draft = await _draft(session, hon)
    with pytest.raises(ConventionRefused):
        await confirm(session, draft, given, {}, None, AT)
    assert draft.state == "draft"


@pytest.mark.parametrize("edit", [SectionEdit("wedding", " "), SectionEdit("no kind", "Cưới"), SectionEdit("", "Cưới")])
async def test_a_section_needs_a_kind_and_a_heading(session: AsyncSession, hon: Village, edit: SectionEdit) -> None:
    draft = await _draft(session, hon)
    with pytest.raises(ConventionRefused, match="Mục 1"):
        await confirm(session, draft, RECOGNISED, {(await sections(session, draft))[0].id: edit}, None, AT)


async def test_only_a_draft_can_be_thrown_away(session: AsyncSession, hon: Village) -> None:
    draft = await _draft(session, hon)
    await discard(session, draft)
    again = await _draft(session, hon)
    assert again.version == 3
    await confirm(session, again, RECOGNISED, {}, None, AT)
    for change in (discard(session, again), confirm(session, again, RECOGNISED, {}, None, AT)):
        with pytest.raises(ConventionRefused):
            await change
    assert await _told(session) == 3


async def test_from_the_command_line(town: AsyncEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "quy-uoc.txt"
    file.write_text(f"{TEXT} Bà con giữ gìn vệ sinh chung.", encoding="utf-8")
    for village, says in (("bản Nà Sáng", "nhiều nơi"), ("bản Không Có", "Không thấy")):
        with pytest.raises(ConventionRefused, match=says):
            await import_command(town, file=file, village=village, recognition=Recognition())
    await import_command(town, file=file, village="ban Huoi Lot, xa Nam Lua", recognition=RECOGNISED)
    printed = capsys.readouterr().out
    assert "quy ước bản Huổi Lót, xã Nậm Lúa, phiên bản 1, 2 mục" in printed
    draft_id = int(printed.split("Bản nháp số ")[1].split(":")[0])
    await confirm_command(town, draft_id=draft_id, recognition=Recognition())
    assert "hiệu lực từ 09/10/2026" in capsys.readouterr().out
    async with AsyncSession(town) as session:
        held = await session.get_one(Convention, draft_id)
        assert (held.state, held.confirmed_by) == ("confirmed", None)
        await session.delete(held)
        await session.commit()
    with pytest.raises(ConventionRefused, match="Không có bản nháp"):
        await confirm_command(town, draft_id=draft_id, recognition=Recognition())
