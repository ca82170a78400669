"""Kill anything at any moment: no message lost, none answered twice, no answer of a form taken twice, order kept."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from uuid import uuid4

import httpx
import pytest

from tests.system.chat import Talk
from tests.system.product import Product
from tests.system.waiting import until

pytestmark = pytest.mark.model
MOVES_AGAIN_WITHIN = 20
PATIENCE = 45
"""The product's own default for ``RASA_PATIENCE_SECONDS``."""
PLACE, STORY = "bản Hon, xã Nậm Lúa", "cái cầu treo bị gãy mấy thanh ván từ tháng trước, mong xã thay ván"


@pytest.fixture(autouse=True)
def nobody_is_told_to_die_later(product: Product) -> Iterator[None]:
    """A test that failed leaves no order to die behind."""
    yield
    (product.data_dir / "run" / "die-at-step").unlink(missing_ok=True)


def report_begun(product: Product) -> Talk:
    """A report in which the place is asked for and nothing is told yet."""
    talk = product.talk()
    talk.say("tôi muốn phản ánh")
    assert "ở đâu" in talk.replies[-1]["text"]
    return talk


def assert_filled_once(product: Product, talk: Talk) -> None:
    """The place was taken as the place only, and the report goes on to its end with one case."""
    assert [reply["kind"] for reply in talk.replies] == ["ask"], talk.replies
    assert "kể giúp tôi" in talk.replies[0]["text"]
    talk.say(STORY)
    talk.say("chỉ cán bộ")
    talk.say("đồng ý")
    assert talk.replies[-1]["kind"] == "receipt"
    assert case_of(product, talk) == [(PLACE, STORY)]
    assert_one_answer_each(talk)


def case_of(product: Product, talk: Talk) -> list[tuple[str, str]]:
    with product.database() as connection:
        query = "select place, description from cases where conversation_id = %s"
        return [(place, told) for place, told in connection.execute(query, [talk.id])]


