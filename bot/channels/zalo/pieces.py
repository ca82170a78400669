"""A reply in Zalo's form: texts of 2,000 characters, five buttons under each; what does not fit comes in the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.platform import Choice, Enclosed, Outgoing
from bot.channels.reply_blocks import blocks_of, plain
from bot.channels.splitting import split
from bot.conversations.replies import CONTACT_REQUEST
from bot.media.kinds import PHOTO

LONGEST_TEXT, MOST_BUTTONS, LONGEST_TITLE = 2_000, 5, 100
MORE_CHOICES = "Bác cũng có thể chọn:"
NUMBER_TO_CALL = re.compile(r"(?<![\d/.,])11[1-5](?![\d/.,]\d|\d)")
"""“Điều 113” and “115/2024” are no numbers to call."""


@dataclass(frozen=True)
class ZaloPiece:
    """One consultation message in Zalo's JSON: words and the buttons under them, a card that asks, or one file."""

    text: str
    buttons: tuple[dict[str, Any], ...] = ()
    asks_contact: bool = False
    enclosed: Enclosed | None = None

    def message(self, uploaded: str = "") -> dict[str, Any]:
        """The ``message`` of the call; ``uploaded`` is what Zalo calls the enclosed file."""
        if self.enclosed:
            return {"attachment": _file(self.enclosed, uploaded)}
        if self.asks_contact:
            return {"attachment": _template(template_type="request_user_info", elements=[_card(self.text)])}
        if self.buttons:
            return {"text": self.text, "attachment": _template(buttons=list(self.buttons))}
        return {"text": self.text}


def pieces_of(outgoing: Outgoing, base_url: str) -> list[ZaloPiece]:
    """The messages of a reply, in order; no word and no choice is lost."""
    words = plain(blocks_of(outgoing.kind, outgoing.text, outgoing.body, base_url))
    texts = split(words, LONGEST_TEXT) or ["…"]
    numbers = _numbers_in(words) if outgoing.kind == "emergency" else []
    rows = _rows([_call(number) for number in numbers], [_answer(choice) for choice in outgoing.choices])
    first, later = (rows[0], rows[1:]) if rows else ((), [])
    asks = outgoing.kind == CONTACT_REQUEST
    told = [*(ZaloPiece(text) for text in texts[:-1]), ZaloPiece(texts[-1], first, asks_contact=asks)]
    files = [ZaloPiece(one.called, enclosed=one) for one in outgoing.enclosed]
    return [*told, *(ZaloPiece(MORE_CHOICES, row) for row in later), *files]


def _rows(calls: Sequence[dict[str, Any]], answers: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], ...]]:
    together = [*calls, *answers]
    return [tuple(together[start : start + MOST_BUTTONS]) for start in range(0, len(together), MOST_BUTTONS)]


def _numbers_in(words: str) -> list[str]:
    said = re.sub(r"(?i)(điều|khoản)\s+\d+", "", words)
    return list(dict.fromkeys(NUMBER_TO_CALL.findall(said)))


def _call(number: str) -> dict[str, Any]:
    return {"title": f"Gọi {number}", "type": "oa.open.phone", "payload": {"phone_code": number}}


def _answer(choice: Choice) -> dict[str, Any]:
    """Pressed, the token comes back as a message that the resident does not see."""
    return {"title": _title(choice.label), "type": "oa.query.hide", "payload": choice.token}


def _title(label: str) -> str:
    return label if len(label) <= LONGEST_TITLE else label[: LONGEST_TITLE - 1].rstrip() + "…"


def _card(text: str) -> dict[str, str]:
    title, _, rest = text.partition("\n")
    return {"title": title[:LONGEST_TITLE], "subtitle": rest or title}


def _file(enclosed: Enclosed, uploaded: str) -> dict[str, Any]:
    if enclosed.kind == PHOTO:
        return _template(template_type="media", elements=[{"media_type": "image", "attachment_id": uploaded}])
    return {"type": "file", "payload": {"token": uploaded}}


def _template(**payload: Any) -> dict[str, Any]:
    return {"type": "template", "payload": payload}
