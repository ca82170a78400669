"""A question that goes on about an answer: what is looked up for it, and what may be given as sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import fold, normalised, syllables
from knowledge_base.answering import ASK_OFFICIAL, Payload, answer_payload, clarify_payload
from knowledge_base.citations import written
from knowledge_base.deciding import SHOWN, Outcome, Understanding, certainty
from knowledge_base.loader import citation
from knowledge_base.queries import answer_view
from knowledge_base.ranking import Hit
from knowledge_base.search import find

SURE, AGAIN = 0.93, 0.7
"""From here on an answer is given: another one (only a title stands for what was meant), the one given last again."""
SHORT = 600
"""Characters on first view."""
UNSAID = frozenset(
    "a ai ay bac bao bi biet can cac cai chi cho co con cu cua cung da dau day den di do duoc em gi gio giup ha "
    "hay khi khong la lam lan lau ma may minh moi mot na nam nao nay neu ngay nhe nhi nhieu nhu nhung noi o phai "
    "ra roi sao sau thang the thi toi trong truoc tu va vay viec voi".split()
)
"""Words of a title that carry no subject."""
COMMUNE_LEVEL = "two_levels-commune-kinds"
SAME_LEVEL = "Cấp xã gồm xã, phường, đặc khu. Câu trên nói về cấp xã, nên phường cũng như vậy:"
AS_SAID = "Điều này nằm trong câu tôi vừa trả lời:"
SOURCE = "Câu vừa rồi dựa vào:\n{places}"
NO_SOURCE = "Câu vừa rồi là cách làm của kênh này, không dựa vào điều luật nào."
NO_MORE = "Tôi chỉ biết chừng ấy về việc này. Bác cần rõ hơn thì bấm “Gặp cán bộ” giúp tôi."
WHICH = "Bác hỏi tiếp việc vừa rồi, tôi chưa chắc là điều nào dưới đây. Bác bấm chọn, hoặc nhắn rõ hơn một chút."
NOT_HELD = (
    "Điều bác hỏi thêm tôi chưa có trong kho nên không dám trả lời. Bác nhắn rõ hơn một chút, hoặc bấm “Gặp cán bộ”."
)
_OTHER = re.compile(r"^(?:the |vay )?(?:thi )?con (?P<other>.+?)(?: thi)?(?: sao| the nao| a| ha| nhi)?$")
_SUBJECT = re.compile(r"\b(xa|phuong|cong ty|co quan|tinh)\b")
_SAME_LEVEL = frozenset({"phuong", "dac khu", "phuong toi", "phuong minh"})


@dataclass(frozen=True)
class Combined:
    """What is looked up; ``elsewhere`` names the other place or body asked about, folded."""

    question: str
    elsewhere: str | None = None


def combined(title: str, said: str) -> Combined:
    """A short question with the subject of the answer before it."""
    line = " ".join(syllables(normalised(said)))
    if other := _OTHER.search(line):
        elsewhere = other["other"]
        asked = _SUBJECT.sub(elsewhere, " ".join(syllables(title)), count=1)
        return Combined(asked if elsewhere in asked else f"{asked} {elsewhere}", elsewhere)
    subject = " ".join(word for word in syllables(title) if word not in UNSAID)
    return Combined(f"{subject} {said}")


async def follow_up_reply(session: AsyncSession, said: str, last: str, wanted: str, on: date) -> Payload | None:
    """The reply to words that go on about the answer ``last``; None when that is withheld by now."""
    view = await answer_view(session, last, on)
    if view is None:
        return None
    if wanted == "source":
        return answer_payload({**view, "text": _sources(view), "more": None})
    if wanted == "more":
        return answer_payload({**view, **_rest(view)})
    return await _question(session, said, view, on)


async def _question(session: AsyncSession, said: str, view: Payload, on: date) -> Payload:
    asked = combined(view["title"], said)
    if asked.elsewhere in _SAME_LEVEL and _SUBJECT.search(fold(view["title"])):
        return await _same_level(session, view, on)
    understood = Understanding({} if asked.elsewhere else {f"ask_{view['topic']}": 1.0})
    outcome = await find(session, asked.question, understood, on)
    hits = [hit for hit in outcome.hits if asked.elsewhere or hit.topic == view["topic"]]
    sure = _is_sure(outcome, understood, view["answer"])
    if sure and hits and hits[0] == outcome.hits[0] and _names(hits[0], asked.elsewhere):
        return await _given(session, hits, view, on)
    others = [hit for hit in hits if hit.answer_id != view["answer"]][:SHOWN]
    if outcome.decision == "unsure" or not others:
        return {
            "kind": "out_of_scope",
            "text": NOT_HELD,
            "buttons": [{"label": ASK_OFFICIAL, "intent": "talk_to_human"}],
        }
    return {**clarify_payload(others), "text": WHICH, "topic": view["topic"]}


def _is_sure(outcome: Outcome, understood: Understanding, last: str) -> bool:
    """Whether the first answer may be given; to tell the one given last again does less harm."""
    if outcome.decision == "unsure":
        return False
    return certainty(outcome.hits, understood) >= (AGAIN if outcome.hits[0].answer_id == last else SURE)


def _names(hit: Hit, elsewhere: str | None) -> bool:
    """Whether the answer is about the other place by its title, where one was asked about."""
    return elsewhere is None or f" {elsewhere} " in f" {' '.join(syllables(hit.title))} "


async def _given(session: AsyncSession, hits: Sequence[Hit], view: Payload, on: date) -> Payload:
    if hits[0].answer_id == view["answer"]:
        return answer_payload({**view, "text": f"{AS_SAID}\n{view['text']}"}, hits[1:SHOWN])
    found = await answer_view(session, hits[0].answer_id, on)
    return answer_payload(found, hits[1:SHOWN]) if found else {**clarify_payload(hits[1:]), "text": WHICH}


async def _same_level(session: AsyncSession, view: Payload, on: date) -> Payload:
    level = await answer_view(session, COMMUNE_LEVEL, on) or {"facts": [], "citations": []}
    both = {
        key: [*view[key], *(item for item in level[key] if item not in view[key])] for key in ("facts", "citations")
    }
    return answer_payload({**view, **both, "text": f"{SAME_LEVEL}\n{view['text']}"})


def _sources(view: Payload) -> str:
    places = dict.fromkeys(f"• {written(citation(place))}" for place in view["citations"])
    return SOURCE.format(places="\n".join(places)) if places else NO_SOURCE


def _rest(view: Payload) -> dict[str, Any]:
    """What stood behind “xem thêm”, as much of it as a first view holds."""
    lines = (view["more"] or NO_MORE).split("\n")
    fits = 1
    while fits < len(lines) and len("\n".join(lines[: fits + 1])) <= SHORT:
        fits += 1
    return {"text": "\n".join(lines[:fits]), "more": "\n".join(lines[fits:]) or None}
