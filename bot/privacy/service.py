"""“Xem / xóa dữ liệu của tôi” in the chat: offered at the asking, done by buttons, whoever owns the talk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.clocks import data_requests
from bot.cases.clocks.queries import told as limit_told
from bot.cases.states import STATES
from bot.conversations.models import Conversation, DataRequest, Message
from bot.conversations.replies import Reply
from bot.conversations.service import request_data
from bot.conversations.trackers import Trackers
from bot.language import fold
from bot.privacy import wording
from bot.privacy.erasure import erase, errands_of
from bot.privacy.files import address
from bot.privacy.holdings import Holdings, holdings
from bot.privacy.telling import summary


@dataclass(frozen=True)
class OwnData:
    """What the buttons under “dữ liệu của tôi” do; one per worker process."""

    trackers: Trackers
    derive: Callable[[str, str], bytes]
    base_url: str

    async def settle(
        self, session: AsyncSession, conversation: Conversation, message: Message, at: datetime
    ) -> list[Reply] | None:
        """The replies to one of these buttons; None for anything else."""
        match message.body.get("intent"):
            case wording.SEE:
                return [await self._file(session, conversation, message, at)]
            case wording.ERASE:
                return [to_confirm(await holdings(session, conversation.id))]
            case wording.CONFIRM_ERASURE:
                return [await self._erase(session, conversation, message, at)]
            case wording.KEEP:
                return [Reply("notice", wording.KEPT)]
        return None

    async def _file(self, session: AsyncSession, conversation: Conversation, message: Message, at: datetime) -> Reply:
        path = await address(session, conversation.id, message.id, at, self.derive)
        return Reply("answer", wording.FILE.format(url=f"{self.base_url}{path}"))

    async def _erase(self, session: AsyncSession, conversation: Conversation, message: Message, at: datetime) -> Reply:
        """Rows go in this transaction; the dialogue engine's trackers just before it commits, again if it does not."""
        errands = await errands_of(session, conversation.id)
        erasure = await erase(session, conversation.id, message.id, at)
        conversation.errand_id = None
        for errand in errands:
            await self.trackers.forget(errand)
        return Reply("notice", wording.erased(erasure.open_cases))


async def asked_in_words(session: AsyncSession, message_id: int, words: str, at: datetime) -> Reply:
    """The reply to “xem / xóa dữ liệu của tôi”, typed; the request is recorded, so that none is forgotten."""
    await request_data(session, message_id, at)
    message = await session.get_one(Message, message_id)
    request = (await session.scalars(select(DataRequest).where(DataRequest.message_id == message_id))).one()
    wish = wish_in(words)
    _, done = await data_requests.opened(session, request, wish, at)
    held = await holdings(session, message.conversation_id)
    if wish == "erase":
        return to_confirm(held)
    if wish == "withdraw":
        told = await limit_told(session, done) or ""
        return Reply("clarify", wording.WITHDRAWN.format(limit=told).strip(), buttons=wording.INSTEAD)
    return Reply("clarify", wording.OFFER.format(summary=summary(held)), buttons=wording.OFFERED)


def to_confirm(held: Holdings) -> Reply:
    """What will be erased, to be agreed to."""
    open_cases = [one.case.code for one in held.cases if STATES[one.case.state].open]
    return Reply("clarify", wording.confirm(summary(held), open_cases), buttons=wording.CONFIRMED)


def wish_in(words: str) -> str:
    """What is asked about one's data: a key of ``DATA_DONE``; to erase it is said plainly, what else is to see it."""
    folded = f" {fold(words)} "
    said = (wish for wish, signs in _SIGNS.items() if any(f" {sign} " in folded for sign in signs))
    return next(said, "see")


_SIGNS = {
    "erase": ("xoa", "huy", "go bo", "quen"),
    "withdraw": (
        *("rut lai", "rut su dong y", "rut dong y", "khong dong y", "thoi dong y", "phan doi"),
        *("han che", "ngung", "dung xu ly", "khong cho dung", "khong cho xu ly"),
    ),
}
"""Tried in this order, without marks."""
