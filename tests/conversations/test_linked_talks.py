"""Two conversations of one resident through the worker: linked without the dialogue engine, told on one of them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversations import notices
from bot.conversations.incoming import begin_conversation
from bot.conversations.models import Conversation
from bot.conversations.replies import Reply
from bot.conversations.service import hand_over
from bot.conversations.turns import Turns
from bot.db import unit_of_work
from tests.conversations.stand_in import StandIn
from tests.conversations.town import MORNING, heard, press, say


async def a_phone(town: AsyncEngine) -> UUID:
    async with unit_of_work(town) as session:
        return await begin_conversation(session, "telegram", str(uuid4()), MORNING)


async def words_of(town: AsyncEngine, talk: UUID) -> list[str]:
    return [(m.text or "").split("\n")[0] for m in await heard(town, talk)]


async def linked(turns: Turns, town: AsyncEngine, web: UUID) -> UUID:
    """A phone that the resident of ``web`` linked."""
    phone = await a_phone(town)
    await say(town, web, "liên kết")
    await turns.answer_all(web)
    code = (await words_of(town, web))[-1].rpartition(" ")[2]
    await say(town, phone, code)
    await turns.answer_all(phone)
    await press(town, phone, "Nối hai kênh")
    await turns.answer_all(phone)
    return phone


async def test_linking_needs_no_dialogue_engine(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    phone = await linked(turns, town, talk)
    assert engine_stand_in.heard == []
    assert (await words_of(town, phone))[-1].startswith("Đã nối với trang web.")
    assert (await words_of(town, talk))[-1].startswith("Lúc 08:30 ngày 20/11, cuộc trò chuyện này được nối")


async def test_a_notice_of_the_page_goes_to_the_phone(turns: Turns, town: AsyncEngine, talk: UUID) -> None:
    phone = await linked(turns, town, talk)
    evening = datetime(2026, 11, 20, 12, tzinfo=UTC)
    async with unit_of_work(town) as session:
        began = await session.get_one(Conversation, talk)
        await notices.tell(session, began, "case", Reply("status", "Phiếu có tin mới."), evening)
    assert (await words_of(town, phone))[-1] == "Phiếu có tin mới."
    assert "Phiếu có tin mới." not in await words_of(town, talk)


async def test_a_code_is_taken_while_an_official_owns_the_talk(turns: Turns, town: AsyncEngine, talk: UUID) -> None:
    phone = await a_phone(town)
    asked = await say(town, phone, "gặp cán bộ")
    await turns.answer_all(phone)
    async with unit_of_work(town) as session:
        await hand_over(session, asked, "asked", MORNING)
    await say(town, talk, "liên kết")
    await turns.answer_all(talk)
    await say(town, phone, (await words_of(town, talk))[-1].rpartition(" ")[2])
    await turns.answer_all(phone)
    assert (await words_of(town, phone))[-1].startswith("Bác muốn nối cuộc trò chuyện này với trang web")


async def test_what_reached_nobody_is_told_after_the_next_answer(turns: Turns, town: AsyncEngine, talk: UUID) -> None:
    async with unit_of_work(town) as session:
        began = await session.get_one(Conversation, talk)
        notice = await notices.tell(session, began, "case", Reply("status", "Phiếu có tin mới."), MORNING)
        notice.state, notice.payload = "unreachable", {"kind": "status", "text": "Phiếu có tin chưa tới."}
    await say(town, talk, "xã công khai gì")
    await turns.answer_all(talk)
    assert (await words_of(town, talk))[1:] == ["Đã nghe: xã công khai gì", "Phiếu có tin chưa tới."]
