"""Links of platforms hold tokens: where files may be fetched from, and payloads without such links."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

TAKEN_OUT = "…"
_LINK = re.compile(r"https?://", re.IGNORECASE)
_TYPED = frozenset({"text", "caption"})
"""What a resident typed stays as it is."""


def without_links(payload: Any) -> Any:
    """The payload with every address in it taken out, but for those a resident typed; any JSON."""
    if isinstance(payload, dict):
        return {key: value if key in _TYPED else without_links(value) for key, value in payload.items()}
    if isinstance(payload, list):
        return [without_links(item) for item in payload]
    return TAKEN_OUT if isinstance(payload, str) and _LINK.match(payload.strip()) else payload


def may_fetch(url: str, hosts: Sequence[str], schemes: Sequence[str] = ("https",)) -> bool:
    """Whether the address lies on a host that the platform serves from, at its usual port, without a login in it.

    ``hosts`` are names (“api.telegram.org”), families (“*.zdn.vn”), or a name with its port (“127.0.0.1:8002”).
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if parts.scheme not in schemes or parts.username is not None or parts.password is not None or not host:
        return False
    usual = port in (None, 443 if parts.scheme == "https" else 80)
    return any(_matches(host, port, usual, allowed.lower()) for allowed in hosts)


def _matches(host: str, port: int | None, usual: bool, allowed: str) -> bool:
    name, _, wanted_port = allowed.partition(":")
    if wanted_port:
        return host == name and str(port) == wanted_port
    if name.startswith("*."):
        return usual and host.endswith(name[1:]) and len(host) > len(name) - 1
    return usual and host == name
