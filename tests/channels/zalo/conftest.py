"""Zalo's stand-in over real HTTP, and what of ours talks to it, on the sample town."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.channels.delivery import Delivery
from bot.channels.platform import Uncertain
from bot.channels.registry import Channels, channels, inbox_of
from bot.channels.zalo.grants import Grants
from bot.channels.zalo.platform import ZaloPlatform
from bot.conversations import channel_states
from bot.conversations.models import Conversation
from bot.conversations.replies import Reply, ReplyButton
from bot.conversations.service import add_replies
from bot.db import unit_of_work
from bot.settings import Settings
from tests.conversations.town import Clock, clock, town, town_url
from tests.platforms.chats import Chat, Said
from tests.platforms.fixtures import Served, zalo
from tests.platforms.zalo import events
from tests.platforms.zalo.account import Zalo
from tests.platforms.zalo.events import APP_ID, APP_SECRET, OA_ID, OA_SECRET

__all__ = ["clock", "town", "town_url", "zalo"]


@dataclass
class OnZalo:
    """Ours and theirs, wired together."""

    town: AsyncEngine
    settings: Settings
    theirs: Served[Zalo]
    clock: Clock
    channels: Channels

    @property
    def platform(self) -> ZaloPlatform:
        found = self.channels.platforms["zalo"]
        assert isinstance(found, ZaloPlatform)
        return found

    @property
    def grants(self) -> Grants:
        return self.platform.grants

    async def consent(self) -> None:
        """An administrator of the account agrees."""
        code = self.theirs.platform.grants.consent(self.grants.app.challenge)
        await self.grants.consent(code, OA_ID, 1)

    async def delivers(self, talk: UUID) -> None:
        """A worker delivers what is due."""

        async def nap(seconds: float) -> None:
            self.clock.pass_by(seconds=seconds)

        await Delivery(self.town, self.channels.platforms, self.clock, attempts=5, nap=nap).deliver_all(talk)

    async def a_chat(self) -> tuple[Chat, UUID]:
        """A resident who has just written, on both sides."""
        chat = self.theirs.platform.chats.of(f"Lò Thị {uuid4().hex[:6]}")
        chat.touch()
        async with unit_of_work(self.town) as session:
            talk = Conversation(
                channel="zalo",
                external_user=chat.user_id,
                created_at=self.clock(),
                last_at=self.clock(),
                last_contact_at=self.clock(),
            )
            session.add(talk)
            await session.flush()
            return chat, talk.id

    async def tells(self, talk: UUID, *words: str, buttons: tuple[ReplyButton, ...] = ()) -> None:
        async with unit_of_work(self.town) as session:
            conversation = await session.get_one(Conversation, talk)
            replies = [Reply("answer", one, buttons=buttons) for one in words]
            await add_replies(session, conversation, replies, to=None, at=self.clock())

    async def takes_in(self, raw: bytes) -> None:
        """The webhook's work, without its route."""
        await inbox_of(self.settings, self.town, self.channels, self.clock).accept("zalo", raw)

    async def writes(self, chat: Chat, words: str) -> None:
        """The resident writes."""
        said = Said(uuid4().hex, "resident", self.clock(), words)
        await self.takes_in(events.signed(events.text(chat, said, words), forged=False, retry=0)[0])

    async def echoes(self, chat: Chat, said: Said, admin_id: str = "", words: str | None = None) -> None:
        """Zalo tells the message back."""
        event = events.echo(chat, said, admin_id)
        event["message"]["text"] = words or said.text
        await self.takes_in(events.signed(event, forged=False, retry=0)[0])

    def terms(self, **changed: Any) -> None:
        """The province allows something else."""
        self.channels.platforms["zalo"] = replace(self.platform, terms=replace(self.platform.terms, **changed))

    def replace_call(self, post: Callable[..., Awaitable[Any]]) -> None:
        """Calls go through ``post``."""
        calls = SimpleNamespace(post=post, http=self.platform.client.http)
        self.channels.platforms["zalo"] = replace(self.platform, client=calls)

    def impatient(self, seconds: float) -> None:
        """A call is given up after so long."""

        async def hurried(*args: Any, **named: Any) -> Any:
            try:
                async with asyncio.timeout(seconds):
                    return await called(*args, **named)
            except TimeoutError:
                raise Uncertain from None

        called = self.platform.client.post
        self.replace_call(hurried)

    def hours_ago(self, hours: float) -> datetime:
        return self.clock() - timedelta(hours=hours)

    async def talk_of(self, user: str) -> Conversation | None:
        async with unit_of_work(self.town) as session:
            return await session.scalar(select(Conversation).where(Conversation.external_user == user))

    async def stopped(self) -> str | None:
        """Why the channel stands still, if it does."""
        async with unit_of_work(self.town) as session:
            state = await channel_states.state_of(session, "zalo")
            return state.reason if state else None


@pytest.fixture
async def on_zalo(
    town: AsyncEngine, clock: Clock, zalo: Served[Zalo], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[OnZalo]:
    """Ours and theirs; no consent yet."""
    given = Settings(
        zalo=True,
        zalo_app_id=APP_ID,
        zalo_app_secret=APP_SECRET,  # type: ignore[arg-type]
        zalo_oa_id=OA_ID,
        zalo_oa_secret=OA_SECRET,  # type: ignore[arg-type]
        zalo_api_url=zalo.url,
        zalo_oauth_url=zalo.url,
        data_dir=tmp_path_factory.mktemp("zalo"),
        clock=None,
        public_url="",
    )
    found = channels(given, town, clock)
    yield OnZalo(town, given, zalo, clock, found)
    await found.close()
    async with town.begin() as connection:
        for table in ("zalo_grants", "channel_states", "paces"):
            await connection.execute(text(f"delete from {table}"))
