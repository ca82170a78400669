"""The clocks of a case follow its history: one call after each step of it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks.limits import ACCEPTANCE, BOARDS, PASSING_ON, LimitRefused
from bot.cases.clocks.models import Clock
from bot.cases.clocks.queries import limits_of, running_of
from bot.cases.clocks.running import pause, resume, start, stop
from bot.cases.models import Case
from bot.officials.models import Office


async def follow(session: AsyncSession, case: Case, act: str, at: datetime, *, to: Office | None = None) -> None:
    """Start, pause, resume and stop what the step means; the case is already as the step left it.

    ``act`` is ``open`` or an act of the history (``receive``, ``ask``, ``transfer`` …); others leave the clocks alone.
    ``to`` is the office that a transfer has yet to be accepted by.
    """
    await session.flush()
    if to is not None:
        await _transferred(session, case, to, at)
    elif act in _STEPS:
        await _STEPS[act](session, case, at)
    await session.flush()


async def _opened(session: AsyncSession, case: Case, at: datetime) -> None:
    await _begin(session, case, at)
    if case.kind == "recommendation":
        await start(session, PASSING_ON, await _office(session, case), at, case_id=case.id)


async def _begin(session: AsyncSession, case: Case, at: datetime) -> None:
    office = await _office(session, case)
    for limit in (await limits_of(session, office.working_level)).values():
        await start(session, limit, office, at, case_id=case.id)


async def _replied(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "met", "first_reply")


async def _taken(session: AsyncSession, case: Case, at: datetime) -> None:
    await _resumed(session, case, at)
    await _stop(session, case, at, "met", "first_reply", "passing_on")


async def _asked(session: AsyncSession, case: Case, at: datetime) -> None:
    await _replied(session, case, at)
    for clock in await running_of(session, case):
        await pause(session, clock, at)


async def _resumed(session: AsyncSession, case: Case, at: datetime) -> None:
    for clock in await running_of(session, case):
        await resume(session, clock, at)


async def _answered(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "met")


async def _ended(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "ended")


async def _transferred(session: AsyncSession, case: Case, to: Office, at: datetime) -> None:
    """The sender stays answerable: its clocks run until the other office accepts, and count as stopped now then."""
    for clock in await running_of(session, case):
        await resume(session, clock, at)
        clock.handed_at = at
    await start(session, ACCEPTANCE, to, at, case_id=case.id)


async def _accepted(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "met", "acceptance")
    await _pass_on(session, case, at)
    await _opened(session, case, at)


async def _returned(session: AsyncSession, case: Case, at: datetime) -> None:
    """To the sender, whose clocks have never stopped; or, disputed, to the coordinator, whose clocks begin."""
    await _stop(session, case, at, "met", "acceptance")
    left = await running_of(session, case)
    if any(clock.office_id != case.office_id for clock in left):
        await _pass_on(session, case, at)
        await _begin(session, case, at)
    else:
        for clock in left:
            clock.handed_at = None


async def _assigned(session: AsyncSession, case: Case, at: datetime) -> None:
    await _stop(session, case, at, "ended", "acceptance")
    await _pass_on(session, case, at)
    await _begin(session, case, at)


async def _pass_on(session: AsyncSession, case: Case, at: datetime) -> None:
    for clock in await running_of(session, case):
        await stop(session, clock, clock.handed_at or at, "passed_on")
    await session.flush()


async def _stop(session: AsyncSession, case: Case, at: datetime, end: str, *measures: str) -> None:
    for clock in await running_of(session, case):
        if not measures or clock.measure in measures:
            await stop(session, clock, at, end)
    await session.flush()


async def _office(session: AsyncSession, case: Case) -> Office:
    return await session.get_one(Office, case.office_id)


_STEPS: dict[str, Callable[[AsyncSession, Case, datetime], Awaitable[None]]] = {
    "open": _opened,
    "receive": _replied,
    "start": _taken,
    "ask": _asked,
    "resume": _taken,
    "add": _resumed,
    "answer": _answered,
    "accept": _accepted,
    "return": _returned,
    "assign_office": _assigned,
    "reopen": _begin,
    "withdraw": _ended,
    "merge": _ended,
}
"""What each step of a case's history does to its clocks."""


def may_be_of_board(clock: Clock) -> bool:
    """Whether this is the commune's running settlement, not yet known to be of a board."""
    is_settling = clock.measure == "settlement" and clock.stopped_at is None
    return is_settling and clock.level == "commune" and not clock.limit.of_law


async def from_board(session: AsyncSession, case: Case, board: str, at: datetime) -> Clock:
    """The case is a recommendation of one of the commune's boards: the law's limit runs since it was received.

    ``LimitRefused`` where no commune is settling it.
    """
    settling = next((clock for clock in await running_of(session, case) if may_be_of_board(clock)), None)
    if settling is None or board not in BOARDS:
        raise LimitRefused("Chỉ kiến nghị đang do UBND xã giải quyết mới có thời hạn này")
    await stop(session, settling, at, "ended")
    await session.flush()
    office = await _office(session, case)
    clock = await start(session, BOARDS[board], office, settling.started_at, case_id=case.id)
    await session.flush()
    return clock
