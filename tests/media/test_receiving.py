"""Fetched once, looked at, kept or refused with a word to the resident; whatever dies on the way."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversations.incoming import Incoming, begin_conversation, receive
from bot.conversations.models import Message
from bot.db import unit_of_work
from bot.media import fetching, service
from bot.media.fetching import NotNow
from bot.media.jobs import sweep, tidy
from bot.media.models import Media
from bot.media.receiving import ORPHANS_AFTER, PATIENCE, Receiving, TryLater
from bot.media.service import Brought, expect
from tests.conversations.town import MORNING, Clock, heard
from tests.media import made
from tests.media.conftest import LIMITS, Platform, media_with, stored

LATER = datetime.now(UTC) + ORPHANS_AFTER * 2


class Died(BaseException):
    """Stands for kill -9."""


@pytest.fixture
async def zalo_talk(town: AsyncEngine) -> UUID:
    async with unit_of_work(town) as session:
        return await begin_conversation(session, "zalo", str(uuid4()), MORNING)


async def sent(town: AsyncEngine, talk: UUID, *brought: Brought, words: str = "") -> list[UUID]:
    """A message of a platform that brings something; the ids of what it brings."""
    async with unit_of_work(town) as session:
        incoming = Incoming("zalo", str(uuid4()), words, {})
        message = await receive(session, talk, incoming, MORNING)
        return [media.id for media in await expect(session, message, brought, LIMITS, MORNING)]


def at(platform: Platform, path: str, content: bytes, kind: str = "photo", **more: object) -> Brought:
    platform.files[path] = content
    return Brought(kind, f"{platform.url}{path}", **more)  # type: ignore[arg-type]


async def told(town: AsyncEngine, talk: UUID) -> list[str]:
    return [message.text or "" for message in await heard(town, talk)]


async def test_a_photo_is_fetched_once_and_its_address_forgotten(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, tmp_path: Path
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.photo_with_place()))
    await receiving.receive(photo)
    await receiving.receive(photo)  # a second job finds nothing to do
    row = await media_with(town, photo)
    assert (row.state, row.kind, row.media_type, row.reference) == ("kept", "photo", "image/jpeg", None)
    assert (row.width, row.height, row.size) == (400, 600, len(made.photo_with_place()))
    assert platform.asked == ["/a"]
    keys = {row.original_key, row.shown_key, row.thumbnail_key}
    assert {path.name for path in stored(tmp_path)} == keys
    assert row.original_key
    assert receiving.storage.open(row.original_key) == made.photo_with_place()  # sealed, as it came
    assert await told(town, zalo_talk) == []


@pytest.mark.parametrize(
    ("content", "kind", "reason", "sentence"),
    [
        (made.PAGE, "photo", "kind", "kênh này nhận ảnh"),
        (b"", "voice", "empty", "tệp rỗng"),
        (made.bomb(), "photo", "too_many_pixels", "ảnh quá lớn"),
        (made.picture("PNG")[:100], "photo", "broken", "không mở được"),
        (bytes(2_000_001), "file", "too_large", "quá 2 MB"),
    ],
)
async def test_what_cannot_be_taken_is_told_and_nothing_is_stored(
    town: AsyncEngine,
    zalo_talk: UUID,
    receiving: Receiving,
    platform: Platform,
    tmp_path: Path,
    content: bytes,
    kind: str,
    reason: str,
    sentence: str,
) -> None:
    (media,) = await sent(town, zalo_talk, at(platform, "/x", content, kind), words="đường vào bản hỏng")
    await receiving.receive(media)
    row = await media_with(town, media)
    assert (row.state, row.reason, row.reference, row.shown_key) == ("refused", reason, None, None)
    (words,) = await told(town, zalo_talk)
    assert sentence in words
    assert "Lời bác nhắn vẫn được giữ." in words
    assert stored(tmp_path) == []


@pytest.mark.parametrize("status", [404, 403, 410])
async def test_what_is_gone_is_told(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, status: int
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.picture()))
    platform.faults = [(status, {})]
    await receiving.receive(photo)
    assert (await media_with(town, photo)).reason == "unreachable"


async def test_no_redirection_is_followed(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.picture()))
    at(platform, "/inside", b"secret")
    platform.faults = [(302, {"location": f"{platform.url}/inside"})]
    await receiving.receive(photo)
    assert platform.asked == ["/a"]
    assert (await media_with(town, photo)).reason == "unreachable"


async def test_another_host_is_not_even_asked(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform
) -> None:
    port = platform.url.rsplit(":", 1)[1]
    (photo,) = await sent(town, zalo_talk, Brought("photo", f"http://localhost:{port}/a"))
    await receiving.receive(photo)
    assert platform.asked == []
    assert (await media_with(town, photo)).reason == "unreachable"


@pytest.mark.parametrize("status", [429, 500, 503])
async def test_a_platform_in_trouble_is_asked_again(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, clock: Clock, status: int
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.picture()))
    platform.faults = [(status, {})]
    with pytest.raises(TryLater):
        await receiving.receive(photo)
    assert (await media_with(town, photo)).state == "waiting"
    await receiving.receive(photo)
    assert (await media_with(town, photo)).state == "kept"


async def test_after_half_an_hour_the_resident_is_told(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, clock: Clock
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.picture()))
    platform.faults = [(500, {})]
    clock.pass_by(seconds=PATIENCE.total_seconds() + 1)
    await receiving.receive(photo)
    assert (await media_with(town, photo)).reason == "unreachable"
    assert ["chưa lấy được ảnh" in words for words in await told(town, zalo_talk)] == [True]


async def test_killed_between_file_and_row_nothing_is_lost_and_nothing_lies_about(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, tmp_path: Path
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.picture()))

    def die(step: str) -> None:
        raise Died

    with pytest.raises(Died):
        await replace(receiving, at_step=die).receive(photo)
    assert (await media_with(town, photo)).shown_key is None  # no page can name what lies there
    assert len(stored(tmp_path)) == 3
    await receiving.receive(photo)
    row = await media_with(town, photo)
    assert row.state == "kept"
    assert await receiving.delete_orphans(LATER) == 3
    assert {path.name for path in stored(tmp_path)} == {row.original_key, row.shown_key, row.thumbnail_key}


async def test_young_files_are_no_orphans_yet(receiving: Receiving, tmp_path: Path) -> None:
    receiving.storage.put(b"its row is about to be committed")
    assert await receiving.delete_orphans(datetime.now(UTC)) == 0


async def test_two_workers_keep_one_set_of_files(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, tmp_path: Path
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.picture()))
    await asyncio.gather(receiving.receive(photo), receiving.receive(photo))
    await receiving.delete_orphans(LATER)
    assert len(stored(tmp_path)) == 3


@pytest.mark.parametrize(
    ("content", "words", "known_by"),
    [
        (made.card_photo(), "", "code"),
        (made.picture(), "CCCD của tôi", "caption"),
        (made.picture(), "đường hỏng", None),
    ],
)
async def test_a_card_nobody_asked_for_is_hidden_and_told(
    town: AsyncEngine,
    zalo_talk: UUID,
    receiving: Receiving,
    platform: Platform,
    content: bytes,
    words: str,
    known_by: str | None,
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", content), words=words)
    await receiving.receive(photo)
    assert (await media_with(town, photo)).hidden_as == known_by
    assert [line.startswith("Ảnh bác vừa gửi là giấy tờ tùy thân") for line in await told(town, zalo_talk)] == (
        [True] if known_by else []
    )


async def test_hidden_cards_are_erased_after_a_day(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, tmp_path: Path
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.card_photo()))
    await receiving.receive(photo)
    await tidy(receiving, MORNING + timedelta(hours=23))
    assert (await media_with(town, photo)).state == "kept"
    await tidy(receiving, MORNING + timedelta(hours=25))
    row = await media_with(town, photo)
    assert (row.state, row.original_key, row.shown_key, row.thumbnail_key) == ("erased", None, None, None)
    await receiving.delete_orphans(LATER)
    assert stored(tmp_path) == []


async def test_two_sides_of_a_card_are_told_once(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform
) -> None:
    sides = [at(platform, f"/{n}", made.picture(colour=c)) for n, c in enumerate(("red", "blue"))]
    for side in await sent(town, zalo_talk, *sides, words="cccd hai mặt"):
        await receiving.receive(side)
    assert len(await told(town, zalo_talk)) == 1


async def test_a_day_has_its_limits(town: AsyncEngine, zalo_talk: UUID, platform: Platform) -> None:
    photo = at(platform, "/a", made.picture())
    rows = await sent(town, zalo_talk, *[photo] * 7)  # six a day
    assert [(await media_with(town, row)).state for row in rows] == ["waiting"] * 6 + ["refused"]
    assert ["Hôm nay bác đã gửi nhiều tệp" in words for words in await told(town, zalo_talk)] == [True]


async def test_what_is_said_to_be_too_large_is_not_fetched(
    town: AsyncEngine, zalo_talk: UUID, platform: Platform
) -> None:
    (film,) = await sent(town, zalo_talk, at(platform, "/a", made.mp4(), "video", size=30_000_000))
    assert (await media_with(town, film)).reason == "too_large"


async def test_a_location_is_kept_at_once(town: AsyncEngine, zalo_talk: UUID) -> None:
    (place,) = await sent(town, zalo_talk, Brought("location", latitude=21.0285, longitude=105.8542))
    row = await media_with(town, place)
    assert (row.state, row.latitude, row.longitude) == ("kept", 21.0285, 105.8542)


async def test_erasing_a_conversation_takes_rows_words_and_files(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, tmp_path: Path
) -> None:
    ids = await sent(
        town,
        zalo_talk,
        at(platform, "/a", made.picture(), name="nhà tôi.jpg"),
        Brought("location", latitude=21.0, longitude=105.0),
    )
    await receiving.receive(ids[0])
    async with unit_of_work(town) as session:
        assert await service.erase(session, Media.conversation_id == zalo_talk) == 2
    await receiving.delete_orphans(LATER)
    assert stored(tmp_path) == []
    for media in ids:
        row = await media_with(town, media)
        assert (row.state, row.name, row.latitude, row.digest) == ("erased", None, None, None)


async def test_what_came_with_a_denunciation_goes_with_it(
    town: AsyncEngine, zalo_talk: UUID, receiving: Receiving, platform: Platform, tmp_path: Path
) -> None:
    (photo,) = await sent(town, zalo_talk, at(platform, "/a", made.picture()), words="chủ tịch xã ăn tiền")
    await receiving.receive(photo)
    row = await media_with(town, photo)
    async with unit_of_work(town) as session:
        message = await session.get_one(Message, row.message_id)
        message.text, message.sealed = None, True  # its hold is deleted already
    await sweep(receiving, MORNING)
    assert (await media_with(town, photo)).state == "erased"
    await receiving.delete_orphans(LATER)
    assert stored(tmp_path) == []


async def test_what_no_job_owns_is_queued_again(town: AsyncEngine, zalo_talk: UUID, receiving: Receiving) -> None:
    (photo,) = await sent(town, zalo_talk, Brought("photo", "http://x"))
    jobs = text("select count(*) from procrastinate_jobs where lock = :lock")

    async def queued() -> int:
        async with town.connect() as connection:
            return await connection.scalar(jobs, {"lock": f"media:{photo}"}) or 0

    assert await queued() == 1
    async with town.begin() as connection:
        await connection.execute(text("delete from procrastinate_jobs where lock = :l"), {"l": f"media:{photo}"})
    await sweep(receiving, MORNING + timedelta(seconds=5))
    assert await queued() == 0
    await sweep(receiving, MORNING + timedelta(seconds=60))
    await sweep(receiving, MORNING + timedelta(seconds=60))
    assert await queued() == 1


async def test_a_platform_that_drips_is_left_in_time(
    receiving: Receiving, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every byte comes soon enough after the one before; the whole would take ten times too long."""
    monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.2)
    platform.files["/a.jpg"], platform.part, platform.drip = bytes(40_000), 1_000, 0.05
    with pytest.raises(NotNow, match="slow"):
        await receiving.fetcher.fetch("zalo", f"{platform.url}/a.jpg", 1_000_000)
