"""From the YAML files of ``content/`` to facts, answers, topics and lexicon; judges form, ``check`` judges sense."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.answers import Answer
from knowledge_base.facts import Citation, Fact, Topics

CONTENT = Path(__file__).parent / "content"
_QUICK: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C where PyYAML was built with it: a tenth of the time."""


class ContentError(Exception):
    """A content file cannot be read; the message names file and item."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words people say, and the words of the law that mean the same."""

    said: tuple[str, ...]
    law: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything shipped; lists keep duplicates so that the check can name them."""

    facts: tuple[Fact, ...]
    answers: tuple[Answer, ...]
    topics: Topics
    lexicon: tuple[Link, ...]


def load(directory: Path = CONTENT) -> Content:
    """Read a whole content folder; raises ``ContentError``."""
    topics = _read(directory / "topics.yml") or {}
    return Content(
        facts=tuple(_items(directory / "facts", _fact)),
        answers=tuple(_items(directory / "answers", _answer)),
        topics=Topics(dict(topics.get("prefixes") or {}), dict(topics.get("facts") or {})),
        lexicon=load_lexicon(directory),
    )


def load_lexicon(directory: Path = CONTENT) -> tuple[Link, ...]:
    """The links of ``lexicon.yml``; raises ``ContentError``."""
    rows = _read(directory / "lexicon.yml") or []
    return tuple(Link(tuple(row["say"]), tuple(row["law"])) for row in rows)


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _QUICK) if path.exists() else None  # noqa: S506
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: {error}") from error


def _items[T](directory: Path, build: Callable[[Any], T]) -> Iterator[T]:
    for path in sorted(directory.glob("*.yml")):
        for number, row in enumerate(_read(path) or [], start=1):
            try:
                yield build(row)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                name = row.get("id", f"item {number}") if isinstance(row, dict) else f"item {number}"
                raise ContentError(f"{path.name}: {name}: {error!r}") from error


def _fact(row: dict[str, Any]) -> Fact:
    force = row.get("in_force") or {}
    return Fact(
        id=row["id"],
        kind=row["kind"],
        standing=row["standing"],
        text=row["text"].strip(),
        citations=tuple(citation(item) for item in row["citations"]),
        in_force_from=_day(force.get("from")),
        in_force_to=_day(force.get("to")),
        source=row["source"],
    )


def citation(row: dict[str, Any]) -> Citation:
    """A citation from its stored form."""
    return Citation(row["document"], row.get("article"), row.get("clause"), row.get("point"))


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _answer(row: dict[str, Any]) -> Answer:
    more = (row.get("more") or "").strip()
    return Answer(
        id=row["id"],
        topic=row["topic"],
        title=row["title"].strip(),
        text=row["text"].strip(),
        more=more or None,
        facts=tuple(row["facts"]),
        ways=tuple(way.strip() for way in row["ways"]),
        changed=bool(row.get("changed", False)),
        scope=row.get("scope", "all"),
    )
