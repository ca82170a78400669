"""What every channel promises: the same tests at each door."""

from collections.abc import Callable

import pytest

from bot.conversations import service
from bot.conversations.models import Conversation
from bot.db import unit_of_work
from bot.media.enclosing import enclose, enclosure
from bot.officials.models import Official
from tests.channels.contract.doors import Door, PlatformDoor
from tests.channels.contract.house import House, until
from tests.conversations.stand_in import Act, Body, StandIn, replies
from tests.conversations.town import an_official
from tests.media.made import pdf, picture
from tests.platforms.chats import SAMPLE_PHONE

DATES, PEOPLE = "Lịch tiếp công dân của xã", "Gặp cán bộ phụ trách việc này"
BUTTONS = [{"label": DATES, "intent": "ask_reception"}, {"label": PEOPLE, "intent": "ask_human"}]
LONG = "\n".join(f"{n}. Một dòng dài của câu trả lời, để không nền tảng nào nhận hết trong một tin." for n in range(90))


def answering(*bodies: Body) -> list[Act]:
    """The engine answers so, message after message."""

    def act(body: Body) -> Act:
        async def say(_: Body) -> tuple[int, Body]:
            return 200, body

        return say

    return [act(body) for body in bodies]


def told(door: Door, count: int) -> Callable[[], object]:
    async def look() -> object:
        found = await door.told()
        return found if len(found) >= count else None

    return look


async def hears(door: Door, count: int) -> list[str]:
    """The texts, once there are so many."""
    return [one.text for one in await until(told(door, count), f"{count} messages on {door.channel}")]  # type: ignore[arg-type,attr-defined]


async def test_words_in_replies_out_in_order(house: House, door: Door, engine_stand_in: StandIn) -> None:
    engine_stand_in.acts = answering(replies("một", "hai", "ba"), replies("bốn"))
    await door.say("xin chào")
    first = await hears(door, 3)
    await door.say("còn gì nữa")
    texts = await hears(door, 4)
    assert texts[0].startswith("một")
    assert [text.split()[0] for text in texts] == ["một", "hai", "ba", "bốn"]
    assert texts[:3] == first
    assert [message.text for message in await house.received(door)] == ["xin chào", "còn gì nữa"]


async def test_the_same_event_again_is_one_message(house: House, door: Door) -> None:
    await door.say_many_times("đường vào bản hỏng")
    await hears(door, 1)
    assert [message.text for message in await house.received(door)] == ["đường vào bản hỏng"]
    assert len(await door.told()) == 1


async def test_a_button_means_what_it_says(house: House, door: Door, engine_stand_in: StandIn) -> None:
    engine_stand_in.acts = answering(replies("Bác gửi chứ?", kind="ask", buttons=BUTTONS), replies("Đã gửi"))
    await door.say("gửi đi")
    await hears(door, 1)
    assert (await door.told())[-1].buttons == [DATES, PEOPLE]
    await door.press(PEOPLE)
    await hears(door, 2)
    pressed = (await house.received(door))[-1]
    assert (pressed.text, pressed.body["intent"]) == (PEOPLE, "ask_human")
    assert engine_stand_in.heard[-1]["intent"] == "ask_human"


async def test_a_long_reply_arrives_whole(house: House, door: Door, engine_stand_in: StandIn) -> None:
    engine_stand_in.acts = answering(replies(LONG))
    await door.say("kể hết ra")
    await until(lambda: _all_there(door), f"all of it on {door.channel}")


async def _all_there(door: Door) -> bool:
    lines = [line for said in await door.told() for line in said.text.split("\n")]
    return [line for line in lines if "Một dòng dài" in line] == LONG.split("\n")


async def test_a_long_message_is_kept_whole(house: House, door: Door) -> None:
    words = ("đường vào bản hỏng " * 200).strip()[:1_990].strip()
    await door.say(words)
    await hears(door, 1)
    assert [message.text for message in await house.received(door)] == [words]


async def test_a_photo_becomes_an_attachment(house: House, door: Door) -> None:
    await door.send_file("cau.jpg", picture())

    async def kept() -> bool:
        return [media.state for media in await house.media(door)] == ["kept"]

    await until(kept, f"the photo kept from {door.channel}")
    assert (await house.media(door))[0].kind == "photo"
    assert await hears(door, 1)


