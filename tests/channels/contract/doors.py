"""One resident at each door of the product: the web's API, Zalo, Telegram. What every door can do has one name here."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import uuid4

import httpx

from tests.platforms.fixtures import Served
from tests.platforms.telegram.account import Telegram
from tests.platforms.zalo.account import Zalo


@dataclass(frozen=True)
class Told:
    """A message as it stands in the resident's chat."""

    text: str
    buttons: list[str]
    files: list[str] = field(default_factory=list)
    """Names of the photos and documents with it."""


class Door(Protocol):
    """A resident on one channel."""

    channel: str

    async def say(self, text: str) -> None:
        """Write."""

    async def press(self, label: str) -> None:
        """Press the newest button of that label."""

    async def send_file(self, name: str, content: bytes) -> None:
        """Send a photo or document."""

    async def say_many_times(self, text: str) -> None:
        """Write once; it arrives ten times, in parallel."""

    async def told(self) -> list[Told]:
        """What came from the bot and from officials, in order."""

    @property
    def name(self) -> str:
        """What the conversation's row is found by: its external user, or on the web its token."""


@dataclass
class WebDoor:
    """On the web chat's API."""

    http: httpx.AsyncClient
    channel: str = "web"
    token: str | None = None
    buttons: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.token or ""

    async def say(self, text: str) -> None:
        await self._post({"text": text, "id": str(uuid4())})

    async def press(self, label: str) -> None:
        await self.told()
        await self._post({"token": self.buttons[label], "id": str(uuid4())})

    async def send_file(self, name: str, content: bytes) -> None:
        fields = {"id": str(uuid4()), **({"conversation": self.token} if self.token else {})}
        answer = await self.http.post("/api/v1/chat/files", data=fields, files={"file": (name, content)})
        self._took(answer)

    async def say_many_times(self, text: str) -> None:
        body = {"text": text, "id": str(uuid4())}
        for _ in range(10):
            await self._post(body)

    async def told(self) -> list[Told]:
        headers = {"Authorization": f"Bearer {self.token}"}
        found = (await self.http.get("/api/v1/chat/messages", headers=headers)).json()["messages"]
        self.buttons = {button["label"]: button["token"] for said in found for button in said["buttons"]}
        return [
            Told(s["text"], [b["label"] for b in s["buttons"]], [one["name"] for one in s["attachments"]])
            for s in found
            if s["from"] != "resident"
        ]

    async def _post(self, body: dict[str, Any]) -> None:
        self._took(await self.http.post("/api/v1/chat", json={**body, "conversation": self.token}))

    def _took(self, answer: httpx.Response) -> None:
        assert answer.status_code in (200, 202), answer.text
        self.token = answer.json()["conversation"]
        self.http.cookies.clear()


@dataclass
class PlatformDoor:
    """At a stand-in."""

    theirs: Served[Zalo] | Served[Telegram]
    who: str = field(default_factory=lambda: f"resident-{uuid4().hex[:8]}")

    @property
    def channel(self) -> str:
        return self.theirs.platform.name

    @property
    def name(self) -> str:
        return self.theirs.platform.chats.of(self.who).user_id

    async def say(self, text: str) -> None:
        await self.theirs.say(self.who, text)

    async def press(self, label: str) -> None:
        await self.theirs.do(self.who, button=label)

    async def send_file(self, name: str, content: bytes) -> None:
        await self.theirs.do(self.who, file={"name": name, "base64": b64encode(content).decode()})

    async def say_many_times(self, text: str) -> None:
        await self.theirs.fault("duplicates", count=1, times=9)
        await self.say(text)

    async def told(self) -> list[Told]:
        found = [s for s in await self.theirs.chat(self.who) if s["from"] == "bot"]
        return [Told(s["text"], s["buttons"], [one["name"] for one in s["files"]]) for s in found]

    async def does(self, what: str) -> None:
        """Follow, unfollow, block …"""
        assert (await self.theirs.control.post(f"/control/users/{self.who}/{what}", json={})).status_code == 200

    async def fault(self, kind: str, **how: Any) -> None:
        """The platform does this wrong next."""
        await self.theirs.fault(kind, **{"count": 1, **how})
