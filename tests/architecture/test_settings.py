"""Every setting is documented, and nothing documented is no setting."""

import re

import pytest
from pydantic import ValidationError

from bot.settings import PROJECT, Settings

DOCUMENTED = re.compile(r"^#?\s?([A-Z][A-Z_]+)=", re.MULTILINE)


def documented() -> list[str]:
    return DOCUMENTED.findall((PROJECT / ".env.example").read_text(encoding="utf-8"))


def test_every_setting_is_in_the_example_file() -> None:
    assert sorted(documented()) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_shows_the_defaults() -> None:
    lines = (PROJECT / ".env.example").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^# ([A-Z][A-Z_]+)=(.*)$", lines, re.MULTILINE))
    for name, field in Settings.model_fields.items():
        value = shown[name.upper()]
        if isinstance(field.default, bool):
            assert value == str(int(field.default)), name
        elif isinstance(field.default, int | float):
            assert float(value) == field.default, name


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"sample": True, "public_url": "https://x.vn"}, "SAMPLE=0"),  # sample data in public
        ({"sample": False, "clock": "2026-11-20T08:00+07:00"}, "SAMPLE=1"),  # another time in a real province
        ({"clock": "2026-11-20T08:00"}, "múi giờ"),  # which time zone?
        ({"telegram_token": "1:a", "telegram_mode": "webhook"}, "PUBLIC_URL"),  # nowhere to bring updates
        ({"telegram_token": "1:a", "webchat": False}, "duy nhất"),  # it comes and goes
        ({"telegram_mode": "letters"}, "telegram_mode"),
        ({"port": 0}, "port"),
        ({"port": "abc"}, "port"),
        ({"log_level": "LOUD"}, "log_level"),
    ],
)
def test_refused(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Settings(**given)  # type: ignore[arg-type]


def test_a_relative_data_folder_lies_in_the_project() -> None:
    assert Settings(data_dir="var-2").data_dir == PROJECT / "var-2"  # type: ignore[arg-type]


def test_secrets_do_not_print() -> None:
    assert "s3cret" not in repr(Settings(server_key="s3cret"))  # type: ignore[arg-type]  # pragma: allowlist secret
