"""Two costs of stock Rasa taken out of every turn; measured in docs/decisions/0005.

Rasa checks the JSON schema *of* the action server's answers, not only the answer, at each call (some 15 ms), and looks
up each stored event's class by walking all subclasses.
"""

from functools import lru_cache
from typing import Any, Dict, Optional, Type

from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event
from rasa.shared.exceptions import RasaException

_resolve_slowly = Event.resolve_by_type


class MalformedAnswer(RasaException):
    """The action server's answer is not {"events": [objects], "responses": [objects]}."""


def take() -> None:
    """Install both for this process; call before the agent is made."""
    RemoteAction._validate_action_result = staticmethod(check_answer)
    Event.resolve_by_type = staticmethod(_resolved)


def check_answer(answer: Any) -> bool:
    """True, or MalformedAnswer; what is inside an event is checked when Rasa reads it."""
    lists = [answer.get(name, []) for name in ("events", "responses")] if isinstance(answer, dict) else [None]
    if not all(isinstance(items, list) and all(isinstance(item, dict) for item in items) for items in lists):
        raise MalformedAnswer("not an answer of an action server")
    if not all(isinstance(event.get("event"), str) for event in lists[0]):
        raise MalformedAnswer("an event without its name")
    return True


def _resolved(type_name: str, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
    return _all_types().get(type_name) or _resolve_slowly(type_name, default)


@lru_cache(maxsize=1)
def _all_types() -> Dict[str, Type[Event]]:
    from rasa.shared.utils.common import all_subclasses

    return {kind.type_name: kind for kind in reversed(all_subclasses(Event)) if getattr(kind, "type_name", None)}
