"""Held-out rows that the bot has been taught in other words, or in the same: they would measure memory."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from benchmarks.evaluation.rows import HELD_OUT, SETS, Row, files, rows_in
from bot.dialogue.sources import TRAINING_DATA
from bot.language import syllables
from knowledge_base.loader import Content

FUNCTION_WORDS = frozenset(
    syllables(
        """thì là mà có không cho hỏi ạ ơi xin bác tôi em với nhé nhỉ à ừ vậy thế đi này kia đó ấy nào gì sao hả hở cái
        các những một được bị của và hay hoặc cô chú anh chị cháu mình chúng bọn tui dạ vâng rồi cũng đã sẽ lại ra vào
        nữa thôi chứ luôn ở giúp giùm muốn biết"""
    )
)
"""Folded; words that are another, telling word when folded (hộ, đang, tổ, tài) are none of them."""

Skeleton = frozenset[str]


def skeleton(text: str) -> Skeleton:
    """The folded words that are no function words; all of them where there are no others."""
    words = syllables(text)
    return frozenset(word for word in words if word not in FUNCTION_WORDS) or frozenset(words)


def taught(content: Content, folders: Iterable[Path] = TRAINING_DATA) -> dict[Skeleton, str]:
    """Skeleton → where it is taught: every title, way of asking and example of an intent."""
    found: dict[Skeleton, str] = {}
    for where, text in (*_asked(content), *_examples(folders)):
        found.setdefault(skeleton(text), where)
    return found


def _asked(content: Content) -> Iterator[tuple[str, str]]:
    for answer in content.answers:
        yield from ((answer.id, text) for text in (answer.title, *answer.ways))


def _examples(folders: Iterable[Path]) -> Iterator[tuple[str, str]]:
    for path in sorted(file for folder in folders for file in folder.rglob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")).get("nlu") or []:
            lines = str(entry.get("examples", "")).splitlines()
            yield from ((path.name, line.strip().removeprefix("-")) for line in lines if line.strip())


def twin_of(row: Row, known: Mapping[Skeleton, str]) -> str | None:
    """Where the row, in any of its spellings, is taught."""
    return next((known[key] for key in map(skeleton, row.written) if key in known), None)


def drop(known: Mapping[Skeleton, str], folder: Path = HELD_OUT) -> dict[str, int]:
    """Take rows with a twin out of the files, and repeated ones; how many by file. Comments at the top stay."""
    seen: dict[Skeleton, str] = {}
    return {f"{path.parent.name}/{path.name}": _drop_from(path, known, seen) for s in SETS for path in files(s, folder)}


def _drop_from(path: Path, known: Mapping[Skeleton, str], seen: dict[Skeleton, str]) -> int:
    rows = rows_in(path)
    kept = [number for number, row in enumerate(rows) if not twin_of(row, known) and is_first(row, seen)]
    if len(kept) < len(rows):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        loaded = yaml.safe_load("".join(lines))
        body = yaml.dump([loaded[n] for n in kept], Dumper=_Indented, allow_unicode=True, sort_keys=False, width=150)
        path.write_text("".join(line for line in lines if line.startswith("#")) + body, "utf-8")
    return len(rows) - len(kept)


def is_first(row: Row, seen: dict[Skeleton, str]) -> bool:
    """Whether no row before said the same; remembers it."""
    return seen.setdefault(skeleton(row.text), row.where) == row.where


class _Indented(yaml.SafeDumper):
    """Lists inside a row are indented, as the files are written by hand."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)
