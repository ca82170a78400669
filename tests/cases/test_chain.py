"""A history's fingerprint: words may be erased, nothing else may change unseen."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cases import chain
from bot.cases.chain import Line


def line(number: int, note: str = "lời") -> Line:
    return Line(
        number=number,
        at=f"2026-11-{20 + number}T01:00:00+00:00",
        actor="resident" if number == 1 else "official:7",
        from_state=None if number == 1 else "new",
        to_state="new" if number == 1 else "received",
        outcome=None,
        shown=True,
        digest=chain.digest(note, f"salt{number}"),
    )


def history(length: int) -> list[tuple[Line, str]]:
    found: list[tuple[Line, str]] = []
    for number in range(1, length + 1):
        one = line(number)
        found.append((one, chain.link(found[-1][1] if found else chain.START, one)))
    return found


def test_a_true_history_is_whole() -> None:
    assert chain.broken_at([]) is None
    assert chain.broken_at(history(5)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2026-11-20T01:00:00+00:00"},  # when
        {"actor": "official:8"},  # by whom
        {"from_state": "answered"},  # from where
        {"to_state": "answered"},  # to where
        {"outcome": "resolved"},  # how it ended
        {"shown": False},  # who may see it
        {"digest": chain.digest("lời khác", "salt3")},  # other words
        {"number": 9},  # a line that was elsewhere
    ],
)
def test_any_changed_line_is_found(change: dict[str, Any]) -> None:
    lines = history(5)
    lines[2] = (replace(lines[2][0], **change), lines[2][1])
    assert chain.broken_at(lines) == 3


@given(st.integers(0, 4))
def test_a_missing_line_is_found(place: int) -> None:
    lines = history(6)
    del lines[place]
    assert chain.broken_at(lines) == place + 1


def test_a_changed_line_with_its_own_new_link_breaks_the_next() -> None:
    lines = history(4)
    changed = replace(lines[1][0], to_state="answered")
    lines[1] = (changed, chain.link(lines[0][1], changed))
    assert chain.broken_at(lines) == 3


def test_without_the_salt_no_guess_can_be_tested() -> None:
    assert chain.digest("lời", "a") != chain.digest("lời", "b")
    assert chain.digest(None, "a") == chain.digest("", "a")


def test_a_fingerprint_as_a_receipt_shows_it() -> None:
    assert chain.fingerprint("3f9a01bc77de5512ffff") == "3f9a-01bc-77de-5512"  # pragma: allowlist secret
