"""Notices that reach nobody: listed for the office, ticked off once it has reached the resident another way."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Controller, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.access import Asked
from bot.console.data_requests import LARGEST_ID
from bot.console.pages import done
from bot.conversations import notices
from bot.conversations.models import Conversation, Notice
from bot.conversations.notice_kinds import KINDS
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.places.models import Commune


@dataclass(frozen=True)
class Unreached:
    """One notice: what it would say, about which case, for somebody of which commune."""

    id: int
    kind: str
    text: str
    case_code: str | None
    commune: str | None
    at: datetime


class UnreachedNotices(Controller):
    """Ticking off a notice."""

    @post("/notices/{notice_id:int}/settled", permission=Permission.ANSWER_TALKS)
    async def settle(self, request: Asked, state: State, notice_id: int) -> Redirect:
        """The resident was reached another way."""
        async with unit_of_work(state.engine) as session:
            mine = select(Notice).where(Notice.id == min(notice_id, LARGEST_ID), _waits_for(request.user))
            notice = await session.scalar(mine.with_for_update())
            if notice is None:
                raise NotFoundException
            notices.settle(notice)
        return done(request, "/console/waiting", "Đã ghi nhận là đã báo cho người dân bằng cách khác.")


async def unreached(session: AsyncSession, official: Official) -> list[Unreached]:
    """What this official's office should tell in another way, oldest first."""
    query = (
        select(Notice, Commune)
        .join(Conversation, Conversation.id == Notice.conversation_id)
        .outerjoin(Commune, Commune.id == Conversation.commune_id)
        .where(_waits_for(official))
        .order_by(Notice.id)
        .limit(200)
    )
    return [_shown(notice, commune) for notice, commune in await session.execute(query)]


def _waits_for(official: Official) -> ColumnElement[bool]:
    everywhere = official.role == "province_coordinator"
    return (Notice.state == "unreachable") & (true() if everywhere else Notice.office_id == official.office_id)


def _shown(notice: Notice, commune: Commune | None) -> Unreached:
    payload = notice.payload or {}
    code = (payload.get("case") or {}).get("code")
    text = str(payload.get("text") or "")
    return Unreached(notice.id, KINDS[notice.kind], text, code, commune.label if commune else None, notice.at)
