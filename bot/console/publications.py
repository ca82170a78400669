"""Making answers public: what is drafted, what everybody reads, and the page where names are taken out."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Controller, Response, get, post
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.console.access import Asked
from bot.console.case_forms import case_of
from bot.console.forms import typed
from bot.console.pages import done, page, refused
from bot.db import unit_of_work
from bot.officials.permissions import Permission
from bot.publications import service
from bot.publications.models import Publication
from bot.publications.queries import of_case, on_desk
from bot.publications.service import LONGEST_TITLE, PublicationRefused, StillNamed, Words

HERE = "/console/publications"
Doing = Callable[[AsyncSession, Publication], Awaitable[None]]
"""One use case; raises ``PublicationRefused`` and has changed nothing then."""


class Publications(Controller):
    """Drafts that wait for a second person, and what is public."""

    path = "/publications"

    @get("/", permission=Permission.SEE_CASES)
    async def find(self, request: Asked, state: State) -> Template:
        """The office's own, drafts first."""
        async with unit_of_work(state.engine) as session:
            rows = await on_desk(session, request.user)
        return page(request, "console/publications.html", section="publications", rows=rows)

    @get("/{code:str}", permission=Permission.SEE_CASES)
    async def read(self, request: Asked, state: State, code: str) -> Response[Any]:
        """One case's draft or publication; a fresh draft has masks where names were found."""
        async with unit_of_work(state.engine) as session:
            case = (await case_of(session, request.user, code)).case
            row = await of_case(session, case)
            try:
                proposed = await service.proposed(session, case)
            except PublicationRefused as no:
                return refused(request, f"/console/cases/{case.code}", str(no))
            words = (
                Words(row.title, row.question, row.answer)
                if row
                else Words(case.title or "", proposed.question.text, proposed.answer.text)
            )
            return _page(request, case, row, words, (*proposed.question.finds, *proposed.answer.finds))

    @post("/{code:str}/draft", permission=Permission.WORK_CASES)
    async def draft(self, request: Asked, state: State, code: str) -> Response[Any]:
        """Keep the words as typed; what may still tell a name is shown and asked about."""
        words = Words(**{name: await typed(request, name) for name in ("title", "question", "answer")})
        looked_at = await typed(request, "looked_at") == "1"
        async with unit_of_work(state.engine) as session:
            case = (await case_of(session, request.user, code)).case
            try:
                await service.draft(session, case, request.user, words, state.clock(), looked_at=looked_at)
            except PublicationRefused as no:
                left = no.finds if isinstance(no, StillNamed) else ()
                row = await of_case(session, case)
                return _page(request, case, row, words, left, error=str(no), ask=bool(left))
        return done(request, f"{HERE}/{case.code}", "Đã lưu bản soạn. Cần một người thứ hai duyệt trước khi công khai.")

    @post("/{code:str}/publish", permission=Permission.PUBLISH_ANSWERS)
    async def publish(self, request: Asked, state: State, code: str) -> Redirect:
        """Agree as the second person: everybody may read it from now on."""

        async def agree(session: AsyncSession, row: Publication) -> None:
            await service.publish(session, row, request.user, state.clock())

        return await _with_row(request, state, code, agree, "Đã công khai. Ai cũng đọc được từ bây giờ.")

    @post("/{code:str}/withdraw", permission=Permission.WORK_CASES)
    async def withdraw(self, request: Asked, state: State, code: str) -> Redirect:
        """Take it back: nobody reads it any more."""

        async def take_back(session: AsyncSession, row: Publication) -> None:
            await service.withdraw(session, row, f"{request.user.title} gỡ xuống", state.clock())

        return await _with_row(request, state, code, take_back, "Đã gỡ xuống; không ai đọc được nữa.")


async def _with_row(request: Asked, state: State, code: str, doing: Doing, told: str) -> Redirect:
    async with unit_of_work(state.engine) as session:
        case = (await case_of(session, request.user, code)).case
        row = await of_case(session, case)
        if row is None:
            raise NotFoundException
        try:
            await doing(session, row)
        except PublicationRefused as no:
            return refused(request, f"{HERE}/{case.code}", str(no))
    return done(request, HERE, told)


def _page(
    request: Asked,
    case: Case,
    row: Publication | None,
    words: Words,
    finds: Any,
    *,
    error: str | None = None,
    ask: bool = False,
) -> Template:
    return page(
        request,
        "console/publication.html",
        section="publications",
        status=422 if error else 200,
        error=error,
        case=case,
        row=row,
        words=words,
        finds=finds,
        ask=ask,
        longest_title=LONGEST_TITLE,
    )
