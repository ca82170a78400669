import pytest
from argon2 import PasswordHasher

from bot.officials import passwords
from tests.conversations.town import clock, town, town_url, visit

__all__ = ["clock", "town", "town_url", "visit"]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id with little work: it is not what these tests are about."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
