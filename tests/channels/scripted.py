"""A platform that answers as a test says, and residents of it: for what every channel has in common."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.arrivals import Arrival
from bot.channels.delivery import Delivery
from bot.channels.intake import take_in
from bot.channels.platform import NotSent, Outgoing, Recipient, Uncertain
from bot.conversations.models import Conversation, OutboxPiece, OutboxRow
from bot.conversations.replies import Reply
from bot.conversations.service import add_replies
from bot.db import unit_of_work
from tests.conversations.town import MORNING, Clock

CHANNEL = "scripted"
_ids = count(1)


@dataclass(frozen=True)
class Words:
    """A piece: up to ten letters."""

    text: str


@dataclass
class Scripted:
    """``ends`` says how the next calls end (``None``: well); ``sent`` is what it accepted, in order."""

    ends: list[NotSent | Uncertain | Exception | None] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    before: Exception | None = None
    acknowledged: list[str] = field(default_factory=list)

    def pieces(self, outgoing: Outgoing) -> Sequence[Words]:
        text = outgoing.text
        return [Words(text[start : start + 10]) for start in range(0, len(text), 10)]

    async def clear(self, recipient: Recipient) -> None:
        if self.before:
            raise self.before

    async def send(self, recipient: Recipient, piece: Words) -> str | None:
        end = self.ends.pop(0) if self.ends else None
        if isinstance(end, NotSent):
            raise end
        self.sent.append((recipient.external_user, piece.text))
        if end is not None:
            raise end
        return f"m{len(self.sent)}-{recipient.external_user}"

    async def acknowledge(self, arrival: Arrival) -> None:
        self.acknowledged.append(arrival.external_id)

    async def close(self) -> None:
        pass

    @property
    def words(self) -> list[str]:
        return [text for _, text in self.sent]


@dataclass(frozen=True)
class Resident:
    """Somebody on the scripted platform, with their conversation."""

    town: AsyncEngine
    user: str
    talk: UUID

    async def arrives(self, **what: object) -> bool:
        """Something about them arrives; ``what`` and the rest as in ``Arrival``."""
        given: dict[str, object] = {"what": "message", "external_id": str(uuid4()), "payload": {}} | what
        async with unit_of_work(self.town) as session:
            return await take_in(session, Arrival(channel=CHANNEL, user=self.user, **given), MORNING)  # type: ignore[arg-type]

    async def is_told(self, *words: str) -> None:
        async with unit_of_work(self.town) as session:
            conversation = await session.get_one(Conversation, self.talk)
            replies = [Reply("answer", text) for text in words]
            await add_replies(session, conversation, replies, to=None, at=MORNING)

    async def rows(self) -> list[OutboxRow]:
        async with unit_of_work(self.town) as session:
            query = select(OutboxRow).where(OutboxRow.conversation_id == self.talk).order_by(OutboxRow.id)
            return list(await session.scalars(query))

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    async def pieces(self) -> list[OutboxPiece]:
        async with unit_of_work(self.town) as session:
            mine = select(OutboxRow.id).where(OutboxRow.conversation_id == self.talk)
            query = select(OutboxPiece).where(OutboxPiece.outbox_id.in_(mine))
            return list(await session.scalars(query.order_by(OutboxPiece.outbox_id, OutboxPiece.number)))

    async def conversation(self) -> Conversation:
        async with unit_of_work(self.town) as session:
            return await session.get_one(Conversation, self.talk)


async def a_resident(town: AsyncEngine) -> Resident:
    """Somebody new, who said one thing that needs no answer any more."""
    user = f"user-{next(_ids)}-{uuid4().hex[:6]}"
    newcomer = Resident(town, user, uuid4())
    await newcomer.arrives(what="message", text="alo")
    async with unit_of_work(town) as session:
        mine = Conversation.channel == CHANNEL, Conversation.external_user == user
        conversation = (await session.scalars(select(Conversation).where(*mine))).one()
    return Resident(town, user, conversation.id)


def delivery(
    town: AsyncEngine, platform: Scripted, clock: Clock, at_step: Callable[[str], None] = lambda step: None
) -> Delivery:
    """What delivers to the scripted platform; its naps move the clock."""

    async def nap(seconds: float) -> None:
        clock.pass_by(seconds=seconds)

    return Delivery(town, {CHANNEL: platform}, clock, attempts=3, at_step=at_step, nap=nap)
