"""Tokens, copies and counted features: what the pipeline makes of a text."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.alignment import has_diacritics, syllable_spans, word_spans
from bot.dialogue.copies import copies, stripped
from bot.dialogue.ngrams import character_ngrams, counted, word_ngrams
from bot.dialogue.standard import Standard
from bot.dialogue.weights import Weights, mean
from bot.language import fold, nfc

RANGES = {"typed_words": (1, 2), "folded_words": (1, 2), "folded_characters": (2, 3)}


def test_words_are_found_whatever_the_white_space() -> None:
    text = "thuỷ  điện\nhoà bình ?"
    spans = word_spans(text, ["thuỷ điện", "hoà bình", "?"])
    assert [text[a:b] for a, b in spans] == ["thuỷ  điện", "hoà bình", "?"]


def test_a_segmenter_that_rewrites_gives_syllables() -> None:
    text = "thuỷ điện"
    assert word_spans(text, ["thủy điện"]) == syllable_spans(text)


@given(st.text(max_size=60))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    spans = word_spans(text, text.split())
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


def test_diacritics_are_told_from_capitals() -> None:
    assert has_diacritics("xã")
    assert has_diacritics("Đường")
    assert not has_diacritics("XA Phai")


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạĐƠ ", max_size=40))
def test_copies_fold_alike(text: str) -> None:
    assert {fold(copy) for copy in copies(text)} == {fold(text)}
    assert len(stripped(text)) == len(nfc(text))
    assert not has_diacritics(stripped(text))


def test_copies_repeat_exactly_and_start_with_the_text() -> None:
    decomposed = unicodedata.normalize("NFD", "đường vào bản hỏng")
    assert copies(decomposed) == copies("đường vào bản hỏng")
    assert copies("đường vào bản hỏng")[:2] == ["đường vào bản hỏng", "duong vao ban hong"]
    assert copies("ok") == ["ok"]


@pytest.mark.parametrize(
    ("typed", "read", "leads_to"),
    [
        ("ubnd xã k tiếp", "ủy ban nhân dân xã không tiếp", {"ủy ban": "ubnd", "xã": "xã", "không": "k"}),  # longer
        ("chủ  tịt xã, khôngggg", "chủ  tịch xã, không", {"chủ": "chủ", "tịch": "tịt", "không": "khôngggg"}),  # shorter
        ("bản Hon 2", "bản Hon 2", {"Hon": "Hon", "bản Hon": "bản Hon", "2": "2"}),  # as it is
        ("ở mô rứa?", "ở đâu thế?", {"ở đâu": "ở mô", "thế": "rứa", "?": "?"}),  # two words at once
    ],
)
def test_standard_words_lead_back_to_what_was_typed(typed: str, read: str, leads_to: dict[str, str]) -> None:
    standard = Standard(typed)
    assert " ".join(standard.text.split()) == " ".join(read.split())
    for words, expected in leads_to.items():
        start = standard.text.index(words)
        begin, end = standard.typed((start, start + len(words)))
        assert typed[begin:end].startswith(expected)


@given(st.text(alphabet="aăâáộkươôhngtxyzw ệ,.1ĐƠ", max_size=40))
def test_every_token_was_typed_somewhere(text: str) -> None:
    typed = nfc(text)
    standard = Standard(typed)
    spans = [standard.typed(span) for span in syllable_spans(standard.text)]
    assert all(0 <= start < end <= len(typed) for start, end in spans)
    assert spans == sorted(spans)


def test_ngrams() -> None:
    assert list(word_ngrams(["a", "b", "c"], (1, 2))) == ["a", "b", "c", "a b", "b c"]
    assert list(character_ngrams(["xa"], (2, 3))) == [" x", "xa", "a ", " xa", "xa "]
    assert not any(feature.startswith("t:") for feature in counted(["xã"], ["xa"], {**RANGES, "typed_words": (0, 0)}))


def test_what_training_never_saw_makes_a_text_fainter() -> None:
    weights = Weights.learnt([counted(["xã"], ["xa"], RANGES)] * 2, least_examples=2)
    _, known = weights.vector(counted(["xã"], ["xa"], RANGES))
    _, mixed = weights.vector(counted(["xã", "zz"], ["xa", "zz"], RANGES))
    assert abs(sum(v * v for v in known) - 1) < 1e-9
    assert sum(v * v for v in mixed) < 0.6
    assert Weights(weights.as_dict()).vector(counted(["xã"], ["xa"], RANGES))[1] == known


def test_a_text_of_nothing_known_has_no_features() -> None:
    assert Weights({"f:xa": 1.0}).vector({}) == ([], [])


def test_the_mean_of_two_vectors() -> None:
    assert mean(([0, 2], [1.0, 0.5]), ([2, 5], [0.5, 0.4])) == ([0, 2, 5], [0.5, 0.5, 0.2])
