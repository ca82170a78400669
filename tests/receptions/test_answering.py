"""Questions about days on Saturday 21/11/2026, 10:00, by residents of the sample province."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold
from bot.places.directory import province_named
from bot.places.service import add_province
from bot.receptions.answering import Local, Question, local_days
from bot.receptions.asked import asked_role, asks_province, hosted_by
from bot.receptions.models import Reception, ReceptionDay
from tests.receptions.town import NOW, communes

__all__ = ["communes"]

ROWS = [
    # what is said (the resident is known to live in xã Nậm Lúa), what is told, in this order
    (
        "tuần này chủ tịch xã tiếp dân hôm nào",
        "Từ ngày 16/11/2026 … không thấy lịch … Lần tới: thứ Tư, ngày 25/11/2026",
    ),
    ("tuần sau chủ tịch xã tiếp dân hôm nào", "từ ngày 23/11/2026 … Thứ Tư, ngày 25/11/2026: Chủ tịch UBND xã"),
    ("mai có tiếp dân không", "Không. … Chủ nhật, ngày 22/11/2026 … Lần tới: thứ Tư, ngày 25/11/2026"),
    ("thứ tư tuần sau có tiếp dân không", "Có. Thứ Tư, ngày 25/11/2026: … 7 giờ 30–11 giờ 30"),
    ("hôm qua có tiếp dân không", "đã qua; hôm ấy tôi không thấy lịch … Lần tới"),
    ("thứ năm tuần này bí thư có tiếp dân không", "Thứ Năm, ngày 19/11/2026 đã qua; hôm ấy theo lịch có"),
    (
        "thứ 6 ngày 25 chủ tịch có tiếp dân không",
        "Ngày 25/11/2026 là thứ Tư, không phải thứ Sáu … Có. … Không. … 27/11",
    ),
    ("thứ 6 ngày 20 bí thư có đối thoại không", "chưa có lịch đối thoại … của bí thư … đã qua … Lần tới … 4/12/2026"),
    ("ngày 5/12 bí thư có tiếp dân không", "Không. … dời sang thứ Năm, ngày 3/12/2026 … trùng thứ Bảy"),  # moved
    ("ngày 3/12 có tiếp dân không", "Có. … thay cho thứ Bảy, ngày 5/12/2026"),
    ("ngày 11/12 HĐND xã Pá Mùa có tiếp dân không", "Không. … đã hủy, lý do: Thường trực HĐND xã họp"),
    ("mồng 1 tết có tiếp dân không", "Không"),
    ("thứ ba tuần sau xã Pá Mùa có tiếp dân không", "Theo lịch thì có, nhưng … trùng ngày nghỉ"),  # a holiday
    ("chủ tịch tỉnh tiếp dân ngày nào", "Tỉnh: Chủ tịch UBND tỉnh … ngày 18/12/2026"),  # the province's own
    ("bí thư xã Pá Mùa tiếp dân hôm nào", "Bí thư Đảng ủy xã tiếp công dân ngày 4 và 18"),  # one role only
    ("ctx tiếp dân hôm nào", "Chủ tịch UBND xã tiếp công dân ngày 10 và 25"),  # shorthand
    ("bao giờ họp bản Hon", "Bản Hon, xã Nậm Lúa: họp dân … Chủ nhật, ngày 6/12/2026"),
    ("khi nào đại biểu quốc hội về tiếp xúc cử tri", "Đại biểu Quốc hội tiếp xúc cử tri … 16/12/2026"),
    ("bao giờ HĐND tiếp xúc cử tri", "Tổ đại biểu HĐND xã … 7/12/2026"),
    ("bao giờ xã tổ chức đối thoại với dân", "hội nghị đối thoại … 4/12/2026"),
    ("lịch tiếp dân xã Pú Thẩn", "thứ Hai tuần đầu hằng tháng … Có trực tuyến"),
    ("hôm nay phường Hoa Ngàn có tiếp dân không", "Có. Thứ Bảy, ngày 21/11/2026"),  # weekly, on a Saturday
]
LAW = [
    "một tháng chủ tịch xã tiếp dân mấy ngày",
    "chủ tịch xã phải tiếp dân mỗi tuần một ngày đúng không",
    "khi nào được từ chối tiếp dân",
    "lịch tiếp dân phải niêm yết trước mấy ngày",
    "xã phải đối thoại với dân mấy lần một năm",
    "quy định 10% cử tri yêu cầu đối thoại có từ bao giờ",
    "khi giải quyết khiếu nại thì bao giờ phải đối thoại",  # the second sense
    "bao giờ chủ tịch xã đối thoại với người khiếu nại",
    "công ty bao giờ đối thoại với người lao động",  # the third
    "lịch đối thoại định kỳ tại nơi làm việc",
    "góp tiền làm đường thì bao nhiêu hộ đồng ý",
    "phiếu của tôi bao giờ xong",
]


async def told(session: AsyncSession, said: str, commune_id: int | None, **more: object) -> Local | None:
    return await local_days(session, Question(said, commune_id=commune_id, **more), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("spelling", [str, fold])
@pytest.mark.parametrize(("said", "expected"), ROWS)
async def test_days_that_are_told(
    session: AsyncSession, communes: dict[str, int], said: str, expected: str, spelling
) -> None:
    found = await told(session, spelling(said), communes["nam-lua"])
    assert found is not None
    text, position = found.payload["text"], 0
    assert text.startswith("(dữ liệu mẫu) ")
    for part in expected.split(" … "):
        assert part.strip(" …") in text[position:], (part, text)
        position = text.index(part.strip(" …"), position)


@pytest.mark.parametrize("spelling", [str, fold])
@pytest.mark.parametrize("said", LAW)
async def test_questions_of_law_are_left_to_the_law(
    session: AsyncSession, communes: dict[str, int], said: str, spelling
) -> None:
    assert await told(session, spelling(said), communes["nam-lua"]) is None


async def test_without_a_place_it_is_asked_for_and_its_name_answers(
    session: AsyncSession, communes: dict[str, int]
) -> None:
    asked = await told(session, "mai có tiếp dân không", None)
    assert asked is not None
    assert not asked.settled
    assert len(asked.payload["buttons"]) == 6
    button = next(b for b in asked.payload["buttons"] if b["entities"]["place"] == "xã Nậm Lúa")
    by_name = await told(session, "xã Nậm Lúa", None, waiting=asked.waiting)
    by_button = await told(
        session,
        button["label"],
        None,
        place=button["entities"]["place"],
        kind=button["entities"]["meeting_kind"],
        waiting=asked.waiting,
    )
    assert by_name is not None
    assert by_name.payload["text"].startswith("(dữ liệu mẫu) Không.")
    assert by_name.commune_id == communes["nam-lua"]
    assert by_button == by_name


async def test_a_day_held_is_told_as_held(session: AsyncSession, communes: dict[str, int]) -> None:
    day = select(Reception.id).where(Reception.slug == "nam-lua-bi-thu")
    session.add(ReceptionDay(reception_id=await session.scalar(day), day=date(2026, 11, 19), state="held"))
    await session.flush()
    found = await told(session, "hôm thứ năm ngày 19 bí thư có tiếp dân không", communes["nam-lua"])
    assert found is not None
    assert "đã qua; hôm ấy đã có" in found.payload["text"]


async def test_the_name_of_a_place_alone_asks_nothing(session: AsyncSession, communes: dict[str, int]) -> None:
    assert await told(session, "xã Nậm Lúa", None) is None


async def test_a_commune_of_another_province_is_told(session: AsyncSession, communes: dict[str, int]) -> None:
    found = await told(session, "xã Giang Ma huyện Tam Đường tiếp dân ngày nào", None)
    assert found is not None
    assert "Lai Châu" in found.payload["text"]


async def test_a_commune_nobody_knows_is_not_answered_from_another(
    session: AsyncSession, communes: dict[str, int]
) -> None:
    found = await told(session, "xã Xyz Abc tiếp dân ngày nào", communes["nam-lua"], place="xã Xyz Abc")
    assert found is not None
    assert "không tìm thấy “xã Xyz Abc”" in found.payload["text"]


async def test_a_real_province_asks_for_the_name_and_tells_of_former_ones(session: AsyncSession) -> None:
    await add_province(session, province_named("Lai Châu"))
    asked = await told(session, "mai có tiếp dân không", None)
    assert asked is not None
    assert asked.payload["buttons"] == []
    found = await told(session, "xã Bản Hon huyện Tam Đường mai có tiếp dân không", None)
    assert found is not None
    assert found.payload["text"].startswith("Xã Bản Hon, huyện Tam Đường nay thuộc xã Khun Há.")
    assert "chưa có lịch nào" in found.payload["text"]  # nothing known: neither yes nor no
    assert "Không." not in found.payload["text"]


async def test_only_days_that_are_sure_can_be_booked(session: AsyncSession, communes: dict[str, int]) -> None:
    found = await told(session, "lịch tiếp dân xã Pú Thẩn", None)
    assert found is not None
    labels = [button["label"] for button in found.payload["buttons"]]
    assert labels == ["Đăng ký thứ Tư 2/12", "Đăng ký thứ Hai 7/12"]  # not Sunday 22/11, not Saturday 28/11


@pytest.mark.parametrize(
    ("host", "role", "is_host"),
    [
        ("Chủ tịch UBND xã", "chu_tich", True),
        ("Phó Chủ tịch UBND xã", "chu_tich", False),
        ("UBND xã phối hợp Ủy ban MTTQ xã", "chu_tich", True),  # the committee's is its chairman's
        ("Bí thư Đảng ủy xã", "chu_tich", False),
        ("Thường trực HĐND xã", "hoi_dong_nhan_dan", True),
    ],
)
def test_hosts(host: str, role: str, is_host: bool) -> None:
    assert hosted_by(fold(host), role) is is_host


def test_the_provinces_heads() -> None:
    assert asks_province(fold("Bí thư Tỉnh ủy tiếp dân hôm nào"))
    assert asks_province(fold("chủ tịch UBND tỉnh tiếp dân hôm nào"))
    assert not asks_province(fold("chủ tịch xã có bình tĩnh không"))
    assert asked_role(fold("ông phó chủ tịch tiếp dân")) == "pho_chu_tich"
