"""Bare stock Rasa: its REST channel, the stock pipeline of ``make bench``, one rule and one response an intent."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import psutil
import yaml

from benchmarks.end_to_end.measures import WORDS
from benchmarks.load.steady import Ask, fastest
from benchmarks.understanding.draw import Draw, as_nlu_file, draw
from bot.settings import PROJECT
from bot.supervisor.model import island_python
from bot.supervisor.ports import free_ports

PIPELINE = PROJECT / "benchmarks" / "understanding" / "stock.yml"
CACHE = PROJECT / "var" / "load"
START_SECONDS = 180.0
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "LOG_LEVEL": "ERROR",
    "PYTHONWARNINGS": "ignore",
}


async def measure(client: httpx.AsyncClient, rates: list[float], seconds: float) -> dict[str, Any]:
    """The figures of one process, as the report gives them."""
    model = await asyncio.to_thread(_trained)
    async with _served(model) as (process, url):
        best, tried = await fastest(_asking(client, url, "/webhooks/rest/webhook"), rates, seconds)
        understood, _ = await fastest(_asking(client, url, "/model/parse"), rates, seconds)
        memory = process.memory_full_info().pss / 1_048_576
    return {
        "messages_per_s": best.per_second if best else 0.0,
        "paces": [vars(pace) for pace in tried],
        "understood_per_s": understood.per_second if understood else 0.0,
        "memory_mb": round(memory, 1),
    }


def _asking(client: httpx.AsyncClient, url: str, path: str) -> Ask:
    async def ask(number: int) -> bool:
        words = WORDS[number % len(WORDS)]
        body = {"sender": f"resident-{number % 400}", "message": words, "text": words}
        answer = await client.post(url + path, json=body, timeout=30)
        return answer.is_success and bool(answer.json())

    return ask


@asynccontextmanager
async def _served(model: Path) -> AsyncIterator[tuple[psutil.Process, str]]:
    port = free_ports(1)[0]
    credentials = model.with_name("credentials.yml")
    command = ["run", "--model", str(model), "--port", str(port), "--enable-api", "--credentials", str(credentials)]
    process = psutil.Popen(_rasa(*command), cwd=model.parent, env={**os.environ, **QUIET})
    try:
        await _until_it_answers(f"http://127.0.0.1:{port}/status")
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


async def _until_it_answers(address: str) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(START_SECONDS):
        while True:
            try:
                if (await client.get(address)).is_success:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.5)


def _trained() -> Path:
    """The model of the fixed draw, trained once and kept."""
    sentences = draw(PROJECT / "nlu_data" / "nlu")
    folder = CACHE / sentences.key(PIPELINE.read_text("utf-8"))
    model = folder / "stock.tar.gz"
    if not model.exists():
        print("Load: training stock Rasa once for this draw (minutes) …", flush=True)
        _write_project(folder, sentences)
        command = ["train", "--fixed-model-name", "stock", "--out", ".", "--data", "nlu.yml", "rules.yml"]
        subprocess.run(_rasa(*command), cwd=folder, env={**os.environ, **QUIET}, check=True)
    return model


def _write_project(folder: Path, sentences: Draw) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    as_nlu_file(sentences.learn, folder / "nlu.yml")
    intents = sorted({intent for _, intent in sentences.learn})
    rules = [{"rule": one, "steps": [{"intent": one}, {"action": f"utter_{one}"}]} for one in intents]
    said = {f"utter_{one}": [{"text": f"Đây là câu trả lời về {one}."}] for one in intents}
    config = yaml.safe_load(PIPELINE.read_text("utf-8")) | {
        "policies": [{"name": "RulePolicy"}],
        "assistant_id": "stock",
    }
    for name, content in {
        "config.yml": config,
        "domain.yml": {"version": "3.1", "intents": intents, "responses": said},
        "rules.yml": {"version": "3.1", "rules": rules},
        "credentials.yml": {"rest": None},
    }.items():
        (folder / name).write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")


def _rasa(*arguments: str) -> list[str]:
    return [str(island_python()), "-m", "rasa", *arguments]
