"""Files of the web chat: what is taken, kept once with its message, and given back to the talk it came from."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.webchat import Kept, Refused, id_reused
from bot.conversations.models import Message
from bot.db.web_store import count_up
from bot.media.kinds import Type
from bot.media.models import Media
from bot.media.preparing import Unfit, typed
from bot.media.queries import of_messages, own, sent_since
from bot.media.service import Limits, keep_upload
from bot.media.storage import Storage
from bot.media.views import is_shown

DAY = timedelta(days=1)
_REFUSALS = {
    "empty": (422, "empty_file", "Tệp này rỗng. Bác chọn lại tệp giúp tôi."),
    "too_large": (413, "too_large", "Tệp nặng quá {megabytes} MB. Bác gửi bản nhẹ hơn giúp tôi."),
    "kind": (
        415,
        "kind_not_taken",
        "Kênh này nhận ảnh, tin thoại, video và tệp PDF, Word, Excel. Bác chọn tệp khác giúp tôi.",
    ),
}
_NO_FILE = Refused(422, "nothing_sent", "Chưa có tệp nào: cần trường “file”.")
_TOO_MANY = "Hôm nay bác đã gửi nhiều tệp rồi. Bác kể bằng chữ giúp tôi, mai gửi tiếp được."


@dataclass(frozen=True)
class Given:
    """A file as it came, and what it is."""

    content: bytes
    name: str
    type: Type


def given(content: bytes | None, name: str, limits: Limits) -> Given:
    """The file looked at; ``Refused`` when it is none that is taken."""
    if content is None:
        raise _NO_FILE
    try:
        return Given(content, name, typed(content, name, limits.most_bytes))
    except Unfit as unfit:
        status, code, words = _REFUSALS[unfit.reason]
        raise Refused(status, code, words.format(megabytes=limits.most_bytes // 1_000_000)) from None


async def slow_down(session: AsyncSession, address: str, most: int) -> None:
    """``Refused`` when one address sends very many files."""
    count, left = await count_up(session, f"files:{address}", 60)
    if count > most:
        raise Refused(429, "too_many_files", "Quá nhiều tệp gửi lên từ nơi này. Xin thử lại sau ít phút.", left)


async def keep_with(
    session: AsyncSession, kept: Kept, file: Given, storage: Storage, limits: Limits, at: datetime
) -> None:
    """Keep the file with the message that brings it, once; the bytes are on disk before the row is committed."""
    for before in (await of_messages(session, [kept.message_id]))[kept.message_id]:
        if before.digest not in (None, sha256(file.content).hexdigest()):
            raise id_reused()
        return
    count, size = await sent_since(session, kept.conversation_id, at - DAY)
    if count >= limits.per_day or size + len(file.content) > limits.bytes_per_day:
        raise Refused(429, "too_many_files", _TOO_MANY, 3_600)
    key = await asyncio.to_thread(storage.put, file.content)
    message = await session.get_one(Message, kept.message_id)
    await keep_upload(session, message, key, file.content, file.name, file.type, at)


async def own_file(session: AsyncSession, conversation_id: UUID, media_id: UUID) -> Media | None:
    """What was sent in this talk, while there is something to see."""
    media = await own(session, conversation_id, media_id)
    message = await session.get(Message, media.message_id) if media else None
    return media if media and is_shown(media) and message and not message.sealed else None
