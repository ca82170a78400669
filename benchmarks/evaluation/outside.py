"""Data that others collected, in the folder that ``BENCH_DIR`` names; without it nothing of this is measured.

``massive-vi/{train,test}.jsonl`` (``text``, ``intent``): the same pipeline trained on their rows.
``vnlaw-qa/development.jsonl`` (``question``, ``decision``, ``targets`` with ``document_title``): questions on all of
Vietnam's law, most of which we hold nothing of and must not answer as sure.
"""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.evaluation.outcomes import Outcome
from benchmarks.evaluation.scoring import Said, per_cent
from benchmarks.understanding.draw import as_nlu_file
from bot.dialogue.copies import stripped
from bot.dialogue.sources import CONFIG, PROJECT
from bot.language import fold
from bot.supervisor.model import island_python
from knowledge_base.loader import Content

NUMBERS = {
    "bo luat lao dong": "45/2019/QH14",
    "luat dat dai": "31/2024/QH15",
    "luat khieu nai": "02/2011/QH13",
    "luat tiep can thong tin": "104/2016/QH13",
    "luat to cao": "25/2018/QH14",
}
"""The folded name of a law, which is how the outside rows cite it → its number, which is how our facts do."""
REFUSE = "fallback_required"

Item = dict[str, Any]


def questions() -> list[str]:
    """What has to be put to the bot along with our own rows."""
    return [row["question"] for row in _rows("vnlaw-qa/development.jsonl")]


def figures(content: Content, said: Said) -> dict[str, dict[str, float]] | None:
    """``{"massive-vi", "vnlaw-qa"}``, in per cent; None when there is no outside data."""
    if not os.environ.get("BENCH_DIR"):
        return None
    documents = {place.document for fact in content.facts for place in fact.citations}
    rows = _rows("vnlaw-qa/development.jsonl")
    return {"massive-vi": _massive(), "vnlaw-qa": refusals(rows, documents, [said[row["question"]] for row in rows])}


def refusals(rows: Sequence[Item], documents: Iterable[str], outcomes: Sequence[Outcome]) -> dict[str, float]:
    """How often what must be refused is answered as sure; precision and recall of not answering as sure."""
    documents = list(documents)
    laws = {target["document_title"] for row in rows for target in row["targets"]}
    held = {law for law in laws if is_held(law, documents)}
    forbidden = [
        row["decision"] == REFUSE or not any(t["document_title"] in held for t in row["targets"]) for row in rows
    ]
    sure = [outcome.act == "answered" for outcome in outcomes]
    return {
        "sure_answers_forbidden": per_cent(s for s, f in zip(sure, forbidden, strict=True) if f),
        "refusal_precision": per_cent(f for s, f in zip(sure, forbidden, strict=True) if not s),
        "refusal_recall": per_cent(not s for s, f in zip(sure, forbidden, strict=True) if f),
        "laws": len(laws),
        "laws_held": len(held),
    }


def is_held(title: str, documents: Iterable[str]) -> bool:
    """Whether a document that our facts cite is the law “Luật Đất đai (VBHN 2025)”, by its name or its number."""
    name = re.sub(r"\(.*?\)|\b\d{4}\b", "", fold(title)).strip()
    number = NUMBERS.get(name)
    return any(fold(d).startswith(name) or (number is not None and number in d) for d in documents)


def _massive() -> dict[str, float]:
    learn = [(row["text"], row["intent"]) for row in _rows("massive-vi/train.jsonl")]
    judge = [(row["text"], row["intent"]) for row in _rows("massive-vi/test.jsonl")]
    texts = [text for text, _ in judge]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        model, cases = folder / "model.tar.gz", folder / "cases.json"
        cases.write_text(json.dumps(texts + [stripped(text) for text in texts]), "utf-8")
        _pipeline("train", CONFIG, as_nlu_file(learn, folder / "learn.yml"), model)
        said = _pipeline("judge", model, cases)["intents"]
    truth = [intent for _, intent in judge]
    plain, bare = said[: len(truth)], said[len(truth) :]
    return {
        "accuracy": per_cent(a == b for a, b in zip(plain, truth, strict=True)),
        "accuracy_stripped": per_cent(a == b for a, b in zip(bare, truth, strict=True)),
    }


def _pipeline(*arguments: str | Path) -> Item:
    command = [str(island_python()), "-m", "benchmarks.understanding.pipeline", *map(str, arguments), "--light"]
    said = subprocess.run(command, cwd=PROJECT, check=True, text=True, capture_output=True).stdout
    line = next(line for line in said.splitlines() if line.startswith("RESULT"))
    result: Item = json.loads(line.removeprefix("RESULT"))
    return result


def _rows(name: str) -> list[Item]:
    folder = os.environ.get("BENCH_DIR")
    lines = (Path(folder) / name).read_text("utf-8").splitlines() if folder else []
    return [json.loads(line) for line in lines if line.strip()]
