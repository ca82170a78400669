"""The Telegram stand-in is as strict as Telegram, and brings updates as Telegram does."""

from typing import Any

import httpx
import pytest

from tests.platforms.fixtures import Served
from tests.platforms.telegram.account import TOKEN, Telegram
from tests.platforms.telegram.limits import Limits
from tests.platforms.webhook import Listener


async def call(telegram: Served[Telegram], method: str, **given: Any) -> httpx.Response:
    return await telegram.control.post(f"/bot{TOKEN}/{method}", json=given)


async def chat_id(telegram: Served[Telegram]) -> str:
    await telegram.say("lan", "chào")
    return str(telegram.platform.chats.of("lan").user_id)


BUTTON = {"text": "Có", "callback_data": "x"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": "a" * 4_097}, "message is too long"),
        ({"text": "😀" * 2_049}, "message is too long"),  # counted in UTF-16 units
        ({"text": "  "}, "message text is empty"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities"),  # never closed
        ({"text": "a < b", "parse_mode": "HTML"}, "can't parse entities"),  # not escaped
        ({"text": "<table>", "parse_mode": "HTML"}, "can't parse entities"),  # no tag of theirs
        ({"text": "<b><i>a</b></i>", "parse_mode": "HTML"}, "can't parse entities"),  # crossed
        ({"text": "a", "reply_markup": {"inline_keyboard": [[{**BUTTON, "callback_data": "ă" * 33}]]}}, "BUTTON_DATA"),
        ({"text": "a", "chat_id": 42}, "chat not found"),  # never wrote to the bot
    ],
)
async def test_what_telegram_refuses(telegram: Served[Telegram], given: dict[str, Any], told: str) -> None:
    answer = await call(telegram, "sendMessage", **{"chat_id": await chat_id(telegram), **given})
    assert answer.status_code == 400
    assert told in answer.json()["description"]
    assert [said["from"] for said in await telegram.chat("lan")] == ["resident"]


async def test_html_is_read_as_text(telegram: Served[Telegram]) -> None:
    given = {"chat_id": await chat_id(telegram), "text": "<b>Căn cứ</b>: a &lt; b &amp; c", "parse_mode": "HTML"}
    assert (await call(telegram, "sendMessage", **given)).json()["ok"]
    assert (await telegram.chat("lan"))[-1]["text"] == "Căn cứ: a < b & c"


async def test_forms_count_as_json(telegram: Served[Telegram]) -> None:
    form = {
        "chat_id": await chat_id(telegram),
        "text": "a",
        "reply_markup": '{"inline_keyboard": [[{"text": "Có", "callback_data": "x"}]]}',
    }
    answer = await telegram.control.post(f"/bot{TOKEN}/sendMessage", data=form)
    assert answer.json()["result"]["text"] == "a"
    assert (await telegram.chat("lan"))[-1]["buttons"] == ["Có"]


async def test_one_message_a_second_in_a_chat(telegram: Served[Telegram]) -> None:
    chat = await chat_id(telegram)
    assert (await call(telegram, "sendMessage", chat_id=chat, text="a")).status_code == 200
    refused = await call(telegram, "sendMessage", chat_id=chat, text="b")
    assert (refused.status_code, refused.json()["parameters"]) == (429, {"retry_after": 1})


def test_thirty_a_second_in_all() -> None:
    now = [100.0]
    limits = Limits(lambda: now[0])
    assert [limits.seconds_to_wait(str(chat)) for chat in range(31)] == [0] * 30 + [1]
    now[0] += 1.0
    assert limits.seconds_to_wait("31") == 0


@pytest.mark.parametrize(
    ("token", "method", "status"), [("1:wrong", "getMe", 401), (TOKEN, "getYou", 404), (TOKEN, "getMe", 200)]
)
async def test_tokens_and_methods(telegram: Served[Telegram], token: str, method: str, status: int) -> None:
    assert (await telegram.control.get(f"/bot{token}/{method}")).status_code == status


