"""Tokens: asked for once however many need them, committed before use, and a person is called when they end."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.platform import Later, Stopped
from bot.channels.zalo.models import ZaloGrant
from bot.channels.zalo.oauth import NotGranted, verifier_of
from bot.conversations import reasons
from bot.db import unit_of_work
from bot.settings import derive
from tests.channels.zalo.conftest import OnZalo
from tests.platforms.zalo.events import OA_ID


async def kept(town: AsyncEngine) -> ZaloGrant:
    async with unit_of_work(town) as session:
        return (await session.scalars(select(ZaloGrant))).one()


async def test_before_consent_nothing_can_be_sent(on_zalo: OnZalo) -> None:
    with pytest.raises(Stopped) as stopped:
        await on_zalo.grants.access()
    assert stopped.value.reason == reasons.NO_CONSENT


async def test_consent_brings_the_first_pair(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    assert await on_zalo.grants.access() == on_zalo.theirs.platform.grants.pair.access  # type: ignore[union-attr]
    grant = await kept(on_zalo.town)
    assert (grant.oa_id, grant.broken_since) == (OA_ID, None)


async def test_the_challenge_is_always_the_same_since_it_stands_in_zalos_console(on_zalo: OnZalo) -> None:
    assert verifier_of("36", derive) == verifier_of("36", derive)
    assert len(verifier_of("36", derive)) == 43
    assert f"code_challenge={on_zalo.grants.app.challenge}" in on_zalo.grants.app.consent_link()
    assert on_zalo.grants.app.verifier not in on_zalo.grants.app.consent_link()


async def test_a_code_counts_once(on_zalo: OnZalo) -> None:
    code = on_zalo.theirs.platform.grants.consent(on_zalo.grants.app.challenge)
    await on_zalo.grants.consent(code, OA_ID, 1)
    with pytest.raises(NotGranted):
        await on_zalo.grants.consent(code, OA_ID, 1)
    assert await on_zalo.grants.access()  # the pair that was there stays


async def test_tokens_lie_encrypted(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    pair, grant = on_zalo.theirs.platform.grants.pair, await kept(on_zalo.town)
    assert pair is not None
    assert pair.access.encode() not in grant.access_token
    assert pair.refresh.encode() not in grant.refresh_token


async def test_two_workers_refresh_once(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    on_zalo.clock.pass_by(hours=26)
    tokens = await asyncio.gather(*(on_zalo.grants.access() for _ in range(8)))
    assert len(set(tokens)) == 1
    assert on_zalo.theirs.platform.grants.refreshes == 1
    assert on_zalo.theirs.platform.grants.refused == 0


async def test_a_token_that_zalo_refuses_is_replaced_once(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    token = await on_zalo.grants.access()
    on_zalo.theirs.platform.grants.expire_access()
    assert len({*await asyncio.gather(*(on_zalo.grants.replace(token) for _ in range(4)))} - {token}) == 1
    assert on_zalo.theirs.platform.grants.refreshes == 1


@pytest.mark.parametrize(
    ("hours", "due"),
    [(1, False), (19, False), (20, True), (24, True), (30, True)],  # an access token lives 25
)
async def test_refreshed_ahead_of_time(on_zalo: OnZalo, hours: float, due: bool) -> None:
    await on_zalo.consent()
    on_zalo.clock.pass_by(hours=hours)
    assert await on_zalo.grants.refresh_ahead() is due
    assert on_zalo.theirs.platform.grants.refreshes == due


async def test_the_new_pair_is_committed_before_anybody_has_it(on_zalo: OnZalo) -> None:
    """Killed right after the commit, the next one finds a pair that works, and asks Zalo for nothing."""
    await on_zalo.consent()
    used = (await kept(on_zalo.town)).access_token
    token = await on_zalo.grants.refresh(used)
    assert on_zalo.grants.vault.open((await kept(on_zalo.town)).access_token) == token
    assert await on_zalo.grants.refresh(used) == token  # whoever still holds the old one
    assert on_zalo.theirs.platform.grants.refreshes == 1


@pytest.mark.parametrize("fault", ["expired_refresh_token", "reused_refresh_token"])
async def test_when_it_ends_a_person_is_called_and_nothing_loops(on_zalo: OnZalo, fault: str) -> None:
    await on_zalo.consent()
    on_zalo.clock.pass_by(hours=21)
    await on_zalo.theirs.fault(fault)
    assert await on_zalo.grants.refresh_ahead()
    assert await on_zalo.stopped() == reasons.CONSENT_ENDED
    assert (await kept(on_zalo.town)).broken_why == "-118"
    for _ in range(3):
        assert not await on_zalo.grants.refresh_ahead()
    assert on_zalo.theirs.platform.grants.refused == 1
    assert await on_zalo.grants.access()  # the access token still lives
    on_zalo.clock.pass_by(hours=5)
    with pytest.raises(Stopped):
        await on_zalo.grants.access()
    assert on_zalo.theirs.platform.grants.refused == 1
    await on_zalo.consent()
    assert await on_zalo.stopped() is None


@pytest.mark.parametrize(("fault", "how"), [("5xx", {}), ("unreachable", {"count": 1})])
async def test_zalo_not_reached_is_no_reason_to_give_up(on_zalo: OnZalo, fault: str, how: dict[str, int]) -> None:
    await on_zalo.consent()
    on_zalo.clock.pass_by(hours=26)
    await on_zalo.theirs.fault(fault, **how)
    with pytest.raises(Later):
        await on_zalo.grants.access()
    assert await on_zalo.stopped() is None
    assert await on_zalo.grants.access()


async def test_tokens_of_another_server_key_need_a_new_consent(on_zalo: OnZalo) -> None:
    await on_zalo.consent()
    async with unit_of_work(on_zalo.town) as session:
        grant = (await session.scalars(select(ZaloGrant))).one()
        grant.access_token = b"encrypted elsewhere"
    with pytest.raises(Stopped):
        await on_zalo.grants.access()
