"""What is older than the province keeps it goes; a dry run takes nothing; every text column's fate is written down."""

from datetime import timedelta

import pytest
from sqlalchemy import ARRAY, JSON, String, select
from sqlalchemy.ext.asyncio import AsyncSession

import bot.app
import bot.worker  # noqa: F401 -- every table there is
from bot.conversations.incoming import Incoming, receive
from bot.conversations.models import Gap, Message, RawEvent
from bot.db import Base
from bot.privacy import retention
from bot.settings import Settings
from tests.conversations.test_gaps import not_understood
from tests.conversations.town import MORNING, said
from tests.privacy.fates import ERASED, KEPT, OF_THE_OFFICE

SOON = timedelta(seconds=1)
ASKED = "câu hỏi mà máy không hiểu nổi"


def settings(**changed: int) -> Settings:
    return Settings(_env_file=None, sample=True, public_url="", clock=None, **changed)


@pytest.mark.parametrize(
    ("passed", "left"),
    [
        (timedelta(days=30), True),  # the last moment
        (timedelta(days=30) + SOON, False),
    ],
)
async def test_raw_payloads_are_emptied_and_the_id_is_still_known(
    visit: AsyncSession, passed: timedelta, left: bool
) -> None:
    message = await said(visit, "xã công khai gì")
    await retention.apply(visit, settings(), MORNING + passed)
    event = (await visit.scalars(select(RawEvent).where(RawEvent.external_id == message.client_id))).one()
    await visit.refresh(event)
    assert (event.payload != {}) is left
    again = Incoming("web", str(message.client_id), "xã công khai gì", {})
    assert (await receive(visit, message.conversation_id, again, MORNING)).id == message.id


@pytest.mark.parametrize(("passed", "left"), [(timedelta(days=90), 1), (timedelta(days=90) + SOON, 0)])
async def test_gaps_go_after_their_days(visit: AsyncSession, passed: timedelta, left: int) -> None:
    message = await said(visit, ASKED)
    await not_understood(visit, message)
    await retention.apply(visit, settings(talk_days=0), MORNING + passed)
    found = await visit.scalars(select(Gap).where(Gap.message_id == message.id))
    assert len(found.all()) == left


@pytest.mark.parametrize(
    ("days", "passed", "left"),
    [
        (365, 365, True),
        (365, 366, False),
        (0, 4000, True),  # 0: until somebody erases
    ],
)
async def test_words_of_talks_that_ended(visit: AsyncSession, days: int, passed: int, left: bool) -> None:
    message = await said(visit, "lời cũ")
    await retention.apply(visit, settings(talk_days=days), MORNING + timedelta(days=passed))
    await visit.refresh(message)
    assert (message.text is not None) is left


async def test_a_dry_run_counts_and_takes_nothing(visit: AsyncSession) -> None:
    message = await said(visit, "lời cũ")
    late = MORNING + timedelta(days=400)
    counted = {one.rule.table: one.rows for one in await retention.due(visit, settings(), late)}
    assert counted[Message] >= 1
    assert counted[RawEvent] >= 1
    await visit.refresh(message)
    assert message.text == "lời cũ"
    taken = {one.rule.table: one.rows for one in await retention.apply(visit, settings(), late)}
    assert taken == counted
    assert all(one.rows == 0 for one in await retention.due(visit, settings(), late))


def test_every_text_column_has_its_fate_written_down() -> None:
    """A new column cannot hold residents' words without anybody having decided what becomes of them."""
    columns = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON | ARRAY) and table.name not in OF_THE_OFFICE
    }
    decided = [f"{table}.{name}" for fate in (ERASED, KEPT) for table, names in fate.items() for name in names.split()]
    assert len(decided) == len(set(decided))
    assert columns ^ set(decided) == set()
