"""What residents settle about channels in the chat itself, without the dialogue engine: links, notices, kinds."""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import local
from bot.conversations import channel_sentences as say
from bot.conversations import channel_words as words
from bot.conversations import doors, link_codes, linking, notices
from bot.conversations.channel_words import Wish
from bot.conversations.linking import LinkRefused, Refusal
from bot.conversations.models import Conversation, Message
from bot.conversations.notice_kinds import KINDS
from bot.conversations.queries import latest_replies
from bot.conversations.replies import Reply, ReplyButton
from bot.conversations.residents import conversations_of
from bot.conversations.service import add_replies
from bot.language import fold, syllables

Replies = list[Reply]
A_WHILE = timedelta(hours=1)
"""Where notices go is told for then: the page that is open now will be closed."""


@dataclass(frozen=True)
class Asking:
    """A resident asks something about channels in ``talk``.

    ``channels`` are those that the province switched on, each with the address where residents find it, or "".
    """

    session: AsyncSession
    talk: Conversation
    at: datetime
    channels: Mapping[str, str]

    @property
    def _elsewhere(self) -> dict[str, str]:
        """The other channels, the web among them: there are other browsers."""
        return {name: url for name, url in self.channels.items() if name == "web" or name != self.talk.channel}

    @property
    def others(self) -> str:
        """Where else a code may be typed, as residents call it."""
        return " hoặc ".join(say.ELSEWHERE[name] for name in self._elsewhere)

    def doors_for(self, code: str) -> str:
        """Where to go with the code, one line each; Telegram's address brings it along."""
        symbols = code.replace("-", "")
        ways = {
            name: f"{url}?start={symbols}" if name == "telegram" else url
            for name, url in self._elsewhere.items()
            if url
        }
        return "".join(f"\n• {say.CHANNELS[name].capitalize()}: {way}" for name, way in ways.items())


async def replies_about_channels(asking: Asking, message: Message) -> Replies | None:
    """The replies where the message is about channels, a link's code included; None where it is about else."""
    code = link_codes.read(fold(message.text or "")) if not message.body.get("intent") else None
    if code is not None:
        return await _typed_code(asking, code)
    wish = await _wish(asking, message)
    return None if wish is None else await _ANSWERS[wish.intent](asking, wish)


async def _wish(asking: Asking, message: Message) -> Wish | None:
    pressed = message.body.get("intent")
    if pressed is not None:
        kind = (message.body.get("entities") or {}).get("kind")
        return Wish(pressed, kind) if pressed in words.INTENTS else None
    said = syllables(message.text or "")
    answer = words.agreed(said)
    if answer is not None and await _was_asked(asking):
        return answer
    return words.wish(said)


async def _was_asked(asking: Asking) -> bool:
    """Whether “nối hai kênh?” is the last thing that was said here."""
    last = await latest_replies(asking.session, asking.talk.id, 1)
    return bool(last) and any(button.intent == words.JOIN for button in last[0].buttons)


async def _give_code(asking: Asking, wish: Wish) -> Replies:
    try:
        code = await linking.give_code(asking.session, asking.talk, asking.at, secrets.randbelow)
    except LinkRefused as refusal:
        return [_notice(say.TOO_MANY_CODES.format(minutes=_minutes(refusal)))]
    minutes = int(linking.LIFE.total_seconds()) // 60
    told = say.CODE.format(code=code, minutes=minutes, others=asking.others)
    return [_notice(told + asking.doors_for(code))]


async def _typed_code(asking: Asking, code: str) -> Replies:
    try:
        other = await linking.claim(asking.session, asking.talk, code, asking.at)
    except LinkRefused as refusal:
        return [_notice(_refused(asking, refusal))]
    since = f"{local(other.created_at):%d/%m/%Y}"
    asked = say.ASK.format(channel=say.CHANNELS.get(other.channel, other.channel), since=since)
    return [_notice(asked, ReplyButton(say.JOIN_LABEL, words.JOIN), ReplyButton(say.JOIN_NOT_LABEL, words.JOIN_NOT))]


def _refused(asking: Asking, refusal: LinkRefused) -> str:
    said = {
        Refusal.WRONG: say.WRONG_CODE,
        Refusal.LOCKED: say.LOCKED,
        Refusal.OWN: say.OWN_CODE,
        Refusal.ALREADY: say.ALREADY,
        Refusal.TOO_MANY: say.TOO_MANY_CHANNELS,
    }[refusal.why]
    return said.format(minutes=_minutes(refusal), others=asking.others, count=linking.MOST)


