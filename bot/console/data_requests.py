"""Residents' requests to see or erase what is kept about them: listed for the office in charge, ticked off later."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Controller, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks import data_requests
from bot.console.access import Asked
from bot.console.pages import done
from bot.conversations import service
from bot.conversations.models import Conversation, DataRequest
from bot.conversations.queries import seen_by
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.places.models import Commune

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Wish:
    """An open request; ``conversation_id`` only where the talk itself may be opened."""

    id: int
    conversation_id: UUID | None
    commune: str | None
    at: datetime


class DataRequests(Controller):
    """Ticking off a request."""

    @post("/data-requests/{request_id:int}/done", permission=Permission.ANSWER_TALKS)
    async def mark_done(self, request: Asked, state: State, request_id: int) -> Redirect:
        """The request is dealt with and the resident was told."""
        async with unit_of_work(state.engine) as session:
            row = await _open_request(session, request.user, request_id)
            service.settle_request(row, state.clock())
            await data_requests.met(session, [row.id], state.clock())
        return done(request, "/console/waiting", "Đã ghi nhận là giải quyết xong.")


async def open_requests(session: AsyncSession, official: Official) -> list[Wish]:
    """The requests not dealt with yet that are this official's business, oldest first."""
    readable = (Conversation.owner == "official") & seen_by(official)
    query = (
        select(DataRequest, Commune, readable)
        .join(Conversation, Conversation.id == DataRequest.conversation_id)
        .outerjoin(Commune, Commune.id == Conversation.commune_id)
        .where(DataRequest.done_at.is_(None), _concerns(official))
        .order_by(DataRequest.at)
        .limit(200)
    )
    rows = await session.execute(query)
    return [
        Wish(row.id, row.conversation_id if may_read else None, commune.label if commune else None, row.at)
        for row, commune, may_read in rows
    ]


async def _open_request(session: AsyncSession, official: Official, request_id: int) -> DataRequest:
    query = (
        select(DataRequest)
        .join(Conversation, Conversation.id == DataRequest.conversation_id)
        .where(DataRequest.id == min(request_id, LARGEST_ID), DataRequest.done_at.is_(None), _concerns(official))
    )
    row = await session.scalar(query.with_for_update(of=DataRequest))
    if row is None:
        raise NotFoundException
    return row


def _concerns(official: Official) -> ColumnElement[bool]:
    """Talks this official may see, and those of their commune given back meanwhile: a request outlives that."""
    if official.role == "province_coordinator":
        return true()
    of_commune = Conversation.commune_id == official.office.commune_id
    return or_(seen_by(official), of_commune) if official.office.commune_id is not None else seen_by(official)
