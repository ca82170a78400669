"""Logging in and out, and where an official begins."""

from typing import Any

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import State
from litestar.response import Redirect, Template

from bot.console.access import LOGGED_IN, OPEN, Asked
from bot.console.attempts import attempt
from bot.console.forms import raw, typed
from bot.console.pages import first_section, page
from bot.console.sessions import rotate
from bot.db import unit_of_work

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi thử lại."
TOO_OFTEN = "Đã thử sai quá nhiều lần. Chờ {minutes} phút rồi thử lại, hoặc nhờ người quản trị hệ thống của tỉnh."

NOTHING_YET = "Vai trò này chưa có mục nào trên bàn làm việc."


class Login(Controller):
    """The door."""

    @get("/", entrance=LOGGED_IN)
    async def begin(self, request: Asked) -> Response[Any]:
        """To the first section of the official's role; a plain page for a role that has none."""
        address = first_section(request.user)
        if address:
            return Redirect(address, status_code=303)
        return page(request, "console/to_come.html", words=NOTHING_YET)

    @get("/login", entrance=OPEN)
    async def show(self, request: Request[Any, Any, State]) -> Response[Any]:
        """The login page."""
        if request.session.get("official"):
            return Redirect("/console", status_code=303)
        request.clear_session()
        return _form()

    @post("/login", entrance=OPEN)
    async def log_in(self, request: Request[Any, Any, State], state: State) -> Response[Any]:
        """Check the password and begin a session under a new id."""
        username, password = await typed(request, "username"), await raw(request, "password")
        address = request.client.host if request.client else "unknown"
        async with unit_of_work(state.engine) as session:
            tried = await attempt(session, username, password, address)
        if tried.official_id is None:
            request.clear_session()
            return _too_often(username, tried.wait) if tried.wait else _form(username, WRONG, 401)
        await rotate(request)
        request.set_session({"official": tried.official_id})
        return Redirect("/console", status_code=303)

    @post("/logout", entrance=OPEN)
    async def log_out(self, request: Request[Any, Any, State]) -> Redirect:
        """End the session."""
        request.clear_session()
        return Redirect("/console/login", status_code=303)


def _form(username: str = "", error: str | None = None, status: int = 200) -> Template:
    return Template("console/login.html", context={"username": username, "error": error}, status_code=status)


def _too_often(username: str, wait: int) -> Template:
    refusal = _form(username, TOO_OFTEN.format(minutes=-(-wait // 60)), 429)
    refusal.headers["Retry-After"] = str(wait)
    return refusal