async def _join(asking: Asking, wish: Wish) -> Replies:
    other = await linking.join(asking.session, asking.talk, asking.at)
    if other is None:
        return [_notice(say.NOTHING_TO_JOIN)]
    told = say.LINKED_THERE.format(time=_moment(asking.at), channel=say.CHANNELS[asking.talk.channel])
    unlink = ReplyButton(say.UNLINK_LABEL, words.UNLINK)
    await add_replies(asking.session, other, [_notice(told, unlink)], to=None, at=asking.at)
    return [_notice(say.LINKED_HERE.format(channel=say.CHANNELS[other.channel]))]


async def _join_not(asking: Asking, wish: Wish) -> Replies:
    await linking.drop_claim(asking.session, asking.talk)
    return [_notice(say.NOT_LINKED)]


async def _unlink(asking: Asking, wish: Wish) -> Replies:
    left = await linking.unlink(asking.session, asking.talk, asking.at)
    told = say.UNLINKED_THERE.format(time=_moment(asking.at), channel=say.CHANNELS[asking.talk.channel])
    for talk in left:
        await add_replies(asking.session, talk, [_notice(told)], to=None, at=asking.at)
    return [_notice(say.UNLINKED_HERE if left else say.ALONE)]


async def _where(asking: Asking, wish: Wish) -> Replies:
    talks = await conversations_of(asking.session, asking.talk.resident_id)
    later = asking.at + A_WHILE
    best = doors.best([notices.door_of(talk, asking.talk) for talk in talks], later)
    lines = [say.CHANNELS_OF_YOURS.format(channels=", ".join(dict.fromkeys(say.CHANNELS[t.channel] for t in talks)))]
    if best is not None:
        now = doors.reach(best, later) is doors.Reach.NOW
        lines.append((say.NOTICES_GO if now else say.NOTICES_WAIT).format(channel=say.CHANNELS[best.channel]))
    off = await notices.refused(asking.session, asking.talk.resident_id)
    if off:
        lines.append(say.TURNED_OFF.format(kinds=", ".join(KINDS[kind] for kind in KINDS if kind in off)))
    return [_notice("\n".join(lines), *_where_buttons(linked=len(talks) > 1, here=best is not None and best.origin))]


def _where_buttons(*, linked: bool, here: bool) -> list[ReplyButton]:
    buttons = [ReplyButton(say.LINK_LABEL, words.LINK)]
    if linked and not here:
        buttons.append(ReplyButton(say.HERE_LABEL, words.HERE))
    if linked:
        buttons.append(ReplyButton(say.UNLINK_LABEL, words.UNLINK))
    return [*buttons, ReplyButton("Tắt bớt tin báo", words.OFF)]


async def _here(asking: Asking, wish: Wish) -> Replies:
    asking.talk.preferred_at = asking.at
    return [_notice(say.HERE_WEB if asking.talk.channel == "web" else say.HERE)]


async def _off(asking: Asking, wish: Wish) -> Replies:
    if wish.kind not in KINDS:
        off = await notices.refused(asking.session, asking.talk.resident_id)
        return [_which(say.WHICH_OFF, say.ALL_OFF, words.OFF, [kind for kind in KINDS if kind not in off])]
    await notices.refuse(asking.session, asking.talk.resident_id, wish.kind, asking.at)
    more = say.OFF_CASE if wish.kind == "case" else ""
    on = ReplyButton(f"Bật {KINDS[wish.kind]}", words.ON, {"kind": wish.kind})
    return [_notice(say.OFF.format(kind=KINDS[wish.kind]) + more, on)]


async def _on(asking: Asking, wish: Wish) -> Replies:
    if wish.kind not in KINDS:
        off = await notices.refused(asking.session, asking.talk.resident_id)
        return [_which(say.WHICH_ON, say.ALL_ON, words.ON, [kind for kind in KINDS if kind in off])]
    await notices.want(asking.session, asking.talk.resident_id, wish.kind)
    return [_notice(say.ON.format(kind=KINDS[wish.kind]))]


def _which(asked: str, none_left: str, intent: str, kinds: Sequence[str]) -> Reply:
    verb = "Tắt" if intent == words.OFF else "Bật"
    choices = [ReplyButton(f"{verb} {KINDS[kind]}", intent, {"kind": kind}) for kind in kinds]
    return _notice(asked, *choices) if choices else _notice(none_left)


def _notice(text: str, *buttons: ReplyButton) -> Reply:
    return Reply("notice", text, buttons=buttons)


def _minutes(refusal: LinkRefused) -> int:
    return max(1, round(refusal.seconds / 60))


def _moment(at: datetime) -> str:
    return f"{local(at):%H:%M ngày %d/%m}"


_ANSWERS: dict[str, Callable[[Asking, Wish], Awaitable[Replies]]] = {
    words.LINK: _give_code,
    words.JOIN: _join,
    words.JOIN_NOT: _join_not,
    words.UNLINK: _unlink,
    words.WHERE: _where,
    words.HERE: _here,
    words.OFF: _off,
    words.ON: _on,
}
