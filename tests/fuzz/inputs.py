"""Inputs nobody foresaw, the same for the same seed: what residents type, spoilt; bytes, JSON and platforms' bodies."""

import json
import random
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from bot.settings import PROJECT

ODD = (
    "\0", "\u200b", "\u202e", "\ufeff", "\u0301", "\ud83d\ude00", "\U0001f9d1\u200d\U0001f33e", "\ufffd", "\u2028",
    "\x1b[31m", "đ", "Đ", "ơ\u0300", "ﬁ", "İ", "ß", "ǆ", "𝔥𝔬̣𝔦", "१२३", "\t", "\r\n", " ", "<b>", "&amp;", "{{7*7}}",
    "%s", "{0}", "\\", "'; --", "/restart", '/intent{"a":1}', "XH-7K3M-9Q2F", "012345678901", "0912 345 678", "30-02",
    "ngày 31/2/2026", "999999999999 tỷ đồng", "mùng 30 tháng Chạp",
)  # fmt: skip
NESTED = 2_000
LONGEST = 4_000


@cache
def sentences() -> tuple[str, ...]:
    """What the bot is taught with."""
    lines = re.compile(r"^\s+- (.+)$", re.MULTILINE)
    files = sorted((PROJECT / "nlu_data" / "nlu").glob("*.yml"))
    return tuple(line for path in files for line in lines.findall(path.read_text("utf-8")))


class Inputs:
    """A source of inputs; every method draws from the same dice."""

    def __init__(self, seed: int | str) -> None:
        self.dice = random.Random(seed)

    def text(self) -> str:
        """Words of a resident, most of them spoilt in one way or several."""
        words = self.dice.choice(sentences()) if self.dice.random() < 0.8 else self._noise()
        for _ in range(self.dice.choice((0, 1, 1, 2, 4))):
            words = self.dice.choice(_SPOILING)(self, words)
        return words[:LONGEST]

    def raw(self) -> bytes:
        """Bytes of a body: JSON of any shape, cut, or no JSON at all."""
        written = json.dumps(self.json(), ensure_ascii=self.dice.random() < 0.5).encode("utf-8", "surrogatepass")
        match self.dice.randrange(8):
            case 0:
                return written[: self.dice.randrange(len(written) + 1)]
            case 1:
                return self.dice.randbytes(self.dice.randrange(200))
            case 2:
                return b"[" * NESTED + b"]" * self.dice.choice((0, NESTED))
            case _:
                return written

    def json(self, depth: int = 3) -> Any:
        """A JSON value of any shape."""
        match self.dice.randrange(9 if depth else 6):
            case 0:
                return self.dice.choice((None, True, False, "", 0, -1, 1e308, 2**63, 2**70, float("nan")))
            case 1 | 2 | 3:
                return self.text()
            case 4 | 5:
                return self.dice.randrange(-(2**65), 2**65)
            case 6:
                return [self.json(depth - 1) for _ in range(self.dice.randrange(4))]
            case _:
                return {self.dice.choice(_KEYS): self.json(depth - 1) for _ in range(self.dice.randrange(5))}

    def spoilt(self, good: Any) -> Any:
        """A good body with something in it missing, of another kind, or more than there should be."""
        if isinstance(good, dict) and good:
            body = dict(good)
            key = self.dice.choice(list(body))
            match self.dice.randrange(4):
                case 0:
                    del body[key]
                case 1:
                    body[key] = self.json(1)
                case 2:
                    body[self.dice.choice(_KEYS)] = self.json(1)
                case _:
                    body[key] = self.spoilt(body[key])
            return body
        if isinstance(good, list) and good:
            return [self.spoilt(good[0]), *good[1:]]
        return self.text() if isinstance(good, str) and self.dice.random() < 0.5 else self.json(1)

    def uuid(self) -> str:
        return str(UUID(int=self.dice.getrandbits(128), version=4))

    def _noise(self) -> str:
        wanted = self.dice.randrange(60)
        return "".join(
            chr(self.dice.choice((self.dice.randrange(32, 127), self.dice.randrange(0x2FFF)))) for _ in range(wanted)
        )


def _odd(inputs: Inputs, words: str) -> str:
    at = inputs.dice.randrange(len(words) + 1)
    return words[:at] + inputs.dice.choice(ODD) * inputs.dice.choice((1, 1, 1, 30)) + words[at:]


def _cut(inputs: Inputs, words: str) -> str:
    at = inputs.dice.randrange(len(words) + 1)
    return words[:at] + words[at + inputs.dice.randrange(6) :]


def _again(inputs: Inputs, words: str) -> str:
    return (words + inputs.dice.choice(("", " ", "\n", ", "))) * inputs.dice.choice((2, 3, 50))


def _beside(inputs: Inputs, words: str) -> str:
    return words + inputs.dice.choice((" ", ". ", "\n", "?")) + inputs.dice.choice(sentences())


def _shuffled(inputs: Inputs, words: str) -> str:
    parts = words.split()
    inputs.dice.shuffle(parts)
    return " ".join(parts)


def _form(inputs: Inputs, words: str) -> str:
    return unicodedata.normalize(inputs.dice.choice(("NFD", "NFKC", "NFKD")), words)  # type: ignore[arg-type]


def _case(inputs: Inputs, words: str) -> str:
    change: Callable[[str], str] = inputs.dice.choice((str.upper, str.title, str.swapcase, str.lower))
    return change(words)


_SPOILING: tuple[Callable[[Inputs, str], str], ...] = (_odd, _cut, _again, _beside, _shuffled, _form, _case)
_KEYS = (
    "id", "text", "token", "conversation", "message", "sender", "recipient", "event_name", "timestamp", "update_id",
    "chat", "from", "attachments", "payload", "callback_query", "data", "\0", "", "msg_id", "user_id", "oa_id", "photo",
)  # fmt: skip
