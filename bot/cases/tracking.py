"""How a case stands, for whoever may know: on its own channel by code, from elsewhere by code and secret."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes
from bot.cases.history import history
from bot.cases.models import Case
from bot.cases.queries import by_code, of_conversation
from bot.cases.states import OUTCOMES, STATES
from bot.cases.telling import view_of
from bot.officials.models import Office

CHOOSE = "Bác có mấy phiếu ở đây. Bác muốn xem phiếu nào?"
_CODE_IN_TEXT = re.compile(r"xh[\W_]*(?:[0-9a-z][\W_]*?){8}(?![0-9a-z])", re.IGNORECASE)
_SECRET = re.compile(r"(?<![0-9a-z-])[0-9a-z]{4}[ -]?[0-9a-z]{4}(?![0-9a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """A payload to say, or the name of a response when there is nothing to tell."""

    payload: dict[str, Any] | None = None
    response: str = "utter_ask_case_code"
    code: str | None = None
    """The case whose secret is still missing."""


async def status(
    session: AsyncSession, conversation_id: UUID, said: str, code: str | None, derive: Callable[[str, str], bytes]
) -> Found:
    """The state of the case said or pressed; asks for what is missing."""
    named = _CODE_IN_TEXT.search(said)
    code = code or (named and named[0]) or None
    if code is None:
        return await _own(session, conversation_id)
    known = codes.read(code)
    if known is None:
        return Found(response="utter_wrong_case_code")
    found = await by_code(session, known)
    if found is None:
        return Found(response="utter_unknown_case_code")
    case, office = found
    if case.conversation_id != conversation_id and not _knows_secret(said, known, derive):
        tried = _SECRET.search(_CODE_IN_TEXT.sub(" ", said)) is not None
        return Found(response="utter_wrong_case_secret" if tried else "utter_ask_case_secret", code=known)
    return Found(await _told(session, case, office))


def names_case(said: str) -> bool:
    """Whether the words hold something like a case's code."""
    return _CODE_IN_TEXT.search(said) is not None


def is_secret(said: str) -> bool:
    """Whether the words are nothing but something like a case's secret."""
    return _SECRET.fullmatch(said.strip(" .,!")) is not None


async def _own(session: AsyncSession, conversation_id: UUID) -> Found:
    mine = await of_conversation(session, conversation_id)
    if not mine:
        return Found()
    if len(mine) == 1:
        return Found(await _told(session, *mine[0]))
    return Found({"kind": "clarify", "text": CHOOSE, "buttons": _choices(mine)})


def _choices(cases: Sequence[tuple[Case, Office]]) -> list[dict[str, Any]]:
    return [
        {
            "label": f"{case.code}: {case.description[:40]}",
            "intent": "track_case",
            "entities": {"case_code": case.code},
        }
        for case, _ in cases[:4]
    ]


async def _told(session: AsyncSession, case: Case, office: Office) -> dict[str, Any]:
    lines = [f"Phiếu {case.code}: {STATES[case.state].resident}.", f"Nơi giải quyết: {office.name}."]
    if case.outcome:
        lines.append(f"Kết quả: {OUTCOMES[case.outcome]}.")
    last = (await history(session, case))[-1]
    if last.actor.startswith("official") and last.note and last.shown:
        lines.append(f"Lời của đơn vị: {last.note}")
    return {"kind": "status", "text": "\n".join(lines), "case": await view_of(session, case, office)}


def _knows_secret(said: str, code: str, derive: Callable[[str, str], bytes]) -> bool:
    rest = _CODE_IN_TEXT.sub(" ", said)
    expected = codes.secret(code, derive)
    return any(compare_digest(codes.same_secret(typed), expected) for typed in _SECRET.findall(rest))
