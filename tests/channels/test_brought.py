"""What a platform's message brings: rows to be fetched, and no link of the platform anywhere else."""

import json
from uuid import uuid4

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.channels.arrivals import Arrival, Location, MediaReference
from bot.channels.intake import take_in
from bot.conversations.models import Message, RawEvent
from bot.media.models import Media
from tests.conversations.town import MORNING, visit

__all__ = ["visit"]
LINK = "https://f6.photo.talk.zdn.vn/a.jpg?token=secret"


async def test_photos_and_places_wait_to_be_fetched_and_links_are_nowhere_else(visit: AsyncSession) -> None:
    arrival = Arrival(
        "zalo",
        str(uuid4()),
        "message",
        {"message": {"attachments": [{"payload": {"url": LINK}}], "text": ""}},
        user=str(uuid4()),
        media=(MediaReference("image", LINK, "nhà.jpg", 1_000), MediaReference("sticker", LINK)),
        location=Location(21.0, 105.0),
    )
    assert await take_in(visit, arrival, MORNING)
    assert not await take_in(visit, arrival, MORNING)  # the platform repeats itself
    message = (await visit.scalars(select(Message).where(Message.client_id == arrival.external_id))).one()
    rows = (await visit.scalars(select(Media).where(Media.message_id == message.id).order_by(Media.position))).all()
    assert [(row.kind, row.state, row.reference) for row in rows] == [
        ("photo", "waiting", LINK),
        ("location", "kept", None),
    ]
    assert (message.text, message.body) == ("", {"carried": ["image", "sticker", "location"]})
    event = (await visit.scalars(select(RawEvent).where(RawEvent.external_id == arrival.external_id))).one()
    assert "zdn.vn" not in json.dumps(event.payload)
    jobs = "select args::text from procrastinate_jobs where lock = :lock"
    (arguments,) = (await visit.execute(text(jobs), {"lock": f"media:{rows[0].id}"})).scalars().all()
    assert "zdn.vn" not in arguments
