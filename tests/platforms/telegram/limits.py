"""Telegram's flood limits: one message a second in a chat, thirty a second in all."""

import math
from collections import deque
from collections.abc import Callable

CHAT_SECONDS = 0.9
"""A little less than the second that is asked for: what left a second apart may arrive closer together."""
ALL_SECONDS, ALL_MESSAGES = 0.9, 30


class Limits:
    """Who may be sent something now; ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._chats: dict[str, float] = {}
        self._all: deque[float] = deque()

    def seconds_to_wait(self, chat_id: str, messages: int = 1) -> int:
        """0 and they count as sent; otherwise the whole seconds of ``retry_after``."""
        now = self._clock()
        while self._all and now - self._all[0] >= ALL_SECONDS:
            self._all.popleft()
        wait = max(
            self._chats.get(chat_id, -math.inf) + CHAT_SECONDS - now,
            self._all[0] + ALL_SECONDS - now if len(self._all) >= ALL_MESSAGES else 0.0,
        )
        if wait > 0:
            return math.ceil(wait)
        self._chats[chat_id] = now
        self._all.extend([now] * messages)
        return 0
