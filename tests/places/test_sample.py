"""The sample province: six communes with distinct names, and places as residents say them."""

from collections import Counter

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold
from bot.places import sample
from bot.places.service import names_only_place, places_named, province
from bot.seeding import PLACES


def test_six_communes_distinct_when_folded() -> None:
    communes = sample.read(PLACES)["communes"]
    assert len({fold(commune["name"]) for commune in communes}) == 6
    assert all(5 <= len(commune["villages"]) <= 8 for commune in communes)


def test_slugs_are_ascii_and_unique() -> None:
    communes = sample.read(PLACES)["communes"]
    slugs = [unit["slug"] for commune in communes for unit in (commune, *commune["villages"])]
    assert all(slug.isascii() for slug in slugs)
    assert max(Counter(slugs).values()) == 1


async def test_the_province_says_it_is_a_sample(session: AsyncSession) -> None:
    await sample.load(session, sample.read(PLACES))
    held = await province(session)
    assert held is not None
    assert (held.sample, "mẫu" in held.name) == (True, True)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ở bản Hon", {"bản Hon, xã Nậm Lúa"}),
        ("duong vao ban hon hong", {"bản Hon, xã Nậm Lúa"}),
        ("xa nam lua", {"xã Nậm Lúa"}),
        ("Pá Hốc Trên", {"bản Pá Hốc Trên, xã Nậm Lúa"}),
        ("ban na sang xa pa mua", {"bản Nà Sáng, xã Pá Mùa"}),
        ("tổ dân phố 3", {"tổ dân phố 3, phường Hoa Ngàn"}),
        ("bản nhà tôi", set()),
        ("xã Bản Hon huyện Tam Đường", set()),  # another province's commune, not our village “bản Hon”
        ("xa ban hon huyen tam duong", set()),
    ],
)
async def test_places_as_residents_say_them(session: AsyncSession, said: str, meant: set[str]) -> None:
    await sample.load(session, sample.read(PLACES))
    assert {place.label for place in await places_named(session, said)} == meant


@pytest.mark.parametrize("said", ["bản Nà Sáng", "thôn Lũng Vạy"])
async def test_a_name_that_exists_twice_is_asked_about(session: AsyncSession, said: str) -> None:
    await sample.load(session, sample.read(PLACES))
    assert len(await places_named(session, said)) == 2


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("không phải xã Nậm Lúa mà xã Pá Mùa", {"xã Pá Mùa"}),  # taken back
        ("ở xã Nậm Lúa nhé, à nhầm, xã Pá Mùa", {"xã Pá Mùa"}),
        ("khong phai xa Nam Lua chu xa Pa Mua moi dung", {"xã Pá Mùa"}),
    ],
)
async def test_a_place_that_was_taken_back(session: AsyncSession, said: str, meant: set[str]) -> None:
    await sample.load(session, sample.read(PLACES))
    assert {place.label for place in await places_named(session, said)} == meant


@pytest.mark.parametrize(
    ("said", "only_a_place"),
    [
        ("ban Pa Hoc", True),
        ("bản Hon xã Nậm Lúa ạ", True),
        ("tôi ở phường Hoa Ngàn", True),
        ("xã Bản Hon huyện Tam Đường", True),  # of another province
        ("xa Muong Te tinh Lai Chau", True),
        ("bản Hon đường hỏng", False),  # says what is the matter
        ("xã Nậm Lúa tiếp dân hôm nào", False),
        ("bản tôi", False),  # names nothing
        ("ở đây", False),
        ("", False),
    ],
)
async def test_a_message_that_only_names_a_place(session: AsyncSession, said: str, only_a_place: bool) -> None:
    await sample.load(session, sample.read(PLACES))
    assert await names_only_place(session, said) is only_a_place
