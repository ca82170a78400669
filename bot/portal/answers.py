"""Answers of settled cases for everybody: a page to read and search, and the same as open data."""

from typing import Annotated, Any

from litestar import Controller, get
from litestar.datastructures import State
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from litestar.response import Template
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.fields import FIELDS
from bot.db import unit_of_work
from bot.places.service import province
from bot.publications.queries import SHOWN, Read, one_published, published

Words = Annotated[str, Parameter(query="q", max_length=300, description="những chữ cần tìm, có dấu hay không dấu")]
Field = Annotated[str, Parameter(max_length=30, description="mã lĩnh vực")]
Number = Annotated[int, Parameter(ge=0, le=1_000)]
LARGEST_ID = 2**63 - 1


class Answers(Controller):
    """What was asked and answered, without anybody's name."""

    @get("/answers", include_in_schema=False)
    async def read(self, state: State, words: Words = "", field: Field = "", number: Number = 0) -> Template:
        """The newest answers, or those that hold the words."""
        async with unit_of_work(state.engine) as session:
            found = await published(session, words=words, field=field, page=number)
            return await _page(session, found, words=words, field=field, number=number)

    @get("/answers/{publication_id:int}", include_in_schema=False)
    async def read_one(self, state: State, publication_id: int) -> Template:
        """One answer by itself, to be sent on."""
        async with unit_of_work(state.engine) as session:
            found = await one_published(session, min(publication_id, LARGEST_ID))
            if found is None:
                raise NotFoundException
            return await _page(session, [found], alone=True)

    @get("/api/v1/answers", tags=["answers"])
    async def data(self, state: State, words: Words = "", field: Field = "", number: Number = 0) -> dict[str, Any]:
        """The same as JSON, fifty to a page (``number`` counts from 0); free to reuse."""
        async with unit_of_work(state.engine) as session:
            found = await published(session, words=words, field=field, page=number)
        return {"answers": [_as_data(one) for one in found], "next": number + 1 if len(found) == SHOWN else None}


async def _page(
    session: AsyncSession, found: list[Read], *, words: str = "", field: str = "", number: int = 0, alone: bool = False
) -> Template:
    served = await province(session)
    return Template(
        "answers.html",
        context={
            "province": served.name if served else "Tỉnh",
            "found": found,
            "fields": FIELDS,
            "words": words,
            "field": field,
            "number": number,
            "more": len(found) == SHOWN,
            "alone": alone,
        },
    )


def _as_data(one: Read) -> dict[str, Any]:
    row = one.publication
    return {
        "id": row.id,
        "title": row.title,
        "question": row.question,
        "answer": row.answer,
        "field": row.field,
        "office": one.office.name,
        "commune": one.commune.label if one.commune else None,
        "published_at": row.published_at,
    }
