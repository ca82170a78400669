"""A case goes to another office, is accepted there or returned; the province's coordinator decides where it belongs."""

from datetime import datetime
from typing import Any

from litestar import Controller, Response, post
from litestar.datastructures import State
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import transfers
from bot.cases.models import Case
from bot.cases.rules import Act, NotAllowed
from bot.console.access import Asked
from bot.console.case_forms import attempt, tried
from bot.console.forms import number
from bot.officials.models import Office
from bot.officials.permissions import Permission

SENT = "Đã chuyển. Đơn vị nhận có một ngày làm việc để nhận hoặc trả lại; đến lúc đó đơn vị mình vẫn chịu trách nhiệm."
ACCEPTED = "Đã nhận. Từ bây giờ đơn vị mình giải quyết vụ việc này; người dân được báo."
RETURNED = "Đã trả lại kèm lý do; người dân được báo nơi đang giữ vụ việc."
ASSIGNED = "Đã giao nơi giải quyết; người dân được báo."


class CaseTransfers(Controller):
    """Between offices."""

    path = "/cases/{code:str}"

    @post("/transfer", permission=Permission.WORK_CASES)
    async def transfer(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Send it on, with a reason of the list."""
        asked = await tried(request, Act.TRANSFER)

        async def send(session: AsyncSession, case: Case, at: datetime) -> None:
            to, seen = await _office(session, asked.office), number(asked.seen)
            await transfers.transfer(
                session, case, to, request.user, at, reason=asked.reason, text=asked.note, seen=seen
            )

        return await attempt(request, state, code, asked, send, SENT)

    @post("/accept", permission=Permission.WORK_CASES)
    async def accept(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Take what another office sent."""
        asked = await tried(request, Act.ACCEPT)

        async def take(session: AsyncSession, case: Case, at: datetime) -> None:
            await transfers.accept(session, case, request.user, at, text=asked.note, seen=number(asked.seen))

        return await attempt(request, state, code, asked, take, ACCEPTED)

    @post("/return", permission=Permission.WORK_CASES)
    async def give_back(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Return what another office sent, with a reason of the list and words for that office."""
        asked = await tried(request, Act.RETURN)

        async def put_back(session: AsyncSession, case: Case, at: datetime) -> None:
            seen = number(asked.seen)
            await transfers.give_back(session, case, request.user, at, reason=asked.reason, text=asked.note, seen=seen)

        return await attempt(request, state, code, asked, put_back, RETURNED)

    @post("/assign-office", permission=Permission.ASSIGN_OFFICES)
    async def assign(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Say where it belongs; that office cannot return it."""
        asked = await tried(request, Act.ASSIGN_OFFICE)

        async def put(session: AsyncSession, case: Case, at: datetime) -> None:
            to, seen = await _office(session, asked.office), number(asked.seen)
            await transfers.assign_office(session, case, to, request.user, at, text=asked.note, seen=seen)

        return await attempt(request, state, code, asked, put, ASSIGNED)


async def _office(session: AsyncSession, typed_id: str) -> Office:
    """The office chosen; ``NotAllowed`` for none."""
    chosen = number(typed_id)
    office = await session.get(Office, chosen) if chosen else None
    if office is None:
        raise NotAllowed("no office", "office")
    return office
