"""Who gets in, and to what."""

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.console.access import LOGGED_IN, OPEN
from bot.console.attempts import PER_ADDRESS, PER_USERNAME
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from tests.console.conftest import Open

WITHOUT_PERMISSION = {
    ("GET", "/console/login"): OPEN,
    ("POST", "/console/login"): OPEN,
    ("POST", "/console/logout"): OPEN,
    ("GET", "/console/zalo/callback"): OPEN,
    ("GET", "/console"): LOGGED_IN,
}
DESK = ("/console/waiting", "/console/cases", "/console/deadlines")
PAGES = (*DESK, "/console/tally", "/console/tally/cases", "/console/tally.xlsx")
LOCAL_TEXTS = ("/console/conventions", "/console/recordings")
SEALINGS = "/console/sealings"
SETTING = ("/console/routing", "/console/calendar", "/console/calendar/limits")
CHANNELS = "/console/channels"


def _console_handlers(app: Litestar) -> list[tuple[str, str, HTTPRouteHandler]]:
    routes = [route for route in app.routes if isinstance(route, HTTPRoute) and route.path.startswith("/console")]
    return [
        (method, route.path, handler)
        for route in routes
        for handler in route.route_handlers
        for method in sorted(handler.http_methods)
        if method != "OPTIONS"
    ]


def test_every_route_names_a_permission(web: Litestar) -> None:
    handlers = _console_handlers(web)
    assert len(handlers) >= 15
    for method, path, handler in handlers:
        entrance = WITHOUT_PERMISSION.get((method, path))
        if entrance:
            assert handler.opt["entrance"] == entrance, path
        else:
            assert isinstance(handler.opt.get("permission"), Permission), path
            assert "entrance" not in handler.opt, path


def test_every_route_stands_behind_the_guard(web: Litestar) -> None:
    assert all(handler.resolve_guards() for _, _, handler in _console_handlers(web))


async def test_a_stranger_is_sent_to_the_login_page(browser: Open) -> None:
    stranger = await browser()
    for address in (*PAGES, *LOCAL_TEXTS, *SETTING, SEALINGS, CHANNELS, "/console"):
        answer = await stranger.get(address)
        assert (answer.status_code, answer.headers.get("location")) == (303, "/console/login"), address
    refused = await stranger.post("/console/cases/XH-0000-0000/move", to="received")
    assert refused.status_code == 401
    assert "/console" in refused.text


@pytest.mark.parametrize(
    ("username", "allowed"),
    [
        ("commune_staff", (*DESK, *LOCAL_TEXTS)),
        ("commune_leader", (*PAGES, *LOCAL_TEXTS, SETTING[0])),
        ("province_department", DESK),
        ("province_coordinator", (*PAGES, *LOCAL_TEXTS, *SETTING)),
        ("front", PAGES[len(DESK) :]),
        ("knowledge_editor", LOCAL_TEXTS),
        ("auditor", (*PAGES[len(DESK) :], SEALINGS)),
        ("administrator", (*SETTING, SEALINGS, CHANNELS)),
    ],
)
async def test_each_role_sees_its_own_sections(browser: Open, username: str, allowed: tuple[str, ...]) -> None:
    official = await browser(username)
    for address in (*PAGES, *LOCAL_TEXTS, *SETTING, SEALINGS, CHANNELS):
        assert (await official.get(address)).status_code == (200 if address in allowed else 403), address
    begin = await official.get("/console")
    assert (begin.status_code, begin.headers["location"]) == (303, allowed[0])


async def test_a_role_that_nobody_knows_has_no_section(browser: Open, engine: AsyncEngine) -> None:
    official = await browser("front")
    async with unit_of_work(engine) as session:
        await session.execute(update(Official).where(Official.username == "front").values(role="guest"))
    begin = await official.get("/console")
    assert begin.status_code == 200
    assert "chưa có mục nào trên bàn làm việc" in begin.text


async def test_wrong_password(browser: Open) -> None:
    someone = await browser()
    wrong = await someone.log_in("front", "not the password")
    assert wrong.status_code == 401
    assert "chưa đúng" in wrong.text
    assert 'value="front"' in wrong.text
    assert (await someone.log_in("no\x00body", "x")).status_code == 401
    assert (await someone.log_in(" FRONT ")).status_code == 303


async def test_without_the_pages_token_nothing_is_taken(browser: Open) -> None:
    someone = await browser()
    answer = await someone.client.post("/console/login", data={"username": "front", "password": "x"})
    assert answer.status_code == 403


async def test_a_planted_session_id_is_worth_nothing(browser: Open) -> None:
    victim, attacker = await browser(), await browser()
    for one in (victim, attacker):
        one.client.cookies.set("session", "EVIL", domain="xa-hoi.test", path="/console")
    assert (await victim.log_in("front")).status_code == 303
    assert (await attacker.get("/console/tally")).status_code == 303
    assert (await victim.get("/console/tally")).status_code == 200


async def test_log_out_ends_the_session(browser: Open) -> None:
    official, thief = await browser("front"), await browser()
    thief.client.cookies.update(official.client.cookies)
    assert (await thief.get("/console/tally")).status_code == 200
    assert (await official.post("/console/logout")).headers["location"] == "/console/login"
    assert (await official.get("/console/tally")).status_code == 303
    assert (await thief.get("/console/tally")).status_code == 303


async def test_looking_at_pages_for_everyone_logs_nobody_out(browser: Open) -> None:
    official = await browser("front")
    for address in ("/", "/answers", "/my-data/none", "/nowhere", "/consolation"):
        assert "session=" not in str((await official.get(address)).headers.get_list("set-cookie")), address
    assert (await official.get("/console/tally")).status_code == 200


async def test_an_inactive_account_is_logged_out(browser: Open, engine: AsyncEngine) -> None:
    official = await browser("front")
    for active, status in ((False, 303), (True, 303)):
        async with unit_of_work(engine) as session:
            await session.execute(update(Official).where(Official.username == "front").values(active=active))
        assert (await official.get("/console/tally")).status_code == status


async def test_too_many_wrong_passwords_for_one_name(browser: Open) -> None:
    official = await browser()
    for _ in range(PER_USERNAME + 2):
        assert (await official.log_in("auditor")).status_code == 303, "right passwords do not count"
    stranger = await browser(address="192.0.2.2")
    for _ in range(PER_USERNAME):
        assert (await stranger.log_in("auditor", "wrong")).status_code == 401
    refused = await stranger.log_in("auditor")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 300
    assert "phút" in refused.text
    assert (await stranger.log_in("front")).status_code == 303


async def test_too_many_wrong_passwords_from_one_address(browser: Open) -> None:
    stranger = await browser(address="192.0.2.3")
    for number in range(PER_ADDRESS):
        assert (await stranger.log_in(f"name{number}", "wrong")).status_code == 401
    assert (await stranger.log_in("front")).status_code == 429
    assert (await (await browser(address="192.0.2.4")).log_in("front")).status_code == 303
