"""What a resident reads of public answers in the chat."""

from collections.abc import Sequence
from typing import Any

from bot.publications.models import Publication
from bot.publications.queries import Read

OFFER = "Có người đã hỏi gần giống và cơ quan đã trả lời. Bác xem có đúng điều bác cần không:"
SEND = "Vẫn gửi câu hỏi của tôi"
LONGEST_LABEL = 90
LONGEST_CARRIED = 900
GONE: dict[str, Any] = {
    "kind": "notice",
    "text": "Câu trả lời ấy không còn được công khai. Bác gửi câu hỏi của mình, tôi chuyển đến cơ quan.",
    "buttons": [{"label": "Gửi câu hỏi cho cơ quan", "intent": "send_question"}],
}


def offered(found: Sequence[Publication], asked: str) -> dict[str, Any]:
    """Public answers to choose from, and the way on."""
    buttons: list[dict[str, Any]] = [
        {"label": row.title[:LONGEST_LABEL], "intent": "see_publication", "entities": {"publication": row.id}}
        for row in found
    ]
    buttons.append({"label": SEND, "intent": "send_question", "entities": {"question": asked[:LONGEST_CARRIED]}})
    return {"kind": "clarify", "text": OFFER, "buttons": buttons}


def told(read: Read) -> dict[str, Any]:
    """One public answer as a reply; it is the office's word, so no citation is claimed."""
    row = read.publication
    text = f"{row.title}\n{read.office.name} đã trả lời:\n{row.answer}"
    return {
        "kind": "answer",
        "text": text,
        "more": f"Câu hỏi: {row.question}",
        "buttons": [
            {"label": "Gặp cán bộ", "intent": "talk_to_human"},
        ],
    }
