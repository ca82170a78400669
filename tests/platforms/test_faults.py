"""Faults strike as often as ordered, and an order that makes no sense is refused."""

import random

import httpx
import pytest

from tests.platforms.faults import COMMON, BadFault, Faults
from tests.platforms.fixtures import Served
from tests.platforms.telegram.account import TOKEN, Telegram


def faults() -> Faults:
    return Faults({}, random.Random(1))


def test_a_count_is_used_up() -> None:
    ordered = faults()
    ordered.add({"kind": "5xx", "count": 2})
    assert [bool(ordered.strikes("5xx")) for _ in range(4)] == [True, True, False, False]


def test_a_rate_strikes_by_chance_until_cleared() -> None:
    ordered = faults()
    ordered.add({"kind": "5xx", "rate": 0.1})
    struck = sum(bool(ordered.strikes("5xx")) for _ in range(2_000))
    assert 150 < struck < 250
    ordered.clear()
    assert not any(ordered.strikes("5xx") for _ in range(100))


def test_without_rate_and_count_it_strikes_once() -> None:
    ordered = faults()
    ordered.add({"kind": "429"})
    assert ordered.strikes("429")
    assert not ordered.strikes("429")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"kind": "explode"}, "timeout_after_accepting"),  # unknown: the answer lists what there is
        ({}, "kinds:"),
        ({"kind": "slow", "rate": 2}, "rate must be"),
        ({"kind": "slow", "count": 0}, "count must be"),
        ({"kind": "slow", "count": "two"}, "count must be"),
        ({"kind": "slow", "delay_ms": -1}, "delay_ms must be"),
    ],
)
def test_refused(asked: dict[str, object], told: str) -> None:
    with pytest.raises(BadFault, match=told):
        faults().add(asked)


async def test_the_controls(telegram: Served[Telegram]) -> None:
    refused = await telegram.control.post("/control/faults", json={"kind": "explode"})
    assert refused.status_code == 400
    assert set(refused.json()["extra"]["kinds"]) == set(COMMON)
    await telegram.fault("5xx", rate=0.5)
    assert (await telegram.control.get("/control/faults")).json()["faults"][0]["rate"] == 0.5
    assert (await telegram.control.delete("/control/faults")).status_code == 204
    assert (await telegram.control.get("/control/faults")).json()["faults"] == []


@pytest.mark.parametrize(
    ("kind", "status", "how_many"),
    [
        ("5xx", 500, 0),  # nothing of it is done
        ("unreachable", None, 0),
        ("timeout_after_accepting", None, 1),  # done, though the caller never hears of it
        ("slow", 200, 1),
    ],
)
async def test_what_is_done_of_a_call(telegram: Served[Telegram], kind: str, status: int | None, how_many: int) -> None:
    await telegram.say("lan", "chào")
    await telegram.fault(kind, count=1, delay_ms=300)
    chat_id = telegram.platform.chats.of("lan").user_id
    try:
        answer = await telegram.control.post(
            f"/bot{TOKEN}/sendMessage", json={"chat_id": chat_id, "text": "a"}, timeout=0.2 if status is None else 5
        )
        assert answer.status_code == status
    except httpx.HTTPError:
        assert status is None
    assert len([said for said in await telegram.chat("lan") if said["from"] == "bot"]) == how_many
