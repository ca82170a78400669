"""Answering one message: take it up, ask the dialogue engine, keep its replies; every step may die and be repeated."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from bot.conversations import notices, sentences, service
from bot.conversations.channel_choices import Asking, replies_about_channels
from bot.conversations.dialogue import Dialogue, DialogueFailed, Heard, Said
from bot.conversations.errands import continues
from bot.conversations.hold_answers import about_hold
from bot.conversations.models import Conversation, Errand, Message
from bot.conversations.replies import Reply, reply_from
from bot.conversations.saying import is_wordless, presses_old_button, said_by
from bot.conversations.trackers import Trackers
from bot.db import AGAINST_WRITERS, unit_of_work

log = structlog.get_logger()


class TryAgain(Exception):
    """The message is still unanswered and must be taken up again soon."""


@dataclass(frozen=True)
class Patience:
    """When to stop trying: after so many tries, or so long after the message came."""

    attempts: int
    seconds: float


OwnData = Callable[[AsyncSession, Conversation, Message, datetime], Awaitable[list[Reply] | None]]


async def _nothing_of_it(session: AsyncSession, conversation: Conversation, message: Message, at: datetime) -> None:
    return None


@dataclass(frozen=True)
class Turns:
    """What answering needs; one per worker process. ``at_step`` is told each step's name (tests kill there).

    ``numbers`` gives the reply to words that tell of danger to life, ``wordless`` those to what came without words;
    ``own_data`` those to the buttons with which a resident sees or erases what is kept, None for all else.
    """

    engine: AsyncEngine
    dialogue: Dialogue
    trackers: Trackers
    clock: Callable[[], datetime]
    patience: Patience
    raw_event_days: int
    numbers: Callable[[AsyncSession, str], Awaitable[Reply]]
    wordless: Callable[[AsyncSession, Conversation, Message], Awaitable[list[Reply]]]
    channels: Mapping[str, str] = field(default_factory=lambda: {"web": ""})
    """Those that are switched on, each with the address where residents find it, or \"\"."""
    own_data: OwnData = _nothing_of_it
    at_step: Callable[[str], None] = lambda step: None

    async def answer_all(self, conversation_id: UUID) -> None:
        """Answer every queued message of the conversation in order; raises ``TryAgain`` when one must wait."""
        try:
            while await self._answer_next(conversation_id):
                pass
        except TryAgain:
            raise
        except Exception as error:
            log.error("turn_failed", conversation=str(conversation_id), error=type(error).__name__)
            await self._count_failure(conversation_id)
            raise TryAgain from error

    async def _count_failure(self, conversation_id: UUID) -> None:
        """A try that broke counts too, so that no message is tried for ever in silence."""
        async with unit_of_work(self.engine) as session:
            conversation = await session.get_one(Conversation, conversation_id, with_for_update=AGAINST_WRITERS)
            message = await _first_queued(session, conversation_id)
            if message is not None:
                message.attempts += 1
                if self._hopeless(message):
                    await self._give_up(session, conversation, message)

    async def _answer_next(self, conversation_id: UUID) -> bool:
        async with unit_of_work(self.engine) as session:
            taken = await self._take_up(session, conversation_id)
        self.at_step("taken_up")
        if taken is None:
            return False
        if taken.said is not None:
            await self._ask(taken, taken.said)
        elif taken.overheard is not None:
            await self._overhear(taken, taken.overheard)
        return True

    async def _take_up(self, session: AsyncSession, conversation_id: UUID) -> "Taken | None":
        conversation = await session.get_one(Conversation, conversation_id, with_for_update=AGAINST_WRITERS)
        message = await _first_queued(session, conversation_id)
        if message is None:
            return None
        message.attempts += 1
        taken = Taken(message.id, conversation_id, message.attempts)
        if await self._settled_without_dialogue(session, conversation, message):
            return taken
        if _is_for_official(conversation, message):
            return replace(taken, overheard=message.text or "")
        return await self._prepare(session, conversation, message, taken)

    async def _settled_without_dialogue(
        self, session: AsyncSession, conversation: Conversation, message: Message
    ) -> bool:
        if message.prepared or message.sealed:
            await self._purge_tracker(message)
            replies = [reply_from(payload) for payload in message.prepared or ()]
            return await self._settle(session, conversation, message, replies)
        said = await self._said_by_ourselves(session, conversation, message)
        if said is not None:
            return await self._settle(session, conversation, message, said)
        if _is_for_official(conversation, message) and (
            message.body.get("intent") or is_wordless(message) or self._hopeless(message)
        ):
            return await self._settle(session, conversation, message, [])
        if await presses_old_button(session, conversation, message):
            return await self._settle(session, conversation, message, [Reply("notice", sentences.OLD_BUTTON)])
        if self._hopeless(message):
            return await self._give_up(session, conversation, message)
        if is_wordless(message):
            replies = await self.wordless(session, conversation, message)
            return await self._settle(session, conversation, message, replies)
        return False

    async def _said_by_ourselves(
        self, session: AsyncSession, conversation: Conversation, message: Message
    ) -> list[Reply] | None:
        """About sealed words, the resident's channels, their own data: whoever owns the talk, no engine is asked."""
        said = await about_hold(session, conversation, message)
        if said is None:
            said = await replies_about_channels(Asking(session, conversation, self.clock(), self.channels), message)
        return await self.own_data(session, conversation, message, self.clock()) if said is None else said

    def _hopeless(self, message: Message) -> bool:
        """Tried too often or for too long; a message that only waited for its turn is tried first."""
        waited = self.clock() - message.at
        tried_enough = message.attempts > self.patience.attempts and waited > timedelta(seconds=10)
        return tried_enough or (message.attempts > 1 and waited > timedelta(seconds=self.patience.seconds))

    async def _prepare(
        self, session: AsyncSession, conversation: Conversation, message: Message, taken: "Taken"
    ) -> "Taken":
        if message.errand_id is None:
            message.errand_id = (await self._errand(session, conversation)).id
        if message.tracker_mark is None:
            message.tracker_mark = await self.trackers.mark(message.errand_id)
        elif message.attempts > 1:
            await self.trackers.rewind(message.errand_id, message.tracker_mark)
        return Taken(taken.message_id, taken.conversation_id, taken.attempt, await said_by(session, message))

    async def _errand(self, session: AsyncSession, conversation: Conversation) -> Errand:
        now = self.clock()
        if conversation.errand_id is not None:
            errand = await session.get_one(Errand, conversation.errand_id)
            if continues(messages=errand.messages, form=errand.form, last_at=errand.last_at, now=now):
                return errand
        errand = Errand(id=uuid4(), conversation_id=conversation.id, started_at=now, last_at=now, messages=0)
        session.add(errand)
        conversation.errand_id = errand.id
        await session.flush()
        return errand

    async def _ask(self, taken: "Taken", said: Said) -> None:
        try:
            heard = await self.dialogue.say(said, {"conversation": str(taken.conversation_id)})
        except DialogueFailed as failure:
            raise _not_heard(taken, failure) from None
        self.at_step("heard")
        async with unit_of_work(self.engine) as session:
            await self._keep(session, taken, heard)
            self.at_step("kept")
        self.at_step("committed")

    async def _overhear(self, taken: "Taken", words: str) -> None:
        """An official owns the talk and answers; only danger to life is answered beside them, at once."""
        try:
            danger = await self.dialogue.intent(words) == "emergency"
        except DialogueFailed as failure:
            raise _not_heard(taken, failure) from None
        async with unit_of_work(self.engine) as session:
            conversation, message = await _locked(session, taken)
            if _is_still_ours(message, taken):
                told = [await self.numbers(session, words)] if danger and not message.sealed else []
                await self._settle(session, conversation, message, told)

    async def _keep(self, session: AsyncSession, taken: "Taken", heard: Heard) -> None:
        conversation, message = await _locked(session, taken)
        if not _is_still_ours(message, taken):
            return
        if message.sealed:
            await self._purge_tracker(message)
            self.at_step("purged")
        elif message.errand_id is not None:
            await self._count_turn(session, message.errand_id, heard.form)
        if heard.replies[0].kind not in ("clarify", "failure"):
            conversation.misunderstood = 0
        await self._settle(session, conversation, message, heard.replies)

    async def _count_turn(self, session: AsyncSession, errand_id: UUID, form: str | None) -> None:
        errand = await session.get_one(Errand, errand_id)
        errand.messages += 1
        errand.form = form
        errand.last_at = self.clock()

    async def _purge_tracker(self, message: Message) -> None:
        """A sealed message leaves Rasa's tracker too, before it counts as done."""
        if message.errand_id is not None and message.tracker_mark is not None:
            await self.trackers.rewind(message.errand_id, message.tracker_mark)

    async def _give_up(self, session: AsyncSession, conversation: Conversation, message: Message) -> bool:
        office = await service.hand_over(session, message.id, "failure", self.clock())
        when = await service.answering_time(session, office, self.clock())
        words = sentences.FAILURE.format(office=office.name, when=when)
        log.error("gave_up", message=message.id, attempts=message.attempts)
        return await self._settle(session, conversation, message, [Reply("failure", words)])

    async def _settle(
        self, session: AsyncSession, conversation: Conversation, message: Message, replies: list[Reply]
    ) -> bool:
        told = [self._with_privacy(conversation, reply) for reply in replies]
        await service.add_replies(session, conversation, told, to=message, at=self.clock())
        await notices.tell_waiting(session, conversation, self.clock())
        message.state = "done"
        message.prepared = None
        return True

    def _with_privacy(self, conversation: Conversation, reply: Reply) -> Reply:
        """The first answer of a conversation ends with who keeps it and for how long."""
        if conversation.told_privacy or reply.kind in ("emergency", "failure", "notice"):
            return reply
        conversation.told_privacy = True
        words = f"{reply.text}\n\n{sentences.PRIVACY.format(days=self.raw_event_days)}"
        return Reply(reply.kind, words, reply.body, reply.buttons)


