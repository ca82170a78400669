"""Whether an event comes from Zalo: a plain SHA-256 over app id, raw body, timestamp and secret.

Zalo's pages and working implementations differ on which id, which timestamp and which secret go in, so each reading has
a name, ``id-timestamp-secret``; the settings say which are believed, and the log which one held.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hmac import compare_digest
from itertools import product

IDS, TIMESTAMPS, SECRETS = ("app", "oa"), ("body", "header"), ("oa", "app")
READINGS = frozenset("-".join(parts) for parts in product(IDS, TIMESTAMPS, SECRETS))


@dataclass(frozen=True)
class Keys:
    """What goes into the digest; empty where it is not known yet."""

    app_id: str
    oa_id: str
    app_secret: str
    oa_secret: str

    def known(self) -> bool:
        """Whether anything can be checked: the account's secret is only told once the address is saved."""
        return bool(self.oa_secret)


@dataclass(frozen=True)
class Signed:
    """One delivery: the raw body, the header ``mac=…`` (or bare), and both timestamps as they stood."""

    raw: bytes
    mac: str
    body_timestamp: str
    header_timestamp: str


def reading_that_holds(signed: Signed, keys: Keys, believed: Iterable[str]) -> str | None:
    """The first believed reading under which the signature is right; None when there is none."""
    given = signed.mac.strip().removeprefix("mac=").strip().lower().encode()
    held = None
    for reading in believed:
        mac = _mac(signed, keys, reading)
        if mac is not None and compare_digest(mac.encode(), given):
            held = held or reading
    return held


def _mac(signed: Signed, keys: Keys, reading: str) -> str | None:
    who, when, secret = reading.split("-")
    ids: Mapping[str, str] = {"app": keys.app_id, "oa": keys.oa_id}
    secrets: Mapping[str, str] = {"app": keys.app_secret, "oa": keys.oa_secret}
    timestamp = signed.body_timestamp if when == "body" else signed.header_timestamp
    if not (ids[who] and secrets[secret] and timestamp):
        return None
    whole = ids[who].encode() + signed.raw + timestamp.encode() + secrets[secret].encode()
    return hashlib.sha256(whole).hexdigest()
