"""What Rasa is told in ``nlu_data/``: which action each intent leads to, and what each response says."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.dialogue.sources import DOMAIN, TRAINING_DATA

_, RULES = TRAINING_DATA
REPORT = "utter_ask_feedback_form_"
"""Responses that ask for a part of a report."""


def first_actions(folder: Path = RULES) -> dict[str, str]:
    """Intent → what Rasa's rules do first with it when nothing is open."""
    rules = [rule for path in sorted(folder.glob("*.yml")) for rule in yaml.safe_load(path.read_text("utf-8"))["rules"]]
    return {intent: rule["steps"][1]["action"] for rule in rules if _opens(rule) for intent in _heard(rule["steps"][0])}


def _opens(rule: Mapping[str, Any]) -> bool:
    return {"active_loop": None} in rule.get("condition", ())


def _heard(step: Mapping[str, Any]) -> Iterator[str]:
    yield from (part["intent"] for part in step.get("or", [step]) if "intent" in part)


@cache
def responses(folder: Path = DOMAIN) -> dict[str, dict[str, Any]]:
    """Response → the reply it is."""
    parts = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yml"))]
    told = [item for part in parts for item in (part.get("responses") or {}).items()]
    return {name: said[0]["custom"] for name, said in told}


@cache
def report_questions() -> tuple[str, ...]:
    """How each question of a report begins, up to what is filled in."""
    asked = (said["text"].strip() for name, said in responses().items() if name.startswith(REPORT))
    return tuple(text.partition("{")[0].strip() for text in asked)
