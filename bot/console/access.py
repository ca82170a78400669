"""Who may open which page of the console: one guard, which lets nobody in where a route names no permission."""

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import State
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect

from bot.db import unit_of_work
from bot.officials.models import Official
from bot.officials.permissions import may
from bot.officials.queries import official_with

OPEN = "open"
"""``entrance=OPEN`` on a route: anybody. Otherwise the route names ``permission=…``."""
LOGGED_IN = "logged_in"
"""``entrance=LOGGED_IN``: every official, whatever the role."""

Asked = Request[Official, dict[str, Any], State]
"""A request whose ``user`` is the official who is logged in."""


class NotLoggedIn(NotAuthorizedException):
    """A page was asked for without a login."""


async def admit(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let the official in whose role has the route's permission; put them into ``connection.user``."""
    entrance = handler.opt.get("entrance")
    if entrance == OPEN:
        return
    official = await _logged_in(connection)
    connection.scope["user"] = official
    permission = handler.opt.get("permission")
    if entrance != LOGGED_IN and (permission is None or not may(official.role, permission)):
        raise PermissionDeniedException


async def _logged_in(connection: ASGIConnection[Any, Any, Any, Any]) -> Official:
    official_id = connection.session.get("official")
    official = None
    if official_id is not None:
        async with unit_of_work(connection.app.state.engine) as session:
            official = await official_with(session, official_id)
    if official is None:
        connection.clear_session()
        raise NotLoggedIn if connection.scope.get("method") == "GET" else NotAuthorizedException
    return official


def to_login(request: Request[Any, Any, Any], error: NotLoggedIn) -> Redirect:
    """To the login page."""
    return Redirect("/console/login", status_code=303)
