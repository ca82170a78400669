"""Which section of a convention a question is about; no database."""

from collections.abc import Sequence, Set

from bot.language import syllables, terms
from knowledge_base.conventions.kinds import kinds_in
from knowledge_base.models import ConventionSection

_NOISE = frozenset(
    syllables(
        "bản thôn tổ dân phố xã quy ước hương lệ làng của có là gì thế nào không được phải cho về trong ở mình nói tôi"
    )
)


def best(parts: Sequence[ConventionSection], question: str, ignoring: str = "") -> ConventionSection | None:
    """The section of the kind the question speaks of, otherwise the one that shares a telling pair of words with it.

    None when the convention has no such section: another one would be a wrong answer.
    """
    asked = kinds_in(question)
    pairs = _pairs(question, _NOISE | set(syllables(ignoring)))
    shared = {part.position: len(pairs & set(terms(f"{part.heading}. {part.text}"))) for part in parts}
    if asked:
        parts = [part for part in parts if part.kind in asked or kinds_in(part.heading) & asked]
    told_first = sorted(parts, key=lambda part: (-shared[part.position], part.position))
    return told_first[0] if told_first and (asked or shared[told_first[0].position]) else None


def _pairs(question: str, ignored: Set[str]) -> set[str]:
    """Neighbouring folded syllables “a_b”; one alone says too little (“đất”, “dắt” and “đặt” are one when folded)."""
    return {term for term in terms(question) if "_" in term and not ignored & set(term.split("_"))}
