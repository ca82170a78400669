"""What is taken out of Rasa's training changes its cost and nothing else; in the island's own Python."""

import subprocess

from bot.settings import PROJECT
from bot.supervisor.model import island_python

MERGED = """
from bot.dialogue.light import lighten
lighten()
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

def merged():
    said = [("xin chào", " greet "), ("hỏi đất", "ask_land"), ("hỏi đất", "ask_land")]
    one = [Message.build(text, intent) for text, intent in said]
    both = TrainingData(one).merge(TrainingData([Message.build("xin chào", "greet")]))
    return [(example.get("text"), example.get("intent")) for example in both.training_examples], one, both

stock, *_ = merged()
from bot.dialogue.cheaper import train_cheaply
train_cheaply()
cheap, one, both = merged()
assert cheap == stock == [("xin chào", "greet"), ("hỏi đất", "ask_land")], (stock, cheap)
both.training_examples[0].set("intent", "bye")
assert one[0].get("intent") == "greet", "a copy shares what may be changed"
"""


def test_merged_examples_are_the_same_and_their_own() -> None:
    command = [str(island_python()), "-c", MERGED]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
