"""What an official puts right is in the history, and a corrected field teaches."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.corrections import Correction, correct
from bot.cases.history import history
from bot.cases.routing.models import FieldCorrection
from bot.cases.rules import NotAllowed
from tests.cases.people import office_of, opened, staff_of
from tests.conversations.town import MORNING


async def test_a_corrected_field_is_kept_for_teaching_and_told_to_nobody(visit: AsyncSession) -> None:
    case = await opened(visit, description="Ống nước nhà ông Sùng A Páo vỡ ngập đường")
    staff = await staff_of(visit, case.office_id)
    done = await correct(visit, case, Correction(field="utilities", title="Vỡ ống nước"), staff, MORNING)
    assert (case.field, case.title, done.entry.shown) == ("utilities", "Vỡ ống nước", False)
    assert done.entry.note == "Lĩnh vực: nước, điện; Tên gọi: Vỡ ống nước"
    (kept,) = (await visit.scalars(select(FieldCorrection).where(FieldCorrection.case_id == case.id))).all()
    assert kept.field == "utilities"
    assert "Páo" not in kept.text


async def test_a_question_may_turn_out_to_be_a_recommendation(visit: AsyncSession) -> None:
    case = await opened(visit, kind="question")
    staff = await staff_of(visit, case.office_id)
    await correct(visit, case, Correction(kind="recommendation"), staff, MORNING)
    assert case.kind == "recommendation"


@pytest.mark.parametrize(
    "asked",
    [
        Correction(field="roadz"),  # no such field
        Correction(kind="complaint"),  # never a case
        Correction(title="x" * 101),  # no title
        Correction(field="roads"),  # as it is
        Correction(),  # nothing
    ],
)
async def test_what_is_none_is_refused(visit: AsyncSession, asked: Correction) -> None:
    case = await opened(visit)
    staff = await staff_of(visit, case.office_id)
    with pytest.raises(NotAllowed):
        await correct(visit, case, asked, staff, MORNING)
    assert len(await history(visit, case)) == 1


async def test_another_office_corrects_nothing(visit: AsyncSession) -> None:
    case = await opened(visit)
    stranger = await staff_of(visit, (await office_of(visit, 1)).id)
    with pytest.raises(NotAllowed):
        await correct(visit, case, Correction(field="land"), stranger, MORNING)
    assert case.field == "roads"
