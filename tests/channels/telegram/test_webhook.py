"""Updates over real HTTP: only with the secret, each counted once, an album as one message, edits not answered."""

import asyncio
import json
from itertools import count
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.inbox import Inbox
from bot.channels.telegram.starting import PATH
from bot.conversations.models import Button, Conversation, Message, RawEvent
from bot.conversations.turns import Turns
from bot.db import unit_of_work
from bot.media.models import Media
from tests.channels.telegram.conftest import Webhook
from tests.conversations.town import heard

_people, _numbers = count(70_000_001), count(1_000)
PHOTO = {"file_unique_id": "u", "width": 9, "height": 9, "file_size": 100}


class Person:
    """Somebody on Telegram."""

    def __init__(self) -> None:
        self.id = next(_people)
        self.chat = {"id": self.id, "type": "private", "first_name": "Mẫu"}
        self.who = {"id": self.id, "is_bot": False, "first_name": "Mẫu"}

    def message(self, number: int | None = None, **what: object) -> dict[str, object]:
        return {"message_id": number or next(_numbers), "from": self.who, "chat": self.chat, "date": 1763600400, **what}

    async def talk(self, town: AsyncEngine) -> Conversation:
        async with unit_of_work(town) as session:
            mine = Conversation.channel == "telegram", Conversation.external_user == str(self.id)
            return (await session.scalars(select(Conversation).where(*mine))).one()

    async def messages(self, town: AsyncEngine) -> list[Message]:
        talk = await self.talk(town)
        async with unit_of_work(town) as session:
            query = select(Message).where(Message.conversation_id == talk.id, Message.sender == "resident")
            return list(await session.scalars(query.order_by(Message.id)))


async def events(town: AsyncEngine) -> int:
    async with unit_of_work(town) as session:
        return await session.scalar(select(func.count()).select_from(RawEvent)) or 0


async def test_a_message_is_kept_and_answered(webhook: Webhook, town: AsyncEngine, turns: Turns) -> None:
    person = Person()
    assert (await webhook.bring(message=person.message(text="Xã công khai gì?"))).status_code == 200
    talk = await person.talk(town)
    await turns.answer_all(talk.id)
    assert [(m.text or "").split("\n")[0] for m in await heard(town, talk.id)] == ["Đã nghe: Xã công khai gì?"]


async def test_without_the_secret_nothing_is_taken(webhook: Webhook, town: AsyncEngine) -> None:
    before = await events(town)
    update = {"message": Person().message(text="tôi là Telegram đây")}
    assert (await webhook.bring(shown="wrong", **update)).status_code == 403
    assert (await webhook.bring(shown="", **update)).status_code == 403
    assert (await webhook.http.post(PATH, json={"update_id": 1, **update})).status_code == 403
    assert await events(town) == before


async def test_the_same_update_a_hundred_times_at_once_is_one_message(webhook: Webhook, town: AsyncEngine) -> None:
    person = Person()
    update = {"update_id": 987_654_321, "message": person.message(text="đường hỏng")}
    answers = await asyncio.gather(*(webhook.bring(**update) for _ in range(100)))
    assert {answer.status_code for answer in answers} == {200}
    assert [message.text for message in await person.messages(town)] == ["đường hỏng"]


async def test_ten_photos_of_an_album_are_one_message(webhook: Webhook, town: AsyncEngine) -> None:
    person = Person()
    parts = [
        person.message(
            photo=[{**PHOTO, "file_id": f"photo-{n}"}], media_group_id="77", **({} if n else {"caption": "Cầu gãy"})
        )
        for n in range(10)
    ]
    answers = await asyncio.gather(*(webhook.bring(message=part) for part in parts))
    assert {answer.status_code for answer in answers} == {200}
    (message,) = await person.messages(town)
    assert message.text == "Cầu gãy"
    async with unit_of_work(town) as session:
        kept = list(await session.scalars(select(Media).where(Media.message_id == message.id)))
    assert {media.reference for media in kept} == {f"photo-{n}" for n in range(10)}
    assert sorted(media.position for media in kept) == list(range(10))


async def test_a_pressed_button_is_a_message_and_is_acknowledged(webhook: Webhook, town: AsyncEngine) -> None:
    person = Person()
    await webhook.bring(message=person.message(text="alo"))
    talk = await person.talk(town)
    async with unit_of_work(town) as session:
        message = (await session.scalars(select(Message).where(Message.conversation_id == talk.id))).one()
        token = f"token-{talk.id}"
        session.add(
            Button(token=token, message_id=message.id, conversation_id=talk.id, position=0, label="Có", intent="affirm")
        )
    under = person.message(text="Chọn")
    press = {"id": f"query-{person.id}", "from": person.who, "message": under, "chat_instance": "1", "data": token}
    await webhook.bring(callback_query=press)
    assert [m.text for m in await person.messages(town)] == ["alo", "Có"]
    assert await jobs(town, "acknowledge") >= 1
    await webhook.bring(callback_query={**press, "id": "other", "data": "of somebody else"})
    assert (await heard(town, talk.id))[-1].text == (
        "Nút bác vừa bấm thuộc về việc đã xong. Bác cần gì, bác nhắn giúp tôi một câu."
    )


