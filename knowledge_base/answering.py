"""From a question to the reply that settles it: an answer, up to three to choose from, or None for “not understood”."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import syllables
from knowledge_base.dangers import first_called
from knowledge_base.deciding import SHOWN, Understanding
from knowledge_base.queries import answer_view, emergency_numbers
from knowledge_base.ranking import Hit
from knowledge_base.search import find

CLARIFY = "Ý bác hỏi điều nào dưới đây? Bác bấm chọn giúp tôi, hoặc nhắn rõ hơn một chút."
NONE_OF_THESE = "Không phải các câu này"
ASK_OFFICIAL = "Gặp cán bộ"
EMERGENCY = (
    "VIỆC KHẨN CẤP: bác gọi ngay, không chờ trả lời ở đây.\n\n{lines}\n\n"
    "Kênh này không điều được lực lượng cứu hộ, hãy gọi ngay."
)
SOURCE = "Nguồn số điện thoại: {source} ({review})."
GUIDANCE = {"complaint": "procedure_rights-how-to-complain", "denunciation": "procedure_rights-how-to-denounce"}

Payload = dict[str, Any]


async def reply_to(session: AsyncSession, question: str, understood: Understanding, on: date) -> Payload | None:
    """The reply to a question in the resident's words, given what the model understood of it."""
    outcome = await find(session, question, understood, on)
    if outcome.decision == "unsure":
        return None
    if outcome.decision == "answer":
        view = await answer_view(session, outcome.hits[0].answer_id, on)
        if view:
            return answer_payload(view, related=outcome.hits[1:3])
    return clarify_payload(outcome.hits[:SHOWN])


async def chosen_answer(session: AsyncSession, answer_id: str, on: date) -> Payload | None:
    """The answer behind a button; None when it is withheld."""
    view = await answer_view(session, answer_id, on)
    return answer_payload(view) if view else None


def answer_payload(view: Payload, related: Sequence[Hit] = ()) -> Payload:
    """A view as a reply, with the next likely questions and the way to an official as buttons."""
    near = [choice(hit) for hit in related]
    return {"kind": "answer", **view, "buttons": [*near, {"label": ASK_OFFICIAL, "intent": "talk_to_human"}]}


def clarify_payload(hits: Sequence[Hit]) -> Payload:
    """Up to three answers to choose from."""
    buttons = [choice(hit) for hit in hits]
    return {
        "kind": "clarify",
        "text": CLARIFY,
        "buttons": [*buttons, {"label": NONE_OF_THESE, "intent": "talk_to_human"}],
    }


def choice(hit: Hit) -> Payload:
    """A button that leads to an answer."""
    topic = hit.answer_id.split("-", 1)[0]
    return {
        "label": hit.title,
        "intent": f"ask_{topic}",
        "entities": {"answer": hit.answer_id},
        "facts": list(hit.facts),
    }


async def emergency_payload(session: AsyncSession, said: str) -> Payload:
    """The numbers to call, the one for what was said first, with their source and when they were reviewed."""
    known = await emergency_numbers(session)
    order = first_called(syllables(said), [(str(one["number"]), one["text"]) for one in known], syllables)
    numbers = [known[position] for position in order]
    lines = "\n".join(f"• {number['text']}" for number in numbers)
    source = "\n".join(sorted({SOURCE.format(**number) for number in numbers})) or None
    return {
        "kind": "emergency",
        "text": EMERGENCY.format(lines=lines),
        "more": source,
        "facts": [number["fact"] for number in numbers],
        "topic": "emergency",
        "buttons": [{"label": ASK_OFFICIAL, "intent": "talk_to_human"}],
    }


async def guidance_payload(session: AsyncSession, kind: str, opening: str, on: date) -> Payload:
    """How and where to file a complaint or a denunciation, after an opening sentence about this channel."""
    view = await answer_view(session, GUIDANCE[kind], on) or {"text": ""}
    text = f"{opening}\n\n{view['text']}".strip()
    return {**view, "kind": "guidance", "topic": kind, "text": text}
