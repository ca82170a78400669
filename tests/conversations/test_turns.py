"""Answering one message: once, in order, whatever dies on the way."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversations import holds, sentences
from bot.conversations.dialogue import Dialogue
from bot.conversations.models import Errand, OutboxRow, SealedHold
from bot.conversations.replies import Reply
from bot.conversations.service import give_back, hand_over
from bot.conversations.turns import TryAgain, Turns
from bot.db import unit_of_work
from bot.officials.models import Official
from tests.conversations.stand_in import Body, StandIn, echo, replies
from tests.conversations.town import MORNING, Clock, conversation, heard, message, press, say


class Died(BaseException):
    """Stands for kill -9: nothing in the product catches it."""


def dying_at(turns: Turns, step: str) -> Turns:
    def at_step(reached: str) -> None:
        if reached == step:
            raise Died

    return replace(turns, at_step=at_step)


async def failing(body: Body) -> tuple[int, Body]:
    return 500, {"error": "broken"}


async def words_of(town: AsyncEngine, talk: UUID) -> list[str]:
    return [(m.text or "").split("\n\n")[0] for m in await heard(town, talk)]


async def test_one_message_one_answer(turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn) -> None:
    mine = await say(town, talk, "xã công khai gì")
    await turns.answer_all(talk)
    await turns.answer_all(talk)  # a second job for the same conversation finds nothing to do
    (answer,) = await heard(town, talk)
    assert (answer.kind, answer.in_reply_to) == ("answer", mine)
    kept = await message(town, mine)
    assert (kept.state, kept.attempts) == ("done", 1)
    (asked,) = engine_stand_in.heard
    assert (asked["message"], asked["metadata"]["conversation"]) == (str(mine), str(talk))
    async with unit_of_work(town) as session:
        row = (await session.scalars(select(OutboxRow).where(OutboxRow.message_id == answer.id))).one()
    assert row.state == "sent"  # a web page fetches its replies itself


async def test_several_messages_are_answered_in_order(turns: Turns, town: AsyncEngine, talk: UUID) -> None:
    for words in ("một", "hai", "ba"):
        await say(town, talk, words)
    await turns.answer_all(talk)
    assert await words_of(town, talk) == ["Đã nghe: một", "Đã nghe: hai", "Đã nghe: ba"]


async def test_only_the_first_answer_tells_who_keeps_the_words(turns: Turns, town: AsyncEngine, talk: UUID) -> None:
    await say(town, talk, "một")
    await say(town, talk, "hai")
    await turns.answer_all(talk)
    told = ["xóa dữ liệu của tôi" in (m.text or "") for m in await heard(town, talk)]
    assert told == [True, False]


async def test_a_second_try_starts_where_the_first_one_did(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    await say(town, talk, "trước")
    await turns.answer_all(talk)
    mine = await say(town, talk, "bản Hon")
    engine_stand_in.acts = [failing]
    with pytest.raises(TryAgain):
        await turns.answer_all(talk)
    await turns.answer_all(talk)
    kept = await message(town, mine)
    assert kept.attempts == 2
    assert await engine_stand_in.kept(kept.errand_id) == ["trước", "bản Hon"]
    assert await words_of(town, talk) == ["Đã nghe: trước", "Đã nghe: bản Hon"]


@pytest.mark.parametrize("step", ["taken_up", "heard", "kept", "committed"])
async def test_killed_at_any_step_the_message_is_answered_once(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, step: str
) -> None:
    mine = await say(town, talk, "bản Hon")
    with pytest.raises(Died):
        await dying_at(turns, step).answer_all(talk)
    await turns.answer_all(talk)
    assert await words_of(town, talk) == ["Đã nghe: bản Hon"]
    kept = await message(town, mine)
    assert kept.state == "done"
    assert await engine_stand_in.kept(kept.errand_id) == ["bản Hon"]
    async with unit_of_work(town) as session:
        assert (await session.get_one(Errand, kept.errand_id)).messages == 1


async def test_a_paused_worker_that_comes_back_changes_nothing(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    gate, reached = asyncio.Event(), asyncio.Event()

    async def slow(body: Body) -> tuple[int, Body]:
        reached.set()
        await gate.wait()
        return 200, replies("từ worker cũ")

    engine_stand_in.acts = [slow, echo]
    mine = await say(town, talk, "bản Hon")
    paused = asyncio.create_task(turns.answer_all(talk))
    await reached.wait()
    await turns.answer_all(talk)
    gate.set()
    await paused
    assert await words_of(town, talk) == ["Đã nghe: bản Hon"]
    assert (await message(town, mine)).attempts == 2


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}),  # failed
        (200, {"replies": []}),  # silent
        (200, {"replies": [{"text": "không có kind"}]}),  # a response that must be mended
        (200, {"tin": 1}),  # another protocol
    ],
)
async def test_no_usable_answer_means_try_again(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, answer: tuple[int, Body]
) -> None:
    async def act(body: Body) -> tuple[int, Body]:
        return answer

    engine_stand_in.act = act
    mine = await say(town, talk, "xã công khai gì")
    with pytest.raises(TryAgain):
        await turns.answer_all(talk)
    assert await heard(town, talk) == []
    assert (await message(town, mine)).state == "queued"


async def test_too_slow_or_unreachable_means_try_again(turns: Turns, town: AsyncEngine, talk: UUID) -> None:
    from bot.conversations.dialogue import Dialogue

    await say(town, talk, "alo")
    nobody = Dialogue(["http://127.0.0.1:9"], 1.0)
    with pytest.raises(TryAgain):
        await replace(turns, dialogue=nobody).answer_all(talk)
    await nobody.close()


async def test_giving_up_tells_the_resident_and_hands_over(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, clock: Clock
) -> None:
    engine_stand_in.act = failing
    mine = await say(town, talk, "xã công khai gì")
    with pytest.raises(TryAgain):
        await turns.answer_all(talk)
    clock.pass_by(seconds=46)
    await turns.answer_all(talk)
    (failure,) = await heard(town, talk)
    assert failure.kind == "failure"
    assert "đã được lưu lại" in (failure.text or "")
    assert sentences.OPEN_NOW in (failure.text or "")
    held = await conversation(town, talk)
    assert (held.owner, held.handover_reason, held.handover_message_id) == ("official", "failure", mine)
    assert held.office_id is not None
    assert (await message(town, mine)).state == "done"


async def test_many_quick_tries_give_up_too(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, clock: Clock
) -> None:
    engine_stand_in.act = failing
    await say(town, talk, "xã công khai gì")
    for _ in range(3):
        with pytest.raises(TryAgain):
            await turns.answer_all(talk)
        clock.pass_by(seconds=4)
    await turns.answer_all(talk)
    assert [m.kind for m in await heard(town, talk)] == ["failure"]


async def test_messages_behind_a_hopeless_one_reach_the_official_unanswered(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, clock: Clock
) -> None:
    engine_stand_in.act = failing
    await say(town, talk, "một")
    later = await say(town, talk, "hai")
    clock.pass_by(seconds=46)
    with pytest.raises(TryAgain):  # however long it waited for its turn, it is tried first
        await turns.answer_all(talk)
    await turns.answer_all(talk)
    assert [m.kind for m in await heard(town, talk)] == ["failure"]
    assert (await message(town, later)).state == "done"


async def test_an_official_owns_the_talk_and_the_bot_says_nothing(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    first = await say(town, talk, "gặp cán bộ")
    second = await say(town, talk, "còn ở đó không")  # queued before the handover
    async with unit_of_work(town) as session:
        await hand_over(session, first, "asked", MORNING)
    await turns.answer_all(talk)
    third = await say(town, talk, "alo")  # after it
    await turns.answer_all(talk)
    assert [(await message(town, m)).state for m in (first, second, third)] == ["done"] * 3
    assert [m.in_reply_to for m in await heard(town, talk)] == [first]  # the last one the bot still answers
    assert [body["message"] for body in engine_stand_in.heard] == [str(first)]


async def test_danger_is_answered_beside_the_official_who_owns_the_talk(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    first = await say(town, talk, "gặp cán bộ")
    async with unit_of_work(town) as session:
        await hand_over(session, first, "asked", MORNING)
    await turns.answer_all(talk)
    engine_stand_in.meant = "emergency"
    danger = await say(town, talk, "cháy nhà rồi")
    await turns.answer_all(talk)
    last = (await heard(town, talk))[-1]
    assert (last.kind, last.text, last.in_reply_to) == ("emergency", "Gọi ngay: cháy nhà rồi", danger)
    assert (await conversation(town, talk)).owner == "official"
    assert len(engine_stand_in.heard) == 1  # listened to, no turn of the bot's own


async def test_words_for_an_official_are_overheard_again_while_the_engine_is_away(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, clock: Clock
) -> None:
    first = await say(town, talk, "gặp cán bộ")
    async with unit_of_work(town) as session:
        await hand_over(session, first, "asked", MORNING)
    await turns.answer_all(talk)
    away = replace(turns, dialogue=Dialogue(["http://127.0.0.1:9"], 1.0))
    mine = await say(town, talk, "cháy nhà rồi")
    with pytest.raises(TryAgain):
        await away.answer_all(talk)
    assert (await message(town, mine)).state == "queued"
    clock.pass_by(seconds=46)
    await away.answer_all(talk)  # the official has it anyhow
    assert (await message(town, mine)).state == "done"
    assert [m.in_reply_to for m in await heard(town, talk)] == [first]
    await away.dialogue.close()


async def test_given_back_the_bot_answers_in_a_fresh_errand(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    mine = await say(town, talk, "gặp cán bộ")
    async with unit_of_work(town) as session:
        await hand_over(session, mine, "asked", MORNING)
    await turns.answer_all(talk)
    async with unit_of_work(town) as session:
        from bot.conversations.models import Conversation

        await give_back(session, await session.get_one(Conversation, talk), MORNING)
    await say(town, talk, "xã công khai gì")
    await turns.answer_all(talk)
    assert [m.kind for m in await heard(town, talk)] == ["answer", "notice", "answer"]
    first, second = engine_stand_in.heard
    assert first["errand"] != second["errand"]


async def test_a_form_keeps_its_errand_and_idle_talk_does_not(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, clock: Clock
) -> None:
    async def asks(body: Body) -> tuple[int, Body]:
        return 200, replies("Ở đâu?", kind="ask", form="feedback_form")

    engine_stand_in.acts = [asks]
    for words in ("đường hỏng", "bản Hon", "cảm ơn"):
        await say(town, talk, words, at=clock())
        await turns.answer_all(talk)
        clock.pass_by(hours=2)
    errands = [body["errand"] for body in engine_stand_in.heard]
    assert errands[0] == errands[1]  # the form waited two hours
    assert errands[1] != errands[2]  # talk without a form did not


async def test_understood_again_the_count_starts_anew(turns: Turns, town: AsyncEngine, talk: UUID) -> None:
    from bot.conversations.service import count_misunderstood

    mine = await say(town, talk, "ờ")
    async with unit_of_work(town) as session:
        assert await count_misunderstood(session, mine) == 1
        assert await count_misunderstood(session, mine) == 1  # Rasa tried the same message twice
    await turns.answer_all(talk)
    assert (await conversation(town, talk)).misunderstood == 0


def sealing(town: AsyncEngine) -> object:
    """An engine whose action seals the message and answers with guidance."""

    async def act(body: Body) -> tuple[int, Body]:
        guidance = Reply("guidance", "Kênh này không nhận tố cáo.", {"topic": "denunciation"}, holds.CHOICES)
        async with unit_of_work(town) as session:
            await holds.seal(session, int(body["message"]), MORNING, origin="bot", reply=guidance)
        buttons = [{"label": b.label, "intent": b.intent} for b in holds.CHOICES]
        return 200, replies("Kênh này không nhận tố cáo.", kind="guidance", topic="denunciation", buttons=buttons)

    return act


@pytest.mark.parametrize("step", ["taken_up", "heard", "purged", "kept", "committed", None])
async def test_sealed_words_leave_the_tracker_and_are_answered_once(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, step: str | None
) -> None:
    engine_stand_in.act = sealing(town)  # type: ignore[assignment]
    mine = await say(town, talk, "ông ấy ăn chặn tiền GACHUOI")
    if step:
        with pytest.raises(Died):
            await dying_at(turns, step).answer_all(talk)
    await turns.answer_all(talk)
    (guidance,) = await heard(town, talk)
    assert (guidance.kind, guidance.in_reply_to) == ("guidance", mine)
    kept = await message(town, mine)
    assert (kept.text, kept.sealed, kept.state, kept.prepared) == (None, True, "done", None)
    assert await engine_stand_in.kept(kept.errand_id) == []
    async with unit_of_work(town) as session:
        assert (await session.scalars(select(SealedHold).where(SealedHold.conversation_id == talk))).one()


async def sealed(turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn) -> int:
    engine_stand_in.acts = [sealing(town)]  # type: ignore[list-item]
    mine = await say(town, talk, "ông trưởng bản thu tiền sai GACHUOI")
    await turns.answer_all(talk)
    return mine


@pytest.mark.parametrize("words", ["đúng", None])
async def test_yes_deletes_the_sealed_words(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, words: str | None
) -> None:
    mine = await sealed(turns, town, talk, engine_stand_in)
    await (say(town, talk, words) if words else press(town, talk, sentences.LABEL_IS_DENUNCIATION))
    await turns.answer_all(talk)
    assert (await heard(town, talk))[-1].text == sentences.HOLD_ENDED
    assert (await message(town, mine)).text is None
    async with unit_of_work(town) as session:
        assert await holds.open_hold(session, talk) is None


@pytest.mark.parametrize("words", ["không phải tố cáo, phản ánh thôi", None])
async def test_no_gives_the_words_to_the_report_whole(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, words: str | None
) -> None:
    mine = await sealed(turns, town, talk, engine_stand_in)
    await (say(town, talk, words) if words else press(town, talk, sentences.LABEL_IS_FEEDBACK))
    await turns.answer_all(talk)
    assert (await message(town, mine)).text == "ông trưởng bản thu tiền sai GACHUOI"
    last = engine_stand_in.heard[-1]
    assert (last["intent"], last["text"]) == ("send_feedback", "ông trưởng bản thu tiền sai GACHUOI")


async def test_a_question_taken_for_a_denunciation_is_answered(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    mine = await sealed(turns, town, talk, engine_stand_in)
    await say(town, talk, "tôi chỉ hỏi cho biết thôi")
    await turns.answer_all(talk)
    assert (await message(town, mine)).sealed is False
    last = engine_stand_in.heard[-1]
    assert (last["intent"], last["text"]) == ("ask_procedure_rights", "ông trưởng bản thu tiền sai GACHUOI")


@pytest.mark.parametrize("intent", ["deny_emergency", "deny_complaint"])
async def test_a_false_alarm_gives_the_words_to_the_report(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, intent: str
) -> None:
    async def alarm(body: Body) -> tuple[int, Body]:
        return 200, replies("Gọi 114.", kind="emergency", buttons=[{"label": "Không phải", "intent": intent}])

    engine_stand_in.acts = [alarm]
    await say(town, talk, "cột điện nghiêng GACHUOI")
    await turns.answer_all(talk)
    await press(town, talk, "Không phải")
    await turns.answer_all(talk)
    last = engine_stand_in.heard[-1]
    assert (last["intent"], last["text"]) == ("send_feedback", "cột điện nghiêng GACHUOI")


async def test_a_no_that_failed_in_the_engine_still_gives_the_words(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    await sealed(turns, town, talk, engine_stand_in)
    await press(town, talk, sentences.LABEL_IS_FEEDBACK)
    engine_stand_in.acts = [failing]
    with pytest.raises(TryAgain):
        await turns.answer_all(talk)
    await turns.answer_all(talk)
    assert engine_stand_in.heard[-1]["text"] == "ông trưởng bản thu tiền sai GACHUOI"


async def test_pressed_too_late_the_words_are_gone(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    await sealed(turns, town, talk, engine_stand_in)
    async with unit_of_work(town) as session:
        await holds.delete_expired(session, MORNING + timedelta(hours=25), 24)
    await press(town, talk, sentences.LABEL_IS_FEEDBACK)
    await turns.answer_all(talk)
    assert (await heard(town, talk))[-1].text == sentences.HOLD_GONE


async def test_the_buttons_under_sealed_words_work_while_an_official_owns_the_talk(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn
) -> None:
    first = await say(town, talk, "gặp cán bộ")
    async with unit_of_work(town) as session:
        await hand_over(session, first, "asked", MORNING)
    await turns.answer_all(talk)
    accused = await say(town, talk, "ông ấy ăn tiền GACHUOI")
    async with unit_of_work(town) as session:
        staff = (await session.scalars(select(Official).limit(1))).one()
        await holds.seal_by_official(session, accused, staff, MORNING)
    assert (await message(town, accused)).text is None
    await press(town, talk, sentences.LABEL_IS_FEEDBACK)
    await turns.answer_all(talk)
    assert (await message(town, accused)).text == "ông ấy ăn tiền GACHUOI"
    assert (await heard(town, talk))[-1].text == sentences.HOLD_RETURNED_TO_OFFICIAL
    assert len(engine_stand_in.heard) == 1


async def test_a_button_of_a_form_that_is_over_says_so(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, clock: Clock
) -> None:
    async def asks(body: Body) -> tuple[int, Body]:
        buttons = [{"label": "Đồng ý gửi", "intent": "affirm"}]
        return 200, replies("Bác đồng ý không?", kind="ask", form="feedback_form", buttons=buttons)

    engine_stand_in.acts = [asks]
    await say(town, talk, "đường hỏng")
    await turns.answer_all(talk)
    await say(town, talk, "thôi")  # the form ended
    await turns.answer_all(talk)
    await press(town, talk, "Đồng ý gửi")
    await turns.answer_all(talk)
    assert (await heard(town, talk))[-1].text == sentences.OLD_BUTTON
    assert len(engine_stand_in.heard) == 2


async def test_a_broken_turn_counts_as_a_try_and_ends_with_a_person(
    turns: Turns, town: AsyncEngine, talk: UUID, engine_stand_in: StandIn, clock: Clock
) -> None:
    def breaks(step: str) -> None:
        if step == "kept":
            raise RuntimeError("a bug")

    broken = replace(turns, at_step=breaks)
    mine = await say(town, talk, "xã công khai gì")
    with pytest.raises(TryAgain):
        await broken.answer_all(talk)
    assert (await message(town, mine)).attempts == 2
    clock.pass_by(seconds=46)
    await broken.answer_all(talk)
    assert [m.kind for m in await heard(town, talk)] == ["failure"]
