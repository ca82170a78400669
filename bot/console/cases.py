"""Cases on the desk: finding them, reading one, moving it on."""

from datetime import datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.response import Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes, desk, queries, service
from bot.cases.fields import FIELDS
from bot.cases.models import Case
from bot.cases.queries import Listed, Wanted
from bot.cases.rules import Act, NotAllowed, Step
from bot.cases.states import OUTCOMES, STATES
from bot.console.access import Asked
from bot.console.case_forms import attempt, case_of, tried
from bot.console.case_page import Tried, case_page
from bot.console.case_words import DONE, told
from bot.console.forms import number
from bot.console.pages import page
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.places.service import communes

LIMIT = 300
CHOICES = ("view", "state", "field", "commune", "code")


class Cases(Controller):
    """What was asked or reported."""

    path = "/cases"

    @get("/", permission=Permission.SEE_CASES)
    async def find(self, request: Asked, state: State) -> Template:
        """The cases in this official's scope that match: what waits for the office first."""
        chosen, at = {name: request.query_params.get(name, "") for name in CHOICES}, state.clock()
        async with unit_of_work(state.engine) as session:
            listed = await _find(session, request.user, chosen, at)
            places = await communes(session) if queries.sees_everything(request.user) else []
            counted = await desk.counts(session, request.user, at)
            late = await desk.late_among(session, [one.case for one in listed], at)
        return page(
            request,
            "console/cases.html",
            section="cases",
            listed=listed,
            late=late,
            views=desk.views_of(request.user),
            counts=counted,
            communes=places,
            chosen=chosen,
            limit=LIMIT,
            states=STATES,
            fields=FIELDS,
            outcomes=OUTCOMES,
        )

    @get("/{code:str}", permission=Permission.SEE_CASES)
    async def read(self, request: Asked, state: State, code: str) -> Template:
        """One case with its history."""
        async with unit_of_work(state.engine) as session:
            listed = await case_of(session, request.user, code)
            return await case_page(session, request, listed, state.clock())

    @post("/{code:str}/move", permission=Permission.WORK_CASES)
    async def move(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Move the case on; the resident is told in the chat it came from."""
        asked = await tried(request)

        async def work(session: AsyncSession, case: Case, at: datetime) -> None:
            await service.work(session, case, _step(asked), request.user, at, seen=number(asked.seen))

        return await attempt(request, state, code, asked, work, told(asked.act))

    @post("/{code:str}/note", permission=Permission.WORK_CASES)
    async def note(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Words for colleagues only."""
        asked = await tried(request, Act.NOTE)

        async def write(session: AsyncSession, case: Case, at: datetime) -> None:
            step = Step(Act.NOTE, text=asked.note)
            await service.work(session, case, step, request.user, at, seen=number(asked.seen))

        return await attempt(request, state, code, asked, write, "Đã ghi chú. Chỉ cán bộ đọc được.")


def _step(asked: Tried) -> Step:
    """The form as the rules read it; ``NotAllowed`` for an act that is no step of this form."""
    if asked.act not in DONE:
        raise NotAllowed(f"no such step: {asked.act}")
    return Step(
        Act(asked.act),
        text=asked.note,
        outcome=asked.outcome or None,
        reason=asked.reason or None,
        competent=asked.competent,
    )


async def _find(session: AsyncSession, official: Official, chosen: dict[str, str], at: datetime) -> list[Listed]:
    """The cases that match what was chosen; a choice that makes no sense matches none."""
    commune = number(chosen["commune"])
    code = codes.read(chosen["code"])
    known = (
        (chosen["view"], chosen["view"] in desk.views_of(official)),
        (chosen["state"], chosen["state"] in STATES),
        (chosen["field"], chosen["field"] in FIELDS),
        (chosen["commune"], commune is not None),
        (chosen["code"], code is not None),
    )
    if any(given and not makes_sense for given, makes_sense in known):
        return []
    wanted = Wanted(chosen["state"] or None, chosen["field"] or None, commune, code)
    view = desk.in_view(chosen["view"], official, at) if chosen["view"] else None
    order = desk.first_things_first(official)
    return await queries.seen_by(session, official, wanted, LIMIT, where=view, order=order)
