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
    one = [Message.build("xin chào", " greet "), Message.build("hỏi đất", "ask_land"), Message.build("hỏi đất", "ask_land")]
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
    done = subprocess.run([str(island_python()), "-c", MERGED], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
