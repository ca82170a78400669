"""The web chat: reads what a browser or program sends, keeps it, and shows messages as JSON. Knows nothing of cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import tokens
from bot.conversations.incoming import IdReused, Incoming, begin_conversation, messages_since, receive
from bot.conversations.models import Button, Conversation, Message, RawEvent
from bot.conversations.queries import Shown, button_of, public_body
from bot.db.jobs import hold_lock
from bot.db.web_store import count_up
from bot.language import clean, nfc
from bot.media.kinds import LOCATION
from bot.media.models import Media
from bot.media.queries import of_messages
from bot.media.views import Attachment, attachments
from bot.settings import derive

CHANNEL = "web"
FILES = "/api/v1/chat/files"
BURST = timedelta(seconds=10)
LINES_ONLY = ("from", "at", "sealed", "client_id", "attachments")
"""What a line of the talk tells beyond a reply."""


class Refused(Exception):
    """What was sent cannot be taken: HTTP status, a code for programs, a sentence for people."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after


@dataclass(frozen=True)
class Limits:
    """How much one conversation or address may send."""

    characters: int
    messages_per_ten_seconds: int
    new_conversations_per_minute: int


@dataclass(frozen=True)
class Sent:
    """One POST: words, a button's token or a file, the client's own id, and who it says it is."""

    text: str | None
    button: str | None
    client_id: str | None
    conversation: str | None
    address: str
    carries: str | None = None
    """The kind of the file that comes with it: then words may be missing."""


@dataclass(frozen=True)
class Kept:
    """The message as kept, and its conversation."""

    conversation_id: UUID
    message_id: int


def conversation_named(token: str) -> UUID:
    """The conversation of a token; ``Refused`` when it is none of ours."""
    conversation = tokens.read(token, derive)
    if conversation is None:
        raise _unknown_conversation()
    return conversation


def token_of(conversation_id: UUID) -> str:
    """What a client shows to go on with its conversation."""
    return tokens.issue(conversation_id, derive)


async def keep(session: AsyncSession, sent: Sent, limits: Limits, at: datetime) -> Kept:
    """Keep one message of a web client once; raises ``Refused``."""
    client_id = _client_id(sent.client_id)
    await hold_lock(session, f"{CHANNEL}:{client_id}")
    before = await session.scalar(
        select(RawEvent).where(RawEvent.channel == CHANNEL, RawEvent.external_id == client_id)
    )
    conversation_id = conversation_named(sent.conversation) if sent.conversation else None
    if conversation_id:
        await owner_of(session, conversation_id)
    known = before.conversation_id if before else None
    if known and conversation_id not in (None, known):
        raise id_reused()
    button = await _pressed(session, known or conversation_id, sent.button)
    words = button.label if button else _words(sent, limits.characters)
    if known is None:
        conversation_id = conversation_id or await _begin(session, sent.address, limits, at)
        await _slow_down(session, conversation_id, limits, at)
    else:
        conversation_id = known
    payload = {"id": client_id, "text": words, **({"button": button.intent} if button else {})}
    try:
        incoming = Incoming(CHANNEL, client_id, words, payload, button, _carried(sent))
        message = await receive(session, conversation_id, incoming, at)
    except IdReused:
        raise id_reused() from None
    if message.body.get("carried") != _carried(sent).get("carried"):
        raise id_reused()
    return Kept(conversation_id, message.id)


def _carried(sent: Sent) -> dict[str, Any]:
    return {"carried": [sent.carries]} if sent.carries else {}


def _unknown_conversation() -> Refused:
    return Refused(401, "unknown_conversation", "Không tìm thấy cuộc trò chuyện này. Bác hãy bắt đầu lại.")


def id_reused() -> Refused:
    return Refused(409, "id_reused", "Mã tin này đã dùng cho một tin khác. Hãy gửi lại với mã mới.")


def _client_id(given: str | None) -> str:
    if given is None:
        return str(uuid4())
    try:
        return str(UUID(given))
    except ValueError:
        raise Refused(422, "bad_id", "Trường “id” phải là một UUID.") from None


