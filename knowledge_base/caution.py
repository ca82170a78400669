"""When a resident must be told that an official has to confirm."""

from collections.abc import Iterable

CAUTION = "Nội dung này cần cán bộ xác nhận."
UNCERTAIN = frozenset({"ask_an_official", "conflicting"})


def caution(standing: str) -> str | None:
    """The sentence for one fact, or ``None`` where the fact is sure or our own."""
    return CAUTION if standing in UNCERTAIN else None


def with_caution(text: str, standings: Iterable[str]) -> str:
    """The answer's text, with the sentence as one last line when any of its facts needs it."""
    return f"{text}\n\n{CAUTION}" if UNCERTAIN.intersection(standings) else text
