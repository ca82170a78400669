"""“Gặp cán bộ”: an office owns the talk, its officials answer in the same chat, and give it back."""

import threading
import time

import pytest

from tests.system.chat import Reply, Talk
from tests.system.product import Product
from tests.system.waiting import until

pytestmark = pytest.mark.model
COMMUNE = "xã Nậm Lúa"


def handed_over(product: Product) -> Talk:
    talk = product.talk()
    replies = talk.say(f"tôi muốn gặp cán bộ {COMMUNE}")
    assert [reply["kind"] for reply in replies] == ["handover"]
    assert COMMUNE in replies[0]["text"]
    return talk


def test_an_official_owns_the_talk_from_the_handover_on(product: Product) -> None:
    talk = handed_over(product)
    assert talk.owner == "official"
    since = time.monotonic()
    assert talk.say("nhà tôi ở bản Hon, cho hỏi xã phải công khai những gì") == []
    assert time.monotonic() - since < 3
    assert talk.owner == "official"


def test_what_an_official_answers_arrives_in_the_chat(product: Product) -> None:
    talk = handed_over(product)
    talk.say("cho tôi hỏi việc chia đất tái định cư")
    heard = following(talk)
    staff = product.official_with("commune_staff", COMMUNE)
    assert talk.id in staff.waiting()
    assert "chia đất tái định cư" in staff.read(talk.id)
    staff.take(talk.id)
    staff.reply(talk.id, "Chào bác, việc này xã họp dân ngày mai.")
    last = talk.messages()[-1]
    assert (last["from"], last["kind"], last["text"]) == (
        "official",
        "official",
        "Chào bác, việc này xã họp dân ngày mai.",
    )
    assert last["id"] in until(lambda: [m["id"] for m in heard if m["from"] == "official"], 5, "heard by the stream")


def test_given_back_the_bot_answers_again(product: Product) -> None:
    talk = handed_over(product)
    staff = product.official_with("commune_staff", COMMUNE)
    staff.take(talk.id)
    staff.reply(talk.id, "Chào bác.")
    staff.give_back(talk.id)
    assert talk.messages()[-1]["kind"] == "notice"
    assert talk.owner == "bot"
    assert talk.id not in staff.waiting()
    assert [reply["kind"] for reply in talk.say("xã phải công khai những gì cho dân")] == ["answer"]


def test_a_colleague_cannot_take_what_is_taken(product: Product) -> None:
    talk = handed_over(product)
    staff, leader = (product.official_with(role, COMMUNE) for role in ("commune_staff", "commune_leader"))
    staff.take(talk.id)
    assert "đang trả lời" in leader.take(talk.id)
    assert "Chưa gửi" in leader.reply(talk.id, "Tôi trả lời thay.")
    staff.reply(talk.id, "Chào bác.")
    assert [m["text"] for m in talk.messages() if m["from"] == "official"] == ["Chào bác."]


def test_another_commune_does_not_see_it(product: Product) -> None:
    talk = handed_over(product)
    stranger = product.official_with("commune_staff", "Pá Mùa")
    assert talk.id not in stranger.waiting()
    assert stranger.http.get(f"/console/conversations/{talk.id}").status_code == 404


def test_a_talk_of_no_known_commune_waits_for_the_province(product: Product) -> None:
    talk = product.talk()
    assert [reply["kind"] for reply in talk.say("cho tôi gặp cán bộ")] == ["handover"]
    assert talk.id in product.official_with("province_coordinator").waiting()


def following(talk: Talk) -> list[Reply]:
    """What the stream brings from now on until an official has spoken, as it comes."""
    heard: list[Reply] = []

    def listen() -> None:
        for message in talk.stream():
            heard.append(message)
            if message["from"] == "official":
                return

    threading.Thread(target=listen, daemon=True).start()
    until(lambda: heard, 10, "the stream begins")
    return heard
