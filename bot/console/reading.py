"""A talk as an official may read it: no secret of a receipt, nothing that tells who sent a report as “nobody knows”."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.anonymity import Anonymous, anonymity, code_of
from bot.conversations.models import Button, Message
from bot.conversations.queries import Shown, messages_after
from bot.media.models import Media
from bot.media.queries import of_messages
from bot.media.views import Attachment, attachments

LONGEST_PAGE = 200
"""The newest messages of a talk that its page shows."""
SEALED = "nội dung đã được cất riêng"
ANONYMOUS = "thuộc một phiếu mà người gửi chọn không cho ai biết mình là ai"


@dataclass(frozen=True)
class Said:
    """One message as the page shows it; ``text`` is None where ``withheld`` says why."""

    id: int
    sender: str
    official_id: int | None
    at: datetime
    kind: str | None
    text: str | None
    body: dict[str, Any]
    withheld: str = ""

    @property
    def sealed(self) -> bool:
        return self.text is None


@dataclass(frozen=True)
class Read:
    """A message with the buttons that were offered under it and what it brought."""

    message: Said
    buttons: list[Button]
    attached: list[Attachment] = field(default_factory=list)


async def newest(session: AsyncSession, conversation_id: UUID) -> list[Read]:
    """The talk's newest messages, oldest first."""
    ids = select(Message.id).where(Message.conversation_id == conversation_id).order_by(Message.id.desc())
    before = await session.scalar(ids.offset(LONGEST_PAGE).limit(1))
    shown = await messages_after(session, conversation_id, before or 0, LONGEST_PAGE)
    hidden = (await anonymity(session, [conversation_id])).get(conversation_id, [])
    brought = await of_messages(session, [item.message.id for item in shown])
    return [_read(item, hidden, brought[item.message.id]) for item in shown]


def said(message: Message, hidden: Sequence[Anonymous]) -> Said:
    """The message without what officials may not see."""
    withheld = ANONYMOUS if any(case.tells_of(message) for case in hidden) else SEALED if message.text is None else ""
    code = code_of(message)
    body = {
        "more": message.body.get("more"),
        "edits": message.body.get("edits"),
        "contact": message.body.get("contact"),
        "case": {"code": code} if code else None,
    }
    return Said(
        id=message.id,
        sender=message.sender,
        official_id=message.official_id,
        at=message.at,
        kind=message.kind,
        text=None if withheld else message.text,
        body={} if withheld else body,
        withheld=withheld,
    )


def _read(shown: Shown, hidden: Sequence[Anonymous], brought: Sequence[Media]) -> Read:
    message = said(shown.message, hidden)
    told = [b for b in shown.buttons if not any(case.named_in(b.label) for case in hidden)]
    return Read(message, [], []) if message.sealed else Read(message, told, attachments(brought))
