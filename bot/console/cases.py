"""Cases on the desk: finding them, reading one, moving it on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import codes, queries, service
from bot.cases.attachments import of_case
from bot.cases.chain import fingerprint
from bot.cases.changes import Newer, Overtaken, parts_of
from bot.cases.clocks.desk import lines_of
from bot.cases.clocks.limits import BOARD_LABELS
from bot.cases.clocks.service import may_be_of_board
from bot.cases.fields import FIELDS
from bot.cases.history import history, named
from bot.cases.models import Case
from bot.cases.queries import Listed, Wanted
from bot.cases.reasons import REFUSALS
from bot.cases.rules import Act, NotAllowed, Step, open_to
from bot.cases.states import GIVEN, OUTCOMES, STATES
from bot.clock import local
from bot.console.access import Asked
from bot.console.forms import fault, typed
from bot.console.pages import done, page
from bot.conversations.queries import talk_seen_by
from bot.db import unit_of_work
from bot.media.views import attachments
from bot.officials.models import Official
from bot.officials.permissions import Permission, may
from bot.places.service import communes
from bot.publications.service import may_be_public

LIMIT = 300
NOT_NOW = (
    "Bước này không còn hợp lệ với tình trạng hiện tại của vụ việc, có thể vì đồng nghiệp vừa cập nhật. Hãy xem lại."
)
OVERTAKEN = "Vụ việc vừa thay đổi trong lúc bạn đang xem: {changes}. Chưa có gì được gửi đi; hãy xem lại rồi gửi tiếp."
MISSING = {
    "outcome": "Chọn kết quả trước khi gửi trả lời.",
    "reason": "Chọn lý do phù hợp với kết quả.",
    "competent": "Ghi rõ nơi có thẩm quyền giải quyết.",
}
DONE = {
    Act.RECEIVE: "đã tiếp nhận",
    Act.START: "bắt đầu xử lý",
    Act.ASK: "chờ người dân bổ sung",
    Act.RESUME: "xử lý tiếp",
    Act.ANSWER: "đã trả lời",
    Act.CLOSE: "đã kết thúc",
}


@dataclass(frozen=True)
class Move:
    """What an official asked for, as typed."""

    act: str = ""
    outcome: str = ""
    reason: str = ""
    competent: str = ""
    note: str = ""
    seen: str = ""

    def step(self) -> Step:
        """As the rules read it; ``ValueError`` for an act that is none."""
        return Step(
            Act(self.act),
            text=self.note,
            outcome=self.outcome or None,
            reason=self.reason or None,
            competent=self.competent,
        )


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
        asked = Move(**{name: await typed(request, name) for name in Move.__dataclass_fields__})
        async with unit_of_work(state.engine) as session:
            listed = await _case(session, request.user, code)
            wrong = _fault(asked, state.settings.message_max_characters)
            wrong = wrong or await _move(session, listed.case, request.user, asked, state.clock())
            if wrong:
                return await _case_page(session, request, listed, asked, wrong)
        told = f"Đã cập nhật: {DONE[Act(asked.act)]}. Người dân được báo trong cuộc trò chuyện."
        return done(request, f"/console/cases/{listed.case.code}", told)


@dataclass(frozen=True)
class Fault:
    """Why nothing was done, and the page's status."""

    words: str
    status: int = 422


def _fault(asked: Move, longest: int) -> Fault | None:
    """What is wrong with the words themselves."""
    words = fault(asked.note, longest) if asked.note or asked.act in (Act.ANSWER, Act.ASK) else None
    return Fault(words) if words else None


async def _move(session: AsyncSession, case: Case, official: Official, asked: Move, at: datetime) -> Fault | None:
    """Do it, or say why not; in that case nothing was changed."""
    seen = int(asked.seen) if re.fullmatch("[0-9]{1,6}", asked.seen) else None
    if asked.act not in DONE:
        return Fault(NOT_NOW, 409)
    try:
        await service.work(session, case, asked.step(), official, at, seen=seen)
    except Overtaken as overtaken:
        return Fault(OVERTAKEN.format(changes=_changes(overtaken.newer)), 409)
    except NotAllowed as refused:
        return Fault(MISSING[refused.missing]) if refused.missing in MISSING else Fault(NOT_NOW, 409)
    return None


def _changes(newer: Sequence[Newer]) -> str:
    """“Cán bộ tiếp nhận xã Nậm Lúa (UBND xã Nậm Lúa), lúc 9:05: Đã trả lời”, one after the other."""
    return "; ".join(f"{n.who}, lúc {local(n.at):%H:%M}: {STATES[n.to_state].official}" for n in newer)


async def _case(session: AsyncSession, official: Official, typed_code: str) -> Listed:
    code = codes.read(typed_code)
    found = await queries.seen_by(session, official, Wanted(code=code)) if code else []
    if not found:
        raise NotFoundException
    return found[0]


async def _case_page(
    session: AsyncSession, request: Asked, listed: Listed, tried: Move | None = None, wrong: Fault | None = None
) -> Template:
    official, case = request.user, listed.case
    entries = await history(session, case)
    acts = {rule.act for rule in open_to(await parts_of(session, case, official), case.state)}
    return page(
        request,
        "console/case.html",
        section="cases",
        status=wrong.status if wrong else 200,
        error=wrong.words if wrong else None,
        case=case,
        office=listed.office,
        commune=listed.commune,
        entries=await named(session, entries),
        attached=attachments(await of_case(session, case.id)),
        fingerprint=fingerprint(entries[0].chain),
        acts=[act for act in DONE if act in acts],
        given=GIVEN,
        refusals=REFUSALS,
        tried=tried or Move(),
        note=tried.note if tried else "",
        talk_href=await _talk_href(session, official, case),
        publishable=may_be_public(case),
        now=request.app.state.clock(),
        clocks=(lines := await lines_of(session, case)),
        boards=BOARD_LABELS if Act.NOTE in acts and any(may_be_of_board(line.clock) for line in lines) else {},
        **_labels(),
    )


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
