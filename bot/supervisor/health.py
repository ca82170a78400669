"""Is it up? One short question per child over loopback."""

import http.client
from collections.abc import Callable

ANSWER_SECONDS = 2.0


def answers(port: int, path: str, host: str = "127.0.0.1") -> Callable[[], bool]:
    """A check that is true when the path answers 200."""

    def check() -> bool:
        connection = http.client.HTTPConnection(host, port, timeout=ANSWER_SECONDS)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return check


def reachable_host(host: str) -> str:
    """The address to ask for a server that listens on all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - compared, not bound
