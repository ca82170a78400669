"""What each parser promises for any input at all; each check takes a source of inputs and draws one."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from bot.cases import codes, fields
from bot.cases.intake import tells_something
from bot.channels import arrivals, splitting, webchat
from bot.conversations import hold_words, masking, tokens
from bot.dialogue.entity_rules import entities_in
from bot.dialogue.messages import never_a_command
from bot.dialogue.places import PlaceNames
from bot.language import clean, fold, looks_vietnamese, nfc, normalised, rewritten, syllables, terms
from bot.places.naming import Finder, Named
from bot.receptions.asked_dates import asked_dates
from bot.receptions.lunar import to_lunar, to_solar
from bot.settings import derive
from tests.fuzz.inputs import Inputs

TODAY = date(2026, 11, 20)
PLACES = ("bản Hon", "xã Nậm Lúa", "xã Mường Sa", "thôn Nà Tồng", "tổ dân phố 3")
KNOWN = PlaceNames(PLACES)
FINDER = Finder([Named(number, name) for number, name in enumerate(PLACES)])
MESSAGE = 4_000


def cleaning(inputs: Inputs) -> None:
    """Once is enough; nothing invisible is left."""
    text = clean(inputs.text())
    assert clean(text) == text
    assert not any(unicodedata.category(c).startswith("C") for c in text if c != "\n")


def folding(inputs: Inputs) -> None:
    """Offsets hold; once is enough, loose marks aside, which may find another letter the second time."""
    text = inputs.text()
    once = fold(text)
    assert len(once) == len(nfc(text))
    assert fold(once) == once or any(map(unicodedata.combining, once))


def normalising(inputs: Inputs) -> None:
    """Words stand where they were typed, in order."""
    text = nfc(inputs.text())
    found = rewritten(text)
    ends = [place for word in found for place in (word.start, word.end)]
    assert ends == sorted(ends)
    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert isinstance(normalised(text), str)


def words(inputs: Inputs) -> None:
    """Syllables and search terms are lower case and never empty."""
    text = inputs.text()
    assert all(syllables(text))
    assert all(terms(text))
    assert isinstance(looks_vietnamese(text), bool)


def entities(inputs: Inputs) -> None:
    """Offsets point into the text, one entity beside the other."""
    text = clean(inputs.text())
    found = entities_in(text, KNOWN)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    spans = sorted((one.start, one.end) for one in found)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def commands(inputs: Inputs) -> None:
    """Typed words never reach Rasa as a command."""
    assert not never_a_command(inputs.text()).startswith("/")


def masks(inputs: Inputs) -> None:
    """A telephone and an identity number are never left, whatever stands around them."""
    around = clean(inputs.text())
    text = masking.masked(f"{around} 0912345678 và 012345678901. {around}", fold, PLACES)
    text = text.replace(around, "")  # which may hold the same numbers, as a sum of money for example
    assert "0912345678" not in text
    assert "012345678901" not in text


def reports(inputs: Inputs) -> None:
    """Of a report's words: the field, whether they tell anything, what is meant about sealed words."""
    text = clean(inputs.text())
    assert fields.read(text, fold) is None or fields.read(text, fold)
    assert isinstance(tells_something(text), bool)
    assert hold_words.reading(text, fold) in (None, "confirm_denunciation", "deny_denunciation", "only_asking")


def case_codes(inputs: Inputs) -> None:
    """What is read as a code is one."""
    code = codes.read(inputs.text())
    assert code is None or codes.read(code) == code
    assert codes.same_secret(inputs.text())


def dates(inputs: Inputs) -> None:
    """Days come in order."""
    asked = asked_dates(fold(inputs.text()), TODAY, to_solar, to_lunar)
    assert asked is None or asked.first <= asked.last


def places(inputs: Inputs) -> None:
    """Only places there are."""
    assert all(0 <= one.key < len(PLACES) and one.start < one.end for one in FINDER.find(inputs.text()))


def chat_words(inputs: Inputs) -> None:
    """Refused with a sentence, or clean and not too long."""
    try:
        kept = webchat._words(webchat.Sent(inputs.text(), None, None, None, "192.0.2.1"), MESSAGE)
    except webchat.Refused as problem:
        refused = problem
    else:
        assert 0 < len(kept) <= MESSAGE
        assert kept == clean(kept)
        return
    assert refused.message.strip()
    assert 400 <= refused.status < 500


def chat_tokens(inputs: Inputs) -> None:
    """A token nobody issued opens nothing; one that was issued opens its own talk, and no other letter may change."""
    assert tokens.read(inputs.text(), derive) is None
    talk = UUID(inputs.uuid())
    token = tokens.issue(talk, derive)
    assert tokens.read(token, derive) == talk
    at, letter = inputs.dice.randrange(len(token) - 1), inputs.dice.choice("AZaz09-_")
    other = token[:at] + letter + token[at + 1 :]
    assert tokens.read(other, derive) == (talk if other == token else None)


def pieces(inputs: Inputs) -> None:
    """Every piece fits, none is empty, only white space is lost."""
    text, longest = inputs.text(), inputs.dice.choice((20, 300, 2_000, 4_096))
    cut = splitting.split(text, longest, splitting.utf16_units)
    assert all(0 < splitting.utf16_units(piece) <= longest for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def bodies(inputs: Inputs) -> None:
    """Whatever comes is kept, in a form the database takes."""
    raw = inputs.raw()
    found = arrivals.read("fuzz", lambda payload: [], raw)
    assert found
    for arrival in found:
        assert all(text.encode() is not None and "\0" not in text for text in _texts(arrival.payload))


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, names of fields too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _texts(item)


PARSERS: Mapping[str, Callable[[Inputs], None]] = {
    check.__name__: check
    for check in (
        cleaning, folding, normalising, words, entities, commands, masks, reports, case_codes, dates, places,
        chat_words, chat_tokens, pieces, bodies,
    )
}  # fmt: skip
