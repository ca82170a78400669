"""``PLATFORMS=fake``: a question on Zalo, a report on Telegram, an official who answers; real Rasa, real HTTP."""

import os
import signal
from collections.abc import Iterator
from uuid import UUID

import pytest

from tests.supervisor.temporary import open_folder
from tests.system.model_cache import put_model_into
from tests.system.phone import Phone
from tests.system.product import Product
from tests.system.waiting import until

pytestmark = [pytest.mark.model, pytest.mark.slow]
PLATFORMS = ("zalo", "telegram")
PLACE, STORY = "bản Hon, xã Nậm Lúa", "cái cầu treo bị gãy mấy thanh ván từ tháng trước, mong xã thay ván"


@pytest.fixture(scope="module")
def copy() -> Iterator[Product]:
    """A copy of its own with both stand-ins beside it."""
    with open_folder() as folder:
        put_model_into(folder)
        started = Product(folder, {"PLATFORMS": "fake"})
        try:
            started.wait_until_ready()
            yield started
        finally:
            started.stop()


def talk_of(copy: Product, phone: Phone) -> UUID:
    with copy.database() as connection:
        row = connection.execute("select id from conversations where external_user = %s", [phone.id]).fetchone()
    assert row
    found: UUID = row[0]
    return found


def test_the_addresses_are_printed(copy: Product) -> None:
    assert f"http://127.0.0.1:{copy.port + 1}/" in copy.said()
    assert f"http://127.0.0.1:{copy.port + 2}/" in copy.said()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_question_and_a_button(copy: Product, platform: str) -> None:
    phone = copy.resident_on(platform)
    answer = phone.say("xã phải công khai những gì cho dân")
    assert "Điều 11" in " ".join(said["text"] for said in answer)
    label = next(button for said in answer for button in said["buttons"])
    assert phone.press(label)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_report_becomes_a_case_and_an_official_answers(copy: Product, platform: str) -> None:
    phone = copy.resident_on(platform)
    for words in ("tôi muốn phản ánh", PLACE, STORY, "chỉ cán bộ"):
        phone.say(words)
    phone.say("đồng ý")
    phone.waits_for("Mã phiếu:")  # after what was still on its way: a platform shows six choices in two messages
    with copy.database() as connection:
        query = "select description from cases where conversation_id = %s"
        assert connection.execute(query, [talk_of(copy, phone)]).fetchall() == [(STORY,)]
    phone.say("tôi muốn gặp cán bộ")
    desk, talk = copy.official_with("commune_staff", "Nậm Lúa"), talk_of(copy, phone)
    until(lambda: talk in desk.waiting(), 20, "the talk waits")
    desk.take(talk)
    desk.reply(talk, "Mai xã cho người đến xem cầu.")
    phone.waits_for("Mai xã cho người đến xem cầu.")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_nothing_is_lost_when_the_platform_fails(copy: Product, platform: str) -> None:
    phone = copy.resident_on(platform)
    phone.fault("5xx", count=2)
    phone.fault("duplicates", count=1, times=9)
    phone.say("hương ước là gì")
    phone.say("cảm ơn")
    with copy.database() as connection:
        query = "select text from messages where conversation_id = %s and sender = 'resident' order by id"
        kept = [text for (text,) in connection.execute(query, [talk_of(copy, phone)])]
    assert kept == ["hương ước là gì", "cảm ơn"]


def test_the_stand_ins_are_under_the_supervisor(copy: Product) -> None:
    before = copy.pid("zalo")
    assert {"zalo", "telegram"} <= set(copy.pids())
    os.kill(before, signal.SIGKILL)
    until(lambda: copy.restarted("zalo", before), 20, "another Zalo")
