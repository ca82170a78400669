"""How a case stands, for whoever may know: on its own channel by code, from elsewhere by code and secret."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes
from bot.cases.changes import Resident
from bot.cases.lookups import locked, note_wrong
from bot.cases.models import Case
from bot.cases.own import part_in
from bot.cases.own_steps import offers
from bot.cases.queries import of_resident
from bot.cases.standing import standing
from bot.conversations.residents import is_same_resident
from bot.db.jobs import hold_lock

LOCKED = {
    "kind": "notice",
    "text": (
        "Mã đã nhập sai nhiều lần nên tôi tạm khóa việc xem phiếu này từ nơi khác, hết một ngày bác thử lại giúp tôi. "
        "Bác vẫn xem được ở nơi bác đã gửi phiếu. Cần gấp, bác nhắn “gặp cán bộ”."
    ),
    "buttons": [{"label": "Gặp cán bộ", "intent": "talk_to_human"}],
}
CHOOSE = "Bác có mấy phiếu ở đây. Bác muốn xem phiếu nào?"
_SECRET = re.compile(r"(?<![0-9a-z-])[0-9a-z]{4}[ -]?[0-9a-z]{4}(?![0-9a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A payload to say, or the name of a response when there is nothing to tell."""

    payload: dict[str, Any] | None = None
    response: str = "utter_ask_case_code"
    code: str | None = None
    """The case whose secret is still missing."""


@dataclass(frozen=True)
class Asker:
    """Who asks, by which message, and when."""

    conversation_id: UUID
    message_id: int
    at: datetime


async def status(
    session: AsyncSession, asker: Asker, said: str, code: str | None, derive: Callable[[str, str], bytes]
) -> Found:
    """The state of the case said or pressed; asks for what is missing."""
    code = code or codes.found_in(said)
    if code is None:
        return await _own(session, asker)
    known = codes.read(code)
    if known is None:
        return Found(response="utter_wrong_case_code")
    case = await session.scalar(select(Case).where(Case.code == known))
    if case and await is_same_resident(session, case.conversation_id, asker.conversation_id):
        return Found(await _with_offers(session, case, asker))
    if case and await part_in(session, case, asker.conversation_id):
        return Found(await standing(session, case, follows=True))
    return await _elsewhere(session, asker, said, known, case, derive)


async def _with_offers(session: AsyncSession, case: Case, asker: Asker) -> dict[str, Any]:
    """How the resident's own case stands, with what they may do about it."""
    who = Resident(asker.conversation_id, asker.message_id)
    return {**await standing(session, case), "buttons": await offers(session, case, who)}


async def _elsewhere(
    session: AsyncSession,
    asker: Asker,
    said: str,
    code: str,
    case: Case | None,
    derive: Callable[[str, str], bytes],
) -> Found:
    """Only with the secret. A code that nobody was given counts as a wrong try, too."""
    await hold_lock(session, f"secret-of:{code}")
    if await locked(session, code, str(asker.conversation_id), asker.at):
        return Found(LOCKED)
    if case and _knows_secret(said, code, derive):
        return Found(await standing(session, case))
    tried = _SECRET.search(codes.IN_TEXT.sub(" ", said)) is not None
    if tried or case is None:
        await note_wrong(session, code, str(asker.conversation_id), str(asker.message_id), asker.at)
    if case is None:
        return Found(response="utter_unknown_case_code")
    return Found(response="utter_wrong_case_secret" if tried else "utter_ask_case_secret", code=code)


def names_case(said: str) -> bool:
    """Whether the words hold something like a case's code."""
    return codes.found_in(said) is not None


def is_secret(said: str) -> bool:
    """Whether the words are nothing but something like a case's secret."""
    return _SECRET.fullmatch(said.strip(" .,!")) is not None


async def _own(session: AsyncSession, asker: Asker) -> Found:
    mine = await of_resident(session, asker.conversation_id)
    if not mine:
        return Found()
    if len(mine) == 1:
        return Found(await _with_offers(session, mine[0], asker))
    return Found({"kind": "clarify", "text": CHOOSE, "buttons": _choices(mine)})


def _choices(cases: Sequence[Case]) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{case.code}: {case.description[:40]}",
            "intent": "track_case",
            "entities": {"case_code": case.code},
        }
        for case in cases[:4]
    ]


def _knows_secret(said: str, code: str, derive: Callable[[str, str], bytes]) -> bool:
    rest = codes.IN_TEXT.sub(" ", said)
    expected = codes.secret(code, derive)
    return any(compare_digest(codes.same_secret(typed), expected) for typed in _SECRET.findall(rest))