@dataclass(frozen=True)
class Taken:
    """A message taken up: which try this is, and what to say to Rasa or to listen to (neither: already settled)."""

    message_id: int
    conversation_id: UUID
    attempt: int
    said: Said | None = None
    overheard: str | None = None


def _is_for_official(conversation: Conversation, message: Message) -> bool:
    """Whether an official answers; the message that called for them is still the bot's."""
    return conversation.owner == "official" and conversation.handover_message_id != message.id


def _is_still_ours(message: Message, taken: Taken) -> bool:
    """False when another worker took the message up while this one was paused."""
    return message.state == "queued" and message.attempts == taken.attempt


def _not_heard(taken: Taken, failure: DialogueFailed) -> TryAgain:
    log.warning("dialogue_failed", message=taken.message_id, attempt=taken.attempt, why=str(failure))
    return TryAgain()


async def _locked(session: AsyncSession, taken: Taken) -> tuple[Conversation, Message]:
    conversation = await session.get_one(Conversation, taken.conversation_id, with_for_update=AGAINST_WRITERS)
    return conversation, await session.get_one(Message, taken.message_id, with_for_update=True)


async def _first_queued(session: AsyncSession, conversation_id: UUID) -> Message | None:
    query = select(Message).where(Message.conversation_id == conversation_id, Message.state == "queued")
    return await session.scalar(query.order_by(Message.id).limit(1).with_for_update())
