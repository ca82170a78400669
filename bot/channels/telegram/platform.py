"""Telegram as somewhere a reply can be sent: within its pace, as HTML or else as plain text."""

import asyncio
from collections.abc import Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
)
from telegram.constants import ParseMode
from telegram.error import RetryAfter, TelegramError

from bot.channels.arrivals import Arrival
from bot.channels.pacing import keep_pace
from bot.channels.platform import Enclosed, Outgoing, Recipient
from bot.channels.telegram.client import Client
from bot.channels.telegram.failures import is_unparsable, meaning, seconds_to_wait
from bot.channels.telegram.reading import CHANNEL
from bot.channels.telegram.writing import TelegramPiece, pieces_of
from bot.db import unit_of_work
from bot.db.pace import rest
from bot.db.web_store import count_up
from bot.media.kinds import PHOTO
from bot.media.storage import Storage

log = structlog.get_logger()

A_SECOND, A_SECOND_AND_CHAT = 30.0, 1.0
"""Messages: overall, and to one resident."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
DAY = 86_400
SHARE = "Gửi số điện thoại của tôi"
NO_GROUPS = (
    "Tôi chỉ trò chuyện riêng với từng người dân, để không ai đọc được việc của bác. Bác nhắn riêng cho tôi giúp nhé."
)


class TelegramPlatform:
    """One per worker process; limits are kept for all of them together, in PostgreSQL."""

    def __init__(self, client: Client, engine: AsyncEngine, base_url: str, storage: Storage) -> None:
        self._client, self._engine, self._base_url, self._storage = client, engine, base_url, storage

    @property
    def _bot(self) -> Bot:
        return self._client.bot

    def pieces(self, outgoing: Outgoing) -> Sequence[TelegramPiece]:
        """The messages that say a reply."""
        return pieces_of(outgoing, self._base_url)

    async def clear(self, recipient: Recipient) -> None:
        """Wait until this chat, and then everything together, may go on."""
        chat = _pace_of(recipient.external_user)
        await keep_pace(self._engine, chat, per_second=A_SECOND_AND_CHAT)
        await keep_pace(self._engine, CHANNEL, per_second=A_SECOND, burst=int(A_SECOND))

    async def send(self, recipient: Recipient, piece: TelegramPiece) -> str | None:
        """One message; its id. Words that Telegram cannot parse as HTML go out as they are."""
        try:
            if piece.enclosed:
                return await self._send_file(recipient, piece.enclosed)
            try:
                return await self._send(recipient, piece.html, piece, ParseMode.HTML)
            except TelegramError as problem:
                if not is_unparsable(problem):
                    raise
                log.warning("html_refused", conversation=str(recipient.conversation_id))
                return await self._send(recipient, piece.text, piece, None)
        except TelegramError as problem:
            if isinstance(problem, RetryAfter):
                await rest(self._engine, _pace_of(recipient.external_user), seconds_to_wait(problem))
            raise meaning(problem) from None

    async def _send(self, recipient: Recipient, words: str, piece: TelegramPiece, mode: str | None) -> str:
        sent = await self._bot.send_message(
            int(recipient.external_user),
            words,
            parse_mode=mode,
            reply_markup=_keyboard(piece),
            link_preview_options=NO_PREVIEW,
        )
        return str(sent.message_id)

    async def _send_file(self, recipient: Recipient, enclosed: Enclosed) -> str:
        chat, content = int(recipient.external_user), await asyncio.to_thread(enclosed.content, self._storage)
        file = InputFile(content, filename=enclosed.name)
        if enclosed.kind == PHOTO:
            return str((await self._bot.send_photo(chat, file)).message_id)
        return str((await self._bot.send_document(chat, file)).message_id)

    async def acknowledge(self, arrival: Arrival) -> None:
        """What Telegram waits for beside an answer: that a press was noticed; a group is refused once and left."""
        try:
            if "callback_query" in arrival.payload:
                await self._bot.answer_callback_query(arrival.payload["callback_query"]["id"])
            elif arrival.what == "group":
                await self._leave(_group_of(arrival))
        except TelegramError as problem:
            log.info("not_acknowledged", what=arrival.what, error=type(problem).__name__)

    async def _leave(self, chat: int) -> None:
        async with unit_of_work(self._engine) as session:
            times, _ = await count_up(session, f"telegram-group:{chat}", DAY)
        if times == 1:
            await self._bot.send_message(chat, NO_GROUPS)
        await self._bot.leave_chat(chat)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()


def _keyboard(piece: TelegramPiece) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if piece.asks_contact:
        key = KeyboardButton(SHARE, request_contact=True)
        return ReplyKeyboardMarkup([[key]], one_time_keyboard=True, resize_keyboard=True)
    if not piece.rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(c.label, callback_data=c.token) for c in row] for row in piece.rows]
    )


def _group_of(arrival: Arrival) -> int:
    told = arrival.payload.get("message") or arrival.payload["my_chat_member"]
    return int(told["chat"]["id"])


def _pace_of(chat: str) -> str:
    return f"{CHANNEL}:{chat}"
