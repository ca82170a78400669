"""Is it up? One short question per child over loopback."""

import http.client
from collections.abc import Callable

import psycopg

ANSWER_SECONDS = 2.0
HEARTBEAT_SECONDS = 4.0


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


def beats(database_url: str) -> Callable[[], bool]:
    """A check that is true when a worker has shown its heartbeat in the database within the last seconds."""
    question = "select 1 from procrastinate_workers where last_heartbeat > now() - make_interval(secs => %s)"

    def check() -> bool:
        try:
            with psycopg.connect(database_url, connect_timeout=int(ANSWER_SECONDS)) as connection:
                return connection.execute(question, [HEARTBEAT_SECONDS]).fetchone() is not None
        except psycopg.Error:
            return False

    return check


def reachable_host(host: str) -> str:
    """The address to ask for a server that listens on all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - compared, not bound
