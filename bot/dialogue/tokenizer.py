"""Vietnamese tokens in standard words: words where diacritics let them be found, syllables where they do not."""

import uuid
from typing import Any, Dict, List, Optional, Text

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from underthesea import word_tokenize

from bot.dialogue.alignment import Span, has_diacritics, syllable_spans, word_spans
from bot.dialogue.copies import copies
from bot.dialogue.cores import each
from bot.dialogue.standard import Standard
from bot.language import fold, nfc

_TERMS = """
công khai, niêm yết, hương ước, quy ước, tiếp công dân, đối thoại, khiếu nại, tố cáo, phản ánh, kiến nghị, hòa
giải, giám sát, thanh tra nhân dân, dân chủ ở cơ sở, tổ dân phố, trưởng thôn, trưởng bản, hội đồng nhân dân,
ủy ban nhân dân, mặt trận tổ quốc, căn cước, hộ khẩu, sổ đỏ, giấy chứng nhận, dữ liệu cá nhân, cán bộ, chủ
tịch
"""
TERMS = _TERMS.replace("\n", " ").strip().split(", ")
"""Terms of our subject that underthesea must keep whole."""

LONGEST_SEGMENTED = 1_000
"""Characters; a longer text gets syllables, since segmentation would take tens of milliseconds."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Tokens of the normalised text, with offsets into the NFC text as typed; ``lemma`` is the folded form."""

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "prefix_separator_symbol": None,
            "folded_copies": True,
        }

    def __init__(self, config: Dict[Text, Any]) -> None:
        super().__init__(config)
        self._known: Dict[Optional[Text], List[Token]] = {}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Tokenized examples, also stripped, so that both ways of typing are learnt."""
        if self._config["folded_copies"]:
            training_data = _with_copies(training_data)
        texts = list(dict.fromkeys(example.get(TEXT) for example in training_data.training_examples))
        self._known = dict(zip(texts, each(tokens, texts), strict=True))
        try:
            return super().process_training_data(training_data)
        finally:
            self._known = {}

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set(TEXT, nfc(message.get(TEXT) or ""), add_to_output=True)
        return super().process(messages)

    def tokenize(self, message: Message, attribute: Text) -> List[Token]:
        text = message.get(attribute)
        known = self._known.get(text)
        return tokens(text) if known is None else list(known)


def tokens(text: Optional[Text]) -> List[Token]:
    """The tokens of a text as typed; none of no text."""
    standard = Standard(nfc(text or ""))
    return [_token(standard, span) for span in _spans(standard.text)]


def _spans(text: str) -> List[Span]:
    if len(text) > LONGEST_SEGMENTED or not has_diacritics(text):
        return syllable_spans(text)
    return word_spans(text, word_tokenize(text, use_token_normalize=False, fixed_words=TERMS))


def _token(standard: Standard, span: Span) -> Token:
    word = standard.text[span[0] : span[1]]
    return Token(word, *standard.typed(span), lemma=" ".join(fold(word).split()))


class _CopiedData(TrainingData):
    """Training data that is not fingerprinted: nothing is cached, and hashing every token takes as long as learning."""

    def fingerprint(self) -> Text:
        return uuid.uuid4().hex


def _with_copies(training_data: TrainingData) -> TrainingData:
    return _CopiedData(
        [*training_data.training_examples, *_folded_copies(training_data)],
        training_data.entity_synonyms,
        training_data.regex_features,
        training_data.lookup_tables,
        training_data.responses,
    )


def _folded_copies(training_data: TrainingData) -> List[Message]:
    return [
        Message.build(text=copy, intent=example.get(INTENT))
        for example in training_data.intent_examples
        if example.get(TEXT) and not example.get("entities")
        for copy in copies(example.get(TEXT))[1:]
    ]
