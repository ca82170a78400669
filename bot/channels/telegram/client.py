"""The connection to the Bot API: address, proxy, time limits. Never logged: the address holds the token."""

from telegram import Bot
from telegram.request import HTTPXRequest

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 10.0
CONNECTIONS = 16


class Client:
    """A bot and its connections; nothing is called before it is used.

    ``api`` is such as ``https://api.telegram.org``; ``proxy`` an http or socks5 address, or None.
    """

    def __init__(self, token: str, api: str, proxy: str | None = None, *, seconds: float = ANSWER_SECONDS) -> None:
        self._requests = [_request(proxy, seconds) for _ in range(2)]
        polled, called = self._requests
        base = api.rstrip("/")
        self.bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=called,
            get_updates_request=polled,
        )

    async def close(self) -> None:
        """Let go of the connections."""
        for request in self._requests:
            await request.shutdown()


def _request(proxy: str | None, seconds: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS,
        connect_timeout=min(CONNECT_SECONDS, seconds),
        read_timeout=seconds,
        write_timeout=seconds,
        pool_timeout=seconds,
        proxy=proxy or None,
    )
