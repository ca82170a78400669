"""``python -m benchmarks.load``: the fastest steady pace of our product and of bare stock Rasa; reports/load.json.

On an idle machine, please: whatever else runs there takes away from the figures. ``--short`` only tries the tool.
"""

import argparse
import asyncio
import json
import sys
import time
from typing import Any

from benchmarks.chat import open_client
from benchmarks.load import ours, stock
from benchmarks.product import NotRunning
from bot.settings import PROJECT

REPORT = PROJECT / "reports" / "load.json"
RATES = [5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 60.0, 70.0, 80.0, 100.0]
SECONDS = 20.0
ARRANGEMENTS = ((1, 1), (2, 1), (1, 2), (2, 2))
"""Workers, Rasa processes."""
SHORT_RATES, SHORT_SECONDS, SHORT_ARRANGEMENTS = [2.0, 4.0], 4.0, ((2, 2),)


def main() -> int:
    """0, or 1 when something did not start."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--short", action="store_true", help="little of everything, for trying the tool")
    short = parser.parse_args().short
    started = time.monotonic()
    try:
        report = asyncio.run(_measured(short))
    except NotRunning as problem:
        print(f"Load: {problem}", flush=True)
        return 1
    report["seconds"] = round(time.monotonic() - started, 1)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(_table(report), flush=True)
    return 0


async def _measured(short: bool) -> dict[str, Any]:
    rates, seconds = (SHORT_RATES, SHORT_SECONDS) if short else (RATES, SECONDS)
    async with open_client() as client:
        print("Load: stock Rasa …", flush=True)
        bare = await stock.measure(client, rates, seconds)
        found = []
        for workers, rasas in SHORT_ARRANGEMENTS if short else ARRANGEMENTS:
            print(f"Load: ours, {workers} worker(s), {rasas} Rasa process(es) …", flush=True)
            found.append(await ours.measure(client, workers, rasas, rates, seconds))
    return {"stock": bare, "ours": found, "promised_p95_ms": 500}


def _table(report: dict[str, Any]) -> str:
    bare = report["stock"]
    lines = [f"{'':28}{'messages/s':>12}{'understood/s':>14}{'queue p95 ms':>14}{'to stock':>10}"]
    lines += [f"{'stock, one process':28}{bare['messages_per_s']:>12}{bare['understood_per_s']:>14}"]
    for one in report["ours"]:
        name = f"ours, {one['workers']} worker, {one['rasa_processes']} Rasa"
        ratio = one["messages_per_s"] / bare["messages_per_s"] if bare["messages_per_s"] else 0.0
        row = f"{one['messages_per_s']:>12}{one['understood_per_s']:>14}{one['queue_wait_p95_ms']:>14}{ratio:>10.2f}"
        lines += [f"{name:28}{row}", f"  CPU ms a message: {one['cpu_ms_per_message']}", f"  MB: {one['memory_mb']}"]
    return "\n".join([*lines, f"{report['seconds']:.0f} s → {REPORT.relative_to(PROJECT)}"])


if __name__ == "__main__":
    sys.exit(main())
