"""Ports: is ours free, and which loopback ports may the inner services have."""

import errno
import random
import socket
from collections.abc import Iterator

from bot.supervisor.problems import CannotStart

INNER = range(20_000, 32_000)
"""Below the range from which the kernel lends ports to outgoing connections: a restarted child finds its port free."""


def require_free(host: str, port: int) -> None:
    """Raises CannotStart when the web server could not listen there."""
    try:
        _try(host, port)
    except OSError as problem:
        raise CannotStart(_message(host, port, problem)) from problem


def free_ports(count: int) -> list[int]:
    """Different loopback ports that nobody listens on now."""
    found: Iterator[int] = (port for port in random.sample(INNER, len(INNER)) if _is_free("127.0.0.1", port))
    return [next(found) for _ in range(count)]


def free_run(count: int) -> int:
    """The first of so many loopback ports in a row that nobody listens on now."""
    starts = random.sample(INNER[:-count], len(INNER) - count)
    return next(s for s in starts if all(_is_free("127.0.0.1", s + number) for number in range(count)))


def _is_free(host: str, port: int) -> bool:
    try:
        _try(host, port)
    except OSError:
        return False
    return True


def _try(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the servers do: a port whose old connections are only fading away counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen()


def _message(host: str, port: int, problem: OSError) -> str:
    match problem.errno:
        case errno.EADDRINUSE:
            return f"Cổng {port} đang có chương trình khác dùng. Hãy chọn cổng khác, ví dụ: PORT={port + 1} make run"
        case errno.EACCES:
            return f"Không được phép dùng cổng {port}. Hãy chọn cổng từ 1024 trở lên, ví dụ: PORT=8000 make run"
        case _:
            return f"Không mở được địa chỉ {host}:{port} ({problem.strerror}). Hãy kiểm tra HOST và PORT."
