"""Every reading of Zalo's signature, each with what it needs; what is wrong in any way is not believed."""

import hashlib

import pytest

from bot.channels.zalo.signature import READINGS, Keys, Signed, reading_that_holds

RAW = '{"app_id":"36","timestamp":"1543908534","message":{"text":"chào xã"}}'.encode()
BODY, HEADER = "1543908534", "1543908599"
KEYS = Keys(app_id="36", oa_id="388", app_secret="of the app", oa_secret="of the account")  # pragma: allowlist secret
DEFAULT = ("app-body-oa", "app-header-oa")


def mac(who: str, when: str, secret: str, raw: bytes = RAW) -> str:
    return hashlib.sha256(who.encode() + raw + when.encode() + secret.encode()).hexdigest()


def signed(given: str, raw: bytes = RAW, body: str = BODY, header: str = HEADER) -> Signed:
    return Signed(raw, given, body, header)


@pytest.mark.parametrize(
    ("who", "when", "secret", "reading"),
    [
        ("36", BODY, KEYS.oa_secret, "app-body-oa"),  # the official text
        ("36", HEADER, KEYS.oa_secret, "app-header-oa"),  # what some found to hold alone
        ("36", BODY, KEYS.app_secret, "app-body-app"),  # one source says the app's secret
        ("36", HEADER, KEYS.app_secret, "app-header-app"),
        ("388", BODY, KEYS.oa_secret, "oa-body-oa"),  # some put the account's id first
        ("388", HEADER, KEYS.oa_secret, "oa-header-oa"),
        ("388", BODY, KEYS.app_secret, "oa-body-app"),
        ("388", HEADER, KEYS.app_secret, "oa-header-app"),
    ],
)
def test_each_reading_holds_where_it_is_believed(who: str, when: str, secret: str, reading: str) -> None:
    given = signed(f"mac={mac(who, when, secret)}")
    assert reading_that_holds(given, KEYS, READINGS) == reading
    assert reading_that_holds(given, KEYS, DEFAULT) == (reading if reading in DEFAULT else None)


RIGHT = mac("36", BODY, KEYS.oa_secret)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        (f"mac={RIGHT}", "app-body-oa"),
        (RIGHT, "app-body-oa"),  # bare
        (f"mac={RIGHT.upper()}", "app-body-oa"),
        (f" mac={RIGHT} ", "app-body-oa"),
        ("", None),
        ("mac=", None),
        (f"mac={RIGHT[:-1]}0", None),
        (f"mac={RIGHT}0", None),
        ("mac=chữ ký", None),  # no ASCII at all
    ],
)
def test_the_header(given: str, held: str | None) -> None:
    assert reading_that_holds(signed(given), KEYS, DEFAULT) == held


@pytest.mark.parametrize(
    "other",
    [
        signed(RIGHT, raw=RAW + b" "),  # one byte more
        signed(RIGHT, raw=RAW.replace(b"36", b"37")),
        signed(RIGHT, body="1543908535"),
        signed(RIGHT, body=""),  # nothing to sign with
    ],
)
def test_anything_changed_is_not_believed(other: Signed) -> None:
    assert reading_that_holds(other, KEYS, DEFAULT) is None


def test_what_is_not_known_never_holds() -> None:
    """An empty secret would make every signature computable by anybody."""
    nothing = Keys("36", "", "", "")
    assert not nothing.known()
    assert reading_that_holds(signed(mac("36", BODY, "")), nothing, READINGS) is None
    assert reading_that_holds(signed(mac("", BODY, KEYS.oa_secret)), KEYS, READINGS) is None
