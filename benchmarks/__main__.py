"""``python -m benchmarks`` (make bench): our understanding beside stock Rasa's, and the whole road; one report."""

import json
import subprocess
import sys
import time
from typing import Any

from bot.settings import PROJECT
from bot.supervisor.model import island_python

REPORT = PROJECT / "reports" / "bench.json"
CACHE = PROJECT / "var" / "bench"
END_TO_END = ("p50_ms", "p95_ms", "messages_per_s", "cpu_ms_per_message", "p50_ms_at_300")
TITLES = {
    "train_s": "training, s",
    "start_s": "start, s",
    "rss_mb": "memory, MB",
    "parse_ms_p50": "one sentence, median ms",
    "parse_ms_p95": "one sentence, 95th ms",
    "parses_per_s": "sentences per second",
    "accuracy": "right, accented, %",
    "accuracy_stripped": "right, stripped, %",
    "p50_ms": "message to answer, median ms",
    "p95_ms": "message to answer, 95th ms",
    "messages_per_s": "messages per second, 16 talks",
    "cpu_ms_per_message": "CPU of all processes, ms a message",
    "p50_ms_at_1": "messages 1-20 of a talk, median ms",
    "p50_ms_at_300": "messages 291-310, median ms",
}


def main() -> int:
    """0; what a part of it raised ends it."""
    started = time.monotonic()
    understanding = _figures(str(island_python()), "benchmarks.understanding")
    road = _figures(sys.executable, "benchmarks.end_to_end")
    report = {
        "ours": {name: understanding["ours"][name] for name in understanding["stock"]},
        "stock": understanding["stock"],
        "end_to_end": {name: road[name] for name in END_TO_END},
    }
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    _say(_table(report["ours"], report["stock"], road))
    _say(f"{time.monotonic() - started:.0f} s → {REPORT.relative_to(PROJECT)}")
    return 0


def _figures(python: str, module: str) -> dict[str, Any]:
    """What the module measured, in a process and a Python of its own."""
    out = CACHE / f"{module}.json"
    out.unlink(missing_ok=True)
    subprocess.run([python, "-m", module, str(out)], cwd=PROJECT, check=True)
    figures: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return figures


def _table(ours: dict[str, float], stock: dict[str, float], road: dict[str, float]) -> str:
    lines = [f"{'understanding':36}{'ours':>10}{'stock':>10}{'ours/stock':>12}"]
    lines += [_compared(name, ours[name], stock[name]) for name in stock]
    lines += ["", f"{'the whole road, over HTTP':36}{'ours':>10}"]
    lines += [f"{TITLES[name]:36}{value:>10.1f}" for name, value in road.items()]
    lines += [f"{'message 300 to message 1':36}{road['p50_ms_at_300'] / road['p50_ms_at_1']:>10.2f}"]
    return "\n".join(lines)


def _compared(name: str, ours: float, stock: float) -> str:
    return f"{TITLES[name]:36}{ours:>10.1f}{stock:>10.1f}{ours / stock:>12.2f}"


def _say(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    sys.exit(main())
