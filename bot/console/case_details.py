"""Who works on a case, and what an official puts right about it."""

from datetime import datetime
from typing import Any

from litestar import Controller, Response, post
from litestar.datastructures import State
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import service
from bot.cases.corrections import Correction, correct
from bot.cases.models import Case
from bot.cases.rules import Act, NotAllowed
from bot.console.access import Asked
from bot.console.case_forms import attempt, tried
from bot.console.forms import number
from bot.officials.models import Official
from bot.officials.permissions import Permission


class CaseDetails(Controller):
    """Inside the office; the resident is not told."""

    path = "/cases/{code:str}"

    @post("/assign", permission=Permission.WORK_CASES)
    async def assign(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Give it to somebody of the office in charge."""
        asked = await tried(request, Act.ASSIGN_PERSON)

        async def give(session: AsyncSession, case: Case, at: datetime) -> None:
            person = await _person(session, asked.person)
            await service.assign_person(session, case, person, request.user, at, seen=number(asked.seen))

        return await attempt(request, state, code, asked, give, "Đã giao người xử lý.")

    @post("/correct", permission=Permission.WORK_CASES)
    async def correct(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Another field, kind or title."""
        asked = await tried(request, Act.CORRECT)

        async def put_right(session: AsyncSession, case: Case, at: datetime) -> None:
            right = Correction(asked.field or None, asked.kind or None, asked.title or None)
            await correct(session, case, right, request.user, at, seen=number(asked.seen))

        return await attempt(request, state, code, asked, put_right, "Đã sửa thông tin; quá trình ghi lại việc sửa.")


async def _person(session: AsyncSession, typed_id: str) -> Official:
    """The official chosen; ``NotAllowed`` for none."""
    chosen = number(typed_id)
    person = await session.get(Official, chosen) if chosen else None
    if person is None:
        raise NotAllowed("nobody", "person")
    return person
