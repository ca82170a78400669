"""What the command line does with accounts: ``bot official add``."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.db import unit_of_work
from bot.officials import passwords
from bot.officials.models import Office
from bot.officials.permissions import ROLES
from bot.officials.queries import NoOffice, office_for, official_named
from bot.officials.service import AccountRefused, add_official, set_password


async def add_official_command(
    engine: AsyncEngine, *, user: str, role: str, office: str | None = None, title: str | None = None
) -> None:
    """Make an account and print its random password, this once.

    ``office`` is an office's slug; without it the province's coordinating office. ``AccountRefused`` says in Vietnamese
    what is wrong. A password that was lost is replaced by ``new_password_command``.
    """
    password = passwords.make()
    async with unit_of_work(engine) as session:
        where = await _office(session, office)
        called = title or f"{ROLES[role][0] if role in ROLES else role}, {where.name}"
        await add_official(session, username=user, role=role, title=called, office=where, password=password)
    print(f"Đã tạo tài khoản {user} ({called}).\nMật khẩu (chỉ hiện một lần này): {password}")


async def new_password_command(engine: AsyncEngine, *, user: str) -> None:
    """Give an active account a new random password and print it, this once; ``AccountRefused`` when there is none."""
    password = passwords.make()
    async with unit_of_work(engine) as session:
        official = await official_named(session, user)
        if official is None:
            raise AccountRefused(f"Không có tài khoản {user} đang hoạt động")
        await set_password(session, official, password)
    print(f"Mật khẩu mới của {user} (chỉ hiện một lần này): {password}")


async def _office(session: AsyncSession, slug: str | None) -> Office:
    if slug is None:
        try:
            return await office_for(session, None)
        except NoOffice as missing:
            raise AccountRefused("Tỉnh chưa có đơn vị nào: hãy khởi động một lần bằng “make run”") from missing
    offices = {office.slug: office for office in await session.scalars(select(Office).order_by(Office.slug))}
    if slug not in offices:
        known = "; ".join(f"{office.slug} – {office.name}" for office in offices.values())
        raise AccountRefused(f"Không có đơn vị “{slug}”. Các đơn vị: {known or 'chưa có'}")
    return offices[slug]
