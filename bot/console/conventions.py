"""Villages' conventions on the desk: drafts to look at and confirm, and what is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.console.access import Asked
from bot.console.forms import typed
from bot.console.local_texts import readable_villages
from bot.console.pages import done, page
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.places.service import Place
from knowledge_base.conventions.kinds import LABELS
from knowledge_base.conventions.queries import in_force, sections
from knowledge_base.conventions.service import ConventionRefused, Recognition, SectionEdit, confirm, discard
from knowledge_base.models import Convention, ConventionSection

HERE = "/console/conventions"
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class Listed:
    """A convention with its village."""

    place: Place
    convention: Convention


class Conventions(Controller):
    """Drafts, and what is in force."""

    path = "/conventions"

    @get("/", permission=Permission.KEEP_CONVENTIONS)
    async def find(self, request: Asked, state: State) -> Template:
        """The drafts that wait, and the version in force of each village."""
        today = state.local(state.clock()).date()
        async with unit_of_work(state.engine) as session:
            places = await readable_villages(session, request.user)
            drafts = [listed for place in places for listed in await _drafts(session, place)]
            held = [Listed(place, found) for place in places if (found := await _in_force(session, place, today))]
        return page(request, "console/conventions.html", section="conventions", drafts=drafts, held=held)

    @get("/{convention_id:int}", permission=Permission.KEEP_CONVENTIONS)
    async def read(self, request: Asked, state: State, convention_id: int) -> Template:
        """One convention; a draft with its form."""
        async with unit_of_work(state.engine) as session:
            listed = await _one(session, request.user, convention_id)
            return _page(request, listed, await sections(session, listed.convention))

    @post("/{convention_id:int}/confirm", permission=Permission.KEEP_CONVENTIONS)
    async def confirm(self, request: Asked, state: State, convention_id: int) -> Response[Any]:
        """Put the draft in force, with the kinds, headings and days as typed."""
        edits: dict[int, SectionEdit] = {}
        try:
            async with unit_of_work(state.engine) as session:
                listed = await _one(session, request.user, convention_id)
                for part in await sections(session, listed.convention):
                    edits[part.id] = await _edit(request, part.id)
                moment = state.local(state.clock())
                await confirm(session, listed.convention, await _days(request), edits, request.user.id, moment)
        except ConventionRefused as error:
            async with unit_of_work(state.engine) as session:
                listed = await _one(session, request.user, convention_id)
                return _page(request, listed, await sections(session, listed.convention), edits, str(error))
        return done(request, HERE, f"Đã xác nhận quy ước {listed.place.label}, phiên bản {listed.convention.version}.")

    @post("/{convention_id:int}/discard", permission=Permission.KEEP_CONVENTIONS)
    async def throw_away(self, request: Asked, state: State, convention_id: int) -> Redirect:
        """Throw the draft away."""
        async with unit_of_work(state.engine) as session:
            listed = await _one(session, request.user, convention_id)
            if listed.convention.state != "draft":
                raise NotFoundException
            await discard(session, listed.convention)
        return done(request, HERE, f"Đã bỏ bản nháp quy ước {listed.place.label}.")


def _page(
    request: Asked,
    listed: Listed,
    parts: Sequence[ConventionSection],
    tried: dict[int, SectionEdit] | None = None,
    error: str | None = None,
) -> Template:
    shown = [(part, (tried or {}).get(part.id, SectionEdit(part.kind, part.heading))) for part in parts]
    return page(
        request,
        "console/convention.html",
        section="conventions",
        status=422 if error else 200,
        error=error,
        place=listed.place,
        convention=listed.convention,
        parts=shown,
        kinds=LABELS,
    )


async def _one(session: AsyncSession, official: Official, convention_id: int) -> Listed:
    """The convention, locked, where its village is this official's; otherwise as if there were none."""
    wanted = select(Convention).where(Convention.id == min(convention_id, LARGEST_ID)).with_for_update()
    convention = await session.scalar(wanted)
    for place in await readable_villages(session, official):
        if convention and place.village and place.village.slug == convention.village_slug:
            return Listed(place, convention)
    raise NotFoundException


async def _drafts(session: AsyncSession, place: Place) -> list[Listed]:
    slug = place.village.slug if place.village else ""
    drafts = select(Convention).where(Convention.village_slug == slug, Convention.state == "draft")
    return [Listed(place, draft) for draft in await session.scalars(drafts.order_by(Convention.version))]


async def _in_force(session: AsyncSession, place: Place, today: date) -> Convention | None:
    return await in_force(session, place.village.slug, today) if place.village else None


async def _edit(request: Asked, section_id: int) -> SectionEdit:
    return SectionEdit(await typed(request, f"kind-{section_id}"), await typed(request, f"heading-{section_id}"))


async def _days(request: Asked) -> Recognition:
    by = await typed(request, "recognised_by")
    return Recognition(await _day(request, "adopted_on"), await _day(request, "recognised_on"), by or None)


async def _day(request: Asked, name: str) -> date | None:
    said = await typed(request, name)
    try:
        return date.fromisoformat(said) if said else None
    except ValueError as error:
        raise ConventionRefused("Ngày phải theo dạng ngày/tháng/năm.") from error
