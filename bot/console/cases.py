"""Cases on the desk: finding them, reading one, moving it on."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Template
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes, queries, service
from bot.cases.chain import fingerprint
from bot.cases.fields import FIELDS
from bot.cases.models import Case, CaseEntry
from bot.cases.queries import Listed, Wanted
from bot.cases.states import OUTCOMES, STATES
from bot.console.access import Asked
from bot.console.forms import fault, typed
from bot.console.pages import done, page
from bot.conversations.queries import talk_seen_by
from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import Permission, may
from bot.places.service import communes

LIMIT = 300
NEEDS_WORDS = frozenset({"answered", "waiting_for_resident"})
GIVEN = {name: label for name, label in OUTCOMES.items() if name != "withdrawn"}
"""The outcomes an official may give: withdrawing is the resident's."""
NOT_NOW = (
    "Bước này không còn hợp lệ với tình trạng hiện tại của vụ việc, có thể vì đồng nghiệp vừa cập nhật. Hãy xem lại."
)
NO_OUTCOME = "Chọn kết quả trước khi gửi trả lời."


@dataclass(frozen=True)
class Move:
    """What an official asked for; ``outcome`` None where none was chosen."""

    to: str = ""
    outcome: str | None = None
    note: str = ""


class Cases(Controller):
    """What was asked or reported."""

    path = "/cases"

    @get("/", permission=Permission.SEE_CASES)
    async def find(
        self, request: Asked, state: State, *, field: str = "", commune: str = "", code: str = ""
    ) -> Template:
        """The newest cases in this official's scope that match."""
        chosen = {"state": request.query_params.get("state", ""), "field": field, "commune": commune, "code": code}
        async with unit_of_work(state.engine) as session:
            listed = await _find(session, request.user, chosen)
            places = await communes(session) if queries.sees_everything(request.user) else []
        return page(
            request,
            "console/cases.html",
            section="cases",
            listed=listed,
            communes=places,
            chosen=chosen,
            limit=LIMIT,
            **_labels(),
        )

    @get("/{code:str}", permission=Permission.SEE_CASES)
    async def read(self, request: Asked, state: State, code: str) -> Template:
        """One case with its history."""
        async with unit_of_work(state.engine) as session:
            listed = await _case(session, request.user, code)
            return await _case_page(session, request, listed)

    @post("/{code:str}/move", permission=Permission.WORK_CASES)
    async def move(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Move the case on; the resident is told in the chat it came from."""
        asked = Move(await typed(request, "to"), await typed(request, "outcome") or None, await typed(request, "note"))
        async with unit_of_work(state.engine) as session:
            listed = await _case(session, request.user, code)
            await session.refresh(listed.case, with_for_update=True)
            wrong = _fault(asked, listed.case, state.settings.message_max_characters)
            if wrong:
                return await _case_page(session, request, listed, asked, wrong)
            await service.move(
                session,
                listed.case,
                request.user,
                to=asked.to,
                outcome=asked.outcome,
                note=asked.note,
                at=state.clock(),
            )
        label = STATES[asked.to].official.lower()
        return done(
            request,
            f"/console/cases/{listed.case.code}",
            f"Đã cập nhật: {label}. Người dân được báo trong cuộc trò chuyện.",
        )


def _fault(asked: Move, case: Case, longest: int) -> str | None:
    """Why the case cannot be moved so, or None when it can."""
    if asked.to not in STATES[case.state].next:
        return NOT_NOW
    if asked.to == "answered" and asked.outcome not in GIVEN:
        return NO_OUTCOME
    if asked.to in NEEDS_WORDS or asked.note:
        return fault(asked.note, longest)
    return None


async def _case(session: AsyncSession, official: Official, typed_code: str) -> Listed:
    code = codes.read(typed_code)
    found = await queries.seen_by(session, official, Wanted(code=code)) if code else []
    if not found:
        raise NotFoundException
    return found[0]


async def _case_page(
    session: AsyncSession, request: Asked, listed: Listed, tried: Move | None = None, wrong: str | None = None
) -> Template:
    official, case = request.user, listed.case
    entries = await service.history(session, case)
    return page(
        request,
        "console/case.html",
        section="cases",
        status=409 if wrong == NOT_NOW else 422 if wrong else 200,
        error=wrong,
        case=case,
        office=listed.office,
        commune=listed.commune,
        entries=await _with_names(session, entries),
        fingerprint=fingerprint(entries[0].chain),
        moves=STATES[case.state].next if may(official.role, Permission.WORK_CASES) else (),
        given=GIVEN,
        tried=tried or Move(),
        note=tried.note if tried else "",
        talk_href=await _talk_href(session, official, case),
        **_labels(),
    )


async def _with_names(session: AsyncSession, entries: list[CaseEntry]) -> list[tuple[CaseEntry, str]]:
    """Each history line with who did it, in words."""
    rows = await session.execute(select(Official.id, Official.title))
    names = {f"official:{id_}": title for id_, title in rows} | {"resident": "Người dân", "system": "Hệ thống"}
    return [(entry, names.get(entry.actor, "Cán bộ")) for entry in entries]


async def _talk_href(session: AsyncSession, official: Official, case: Case) -> str | None:
    """The conversation, where this official may open it; never of a case whose sender nobody may know."""
    if case.visibility == "nobody" or not may(official.role, Permission.ANSWER_TALKS):
        return None
    talk: Any = await talk_seen_by(session, case.conversation_id, official)
    return _address(talk.id) if talk else None


async def _find(session: AsyncSession, official: Official, chosen: dict[str, str]) -> list[Listed]:
    """The cases that match what was chosen; a choice that makes no sense matches none."""
    commune = int(chosen["commune"]) if re.fullmatch("[0-9]{1,9}", chosen["commune"]) else None
    code = codes.read(chosen["code"])
    known = (
        (chosen["state"], chosen["state"] in STATES),
        (chosen["field"], chosen["field"] in FIELDS),
        (chosen["commune"], commune is not None),
        (chosen["code"], code is not None),
    )
    if any(given and not makes_sense for given, makes_sense in known):
        return []
    wanted = Wanted(chosen["state"] or None, chosen["field"] or None, commune, code)
    return await queries.seen_by(session, official, wanted, LIMIT)


def _labels() -> dict[str, Any]:
    return {"states": STATES, "fields": FIELDS, "outcomes": OUTCOMES}


def _address(talk_id: UUID) -> str:
    return f"/console/conversations/{talk_id}"