async def test_a_blocked_bot_is_told(telegram: Served[Telegram]) -> None:
    chat = await chat_id(telegram)
    await telegram.control.post("/control/users/lan/block")
    assert (await call(telegram, "sendMessage", chat_id=chat, text="a")).status_code == 403
    update = (await call(telegram, "getUpdates")).json()["result"][-1]
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_a_press_is_a_query_that_must_be_acknowledged(telegram: Served[Telegram]) -> None:
    chat = await chat_id(telegram)
    await call(telegram, "sendMessage", chat_id=chat, text="?", reply_markup={"inline_keyboard": [[BUTTON]]})
    refused = await telegram.control.post("/control/users/lan/messages", json={"button": "Không"})
    assert refused.status_code == 400
    assert "'Có'" in refused.json()["detail"]
    await telegram.do("lan", button="Có")
    query = (await call(telegram, "getUpdates")).json()["result"][-1]["callback_query"]
    assert query["data"] == "x"
    assert (await call(telegram, "answerCallbackQuery", callback_query_id=query["id"])).status_code == 200
    assert (await call(telegram, "answerCallbackQuery", callback_query_id="other")).status_code == 400


async def test_updates_go_once_they_are_confirmed(telegram: Served[Telegram]) -> None:
    await telegram.say("lan", "một")
    await telegram.say("lan", "hai")
    first, second = (await call(telegram, "getUpdates")).json()["result"]
    assert (first["message"]["text"], second["message"]["text"]) == ("một", "hai")
    left = (await call(telegram, "getUpdates", offset=second["update_id"])).json()["result"]
    assert [update["update_id"] for update in left] == [second["update_id"]]


async def test_the_webhook_gets_what_waits_and_what_comes(telegram: Served[Telegram], listener: Listener) -> None:
    await telegram.say("lan", "trước")
    saved = await call(telegram, "setWebhook", url=listener.url, secret_token="s-1")  # pragma: allowlist secret
    assert saved.json()["ok"]
    await telegram.say("lan", "sau")
    heard = await listener.hears(2)
    assert [update["message"]["text"] for update in heard] == ["trước", "sau"]
    assert listener.heard[0][1]["x-telegram-bot-api-secret-token"] == "s-1"
    assert (await call(telegram, "getUpdates")).status_code == 409


async def test_an_update_is_repeated_until_it_is_taken(telegram: Served[Telegram], listener: Listener) -> None:
    listener.statuses = [500]
    await call(telegram, "setWebhook", url=listener.url)
    await telegram.say("lan", "một")
    first, second = await listener.hears(2)
    assert first == second
    info = (await call(telegram, "getWebhookInfo")).json()["result"]
    assert "500" in info["last_error_message"]
    assert info["url"] == listener.url


async def test_a_forged_update_comes_once_with_another_secret(telegram: Served[Telegram], listener: Listener) -> None:
    await call(telegram, "setWebhook", url=listener.url, secret_token="s-1")  # pragma: allowlist secret
    await telegram.fault("wrong_signature")
    listener.statuses = [403]
    await telegram.say("lan", "giả")
    await telegram.say("lan", "thật")
    assert [update["message"]["text"] for update in await listener.hears(2)] == ["giả", "thật"]
    secrets = [headers["x-telegram-bot-api-secret-token"] for _, headers in listener.heard]
    assert secrets[0] != "s-1" == secrets[1]


async def test_files_are_fetched_with_the_token(telegram: Served[Telegram]) -> None:
    photo = {"name": "anh.jpg", "base64": "aGVsbG8="}
    await telegram.do("lan", files=[photo, photo], text="cầu hỏng")
    updates = [update["message"] for update in (await call(telegram, "getUpdates")).json()["result"]]
    assert len({update["media_group_id"] for update in updates}) == 1
    assert [update.get("caption") for update in updates] == ["cầu hỏng", None]
    largest = updates[0]["photo"][-1]["file_id"]
    path = (await call(telegram, "getFile", file_id=largest)).json()["result"]["file_path"]
    assert (await telegram.control.get(f"/file/bot{TOKEN}/{path}")).content == b"hello"
    assert (await telegram.control.get(f"/file/bot1:wrong/{path}")).status_code == 404
