"""An administrator's page of channels, Zalo's consent, and messages that did not arrive; others see only their own."""

from collections.abc import AsyncIterator

import httpx
import pytest
from litestar import Litestar
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.zalo.account import ZaloAccount
from bot.channels.zalo.client import http_client
from bot.channels.zalo.grants import Grants
from bot.channels.zalo.oauth import App, verifier_of
from bot.channels.zalo.vault import Vault
from bot.clock import now
from bot.conversations import channel_states, reasons
from bot.conversations.models import Message, OutboxRow
from bot.db import unit_of_work
from bot.settings import derive
from tests.console.conftest import Browser, Open
from tests.platforms.fixtures import Served, zalo
from tests.platforms.zalo.account import Zalo
from tests.platforms.zalo.events import APP_ID, APP_SECRET, OA_ID
from tests.tallies.made_up import NOON, MadeUp

__all__ = ["zalo"]

HEADING = "Tin chưa gửi được"
CALLBACK = "/console/zalo/callback"


@pytest.fixture
async def account(web: Litestar, engine: AsyncEngine, zalo: Served[Zalo]) -> AsyncIterator[ZaloAccount]:
    """Zalo is on in the running web process for a while."""
    http = http_client()
    app = App(APP_ID, APP_SECRET, zalo.url, f"http://xa-hoi.test{CALLBACK}", verifier_of(APP_ID, derive))
    web.state.zalo = ZaloAccount(
        Grants(engine, http, app, Vault(derive), now), OA_ID, "http://xa-hoi.test/webhooks/zalo"
    )
    yield web.state.zalo
    web.state.zalo = None
    await http.aclose()


async def agreed(account: ZaloAccount) -> httpx.URL:
    """The administrator of the page agrees at Zalo; where Zalo sends them back."""
    async with httpx.AsyncClient() as client:
        asked = dict(httpx.URL(account.consent_link).params)
        answer = await client.post(account.consent_link.split("?")[0], data=asked)
    assert answer.status_code == 303
    return httpx.URL(answer.headers["location"])


async def undelivered(engine: AsyncEngine, made: MadeUp, state: str = "failed", office: str = "first") -> int:
    """A message of an official to somebody on Zalo; the row's id."""
    commune = made.offices[office].commune_id
    given = {
        "commune_id": commune,
        "owner": "bot",
        "office_id": made.offices[office].id,
        "waiting_since": None,
        "channel": "zalo",
    }
    async with unit_of_work(engine) as session:
        talk = await made.talk(session, **given)
        words = "Mời <b>bác</b> ra xã."
        message = Message(conversation_id=talk.id, sender="official", kind="official", text=words, at=NOON)
        session.add(message)
        await session.flush()
        row = OutboxRow(
            message_id=message.id,
            conversation_id=talk.id,
            channel="zalo",
            state=state,
            reason=reasons.REFUSED,
            detail="-201",
            at=NOON,
        )
        session.add(row)
        await session.flush()
        return row.id


async def state_of(engine: AsyncEngine, row_id: int) -> tuple[str, int | None]:
    async with unit_of_work(engine) as session:
        row = await session.get_one(OutboxRow, row_id)
        return row.state, row.settled_by


@pytest.mark.parametrize("state", ["failed", "uncertain", "waiting"])
async def test_what_did_not_arrive_is_listed_with_why(
    browser: Open, made: MadeUp, engine: AsyncEngine, state: str
) -> None:
    await undelivered(engine, made, state)
    shown = (await (await browser("commune_staff")).get("/console/waiting")).text
    assert HEADING in shown
    assert reasons.SPOKEN[reasons.REFUSED] in shown
    assert "-201" in shown
    assert "Mời &lt;b&gt;bác" in shown


@pytest.mark.parametrize("state", ["pending", "sent", "dropped"])
async def test_what_is_well_is_not_listed(browser: Open, made: MadeUp, engine: AsyncEngine, state: str) -> None:
    await undelivered(engine, made, state)
    assert HEADING not in (await (await browser("commune_staff")).get("/console/waiting")).text


