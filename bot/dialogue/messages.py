"""What the worker may ask of the dialogue: one message (typed or a button), checked before Rasa sees it."""

from dataclasses import dataclass, field
from typing import Any, Dict, Optional

from bot.language import clean

LONGEST = 8_000
"""Characters; the gateway's own limit is stricter."""


class BadRequest(ValueError):
    """The body is not a message; the text says which field."""


@dataclass(frozen=True)
class Incoming:
    """One message of an errand. With ``intent`` it is a button and is not parsed; ``text`` is then its label."""

    errand: str
    message: str
    text: str
    intent: Optional[str] = None
    entities: Dict[str, Any] = field(default_factory=dict)
    metadata: Dict[str, Any] = field(default_factory=dict)

    def parse_data(self) -> Optional[Dict[str, Any]]:
        """A finished understanding for a button, None for typed text."""
        if self.intent is None:
            return None
        sure = {"name": self.intent, "confidence": 1.0}
        entities = [{"entity": name, "value": value} for name, value in self.entities.items()]
        return {"text": self.text, "intent": sure, "intent_ranking": [dict(sure)], "entities": entities}


def incoming(body: Any) -> Incoming:
    """The message in a JSON body. BadRequest when a field is missing or of the wrong type."""
    if not isinstance(body, dict):
        raise BadRequest("body")
    intent = body.get("intent")
    if intent is not None and not (isinstance(intent, str) and intent):
        raise BadRequest("intent")
    return Incoming(
        errand=_text(body, "errand"),
        message=_text(body, "message"),
        text=never_a_command(typed_text(body)),
        intent=intent,
        entities=_object(body, "entities"),
        metadata=_object(body, "metadata"),
    )


def typed_text(body: Any) -> str:
    """The body's ``text`` in NFC without invisible characters; it may be empty."""
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or len(text) > LONGEST:
        raise BadRequest("text")
    return clean(text)


def never_a_command(text: str) -> str:
    """The text without leading slashes: Rasa obeys “/restart” and “/intent{…}” as commands, a resident only types."""
    return text.lstrip("/ \t\r\n\u00a0\u200b\ufeff")


def _text(body: Dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value or len(value) > 255:
        raise BadRequest(name)
    return value


def _object(body: Dict[str, Any], name: str) -> Dict[str, Any]:
    value = body.get(name)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadRequest(name)
    return value
