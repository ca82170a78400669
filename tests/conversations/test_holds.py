"""Sealed words: out of every row that a page, search or export reads, and back whole when it was no denunciation."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations import holds
from bot.conversations.incoming import Incoming, receive
from bot.conversations.models import GuidanceGiven, Message, RawEvent, SealedHold
from bot.conversations.replies import Reply
from bot.conversations.sealings import SealingRecord
from bot.officials.models import Official
from tests.conversations.town import MORNING, said

MARKER = "GACUOI"
"""Said in this file only: other tests leave sealed words in the same town."""
WORDS = f"ông chủ tịch ăn chặn {MARKER}"


async def tables_with(session: AsyncSession, marker: str) -> set[str]:
    """Every table of the database in which some row holds the marker."""
    names = await session.scalars(text("select tablename from pg_tables where schemaname = 'public'"))
    found = set()
    for name in names:
        rows = text(f'select exists (select from "{name}" t where t::text like :like)')
        if await session.scalar(rows, {"like": f"%{marker}%"}):
            found.add(name)
    return found


async def test_sealed_words_lie_in_the_hold_and_nowhere_else(visit: AsyncSession) -> None:
    message = await said(visit, WORDS)
    assert await tables_with(visit, MARKER) == {"messages", "raw_events"}
    await holds.seal(visit, message.id, MORNING, origin="bot", reply=Reply("guidance", "Kênh này không nhận."))
    await visit.flush()
    assert await tables_with(visit, MARKER) == {"sealed_holds"}
    assert message.prepared is not None
    assert await holds.confirm(visit, message.conversation_id)
    assert await tables_with(visit, MARKER) == set()


async def test_sealing_twice_is_once(visit: AsyncSession) -> None:
    message = await said(visit, WORDS)
    for _ in range(2):
        await holds.seal(visit, message.id, MORNING, origin="bot")
    query = select(func.count()).select_from(SealedHold).where(SealedHold.message_id == message.id)
    assert await visit.scalar(query) == 1
    given = select(GuidanceGiven.kind).where(GuidanceGiven.message_id == message.id)
    assert (await visit.scalars(given)).all() == ["denunciation"]


async def test_released_the_words_are_back_whole_and_no_guidance_is_counted(visit: AsyncSession) -> None:
    message = await said(visit, WORDS)
    await holds.seal(visit, message.id, MORNING, origin="bot")
    hold = await holds.release(visit, message.conversation_id)
    assert hold is not None
    await visit.flush()
    assert (message.text, message.sealed) == (WORDS, False)
    event = (await visit.scalars(select(RawEvent).where(RawEvent.external_id == message.client_id))).one()
    assert event.payload == {"text": WORDS}
    assert await visit.scalar(select(GuidanceGiven).where(GuidanceGiven.message_id == message.id)) is None
    assert await holds.release(visit, message.conversation_id) is None


async def test_the_same_message_sent_again_stays_sealed(visit: AsyncSession) -> None:
    message = await said(visit, WORDS)
    await holds.seal(visit, message.id, MORNING, origin="bot")
    await visit.flush()
    again = Incoming("web", str(message.client_id), WORDS, {"text": WORDS})
    assert (await receive(visit, message.conversation_id, again, MORNING)).text is None
    assert await tables_with(visit, MARKER) == {"sealed_holds"}


async def test_yes_deletes_every_hold_of_the_conversation(visit: AsyncSession) -> None:
    first = await said(visit, WORDS)
    talk = first.conversation_id
    second = await receive(visit, talk, Incoming("web", str(uuid4()), WORDS, {}), MORNING)
    for message in (first, second):
        await holds.seal(visit, message.id, MORNING, origin="bot")
    assert await holds.confirm(visit, talk)
    assert not await holds.confirm(visit, talk)
    assert await tables_with(visit, MARKER) == set()


async def test_a_hold_ends_by_itself(visit: AsyncSession) -> None:
    message = await said(visit, WORDS)
    await holds.seal(visit, message.id, MORNING, origin="bot")
    await holds.delete_expired(visit, MORNING + timedelta(hours=24), 24)
    assert await holds.open_hold(visit, message.conversation_id) is not None
    assert await holds.delete_expired(visit, MORNING + timedelta(hours=24, seconds=1), 24) >= 1
    assert await holds.open_hold(visit, message.conversation_id) is None


async def test_an_official_seals_and_the_resident_is_told(visit: AsyncSession) -> None:
    message, staff = await said(visit, WORDS), await _official(visit)
    await holds.seal_by_official(visit, message.id, staff, MORNING)
    await visit.flush()
    assert await tables_with(visit, MARKER) == {"sealed_holds"}
    told = select(Message).where(Message.conversation_id == message.conversation_id, Message.sender == "bot")
    assert [m.kind for m in await visit.scalars(told)] == ["guidance"]


async def test_an_official_presses_the_button_twice(visit: AsyncSession) -> None:
    message, staff = await said(visit, WORDS), await _official(visit)
    for _ in range(2):
        await holds.seal_by_official(visit, message.id, staff, MORNING)
    told = select(Message).where(Message.conversation_id == message.conversation_id, Message.sender == "bot")
    assert len((await visit.scalars(told)).all()) == 1
    assert len(await _recorded(visit, message)) == 1


async def test_sealing_leaves_a_record_without_words(visit: AsyncSession) -> None:
    message, staff = await said(visit, WORDS), await _official(visit)
    await holds.seal_by_official(visit, message.id, staff, MORNING)
    (line,) = await _recorded(visit, message)
    assert (line.official_id, line.office_id) == (staff.id, staff.office_id)
    assert (line.at, line.guided_at, line.taken_back) == (MORNING, MORNING, False)
    given = select(GuidanceGiven.kind).where(GuidanceGiven.message_id == message.id)
    assert await visit.scalar(given) == "denunciation", "the tally counts it"


async def test_the_record_says_that_the_words_were_taken_back(visit: AsyncSession) -> None:
    message, staff = await said(visit, WORDS), await _official(visit)
    await holds.seal_by_official(visit, message.id, staff, MORNING)
    await holds.release(visit, message.conversation_id)
    (line,) = await _recorded(visit, message)
    await visit.refresh(line)
    assert line.taken_back


async def test_what_the_bot_seals_is_no_officials_doing(visit: AsyncSession) -> None:
    message = await said(visit, WORDS)
    await holds.seal(visit, message.id, MORNING, origin="bot")
    assert await _recorded(visit, message) == []


async def _official(session: AsyncSession) -> Official:
    return (await session.scalars(select(Official).where(Official.role == "commune_staff").limit(1))).one()


async def _recorded(session: AsyncSession, message: Message) -> list[SealingRecord]:
    lines = await session.scalars(select(SealingRecord).where(SealingRecord.message_id == message.id))
    return list(lines)
