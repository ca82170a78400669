"""A resident on the web chat, as a program sees it: POST /api/v1/chat and what follows."""

import json
import time
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import httpx

from bot.language import fold

Reply = dict[str, Any]


class Talk:
    """One conversation. ``replies`` are those to the last message, ``owner`` who answers now."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=40)
        self.token: str | None = None
        self.owner = "bot"
        self.replies: list[Reply] = []

    @property
    def id(self) -> UUID:
        """The conversation's id, which its token begins with."""
        assert self.token
        return UUID(bytes=urlsafe_b64decode(self.token + "=" * (-len(self.token) % 4))[:16])

    def say(self, text: str) -> list[Reply]:
        """Say it and wait for the replies; a message that takes longer than one POST waits is asked for again."""
        return self._send({"text": text})

    def press(self, label: str) -> list[Reply]:
        """Press the button of the last replies whose label contains this, however accented."""
        buttons = [button for reply in self.replies for button in reply["buttons"]]
        found = next((button for button in buttons if fold(label) in fold(button["label"])), None)
        assert found, f"no button “{label}” among {[button['label'] for button in buttons]}"
        return self._send({"token": found["token"]})

    def post(self, body: dict[str, Any]) -> httpx.Response:
        """One POST as it is, in this conversation."""
        response = self.http.post("/api/v1/chat", json={**body, "conversation": self.token})
        if response.status_code in (200, 202):
            answer = response.json()
            self.token, self.owner, self.replies = answer["conversation"], answer["owner"], answer["replies"]
        return response

    def _send(self, body: dict[str, Any]) -> list[Reply]:
        body = {"id": str(uuid4()), **body}
        for _ in range(6):
            response = self.post(body)
            if response.status_code == 429:
                time.sleep(float(response.headers["Retry-After"]))
            elif response.status_code != 202:
                break
        assert response.status_code == 200, response.text
        return self.replies

    def messages(self, after: int = 0) -> list[Reply]:
        """Everything said in the conversation, oldest first."""
        response = self.http.get("/api/v1/chat/messages", params={"after": after}, headers=self._who())
        assert response.status_code == 200, response.text
        self.owner = response.json()["owner"]
        found: list[Reply] = response.json()["messages"]
        return found

    def stream(self, after: int = 0) -> Iterator[Reply]:
        """The messages above ``after`` as they come, for ever."""
        with self.http.stream("GET", "/api/v1/chat/stream", params={"after": after}, headers=self._who()) as events:
            for line in events.iter_lines():
                if line.startswith("data:"):
                    yield json.loads(line.removeprefix("data:"))

    def _who(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}
