"""Cases about the same thing: shown side by side, made one."""

from datetime import datetime
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import merging
from bot.cases.changes import parts_of
from bot.cases.fields import FIELDS
from bot.cases.models import Case
from bot.cases.rules import Act, NotAllowed, open_to
from bot.cases.similar import alike_on_desk
from bot.cases.states import OPEN, STATES
from bot.console.access import Asked
from bot.console.case_forms import attempt, case_of, tried
from bot.console.forms import number
from bot.console.pages import page
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.places.models import Commune

MERGED = "Đã gộp. Mọi người gửi được báo ở kênh của mình; không ai thấy người khác."
SHOWN = 20


class CaseMerging(Controller):
    """What may be about the same."""

    path = "/cases/{code:str}/merge"

    @get("/", permission=Permission.WORK_CASES)
    async def show(self, request: Asked, state: State, code: str) -> Template:
        """The case beside those of this official's scope that are like it, the likest first."""
        async with unit_of_work(state.engine) as session:
            listed = await case_of(session, request.user, code)
            found = (await alike_on_desk(session, request.user, listed.case, state.clock()))[:SHOWN]
            places = {case.id: await _label(session, case) for case in (listed.case, *found)}
            open_ = await _may_merge(session, listed.case, request.user)
        return page(
            request,
            "console/merge.html",
            section="cases",
            case=listed.case,
            found=found,
            places=places,
            may_merge=open_,
            open_states=OPEN,
            states=STATES,
            fields=FIELDS,
        )

    @post("/", permission=Permission.WORK_CASES)
    async def merge(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Go on with the other case alone."""
        asked = await tried(request, Act.MERGE)

        async def join(session: AsyncSession, case: Case, at: datetime) -> None:
            into = await _other(session, request.user, asked.into)
            await merging.merge(session, case, into, request.user, at, seen=number(asked.seen))

        return await attempt(request, state, code, asked, join, MERGED)


async def _other(session: AsyncSession, official: Official, typed_code: str) -> Case:
    """The case to go on with; ``NotAllowed`` for one that the official cannot see."""
    try:
        return (await case_of(session, official, typed_code)).case
    except NotFoundException as error:
        raise NotAllowed("no such case", "other") from error


async def _may_merge(session: AsyncSession, case: Case, official: Official) -> bool:
    rules = open_to(await parts_of(session, case, official), case.state)
    return any(rule.act == Act.MERGE for rule in rules)


async def _label(session: AsyncSession, case: Case) -> str:
    commune = await session.get(Commune, case.commune_id) if case.commune_id else None
    return commune.label if commune else "Chưa rõ xã"
