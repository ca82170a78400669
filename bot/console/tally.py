"""The tally: tables, the list behind each number, and all of it as a workbook."""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Controller, Response, get
from litestar.datastructures import State
from litestar.exceptions import ValidationException
from litestar.response import Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.fields import FIELDS
from bot.cases.states import OUTCOMES, STATES
from bot.console.access import Asked
from bot.console.pages import page
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission
from bot.places.service import communes
from bot.tallies import queries, tables, xlsx
from bot.tallies.selection import UNKNOWN, BadSelection, Selection, read

PER_PAGE = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Choice:
    """One choice of a filter."""

    id: int | str
    label: str


class Tally(Controller):
    """Counting cases."""

    @get("/tally", permission=Permission.SEE_TALLY)
    async def show(self, request: Asked, state: State) -> Template:
        """The tables."""
        selection = _selection(request)
        async with unit_of_work(state.engine) as session:
            await _one_snapshot(session)
            names = await _names(session)
            counted = await queries.counts(session, request.user, selection)
            given = tables.given(await queries.guidance(session, request.user, selection))
        return page(
            request,
            "console/tally.html",
            section="tally",
            chosen=selection.chosen(),
            states=STATES,
            fields=FIELDS,
            outcomes=OUTCOMES | {UNKNOWN: tables.NO_OUTCOME},
            communes=_choices(request.user, names),
            period=tables.period(selection),
            total={"count": counted["state"].total(), "href": _href("/console/tally/cases", selection)},
            tables=[_shown(table) for table in tables.tables(counted, selection, names)],
            guidance=given,
            xlsx_href=_href("/console/tally.xlsx", selection),
        )

    @get("/tally/cases", permission=Permission.SEE_TALLY)
    async def list_(self, request: Asked, state: State, sheet: int = 1) -> Template:
        """The cases behind one number, without who and what."""
        selection, sheet = _selection(request), min(max(sheet, 1), 1_000_000)
        offset = (sheet - 1) * PER_PAGE
        async with unit_of_work(state.engine) as session:
            await _one_snapshot(session)
            names = await _names(session)
            total = await queries.number(session, request.user, selection)
            listed = await queries.listed(session, request.user, selection, offset=offset, limit=PER_PAGE)
        return page(
            request,
            "console/tally_list.html",
            section="tally",
            what=_capital(tables.in_words(selection, names)),
            total=total,
            rows=tables.rows(listed, names, offset + 1),
            tally_href=_href("/console/tally", selection),
            before_href=_href("/console/tally/cases", selection, sheet - 1) if sheet > 1 else None,
            after_href=_href("/console/tally/cases", selection, sheet + 1) if offset + PER_PAGE < total else None,
        )

    @get("/tally.xlsx", permission=Permission.SEE_TALLY)
    async def download(self, request: Asked, state: State) -> Response[bytes]:
        """The workbook."""
        selection, made_at = _selection(request), state.local(state.clock())
        async with unit_of_work(state.engine) as session:
            await _one_snapshot(session)
            names = await _names(session)
            counted = await queries.counts(session, request.user, selection)
            listed = await queries.listed(session, request.user, selection)
            given = tables.given(await queries.guidance(session, request.user, selection))
        report = xlsx.Report(
            counted=tables.in_words(selection, names),
            made_at=made_at,
            total=counted["state"].total(),
            tables=tables.tables(counted, selection, names),
            rows=tables.rows(listed, names),
            guidance=given,
        )
        name = f'attachment; filename="thong-ke-vu-viec-{made_at:%Y-%m-%d}.xlsx"'
        content = await asyncio.to_thread(xlsx.workbook, report)
        return Response(content, media_type=XLSX, headers={"Content-Disposition": name})


def _selection(request: Asked) -> Selection:
    try:
        return read(request.query_params)
    except BadSelection as error:
        raise ValidationException from error


async def _one_snapshot(session: AsyncSession) -> None:
    """All that this unit of work reads is as of one moment, so that list and tables agree."""
    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


async def _names(session: AsyncSession) -> dict[int, str]:
    return {commune.id: commune.label for commune in await communes(session)}


def _choices(official: Official, names: dict[int, str]) -> list[Choice]:
    """The communes this official may choose among."""
    if official.role not in queries.WHOLE_PROVINCE:
        return [Choice(id_, label) for id_, label in names.items() if id_ == official.office.commune_id]
    return [*(Choice(id_, label) for id_, label in names.items()), Choice(UNKNOWN, tables.NO_COMMUNE)]


def _shown(table: tables.Table) -> dict[str, Any]:
    lines = [
        {"label": line.label, "count": line.count, "href": _href("/console/tally/cases", line.behind)}
        for line in table.lines
    ]
    return {"name": table.name, "title": table.title, "rows": lines}


def _href(address: str, selection: Selection, sheet: int = 1) -> str:
    query = selection.query() | ({"sheet": str(sheet)} if sheet > 1 else {})
    return f"{address}?{urlencode(query)}" if query else address


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
