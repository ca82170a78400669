"""A reply as words alone, for channels that show no cards: what is said, the rest, the case, the law it rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from bot.clock import local
from knowledge_base.citations import written
from knowledge_base.facts import Citation

ENDED = frozenset({"answered", "closed", "withdrawn", "merged"})
"""States in which no date is promised any more."""


@dataclass(frozen=True)
class Block:
    """Words that belong together; ``more`` is what a page would show only when asked."""

    role: Literal["text", "more", "case", "sources", "voice"]
    text: str


def blocks_of(kind: str, text: str, body: Mapping[str, Any], base_url: str) -> list[Block]:
    """The parts of a reply in the order in which they are read; ``base_url`` stands before addresses of ours."""
    parts = {
        "text": text,
        "case": "\n".join(_case_lines(kind, text, body.get("case") or {})),
        "more": body.get("more") or "",
        "sources": _sources(text, body.get("citations") or []),
        "voice": _voice(body.get("voice"), base_url),
    }
    return [Block(role, words.strip()) for role, words in parts.items() if words.strip()]  # type: ignore[arg-type]


def plain(blocks: Iterable[Block]) -> str:
    """All of it as one text."""
    return "\n\n".join(block.text for block in blocks)


def _case_lines(kind: str, text: str, case: Mapping[str, Any]) -> Iterator[str]:
    """What a page's card shows and the text does not say."""
    due = case.get("due") if case.get("state") not in ENDED else None
    rows = (
        ("Mã phiếu", case.get("code")),
        ("Mã bí mật, giữ riêng", case.get("secret")),
        ("Tình trạng", case.get("label")),
        ("Nơi giải quyết", case.get("office")),
        ("Hẹn trả lời", f"chậm nhất ngày {_day(due)}" if due else None),
        ("Mã đối chiếu", case.get("fingerprint") if kind == "receipt" else None),
    )
    said = text.lower()
    for name, value in rows:
        if value and str(value).lower() not in said:
            yield f"{name}: {value}"


def _day(due: datetime | str) -> str:
    return f"{local(datetime.fromisoformat(due) if isinstance(due, str) else due):%d/%m/%Y}"


def _sources(text: str, citations: Sequence[Mapping[str, Any]]) -> str:
    places = dict.fromkeys(
        written(Citation(c["document"], c.get("article"), c.get("clause"), c.get("point"))) for c in citations
    )
    cautions = dict.fromkeys(c["caution"] for c in citations if c.get("caution"))
    lines = ["Căn cứ: " + "; ".join(places)] if places else []
    return "\n".join([*lines, *(_sentence(caution) for caution in cautions if caution.lower() not in text.lower())])


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}" + ("" if words.endswith(".") else ".")


def _voice(voice: Mapping[str, Any] | None, base_url: str) -> str:
    if not voice:
        return ""
    url = str(voice["url"])
    return f"Nghe tiếng {voice['language']}: {url if url.startswith('http') else base_url + url}"
