"""What the simulated year is drawn from: as many cases as asked for, the same for one seed, quiet Tết, wet floods."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from benchmarks.simulation.people import OUTCOMES, STARS, plan, stars
from benchmarks.simulation.year import SIZES, Size, arrivals, floods
from bot.cases.states import GIVEN
from bot.clock import local

SMALL = Size(6, 3000, date(2027, 1, 11), 60)


def test_as_many_as_asked_for_and_the_same_again() -> None:
    once, again = (arrivals(Random(7), SMALL, floods(Random(8), SMALL)) for _ in range(2))
    assert once == again
    assert len(once) == SMALL.cases
    assert [a.at for a in once] == sorted(a.at for a in once)
    assert {a.commune for a in once} == set(range(SMALL.communes))


def test_tet_is_quiet_and_a_flood_is_not() -> None:
    wet = floods(Random(8), SMALL)
    days = Counter(local(a.at).date() for a in arrivals(Random(7), SMALL, []))
    assert days[date(2027, 2, 8)] < days[date(2027, 1, 18)]  # two Mondays
    drawn = arrivals(Random(7), SMALL, wet)
    struck = Counter((local(a.at).date(), a.commune) for a in drawn)
    flooded = [n for (day, commune), n in struck.items() if any(f.strikes(day, commune) for f in wet)]
    dry = [n for (day, commune), n in struck.items() if not any(f.strikes(day, commune) for f in wet)]
    assert sum(flooded) / len(flooded) > 3 * sum(dry) / len(dry)


def test_the_full_year_is_the_one_promised() -> None:
    assert (SIZES["full"].communes, SIZES["full"].cases, SIZES["full"].days) == (99, 60_000, 365)


def test_every_outcome_an_office_may_give_has_its_stars() -> None:
    assert set(OUTCOMES) == set(STARS) <= set(GIVEN)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_late_answer_is_liked_less(outcome: str) -> None:
    dice = Random(1)
    late, soon = (sum(stars(dice, outcome, flag) for _ in range(400)) for flag in (True, False))
    assert late < soon


def test_plans_of_a_flood_are_merged_more_often() -> None:
    dice = Random(3)
    wet, dry = (sum(plan(dice, flood).merges for _ in range(2000)) for flood in (True, False))
    assert wet > 3 * dry
