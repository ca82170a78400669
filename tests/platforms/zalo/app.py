"""The stand-in as a web application: consent and tokens, the account's calls, files, controls, the page."""

import html
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from litestar import HttpMethod, Litestar, Request, Response, get, post, route
from litestar.datastructures import State, UploadFile
from litestar.exceptions import ClientException, NotFoundException
from litestar.response import Redirect
from litestar.static_files import create_static_files_router

from tests.platforms.chats import File
from tests.platforms.control import PAGE, Control, page
from tests.platforms.faulty import Faulty
from tests.platforms.zalo import calls
from tests.platforms.zalo.account import Zalo
from tests.platforms.zalo.calls import OaError
from tests.platforms.zalo.events import APP_ID, APP_SECRET, OA_ID
from tests.platforms.zalo.grants import NotGranted, Pair

Ask = Request[Any, Any, Any]


@get("/v4/oa/permission", media_type="text/html", sync_to_thread=False)
def consent_page(request: Ask) -> Response[str]:
    """Where an administrator of the account agrees that our app may act for it."""
    kept = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in request.query_params.items()
    )
    text = (PAGE / "consent.html").read_text(encoding="utf-8").replace("<!-- kept -->", kept)
    return Response(text, media_type="text/html")


@post("/v4/oa/permission")
async def consent(request: Ask, state: State) -> Redirect:
    """Agreed: back to the product with a code."""
    form = dict(await request.form())
    if form.get("app_id") != APP_ID or not form.get("redirect_uri"):
        raise ClientException("app_id or redirect_uri is wrong")
    code = state.platform.grants.consent(str(form.get("code_challenge", "")))
    told = {"code": code, "oa_id": OA_ID, **({"state": str(form["state"])} if "state" in form else {})}
    return Redirect(f"{form['redirect_uri']}?{urlencode(told)}", status_code=303)


@post("/v4/oa/access_token", status_code=200)
async def access_token(request: Ask, state: State) -> dict[str, Any]:
    """A pair for a code or a refresh token; the app's secret comes in a header."""
    zalo: Zalo = state.platform
    form = {name: str(value) for name, value in (await request.form()).items()}
    try:
        return _granted(zalo, request.headers.get("secret_key", ""), form).as_json()
    except NotGranted as problem:
        return {"error": problem.code, "error_name": problem.name, "error_description": problem.name}


def _granted(zalo: Zalo, secret: str, form: dict[str, str]) -> Pair:
    if secret != APP_SECRET or form.get("app_id") != APP_ID:
        raise NotGranted(-14_002, "Invalid appId or secret_key")
    if form.get("grant_type") == "authorization_code":
        return zalo.grants.exchange(form.get("code", ""), form.get("code_verifier", ""))
    if zalo.faults.strikes("expired_refresh_token"):
        raise zalo.grants.spoil("Refresh token is expired")
    if zalo.faults.strikes("reused_refresh_token"):
        raise zalo.grants.spoil("Refresh token has been used")
    return zalo.grants.refresh(form.get("refresh_token", ""))


def _answered(state: State, request: Ask, work: Callable[[Zalo], Any]) -> dict[str, Any]:
    """The envelope of a call."""
    try:
        calls.require_token(state.platform, request.headers.get("access_token", ""))
        return {"data": work(state.platform), "error": 0, "message": "Success"}
    except OaError as error:
        return {"error": error.code, "message": error.message}


async def _body(request: Ask) -> dict[str, Any]:
    return _object(await request.body())


def _object(raw: str | bytes) -> dict[str, Any]:
    try:
        given = json.loads(raw)
    except ValueError:
        given = {}
    return given if isinstance(given, dict) else {}


@post("/v3.0/oa/message/cs", status_code=200)
async def consultation(request: Ask, state: State) -> dict[str, Any]:
    given = await _body(request)
    return _answered(state, request, lambda zalo: calls.send_consultation(zalo, given))


@post("/v3.0/oa/message/template", status_code=200)
async def template(request: Ask, state: State) -> dict[str, Any]:
    given = await _body(request)
    return _answered(state, request, lambda zalo: calls.send_template(zalo, given))


@post("/v2.0/oa/message", status_code=200)
async def reaction(request: Ask, state: State) -> dict[str, Any]:
    """A reaction; every other message of version 2 is shut."""
    given = await _body(request)

    def react(zalo: Zalo) -> dict[str, Any]:
        if "sender_action" not in given:
            raise OaError(-240, "Message API v2 is shut, use v3")
        calls.recipient(zalo, (given.get("recipient") or {}).get("user_id"))
        return {"message_id": ""}

    return _answered(state, request, react)


@post("/v2.0/oa/upload/{kind:str}", status_code=200)
async def upload(kind: str, request: Ask, state: State) -> dict[str, Any]:
    given = (await request.form()).get("file")
    if kind not in ("image", "gif", "file"):
        raise NotFoundException
    file = File(given.filename, kind, await given.read()) if isinstance(given, UploadFile) else File("", kind)
    return _answered(state, request, lambda zalo: calls.upload(zalo, kind, file))


@get("/v3.0/oa/user/detail", sync_to_thread=False)
def user_detail(request: Ask, state: State) -> dict[str, Any]:
    """``?data=<JSON>``."""
    given = _object(request.query_params.get("data", ""))
    return _answered(state, request, lambda zalo: calls.user_detail(zalo, given))


@post("/v3.0/oa/quota/message", status_code=200)
async def quota(request: Ask, state: State) -> dict[str, Any]:
    given = await _body(request)
    return _answered(state, request, lambda zalo: calls.quota(zalo, given))


@get("/v2.0/oa/getoa", sync_to_thread=False)
def get_oa(request: Ask, state: State) -> dict[str, Any]:
    return _answered(state, request, lambda zalo: calls.account())


@route("/files/{key:str}/{name:str}", http_method=[HttpMethod.GET], sync_to_thread=False)
def file_of(key: str, name: str, state: State) -> Response[bytes]:
    """What a resident sent."""
    file = state.platform.files.get(key)
    if file is None:
        raise NotFoundException
    return Response(file.content, media_type="application/octet-stream")


def create(zalo: Zalo, **more: Any) -> Any:
    """The application, faults included; its state may hold the ``server`` that serves it."""
    accounts = [consent_page, consent, access_token]
    oa = [consultation, template, reaction, upload, user_detail, quota, get_oa]
    inner = Litestar(
        [*accounts, *oa, file_of, Control, page, create_static_files_router("/page", [PAGE])],
        state=State({"platform": zalo, **more}),
        logging_config=None,
        openapi_config=None,
    )
    return inner, Faulty(
        inner, zalo.faults, lambda path: path.startswith(("/v2.0/", "/v3.0/", "/v4/oa/access", "/files/"))
    )
