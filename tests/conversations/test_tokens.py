"""A conversation's token: always the same, never guessed, any text is safe to read."""

import hmac
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.conversations import tokens


def derive(purpose: str, subject: str) -> bytes:
    return hmac.digest(b"key", f"{purpose}\0{subject}".encode(), "sha256")


def another(purpose: str, subject: str) -> bytes:
    return hmac.digest(b"another", f"{purpose}\0{subject}".encode(), "sha256")


@given(st.uuids())
def test_a_token_stands_for_its_conversation(conversation: UUID) -> None:
    token = tokens.issue(conversation, derive)
    assert token == tokens.issue(conversation, derive)
    assert len(token) == 43
    assert tokens.read(token, derive) == conversation
    assert tokens.read(token, another) is None


@given(st.uuids(), st.integers(0, 41), st.sampled_from("AbC09-_"))
def test_a_changed_token_stands_for_nothing(conversation: UUID, place: int, symbol: str) -> None:
    token = tokens.issue(conversation, derive)
    changed = token[:place] + symbol + token[place + 1 :]
    assert tokens.read(changed, derive) == (conversation if changed == token else None)


@given(st.text(alphabet="Ab0-_=+/ \0đ👍\ud800é\n"))
def test_any_text_is_read_without_harm(text: str) -> None:
    assert tokens.read(text, derive) is None
