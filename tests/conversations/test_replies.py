"""Replies as Rasa hands them over."""

from typing import Any

import pytest

from bot.conversations.replies import NotAReply, Reply, ReplyButton, payload_of, reply_from


def test_a_reply_with_everything_comes_through_and_back() -> None:
    payload = {
        "kind": "answer",
        "text": "Xã công khai 14 nhóm việc.",
        "more": "Còn nữa.",
        "answer": "disclosure-fourteen-groups",
        "facts": ["CK-02"],
        "citations": [{"fact": "CK-02", "document": "Luật 10/2022/QH15"}],
        "topic": "disclosure",
        "case": {"code": "XH-1"},
        "buttons": [{"label": "Gặp cán bộ", "intent": "talk_to_human", "entities": {"a": 1}, "facts": ["CK-01"]}],
    }
    assert payload_of(reply_from(payload)) == payload


def test_a_template_hands_over_the_case_as_text() -> None:
    assert reply_from({"kind": "receipt", "text": "Đã ghi", "case": '{"code": "XH-1"}'}).body == {
        "case": {"code": "XH-1"}
    }


def test_what_is_empty_is_left_out() -> None:
    payload: dict[str, Any] = {"kind": "ask", "text": "  Ở đâu?  ", "more": None, "facts": [], "buttons": None}
    assert reply_from(payload) == Reply("ask", "Ở đâu?", {}, ())


def test_a_button_needs_only_label_and_intent() -> None:
    reply = reply_from({"kind": "ask", "text": "?", "buttons": [{"label": "Thôi", "intent": "cancel"}]})
    assert reply.buttons == (ReplyButton("Thôi", "cancel"),)


@pytest.mark.parametrize(
    "payload",
    [
        {},  # nothing
        {"text": "chào"},  # no kind: a plain Rasa text
        {"kind": "answer"},  # no text
        {"kind": "answer", "text": "  "},  # only spaces
        {"kind": "song", "text": "la la"},  # no such kind
        {"kind": "answer", "text": ["a"]},  # not a text
    ],
)
def test_no_reply(payload: dict[str, Any]) -> None:
    with pytest.raises(NotAReply):
        reply_from(payload)
