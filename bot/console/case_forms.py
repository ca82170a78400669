"""The forms of a case's page: what was typed into one, and why it was not done. Nothing typed is ever lost."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from litestar import Response
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes, queries
from bot.cases.changes import Overtaken
from bot.cases.models import Case
from bot.cases.queries import Listed, Wanted
from bot.cases.rules import NotAllowed
from bot.console.access import Asked
from bot.console.case_page import Fault, Tried, case_page
from bot.console.case_words import MISSING, NOT_NOW, OVERTAKEN, changes
from bot.console.forms import fault, typed
from bot.console.pages import done
from bot.db import unit_of_work
from bot.officials.models import Official

Doing = Callable[[AsyncSession, Case, datetime], Awaitable[object]]
"""One use case: raises ``NotAllowed``, ``Overtaken`` or ``Refused`` and has changed nothing then."""


class Refused(ValueError):
    """What was typed makes no sense; the message says why, in Vietnamese."""


async def tried(request: Asked, act: str = "") -> Tried:
    """What the form brought; ``act`` where the address says it."""
    asked = {name: await typed(request, name) for name in Tried.__dataclass_fields__}
    return Tried(**asked | ({"act": act} if act else {}))


async def attempt(request: Asked, state: State, code: str, asked: Tried, doing: Doing, told: str) -> Response[Any]:
    """Do it and say so; or the case's page again with what was typed and why it was not done."""
    at = state.clock()
    async with unit_of_work(state.engine) as session:
        listed = await case_of(session, request.user, code)
        wrong = _too_long(asked, state.settings.message_max_characters)
        wrong = wrong or await _do(session, listed.case, doing, at)
        if wrong:
            return await case_page(session, request, listed, at, asked, wrong)
    return done(request, _address(listed.case, request.user), told)


async def case_of(session: AsyncSession, official: Official, typed_code: str) -> Listed:
    """The case of that code in the official's scope; not found otherwise."""
    code = codes.read(typed_code)
    found = await queries.seen_by(session, official, Wanted(code=code)) if code else []
    if not found:
        raise NotFoundException
    return found[0]


def _address(case: Case, official: Official) -> str:
    """The case, or the list where it has left the official's scope."""
    here = queries.sees_everything(official) or official.office_id in (case.office_id, case.to_office_id)
    return f"/console/cases/{case.code}" if here else "/console/cases"


def _too_long(asked: Tried, longest: int) -> Fault | None:
    words = fault(asked.note, longest) if asked.note else None
    return Fault(words) if words else None


async def _do(session: AsyncSession, case: Case, doing: Doing, at: datetime) -> Fault | None:
    try:
        await doing(session, case, at)
    except Overtaken as overtaken:
        return Fault(OVERTAKEN.format(changes=changes(overtaken.newer)), 409)
    except NotAllowed as no:
        return Fault(MISSING[no.missing]) if no.missing in MISSING else Fault(NOT_NOW, 409)
    except Refused as no:
        return Fault(str(no))
    return None
