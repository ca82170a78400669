"""Errors as people and programs read them: JSON with a Vietnamese sentence for the API, a polite page elsewhere."""

from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, PermissionDeniedException
from litestar.response import Template
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.channels.webchat import Refused
from bot.db.engine import is_away

log = structlog.get_logger()
AnyRequest = Request[Any, Any, Any]

SENTENCES = {
    400: ("bad_request", "Nội dung gửi lên không đúng dạng: cần JSON hợp lệ."),
    401: ("not_logged_in", "Cần đăng nhập."),
    403: ("forbidden", "Bạn không có quyền xem trang này, hoặc trang đã mở quá lâu. Hãy quay lại và thử lần nữa."),
    404: ("not_found", "Không có trang này. Hãy kiểm tra lại đường dẫn."),
    405: ("method_not_allowed", "Địa chỉ này không nhận kiểu yêu cầu đó."),
    413: ("too_long", "Nội dung gửi lên quá lớn."),
    415: ("unsupported_media_type", "Cần gửi JSON (Content-Type: application/json)."),
    429: ("too_many_requests", "Quá nhiều yêu cầu. Xin thử lại sau ít phút."),
    500: ("failure", "Có lỗi ở phía máy chủ. Xin thử lại sau ít phút."),
    503: ("unavailable", "Máy chủ đang bận. Tin của bác chưa được lưu, xin gửi lại sau vài giây."),
}
ON_PAGES = {400: "Địa chỉ hoặc nội dung gửi lên chưa đúng.", 415: "Trang này không nhận dạng nội dung đó."}
"""What a person reads where the sentence above is for programs."""


def refused(request: AnyRequest, error: Refused) -> Response[Any]:
    """A message the web chat cannot take."""
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    body = {"error": {"code": error.code, "message": error.message}}
    response = Response(body, status_code=error.status, headers=headers)
    if error.code == "unknown_conversation" and request.cookies.get("conversation"):
        response.delete_cookie("conversation")  # scripts cannot, and the page would be refused for ever
    return response


def unavailable(request: AnyRequest, error: Exception) -> Response[Any]:
    """The database does not answer: nothing was kept, the sender tries again with the same id."""
    if isinstance(error, DBAPIError) and not is_away(error):
        return failed(request, error)
    log.error("database_unavailable", error=type(error).__name__)
    return _told(request, 503, {"Retry-After": "2"})


def unreadable(request: AnyRequest, error: UnicodeDecodeError | RecursionError) -> Response[Any]:
    """Bytes that are no text inside JSON, or JSON nested too deep; the framework lets both through its own check."""
    return _told(request, 400)


def missing(request: AnyRequest, error: NoResultFound) -> Response[Any]:
    """Something that is not there (any more)."""
    return _told(request, 404)


def refused_by_framework(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """What Litestar itself refuses: wrong JSON, no such page, no permission."""
    if isinstance(error, PermissionDeniedException):
        return _told(request, 403)
    return _told(request, error.status_code, dict(error.headers or {}))


def failed(request: AnyRequest, error: Exception) -> Response[Any]:
    """Anything unforeseen: logged by type and place, told politely."""
    frame = _last_frame(error)
    log.error("request_failed", path=request.url.path, error=type(error).__name__, at=frame)
    return _told(request, 500)


def _told(request: AnyRequest, status: int, headers: dict[str, str] | None = None) -> Response[Any]:
    code, message = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    if request.url.path.startswith(("/api/", "/health", "/ready", "/webhooks/")):
        body = {"error": {"code": code, "message": message}}
        return Response(body, status_code=status, headers=headers, media_type="application/json")
    context = {"status": status, "message": ON_PAGES.get(status, message), "home": _home(request)}
    return Template("console/error.html", context=context, status_code=status)


def _home(request: AnyRequest) -> str:
    return "/console" if request.url.path.startswith("/console") else "/"


def _last_frame(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


HANDLERS: dict[Any, Any] = {
    Refused: refused,
    NoResultFound: missing,
    DBAPIError: unavailable,
    PoolTimeout: unavailable,
    TimeoutError: unavailable,
    OSError: unavailable,
    HTTPException: refused_by_framework,
    UnicodeDecodeError: unreadable,
    RecursionError: unreadable,
    Exception: failed,
}
