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
from bot.cases.clocks.data_requests import may_be_prolonged, wish_of
from bot.cases.clocks.limits import DATA_LABELS, MEASURES, LimitRefused
from bot.cases.clocks.models import Clock
from bot.cases.clocks.queries import told
from bot.clock import local
from bot.console.access import Asked
from bot.console.forms import number, typed
from bot.console.pages import done, refused
from bot.conversations import service
from bot.conversations.models import Conversation, DataRequest
from bot.conversations.queries import seen_by
from bot.conversations.replies import Reply
from bot.db import AGAINST_WRITERS, unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.places.models import Commune

LARGEST_ID = 2**63 - 1
HERE = "/console/waiting"
PROLONGED = "Yêu cầu của bác về dữ liệu cá nhân cần thêm thời gian. {limit}"


@dataclass(frozen=True)
class Wish:
    """An open request; ``conversation_id`` only where the talk itself may be opened."""

    id: int
    conversation_id: UUID | None
    commune: str | None
    at: datetime
    clocks: list[Clock]

    @property
    def what(self) -> str:
        """What is asked, in words."""
        return next((DATA_LABELS[wish] for clock in self.clocks if (wish := wish_of(clock))), "Xem, xóa dữ liệu")

    @property
    def extensible(self) -> bool:
        """Whether the law lets it be put off."""
        return any(may_be_prolonged(clock) for clock in self.clocks)

    @property
    def ends(self) -> list[tuple[str, datetime]]:
        """What must be done until when."""
        return [(MEASURES[clock.measure], clock.due_at) for clock in self.clocks]


class DataRequests(Controller):
    """Ticking off a request, and putting it off."""

    @post("/data-requests/{request_id:int}/done", permission=Permission.ANSWER_TALKS)
    async def mark_done(self, request: Asked, state: State, request_id: int) -> Redirect:
        """The request is dealt with and the resident was told."""
        async with unit_of_work(state.engine) as session:
            row = await _open_request(session, request.user, request_id)
            service.settle_request(row, state.clock())
            await data_requests.met(session, [row.id], state.clock())
        return done(request, HERE, "Đã ghi nhận là giải quyết xong.")

    @post("/data-requests/{request_id:int}/prolong", permission=Permission.ANSWER_TALKS)
    async def prolong(self, request: Asked, state: State, request_id: int) -> Redirect:
        """More time, once, as the law allows for this kind of request; the resident is told."""
        days, at = number(await typed(request, "days")), state.clock()
        try:
            async with unit_of_work(state.engine) as session:
                row = await _open_request(session, request.user, request_id)
                clock = await data_requests.prolonged(session, row.id, days or 0, at)
                await _tell_prolonged(session, row, clock, at)
        except LimitRefused as no:
            return refused(request, HERE, f"{no}.")
        return done(request, HERE, f"Đã gia hạn đến ngày {state.local(clock.due_at):%d/%m/%Y}. Người dân được báo.")


async def _tell_prolonged(session: AsyncSession, row: DataRequest, clock: Clock, at: datetime) -> None:
    conversation = await session.get_one(Conversation, row.conversation_id, with_for_update=AGAINST_WRITERS)
    limit = await told(session, clock) or f"Hạn trả lời mới: ngày {local(clock.due_at):%d/%m/%Y}."
    words = PROLONGED.format(limit=limit)
    await service.add_replies(session, conversation, [Reply("notice", words)], to=None, at=at)


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
    rows = (await session.execute(query)).all()
    clocks = await data_requests.running(session, [row.id for row, _, _ in rows])
    return [
        Wish(
            row.id,
            row.conversation_id if may_read else None,
            commune.label if commune else None,
            row.at,
            clocks[row.id],
        )
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
