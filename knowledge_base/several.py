"""Two questions in one message, or one beside a report: where to part it, and whether each part has its answer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from bot.language import normalised, syllables
from knowledge_base.deciding import SURE, Outcome, Understanding, certainty
from knowledge_base.ranking import Hit
from knowledge_base.search import find

LIKELY = 0.5
"""From here on a second answer is given beside a sure one, where “với lại”, “ngoài ra” or “còn” parts the two."""
LEAST = 4
"""Syllables of a part that may be a question of its own."""
_OPENLY = re.compile(
    r"[\s,.;?!]+(?:v[oớ]i l[aạ]i(?: l[aà])?|ngo[aà]i ra|nh[aâ]n ti[eệ]n|ti[eệ]n th[eể]|v[aà] cho h[oỏ]i|"
    r"(?:v[aà] )?(?:cho )?h[oỏ]i th[eê]m)[\s,]+|\s*[,.;?!]\s*(?:th[eế] )?c[oò]n\s+",
    re.IGNORECASE,
)
_LOOSELY = re.compile(r"(?<=[?!.;\n])\s+|\s*,\s*(?:(?:v[aà]|th[eế]|r[oồ]i)\s+)?|\s+v[aà]\s+", re.IGNORECASE)
_TELLS = re.compile(r"\b(khong|chang|chua) ai\b|\b(ai|gi|nao|dau) cung\b|\bmay (tuan|thang|nam|hom)\b(?= )")
"""Words of a question that tell: “chẳng ai sửa”, “lúc nào cũng”."""
_ASKS = re.compile(
    r"\b(gi|nao|sao|ai|dau|bao nhieu|bao lau|bao gio|may)\b|\b(co|duoc|phai|dung|can|bi)\b.*\b(khong|chua)\b"
)


@dataclass(frozen=True)
class Part:
    """One question of a message and the answer found for it."""

    words: str
    hit: Hit


async def question_beside_report(
    session: AsyncSession, message: str, understood: Understanding, on: date
) -> tuple[Part, str] | None:
    """The question in a report, its answer being sure, and the report without it; None for a report alone."""
    for joint in (_OPENLY, _LOOSELY):
        for part in _halves(message, joint):
            for asked, told in (part, part[::-1]):
                if asks(asked) and not asks(told) and len(syllables(told)) >= LEAST:
                    outcome = await find(session, asked, understood, on)
                    if outcome.hits and certainty(outcome.hits, understood) >= SURE:
                        return Part(asked, outcome.hits[0]), told
    return None


def parted(message: str, joint: re.Pattern[str]) -> list[tuple[str, str]]:
    """Each way to part the message in two at such a joint, both of which ask something."""
    return [(first, second) for first, second in _halves(message, joint) if asks(first) and asks(second)]


def _halves(message: str, joint: re.Pattern[str]) -> list[tuple[str, str]]:
    text = message.strip()
    return [(text[: found.start()].strip(" ,"), text[found.end() :].strip(" ,")) for found in joint.finditer(text)]


def asks(part: str) -> bool:
    """Whether a part is a question with a subject of its own, by its words."""
    said = syllables(normalised(part))
    return len(said) >= LEAST and bool(_ASKS.search(_TELLS.sub(" ", " ".join(said))))


async def two_questions(
    session: AsyncSession, message: str, understood: Understanding, on: date, answered_here: Callable[[str], bool]
) -> tuple[Part, Part] | None:
    """Two questions in one message; None where it is one question or either is unclear.

    ``answered_here`` says of a part whether local dates answer it: that is sure whatever the law says beside them.
    """
    for joint, least in ((_OPENLY, LIKELY), (_LOOSELY, SURE)):
        for first, second in parted(message, joint):
            found = [await find(session, part, understood, on) for part in (first, second)]
            chances = [
                1.0 if answered_here(part) else certainty(outcome.hits, understood)
                for part, outcome in zip((first, second), found, strict=True)
                if outcome.hits
            ]
            if stand_apart(found, chances, least):
                return Part(first, found[0].hits[0]), Part(second, found[1].hits[0])
    return None


def stand_apart(found: Sequence[Outcome], chances: Sequence[float], least: float) -> bool:
    """One answer sure, the other at least so likely; different ones that share no fact."""
    if len(chances) < len(found):
        return False
    first, second = found
    apart = set(first.hits[0].facts).isdisjoint(second.hits[0].facts)
    return apart and min(chances) >= least and max(chances) >= SURE
