"""Who is logged in: server-side sessions in PostgreSQL whose id is new at every login, so that none can be planted."""

import secrets
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.middleware.session.server_side import ServerSideSessionBackend, ServerSideSessionConfig

COOKIE = "session"
HOURS = 10
_NEW_ID = "_new_session_id"


class RotatingSessions(ServerSideSessionBackend):
    """Takes the session's id from us after a login, never from the browser."""

    def get_session_id(self, connection: ASGIConnection[Any, Any, Any, Any]) -> str:
        chosen: str | None = connection.scope.get(_NEW_ID)  # type: ignore[assignment]
        return chosen or super().get_session_id(connection)


class RotatingSessionConfig(ServerSideSessionConfig):
    _backend_class = RotatingSessions


def session_config(*, secure: bool) -> ServerSideSessionConfig:
    """Sessions of ten hours, the cookie unreadable for scripts.

    For the console's routes only: a page for everyone would put an empty session in the place of the official's.
    """
    return RotatingSessionConfig(
        key=COOKIE,
        path="/console",
        max_age=HOURS * 3600,
        httponly=True,
        samesite="strict",
        secure=secure,
        renew_on_access=True,
    )


async def rotate(request: Request[Any, Any, Any]) -> None:
    """Forget the id the browser came with and use a new one from now on."""
    request.scope[_NEW_ID] = secrets.token_hex(32)  # type: ignore[literal-required]
    old = request.cookies.get(COOKIE)
    if old:
        await request.app.stores.get("sessions").delete(old)
