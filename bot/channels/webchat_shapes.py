"""The web chat's JSON as its OpenAPI document describes it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NotRequired, TypedDict

from litestar.datastructures import UploadFile
from litestar.openapi.datastructures import ResponseSpec

Kind = Literal[
    "answer",
    "clarify",
    "ask",
    "receipt",
    "status",
    "guidance",
    "emergency",
    "handover",
    "official",
    "contact_request",
    "notice",
    "out_of_scope",
    "small_talk",
    "failure",
    "voice",
]
Owner = Literal["bot", "official"]


@dataclass
class ChatMessage:
    """Words (``text``) or a pressed button (``token``); the same ``id`` (a UUID) again does nothing twice."""

    text: str | None = None
    token: str | None = None
    id: str | None = None
    conversation: str | None = None


@dataclass
class ChatFile:
    """A ``file`` with its caption (``text``), if any; the same ``id`` (a UUID) again does nothing twice."""

    file: UploadFile | None = None
    id: str | None = None
    conversation: str | None = None
    text: str | None = None


class Citation(TypedDict):
    """Where the law says it; ``caution`` when an official should confirm."""

    fact: str
    document: str
    article: str | None
    clause: str | None
    point: str | None
    caution: str | None


class ReplyButton(TypedDict):
    """A choice under a reply: send its ``token`` to press it; ``facts`` are those of the answer it leads to."""

    label: str
    token: str
    facts: NotRequired[list[str]]


class CaseView(TypedDict):
    """The case a receipt or status is about; ``secret`` only on a receipt."""

    code: str
    state: str
    label: str
    office: str
    due: datetime | None
    fingerprint: str
    secret: NotRequired[str]


class VoiceView(TypedDict):
    """A recording to play: its address, which language, who reads, when it was recorded, how long it is."""

    url: str
    language: str
    speaker: str
    date: date
    seconds: float


class ChatReply(TypedDict):
    """One reply: ``text`` is the first view, ``more`` the rest."""

    id: str
    kind: Kind
    text: str
    more: str | None
    answer: str | None
    facts: list[str]
    citations: list[Citation]
    topic: str | None
    buttons: list[ReplyButton]
    case: CaseView | None
    voice: VoiceView | None


class ChatAnswer(TypedDict):
    """The replies to one message (empty with 202 or while an official owns the talk) and the conversation's token."""

    conversation: str
    owner: Owner
    replies: list[ChatReply]


class AttachmentView(TypedDict):
    """A photo, voice note, file or location of the resident; ``url`` and ``thumbnail`` answer to this talk only."""

    id: str
    kind: Literal["photo", "voice", "video", "file", "location"]
    name: str
    note: str | None
    place: str | None
    url: str | None
    thumbnail: str | None


ChatLine = TypedDict(
    "ChatLine",
    {
        "id": str,
        "from": Literal["resident", "bot", "official"],
        "at": datetime,
        "kind": Kind | None,
        "text": str | None,
        "sealed": bool,
        "client_id": str | None,
        "more": str | None,
        "answer": str | None,
        "facts": list[str],
        "citations": list[Citation],
        "topic": str | None,
        "buttons": list[ReplyButton],
        "case": CaseView | None,
        "voice": VoiceView | None,
        "attachments": list[AttachmentView],
    },
)
"""One message of the conversation; ``text`` is null while it is sealed."""


class ChatMessages(TypedDict):
    """Later messages, oldest first, and who owns the talk."""

    messages: list[ChatLine]
    owner: Owner


class Problem(TypedDict):
    """A code for programs and a Vietnamese sentence for people."""

    code: str
    message: str


class Refusal(TypedDict):
    """What every error looks like."""

    error: Problem


def _refusals(**meanings: str) -> dict[int, ResponseSpec]:
    return {
        int(status.removeprefix("on_")): ResponseSpec(Refusal, generate_examples=False, description=meaning)
        for status, meaning in meanings.items()
    }


_STRANGER = _refusals(on_401="No such conversation", on_503="The database does not answer: send again, same id")
SENT = {
    200: ResponseSpec(ChatAnswer, generate_examples=False, description="Answered, or an official owns the talk"),
    202: ResponseSpec(ChatAnswer, generate_examples=False, description="Kept; the replies come by the stream"),
    **_STRANGER,
    **_refusals(
        on_400="Wrong JSON",
        on_404="No such button in this conversation",
        on_409="The id was used for another message",
        on_413="Too long",
        on_422="Nothing that could be read",
        on_429="Too fast: see Retry-After",
    ),
}
FILE_SENT = {
    **SENT,
    **_refusals(
        on_409="The id was used for another message or file",
        on_413="Too large",
        on_415="A kind of file that is not taken",
        on_422="No file, an empty or a broken one",
        on_429="Too fast, or too many files today: see Retry-After",
    ),
}
FILE_FOUND = {
    **_STRANGER,
    **_refusals(on_404="No such file in this talk, not ready yet, or put away"),
}
FOUND = {
    200: ResponseSpec(ChatMessages, generate_examples=False, description="Messages after that id, at most 200"),
    **_STRANGER,
    **_refusals(on_400="No such position"),
}
STREAMED = {
    200: ResponseSpec(ChatLine, generate_examples=False, media_type="text/event-stream", description="One per event"),
    **_STRANGER,
    **_refusals(on_400="No such position"),
}
