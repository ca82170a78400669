"""Zalo's webhook: signature first, then kept, then “200” within its two seconds whatever happens behind."""

import json
from dataclasses import dataclass
from typing import Any

import structlog
from litestar import Controller, Request, Response, post
from litestar.datastructures import State

from bot.channels.inbox import Inbox
from bot.channels.zalo.events import CHANNEL
from bot.channels.zalo.signature import Keys, Signed, reading_that_holds

log = structlog.get_logger()

PATH = "/webhooks/zalo"
LARGEST = 1 << 20


@dataclass(frozen=True)
class Trust:
    """Whose events are believed: the keys, and the readings of the signature that count."""

    keys: Keys
    readings: tuple[str, ...]


def webhook(trust: Trust) -> type[Controller]:
    """The route of one account."""

    class ZaloWebhook(Controller):
        path = PATH
        include_in_schema = False

        @post("/", status_code=200, request_max_body_size=LARGEST)
        async def take(self, request: Request[Any, Any, Any], state: State) -> Response[dict[str, str]]:
            """Zalo tells of one thing; an empty ``{}`` is its probe when the address is saved."""
            raw = await request.body()
            if not raw.strip() or raw.strip() == b"{}":
                return _told(200, "probe")
            if not trust.keys.known():
                log.warning("zalo_event_before_secret")
                return _told(200, "not_set_up")
            held = reading_that_holds(_signed(request, raw), trust.keys, trust.readings)
            if held is None:
                log.warning("zalo_signature_wrong", retry=request.headers.get("num_retry"))
                return _told(401, "wrong_signature")
            log.info("zalo_event", reading=held, retry=request.headers.get("num_retry"))
            inbox: Inbox = state.inbox
            await inbox.accept(CHANNEL, raw)
            return _told(200, "kept")

    return ZaloWebhook


def _signed(request: Request[Any, Any, Any], raw: bytes) -> Signed:
    return Signed(
        raw,
        request.headers.get("x-zevent-signature", ""),
        _timestamp_in(raw),
        request.headers.get("x-zevent-timestamp", ""),
    )


def _timestamp_in(raw: bytes) -> str:
    """The body's own, as it stands there; empty where there is none."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return ""
    stamp = body.get("timestamp") if isinstance(body, dict) else None
    return str(stamp) if isinstance(stamp, str | int) and not isinstance(stamp, bool) else ""


def _told(status: int, word: str) -> Response[dict[str, str]]:
    return Response({"status": word}, status_code=status)
