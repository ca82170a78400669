"""The Bot API's methods, as strict as Telegram's: each takes the parameters of a call and gives the result."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from tests.platforms.chats import Chat, Said
from tests.platforms.telegram import updates
from tests.platforms.telegram.account import Telegram, Webhook
from tests.platforms.telegram.parameters import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    ApiError,
    Parameters,
    bad,
    buttons_of,
    file_of,
    json_of,
    source_of,
    text_of,
)

Method = Callable[[Telegram, Parameters], Awaitable[Any]]
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LONGEST_POLL = 50.0


async def get_me(telegram: Telegram, given: Parameters) -> Any:
    can = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return {**updates.BOT, **can}


async def set_webhook(telegram: Telegram, given: Parameters) -> Any:
    secret, url = str(given.get("secret_token") or ""), str(given.get("url") or "")
    if secret and not SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    if not re.match(r"https://|http://(127\.0\.0\.1|0\.0\.0\.0|localhost)[:/]", url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    _drop_if_asked(telegram, given)
    await telegram.courier.stop()
    telegram.hook(url, secret)
    return True


async def delete_webhook(telegram: Telegram, given: Parameters) -> Any:
    _drop_if_asked(telegram, given)
    await telegram.courier.stop()
    telegram.webhook = Webhook()
    return True


async def get_webhook_info(telegram: Telegram, given: Parameters) -> Any:
    hook = telegram.webhook
    info: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.pending),
        "max_connections": 40,
    }
    if hook.last_error:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return info


async def get_updates(telegram: Telegram, given: Parameters) -> Any:
    if telegram.webhook.url:
        raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
    offset, wait = int(given.get("offset") or 0), min(float(given.get("timeout") or 0), LONGEST_POLL)
    for number in [number for number in telegram.pending if number < offset]:
        del telegram.pending[number]
    until = time.monotonic() + wait
    while not telegram.pending and time.monotonic() < until:  # noqa: ASYNC110 - a stand-in may look often
        await asyncio.sleep(0.05)
    return list(telegram.pending.values())[: int(given.get("limit") or 100)]


async def send_message(telegram: Telegram, given: Parameters) -> Any:
    text = text_of(given, "text", LONGEST_TEXT)
    chat = _recipient(telegram, given)
    said = _said(telegram, given, text)
    return updates.message(chat, telegram.show(chat, said))


async def edit_message_text(telegram: Telegram, given: Parameters) -> Any:
    chat, said = _mine(telegram, given)
    text, buttons = text_of(given, "text", LONGEST_TEXT), buttons_of(given)
    if (text, buttons) == (said.text, said.buttons):
        raise bad("message is not modified: specified new message content and reply markup are exactly the same")
    said.text, said.buttons, said.edited = text, buttons, True
    return updates.message(chat, said)


async def edit_message_reply_markup(telegram: Telegram, given: Parameters) -> Any:
    chat, said = _mine(telegram, given)
    buttons = buttons_of(given)
    if buttons == said.buttons:
        raise bad("message is not modified: specified new message content and reply markup are exactly the same")
    said.buttons = buttons
    return updates.message(chat, said)


async def answer_callback_query(telegram: Telegram, given: Parameters) -> Any:
    query = str(given.get("callback_query_id"))
    if query not in telegram.queries:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    telegram.queries[query] = True
    return True


def sender_of(field: str, kind: str) -> Method:
    """The method that sends one file, given in that field: uploaded, or by the id of one that is known."""

    async def send(telegram: Telegram, given: Parameters) -> Any:
        caption = text_of(given, "caption", LONGEST_CAPTION) if given.get("caption") else ""
        file = file_of(telegram, source_of(given, given.get(field)), kind)
        chat = _recipient(telegram, given)
        said = _said(telegram, given, caption)
        said.files.append(file)
        return updates.with_file(chat, telegram.show(chat, said), file, telegram.keep(file))

    return send


async def send_media_group(telegram: Telegram, given: Parameters) -> Any:
    media = json_of(given.get("media"))
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise bad("media group must contain from 2 to 10 items")
    chat = _recipient(telegram, given, messages=len(media))
    sent = []
    for item in media:
        kind = "image" if item.get("type") == "photo" else "file"
        file = file_of(telegram, source_of(given, item.get("media")), kind)
        said = _said(telegram, {}, str(item.get("caption") or ""))
        said.files.append(file)
        sent.append(updates.with_file(chat, telegram.show(chat, said), file, telegram.keep(file)))
    return sent


async def get_file(telegram: Telegram, given: Parameters) -> Any:
    file_id = str(given.get("file_id")).removeprefix("s")
    known = file_id if file_id in telegram.files else str(given.get("file_id"))
    if known not in telegram.files:
        raise bad("wrong file_id or the file is temporarily unavailable")
    file = telegram.files[known]
    path = f"{file.kind}s/{known}/{file.name}"
    return {"file_id": known, "file_unique_id": known[-12:], "file_size": len(file.content), "file_path": path}


async def set_my_commands(telegram: Telegram, given: Parameters) -> Any:
    commands = json_of(given.get("commands"))
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("can't parse BotCommand: expected an array")
    for one in commands:
        if not COMMAND.fullmatch(str(one.get("command", ""))) or not 1 <= len(str(one.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_INVALID")
    telegram.commands = updates.commands_of(commands)
    return True


async def get_my_commands(telegram: Telegram, given: Parameters) -> Any:
    return telegram.commands


async def set_chat_menu_button(telegram: Telegram, given: Parameters) -> Any:
    telegram.menu = json_of(given.get("menu_button")) or {"type": "default"}
    return True


async def send_chat_action(telegram: Telegram, given: Parameters) -> Any:
    _known(telegram, given)
    return True


async def leave_chat(telegram: Telegram, given: Parameters) -> Any:
    _known(telegram, given)
    return True


METHODS: Mapping[str, Method] = {
    "getme": get_me,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "getupdates": get_updates,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "answercallbackquery": answer_callback_query,
    "sendphoto": sender_of("photo", "image"),
    "sendvoice": sender_of("voice", "audio"),
    "sendaudio": sender_of("audio", "audio"),
    "senddocument": sender_of("document", "file"),
    "sendmediagroup": send_media_group,
    "getfile": get_file,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "setchatmenubutton": set_chat_menu_button,
    "sendchataction": send_chat_action,
    "leavechat": leave_chat,
}


def _drop_if_asked(telegram: Telegram, given: Parameters) -> None:
    if str(given.get("drop_pending_updates", "")).lower() == "true":
        telegram.pending.clear()


def _known(telegram: Telegram, given: Parameters) -> Chat:
    chat = telegram.chats.known(str(given.get("chat_id", "")))
    if chat is None:
        raise bad("chat not found")
    if chat.blocked or telegram.faults.strikes("blocked"):
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def _recipient(telegram: Telegram, given: Parameters, messages: int = 1) -> Chat:
    """The chat, which may be written to now."""
    chat = _known(telegram, given)
    if ordered := telegram.faults.strikes("429"):
        raise _too_many(max(1, round(ordered.seconds)))
    if wait := telegram.limits.seconds_to_wait(chat.user_id, messages):
        raise _too_many(wait)
    return chat


def _too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _mine(telegram: Telegram, given: Parameters) -> tuple[Chat, Said]:
    chat = _known(telegram, given)
    said = chat.message(str(given.get("message_id")))
    if said is None or said.sender != "bot":
        raise bad("message to edit not found")
    return chat, said


def _said(telegram: Telegram, given: Parameters, text: str) -> Said:
    return Said(telegram.next_number(), "bot", datetime.now(UTC), text, buttons_of(given))
