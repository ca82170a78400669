"""Who may do what with a case, from which state, and what it takes: one table. Standard library only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.cases import reasons
from bot.cases.states import GIVEN, OPEN
from bot.cases.visibility import LEVELS


class Who(StrEnum):
    """In what part somebody meets a case; one person may have several."""

    SENDER = "sender"
    """A resident who sent it, or whose own case was merged into it."""
    FOLLOWER = "follower"
    """A resident who follows a public case of somebody else."""
    READER = "reader"
    """A resident without a part in it, who may know of it because it is public."""
    OFFICE = "office"
    """An official of the office in charge."""
    RECEIVER = "receiver"
    """An official of the office it is being transferred to."""
    LEADER = "leader"
    """Who leads the commune in charge."""
    COORDINATOR = "coordinator"
    """The province's coordinator, for every case."""
    SYSTEM = "system"


class Act(StrEnum):
    """What can be done with a case that is there."""

    RECEIVE = "receive"
    START = "start"
    ASK = "ask"
    RESUME = "resume"
    ANSWER = "answer"
    CLOSE = "close"
    TRANSFER = "transfer"
    ACCEPT = "accept"
    RETURN = "return"
    ASSIGN_OFFICE = "assign_office"
    ASSIGN_PERSON = "assign_person"
    MERGE = "merge"
    NOTE = "note"
    CORRECT = "correct"
    """Another field, kind or title."""
    ADD = "add"
    WITHDRAW = "withdraw"
    LEAVE = "leave"
    REOPEN = "reopen"
    RATE = "rate"
    SHOW_TO = "show_to"
    """Another visibility level."""
    FOLLOW = "follow"


@dataclass(frozen=True)
class Rule:
    """One row: these may do it in these states; ``to`` None leaves the state; ``shown``: residents see the entry."""

    act: Act
    who: frozenset[Who]
    states: frozenset[str]
    to: str | None = None
    needs: tuple[str, ...] = ()
    """Names of ``Step`` that must be given."""
    shown: bool = True


@dataclass(frozen=True)
class Step:
    """What somebody asks for."""

    act: Act
    text: str = ""
    outcome: str | None = None
    reason: str | None = None
    competent: str = ""
    """Who is competent, where the office is not."""
    office: int | None = None
    person: int | None = None
    stars: int | None = None
    level: str | None = None


class NotAllowed(ValueError):
    """The step is not open to them, or lacks something; the message names what, for logs and tests."""

    def __init__(self, why: str, missing: str | None = None) -> None:
        super().__init__(why)
        self.missing = missing
        """The part of ``Step`` that is missing or wrong, None where the step itself is not open."""


_DESK = frozenset({Who.OFFICE})
_ABOVE = _DESK | {Who.LEADER, Who.COORDINATOR}
_SENDER = frozenset({Who.SENDER})
_WORKED_ON = frozenset({"received", "in_progress"})
_AT_OFFICE = OPEN - {"transferred"}

TABLE = (
    # the office in charge
    Rule(Act.RECEIVE, _ABOVE, frozenset({"new"}), "received"),
    Rule(Act.START, _DESK, frozenset({"received"}), "in_progress"),
    Rule(Act.ASK, _DESK, _WORKED_ON, "waiting_for_resident", ("text",)),
    Rule(Act.RESUME, _DESK, frozenset({"waiting_for_resident"}), "in_progress"),
    Rule(Act.ANSWER, _DESK, _WORKED_ON | {"waiting_for_resident"}, "answered", ("outcome", "text")),
    Rule(Act.CLOSE, _DESK | {Who.SYSTEM}, frozenset({"answered"}), "closed"),
    Rule(Act.MERGE, _DESK, _AT_OFFICE, "merged"),
    Rule(Act.NOTE, _ABOVE | {Who.RECEIVER}, OPEN | {"answered"}, None, ("text",), shown=False),
    Rule(Act.CORRECT, _ABOVE, OPEN, shown=False),
    Rule(Act.ASSIGN_PERSON, _ABOVE, OPEN, None, ("person",), shown=False),
    # from office to office
    Rule(Act.TRANSFER, _DESK, _AT_OFFICE, "transferred", ("office", "reason")),
    Rule(Act.ACCEPT, frozenset({Who.RECEIVER}), frozenset({"transferred"}), "received"),
    Rule(Act.RETURN, frozenset({Who.RECEIVER}), frozenset({"transferred"}), "received", ("reason", "text")),
    Rule(Act.ASSIGN_OFFICE, frozenset({Who.COORDINATOR}), OPEN, "received", ("office", "text")),
    # residents
    Rule(Act.ADD, _SENDER, frozenset({"waiting_for_resident"}), "in_progress"),
    Rule(Act.ADD, _SENDER, OPEN - {"waiting_for_resident"}),
    Rule(Act.WITHDRAW, _SENDER, OPEN, "withdrawn"),
    Rule(Act.LEAVE, _SENDER | {Who.FOLLOWER}, OPEN | {"answered", "closed"}, shown=False),
    Rule(Act.REOPEN, _SENDER, frozenset({"answered", "closed"}), "new", ("text",)),
    Rule(Act.RATE, _SENDER, frozenset({"answered", "closed"}), None, ("stars",)),
    Rule(Act.SHOW_TO, _SENDER, OPEN | {"answered", "closed"}, None, ("level",)),
    Rule(Act.FOLLOW, frozenset({Who.READER}), OPEN, shown=False),
)


def open_to(who: Iterable[Who], state: str) -> list[Rule]:
    """What they may do with a case in that state, in the table's order."""
    parts = frozenset(who)
    return [rule for rule in TABLE if state in rule.states and rule.who & parts]


def check(who: Iterable[Who], state: str, step: Step) -> Rule:
    """The row that allows the step; ``NotAllowed`` when there is none or something is missing."""
    found = next((rule for rule in open_to(who, state) if rule.act == step.act), None)
    if found is None:
        raise NotAllowed(f"{step.act} in {state} by {', '.join(sorted(who))}")
    for need in found.needs:
        if not getattr(step, need):
            raise NotAllowed(f"{step.act} needs {need}", need)
    for name, fits in _FITS.items():
        if not fits(step):
            raise NotAllowed(f"{step.act} with {name} {getattr(step, name)!r}", name)
    return found


def _outcome_fits(step: Step) -> bool:
    return step.outcome in GIVEN if step.act == Act.ANSWER else step.outcome is None


def _reason_fits(step: Step) -> bool:
    """A reason of the list that the step or its outcome has; where there is no list, none."""
    lists = {Act.TRANSFER: reasons.TRANSFER, Act.RETURN: reasons.RETURN}
    known = lists.get(step.act) or reasons.REFUSALS.get(step.outcome or "")
    return step.reason in known if known else step.reason is None


def _competent_fits(step: Step) -> bool:
    return bool(step.competent) == (step.outcome == "not_within_authority")


def _stars_fit(step: Step) -> bool:
    return step.stars is None or step.stars in range(1, 6)


def _level_fits(step: Step) -> bool:
    return step.level is None or step.level in LEVELS


_FITS: dict[str, Callable[[Step], bool]] = {
    "outcome": _outcome_fits,
    "reason": _reason_fits,
    "competent": _competent_fits,
    "stars": _stars_fit,
    "level": _level_fits,
}
