"""One pipeline in its own process.

``train CONFIG DATA OUT`` prints its seconds, ``judge MODEL CASES`` its speed and answers.
With ``--light`` Rasa is imported as the product imports it, without TensorFlow.
"""

import asyncio
import json
import os
import sys
import time
import warnings
from pathlib import Path
from statistics import quantiles
from typing import Any


def main() -> None:
    os.environ.update(RASA_TELEMETRY_ENABLED="false", RASA_MAX_CACHE_SIZE="0")
    os.environ.update(LOG_LEVEL="ERROR", TF_CPP_MIN_LOG_LEVEL="3")
    warnings.simplefilter("ignore")
    arguments = [argument for argument in sys.argv[1:] if argument != "--light"]
    if "--light" in sys.argv:
        from bot.dialogue.light import lighten

        lighten()
    _quiet()
    answer = _train(*arguments[1:]) if arguments[0] == "train" else _judge(*arguments[1:])
    print("RESULT " + json.dumps(answer), flush=True)


def _quiet() -> None:
    import logging

    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)


def _train(config: str, data: str, out: str) -> dict[str, float]:
    import rasa.engine.recipes.default_components  # noqa: F401  the imports are not part of training
    from rasa.model_training import train_nlu

    started = time.perf_counter()
    trained = train_nlu(config, data, str(Path(out).parent), fixed_model_name=Path(out).name.split(".")[0])
    if not trained:
        raise SystemExit("not trained")
    return {"train_s": time.perf_counter() - started}


def _judge(model: str, cases: str) -> dict[str, Any]:
    from rasa.core.agent import Agent

    texts = json.loads(Path(cases).read_text("utf-8"))
    answers = asyncio.run(_answers(Agent.load(model), texts))
    return {**answers, "rss_mb": _resident_megabytes()}


async def _answers(agent: Any, texts: list[str]) -> dict[str, Any]:
    await agent.parse_message("Xin chào")
    print("READY", flush=True)
    intents, milliseconds = [], []
    for text in texts:
        started = time.perf_counter()
        parsed = await agent.parse_message(text)
        milliseconds.append((time.perf_counter() - started) * 1_000)
        intents.append(next(name for name in _ranked(parsed) if name != "nlu_fallback"))
    cuts = quantiles(milliseconds, n=100)
    speed = {"parse_ms_p50": cuts[49], "parse_ms_p95": cuts[94], "parses_per_s": 1_000 * len(texts) / sum(milliseconds)}
    return {"intents": intents, **speed}


def _ranked(parsed: dict[str, Any]) -> list[str]:
    return [parsed["intent"]["name"], *(intent["name"] for intent in parsed.get("intent_ranking", []))]


def _resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


if __name__ == "__main__":
    main()
