"""The Zalo stand-in gives tokens, refuses and tells as Zalo does."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.platforms.fixtures import Served
from tests.platforms.webhook import Listener
from tests.platforms.zalo.account import Zalo
from tests.platforms.zalo.events import APP_ID, APP_SECRET, OA_ID, OA_SECRET
from tests.platforms.zalo.grants import challenge_of

VERIFIER = "v" * 43


async def token(zalo: Served[Zalo], secret: str = APP_SECRET, **form: str) -> dict[str, Any]:
    answer = await zalo.control.post(
        "/v4/oa/access_token", data={"app_id": APP_ID, **form}, headers={"secret_key": secret}
    )
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


async def consented(zalo: Served[Zalo]) -> str:
    """The code of a consent."""
    agreed = {
        "app_id": APP_ID,
        "redirect_uri": "http://x.vn/cb",
        "code_challenge": challenge_of(VERIFIER),
        "state": "s",
    }
    answer = await zalo.control.post("/v4/oa/permission", data=agreed)
    told = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (told["oa_id"], told["state"]) == ([OA_ID], ["s"])
    return told["code"][0]


async def pair(zalo: Served[Zalo]) -> dict[str, Any]:
    code = await consented(zalo)
    return await token(zalo, code=code, grant_type="authorization_code", code_verifier=VERIFIER)


async def send(zalo: Served[Zalo], access: str, user_id: Any, **message: Any) -> dict[str, Any]:
    body = {"recipient": {"user_id": user_id}, "message": message}
    answer = await zalo.control.post("/v3.0/oa/message/cs", json=body, headers={"access_token": access})
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


async def test_a_code_counts_once_and_for_its_verifier(zalo: Served[Zalo]) -> None:
    code = await consented(zalo)
    asked = {"code": code, "grant_type": "authorization_code", "code_verifier": VERIFIER}
    assert (await token(zalo, secret="wrong", **asked))["error"] == -14_002  # pragma: allowlist secret
    granted = await token(zalo, **asked)
    assert granted["expires_in"] == "90000"
    assert (await token(zalo, **asked))["error"] == -118
    other = await consented(zalo)
    asked = {"code": other, "grant_type": "authorization_code", "code_verifier": "w" * 43}
    assert (await token(zalo, **asked))["error"] == -118


async def test_a_refresh_token_counts_once_and_ends_the_old_pair(zalo: Served[Zalo]) -> None:
    old = await pair(zalo)
    new = await token(zalo, refresh_token=old["refresh_token"], grant_type="refresh_token")
    assert (await token(zalo, refresh_token=old["refresh_token"], grant_type="refresh_token"))["error"] == -118
    for access, error in ((old["access_token"], -216), (new["access_token"], 0)):
        answer = await zalo.control.get("/v2.0/oa/getoa", headers={"access_token": access})
        assert answer.json()["error"] == error


async def test_an_access_token_lives_25_hours(zalo: Served[Zalo]) -> None:
    granted = await pair(zalo)
    zalo.platform.grants._clock = lambda: datetime.now(UTC) + timedelta(hours=25)
    answer = await zalo.control.get("/v2.0/oa/getoa", headers={"access_token": granted["access_token"]})
    assert answer.json()["error"] == -220


@pytest.mark.parametrize("kind", ["expired_refresh_token", "reused_refresh_token"])
async def test_a_spoilt_refresh_token(zalo: Served[Zalo], kind: str) -> None:
    granted = await pair(zalo)
    await zalo.fault(kind)
    asked = {"refresh_token": granted["refresh_token"], "grant_type": "refresh_token"}
    assert [(await token(zalo, **asked))["error"] for _ in range(2)] == [-118, -118]


def buttons(count: int, title: str = "Có") -> dict[str, Any]:
    one = {"title": title, "type": "oa.query.hide", "payload": "#t"}
    return {"attachment": {"type": "template", "payload": {"buttons": [one] * count}}}


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({"text": "a" * 2_000}, 0),
        ({"text": "a" * 2_001}, -210),
        ({}, -201),  # nothing to send
        ({"text": "?", **buttons(5)}, 0),
        ({"text": "?", **buttons(6)}, -201),
        ({"text": "?", **buttons(1, "x" * 101)}, -201),
        ({"attachment": {"type": "file", "payload": {"token": "none"}}}, -100),
    ],
)
async def test_what_may_be_sent(zalo: Served[Zalo], message: dict[str, Any], error: int) -> None:
    granted = await pair(zalo)
    user = (await zalo.say("lan", "chào"))["user"]["id"]
    assert int(user) > 2**53
    told = await send(zalo, granted["access_token"], user, **message)
    assert told["error"] == error
    assert ("data" in told) == (error == 0)


@pytest.mark.parametrize(
    ("hours", "error", "quota"), [(47, 0, None), (49, 0, "purchase_quota"), (24 * 7 + 1, -230, None)]
)
async def test_the_window(zalo: Served[Zalo], hours: int, error: int, quota: str | None) -> None:
    granted = await pair(zalo)
    user = (await zalo.say("lan", "chào"))["user"]["id"]
    await zalo.control.post("/control/users/lan/silence", json={"hours": hours})
    told = await send(zalo, granted["access_token"], user, text="a")
    assert told["error"] == error
    assert told.get("data", {}).get("quota", {}).get("quota_type") == quota


@pytest.mark.parametrize("user_id", [12, "1", "", None])
async def test_ids_are_strings_of_residents(zalo: Served[Zalo], user_id: Any) -> None:
    granted = await pair(zalo)
    assert (await send(zalo, granted["access_token"], user_id, text="a"))["error"] == -201


async def test_an_upload_expires(zalo: Served[Zalo]) -> None:
    granted = await pair(zalo)
    user = (await zalo.say("lan", "chào"))["user"]["id"]
    access = {"access_token": granted["access_token"]}
    uploaded = await zalo.control.post("/v2.0/oa/upload/file", files={"file": ("a.pdf", b"%PDF")}, headers=access)
    file = {"attachment": {"type": "file", "payload": {"token": uploaded.json()["data"]["token"]}}}
    assert (await send(zalo, granted["access_token"], user, **file))["error"] == 0
    zalo.platform.clock = lambda: datetime.now(UTC) + timedelta(days=7, minutes=1)
    assert (await send(zalo, granted["access_token"], user, **file))["error"] == -100


async def test_the_probe_is_empty_and_events_are_signed(zalo: Served[Zalo], listener: Listener) -> None:
    await zalo.control.post("/control/webhook", json={"url": listener.url})
    await zalo.say("lan", "chào 🌾")
    probe, event = await listener.hears(2)
    assert probe == {}
    assert "x-zevent-signature" not in listener.heard[0][1]
    told = hashlib.sha256(APP_ID.encode() + listener.raw[1] + event["timestamp"].encode() + OA_SECRET.encode())
    assert listener.heard[1][1]["x-zevent-signature"] == f"mac={told.hexdigest()}"
    assert isinstance(event["sender"]["id"], str)


async def test_a_refused_event_comes_again_and_says_so(zalo: Served[Zalo], listener: Listener) -> None:
    await zalo.control.post("/control/webhook", json={"url": listener.url})
    await listener.hears(1)
    listener.statuses = [503]
    await zalo.say("lan", "chào")
    await listener.hears(3)
    assert [headers.get("num_retry") for _, headers in listener.heard[1:]] == [None, "1"]
    assert listener.raw[1] == listener.raw[2]


async def test_a_hundred_at_once(zalo: Served[Zalo], listener: Listener) -> None:
    await zalo.control.post("/control/webhook", json={"url": listener.url})
    await listener.hears(1)
    await zalo.fault("duplicates", count=1, times=99)
    await zalo.say("lan", "chào")
    heard = await listener.hears(101)
    assert len({event["message"]["msg_id"] for event in heard[1:]}) == 1


async def test_events_out_of_order(zalo: Served[Zalo], listener: Listener) -> None:
    await zalo.control.post("/control/webhook", json={"url": listener.url})
    await listener.hears(1)
    await zalo.fault("reordering")
    await zalo.say("lan", "một")
    await zalo.say("lan", "hai")
    assert [event["message"]["text"] for event in (await listener.hears(3))[1:]] == ["hai", "một"]


async def test_what_the_account_sends_is_echoed_and_staff_have_a_name(zalo: Served[Zalo], listener: Listener) -> None:
    granted = await pair(zalo)
    user = (await zalo.say("lan", "chào"))["user"]["id"]
    await zalo.control.post("/control/webhook", json={"url": listener.url})
    sent = (await send(zalo, granted["access_token"], user, text="chào bác"))["data"]["message_id"]
    _, echo, received = await listener.hears(3)
    assert (echo["event_name"], echo["message"]["msg_id"]) == ("oa_send_text", sent)
    assert "admin_id" not in echo["sender"]
    assert (received["event_name"], received["message"]["msg_id"]) == ("user_received_message", sent)
    await zalo.control.post("/control/users/lan/staff", json={"text": "tôi trực đây"})
    typed = (await listener.hears(4))[-1]
    assert typed["sender"]["id"] == OA_ID
    assert typed["sender"]["admin_id"]
