"""Whether a resident may open another case now: limits for everybody, blocks with a reason and an end for a few.

Neither concerns questions, danger, or an official to talk to.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.limits import LIMITS, next_allowed
from bot.cases.models import Block, Case
from bot.clock import local
from bot.conversations.models import Conversation
from bot.conversations.residents import own_conversations
from bot.db.jobs import hold_lock
from bot.officials.models import Official
from bot.officials.permissions import Permission, may

LONGEST_BLOCK = timedelta(days=30)
TOO_MANY = (
    "Bác vừa gửi {count} phiếu, tôi chưa nhận thêm ngay được. Lời bác kể tôi vẫn giữ ở đây; từ {until} bác nhắn “đồng "
    "ý” là tôi gửi đi. Việc gấp thì bác nhắn “gặp cán bộ”."
)
BLOCKED = (
    "Cán bộ đã tạm ngừng nhận phiếu mới của bác đến {until}. Lý do: {reason}. Bác vẫn hỏi tôi được, vẫn theo dõi được "
    "phiếu cũ; cần trao đổi về việc này bác nhắn “gặp cán bộ”."
)


class NotAdmitted(Exception):
    """No new case from this resident now; ``told`` says why and until when, in Vietnamese. Nothing was kept."""

    def __init__(self, told: str, until: datetime) -> None:
        super().__init__(told)
        self.told, self.until = told, until


class TooMany(NotAdmitted):
    """Only until a little later."""


class BlockRefused(ValueError):
    """The block cannot be set so; the message says why, in Vietnamese."""


async def admit(session: AsyncSession, conversation: Conversation, at: datetime) -> None:
    """Raise ``NotAdmitted`` unless the resident may open a case now; two of them at once are asked one by one."""
    await hold_lock(session, f"cases-of:{conversation.resident_id}")
    blocked = await block_of(session, conversation.id, at)
    if blocked:
        raise NotAdmitted(BLOCKED.format(until=_spoken(blocked.until, at), reason=blocked.reason), blocked.until)
    longest = max(within for _, within in LIMITS)
    own = Case.conversation_id.in_(own_conversations(conversation.id))
    sent = (await session.scalars(select(Case.created_at).where(own, Case.created_at > at - longest))).all()
    if until := next_allowed(sent, at):
        raise TooMany(TOO_MANY.format(count=len(sent), until=_spoken(until, at)), until)


async def block_of(session: AsyncSession, conversation_id: UUID, at: datetime) -> Block | None:
    """The block that holds for the resident of this conversation, on any of their channels."""
    query = select(Block).where(
        Block.conversation_id.in_(own_conversations(conversation_id)), Block.lifted_at.is_(None), Block.until > at
    )
    return await session.scalar(query.order_by(Block.until.desc()).limit(1))


async def block(
    session: AsyncSession, conversation_id: UUID, official: Official, reason: str, until: datetime, at: datetime
) -> Block:
    """No new cases from this resident until then. ``BlockRefused`` without permission, reason or a near end."""
    _require_permission(official)
    if not reason.strip():
        raise BlockRefused("Hãy ghi lý do: người dân sẽ đọc thấy.")
    if not at < until <= at + LONGEST_BLOCK:
        raise BlockRefused(f"Ngày hết hạn phải trong vòng {LONGEST_BLOCK.days} ngày tới.")
    row = Block(conversation_id=conversation_id, reason=reason.strip(), official_id=official.id, since=at, until=until)
    session.add(row)
    await session.flush()
    return row


def lift(blocked: Block, official: Official, at: datetime) -> None:
    """The block ends before its time. ``BlockRefused`` without permission."""
    _require_permission(official)
    blocked.lifted_at = blocked.lifted_at or at


def _require_permission(official: Official) -> None:
    if not may(official.role, Permission.BLOCK_RESIDENTS):
        raise BlockRefused("Chỉ lãnh đạo xã hoặc đầu mối của tỉnh được chặn và bỏ chặn.")


def _spoken(moment: datetime, at: datetime) -> str:
    there, here = local(moment), local(at)
    clock = f"{there:%H:%M}" if there.second == 0 else f"{there + timedelta(minutes=1):%H:%M}"
    return clock if there.date() == here.date() else f"{clock} ngày {there:%d/%m/%Y}"
