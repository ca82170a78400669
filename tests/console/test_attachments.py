"""What residents sent: seen through a talk or a case, hidden with one button, opened as it came by an auditor alone."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from litestar import Litestar
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cases.models import CaseAttachment
from bot.conversations.models import Message, SealedHold
from bot.db import unit_of_work
from bot.media.models import Media, OriginalOpened
from bot.media.storage import Files
from tests.console.conftest import Open
from tests.media import made as files
from tests.tallies.made_up import NOON, MadeUp

ROLES = (
    "commune_staff",
    "commune_leader",
    "province_department",
    "province_coordinator",
    "front",
    "knowledge_editor",
    "auditor",
    "administrator",
    "staff2",
)
WITHOUT = {"front", "knowledge_editor", "auditor", "administrator"}
"""Roles that open no attachment of anything."""


@pytest.fixture(autouse=True)
def folder(web: Litestar, tmp_path: Path) -> Any:
    kept = web.state.settings
    web.state.settings = kept.model_copy(update={"data_dir": tmp_path})
    yield tmp_path
    web.state.settings = kept


async def sent(
    engine: AsyncEngine, made: MadeUp, folder: Path, *, with_case: dict[str, Any] | None = None, **talk: Any
) -> Media:
    """A photo in a talk, attached to a case where one is wanted."""
    storage = Files(folder)
    async with unit_of_work(engine) as session:
        conversation = await made.talk(session, **talk)
        message = await made.message(session, conversation, "", body={"carried": ["photo"]})
        media = Media(
            id=uuid4(),
            conversation_id=conversation.id,
            message_id=message.id,
            kind="photo",
            state="kept",
            name="đường hỏng.png",
            media_type="image/jpeg",
            size=12_000,
            original_key=storage.put(files.photo_with_place()),
            shown_key=storage.put(files.picture()),
            thumbnail_key=storage.put(files.picture(size=(48, 36))),
            received_at=NOON,
        )
        session.add(media)
        await session.flush()
        if with_case is not None:
            case = await made.case(session, conversation, **with_case)
            session.add(CaseAttachment(media_id=media.id, case_id=case.id, at=NOON))
    return media


async def statuses(browser: Open, media_id: UUID) -> dict[str, int]:
    found = {}
    for role in ROLES:
        official = await browser(role)
        answers = [await official.get(f"/console/media/{media_id}{part}") for part in ("", "/thumbnail")]
        (found[role],) = {answer.status_code for answer in answers}
    return found


def seen_only_by(*roles: str) -> dict[str, int]:
    return {role: 200 if role in roles else 403 if role in WITHOUT else 404 for role in ROLES}


async def test_in_a_talk_whoever_sees_the_talk(browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path) -> None:
    media = await sent(engine, made, folder)
    assert await statuses(browser, media.id) == seen_only_by("commune_staff", "commune_leader", "province_coordinator")
    stranger = await browser()
    assert (await stranger.get(f"/console/media/{media.id}")).status_code == 303


async def test_once_the_bot_answers_again_nobody(
    browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path
) -> None:
    media = await sent(engine, made, folder, owner="bot", office_id=None)
    assert await statuses(browser, media.id) == seen_only_by()


async def test_in_a_case_whoever_sees_the_case(browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path) -> None:
    case = {"office_id": made.offices["second"].id}
    media = await sent(engine, made, folder, with_case=case, owner="bot", office_id=None)
    assert await statuses(browser, media.id) == seen_only_by("staff2", "province_coordinator")


async def test_of_an_anonymous_case_through_the_case_alone(
    browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path
) -> None:
    case = {"office_id": made.offices["second"].id, "visibility": "nobody"}
    media = await sent(engine, made, folder, with_case=case)
    found = await statuses(browser, media.id)
    assert (found["staff2"], found["commune_staff"]) == (200, 404)  # the talk's office must not match the two
    page = (await (await browser("commune_staff")).get(f"/console/conversations/{media.conversation_id}")).text
    assert str(media.id) not in page


async def test_what_was_sealed_is_seen_by_nobody(
    browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path
) -> None:
    media = await sent(engine, made, folder, with_case={})
    async with unit_of_work(engine) as session:
        message = await session.get_one(Message, media.message_id)
        message.sealed, message.text = True, None
        session.add(
            SealedHold(
                message_id=message.id,
                conversation_id=media.conversation_id,
                text="",
                payload={},
                origin="official",
                sealed_at=NOON,
            )
        )
    assert await statuses(browser, media.id) == seen_only_by()


async def test_the_talk_shows_it_and_a_browser_may_run_nothing(
    browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path
) -> None:
    media = await sent(engine, made, folder)
    staff = await browser("commune_staff")
    page = (await staff.get(f"/console/conversations/{media.conversation_id}")).text
    assert f'src="/console/media/{media.id}/thumbnail"' in page
    assert "đường hỏng.jpg" in page
    found = await staff.get(f"/console/media/{media.id}")
    assert found.content == files.picture()  # never what came
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["content-security-policy"].startswith("sandbox")
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["content-disposition"].startswith("inline")


async def test_a_card_is_hidden_with_one_button(browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path) -> None:
    media = await sent(engine, made, folder)
    back = f"/console/conversations/{media.conversation_id}"
    stranger = await browser("staff2")
    assert (await stranger.post(f"/console/media/{media.id}/identity", back=back)).status_code == 404
    staff = await browser("commune_staff")
    for wanted, where in ((back, back), ("https://evil.example/", "/console")):
        hidden = await staff.post(f"/console/media/{media.id}/identity", back=wanted)
        assert hidden.status_code in (303, 404)
        if hidden.status_code == 303:
            assert hidden.headers["location"] == where
    assert await statuses(browser, media.id) == seen_only_by()
    page = (await staff.get(back)).text
    assert "giấy tờ tùy thân, đã cất đi" in page
    async with unit_of_work(engine) as session:
        row = await session.get_one(Media, media.id)
        assert (row.hidden_as, row.hidden_by) == ("official", made.officials["commune_staff"].id)
        told = await session.scalars(select(Message.text).where(Message.sender == "bot"))
        assert ["không cần giấy tờ tùy thân" in (words or "") for words in told] == [True]


async def test_the_original_is_opened_by_an_auditor_with_a_reason_that_stays(
    browser: Open, made: MadeUp, engine: AsyncEngine, folder: Path
) -> None:
    media = await sent(engine, made, folder)
    assert (await (await browser("commune_leader")).get("/console/originals")).status_code == 403
    auditor = await browser("auditor")
    reason = "Xác minh ảnh theo công văn số thử"
    for code, why in (("x", reason), (str(media.id), "vì"), (str(uuid4()), reason)):
        assert (await auditor.post("/console/originals", media=code, reason=why)).status_code == 422
    found = await auditor.post("/console/originals", media=str(media.id), reason=reason)
    assert (found.status_code, found.content) == (200, files.photo_with_place())
    assert found.headers["content-disposition"].startswith("attachment")
    async with unit_of_work(engine) as session:
        (opened,) = (await session.scalars(select(OriginalOpened))).all()
    assert (opened.media_id, opened.official_id, opened.reason) == (
        media.id,
        made.officials["auditor"].id,
        reason,
    )
    assert reason in (await auditor.get("/console/originals")).text
