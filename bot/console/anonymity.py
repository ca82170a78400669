"""What in a talk would tell that its resident sent a case as “nobody knows who”, on whichever of their channels."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.cases.attachments import anonymous_messages
from bot.cases.models import Case, CaseEntry, CaseReporter
from bot.conversations.models import Conversation, Message


@dataclass
class Anonymous:
    """One such case as one talk knows it."""

    code: str
    steps: list[tuple[int, UUID | None]] = field(default_factory=list)
    """The messages by which the resident sent it and did anything with it later, each with its errand."""
    brought_by: frozenset[int] = frozenset()
    """The messages that brought attachments of such cases."""

    def tells_of(self, message: Message) -> bool:
        """Whether the message would tell that this talk and the case belong together."""
        return (
            any(self._belongs_to(message, *step) for step in self.steps)
            or message.id in self.brought_by
            or self.named_in(message.text or "")
            or self.code == code_of(message)
        )

    def named_in(self, words: str) -> bool:
        return _bare(self.code) in _bare(words)

    def _belongs_to(self, message: Message, step: int, errand: UUID | None) -> bool:
        led_there = errand is not None and message.errand_id == errand and message.id <= step
        return led_there or step in (message.id, message.in_reply_to)


Anonymity = dict[UUID, list[Anonymous]]
"""The anonymous cases that each conversation may tell of."""


async def anonymity(session: AsyncSession, conversations: Iterable[UUID]) -> Anonymity:
    """The cases that the residents of these conversations sent as “nobody knows who”."""
    talks = list(conversations)
    brought_by = frozenset(await anonymous_messages(session, talks))
    known = {
        (talk, case_id): Anonymous(code, brought_by=brought_by)
        for talk, case_id, code in await session.execute(_cases(talks))
    }
    for talk, case_id, message_id, errand in await session.execute(_steps(talks, {case for _, case in known})):
        if (talk, case_id) in known:
            known[talk, case_id].steps.append((message_id, errand))
    found: Anonymity = defaultdict(list)
    for (talk, _), case in known.items():
        found[talk].append(case)
    return found


def _cases(talks: list[UUID]) -> Select[UUID, UUID, str]:
    here, there = aliased(Conversation), aliased(Conversation)
    return (
        select(here.id, Case.id, Case.code)
        .join(there, there.resident_id == here.resident_id)
        .join(Case, Case.conversation_id == there.id)
        .where(here.id.in_(talks), Case.visibility == "nobody")
    )


def _steps(talks: list[UUID], cases: set[UUID]) -> Select[UUID, UUID, int, UUID | None]:
    """Messages of these talks that wrote a line into one of the cases, or into what it was merged into."""
    sent = select(Case.id.label("own"), Case.message_id.label("message")).where(Case.id.in_(cases))
    later = (
        select(CaseReporter.own_case_id, CaseEntry.message_id)
        .join(CaseEntry, CaseEntry.case_id == CaseReporter.case_id)
        .where(CaseReporter.own_case_id.in_(cases))
    )
    steps = union(sent, later).subquery()
    return (
        select(Message.conversation_id, steps.c.own, Message.id, Message.errand_id)
        .join(steps, steps.c.message == Message.id)
        .where(Message.conversation_id.in_(talks))
    )


def code_of(message: Message) -> str | None:
    """The case that the message carries."""
    code: str | None = (message.body.get("case") or {}).get("code")
    return code


def _bare(words: str) -> str:
    return re.sub(r"[\W_]", "", words).upper()