async def jobs(town: AsyncEngine, name: str) -> int:
    async with town.connect() as connection:
        query = text("select count(*) from procrastinate_jobs where task_name = :name")
        return await connection.scalar(query, {"name": name}) or 0


async def test_an_edit_before_the_answer_is_what_is_answered(webhook: Webhook, town: AsyncEngine) -> None:
    person = Person()
    await webhook.bring(message=person.message(41, text="đường hỏngg"))
    await webhook.bring(edited_message={**person.message(41, text="đường hỏng"), "edit_date": 1763600500})
    assert [(m.text, m.state) for m in await person.messages(town)] == [("đường hỏng", "queued")]


async def test_an_edit_after_the_answer_is_kept_and_not_answered(
    webhook: Webhook, town: AsyncEngine, turns: Turns
) -> None:
    person = Person()
    await webhook.bring(message=person.message(42, text="cầu hỏng"))
    talk = await person.talk(town)
    await turns.answer_all(talk.id)
    for words in ("cầu treo hỏng", "cầu treo hỏng"):  # told twice with the same words it is one edit
        await webhook.bring(update_id=777_000_042, edited_message={**person.message(42, text=words), "edit_date": 1})
    await turns.answer_all(talk.id)
    first, second = await person.messages(town)
    assert (first.text, second.text, second.body, second.state) == (
        "cầu hỏng",
        "cầu treo hỏng",
        {"edits": first.id},
        "done",
    )
    assert len(await heard(town, talk.id)) == 1


async def test_an_edit_of_sealed_words_is_not_kept(webhook: Webhook, town: AsyncEngine) -> None:
    person = Person()
    await webhook.bring(message=person.message(43, text="ông ấy ăn tiền"))
    async with unit_of_work(town) as session:
        (message,) = await person.messages(town)
        message = await session.get_one(Message, message.id)
        message.text, message.sealed, message.state = None, True, "done"
    await webhook.bring(edited_message={**person.message(43, text="ông Mẫu ăn tiền"), "edit_date": 1})
    assert [m.text for m in await person.messages(town)] == [None]
    async with town.connect() as connection:
        everything = await connection.scalars(text("select payload::text from raw_events where channel = 'telegram'"))
        assert not any("ông Mẫu ăn tiền" in payload for payload in everything)


async def test_blocked_and_back(webhook: Webhook, town: AsyncEngine) -> None:
    person = Person()
    await webhook.bring(message=person.message(text="alo"))

    def member(status: str) -> dict[str, object]:
        bot = {"id": 1, "is_bot": True, "first_name": "Tỉnh"}
        new = {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}
        old = {"user": bot, "status": "left"}
        return {"chat": person.chat, "from": person.who, "date": 1, "old_chat_member": old, "new_chat_member": new}

    await webhook.bring(my_chat_member=member("kicked"))
    assert (await person.talk(town)).unreachable_why == "blocked"
    await webhook.bring(my_chat_member=member("member"))
    assert (await person.talk(town)).unreachable_why is None


async def test_health_tells_and_readiness_does_not_wait_for_telegram(webhook: Webhook) -> None:
    """This copy's Telegram is where nobody listens: the page must be open all the same."""
    part = (await webhook.http.get("/health")).json()["parts"]["telegram"]
    assert part == {"status": "down", "detail": "unreachable from here: network, blocking or proxy"}
    assert "telegram" not in (await webhook.http.get("/ready")).json()["waiting_for"]


async def test_what_nobody_understands_is_kept(webhook: Webhook, town: AsyncEngine) -> None:
    before = await events(town)
    assert (await webhook.bring(something_of_tomorrow={"a": 1})).status_code == 200
    assert (await webhook.bring(message="no message")).status_code == 200
    assert await events(town) == before + 2


async def test_a_start_with_a_code_links(webhook: Webhook, town: AsyncEngine, turns: Turns, talk: UUID) -> None:
    """The address that the web page shows with a code opens Telegram with the code typed."""
    from tests.conversations.town import say

    await say(town, talk, "liên kết")
    await turns.answer_all(talk)
    code = ((await heard(town, talk))[-1].text or "").split("\n")[0].rpartition(" ")[2].replace("-", "")
    person = Person()
    await webhook.bring(message=person.message(text=f"/start {code}"))
    phone = await person.talk(town)
    await turns.answer_all(phone.id)
    assert ((await heard(town, phone.id))[-1].text or "").startswith("Bác muốn nối cuộc trò chuyện này với trang web")


async def test_what_is_fetched_goes_the_same_way(inbox: Inbox, town: AsyncEngine) -> None:
    person = Person()
    update = {"update_id": 800_000_001, "message": person.message(text="alo")}
    for _ in range(2):
        await inbox.accept("telegram", json.dumps(update).encode())
    assert [m.text for m in await person.messages(town)] == ["alo"]
