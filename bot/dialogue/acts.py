"""What a message does, apart from what it is about, and which intent comes of it. See docs/decisions/0011."""

from dataclasses import dataclass
from typing import Dict, Mapping, Optional

EMERGENCY, DENUNCIATION, COMPLAINT = "emergency", "file_denunciation", "file_complaint"
FEEDBACK, PERSONAL, QUESTION, ASIDE = "send_feedback", "personal_matter", "question", "aside"
DOUBT = "doubt_denunciation"
"""The intent of words that may or may not accuse somebody: nothing is kept, and the resident is asked."""
UNSURE = "nlu_fallback"

SECOND = 0.25
"""Weight of the classifier of intents beside the judge of acts."""
FAINT = 0.01
"""Chance of an act that the classifier does not name among its likeliest intents."""

_NAMED = frozenset({EMERGENCY, DENUNCIATION, COMPLAINT, FEEDBACK, PERSONAL})
FIRST_OF_ALL = (EMERGENCY, DENUNCIATION, COMPLAINT)

Acts = Dict[str, float]
"""Each act with its chance (0..1, together 1)."""


@dataclass(frozen=True)
class Bounds:
    """From which chance on an act is meant; below ``denunciation`` and from ``doubt`` on the resident is asked."""

    emergency: float = 0.35
    denunciation: float = 0.6
    doubt: float = 0.4
    complaint: float = 0.45
    beside_question: float = 1.0
    """What is taken for a denunciation or a complaint is at least so much as likely as a question."""
    plain: float = 0.3
    """Feedback and personal matters: from here on they stand against another intent."""
    told: float = 2.0
    """So much likelier than it seems is feedback, where nothing comes before it: half of it is told without a wish."""


def act_of(intent: str) -> str:
    """The act an example of this intent is."""
    if intent in _NAMED:
        return intent
    return QUESTION if intent.startswith("ask_") else ASIDE


def pooled(acts: Acts, intents: Mapping[str, float]) -> Acts:
    """The judge's chances and the classifier's, by act (weighted geometric mean): each errs in its own way."""
    heard = dict.fromkeys(acts, FAINT)
    for intent, chance in intents.items():
        heard[act_of(intent)] = heard.get(act_of(intent), FAINT) + chance
    both = {act: chance ** (1 - SECOND) * heard[act] ** SECOND for act, chance in acts.items()}
    whole = sum(both.values())
    return {act: chance / whole for act, chance in both.items()}


def settled(intent: Optional[str], acts: Acts, bounds: Bounds) -> Optional[str]:
    """The intent of a message that the classifiers took for ``intent`` (UNSURE where none was sure)."""
    first = _first_of_all(acts, bounds)
    if first:
        return first
    acts = {**acts, FEEDBACK: bounds.told * acts.get(FEEDBACK, 0.0)}
    likeliest = max(acts, key=acts.__getitem__)
    misheard = intent in FIRST_OF_ALL or (intent in (FEEDBACK, PERSONAL) and likeliest == QUESTION)
    if likeliest in (FEEDBACK, PERSONAL) and (misheard or acts[likeliest] >= bounds.plain):
        return likeliest
    return UNSURE if misheard else intent


def _first_of_all(acts: Acts, bounds: Bounds) -> Optional[str]:
    """What comes before everything else: the likeliest of the three that reaches its bound."""
    least = {EMERGENCY: bounds.emergency, DENUNCIATION: bounds.doubt, COMPLAINT: bounds.complaint}
    asked = bounds.beside_question * acts.get(QUESTION, 0.0)
    heard = [a for a in FIRST_OF_ALL if acts.get(a, 0.0) >= max(least[a], 0.0 if a == EMERGENCY else asked)]
    act = max(heard, key=acts.__getitem__, default=None)
    return DOUBT if act == DENUNCIATION and acts[act] < bounds.denunciation else act
