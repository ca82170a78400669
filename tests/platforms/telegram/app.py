"""The stand-in as a web application: the Bot API, file downloads, controls, the page."""

from typing import Any

from litestar import HttpMethod, Litestar, Request, Response, get, route
from litestar.datastructures import State, UploadFile
from litestar.exceptions import NotFoundException
from litestar.static_files import create_static_files_router

from tests.platforms.chats import File
from tests.platforms.control import PAGE, Control, page
from tests.platforms.faulty import Faulty
from tests.platforms.telegram.account import Telegram
from tests.platforms.telegram.methods import METHODS, Method
from tests.platforms.telegram.parameters import ApiError


@route("/{bot:str}/{method:str}", http_method=[HttpMethod.GET, HttpMethod.POST])
async def call(bot: str, method: str, request: Request[Any, Any, Any], state: State) -> Response[Any]:
    """``POST /bot<token>/<method>``, form-encoded, multipart or JSON."""
    try:
        result = await _method(state.platform, bot, method)(state.platform, await _parameters(request))
    except ApiError as error:
        body: dict[str, Any] = {"ok": False, "error_code": error.code, "description": error.description}
        return Response(
            {**body, **({"parameters": error.parameters} if error.parameters else {})}, status_code=error.code
        )
    return Response({"ok": True, "result": result}, status_code=200)


def _method(telegram: Telegram, bot: str, name: str) -> Method:
    if bot != f"bot{telegram.token}":
        raise ApiError(401, "Unauthorized")
    if name.lower() not in METHODS:
        raise ApiError(404, "Not Found")
    return METHODS[name.lower()]


@get("/file/{bot:str}/{kind:str}/{file_id:str}/{name:str}", sync_to_thread=False)
def download(bot: str, kind: str, file_id: str, name: str, state: State) -> Response[bytes]:
    """The content of a file, to whoever has the token."""
    file = state.platform.files.get(file_id)
    if bot != f"bot{state.platform.token}" or file is None:
        raise NotFoundException
    return Response(file.content, media_type="application/octet-stream")


async def _parameters(request: Request[Any, Any, Any]) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query_params)
    if request.method == "GET":
        return given
    if request.headers.get("content-type", "").startswith("application/json"):
        return {**given, **(await request.json() or {})}
    for name, value in (await request.form()).items():
        if isinstance(value, UploadFile):
            given[name] = File(value.filename, "file", await value.read())
        else:
            given[name] = value
    return given


def create(telegram: Telegram, **more: Any) -> Any:
    """The application, faults included; its ``state`` may hold the ``server`` that serves it."""
    inner = Litestar(
        [call, download, Control, page, create_static_files_router("/page", [PAGE])],
        state=State({"platform": telegram, **more}),
        logging_config=None,
        openapi_config=None,
    )
    app = Faulty(inner, telegram.faults, lambda path: path.startswith(("/bot", "/file/bot")))
    return inner, app
