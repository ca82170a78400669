"""Sending to a Bot API that is as strict as Telegram's: limits kept, failures told apart, menu and webhook set."""

import asyncio
import logging
import time
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.arrivals import Arrival
from bot.channels.inbox import Inbox
from bot.channels.platform import Choice, Later, Outgoing, Recipient, Stopped, Uncertain, Unreachable
from bot.channels.telegram.client import Client
from bot.channels.telegram.commands import MENU
from bot.channels.telegram.platform import NO_GROUPS, TelegramPlatform
from bot.channels.telegram.polling import fetch
from bot.channels.telegram.reading import read_update
from bot.channels.telegram.selfcheck import BAD_TOKEN, OUT_OF_REACH, SelfCheck
from bot.channels.telegram.starting import prepare, secret
from bot.channels.telegram.writing import TelegramPiece
from bot.logging import quieten
from bot.media.storage import Files
from tests.platforms.fixtures import Served
from tests.platforms.telegram.account import TOKEN, Telegram

NOTHING = Files(Path("/nonexistent"))
HOOK = "http://127.0.0.1:9/webhooks/telegram"


async def somebody(telegram: Served[Telegram], name: str = "lan") -> Recipient:
    await telegram.say(name, "chào")
    return Recipient(uuid4(), telegram.platform.chats.of(name).user_id, None)


async def test_a_reply_with_buttons(telegram: Served[Telegram], platform: TelegramPlatform) -> None:
    lan = await somebody(telegram)
    (piece,) = platform.pieces(
        Outgoing(1, "answer", "Bác < chọn & bấm", {}, (Choice("Có", "t" * 24), Choice("Không", "u")))
    )
    platform_id = await platform.send(lan, piece)
    said = (await telegram.chat("lan"))[-1]
    assert (said["id"], said["text"], said["buttons"]) == (platform_id, "Bác < chọn & bấm", ["Có", "Không"])


async def test_html_that_telegram_refuses_goes_out_as_plain_text(
    telegram: Served[Telegram], platform: TelegramPlatform
) -> None:
    lan = await somebody(telegram)
    await platform.send(lan, TelegramPiece("a < b", "a < b"))
    assert (await telegram.chat("lan"))[-1]["text"] == "a < b"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "429", "delay_ms": 2000}, Later),
        ({"kind": "5xx"}, Later),
        ({"kind": "blocked"}, Unreachable),
        ({"kind": "timeout_after_accepting"}, Uncertain),  # it arrived, and nobody told us
        ({"kind": "unreachable", "count": 1}, Uncertain),  # cut off in the middle of a call
    ],
)
async def test_failures(
    telegram: Served[Telegram], platform: TelegramPlatform, fault: dict[str, object], expected: type[Exception]
) -> None:
    lan = await somebody(telegram)
    await telegram.fault(str(fault.pop("kind")), **fault)
    with pytest.raises(expected):
        await platform.send(lan, TelegramPiece("a", "a"))


async def test_nobody_listens_and_a_wrong_token_stop_the_channel(telegram: Served[Telegram], town: AsyncEngine) -> None:
    lan = await somebody(telegram)
    for api, token, reason in (("http://127.0.0.1:9", TOKEN, "out_of_reach"), (telegram.url, "1:wrong", "bad_token")):
        client = Client(token, api, seconds=2)
        with pytest.raises(Stopped) as stopped:
            await TelegramPlatform(client, town, "", NOTHING).send(lan, TelegramPiece("a", "a"))
        assert stopped.value.reason == reason
        await client.close()


async def test_one_message_a_second_in_a_chat_and_429_is_waited_for(
    telegram: Served[Telegram], platform: TelegramPlatform
) -> None:
    """Three messages take two seconds, and the strict stand-in refuses none of them."""
    lan = await somebody(telegram)
    began = time.monotonic()
    for number in range(3):
        await platform.clear(lan)
        await platform.send(lan, TelegramPiece(str(number), str(number)))
    assert time.monotonic() - began >= 2.0
    assert [said["text"] for said in await telegram.chat("lan")][-3:] == ["0", "1", "2"]


async def test_a_rest_that_telegram_asks_for_is_kept_by_every_worker(
    telegram: Served[Telegram], platform: TelegramPlatform, client: Client, town: AsyncEngine
) -> None:
    lan = await somebody(telegram, f"minh-{uuid4().hex[:6]}")
    await telegram.fault("429", delay_ms=2000)
    with pytest.raises(Later) as later:
        await platform.send(lan, TelegramPiece("a", "a"))
    assert later.value.seconds == 2.0
    began = time.monotonic()
    await TelegramPlatform(client, town, "", NOTHING).clear(lan)
    assert time.monotonic() - began >= 1.5


async def test_thirty_a_second_in_all(telegram: Served[Telegram], client: Client, town: AsyncEngine) -> None:
    """Two workers, 75 residents: after a burst of 30, no more than 30 a second."""
    workers = [TelegramPlatform(client, town, "", NOTHING) for _ in range(2)]
    people = [Recipient(uuid4(), f"9{number:08}", None) for number in range(75)]
    began = time.monotonic()
    await asyncio.gather(*(workers[n % 2].clear(person) for n, person in enumerate(people)))
    assert time.monotonic() - began >= 1.4


