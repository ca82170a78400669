"""Messages that did not reach a resident: listed with why, sent again, or ticked off once told another way."""

from dataclasses import dataclass
from datetime import datetime

from litestar import Controller, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.access import Asked
from bot.console.anonymity import anonymity
from bot.console.data_requests import LARGEST_ID
from bot.console.pages import done
from bot.console.reading import said
from bot.conversations import outbox
from bot.conversations import undelivered as queries
from bot.conversations.models import OutboxRow
from bot.conversations.reasons import SPOKEN
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission

CHANNELS = {"zalo": "Zalo", "telegram": "Telegram", "web": "Trang web"}
"""What channels are called."""


@dataclass(frozen=True)
class UndeliveredLine:
    """One message of the list; ``text`` as an official may read it, or None."""

    id: int
    channel: str
    commune: str | None
    at: datetime
    why: str
    detail: str | None
    text: str | None


class UndeliveredMessages(Controller):
    """What to do about one."""

    @post("/undelivered/{row_id:int}/again", permission=Permission.ANSWER_TALKS)
    async def again(self, request: Asked, state: State, row_id: int) -> Redirect:
        """Send it once more: the official takes it that it did not arrive."""
        async with unit_of_work(state.engine) as session:
            await outbox.send_again(session, await _row(session, row_id, request.user))
        return done(request, "/console/waiting", "Đang gửi lại. Nếu vẫn không tới, tin sẽ hiện lại ở đây.")

    @post("/undelivered/{row_id:int}/settled", permission=Permission.ANSWER_TALKS)
    async def settle(self, request: Asked, state: State, row_id: int) -> Redirect:
        """The resident was told another way; what was held is not sent any more."""
        async with unit_of_work(state.engine) as session:
            outbox.settle(await _row(session, row_id, request.user), request.user.id)
        return done(request, "/console/waiting", "Đã ghi nhận là đã báo cho người dân bằng cách khác.")


async def lines(session: AsyncSession, official: Official) -> list[UndeliveredLine]:
    """What this official's office should know of, the oldest first."""
    found = await queries.undelivered(session, official)
    hidden = await anonymity(session, [one.conversation.id for one in found])
    return [
        UndeliveredLine(
            one.row.id,
            CHANNELS.get(one.row.channel, one.row.channel),
            one.commune.label if one.commune else None,
            one.row.at,
            SPOKEN.get(one.row.reason or "", "Chưa rõ vì sao"),
            one.row.detail,
            said(one.message, hidden.get(one.conversation.id, [])).text,
        )
        for one in found
    ]


async def _row(session: AsyncSession, row_id: int, official: Official) -> OutboxRow:
    row = await queries.open_row(session, min(row_id, LARGEST_ID), official)
    if row is None:
        raise NotFoundException
    return row