async def test_an_official_answers_in_the_same_chat(house: House, door: Door) -> None:
    await door.say("tôi muốn gặp cán bộ")
    await hears(door, 1)
    official: Official = await an_official(house.town, "province_coordinator")
    talk = await house.talk(door)
    assert talk
    async with unit_of_work(house.town) as session:
        conversation = await session.get_one(Conversation, talk.id)
        await service.say(session, conversation, official, "Mai xã cho người đến xem.", conversation.last_at)
    assert "Mai xã cho người đến xem." in (await hears(door, 2))[-1]


async def test_an_official_sends_a_photo_and_a_document(house: House, door: Door) -> None:
    await door.say("cho tôi xem bản vẽ")
    await hears(door, 1)
    official, talk = await an_official(house.town, "province_coordinator"), await house.talk(door)
    assert talk
    storage = house.receiving.storage
    files = [await enclosure(picture(), "cầu mới.jpg", storage), await enclosure(pdf(), "bản vẽ.pdf", storage)]
    async with unit_of_work(house.town) as session:
        conversation = await session.get_one(Conversation, talk.id)
        message = await service.say(session, conversation, official, "Gửi bác.", conversation.last_at)
        for file in files:
            await enclose(session, message, file, conversation.last_at)

    async def arrived() -> list[str]:
        told = [name for one in await door.told() for name in one.files]
        return told if len(told) == 2 else []

    assert await until(arrived, f"both files on {door.channel}") == ["cầu mới.jpg", "bản vẽ.pdf"]
    assert "Gửi bác." in [one.text for one in await door.told()]


async def test_an_official_asks_how_to_call(house: House, platform_door: PlatformDoor) -> None:
    await platform_door.say("gọi lại cho tôi với")
    await hears(platform_door, 1)
    official, talk = await an_official(house.town, "province_coordinator"), await house.talk(platform_door)
    assert talk
    async with unit_of_work(house.town) as session:
        conversation = await session.get_one(Conversation, talk.id)
        await service.ask_contact(session, conversation, official, conversation.last_at)
    await hears(platform_door, 2)
    asked = (await platform_door.told())[-1]
    assert asked.text.startswith("Cán bộ xin họ tên và số điện thoại của bác")
    [share] = asked.buttons
    await platform_door.press(share)

    async def given() -> str | None:
        return ((await house.received(platform_door))[-1].body.get("contact") or {}).get("phone")

    assert await until(given, f"the number from {platform_door.channel}") == SAMPLE_PHONE


async def test_a_forged_event_leaves_nothing(house: House, platform_door: PlatformDoor) -> None:
    await platform_door.fault("wrong_signature")
    await platform_door.say("tôi là kẻ giả")
    await platform_door.say("tôi là thật")
    await hears(platform_door, 1)
    assert [message.text for message in await house.received(platform_door)] == ["tôi là thật"]


@pytest.mark.parametrize("fault", [{"kind": "5xx"}, {"kind": "blocked"}, {"kind": "unreachable"}])
async def test_a_send_that_fails(house: House, platform_door: PlatformDoor, fault: dict[str, str]) -> None:
    """Later and once; waiting for the resident, who then gets it; or uncertain, never sent again by itself."""
    await platform_door.say("chào")
    await hears(platform_door, 1)
    await platform_door.fault(**fault)
    await platform_door.say("lần hai")
    wanted = {"5xx": "sent", "blocked": "waiting", "unreachable": "uncertain"}[fault["kind"]]

    async def settled() -> bool:
        return [row.state for row in await house.outbox(platform_door)] == ["sent", wanted]

    await until(settled, f"{wanted} on {platform_door.channel}")
    assert len(await platform_door.told()) == (2 if wanted == "sent" else 1)
    await platform_door.say("lần ba")
    await hears(platform_door, {"sent": 3, "waiting": 3, "uncertain": 2}[wanted])


async def test_who_leaves_is_unreachable_until_they_are_back(house: House, platform_door: PlatformDoor) -> None:
    leaving, coming = ("unfollow", "follow") if platform_door.channel == "zalo" else ("block", "unblock")
    await platform_door.say("chào")
    await hears(platform_door, 1)
    await platform_door.does(leaving)

    async def unreachable() -> bool:
        talk = await house.talk(platform_door)
        return talk is not None and talk.unreachable_since is not None

    await until(unreachable, f"unreachable on {platform_door.channel}")
    await platform_door.does(coming)
    await platform_door.say("tôi lại đây")

    async def reachable() -> bool:
        return not await unreachable()

    await until(reachable, f"reachable again on {platform_door.channel}")
