"""Where each platform has what residents sent it, and which hosts it serves that from."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from bot.media.fetching import Located, Source, check
from bot.media.preparing import Unfit

ZALO_HOSTS = ("*.zdn.vn", "*.zadn.vn")


@dataclass(frozen=True)
class ZaloLinks(Source):
    """Zalo tells an address with the event; some still begin with http. ``extra`` are hosts of a stand-in."""

    extra: tuple[str, ...] = ()

    async def locate(self, client: httpx.AsyncClient, reference: str) -> Located:
        return Located(reference, (*ZALO_HOSTS, *self.extra), ("https", "http"))


@dataclass(frozen=True)
class TelegramFiles(Source):
    """Telegram tells a file id: its API gives a path, good for an hour, under an address with the bot's token."""

    api: str
    """Such as ``https://api.telegram.org``."""
    token: str

    async def locate(self, client: httpx.AsyncClient, reference: str) -> Located:
        response = await client.post(f"{self.api}/bot{self.token}/getFile", data={"file_id": reference})
        if response.status_code == httpx.codes.BAD_REQUEST and "too big" in response.text:
            raise Unfit("too_large")
        check(response.status_code)
        path = response.json()["result"]["file_path"]
        parts = urlsplit(self.api)
        return Located(f"{self.api}/file/bot{self.token}/{path}", (parts.netloc,), (parts.scheme,))
