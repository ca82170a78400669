"""Short words after a reply: which button they pick, whether they go on about the answer."""

from datetime import timedelta

import pytest

from bot.conversations.following import follow_up
from bot.conversations.meaning import meaning
from bot.conversations.models import Button, Message
from bot.conversations.picking import picked
from bot.conversations.queries import Shown
from bot.language import fold, normalised, syllables
from tests.conversations.town import MORNING

LABELS = (
    "Xã phải đối thoại với dân mấy lần một năm?",
    "Xã báo trước buổi đối thoại với dân bao lâu?",
    "Ai tổ chức, ai chủ trì đối thoại với dân?",
    "Không phải các câu này",
)
PICKS = [
    ("câu 2", 1),
    ("2", 1),
    ("1.", 0),
    ("cái đầu tiên", 0),
    ("thứ hai", 1),
    ("cái ở giữa", 1),
    ("câu thứ ba nhé", 2),
    ("cái cuối", 2),  # never the button that means none of them
    ("câu cuối cùng", 2),
    ("báo trước bao lâu", 1),
    ("ai chủ trì", 2),
    ("mấy lần một năm", 0),
    ("không phải", 3),
    ("ko phai", 3),
    ("không phải câu nào cả", 3),
    ("số 9", None),
    ("đối thoại với dân", None),  # every button holds it
    ("không phải công khai à", None),
    ("đường vào bản hỏng rồi", None),
    ("thôi", None),
]
FOLLOW_UPS = [
    ("thế còn phường thì sao", "question"),
    ("còn bản tôi?", "question"),
    ("bao nhiêu ngày", "question"),
    ("bn ngày", "question"),
    ("ai làm việc đó", "question"),
    ("thế không làm thì sao", "question"),
    ("ko làm thì sao", "question"),
    ("có mất tiền không", "question"),
    ("gửi ở đâu", "question"),
    ("điều mấy?", "source"),
    ("văn bản nào quy định", "source"),
    ("theo luật nào", "source"),
    ("nói rõ hơn", "more"),
    ("xem thêm", "more"),
    ("thế là sao", "more"),
    ("cảm ơn bác", None),
    ("vâng", None),
    ("được rồi", None),
    ("thế à", None),
    ("bác là ai", None),  # asks the bot about itself
    ("không trả lời tôi", None),  # tells, does not ask
    ("con tôi bị đánh", None),  # an emergency is heard by itself
    ("đang cháy", None),
    ("xã có phải công khai thu chi không", None),  # has its own subject
]


@pytest.mark.parametrize("typed", [str, fold])
@pytest.mark.parametrize(("said", "place"), PICKS)
def test_which_button_is_meant(said: str, place: int | None, typed: type) -> None:
    assert picked(_heard(typed(said)), [_heard(label) for label in LABELS], 3) == place


def test_none_of_them_where_no_button_says_so() -> None:
    assert picked(_heard("không phải"), [_heard(label) for label in LABELS[:3]]) is None


@pytest.mark.parametrize("typed", [str, fold])
@pytest.mark.parametrize(("said", "wanted"), FOLLOW_UPS)
def test_what_goes_on_about_the_last_answer(said: str, wanted: str | None, typed: type) -> None:
    assert follow_up(_heard(typed(said))) == wanted


def test_a_picked_button_means_what_pressing_it_does() -> None:
    found = meaning("câu 1", [_clarify()], MORNING)
    assert found
    assert (found.words, found.intent, found.entities) == (LABELS[0], "ask_dialogue", {"answer": "dialogue-how-often"})


def test_half_an_hour_later_a_talk_begins_anew() -> None:
    late = MORNING + timedelta(minutes=31)
    assert meaning("câu 1", [_clarify()], late) is None
    assert meaning("bao nhiêu ngày", [_answer()], late) is None


def test_thanks_do_not_end_what_the_talk_is_about() -> None:
    thanked = Shown(Message(kind="small_talk", body={}, at=MORNING), [])
    found = meaning("bao nhiêu ngày", [thanked, _answer()], MORNING)
    assert found
    assert found.entities == {"follows": "dialogue-how-often", "wanted": "question"}


@pytest.mark.parametrize("kind", ["receipt", "ask", "emergency", "guidance", "official", "handover", "status"])
def test_other_business_does(kind: str) -> None:
    other = Shown(Message(kind=kind, body={}, at=MORNING), [])
    assert meaning("bao nhiêu ngày", [other, _answer()], MORNING) is None


def _clarify() -> Shown:
    buttons = [Button(label=LABELS[0], intent="ask_dialogue", entities={"answer": "dialogue-how-often"})]
    return Shown(Message(kind="clarify", body={}, at=MORNING), buttons)


def _answer() -> Shown:
    body = {"answer": "dialogue-how-often", "topic": "dialogue"}
    return Shown(Message(kind="answer", body=body, at=MORNING), [])


def _heard(text: str) -> list[str]:
    return syllables(normalised(text))
