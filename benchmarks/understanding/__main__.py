"""``bot/dialogue/.venv/bin/python -m benchmarks.understanding OUT.json [--cache var/bench]``, from the repository root.

Trains and judges both pipelines on the fixed draw. The stock model is trained once per draw and kept in the cache.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.understanding.draw import Draw, as_nlu_file, draw
from bot.dialogue.copies import stripped
from bot.dialogue.sources import CONFIG, PROJECT

STOCK = Path(__file__).with_name("stock.yml")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding")
    parser.add_argument("out", type=Path)
    parser.add_argument("--cache", type=Path, default=PROJECT / "var" / "bench")
    arguments = parser.parse_args()
    sentences = draw(PROJECT / "nlu_data" / "nlu")
    with tempfile.TemporaryDirectory() as folder:
        report = {
            "sentences": len(sentences.learn) + len(sentences.judge),
            "ours": _ours(sentences, Path(folder)),
            "stock": _stock(sentences, Path(folder), arguments.cache),
        }
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(report, indent=2) + "\n", "utf-8")


def _ours(sentences: Draw, folder: Path) -> dict[str, float]:
    print("Bench: training and judging our pipeline …", flush=True)
    model = folder / "ours.tar.gz"
    trained = _train(CONFIG, sentences, model, folder, ["--light"])
    return {**trained, **_judged(model, sentences, folder, ["--light"])}


def _stock(sentences: Draw, folder: Path, cache: Path) -> dict[str, float]:
    kept = cache / sentences.key(STOCK.read_text("utf-8"))
    model, figures = kept / "stock.tar.gz", kept / "stock.json"
    if not figures.exists():
        print("Bench: training stock Rasa once for this draw (minutes) …", flush=True)
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        figures.write_text(json.dumps(_train(STOCK, sentences, model, folder, [])))
    print("Bench: judging stock Rasa …", flush=True)
    return {**json.loads(figures.read_text()), **_judged(model, sentences, folder, [])}


def _train(config: Path, sentences: Draw, model: Path, folder: Path, flags: list[str]) -> dict[str, float]:
    data = as_nlu_file(sentences.learn, folder / "learn.yml")
    with _process("train", str(config), str(data), str(model), *flags) as process:
        seconds: float = _result(process)["train_s"]
    return {"train_s": round(seconds, 2)}


def _judged(model: Path, sentences: Draw, folder: Path, flags: list[str]) -> dict[str, float]:
    texts = [text for text, _ in sentences.judge]
    cases = folder / "cases.json"
    cases.write_text(json.dumps(texts + [stripped(text) for text in texts]), "utf-8")
    started = time.perf_counter()
    with _process("judge", str(model), str(cases), *flags) as process:
        _wait_for(process, "READY")
        start_s = time.perf_counter() - started
        result = _result(process)
    return _figures(result, [intent for _, intent in sentences.judge], start_s)


def _figures(result: dict[str, Any], truth: list[str], start_s: float) -> dict[str, float]:
    said, count = result["intents"], len(truth)
    return {
        "start_s": round(start_s, 2),
        **{name: round(result[name], 1) for name in ("rss_mb", "parse_ms_p50", "parse_ms_p95", "parses_per_s")},
        "accuracy": _per_cent(said[:count], truth),
        "accuracy_stripped": _per_cent(said[count:], truth),
    }


def _per_cent(said: list[str], truth: list[str]) -> float:
    return round(100 * sum(a == b for a, b in zip(said, truth, strict=True)) / len(truth), 1)


def _process(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.understanding.pipeline", *arguments]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def _result(process: "subprocess.Popen[str]") -> dict[str, Any]:
    result: dict[str, Any] = json.loads(_wait_for(process, "RESULT"))
    return result


def _wait_for(process: "subprocess.Popen[str]", word: str) -> str:
    for line in process.stdout or ():
        if line.startswith(word):
            return line[len(word) :]
    raise SystemExit(f"the pipeline process ended without {word}")


if __name__ == "__main__":
    main()
