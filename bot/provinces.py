"""``bot province add|village``: setting up the real province that this copy serves."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.db import unit_of_work
from bot.db.jobs import hold_lock
from bot.officials.service import ensure_office
from bot.places.directory import province_named
from bot.places.models import Commune, FormerPlace
from bot.places.naming import bare
from bot.places.service import add_province, add_village, communes, places_named, province


class ProvinceRefused(ValueError):
    """The province or village cannot be added; the message says why, in Vietnamese."""


async def add_province_command(engine: AsyncEngine, *, name: str) -> None:
    """Set up the province with its communes, former names and an office for each; safe to repeat.

    ``ProvinceRefused`` for an unknown name, or where the copy already serves another province or the sample.
    """
    try:
        entry = province_named(name)
        async with unit_of_work(engine) as session:
            await hold_lock(session, "seeding")
            await _refuse_sample(session)
            new = await add_province(session, entry)
            for commune in await communes(session):
                await ensure_commune_office(session, commune)
            former = await session.scalar(select(func.count()).select_from(FormerPlace))
    except ValueError as refused:
        raise ProvinceRefused(str(refused)) from refused
    print(f"{entry.label}: {len(entry.communes)} xã, phường, đặc khu ({new} mới), {former} tên cũ; mỗi nơi một đơn vị.")
    print("Tiếp theo: tạo tài khoản cán bộ (bot official add), thêm thôn, bản (bot province village).")


async def add_village_command(engine: AsyncEngine, *, village: str, commune: str) -> None:
    """Add a village, “bản Hon”, to a commune, “xã Khun Há”; ``ProvinceRefused``."""
    async with unit_of_work(engine) as session:
        where = [place.commune for place in await places_named(session, commune) if place.village is None]
        if len(where) != 1:
            raise ProvinceRefused(f"“{commune}” phải là đúng một xã, phường, đặc khu của tỉnh, ví dụ “xã …”")
        try:
            added = await add_village(session, where[0], village)
        except ValueError as refused:
            raise ProvinceRefused(str(refused)) from refused
        print(f"Đã có {added.label}, {where[0].label} (mã: {added.slug}).")


async def ensure_commune_office(session: AsyncSession, commune: Commune) -> None:
    """The People's Committee of the commune, made if missing."""
    name = f"UBND {commune.label}"
    await ensure_office(session, slug=f"ubnd-{commune.slug}", name=name, level="commune", commune_id=commune.id)


async def _refuse_sample(session: AsyncSession) -> None:
    served = await province(session)
    if served and served.sample:
        raise ProvinceRefused(
            f"Cơ sở dữ liệu này đang giữ {bare(served.name)}: hãy chạy với SAMPLE=0 và DATA_DIR (hay DATABASE_URL) mới"
        )
