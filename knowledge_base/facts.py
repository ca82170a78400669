"""A fact: one statement of law, policy or emergency help in our own words, with where it stands in the law."""

from dataclasses import dataclass
from datetime import date

KINDS = ("rule", "changed", "policy", "emergency", "office")
STANDINGS = ("sure", "ask_an_official", "conflicting", "own")
TOPICS = (
    "disclosure",
    "decide",
    "opinion",
    "supervision",
    "convention",
    "village",
    "reception",
    "dialogue",
    "procedure_rights",
    "information",
    "mediation",
    "land",
    "personal_data",
    "two_levels",
    "agency",
    "workplace",
)


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one document; article, clause and point as the document counts them: "7", "1, 2", "a–d"."""

    document: str
    article: str | None = None
    clause: str | None = None
    point: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """``in_force_from`` and ``in_force_to`` are the first and last day, ``None`` where the source does not tell."""

    id: str
    kind: str
    standing: str
    text: str
    citations: tuple[Citation, ...]
    in_force_from: date | None
    in_force_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Topics:
    """The map from fact ids to topics."""

    prefixes: dict[str, str]
    facts: dict[str, str]

    def of(self, fact_id: str) -> str | None:
        """The fact's topic, or ``None`` for office and emergency facts."""
        return self.facts.get(fact_id) or self.prefixes.get(fact_id.split("-")[0])
