"""What the worker may send: checked, and never a command."""

import pytest

from bot.dialogue.messages import BadRequest, incoming, never_a_command

BODY = {"errand": "e-1", "message": "m-1", "text": "xin chào"}


def test_typed_text_is_parsed_by_rasa() -> None:
    said = incoming({**BODY, "metadata": {"conversation": "c"}})
    assert (said.text, said.parse_data(), said.metadata) == ("xin chào", None, {"conversation": "c"})


def test_a_button_is_understood_already() -> None:
    parsed = incoming({**BODY, "intent": "ask_land", "entities": {"place": "bản Hon"}}).parse_data()
    assert parsed is not None
    assert parsed["intent"] == {"name": "ask_land", "confidence": 1.0}
    assert parsed["entities"] == [{"entity": "place", "value": "bản Hon"}]


@pytest.mark.parametrize(
    "text", ["/restart", " /restart", "//restart", "\u200b/restart", '/intent{"slot":"x"}', "/ /back"]
)
def test_a_leading_slash_is_taken_away(text: str) -> None:
    assert not never_a_command(text).startswith("/")
    assert not incoming({**BODY, "text": text}).text.startswith("/")


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        {},
        {**BODY, "errand": ""},
        {**BODY, "message": 7},
        {**BODY, "text": None},
        {**BODY, "text": "x" * 8_001},
        {**BODY, "intent": ""},
        {**BODY, "entities": []},
        {**BODY, "errand": "e" * 256},
    ],
)
def test_anything_else_is_refused(body: object) -> None:
    with pytest.raises(BadRequest):
        incoming(body)
