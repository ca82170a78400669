"""What the bot says: one reply, as actions hand it over and as channels show it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CONTACT_REQUEST = "contact_request"
"""An official asks for a name and a telephone number; channels that can show a button to give them."""
KINDS = frozenset(
    "answer clarify ask receipt status guidance emergency handover official contact_request notice "
    "out_of_scope small_talk failure voice".split()
)


class NotAReply(ValueError):
    """Rasa handed over something that is no reply: a response or action must be mended."""


@dataclass(frozen=True)
class ReplyButton:
    """A choice offered under a reply: the label is read, the intent and entities are what pressing it means."""

    label: str
    intent: str
    entities: dict[str, Any] = field(default_factory=dict)
    facts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Reply:
    """One reply; ``body`` holds more, answer, facts, citations, topic, case and voice where there are any."""

    kind: str
    text: str
    body: dict[str, Any] = field(default_factory=dict)
    buttons: tuple[ReplyButton, ...] = ()


BODY_KEYS = ("more", "answer", "facts", "citations", "topic", "case", "voice")


def reply_from(payload: Mapping[str, Any]) -> Reply:
    """The reply in a custom payload of Rasa; ``NotAReply`` when its kind or text is missing."""
    kind, text = payload.get("kind"), payload.get("text")
    if kind not in KINDS or not isinstance(text, str) or not text.strip():
        raise NotAReply(f"kind {kind!r} with text of type {type(text).__name__}")
    body = {key: payload[key] for key in BODY_KEYS if payload.get(key)}
    if isinstance(body.get("case"), str):  # Rasa's templates fill in text only
        body["case"] = json.loads(body["case"])
    buttons = tuple(
        ReplyButton(b["label"], b["intent"], b.get("entities") or {}, b.get("facts") or [])
        for b in payload.get("buttons") or ()
    )
    return Reply(kind, text.strip(), body, buttons)


def payload_of(reply: Reply) -> dict[str, Any]:
    """The reply as the JSON that ``reply_from`` reads."""
    buttons = [{"label": b.label, "intent": b.intent, "entities": b.entities, "facts": b.facts} for b in reply.buttons]
    return {"kind": reply.kind, "text": reply.text, **reply.body, "buttons": buttons}
