"""Where a new case goes: every place and field has an office, whatever rows there are or are missing."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.cases.commands import fields_command
from bot.cases.fields import FIELDS
from bot.cases.routing.models import FieldCorrection, Route
from bot.cases.routing.queries import office_and_person, taught
from bot.cases.routing.service import RouteRefused, keep_correction, set_route
from bot.db import unit_of_work
from tests.tallies.made_up import MadeUp, make

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
async def made(session: AsyncSession) -> MadeUp:
    return await make(session)


async def _set(
    session: AsyncSession, commune: int | None, field: str | None, office: object, person: object = None
) -> None:
    await set_route(session, commune, field, office, person, by=None, at=AT)  # type: ignore[arg-type]


async def test_the_nearest_row_holds(session: AsyncSession, made: MadeUp) -> None:
    first, second = made.communes[0].id, made.communes[1].id
    colleague = made.officials["colleague"]
    await _set(session, None, "land", made.offices["province"])  # land of every commune
    await _set(session, first, None, made.offices["first"])  # this commune keeps what is its own
    await _set(session, first, "roads", made.offices["first"], colleague)  # roads have a person
    rows = [
        (first, "roads", "first", colleague.id),
        (first, "land", "first", None),  # the commune's row before the province's field
        (second, "land", "province", None),
        (second, "roads", "second", None),  # no row: the commune's own office
        (None, "land", "province", None),  # nobody knows where
        (None, "roads", "province", None),
    ]
    for commune, field, office, person in rows:
        found, official = await office_and_person(session, commune, field)
        assert (found.id, official) == (made.offices[office].id, person), (commune, field)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.tuples(st.sampled_from([None, 0, 1]), st.sampled_from([None, *FIELDS])), max_size=12))
async def test_there_is_always_an_office(
    session: AsyncSession, made: MadeUp, rows: set[tuple[int | None, str | None]]
) -> None:
    """Every commune × field, with whatever rows are there and the rest missing, an unknown commune included."""
    await session.execute(delete(Route))
    for commune, field in rows:
        await _set(session, None if commune is None else made.communes[commune].id, field, made.offices["second"])
    for commune, field in product([None, *(c.id for c in made.communes), 999], [*FIELDS, "unheard of"]):
        office, _ = await office_and_person(session, commune, field)
        assert office.level in ("commune", "province")


async def test_a_row_is_replaced_and_taken_away(session: AsyncSession, made: MadeUp) -> None:
    first = made.communes[0].id
    await _set(session, first, "roads", made.offices["second"])
    await _set(session, first, "roads", made.offices["province"])
    assert (await office_and_person(session, first, "roads"))[0].slug == "province"
    await _set(session, first, "roads", None)
    assert (await office_and_person(session, first, "roads"))[0].slug == "first"


async def test_who_has_left_gets_no_case(session: AsyncSession, made: MadeUp) -> None:
    first, colleague = made.communes[0].id, made.officials["colleague"]
    await _set(session, first, "roads", made.offices["first"], colleague)
    colleague.active = False
    await session.flush()
    assert (await office_and_person(session, first, "roads"))[1] is None


async def test_rows_that_make_no_sense(session: AsyncSession, made: MadeUp) -> None:
    first, staff2 = made.communes[0].id, made.officials["staff2"]
    with pytest.raises(RouteRefused, match="lĩnh vực"):
        await _set(session, first, "nonsense", made.offices["first"])
    with pytest.raises(RouteRefused, match="không làm việc ở"):
        await _set(session, first, "roads", made.offices["first"], staff2)
    made.offices["second"].level = "front"
    with pytest.raises(RouteRefused, match="không giải quyết"):
        await _set(session, first, "roads", made.offices["second"])
    assert (await session.scalars(select(Route))).all() == []


async def test_a_corrected_field_is_kept_without_telling_who(session: AsyncSession, made: MadeUp) -> None:
    words = "Ông Nguyễn Văn Dính, số 0912345678, bản Thử: mất điện cả tuần"
    case = await made.case(session, await made.talk(session), description=words, field="other")
    case.field = "utilities"
    await keep_correction(session, case, AT)
    kept = (await session.scalars(select(FieldCorrection))).one()
    assert (kept.suggested, kept.field) == ("utilities", "utilities")
    assert "mất điện cả tuần" in kept.text
    assert not any(told in kept.text for told in ("Dính", "0912345678", "Nguyễn"))
    assert await taught(session) == [("utilities", kept.text)]


async def test_corrections_are_printed_as_examples(
    empty: str, engine: AsyncEngine, capsys: pytest.CaptureFixture[str]
) -> None:
    async with unit_of_work(engine) as session:
        made = await make(session)
        case = await made.case(session, await made.talk(session), description="điện chập chờn\nhỏng cả tủ lạnh")
        case.field = "utilities"
        await keep_correction(session, case, AT)
    assert await fields_command(engine) == 0
    assert capsys.readouterr().out == "utilities: điện chập chờn hỏng cả tủ lạnh\n"
