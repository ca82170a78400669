"""Use cases of accounts and offices."""

import re

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.officials import passwords
from bot.officials.models import Office, Official
from bot.officials.permissions import ROLES
from bot.officials.queries import official_named


class AccountRefused(ValueError):
    """The account cannot be made as asked; the message says why, in Vietnamese."""


async def log_in(session: AsyncSession, username: str, password: str) -> Official | None:
    """The account if the password is right."""
    official = await official_named(session, username.strip().lower())
    stored = official.password_hash if official else None
    return official if passwords.matches(password, stored) else None


async def add_official(
    session: AsyncSession, *, username: str, role: str, title: str, office: Office, password: str
) -> Official:
    """A new account; ``AccountRefused`` for a taken or odd name, an unknown role or a short password."""
    if not re.fullmatch(r"[a-z0-9._-]{3,40}", username):
        raise AccountRefused("Tên đăng nhập gồm 3–40 chữ thường không dấu, số, dấu chấm hoặc gạch")
    if role not in ROLES:
        raise AccountRefused(f"Vai trò phải là một trong: {', '.join(ROLES)}")
    _require_long(password)
    if await session.scalar(select(Official.id).where(Official.username == username)):
        raise AccountRefused(f"Tên đăng nhập {username} đã có người dùng")
    official = Official(
        username=username, role=role, title=title, office_id=office.id, password_hash=passwords.hashed(password)
    )
    session.add(official)
    await session.flush()
    return official


async def set_password(session: AsyncSession, official: Official, password: str) -> None:
    """Another password for the account; ``AccountRefused`` for a short one."""
    _require_long(password)
    official.password_hash = passwords.hashed(password)
    await session.flush()


async def ensure_office(
    session: AsyncSession, *, slug: str, name: str, level: str, commune_id: int | None = None, coordinates: bool = False
) -> Office:
    """The office of that slug, made if missing."""
    office = await session.scalar(select(Office).where(Office.slug == slug))
    if office is None:
        office = Office(slug=slug, name=name, level=level, commune_id=commune_id, coordinates=coordinates)
        session.add(office)
        await session.flush()
    return office


def _require_long(password: str) -> None:
    if len(password) < 12:
        raise AccountRefused("Mật khẩu cần ít nhất 12 ký tự")
