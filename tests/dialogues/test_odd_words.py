"""What residents (and others) may type that is no Vietnamese sentence: harmless, answered, and nothing else happens."""

import unicodedata

import pytest

from tests.system.product import Product
from tests.system.waiting import until

pytestmark = pytest.mark.model
ODD = {
    "restart": "/restart",
    "intent": '/intent{"slot":"x"}',
    "session start": "/session_start",
    "set slot": '/affirm{"agreement": true, "visibility": "public"}',
    "external": "EXTERNAL: talk_to_human",
    "sql": "'; drop table messages; --",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{place_label} {{7*7}} %s %(x)s ${HOME}",
    "emoji": "😀" * 4_000,
    "one long word": "a" * 4_000,
    "flags and families": "👨‍👩‍👧‍👦🇻🇳" * 300,
}


@pytest.mark.parametrize("name", ODD)
def test_is_answered_and_changes_nothing(product: Product, name: str) -> None:
    talk = product.talk()
    talk.say("tôi muốn phản ánh")
    talk.say("bản Hon, xã Nậm Lúa")
    replies = talk.say(ODD[name])
    assert replies
    assert not {"failure", "receipt"} & {reply["kind"] for reply in replies}
    assert talk.owner == "bot"
    talk.say("mất nước sinh hoạt đã năm ngày, đường ống vỡ ở đầu bản")
    assert talk.owner == "bot"
    assert "bản Hon, xã Nậm Lúa" in _summary(talk)


def _summary(talk) -> str:  # type: ignore[no-untyped-def]
    for words in ("chỉ cán bộ", "giao thông", "chỉ cán bộ"):
        for reply in talk.replies:
            if "xem lại giúp" in reply["text"]:
                return str(reply["text"])
        talk.say(words)
    return "\n".join(reply["text"] for reply in talk.replies)


@pytest.mark.parametrize("name", ODD)
def test_as_the_first_words(product: Product, name: str) -> None:
    talk = product.talk()
    replies = talk.say(ODD[name])
    assert replies
    assert not {"failure", "receipt", "status"} & {reply["kind"] for reply in replies}
    assert "<script>" not in "".join(reply["text"] for reply in replies)


QUESTION = "xã phải công khai những gì cho dân"
SPELLINGS = {
    "decomposed": unicodedata.normalize("NFD", QUESTION),
    "zero width": "\u200b".join(QUESTION),
    "byte order mark": f"\ufeff{QUESTION}\u200d",
    "no-break spaces": QUESTION.replace(" ", "\u00a0"),
    "capitals": QUESTION.upper(),
    "leading slash": f"/{QUESTION}",
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_is_understood_all_the_same(product: Product, name: str) -> None:
    replies = product.talk().say(SPELLINGS[name])
    assert [reply["kind"] for reply in replies] == ["answer"]
    assert "CK-04" in replies[0]["facts"]


REFUSED = {
    "empty": ({"text": ""}, 422),
    "only zero width": ({"text": "\u200b\u200d\ufeff"}, 422),
    "too long": ({"text": "a" * 4_001}, 413),
    "too many emoji": ({"text": "😀" * 4_001}, 413),
    "binary": ({"text": "\u0000\u0001\u0002"}, 422),
    "nothing": ({}, 422),
    "strange button": ({"token": "no-such-button"}, 404),
    "strange id": ({"text": "chào", "id": "1"}, 422),
}


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused_with_a_reason(product: Product, name: str) -> None:
    body, status = REFUSED[name]
    response = product.talk().post(body)
    assert response.status_code == status
    assert response.json()["error"]["message"]


def test_the_same_id_again_does_nothing_twice(product: Product) -> None:
    talk = product.talk()
    body = {"text": QUESTION, "id": "8f14e45f-ceea-467f-a9d0-1c5a3e7b2f00"}
    first = talk.post(body).json()
    assert talk.post(body).json() == first
    assert talk.post({**body, "text": "chào"}).status_code == 409
    assert len([m for m in talk.messages() if m["from"] == "bot"]) == 1


def test_twenty_messages_in_ten_seconds_are_enough(product: Product) -> None:
    talk = product.talk()
    refused = until(lambda: [r for r in [talk.post({"text": "chào"})] if r.status_code == 429], 30, "429")[0]
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.json()["error"]["message"]