async def test_sent_again_or_ticked_off(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    again, settled = await undelivered(engine, made), await undelivered(engine, made, "waiting")
    staff = await browser("commune_staff")
    assert (await staff.post(f"/console/undelivered/{again}/again")).status_code == 303
    assert (await staff.post(f"/console/undelivered/{settled}/settled")).status_code == 303
    assert (await state_of(engine, again))[0] == "pending"
    state, official = await state_of(engine, settled)
    assert state == "failed"  # not sent any more when the resident is back
    assert official is not None
    assert HEADING not in (await staff.get("/console/waiting")).text


async def test_another_office_neither_sees_nor_sends(browser: Open, made: MadeUp, engine: AsyncEngine) -> None:
    row_id = await undelivered(engine, made, office="second")
    staff = await browser("commune_staff")
    assert HEADING not in (await staff.get("/console/waiting")).text
    assert (await staff.post(f"/console/undelivered/{row_id}/again")).status_code == 404
    assert (await state_of(engine, row_id))[0] == "failed"


@pytest.mark.parametrize("name", ["commune_staff", "front"])
async def test_channels_are_the_administrators(browser: Open, name: str) -> None:
    other = await browser(name)
    assert (await other.get("/console/channels")).status_code == 403
    assert (await other.post("/console/zalo/consent", code="x", oa_id="y")).status_code == 403


async def test_a_channel_that_stands_still_says_why_and_is_started(
    browser: Open, made: MadeUp, engine: AsyncEngine
) -> None:
    await undelivered(engine, made)
    async with unit_of_work(engine) as session:
        await channel_states.stop(session, "zalo", reasons.CHANNEL_STOPPED, "-204", NOON, NOON)
    administrator = await browser("administrator")
    shown = (await administrator.get("/console/channels")).text
    assert "1 không gửi được" in shown
    await administrator.post("/console/channels/zalo/start")
    async with unit_of_work(engine) as session:
        assert await channel_states.state_of(session, "zalo") is None
    assert (await administrator.post("/console/channels/nowhere/start")).status_code == 404


async def test_consent_from_the_link_to_the_first_token(browser: Open, account: ZaloAccount) -> None:
    administrator = await browser("administrator")
    page = (await administrator.get("/console/channels")).text
    assert "Cho phép kết nối" in page
    assert account.challenge in page
    back = await agreed(account)
    shown = await Browser(administrator.client).get(back.path, **dict(back.params))
    assert "Hoàn tất kết nối" in shown.text
    answer = await administrator.post("/console/zalo/consent", code=back.params["code"], oa_id=back.params["oa_id"])
    assert answer.status_code == 303
    assert f"Trang {OA_ID} cho phép từ" in (await administrator.get("/console/channels")).text
    assert await account.grants.access()


@pytest.mark.parametrize(
    ("code", "oa_id", "told"),
    [
        ("made-up", OA_ID, "Zalo không cấp quyền (mã -118)"),
        ("made-up", "999", "không phải trang ghi ở ZALO_OA_ID"),  # somebody else's page
    ],
)
async def test_a_consent_that_is_none(browser: Open, account: ZaloAccount, code: str, oa_id: str, told: str) -> None:
    administrator = await browser("administrator")
    await administrator.post("/console/zalo/consent", code=code, oa_id=oa_id)
    assert told in (await administrator.get("/console/channels")).text
    assert await account.standing() is None


async def test_the_way_back_needs_no_login_but_the_click_does(browser: Open, account: ZaloAccount) -> None:
    nobody = await browser()
    back = await agreed(account)
    shown = await nobody.get(back.path, **dict(back.params))
    assert shown.status_code == 200
    assert (await nobody.post("/console/zalo/consent", code=back.params["code"], oa_id=OA_ID)).status_code == 401
    assert await account.standing() is None


async def test_without_zalo_there_is_no_way_back(browser: Open) -> None:
    assert (await (await browser()).get(CALLBACK, code="x")).status_code == 404
