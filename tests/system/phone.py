"""A resident on Zalo or Telegram, as the stand-ins let a tester be one."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import httpx

from tests.system.waiting import until

ANSWER_SECONDS = 40.0


class Phone:
    """One chat. ``url`` is the stand-in's."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=20)
        self.name = f"resident-{uuid4().hex[:8]}"

    def say(self, text: str) -> list[dict[str, Any]]:
        """Write, and wait for what comes back."""
        return self.do(text=text)

    def press(self, label: str) -> list[dict[str, Any]]:
        """Press a button under what came last."""
        return self.do(button=label)

    def send_file(self, name: str, content: bytes) -> list[dict[str, Any]]:
        return self.do(file={"name": name, "base64": b64encode(content).decode()})

    def do(self, **what: Any) -> list[dict[str, Any]]:
        """What the bot says to it."""
        before = len(self.told())
        answer = self.http.post(f"/control/users/{self.name}/messages", json=what)
        assert answer.status_code == 201, answer.text
        until(lambda: len(self.told()) > before, ANSWER_SECONDS, f"an answer to {what}", self.chat)
        return self.told()[before:]

    def fault(self, kind: str, **how: Any) -> None:
        assert self.http.post("/control/faults", json={"kind": kind, **how}).status_code == 201

    def waits_for(self, words: str) -> Mapping[str, Any]:
        """The message of ours that holds these words."""
        return until(
            lambda: next((said for said in self.told() if words in said["text"]), None),
            ANSWER_SECONDS,
            f"“{words}”",
            self.chat,
        )

    def told(self) -> list[dict[str, Any]]:
        """What came from the bot and officials."""
        return [said for said in self.chat() if said["from"] == "bot"]

    def chat(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.http.get(f"/control/users/{self.name}/messages").json()["messages"]
        return messages

    @property
    def id(self) -> str:
        """As the platform calls the resident."""
        found: str = self.http.get(f"/control/users/{self.name}/messages").json()["user"]["id"]
        return found