def assert_one_answer_each(talk: Talk) -> None:
    """Resident and bot in turns (a notice and its question are one): nothing lost, twice or out of order."""
    said = [(message["from"], message["kind"]) for message in talk.messages()]
    noticed = {n for n, pair in enumerate(pairwise(said)) if pair == (("bot", "notice"), ("bot", "ask"))}
    who = [speaker for n, (speaker, _) in enumerate(said) if n not in noticed]
    assert who == ["resident", "bot"] * (len(who) // 2)


def die_at(product: Product, step: str) -> int:
    """The worker will be killed at its next step of that name; its process id."""
    (product.data_dir / "run" / "die-at-step").write_text(step)
    return product.pid("worker")


@pytest.mark.parametrize("step", ["taken_up", "heard", "kept", "committed"])
def test_a_worker_that_dies_at_a_step_of_a_form(product: Product, step: str) -> None:
    talk = report_begun(product)
    before = die_at(product, step)
    talk.say(PLACE)
    until(lambda: product.restarted("worker", before), 10, "another worker")
    assert_filled_once(product, talk)


@pytest.mark.parametrize("step", ["taken_up", "heard", "kept", "committed"])
def test_a_worker_that_dies_while_the_case_is_stored(product: Product, step: str) -> None:
    talk = report_begun(product)
    for words in (PLACE, STORY, "chỉ cán bộ"):
        talk.say(words)
    before = die_at(product, step)
    talk.say("đồng ý")
    until(lambda: product.restarted("worker", before), 10, "another worker")
    assert [reply["kind"] for reply in talk.replies] == ["receipt"]
    assert case_of(product, talk) == [(PLACE, STORY)]
    assert_one_answer_each(talk)


@pytest.mark.parametrize("step", ["heard", "purged", "kept"])
def test_a_worker_that_dies_at_a_denunciation(product: Product, step: str) -> None:
    talk = report_begun(product)
    before = die_at(product, step)
    talk.say("tôi tố cáo chủ tịch xã nhận hối lộ 50 triệu để cấp đất")
    until(lambda: product.restarted("worker", before), 10, "another worker")
    assert [reply["kind"] for reply in talk.replies] == ["guidance"]
    with product.database("rasa") as tracker:
        query = "select count(*) from events where data like '%%' || %s || '%%'"
        assert tracker.execute(query, ["nhận hối lộ 50 triệu để cấp đất"]).fetchone() == (0,)
    talk.press("Đúng, là tố cáo")
    talk.say(PLACE)
    assert_filled_once(product, talk)


class InFlight:
    """A message sent by another thread, while the part that stands still keeps it from being answered."""

    def __init__(self, product: Product, talk: Talk, text: str) -> None:
        self.talk, self.body = talk, {"id": str(uuid4()), "text": text}
        self._thread = threading.Thread(target=self._send)
        self._thread.start()
        until(lambda: _tries(product, talk) >= 1, 10, "the worker has taken it up")

    def _send(self) -> None:
        with suppress(httpx.HTTPError):  # the web process was killed: as the page does, we send it again
            self.talk.post(self.body)

    def answered(self, seconds: float) -> float:
        """Ask again with the same id until the replies are there; how long that took."""
        since = time.monotonic()
        self._thread.join(seconds)
        until(self._asked_again, seconds - (time.monotonic() - since), "answered")
        return time.monotonic() - since

    def _asked_again(self) -> bool:
        try:
            return self.talk.post(self.body).status_code == 200
        except httpx.HTTPError:
            return False


def _tries(product: Product, talk: Talk) -> int:
    query = "select max(attempts) from messages where conversation_id = %s and state = 'queued'"
    with product.database() as connection:
        row = connection.execute(query, [talk.id]).fetchone()
    return int(row[0] or 0) if row else 0


@contextmanager
def standing_still(product: Product, name: str) -> Iterator[None]:
    """The process stands still inside the block; it may be killed there."""
    pid = product.pid(name)
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        if product.pid(name) == pid:
            os.kill(pid, signal.SIGCONT)


def kill(product: Product, name: str) -> None:
    """Kill -9 and wait for the next process of that name."""
    before = product.pid(name)
    os.kill(before, signal.SIGKILL)
    until(lambda: product.restarted(name, before), 10, f"another {name}")


@pytest.mark.parametrize(("killed", "still"), [("rasa", "rasa"), ("actions", "actions"), ("web", "rasa")])
def test_a_part_killed_in_the_middle_of_a_message(product: Product, killed: str, still: str) -> None:
    talk = report_begun(product)
    with standing_still(product, still):
        message = InFlight(product, talk, PLACE)
        kill(product, killed)
    print(f"{killed} killed: answered after {message.answered(PATIENCE + 15):.1f} s")
    assert_filled_once(product, talk)


def test_the_only_worker_killed_in_the_middle_of_a_message(product: Product) -> None:
    talk = report_begun(product)
    with standing_still(product, "actions"):
        message = InFlight(product, talk, PLACE)
        kill(product, "worker")
    seconds = message.answered(MOVES_AGAIN_WITHIN)
    print(f"worker killed: answered after {seconds:.1f} s")
    assert_filled_once(product, talk)


def test_postgres_killed_in_the_middle_of_a_message(product: Product) -> None:
    talk = report_begun(product)
    with standing_still(product, "actions"):
        message = InFlight(product, talk, PLACE)
        kill(product, "postgres")
    print(f"postgres killed: answered after {message.answered(PATIENCE + 15):.1f} s")
    until(product.is_ready, 60, "every part is well again")
    assert_filled_once(product, talk)


def test_messages_sent_while_the_worker_is_dead_keep_their_order(product: Product) -> None:
    talk = report_begun(product)
    with standing_still(product, "worker"):
        threads = [send_beside(product, talk, words) for words in (PLACE, STORY, "chỉ cán bộ", "đồng ý")]
        kill(product, "worker")
    for thread in threads:
        thread.join(60)
    until(lambda: talk.messages()[-1]["kind"] == "receipt", 30, "the receipt")
    assert case_of(product, talk) == [(PLACE, STORY)]
    told = [message["kind"] for message in talk.messages() if message["from"] == "bot"]
    kinds = [kind for kind in told if kind != "notice"]  # others of this town report the same
    assert kinds == ["ask", "ask", "ask", "ask", "receipt"]


def send_beside(product: Product, talk: Talk, words: str) -> threading.Thread:
    """Send into the same conversation without waiting for the answer, but until it is kept."""
    body = {"text": words, "conversation": talk.token}
    before = len(talk.messages())
    thread = threading.Thread(
        target=httpx.post, args=(f"{product.url}/api/v1/chat",), kwargs={"json": body, "timeout": 60}
    )
    thread.start()
    until(lambda: len(talk.messages()) > before, 10, "kept")
    return thread


def test_rasa_that_stays_silent_is_told_and_seen_by_an_official(product: Product) -> None:
    talk = report_begun(product)
    with standing_still(product, "rasa"):
        message = InFlight(product, talk, PLACE)
        print(f"told after {message.answered(PATIENCE + 30):.1f} s")
        assert [reply["kind"] for reply in talk.replies] == ["failure"]
        assert talk.owner == "official"
        assert talk.id in product.official_with("province_coordinator").waiting()
        assert PLACE in product.official_with("province_coordinator").read(talk.id)
    until(product.is_ready, 60, "every part is well again")
    assert [reply["kind"] for reply in product.talk().say("xã phải công khai những gì cho dân")] == ["answer"]
