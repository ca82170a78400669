"""The web chat's API over real HTTP: shapes, refusals, one answer for one id."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.webchat import token_of
from bot.conversations.models import Conversation, Message
from bot.conversations.service import give_back, hand_over
from bot.db import unit_of_work
from bot.language import fold
from tests.conversations.stand_in import Body, StandIn, replies
from tests.conversations.town import MORNING

CHAT = "/api/v1/chat"
REPLY = {"id", "kind", "text", "more", "answer", "facts", "citations", "topic", "buttons", "case", "voice"}


async def post(web: httpx.AsyncClient, **body: Any) -> httpx.Response:
    web.cookies.clear()
    return await web.post(CHAT, json=body)


def refused(response: httpx.Response, status: int, code: str) -> None:
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("application/json")
    error = response.json()["error"]
    assert error["code"] == code
    assert fold(error["message"]) != error["message"].lower()  # Vietnamese, with its marks


async def messages_in(town: AsyncEngine, body: Body) -> int:
    async with unit_of_work(town) as session:
        query = select(func.count()).select_from(Message).join(Conversation)
        talk = UUID(bytes=__import__("base64").urlsafe_b64decode(body["conversation"] + "=")[:16])
        return await session.scalar(query.where(Conversation.id == talk, Message.sender == "resident")) or 0


@pytest.mark.usefixtures("worker")
async def test_a_first_message_is_answered(web: httpx.AsyncClient) -> None:
    response = await post(web, text="xã công khai gì")
    assert response.status_code == 200
    body = response.json()
    assert set(body) == {"conversation", "owner", "replies"}
    (reply,) = body["replies"]
    assert set(reply) == REPLY
    assert (body["owner"], reply["kind"]) == ("bot", "answer")
    assert reply["text"].startswith("Đã nghe: xã công khai gì")
    assert (reply["facts"], reply["citations"], reply["buttons"]) == ([], [], [])
    assert {reply[key] for key in ("more", "answer", "topic", "case", "voice")} == {None}


@pytest.mark.usefixtures("worker")
async def test_everything_a_reply_may_carry(web: httpx.AsyncClient, engine_stand_in: StandIn) -> None:
    citation = {"fact": "CK-02", "document": "Luật 10/2022/QH15", "article": "11", "clause": None, "point": None}
    carried = {
        "more": "Còn nữa.",
        "answer": "disclosure-fourteen-groups",
        "facts": ["CK-02"],
        "citations": [{**citation, "caution": None}],
        "topic": "disclosure",
        "case": {"code": "XH-7K3M-9Q2F", "secret": "AAAA-AAAA"},  # pragma: allowlist secret
        "buttons": [{"label": "Hỏi tiếp", "intent": "ask_disclosure", "facts": ["CK-03"]}],
    }

    async def act(body: Body) -> tuple[int, Body]:
        return 200, replies("Xã công khai 14 nhóm việc.", **carried)

    engine_stand_in.act = act
    (reply,) = (await post(web, text="xã công khai gì")).json()["replies"]
    (button,) = reply.pop("buttons")
    assert {key: reply[key] for key in carried if key != "buttons"} == {
        key: value for key, value in carried.items() if key != "buttons"
    }
    assert set(button) == {"label", "token", "facts"}
    assert "intent" not in str(button)  # what it means stays with us


@pytest.mark.usefixtures("worker")
async def test_several_replies_keep_their_order(web: httpx.AsyncClient, engine_stand_in: StandIn) -> None:
    async def act(body: Body) -> tuple[int, Body]:
        return 200, replies("một", "hai", "ba")

    engine_stand_in.act = act
    found = (await post(web, text="alo")).json()["replies"]
    assert [reply["text"].split("\n")[0] for reply in found] == ["một", "hai", "ba"]
    assert [int(reply["id"]) for reply in found] == sorted(int(reply["id"]) for reply in found)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "empty"),
        ({"text": " \n\u200b\u00a0 "}, 422, "empty"),  # nothing visible
        ({"text": "a" * 4_001}, 413, "too_long"),
        ({"text": "\x00\x01\x02PNG"}, 422, "not_text"),  # binary
        ({"text": "\x1b\x07\x08\x1b\x07 a"}, 422, "not_text"),  # control characters
        ({"text": "\ufffd\ufffd JFIF"}, 422, "not_text"),  # bytes that were no UTF-8
        ({}, 422, "nothing_sent"),
        ({"text": "alo", "id": "42"}, 422, "bad_id"),
        ({"text": "alo", "conversation": "abc"}, 401, "unknown_conversation"),  # no token of ours
        ({"text": "alo", "conversation": "A" * 43}, 401, "unknown_conversation"),
        ({"token": "abc"}, 404, "unknown_button"),  # no such button
        ({"token": "a\x00b"}, 404, "unknown_button"),
        ({"text": 7}, 400, "bad_request"),  # wrong type
        (["text"], 400, "bad_request"),  # no object
    ],
)
async def test_refused(web: httpx.AsyncClient, body: Any, status: int, code: str) -> None:
    refused(await web.post(CHAT, json=body), status, code)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"{", "application/json"),  # half
        (b"", "application/json"),  # nothing
        (b"\xff\xfe\x00", "application/json"),  # bytes
        (b'{"text": "\xff"}', "application/json"),  # no UTF-8
        (b'{"text": "\\ud800"}', "application/json"),  # half a character
        (b"text=alo", "application/x-www-form-urlencoded"),  # a form
        (b"alo", "text/plain"),
    ],
)
async def test_wrong_json_is_refused_in_json(web: httpx.AsyncClient, raw: bytes, kind: str) -> None:
    response = await web.post(CHAT, content=raw, headers={"content-type": kind})
    assert response.status_code in (400, 415, 422), response.text
    assert response.json()["error"]["message"]


async def test_a_huge_body_is_refused(web: httpx.AsyncClient) -> None:
    refused(await post(web, text="a" * 70_000), 413, "too_long")


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    "text",
    [
        "/restart",  # a command of Rasa
        '/send_feedback{"place":"x"}',
        "'; drop table messages; --",
        "<script>alert(1)</script>",
        "😀" * 4_000,
        "x\u200bã h\u200bội",  # zero-width joke
        "a" * 4_000,
    ],
)
async def test_odd_words_are_only_words(web: httpx.AsyncClient, engine_stand_in: StandIn, text: str) -> None:
    assert (await post(web, text=text)).status_code == 200
    asked = engine_stand_in.heard[-1]  # others' words, left over from another test, may be answered before
    assert (asked["intent"], asked["entities"]) == (None, {})
    assert asked["text"] == text.replace("\u200b", "")


@pytest.mark.usefixtures("worker")
async def test_the_same_id_gives_the_same_answer_and_does_nothing_twice(
    web: httpx.AsyncClient, town: AsyncEngine, engine_stand_in: StandIn
) -> None:
    mine = str(uuid4())
    first = (await post(web, text="xã công khai gì", id=mine)).json()
    # the answer was lost on the way: the client knows no conversation yet
    again = (await post(web, text="xã công khai gì", id=mine)).json()
    assert again == first
    known = (await post(web, text="xã công khai gì", id=mine.upper(), conversation=first["conversation"])).json()
    assert known == first
    assert len(engine_stand_in.heard) == 1
    assert await messages_in(town, first) == 1


@pytest.mark.usefixtures("worker")
async def test_the_same_id_six_times_at_once(web: httpx.AsyncClient, engine_stand_in: StandIn) -> None:
    mine = str(uuid4())
    bodies = [r.json() for r in await asyncio.gather(*(post(web, text="alo", id=mine) for _ in range(6)))]
    assert all(body == bodies[0] for body in bodies)
    assert len(engine_stand_in.heard) == 1


@pytest.mark.usefixtures("worker")
async def test_the_same_id_for_something_else_is_refused(web: httpx.AsyncClient) -> None:
    mine = str(uuid4())
    await post(web, text="xã công khai gì", id=mine)
    refused(await post(web, text="chuyện khác", id=mine), 409, "id_reused")
    other = (await post(web, text="alo")).json()["conversation"]
    refused(await post(web, text="xã công khai gì", id=mine, conversation=other), 409, "id_reused")


@pytest.mark.usefixtures("worker")
async def test_a_conversation_goes_on_by_body_bearer_or_cookie(web: httpx.AsyncClient) -> None:
    response = await post(web, text="một")
    token = response.json()["conversation"]
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    by_cookie = await web.post(CHAT, json={"text": "hai"})
    web.cookies.clear()
    by_bearer = await web.post(CHAT, json={"text": "ba"}, headers={"Authorization": f"Bearer {token}"})
    by_body = await post(web, text="bốn", conversation=token)
    assert {r.json()["conversation"] for r in (by_cookie, by_bearer, by_body)} == {token}
    assert (await post(web, text="năm")).json()["conversation"] != token


async def test_a_token_in_the_address_is_not_read(web: httpx.AsyncClient, talk: UUID) -> None:
    token = token_of(talk)
    for path in (f"{CHAT}/messages?conversation={token}", f"{CHAT}/stream?token={token}"):
        refused(await web.get(path), 401, "unknown_conversation")


async def test_a_conversation_that_is_gone_takes_its_cookie_along(web: httpx.AsyncClient) -> None:
    gone = token_of(uuid4())
    for response in (
        await web.post(CHAT, json={"text": "alo"}, headers={"cookie": f"conversation={gone}"}),
        await web.get(f"{CHAT}/messages", headers={"cookie": f"conversation={gone}"}),
    ):
        refused(response, 401, "unknown_conversation")
        assert "conversation=" in response.headers["set-cookie"]


@pytest.mark.usefixtures("worker")
async def test_a_button_is_pressed_by_its_token(web: httpx.AsyncClient, engine_stand_in: StandIn) -> None:
    async def act(body: Body) -> tuple[int, Body]:
        button = {"label": "Giao thông", "intent": "inform", "entities": {"subject": "roads"}}
        return 200, replies("Lĩnh vực nào?", kind="ask", form="feedback_form", buttons=[button])

    engine_stand_in.act = act
    first = (await post(web, text="đường hỏng")).json()
    token = first["replies"][0]["buttons"][0]["token"]
    pressed = await post(web, token=token, conversation=first["conversation"])
    assert pressed.status_code == 200
    asked = engine_stand_in.heard[-1]
    assert (asked["text"], asked["intent"], asked["entities"]) == ("Giao thông", "inform", {"subject": "roads"})
    stranger = (await post(web, text="alo")).json()["conversation"]
    refused(await post(web, token=token, conversation=stranger), 404, "unknown_button")
    refused(await post(web, token=token), 404, "unknown_button")


async def test_slow_answers_come_later(web: httpx.AsyncClient, tuned: Any) -> None:
    with tuned(reply_wait_seconds=0.1):  # nobody works
        response = await post(web, text="alo")
    assert response.status_code == 202
    assert (response.json()["owner"], response.json()["replies"]) == ("bot", [])


@pytest.mark.usefixtures("worker")
async def test_an_official_owns_the_talk_from_the_handover_on(web: httpx.AsyncClient, town: AsyncEngine) -> None:
    first = (await post(web, text="gặp cán bộ")).json()
    async with unit_of_work(town) as session:
        message = await session.get_one(Message, int(first["replies"][0]["id"]))
        await hand_over(session, int(message.in_reply_to or 0), "asked", MORNING)
        talk = message.conversation_id
    second = await post(web, text="alo", conversation=first["conversation"])
    assert second.status_code == 200
    assert second.json() == {"conversation": first["conversation"], "owner": "official", "replies": []}
    async with unit_of_work(town) as session:
        await give_back(session, await session.get_one(Conversation, talk), MORNING)
    third = (await post(web, text="cảm ơn", conversation=first["conversation"])).json()
    assert (third["owner"], len(third["replies"])) == ("bot", 1)


async def test_too_many_messages_in_ten_seconds(web: httpx.AsyncClient, tuned: Any) -> None:
    with tuned(reply_wait_seconds=0.0):
        token = (await post(web, text="tin 1")).json()["conversation"]
        twenty = [await post(web, text=f"tin {n}", conversation=token) for n in range(2, 21)]
        assert {r.status_code for r in twenty} == {202}
        late = await post(web, text="tin 21", conversation=token)
        refused(late, 429, "too_fast")
        assert int(late.headers["Retry-After"]) > 0
        assert (await post(web, text="người khác")).status_code == 202


@pytest.mark.usefixtures("worker")
async def test_a_message_that_was_kept_may_be_sent_again_however_fast(web: httpx.AsyncClient, tuned: Any) -> None:
    mine = str(uuid4())
    first = await post(web, text="alo", id=mine)
    with tuned(messages_per_ten_seconds=1):
        assert (await post(web, text="alo", id=mine)).json() == first.json()


async def test_too_many_new_conversations_from_one_address(web: httpx.AsyncClient, tuned: Any) -> None:
    with tuned(new_conversations_per_minute=0, reply_wait_seconds=0.0):
        response = await post(web, text="alo")
    refused(response, 429, "too_many_conversations")
    assert 0 < int(response.headers["Retry-After"]) <= 60


@pytest.mark.usefixtures("worker")
async def test_later_messages(web: httpx.AsyncClient) -> None:
    first = (await post(web, text="một")).json()
    headers = {"Authorization": f"Bearer {first['conversation']}"}
    body = (await web.get(f"{CHAT}/messages", headers=headers)).json()
    assert set(body) == {"messages", "owner"}
    resident, bot = body["messages"]
    assert REPLY | {"from", "at"} <= set(bot)
    assert (resident["from"], resident["text"], bot["from"]) == ("resident", "một", "bot")
    rest = (await web.get(f"{CHAT}/messages?after={resident['id']}", headers=headers)).json()["messages"]
    assert [m["id"] for m in rest] == [bot["id"]]
    assert (await web.get(f"{CHAT}/messages?after={bot['id']}", headers=headers)).json()["messages"] == []


@pytest.mark.parametrize("after", ["x", "-1", "99999999999999999999", "9223372036854775808", "1.5"])
async def test_an_odd_position_is_no_server_error(web: httpx.AsyncClient, talk: UUID, after: str) -> None:
    headers = {"Authorization": f"Bearer {token_of(talk)}"}
    assert (await web.get(f"{CHAT}/messages?after={after}", headers=headers)).status_code < 500


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_other_methods(web: httpx.AsyncClient, method: str) -> None:
    refused(await web.request(method, CHAT), 405, "method_not_allowed")


async def test_no_such_path(web: httpx.AsyncClient) -> None:
    refused(await web.get("/api/v1/nothing"), 404, "not_found")
