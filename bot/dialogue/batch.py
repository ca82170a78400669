"""Understanding many texts in one process, by the same steps as a message of the running server."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, TextIO

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.dialogue.messages import never_a_command, typed_text


def parse_lines(model: Path, lines: TextIO, out: TextIO) -> None:
    """For each line ``{"text"}`` one line, in order: what was understood, and ``ms``.

    ``ms`` is the time of that text alone, once everything is warm. BadRequest when a text is none.
    """
    texts = [never_a_command(typed_text(json.loads(line))) for line in lines]
    for parsed in asyncio.run(_parsed(Agent.load(str(model)), texts)):
        out.write(json.dumps(parsed, ensure_ascii=False) + "\n")


async def _parsed(agent: Agent, texts: Iterable[str]) -> List[Dict[str, Any]]:
    await agent.processor.parse_message(UserMessage("Xin chào"))
    return [await _timed(agent, text) for text in texts]


async def _timed(agent: Agent, text: str) -> Dict[str, Any]:
    started = time.perf_counter()
    parsed = await agent.processor.parse_message(UserMessage(text))
    spent = (time.perf_counter() - started) * 1_000
    return {**dict(_told(parsed)), "ms": spent}


def _told(parsed: Dict[str, Any]) -> Iterator[Any]:
    """Text, intent, intents and answers with their chances and scores, entities."""
    for key in ("text", "intent", "intent_ranking", "answer_ranking", "entities"):
        yield key, parsed.get(key)
