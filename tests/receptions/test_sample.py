"""The shipped sample: roles only, enough days, and what a resident reads of it."""

import re
from collections import defaultdict
from datetime import date, time

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.places import sample
from bot.receptions.queries import upcoming, upcoming_everywhere
from bot.receptions.service import SampleRefused, load_sample, read
from bot.receptions.wording import told, told_none
from bot.seeding import PLACES, RECEPTIONS
from tests.receptions.town import communes

__all__ = ["communes"]

TODAY = date(2026, 11, 21)


def test_the_heads_receive_as_often_as_the_law_says() -> None:
    days: dict[tuple[str | None, str], int] = defaultdict(int)
    for row in read(RECEPTIONS):
        days[row.get("commune"), row["host"].split()[0]] += len(row.get("days_of_month", []))
    communes = {row["slug"] for row in sample.read(PLACES)["communes"]}
    assert all(days[commune, "Chủ"] >= 2 and days[commune, "Bí"] >= 2 for commune in communes)
    assert days[None, "Chủ"] >= 1
    assert days[None, "Bí"] >= 1


def test_no_telephone_number() -> None:
    assert not re.search(r"\d{4,}", re.sub(r"\d{4}-\d{2}(-\d{2})?|năm \d{4}|thoai-\d{4}", "", RECEPTIONS.read_text()))


def test_every_commune_has_a_dialogue_and_four_villages_meet() -> None:
    rows = read(RECEPTIONS)
    assert len({row["commune"] for row in rows if row["kind"] == "dialogue"}) == 6
    assert len({row["village"] for row in rows if row["kind"] == "village_meeting"}) >= 4


async def test_loading_again_adds_nothing(session: AsyncSession, communes: dict[str, int]) -> None:
    assert await load_sample(session, RECEPTIONS) == 0


async def test_a_row_of_an_unknown_commune_is_refused(
    session: AsyncSession, communes: dict[str, int], tmp_path
) -> None:
    (tmp_path / "wrong.yml").write_text('- {slug: x, commune: nowhere, kind: reception, host: "Chủ tịch UBND xã"}')
    with pytest.raises(SampleRefused, match="x"):
        await load_sample(session, tmp_path / "wrong.yml")


async def test_the_chairman_of_nam_lua(session: AsyncSession, communes: dict[str, int]) -> None:
    said = told(await upcoming(session, communes["nam-lua"], "reception", TODAY))
    assert said.splitlines()[0] == (
        "(dữ liệu mẫu) Xã Nậm Lúa: Chủ tịch UBND xã tiếp công dân ngày 10 và 25 hằng tháng, 7 giờ 30–11 giờ 30, "
        "tại Phòng tiếp công dân, trụ sở UBND xã Nậm Lúa. Lần tới: thứ Tư, ngày 25/11/2026."
    )


async def test_a_day_on_a_holiday_is_marked_and_the_next_sure_one_told(
    session: AsyncSession, communes: dict[str, int]
) -> None:
    assert (
        told(await upcoming(session, communes["pa-mua"], "reception", TODAY))
        .splitlines()[0]
        .endswith(
            "Lần tới: thứ Ba, ngày 24/11/2026 (trùng ngày nghỉ, bác hỏi lại UBND xã trước khi đi). "
            "Sau đó: thứ Tư, ngày 9/12/2026."
        )
    )


async def test_what_ended_today_is_left_out(session: AsyncSession, communes: dict[str, int]) -> None:
    on = date(2026, 11, 25)
    early, late = [
        (await upcoming(session, communes["nam-lua"], "reception", on, at=at))[0].day for at in (time(8), time(20))
    ]
    assert (early, late > on) == (on, True)


async def test_the_province_alone(session: AsyncSession, communes: dict[str, int]) -> None:
    meetings = await upcoming(session, None, None, TODAY)
    assert {meeting.reception.host for meeting in meetings} == {"Chủ tịch UBND tỉnh", "Bí thư Tỉnh ủy"}
    assert told(meetings).startswith("(dữ liệu mẫu) Tỉnh: ")


async def test_dialogues_everywhere_come_in_order(session: AsyncSession, communes: dict[str, int]) -> None:
    days = [meeting.day for meeting in await upcoming_everywhere(session, "dialogue", TODAY)]
    assert len(days) == 6
    assert days == sorted(days)


async def test_a_village_meeting_names_its_village(session: AsyncSession, communes: dict[str, int]) -> None:
    said = told(await upcoming(session, communes["nam-lua"], "village_meeting", TODAY))
    assert "Bản Hon, xã Nậm Lúa: họp dân, trưởng bản chủ trì, 19 giờ–21 giờ, tại Nhà văn hóa bản Hon." in said


def test_nothing_known_sends_to_the_office() -> None:
    assert told_none("xã Nậm Lúa", 45, sample=True) == (
        "(dữ liệu mẫu) Tôi chưa có lịch nào của xã Nậm Lúa trong 45 ngày tới. "
        "Bác hỏi trực tiếp UBND xã Nậm Lúa giúp tôi."
    )
