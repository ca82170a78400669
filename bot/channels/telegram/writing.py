"""A reply as Telegram gets it: messages of at most 4,096 units, HTML that cannot break, buttons with opaque tokens."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from bot.channels.platform import Choice, Enclosed, Outgoing
from bot.channels.reply_blocks import Block, blocks_of
from bot.channels.splitting import split, utf16_units
from bot.conversations.replies import CONTACT_REQUEST

LONGEST = 4096
"""UTF-16 units of one message, after its HTML is read."""
MOST_BUTTONS, LONGEST_LABEL, LONGEST_TOKEN = 100, 60, 64
SHORT_LABEL = 14
"""Two buttons stand side by side when both are this short."""
_CODES = re.compile(
    r"\b(?:XH|LH)-[0-9A-Z]{4}-[0-9A-Z]{4}\b|\bLK-[0-9A-Z]{3}-[0-9A-Z]{3}\b|(?<=riêng: )[0-9A-Z]{4}-[0-9A-Z]{4}\b"
)


@dataclass(frozen=True)
class TelegramPiece:
    """One message: as plain text, as HTML, and the rows of buttons under it; or one file."""

    text: str
    html: str
    rows: tuple[tuple[Choice, ...], ...] = ()
    enclosed: Enclosed | None = None
    asks_contact: bool = False


def pieces_of(outgoing: Outgoing, base_url: str) -> list[TelegramPiece]:
    """The messages that say a reply, at least one; buttons stand under the last."""
    said: list[list[Block]] = []
    for block in blocks_of(outgoing.kind, outgoing.text, outgoing.body, base_url):
        for part in split(block.text, LONGEST, utf16_units):
            if said and _length([*said[-1], Block(block.role, part)]) <= LONGEST:
                said[-1].append(Block(block.role, part))
            else:
                said.append([Block(block.role, part)])
    rows = rows_of(outgoing.choices)
    told = [_piece(blocks, rows if number == len(said) else ()) for number, blocks in enumerate(said, 1)]
    if told and outgoing.kind == CONTACT_REQUEST:
        told[-1] = replace(told[-1], asks_contact=True)
    return [*told, *(TelegramPiece(one.called, "", enclosed=one) for one in outgoing.enclosed)]


def _length(blocks: Sequence[Block]) -> int:
    return utf16_units("\n\n".join(block.text for block in blocks))


def _piece(blocks: Sequence[Block], rows: tuple[tuple[Choice, ...], ...]) -> TelegramPiece:
    text = "\n\n".join(block.text for block in blocks)
    return TelegramPiece(text, "\n\n".join(_html(block) for block in blocks), rows)


def _html(block: Block) -> str:
    """Each block by itself, so that no tag is ever cut in two; a code is copied with one touch."""
    words = _CODES.sub(lambda found: f"<code>{found[0]}</code>", escape(block.text, quote=False))
    if block.role == "more":
        return f"<blockquote expandable>{words}</blockquote>"
    return f"<i>{words}</i>" if block.role == "sources" else words


def rows_of(choices: Sequence[Choice]) -> tuple[tuple[Choice, ...], ...]:
    """Short labels two to a row, others one; a label too long for a phone is cut."""
    rows: list[tuple[Choice, ...]] = []
    for choice in choices[:MOST_BUTTONS]:
        shown = Choice(_shortened(choice.label), choice.token)
        beside = rows[-1] if rows and len(rows[-1]) == 1 else ()
        if beside and max(len(beside[0].label), len(shown.label)) <= SHORT_LABEL:
            rows[-1] = (*beside, shown)
        else:
            rows.append((shown,))
    return tuple(rows)


def _shortened(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"
