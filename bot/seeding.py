"""What a database holds before anybody writes: the knowledge base, and with ``SAMPLE=1`` the invented province."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.db import unit_of_work
from bot.db.jobs import hold_lock
from bot.officials.models import Office
from bot.officials.sample_accounts import SampleAccount, ensure_accounts
from bot.officials.service import ensure_office
from bot.places import sample as sample_places
from bot.places.models import Commune
from bot.places.service import communes, province
from bot.provinces import ensure_commune_office
from bot.receptions import service as receptions
from bot.settings import Settings
from knowledge_base.conventions.shipped import load_conventions
from knowledge_base.loader import CONTENT
from knowledge_base.service import load_shipped

PLACES = CONTENT / "places" / "sample.yml"
RECEPTIONS = CONTENT / "receptions" / "sample.yml"
COORDINATOR = "dieu-phoi-tinh"
PROVINCIAL_ACCOUNTS = (
    SampleAccount("province_department", "sotinh", "Cán bộ Sở Xây dựng tỉnh (mẫu)", "so-xay-dung"),
    SampleAccount("province_coordinator", "dieuphoi", "Cán bộ điều phối tỉnh (mẫu)", COORDINATOR),
    SampleAccount("front", "mattran", "Cán bộ Ủy ban MTTQ tỉnh (mẫu)", "mttq-tinh"),
    SampleAccount("knowledge_editor", "bientap", "Biên tập viên kho trả lời (mẫu)", COORDINATOR),
    SampleAccount("auditor", "kiemtra", "Cán bộ kiểm tra nội bộ (mẫu)", COORDINATOR),
    SampleAccount("administrator", "quantri", "Quản trị hệ thống (mẫu)", COORDINATOR),
)


REAL_COORDINATOR = "dau-moi-tinh"


class OtherProvince(RuntimeError):
    """A database of a real province and ``SAMPLE=1``, or the other way round; the text says what to do."""


async def seed(engine: AsyncEngine, settings: Settings) -> None:
    """Bring the database to where residents can write; at every start, quick when nothing is new.

    One transaction for each part, each of which may be cut off and run again. Raises ``OtherProvince``, and
    ``knowledge_base.loader.ContentError`` for a content file that cannot be read.
    """
    async with unit_of_work(engine) as session:
        await hold_lock(session, "seeding")
        await load_shipped(session)
    if settings.sample:
        await _seed_sample(engine, settings.data_dir / "sample-accounts.tsv")
    else:
        await _seed_empty(engine)


async def _seed_sample(engine: AsyncEngine, accounts_file: Path) -> None:
    """The invented province, into a database that no real one uses."""
    async with unit_of_work(engine) as session:
        await hold_lock(session, "seeding")
        held = await province(session)
        started_empty = select(Office.id).where(Office.slug == REAL_COORDINATOR)
        if (held and not held.sample) or await session.scalar(started_empty):
            raise OtherProvince(
                "Cơ sở dữ liệu này là của tỉnh thật: hãy đặt SAMPLE=0, "
                "hoặc chọn DATA_DIR (hay DATABASE_URL) mới cho tỉnh mẫu"
            )
        content = sample_places.read(PLACES)
        if held is None:
            await sample_places.load(session, content)
        for office in content["offices"]:
            await ensure_office(session, **office)
        for commune in await communes(session):
            await ensure_commune_office(session, commune)
    async with unit_of_work(engine) as session:
        await hold_lock(session, "seeding")
        await receptions.load_sample(session, RECEPTIONS)
        await load_conventions(session)
        accounts = sample_accounts(list(await communes(session)))
    await ensure_accounts(engine, accounts, accounts_file)


async def _seed_empty(engine: AsyncEngine) -> None:
    """Nothing invented: only the office that residents are handed over to."""
    async with unit_of_work(engine) as session:
        await hold_lock(session, "seeding")
        held = await province(session)
        if held and held.sample:
            raise OtherProvince(
                "Cơ sở dữ liệu này đang giữ tỉnh mẫu: hãy đặt SAMPLE=1, "
                "hoặc chọn DATA_DIR (hay DATABASE_URL) mới cho tỉnh thật"
            )
        await ensure_office(
            session, slug=REAL_COORDINATOR, name="Đầu mối tiếp nhận của tỉnh", level="province", coordinates=True
        )


def sample_accounts(all_communes: list[Commune]) -> list[SampleAccount]:
    """One account for each role, and staff for every commune; the leader is of the first commune."""
    by_slug = sorted(all_communes, key=lambda commune: commune.id)
    staff = [_of_commune("commune_staff", "canbo", "Cán bộ tiếp nhận", commune) for commune in by_slug]
    leaders = [_of_commune("commune_leader", "lanhdao", "Lãnh đạo UBND", commune) for commune in by_slug[:1]]
    return [*staff, *leaders, *PROVINCIAL_ACCOUNTS]


def _of_commune(role: str, prefix: str, title: str, commune: Commune) -> SampleAccount:
    user = f"{prefix}.{commune.slug.replace('-', '')}"
    return SampleAccount(role, user, f"{title} {commune.label} (mẫu)", f"ubnd-{commune.slug}", commune.label)
