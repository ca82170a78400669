"""From an office's upload to a resident's ear: the button “Nghe”, the voice reply, the recording itself."""

import httpx
import pytest

from tests.knowledge_base.recorded import mp3
from tests.system.product import Product

pytestmark = pytest.mark.model
QUESTION = "xã phải công khai những gì cho dân"


def test_an_answer_is_heard(product: Product) -> None:
    resident = product.talk()
    (before,) = resident.say(QUESTION)
    assert not [button for button in before["buttons"] if button["label"].startswith("Nghe")]
    product.official_with("knowledge_editor").record(f"answer:{before['answer']}", "Mông", "Trưởng bản", mp3())
    resident.say(QUESTION)
    (heard,) = resident.press("Nghe tiếng Mông")
    assert heard["kind"] == "voice"
    assert heard["text"] == "Tiếng Mông, Trưởng bản đọc, ghi ngày 1/11/2026."
    voice = heard["voice"]
    assert {name: voice[name] for name in ("language", "speaker", "date")} == {
        "language": "Mông",
        "speaker": "Trưởng bản",
        "date": "2026-11-01",
    }
    assert httpx.get(product.url + voice["url"]).content == mp3()
