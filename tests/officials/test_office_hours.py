"""How people say a moment."""

from datetime import datetime

import pytest

from bot.clock import VIETNAM
from bot.officials.office_hours import spoken


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-23T07:30", "7 giờ 30 thứ Hai, ngày 23/11/2026"),
        ("2026-11-22T13:00", "13 giờ Chủ nhật, ngày 22/11/2026"),  # a full hour
    ],
)
def test_spoken(moment: str, words: str) -> None:
    assert spoken(datetime.fromisoformat(moment).replace(tzinfo=VIETNAM)) == words
