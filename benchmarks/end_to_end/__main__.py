"""``python -m benchmarks.end_to_end OUT.json``: start the product on its own folder, measure it, stop it."""

import asyncio
import json
import sys
from pathlib import Path

from benchmarks.end_to_end.measures import SETTINGS, as_reported, measure
from benchmarks.product import running


def main(out: Path) -> None:
    """Write the figures to ``out``."""
    print("Bench: starting the product …", flush=True)
    with running("bench", SETTINGS) as product:
        print("Bench: measuring the whole road …", flush=True)
        figures = as_reported(asyncio.run(measure(product)))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
