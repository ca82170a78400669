"""Trying to log in: a wrong password counts against the name and the address, a right one against nobody."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncSession

from bot.db.web_store import count_up
from bot.officials.service import log_in

WINDOW_SECONDS = 300
PER_USERNAME = 10
PER_ADDRESS = 30


@dataclass(frozen=True)
class Attempt:
    """The official's id when the password was right; ``wait`` is in seconds, 0 unless there were too many tries."""

    official_id: int | None = None
    wait: int = 0


async def attempt(session: AsyncSession, username: str, password: str, address: str) -> Attempt:
    """Check the password unless this name or address has failed too often in the last minutes."""
    counted = await session.begin_nested()
    wait = await _wait(session, username, address)
    if wait:
        await counted.commit()
        return Attempt(wait=wait)
    official = await log_in(session, username, password)
    found = Attempt(official.id if official else None)
    await (counted.rollback() if official else counted.commit())
    return found


async def _wait(session: AsyncSession, username: str, address: str) -> int:
    name = sha256(username.strip().lower().encode()).hexdigest()
    wait = 0
    for what, most in ((f"login:address:{address}", PER_ADDRESS), (f"login:name:{name}", PER_USERNAME)):
        count, left = await count_up(session, what, WINDOW_SECONDS)
        wait = max(wait, left) if count > most else wait
    return wait
