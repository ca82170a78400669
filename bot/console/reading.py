"""A talk as an official may read it: no secret of a receipt, nothing that tells who sent a report as “nobody knows”."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.attachments import anonymous_messages
from bot.cases.models import Case
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


@dataclass(frozen=True)
class Anonymous:
    """A case whose sender nobody may know: its code, the message of agreement and the errand that led there."""

    code: str
    message_id: int
    errand_id: UUID | None
    brought_by: frozenset[int] = frozenset()
    """The messages that brought its attachments."""

    def tells_of(self, message: Message) -> bool:
        """Whether the message would tell that this talk and the case belong together."""
        led_there = self.errand_id is not None and message.errand_id == self.errand_id and message.id <= self.message_id
        answers = message.in_reply_to == self.message_id
        brought = message.id in self.brought_by
        return led_there or answers or brought or self.named_in(message.text or "") or self.code == _code(message)

    def named_in(self, words: str) -> bool:
        return _bare(self.code) in _bare(words)


Anonymity = dict[UUID, list[Anonymous]]
"""The anonymous cases of each conversation."""


async def anonymity(session: AsyncSession, conversations: Iterable[UUID]) -> Anonymity:
    """The cases sent from these conversations as “nobody knows who”."""
    query = (
        select(Case.conversation_id, Case.code, Case.message_id, Message.errand_id)
        .outerjoin(Message, Message.id == Case.message_id)
        .where(Case.visibility == "nobody", Case.conversation_id.in_(list(conversations)))
    )
    found: Anonymity = defaultdict(list)
    for conversation_id, code, message_id, errand_id in await session.execute(query):
        brought = frozenset(await anonymous_messages(session, conversation_id))
        found[conversation_id].append(Anonymous(code, message_id, errand_id, brought))
    return found


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
    code = _code(message)
    body = {"more": message.body.get("more"), "case": {"code": code} if code else None}
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


def _code(message: Message) -> str | None:
    code: str | None = (message.body.get("case") or {}).get("code")
    return code


def _bare(words: str) -> str:
    return re.sub(r"[\W_]", "", words).upper()
