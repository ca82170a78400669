"""The first content: there once, there again after a lost file or a crash, and never mixed with a real province."""

import os
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot import seeding
from bot.db import Base, unit_of_work
from bot.officials import passwords
from bot.officials.commands import add_official_command, new_password_command
from bot.officials.models import Office, Official
from bot.officials.permissions import ROLES
from bot.officials.queries import office_for
from bot.officials.service import AccountRefused, log_in
from bot.places.models import Commune
from bot.receptions.models import Reception
from bot.seeding import OtherProvince, seed
from bot.settings import Settings
from knowledge_base.models import AnswerRow, Convention
from knowledge_base.service import Loaded

pytestmark = pytest.mark.usefixtures("empty", "cheap_hashes")
COUNTED: tuple[type[Base], ...] = (Commune, Office, Official, Reception, Convention, AnswerRow)


@pytest.fixture
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 is slow on purpose; here it would only be slow."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def no_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the knowledge base, which takes longest to load."""

    async def nothing(session: AsyncSession) -> Loaded:
        return Loaded()

    monkeypatch.setattr(seeding, "load_shipped", nothing)


def settings(folder: Path, *, sample: bool = True) -> Settings:
    return Settings(sample=sample, data_dir=folder, clock=None, public_url="")


def listed(folder: Path) -> list[list[str]]:
    lines = (folder / "sample-accounts.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == ["role", "user", "password", "commune"]
    return [line.split("\t") for line in lines[1:]]


async def counts(engine: AsyncEngine) -> list[int]:
    async with unit_of_work(engine) as session:
        return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in COUNTED]


async def all_log_in(engine: AsyncEngine, folder: Path) -> bool:
    async with unit_of_work(engine) as session:
        return all([await log_in(session, user, password) for _, user, password, _ in listed(folder)])


@pytest.mark.slow
async def test_the_sample_province_and_its_accounts_come_once(engine: AsyncEngine, tmp_path: Path) -> None:
    await seed(engine, settings(tmp_path))
    before, accounts = await counts(engine), listed(tmp_path)
    await seed(engine, settings(tmp_path))
    assert (await counts(engine), listed(tmp_path)) == (before, accounts)
    assert all(before)
    assert (tmp_path / "sample-accounts.tsv").stat().st_mode & 0o777 == 0o600
    assert {role for role, *_ in accounts} == set(ROLES)
    assert len({commune for role, _, _, commune in accounts if role == "commune_staff"}) == 6
    assert await all_log_in(engine, tmp_path)


@pytest.mark.usefixtures("no_knowledge")
async def test_no_account_without_a_known_password(engine: AsyncEngine, tmp_path: Path) -> None:
    await seed(engine, settings(tmp_path))
    file = tmp_path / "sample-accounts.tsv"
    file.unlink()
    await seed(engine, settings(tmp_path))
    assert await all_log_in(engine, tmp_path)  # the file was lost: new passwords
    file.rename(tmp_path / "sample-accounts.tsv.new")
    async with unit_of_work(engine) as session:
        await session.execute(delete(Official))
    await seed(engine, settings(tmp_path))
    assert await all_log_in(engine, tmp_path)  # died between writing the list and committing
    assert os.listdir(tmp_path) == [file.name]


@pytest.mark.usefixtures("no_knowledge")
async def test_an_empty_province_has_one_office_and_takes_its_first_administrator(
    engine: AsyncEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await seed(engine, settings(tmp_path, sample=False))
    assert (await counts(engine))[:5] == [0, 1, 0, 0, 0]
    async with unit_of_work(engine) as session:
        assert (await office_for(session, None)).name == "Đầu mối tiếp nhận của tỉnh"
    await add_official_command(engine, user="quan.tri", role="administrator")
    first = capsys.readouterr().out.split()[-1]
    await new_password_command(engine, user="quan.tri")
    second = capsys.readouterr().out.split()[-1]
    async with unit_of_work(engine) as session:
        assert [bool(await log_in(session, "quan.tri", password)) for password in (first, second)] == [False, True]
    with pytest.raises(AccountRefused, match="dau-moi-tinh"):
        await add_official_command(engine, user="mat.tran", role="front", office="nowhere")
    assert not os.listdir(tmp_path)
    with pytest.raises(OtherProvince, match="SAMPLE=0"):
        await seed(engine, settings(tmp_path))


@pytest.mark.usefixtures("no_knowledge")
async def test_an_invented_province_is_never_taken_for_a_real_one(engine: AsyncEngine, tmp_path: Path) -> None:
    await seed(engine, settings(tmp_path))
    with pytest.raises(OtherProvince, match="SAMPLE=1"):
        await seed(engine, settings(tmp_path, sample=False))
