"""Our door into Rasa: one turn per request, its replies in the answer, and an error where anything failed.

Stock REST answers ``200 []`` when understanding, a rule, an action or the tracker store fails, lets typed text give
commands, and logs message text in error reports. See docs/decisions/0005-own-rasa-channel.md.
"""

import json
import logging
from functools import wraps
from typing import Any, Awaitable, Callable, Dict, List, Optional, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.dialogue.logs import where
from bot.dialogue.messages import BadRequest, Incoming, incoming, never_a_command, typed_text
from bot.dialogue.processor import StrictAgent

log = logging.getLogger(__name__)

Handler = Callable[[Request], Awaitable[HTTPResponse]]
RANKED = 5


class GatewayChannel(InputChannel):
    """Routes under ``/webhooks/gateway``: POST messages, POST parse, GET ready."""

    @classmethod
    def name(cls) -> Text:
        return "gateway"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("gateway_webhook", type(self).__name__)
        routes.add_route(_answered(_messages), "/messages", methods=["POST"], name="messages")
        routes.add_route(_answered(_parse), "/parse", methods=["POST"], name="parse")
        routes.add_route(_answered(_ready), "/ready", methods=["GET"], name="ready")
        return routes


def _answered(handler: Handler) -> Handler:
    @wraps(handler)
    async def answered(request: Request) -> HTTPResponse:
        try:
            return await handler(request)
        except BadRequest as error:
            return response.json({"error": "BadRequest", "field": str(error)}, status=400)
        except Exception as error:  # noqa: BLE001  every failure is told to the worker
            log.error("turn failed: %s", where(error))
            return response.json({"error": type(error).__name__}, status=500)

    return answered


async def _messages(request: Request) -> HTTPResponse:
    agent: StrictAgent = request.app.ctx.agent
    message = _user_message(incoming(_body(request)))
    async with agent.lock_store.lock(message.sender_id):
        tracker = await agent.processor.run_turn(message)
    return response.json(_outcome(tracker, message.output_channel.messages))


async def _parse(request: Request) -> HTTPResponse:
    agent: StrictAgent = request.app.ctx.agent
    parsed = await agent.processor.parse_message(UserMessage(never_a_command(typed_text(_body(request)))))
    return response.json(
        {
            "intent": parsed["intent"]["name"],
            "confidence": parsed["intent"]["confidence"],
            "ranking": parsed.get("intent_ranking", [])[:RANKED],
            "entities": parsed["entities"],
        }
    )


async def _ready(request: Request) -> HTTPResponse:
    agent: Optional[StrictAgent] = getattr(request.app.ctx, "agent", None)
    model, tracker_store = bool(agent and agent.is_ready()), bool(agent and _answers(agent.tracker_store))
    body = {"model": agent.model_name if agent else None, "tracker_store": tracker_store}
    return response.json(body, status=200 if model and tracker_store else 503)


def _answers(store: Any) -> bool:
    return store.answers() if hasattr(store, "answers") else True


def _body(request: Request) -> Any:
    try:
        return json.loads(request.body)
    except ValueError:
        raise BadRequest("body") from None


def _user_message(said: Incoming) -> UserMessage:
    return UserMessage(
        text=said.text,
        output_channel=CollectingOutputChannel(),
        sender_id=said.errand,
        parse_data=said.parse_data(),
        input_channel=GatewayChannel.name(),
        message_id=said.message,
        metadata={**said.metadata, "message": said.message},
    )


def _outcome(tracker: DialogueStateTracker, uttered: List[Dict[Text, Any]]) -> Dict[Text, Any]:
    understood = tracker.latest_message.intent if tracker.latest_message else {}
    return {
        "replies": [reply for sent in uttered if (reply := _reply(sent))],
        "active_loop": tracker.active_loop_name,
        "requested": tracker.get_slot(REQUESTED_SLOT),
        "intent": understood.get("name"),
        "confidence": understood.get("confidence"),
    }


def _reply(sent: Dict[Text, Any]) -> Optional[Dict[Text, Any]]:
    if sent.get("custom"):
        return sent["custom"]
    return {"kind": "small_talk", "text": sent["text"]} if sent.get("text") else None