async def test_what_is_set_at_the_start(telegram: Served[Telegram], client: Client) -> None:
    await prepare(client.bot, HOOK)
    assert (telegram.platform.webhook.url, telegram.platform.webhook.secret) == (HOOK, secret())
    assert [one["command"] for one in telegram.platform.commands] == list(MENU)
    assert telegram.platform.menu == {"type": "commands"}
    await prepare(client.bot, None)
    assert telegram.platform.webhook.url == ""


async def test_a_press_is_acknowledged(telegram: Served[Telegram], platform: TelegramPlatform, client: Client) -> None:
    lan = await somebody(telegram)
    (piece,) = platform.pieces(Outgoing(1, "ask", "Có không?", {}, (Choice("Có", "token"),)))
    await platform.send(lan, piece)
    await telegram.do("lan", button="Có")
    update = [u for u in telegram.platform.pending.values() if "callback_query" in u][-1]
    (arrival,) = read_update(update)
    await platform.acknowledge(arrival)
    await platform.acknowledge(arrival)  # a second time does no harm
    assert list(telegram.platform.queries.values()) == [True]


async def test_a_group_is_refused_once_and_left(telegram: Served[Telegram], platform: TelegramPlatform) -> None:
    group = -int(uuid4().int % 10**9) - 1
    await telegram.say(str(group), "xin chào cả nhóm")
    update = list(telegram.platform.pending.values())[-1]
    (arrival,) = read_update(update)
    assert arrival.what == "group"
    for _ in range(3):
        await platform.acknowledge(arrival)
    assert [said["text"] for said in await telegram.chat(str(group)) if said["from"] == "bot"] == [NO_GROUPS]


async def test_updates_are_confirmed_only_once_they_are_kept(
    telegram: Served[Telegram], client: Client, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await telegram.say("lan", "một")
    await telegram.say("lan", "hai")

    async def full(channel: str, raw: bytes) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "accept", full)
        with pytest.raises(OSError, match="full"):
            await fetch(client.bot, inbox, None, 0)
    assert len(telegram.platform.pending) == 2
    offset = await fetch(client.bot, inbox, None, 0)
    assert offset == max(telegram.platform.pending) + 1
    assert await fetch(client.bot, inbox, offset, 0) == offset
    assert telegram.platform.pending == {}


async def test_the_self_check_tells_a_wrong_token_from_a_blocked_line(telegram: Served[Telegram]) -> None:
    for api, token, told in ((telegram.url, "1:wrong", BAD_TOKEN), ("http://127.0.0.1:9", TOKEN, OUT_OF_REACH)):
        check = SelfCheck(Client(token, api, seconds=1), None)
        with pytest.raises(LookupError, match=told.split(":", maxsplit=1)[0]):
            await check()
        await check.close()


async def test_the_self_check_waits_for_nobody(telegram: Served[Telegram]) -> None:
    await telegram.fault("slow", count=1, delay_ms=4000)
    check = SelfCheck(Client(TOKEN, telegram.url, seconds=9), None)
    began = time.monotonic()
    with pytest.raises(LookupError, match="unreachable"):
        await check()
    assert time.monotonic() - began < 2.0
    await check.close()


async def test_the_self_check_tells_what_waits(telegram: Served[Telegram], client: Client) -> None:
    await telegram.say("lan", "một")
    assert await SelfCheck(client, None)() == "polling, 1 waiting"
    with pytest.raises(LookupError, match="elsewhere"):
        await SelfCheck(client, HOOK)()
    await prepare(client.bot, HOOK)
    async with asyncio.timeout(5):
        while not telegram.platform.webhook.last_error:  # noqa: ASYNC110 - it tries by itself
            await asyncio.sleep(0.02)
    with pytest.raises(LookupError, match="1 waiting, last error"):
        await SelfCheck(client, HOOK)()


async def test_the_token_is_never_logged(
    telegram: Served[Telegram], platform: TelegramPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    """Not even with LOG_LEVEL=DEBUG, when the libraries would tell every address they call."""
    lan = await somebody(telegram)
    caplog.set_level(logging.DEBUG)
    quieten(logging.DEBUG)
    await telegram.fault("5xx", count=1)
    with pytest.raises(Later):
        await platform.send(lan, TelegramPiece("bí mật", "bí mật"))
    await platform.send(lan, TelegramPiece("bí mật", "bí mật"))
    theirs = [record for record in caplog.records if not record.name.startswith("uvicorn")]  # the stand-in's own
    written = "\n".join(record.getMessage() for record in theirs)
    assert TOKEN not in written
    assert "sendMessage" not in written
    assert "bí mật" not in written


async def test_nothing_else_is_acknowledged(platform: TelegramPlatform) -> None:
    await platform.acknowledge(Arrival("telegram", "1", "message", {"message": {}}))
