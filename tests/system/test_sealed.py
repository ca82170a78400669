"""A word said in a denunciation is nowhere once its hold has ended; in a false alarm it arrives whole."""

import secrets

import pytest

from tests.system.chat import Reply, Talk
from tests.system.product import Product
from tests.system.traces import traces
from tests.system.waiting import until

pytestmark = pytest.mark.model
HOLDS = "xahoi: public.sealed_holds"
SWEPT_WITHIN = 20


@pytest.fixture
def word() -> str:
    """A word that nobody else says."""
    return f"dau{secrets.token_hex(8)}"


def denunciation(word: str) -> str:
    return f"tôi tố cáo chủ tịch xã nhận hối lộ 50 triệu của nhà {word} để cấp đất"


def first_thing(product: Product, word: str) -> Talk:
    talk = product.talk()
    talk.say(denunciation(word))
    return talk


def in_a_report(product: Product, word: str) -> Talk:
    talk = product.talk()
    talk.say("tôi muốn phản ánh")
    talk.say("bản Hon, xã Nậm Lúa")
    talk.say(denunciation(word))
    return talk


def to_an_official(product: Product, word: str) -> Talk:
    talk = product.talk()
    talk.say("tôi muốn gặp cán bộ xã Nậm Lúa")
    talk.say(denunciation(word))
    seal_last(product, talk)
    return talk


def to_the_bot_and_seen_by_an_official(product: Product, word: str) -> Talk:
    """What brought the official was said to the bot, so Rasa has heard it."""
    talk = product.talk()
    talk.say(f"tôi muốn gặp cán bộ xã Nậm Lúa, gọi tôi là {word}")
    seal_last(product, talk)
    return talk


def in_the_summary_of_a_report(product: Product, word: str) -> Talk:
    """The bot took it for a report and said it again in its summary."""
    talk = product.talk()
    talk.say("tôi muốn phản ánh")
    talk.say("bản Hon, xã Nậm Lúa")
    told = f"đường vào bản bị sạt vì nhà {word} đào đất, nhờ xã sửa"
    talk.say(told)
    talk.say("chỉ cán bộ")
    assert word in talk.replies[-1]["text"]
    talk.say("tôi muốn gặp cán bộ")
    seal(product, talk, next(m for m in talk.messages() if m["text"] == told))
    return talk


def seal_last(product: Product, talk: Talk) -> None:
    seal(product, talk, [m for m in talk.messages() if m["from"] == "resident"][-1])


def seal(product: Product, talk: Talk, message: Reply) -> None:
    """An official presses “Đây là tố cáo” at the message; the resident is told, with the two buttons."""
    assert talk.owner == "official"
    last = talk.messages()[-1]["id"]
    staff = product.official_with("province_coordinator")
    staff.take(talk.id)
    staff.seal(talk.id, message["id"])
    told = until(lambda: [m for m in talk.messages(int(last)) if m["kind"] == "guidance"], 10, "told of it")
    assert told[-1]["topic"] == "denunciation"
    talk.replies = told[-1:]
    assert message["text"] not in staff.read(talk.id)


OFFICIALS_WAYS = [to_an_official, to_the_bot_and_seen_by_an_official, in_the_summary_of_a_report]
WAYS = [first_thing, in_a_report, *OFFICIALS_WAYS]


@pytest.mark.parametrize("said", WAYS)
def test_lies_in_the_hold_only_and_nowhere_after_yes(product: Product, word: str, said) -> None:  # type: ignore[no-untyped-def]
    talk = said(product, word)
    assert [reply["kind"] for reply in talk.replies] == ["guidance"]
    until(lambda: traces(product, word) == [HOLDS], 10, "only in the hold", lambda: traces(product, word))
    assert word not in str(talk.messages())
    talk.press("Đúng, là tố cáo")
    assert traces(product, word) == []


@pytest.mark.parametrize("said", WAYS)
def test_is_nowhere_when_the_hold_ends_by_itself(product: Product, word: str, said) -> None:  # type: ignore[no-untyped-def]
    talk = said(product, word)
    with product.database() as connection:
        connection.execute(
            "update sealed_holds set sealed_at = sealed_at - interval '25 hours' where conversation_id = %s", [talk.id]
        )
    until(lambda: not traces(product, word), SWEPT_WITHIN, "gone", lambda: traces(product, word))
    late = talk.press("Đây là phản ánh")
    assert [reply["kind"] for reply in late][:1] == ["notice"]
    assert {reply["kind"] for reply in late[1:]} <= {"ask"}  # an open report asks its question again


def test_typed_yes_ends_it_too(product: Product, word: str) -> None:
    talk = first_thing(product, word)
    assert [reply["kind"] for reply in talk.say("đúng")] == ["notice"]
    assert traces(product, word) == []


@pytest.mark.parametrize("said", [first_thing, in_a_report])
def test_a_false_alarm_arrives_whole_in_the_case(product: Product, word: str, said) -> None:  # type: ignore[no-untyped-def]
    talk = said(product, word)
    talk.press("Đây là phản ánh")
    finish_report(talk)
    with product.database() as connection:
        row = connection.execute(
            "select description, place from cases where conversation_id = %s", [talk.id]
        ).fetchone()
        assert connection.execute("select 1 from sealed_holds where conversation_id = %s", [talk.id]).fetchone() is None
    assert row
    assert denunciation(word) in row[0]
    assert row[1] == "bản Hon, xã Nậm Lúa"
    assert denunciation(word) in [m["text"] for m in talk.messages()]


def finish_report(talk: Talk) -> None:
    """Answer whatever is still asked, and agree."""
    answers = {
        "ở đâu": "bản Hon, xã Nậm Lúa",
        "lĩnh vực nào": "đất đai",
        "ai được biết": "chỉ cán bộ",
        "đồng ý để tôi lưu": "đồng ý",
    }
    for _ in range(5):
        asked = talk.replies[-1]
        if asked["kind"] == "receipt":
            return
        talk.say(next(answer for question, answer in answers.items() if question in asked["text"]))
    raise AssertionError(talk.replies)


def test_a_false_alarm_with_an_official_comes_back_to_them(product: Product, word: str) -> None:
    talk = to_an_official(product, word)
    talk.press("Đây là phản ánh")
    assert denunciation(word) in [m["text"] for m in talk.messages()]
    assert word in product.official_with("province_coordinator").read(talk.id)
    assert talk.owner == "official"
