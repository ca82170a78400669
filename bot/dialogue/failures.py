"""Failures of one turn, noted where they happen because Rasa catches them before they reach us."""

from contextvars import ContextVar

_NOTED: "ContextVar[list[BaseException] | None]" = ContextVar("failures", default=None)


class TooManyActions(RuntimeError):
    """The rules went round in circles: more actions in one turn than Rasa allows."""


def failures() -> "list[BaseException]":
    """The failures noted in this task so far."""
    noted = _NOTED.get()
    if noted is None:
        noted = []
        _NOTED.set(noted)
    return noted


def raise_first() -> None:
    """Raise the first failure noted in this task, if any."""
    if failures():
        raise failures()[0]
