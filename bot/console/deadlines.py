"""Deadlines on the desk: what is late, what soon will be, the morning's digest; a board's recommendation."""

from litestar import Controller, get, post
from litestar.datastructures import State
from litestar.response import Redirect, Template

from bot.cases.clocks import service
from bot.cases.clocks.desk import desk_of
from bot.cases.clocks.digests import COUNTS
from bot.cases.clocks.limits import BOARD_LABELS, LimitRefused
from bot.console.access import Asked
from bot.console.case_forms import case_of
from bot.console.forms import typed
from bot.console.pages import done, page, refused
from bot.db import unit_of_work
from bot.officials.permissions import Permission


class Deadlines(Controller):
    """Clocks of the official's own office; the coordinator's also those that were escalated."""

    @get("/deadlines", permission=Permission.SEE_CASES)
    async def show(self, request: Asked, state: State) -> Template:
        """Late first, then what is near its end."""
        at = state.clock()
        async with unit_of_work(state.engine) as session:
            desk = await desk_of(session, request.user, at, state.local(at).date())
        return page(request, "console/deadlines.html", section="deadlines", desk=desk, counts=COUNTS)

    @post("/cases/{code:str}/board", permission=Permission.WORK_CASES)
    async def board(self, request: Asked, state: State, code: str) -> Redirect:
        """The case is a recommendation of one of the commune's boards: the law's limit runs since it was received."""
        board = await typed(request, "board")
        async with unit_of_work(state.engine) as session:
            case = (await case_of(session, request.user, code)).case
            await session.refresh(case, with_for_update=True)
            address = f"/console/cases/{case.code}"
            try:
                clock = await service.from_board(session, case, board, state.clock())
            except LimitRefused as wrong:
                return refused(request, address, f"{wrong}.")
        day = f"{state.local(clock.due_at):%d/%m/%Y}"
        return done(request, address, f"Đã ghi: kiến nghị của {BOARD_LABELS[board]}, trả lời trước ngày {day}.")
