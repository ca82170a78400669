"""A real province: set up from the country's list, found under old and new names, never guessed."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.db import unit_of_work
from bot.officials.models import Office
from bot.places import sample
from bot.places.directory import FOLDER, UnknownProvince, communes_named, province_file, province_named
from bot.places.models import Commune
from bot.places.service import add_province, add_village, communes, places_elsewhere, places_named
from bot.places.wording import told_elsewhere
from bot.provinces import ProvinceRefused, add_province_command, add_village_command
from bot.seeding import PLACES


@pytest.fixture
async def lai_chau(session: AsyncSession) -> AsyncSession:
    await add_province(session, province_named("Lai Châu"))
    return session


def test_the_country_has_34_provinces_and_3321_communes() -> None:
    provinces = [province_file(path.stem) for path in sorted(FOLDER.glob("*.yml"))]
    assert (len(provinces), sum(len(province.communes) for province in provinces)) == (34, 3321)
    for province in provinces:
        slugs = [commune.slug for commune in province.communes]
        assert len(set(slugs)) == len(slugs)
        assert all(slug.isascii() for slug in slugs)


@pytest.mark.parametrize("said", ["Lai Châu", "lai chau", "tỉnh Lai Châu", "TINH LAI CHAU"])
def test_a_province_is_found_as_people_write_it(said: str) -> None:
    assert province_named(said).label == "tỉnh Lai Châu"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hà Giang", "nay thuộc tỉnh Tuyên Quang"),  # merged away
        ("Atlantis", "Không có tỉnh nào"),
        ("", "Không có tỉnh nào"),
    ],
)
def test_an_unknown_province_is_refused_with_what_to_do(said: str, told: str) -> None:
    with pytest.raises(UnknownProvince, match=told):
        province_named(said)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("xã Bản Hon huyện Tam Đường", ["xã Khun Há (trước là xã Bản Hon, huyện Tam Đường)"]),
        ("xa ban hon huyen tam duong", ["xã Khun Há (trước là xã Bản Hon, huyện Tam Đường)"]),
        ("toi o xa ban hon cu", ["xã Khun Há (trước là xã Bản Hon, huyện Tam Đường)"]),  # the district is not needed
        ("xã Khun Há", ["xã Khun Há"]),
        ("xã Bản Bo", ["xã Bản Bo"]),  # the same name before and after
        ("xã Bản Bo huyện Tam Đường", ["xã Bản Bo"]),
        ("thị trấn Tam Đường", ["xã Bình Lư (trước là thị trấn Tam Đường, huyện Tam Đường)"]),
        ("huyện Tam Đường", []),  # a district is no commune
        ("bàn bỏ phiếu", []),
    ],
)
async def test_old_and_new_names(lai_chau: AsyncSession, said: str, meant: list[str]) -> None:
    assert [place.choice for place in await places_named(lai_chau, said)] == meant


async def test_a_former_name_is_explained(lai_chau: AsyncSession) -> None:
    (place,) = await places_named(lai_chau, "xã Bản Hon huyện Tam Đường")
    assert place.change == "Xã Bản Hon, huyện Tam Đường nay thuộc xã Khun Há."
    assert place.label == "xã Khun Há"


async def test_a_name_borne_twice_is_asked_about_unless_the_district_is_said(session: AsyncSession) -> None:
    await sample.load(session, sample.read(PLACES))
    assert {p.label for p in await places_named(session, "xa na pheo")} == {"xã Pá Mùa", "xã Phiêng Đào"}
    assert [p.label for p in await places_named(session, "xa na pheo huyen bo sap")] == ["xã Phiêng Đào"]


async def test_no_commune_of_the_province_is_lost_to_another(lai_chau: AsyncSession) -> None:
    """Each is found by its own label, typed with and without diacritics."""
    for commune in await communes(lai_chau):
        assert commune.label in {place.label for place in await places_named(lai_chau, commune.label)}


async def test_every_former_unit_of_the_province_leads_to_its_commune(lai_chau: AsyncSession) -> None:
    for commune in province_named("Lai Châu").communes:
        for unit in commune.formerly:
            said = f"{unit.label}, {unit.district}"
            assert commune.label in {place.label for place in await places_named(lai_chau, said)}, said


async def test_a_village_added_later_is_understood(lai_chau: AsyncSession) -> None:
    assert await places_named(lai_chau, "bản Nà Khum") == []
    khun_ha = (await places_named(lai_chau, "xã Khun Há"))[0].commune
    await add_village(lai_chau, khun_ha, "bản Nà Khum")
    assert [place.label for place in await places_named(lai_chau, "ban na khum")] == ["bản Nà Khum, xã Khun Há"]
    with pytest.raises(ValueError, match="phải bắt đầu bằng"):
        await add_village(lai_chau, khun_ha, "Nà Khum")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        # one province, today's name
        (
            "xã Mường Phăng",
            "Xã Mường Phăng thuộc tỉnh Điện Biên. Kênh này chỉ phục vụ tỉnh Lai Châu; "
            "bác hỏi giúp tôi ở kênh của tỉnh Điện Biên.",
        ),
        # many provinces
        ("xa tan lap", "Xã Tân Lập có ở nhiều tỉnh, thành phố (thành phố Hà Nội, "),
        # the district says which
        ("xã Sam Kha huyện Sốp Cộp", "nay thuộc xã Púng Bánh, tỉnh Sơn La."),
    ],
)
async def test_a_place_of_another_province_is_named_honestly(lai_chau: AsyncSession, said: str, told: str) -> None:
    assert told in told_elsewhere(await places_elsewhere(lai_chau, said), "tỉnh Lai Châu")


@pytest.mark.parametrize("said", ["xã Khun Há", "xã chúng tôi", "đường xã hỏng", "xã mình", "phường nào cũng thế"])
async def test_nothing_is_found_elsewhere_where_nothing_is_named(lai_chau: AsyncSession, said: str) -> None:
    assert await places_elsewhere(lai_chau, said) == []


@pytest.mark.usefixtures("empty")
async def test_the_command_sets_up_a_province_once(engine: AsyncEngine, capsys: pytest.CaptureFixture[str]) -> None:
    await add_province_command(engine, name="lai chau")
    await add_province_command(engine, name="Lai Châu")
    await add_village_command(engine, village="bản Hon", commune="xã Bản Hon huyện Tam Đường")
    said = capsys.readouterr().out
    assert "38 xã, phường, đặc khu (38 mới)" in said
    assert "38 xã, phường, đặc khu (0 mới)" in said
    assert "bản Hon, xã Khun Há" in said
    with pytest.raises(ProvinceRefused, match="đang phục vụ tỉnh Lai Châu"):
        await add_province_command(engine, name="Sơn La")
    async with unit_of_work(engine) as session:
        offices = await session.scalar(select(func.count()).select_from(Office).where(Office.level == "commune"))
        assert offices == await session.scalar(select(func.count()).select_from(Commune)) == 38


def test_units_that_were_divided_lead_to_each_part() -> None:
    assert len({unit.commune for unit in communes_named("xã Tân Lập huyện Đan Phượng")}) > 1
