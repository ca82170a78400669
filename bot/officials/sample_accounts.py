"""The sample accounts and the file that lists them: no crash leaves an account whose password nobody has.

The passwords are on disk (``….new``, synced) before the accounts are committed; the file takes its final name after.
A start that finds ``….new`` gives every account the password listed there; one that finds no file makes all anew.
"""

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.db import unit_of_work
from bot.db.jobs import hold_lock
from bot.officials import passwords
from bot.officials.models import Office, Official
from bot.officials.service import add_official, set_password

HEADER = ("role", "user", "password", "commune")


@dataclass(frozen=True)
class SampleAccount:
    """An account to be: ``office`` is its office's slug; ``commune`` is only shown (“xã Nậm Lúa”), empty for none."""

    role: str
    user: str
    title: str
    office: str
    commune: str = ""


async def ensure_accounts(engine: AsyncEngine, accounts: Sequence[SampleAccount], file: Path) -> None:
    """Every account exists and ``file`` (TSV, mode 600) lists its password; does nothing where that is so."""
    pending = file.with_name(f"{file.name}.new")
    async with unit_of_work(engine) as session:
        await hold_lock(session, "sample-accounts")
        held = _passwords_in(pending) or _passwords_in(file)
        settled = held.keys() if not pending.exists() else frozenset[str]()
        there = {official.username: official for official in await session.scalars(select(Official))}
        open_ = [account for account in accounts if account.user not in settled or account.user not in there]
        if not open_:
            return
        listed = {account.user: held.get(account.user) or passwords.make() for account in accounts}
        _write(pending, accounts, listed)
        for account in open_:
            await _give(session, account, there.get(account.user), listed[account.user])
    pending.rename(file)
    _sync(file.parent)


async def _give(session: AsyncSession, account: SampleAccount, official: Official | None, password: str) -> None:
    if official:
        await set_password(session, official, password)
        return
    office = (await session.scalars(select(Office).where(Office.slug == account.office))).one()
    await add_official(
        session, username=account.user, role=account.role, title=account.title, office=office, password=password
    )


def _passwords_in(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {row["user"]: row["password"] for row in rows if row.get("user") and row.get("password")}


def _write(pending: Path, accounts: Sequence[SampleAccount], listed: Mapping[str, str]) -> None:
    """Whole or not at all, and on the disk when this returns."""
    draft = pending.with_name(f"{pending.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        rows = csv.writer(out, delimiter="\t", lineterminator="\n")
        rows.writerow(HEADER)
        rows.writerows((a.role, a.user, listed[a.user], a.commune) for a in accounts)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(pending)
    _sync(pending.parent)


def _sync(folder: Path) -> None:
    """A rename is on the disk only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
