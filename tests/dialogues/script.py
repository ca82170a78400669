"""Reading a conversation written as text.

    == Hỏi rồi phản ánh
    dân: xã phải công khai những gì
    bot[answer CK-04]: 14 nhóm … ngân sách
    nút: Gặp cán bộ
    bot[handover]: đã chuyển
    chủ: official
    người khác: xem phiếu {mã}
    # a remark

``dân`` says something, ``người khác`` does so in a conversation of their own, ``nút`` presses the button whose label
contains this. ``sau`` lets minutes pass since the last report. Each ``bot`` line is one reply, in order, none left out:
its kind, facts it must rest on, and parts it must contain (between “…”). ``bot: im lặng`` means no reply. ``chủ`` says
who owns the talk. {mã} and {bí mật} are those of the last receipt, {mã sai} the code with one wrong symbol.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

_BOT = re.compile(r"bot\[(?P<kind>\w+)(?P<facts>(?: [A-Z]+-\d+)*)\]: ?(?P<parts>.*)")
_OTHERS = ("dân", "nút", "người khác", "chủ", "sau")
SILENT = "bot: im lặng"


@dataclass(frozen=True)
class Expected:
    """One reply of the bot: kind, facts, and parts of what it shows."""

    kind: str
    facts: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass
class Turn:
    """What one side does (``who`` is dân, nút, người khác, chủ or sau) and the replies that must follow."""

    who: str
    words: str
    line: int
    replies: list[Expected] = field(default_factory=list)


@dataclass
class Script:
    """One conversation of a file."""

    title: str
    turns: list[Turn] = field(default_factory=list)


def read(path: Path) -> list[Script]:
    """Every conversation of the file; ``ValueError`` names the line that is none of the above."""
    scripts: list[Script] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("== "):
            scripts.append(Script(line.removeprefix("== ")))
        elif line and not line.startswith("#"):
            _add(scripts[-1], line, f"{path.name}:{number}", number)
    return scripts


def _add(script: Script, line: str, where: str, number: int) -> None:
    if line == SILENT:
        return
    if found := _BOT.fullmatch(line):
        parts = tuple(part.strip() for part in found["parts"].split("…") if part.strip())
        script.turns[-1].replies.append(Expected(found["kind"], tuple(found["facts"].split()), parts))
        return
    who, colon, words = line.partition(": ")
    if not colon or who not in _OTHERS:
        raise ValueError(f"{where}: {line}")
    script.turns.append(Turn(who, words, number))
