"""What the evaluation counts is what residents get: the same texts through the running product and through it."""

import json
import subprocess
import sys
from typing import Any

import pytest

from benchmarks.evaluation.outcomes import outcome_of
from benchmarks.evaluation.rows import CALIBRATION, KINDS, read
from bot.language import fold
from bot.settings import PROJECT
from tests.system.product import Product

pytestmark = [pytest.mark.model, pytest.mark.slow]

PLAIN = (
    "xã phải công khai những gì cho dân",
    "tôi tố cáo ông trưởng bản ăn tiền cứu trợ",
    "tôi khiếu nại quyết định xử phạt của chủ tịch xã",
    "cháy nhà cứu với",
    "đường vào bản hỏng, nhờ xã sửa",
)
"""So plain that every model hears an act of its own in each."""
EACH, QUESTIONS = 2, 12
"""Texts of each kind; questions are the most of what is asked."""


def texts() -> list[str]:
    """Plain ones, and about thirty of the calibration set, spread over its files, every other one stripped."""
    rows = read(CALIBRATION)
    chosen = list(PLAIN)
    for kind in KINDS:
        fitting = [row.text for row in rows if row.kind == kind]
        wanted = QUESTIONS if kind == "question" else EACH
        chosen += fitting[:: max(1, len(fitting) // wanted)][:wanted]
    return [text if text in PLAIN or number % 2 else fold(text) for number, text in enumerate(dict.fromkeys(chosen))]


def test_the_evaluation_sees_what_a_resident_gets(product: Product) -> None:
    asked = texts()
    told = {text: _told(product, text) for text in asked}
    assert _evaluated(asked) == told
    assert [told[text]["act"] for text in PLAIN] == ["answered", "denunciation", "complaint", "emergency", "feedback"]


def _told(product: Product, text: str) -> dict[str, Any]:
    outcome = outcome_of(product.talk().say(text))
    offered = [sorted(facts) for facts in outcome.offered]
    return {"act": outcome.act, "answer": outcome.answer, "facts": sorted(outcome.facts), "offered": offered}


def _evaluated(asked: list[str]) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "benchmarks.evaluation", "ask", *asked]
    said = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    found = {row.pop("text"): row for row in map(json.loads, said.splitlines())}
    return {text: {key: row[key] for key in ("act", "answer", "facts", "offered")} for text, row in found.items()}
