"""What a resident wants with a case of theirs, from the first words to what they are told: add, withdraw, reopen, rate,
change who may know, follow. Knows no dialogue engine.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes, visibility
from bot.cases import own_step_words as words
from bot.cases import resident_steps as steps
from bot.cases.changes import Resident, parts_of
from bot.cases.merging import living
from bot.cases.models import Case
from bot.cases.queries import of_resident
from bot.cases.rules import Act, NotAllowed, open_to
from bot.language import clean, fold, syllables

Payload = dict[str, Any]
AT_ONCE = frozenset({Act.FOLLOW})
"""Needs no further word."""
WORDY = frozenset({Act.ADD, Act.REOPEN})
FEWEST_WORDS = 2
_STARS = re.compile(r"\b([1-5])\s*(?:sao|diem|\*|/\s*5)|^\s*([1-5])\s*[.!]?\s*$")
_SPELLED = {"mot sao": 1, "hai sao": 2, "ba sao": 3, "bon sao": 4, "nam sao": 5}


@dataclass(frozen=True)
class Begun:
    """The case and the step that wait for an answer; or what is said instead, and nothing waits."""

    code: str | None = None
    act: str | None = None
    answer: str | None = None
    instead: Payload | None = None


async def begin(session: AsyncSession, who: Resident, intent: str, said: str, code: str | None) -> Begun:
    """Which case is meant and whether the step is open to it; an answer that the words hold already is taken."""
    act = words.ACTS[intent]
    named = codes.read(code or codes.found_in(said) or "")
    if named is None and act is Act.FOLLOW:
        return Begun(instead=words.WHICH_CODE)
    found = await _case(session, who, named, act)
    if not isinstance(found, Case):
        return Begun(instead=found)
    if act not in await _open_acts(session, found, who):
        return Begun(instead=words.not_open(act, found.code))
    return Begun(found.code, act, _told_already(act, said))


def ask(code: str, act: str) -> Payload:
    """What the step still needs."""
    return words.QUESTIONS[Act(act)](code)


def read(act: str, said: str, intent: str, entities: dict[str, Any]) -> str | None:
    """The answer in these words or this button; None when they say something else."""
    match Act(act):
        case Act.RATE:
            stars = entities.get("stars") or _stars(said)
            return str(stars) if stars else None
        case Act.SHOW_TO:
            level = entities.get("visibility") or visibility.read(said, fold)
            return str(level) if level in visibility.LEVELS else None
        case Act.WITHDRAW:
            return "yes" if intent in ("affirm", "withdraw_case") else None
        case _:
            return clean(said) if len(syllables(said)) >= FEWEST_WORDS else None


async def do(session: AsyncSession, who: Resident, code: str, act: str, answer: str, at: datetime) -> Payload:
    """Do it, once per message, and what the resident is told."""
    case = (await session.scalars(select(Case).where(Case.code == code))).one()
    try:
        await _DO[Act(act)](session, case, who, answer, at)
    except NotAllowed as no:
        return words.too_late(code) if isinstance(no, steps.TooLate) else words.not_open(Act(act), code)
    return words.done(Act(act), code, answer)


async def offers(session: AsyncSession, case: Case, who: Resident) -> list[Payload]:
    """Buttons for what is open to the resident, under a case's state."""
    acts = await _open_acts(session, case, who)
    return [
        {"label": words.LABELS[act], "intent": intent, "entities": {"case_code": case.code}}
        for intent, act in words.ACTS.items()
        if act in acts
    ]


async def _case(session: AsyncSession, who: Resident, code: str | None, act: Act) -> Case | Payload:
    """The case named, else the only one of the resident's that the step is open to; else what is asked back."""
    if code:
        named = await session.scalar(select(Case).where(Case.code == code))
        return named or words.UNKNOWN
    sent = await of_resident(session, who.conversation_id)
    mine = [case for case in sent if act in await _open_acts(session, case, who)]
    if len(mine) == 1:
        return mine[0]
    return words.which(act, [(case.code, case.description) for case in mine]) if mine else words.none_open(act)


async def _open_acts(session: AsyncSession, case: Case, who: Resident) -> set[Act]:
    """What the resident may do with the case; of a merged one it is what goes on that counts."""
    going_on = await living(session, case)
    return {rule.act for rule in open_to(await parts_of(session, going_on, who), going_on.state)}


def _told_already(act: Act, said: str) -> str | None:
    """The stars, or the level; words that only announce the step are no reason."""
    if act in AT_ONCE:
        return "yes"
    if act is Act.RATE:
        stars = _stars(said)
        return str(stars) if stars else None
    if act is Act.SHOW_TO:
        return visibility.named(said, fold)
    return words.reason_in(said, fold) if act in WORDY else None


def _stars(said: str) -> int | None:
    folded = fold(said)
    found = _STARS.search(folded)
    if found:
        return int(found[1] or found[2])
    return next((stars for spelled, stars in _SPELLED.items() if spelled in folded), None)


async def _rate(session: AsyncSession, case: Case, who: Resident, answer: str, at: datetime) -> None:
    await steps.rate(session, case, who, int(answer), at)


async def _withdraw(session: AsyncSession, case: Case, who: Resident, answer: str, at: datetime) -> None:
    await steps.withdraw(session, case, who, at)


async def _follow(session: AsyncSession, case: Case, who: Resident, answer: str, at: datetime) -> None:
    await steps.follow(session, case, who, at)


_DO: dict[Act, Callable[..., Any]] = {
    Act.ADD: steps.add_words,
    Act.WITHDRAW: _withdraw,
    Act.REOPEN: steps.reopen,
    Act.RATE: _rate,
    Act.SHOW_TO: steps.show_to,
    Act.FOLLOW: _follow,
}
