"""``bot kb check``: whether what is shipped says only what its facts say. Errors fail, reports inform."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.clock import local, now
from bot.language import fold
from knowledge_base.answers import MORE_LIMIT, SCOPES, TEXT_LIMIT, Answer
from knowledge_base.checks.doubles import doubles
from knowledge_base.checks.findings import LEVELS, Finding
from knowledge_base.checks.skeletons import templates
from knowledge_base.checks.words import misspelt_names, not_said, strange, unmarked, words_of
from knowledge_base.citations import written
from knowledge_base.facts import KINDS, STANDINGS, TOPICS, Fact
from knowledge_base.force import fact_window
from knowledge_base.loader import CONTENT, Content, ContentError, load
from knowledge_base.wording import (
    borne_out,
    dates,
    documents,
    lacks_marks,
    numbers_of,
    places,
    quantities,
)

TO_BE_TOLD = ("rule", "changed")
"""Kinds of facts that residents must hear; policies bind the product, those of offices are for the desk."""
_ANSWER_ID = re.compile(r"[a-z][a-z0-9_]*(-[a-z0-9]+)+")
_BY_HAND = re.compile(r"can bo (?:se )?xac nhan|can (?:duoc )?can bo .{0,12}xac nhan")


def check(content: Content, on: date) -> list[Finding]:
    """Everything wrong or missing in the content on that day; an ``error`` must not be shipped."""
    facts = {fact.id: fact for fact in content.facts}
    found = [*_facts(content), *_duplicates(content), *doubles(content.answers), *_uncovered(content)]
    for answer in content.answers:
        found += [*check_answer(answer, facts), *_doubtful(answer), *_withheld(answer, facts, on)]
    return found


def check_answer(answer: Answer, facts: dict[str, Fact]) -> list[Finding]:
    """What is wrong with one answer, given all facts by id."""
    known = [facts[id_] for id_ in answer.facts if id_ in facts]
    unknown = [f"fact {id_} does not exist" for id_ in answer.facts if id_ not in facts]
    wrong = [*unknown, *_form(answer), *_changed(answer, known), *_words(answer, known), *_templates(answer)]
    wrong += [f"“{claim}” is in none of its facts" for claim in _unproven(answer, known)]
    return [Finding("error", answer.id, what) for what in wrong]


def main(argv: Sequence[str]) -> int:
    """Print the findings for the folder given (or the shipped one); 1 when there is an error."""
    try:
        content = load(Path(argv[0]) if argv else CONTENT)
    except ContentError as error:
        sys.stdout.write(f"error: {error}\n")
        return 1
    found = check(content, local(now()).date())
    levels = [finding.level for finding in found]
    summary = ", ".join(f"{levels.count(level)} {level}(s)" for level in LEVELS)
    lines = [*map(str, found), f"{len(content.facts)} facts, {len(content.answers)} answers: {summary}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if "error" in levels else 0


def _facts(content: Content) -> Iterator[Finding]:
    for fact in content.facts:
        rules = (
            (fact.kind in KINDS, f"unknown kind {fact.kind!r}"),
            (fact.standing in STANDINGS, f"unknown standing {fact.standing!r}"),
            (bool(fact.source), "no source"),
            (bool(fact.citations) != (fact.standing == "own"), "a fact cites the law exactly when it is not our own"),
            (fact.kind in ("office", "emergency") or content.topics.of(fact.id) in TOPICS, "no topic in topics.yml"),
        )
        yield from (Finding("error", fact.id, what) for right, what in rules if not right)


def _duplicates(content: Content) -> Iterator[Finding]:
    for kind, items in (("fact", content.facts), ("answer", content.answers)):
        count = Counter(item.id for item in items)
        yield from (Finding("error", id_, f"{kind} id is used {n} times") for id_, n in count.items() if n > 1)


def _uncovered(content: Content) -> Iterator[Finding]:
    told = {id_ for answer in content.answers for id_ in answer.facts}
    for fact in content.facts:
        if fact.kind in TO_BE_TOLD and fact.id not in told:
            yield Finding("report", fact.id, f"a {fact.kind} for residents that no answer tells")


def _form(answer: Answer) -> Iterator[str]:
    rules = (
        (bool(_ANSWER_ID.fullmatch(answer.id)), "id is not ASCII kebab-case"),
        (answer.id.startswith(f"{answer.topic}-"), f"id does not begin with its topic {answer.topic}"),
        (answer.topic in TOPICS, f"unknown topic {answer.topic!r}"),
        (answer.scope in SCOPES, f"unknown scope {answer.scope!r}"),
        (bool(answer.facts), "rests on no fact"),
        (bool(answer.ways), "no way of asking"),
        (bool(answer.text), "no text"),
        (len(answer.text) <= TEXT_LIMIT, f"text has {len(answer.text)} characters, at most {TEXT_LIMIT}"),
        (len(answer.more or "") <= MORE_LIMIT, f"more has {len(answer.more or '')} characters, at most {MORE_LIMIT}"),
    )
    return (what for right, what in rules if not right)


def _changed(answer: Answer, facts: Sequence[Fact]) -> Iterator[str]:
    changed = [fact.id for fact in facts if fact.kind == "changed"]
    if changed and not answer.changed:
        yield f"rests on changed rule {', '.join(changed)} and is not a “đã thay đổi” answer"
    if answer.changed and not changed and len(facts) == len(answer.facts):
        yield "is a “đã thay đổi” answer and rests on no changed rule"


def _words(answer: Answer, facts: Sequence[Fact]) -> Iterator[str]:
    whole = _said(answer)
    if lacks_marks(whole):
        yield "a sentence without Vietnamese marks"
    yield from (f"“{words}” has lost its marks" for words in unmarked(whole))
    if _BY_HAND.search(fold(whole)):
        yield "the caution is written by hand; it follows from the facts"
    law = " ".join([*(fact.text for fact in facts), *(written(c) for fact in facts for c in fact.citations)])
    yield from (f"“{word}” is no word residents know" for word in strange(whole, words_of(law)))
    yield from (f"says “{word}”, by the glossary “{instead}”" for word, instead in not_said(whole))


def _templates(answer: Answer) -> Iterator[str]:
    for pattern, ways in templates(answer.ways):
        shown = "”, “".join(ways)
        yield f"{len(ways)} ways of asking share the skeleton “{pattern}”: “{shown}”"


def _doubtful(answer: Answer) -> Iterator[Finding]:
    """What an editor should look at, though it may be meant."""
    yield from (Finding("warning", answer.id, f"no marks: “{way}”") for way in answer.ways if lacks_marks(way))
    for typed, name in misspelt_names(_said(answer)):
        yield Finding("warning", answer.id, f"“{typed}” is written “{name}”")


def _withheld(answer: Answer, facts: dict[str, Fact], on: date) -> Iterator[Finding]:
    for fact in (facts[id_] for id_ in answer.facts if id_ in facts):
        if not fact_window(fact).holds(on):
            window = fact_window(fact)
            when = f"ended on {window.last}" if window.last < on else f"begins on {window.first}"
            yield Finding("report", answer.id, f"withheld today: {fact.id} {when}")


def _said(answer: Answer) -> str:
    return f"{answer.title}\n{answer.text}\n{answer.more or ''}"


def _unproven(answer: Answer, facts: Sequence[Fact]) -> Iterator[str]:
    """Numbers, dates, documents and places in the law that the answer names and its facts do not."""
    said = _said(answer)
    texts = " ; ".join(fact.text for fact in facts)
    cited = [citation for fact in facts for citation in fact.citations]
    law = " ; ".join([texts, *(written(citation) for citation in cited)])
    named = documents(law)
    yield from sorted(d for d in documents(said) if not any(n == d or n.startswith(f"{d}/") for n in named))
    yield from sorted(dates(said) - dates(law))
    for name, given in (("điều", [c.article for c in cited]), ("khoản", [c.clause for c in cited])):
        right = places(texts, name).union(*map(numbers_of, given))
        yield from (f"{name.capitalize()} {number}" for number in sorted(places(said, name) - right))
    known = quantities(texts) | quantities(" ; ".join(c.document for c in cited))
    yield from sorted(str(claim) for claim in quantities(said) if not borne_out(claim, known))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
