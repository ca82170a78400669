"""The replies that the product's own rules and actions give to parsed texts, without Rasa's server in between.

Every text is the first message of a conversation of its own, in a database with the sample province.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from benchmarks.evaluation.domain import first_actions, responses
from benchmarks.evaluation.outcomes import Outcome, outcome_of
from benchmarks.evaluation.understanding import Parsed

MORNING = "2026-11-20T08:00+07:00"
"""A Friday in working hours."""
AT_ONCE = 4
"""Texts in hand: while one waits for the database, another is thought about."""
BEGIN_REPORT, FIRST_QUESTION = "action_begin_feedback", "utter_ask_feedback_form_place"

Replies = list[dict[str, Any]]


def outcomes(parsed: Mapping[str, Parsed]) -> dict[str, Outcome]:
    """What becomes of each text, by text."""
    return {text: outcome_of(replies) for text, replies in asyncio.run(_all_replies(parsed)).items()}


async def _all_replies(parsed: Mapping[str, Parsed]) -> dict[str, Replies]:
    rules, gate = first_actions(), asyncio.Semaphore(AT_ONCE)
    async with _town() as engine:
        from rasa_sdk.executor import ActionExecutor

        executor = ActionExecutor()
        executor.register_package("actions")
        talks = await _first_messages(engine, list(parsed))

        async def one(text: str) -> Replies:
            async with gate:
                action = rules.get(parsed[text]["intent"]["name"] or "", "action_default_fallback")
                said = await _run(executor, action, parsed[text], talks[text])
            return [reply for message in said for reply in _reply(message)]

        return dict(zip(parsed, await asyncio.gather(*map(one, parsed)), strict=True))


async def _run(executor: Any, action: str, parsed: Parsed, talk: tuple[int, UUID]) -> Replies:
    if action == BEGIN_REPORT:
        return [{"response": FIRST_QUESTION}]
    if action.startswith("utter_"):
        return [{"response": action}]
    message, conversation = talk
    metadata = {"message": str(message), "conversation": str(conversation)}
    tracker = {
        "sender_id": str(conversation),
        "slots": {},
        "latest_message": {**parsed, "metadata": metadata},
        "events": [],
        "paused": False,
        "followup_action": None,
        "active_loop": {},
        "latest_action_name": None,
    }
    done = await executor.run({"next_action": action, "sender_id": str(conversation), "tracker": tracker, "domain": {}})
    said: Replies = done.responses
    return said


def _reply(message: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    if message.get("custom"):
        yield message["custom"]
    elif message.get("response"):
        yield responses()[message["response"]]


async def _first_messages(engine: AsyncEngine, texts: Sequence[str]) -> dict[str, tuple[int, UUID]]:
    """A conversation for each text with the text in it: message id and conversation id, by text."""
    from bot.clock import now
    from bot.conversations.models import Conversation, Message

    at, talks = now(), {text: uuid4() for text in texts}
    messages = {t: Message(conversation_id=talk, sender="resident", text=t, at=at) for t, talk in talks.items()}
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        session.add_all(
            Conversation(id=talk, channel="web", external_user=str(talk), created_at=at, last_at=at)
            for talk in talks.values()
        )
        await session.flush()
        session.add_all(messages.values())
    return {text: (messages[text].id, talk) for text, talk in talks.items()}


@asynccontextmanager
async def _town() -> AsyncIterator[AsyncEngine]:
    """A fresh embedded database with all shipped content; the settings of this process lead to it."""
    from bot.supervisor.postgres import FOR_TESTS, EmbeddedPostgres

    with _open_folder() as folder, EmbeddedPostgres(folder, FOR_TESTS) as url:
        _settle(folder, url)
        from actions.turn import engine
        from bot.db.schema import migrate
        from bot.seeding import seed
        from bot.settings import settings

        await asyncio.to_thread(migrate, url)
        await seed(engine(), settings())
        yield engine()
        await engine().dispose()


@contextmanager
def _open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="evaluate-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)  # the server's own user enters
        yield Path(name)


def _settle(folder: Path, url: str) -> None:
    """Before any of our modules reads its settings."""
    os.environ.update(DATA_DIR=str(folder), DATABASE_URL=url, SAMPLE="1", PUBLIC_URL="", CLOCK=MORNING)
    os.environ.update(SERVER_KEY="only for measuring")  # pragma: allowlist secret
    from bot.settings import settings

    settings.cache_clear()
