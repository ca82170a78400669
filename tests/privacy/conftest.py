from tests.conversations.stand_in import _dialogue, _standing_in, engine_stand_in, turns
from tests.conversations.town import clock, rasa_rows, talk, town, town_url, visit

__all__ = [
    "_dialogue",
    "_standing_in",
    "clock",
    "engine_stand_in",
    "rasa_rows",
    "talk",
    "town",
    "town_url",
    "turns",
    "visit",
]
