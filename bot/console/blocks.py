"""Residents who may send no new cases for a while: set from a case of theirs, listed, lifted."""

from datetime import date, datetime, time, timedelta
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import admission
from bot.cases.admission import BlockRefused
from bot.cases.models import Block, Case
from bot.cases.queries import sees_everything
from bot.clock import VIETNAM
from bot.console.access import Asked
from bot.console.case_forms import Refused, attempt, tried
from bot.console.data_requests import LARGEST_ID
from bot.console.pages import done, page
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission

HERE = "/console/blocks"
NOBODY = "Người gửi phiếu này chọn không cho ai biết mình là ai, nên không tạm ngừng nhận phiếu từ đây được."


class Blocks(Controller):
    """Asking, danger and talking to an official stay open to them."""

    @post("/cases/{code:str}/block", permission=Permission.BLOCK_RESIDENTS)
    async def block(self, request: Asked, state: State, code: str) -> Response[Any]:
        """No new cases from the sender of this one, with a reason that they read, until the end of a day."""
        asked = await tried(request, "block")

        async def stop(session: AsyncSession, case: Case, at: datetime) -> None:
            if case.visibility == "nobody":
                raise Refused(NOBODY)
            if await admission.block_of(session, case.conversation_id, at):
                raise Refused("Người gửi này đang bị tạm ngừng nhận phiếu rồi.")
            try:
                until = _end_of(asked.until)
                await admission.block(session, case.conversation_id, request.user, asked.note, until, at)
            except BlockRefused as no:
                raise Refused(str(no)) from no

        return await attempt(request, state, code, asked, stop, "Đã tạm ngừng nhận phiếu mới của người gửi này.")

    @get("/blocks", permission=Permission.BLOCK_RESIDENTS)
    async def show(self, request: Asked, state: State) -> Template:
        """The blocks that hold now; who is meant is not shown."""
        async with unit_of_work(state.engine) as session:
            rows = (await session.execute(_holding(request.user, state.clock()))).all()
        return page(request, "console/blocks.html", section="cases", rows=rows)

    @post("/blocks/{block_id:int}/lift", permission=Permission.BLOCK_RESIDENTS)
    async def lift(self, request: Asked, state: State, block_id: int) -> Redirect:
        """The block ends now."""
        async with unit_of_work(state.engine) as session:
            mine = _holding(request.user, state.clock()).where(Block.id == min(block_id, LARGEST_ID))
            row: Any = (await session.execute(mine)).first()
            if row is None:
                raise NotFoundException
            admission.lift(row.Block, request.user, state.clock())
        return done(request, HERE, "Đã bỏ. Người dân gửi phiếu mới được ngay.")


def _holding(official: Official, at: datetime) -> Any:
    """The blocks that hold and were set by the official's office; all of them for the coordinator."""
    query = select(Block, Official).join(Official, Official.id == Block.official_id)
    query = query.where(Block.lifted_at.is_(None), Block.until > at).order_by(Block.until)
    return query if sees_everything(official) else query.where(Official.office_id == official.office_id)


def _end_of(typed_day: str) -> datetime:
    """The end of that local day; ``Refused`` for what is no day."""
    try:
        day = date.fromisoformat(typed_day)
        return datetime.combine(day + timedelta(days=1), time(), VIETNAM)
    except (ValueError, OverflowError) as error:
        raise Refused("Chọn ngày hết hạn.") from error