def _words(sent: Sent, longest: int) -> str:
    text = sent.text
    if sent.carries and not (text or "").strip():
        return ""
    if text is None:
        raise Refused(422, "nothing_sent", "Cần có “text” (lời nhắn) hoặc “token” (nút bấm).")
    if "\0" in text or "\ufffd" in text or _unreadable(text):
        raise Refused(422, "not_text", "Nội dung gửi lên không phải là chữ. Bác nhắn bằng chữ giúp tôi.")
    if len(nfc(text)) > longest:
        raise Refused(413, "too_long", f"Tin dài quá {longest} ký tự. Bác chia làm nhiều tin giúp tôi.")
    words = clean(text)
    if not words:
        raise Refused(422, "empty", "Tin chưa có chữ nào. Bác nhắn điều cần hỏi hoặc cần phản ánh.")
    return words


def _unreadable(text: str) -> bool:
    """Bytes that somebody pushed through as text: control characters, or halves of a character."""
    odd = sum(1 for c in text if (ord(c) < 32 and c not in "\n\r\t") or 0xD800 <= ord(c) < 0xE000)
    return odd > len(text) / 20 or any(0xD800 <= ord(c) < 0xE000 for c in text)


async def _pressed(session: AsyncSession, conversation_id: UUID | None, token: str | None) -> Button | None:
    if token is None:
        return None
    button = await button_of(session, conversation_id, token) if conversation_id and "\0" not in token else None
    if button is None:
        raise Refused(404, "unknown_button", "Nút này không có trong cuộc trò chuyện của bác.")
    return button


async def _begin(session: AsyncSession, address: str, limits: Limits, at: datetime) -> UUID:
    count, left = await count_up(session, f"new:{address}", 60)
    if count > limits.new_conversations_per_minute:
        raise Refused(
            429, "too_many_conversations", "Quá nhiều cuộc trò chuyện mới từ nơi này. Xin thử lại sau ít phút.", left
        )
    return await begin_conversation(session, CHANNEL, None, at)


async def _slow_down(session: AsyncSession, conversation_id: UUID, limits: Limits, at: datetime) -> None:
    await hold_lock(session, str(conversation_id))
    if await messages_since(session, conversation_id, at - BURST) >= limits.messages_per_ten_seconds:
        raise Refused(429, "too_fast", "Bác nhắn nhanh quá, đợi vài giây rồi nhắn tiếp giúp tôi.", 10)


def shown(item: Shown, media: Sequence[Media] = ()) -> dict[str, Any]:
    """A message as the API gives it: a reply's keys, who said it when, and what was sent with it."""
    message = item.message
    buttons = [{"label": b.label, "token": b.token, **({"facts": b.facts} if b.facts else {})} for b in item.buttons]
    return {
        "id": str(message.id),
        "from": message.sender,
        "at": message.at.isoformat(),
        "kind": message.kind,
        "text": message.text,
        "sealed": message.sealed,
        "client_id": message.client_id,
        **public_body(message),
        "buttons": buttons,
        "attachments": [] if message.sealed else [_attachment(one) for one in attachments(media)],
    }


def _attachment(one: Attachment) -> dict[str, Any]:
    at = f"{FILES}/{one.id}"
    return {
        "id": str(one.id),
        "kind": one.kind,
        "name": one.name,
        "note": one.note or None,
        "place": one.place or None,
        "url": at if one.shown and one.kind != LOCATION else None,
        "thumbnail": f"{at}/thumbnail" if one.shown and one.has_thumbnail else None,
    }


def reply(item: Shown) -> dict[str, Any]:
    """A reply as POST gives it."""
    return {key: value for key, value in shown(item).items() if key not in LINES_ONLY}


async def lines(session: AsyncSession, items: Sequence[Shown]) -> list[dict[str, Any]]:
    """Messages as the API gives them, in their order, with what came with each."""
    brought = await of_messages(session, [item.message.id for item in items])
    return [shown(item, brought[item.message.id]) for item in items]


async def owner_of(session: AsyncSession, conversation_id: UUID) -> str:
    """Who answers in this conversation now: ``bot`` or ``official``; ``Refused`` when the conversation is gone."""
    conversation = await session.get(Conversation, conversation_id)
    if conversation is None:
        raise _unknown_conversation()
    return conversation.owner


async def is_answered(session: AsyncSession, message_id: int) -> bool:
    """Whether the bot is done with the message (or an official owns the talk)."""
    return await session.scalar(select(Message.state).where(Message.id == message_id)) == "done"
