"""Every conversation of ``*.txt`` beside this file, through the running product, as written and without diacritics."""

from pathlib import Path

import pytest

from bot.cases.codes import ALPHABET
from bot.language import fold
from tests.dialogues.script import Expected, Script, Turn, read
from tests.system.chat import Reply, Talk
from tests.system.product import Product

pytestmark = pytest.mark.model
SCRIPTS = {
    f"{path.stem}: {script.title}": script
    for path in sorted(Path(__file__).parent.glob("*.txt"))
    for script in read(path)
}


@pytest.mark.parametrize("spelling", ["accented", "stripped"])
@pytest.mark.parametrize("name", SCRIPTS)
def test_conversation(product: Product, name: str, spelling: str) -> None:
    age_cases(product, "1 year")  # what other conversations reported is too old to be like this one's
    Performance(product, stripped=spelling == "stripped").play(SCRIPTS[name])


def age_cases(product: Product, by: str) -> None:
    with product.database() as database:
        database.execute("update cases set created_at = created_at - %s::interval", [by])


class Performance:
    """One conversation being played; ``known`` are the words in braces."""

    def __init__(self, product: Product, *, stripped: bool) -> None:
        self.product, self.resident, self.other = product, product.talk(), product.talk()
        self.spoken = fold if stripped else str
        self.known: dict[str, str] = {}

    def play(self, script: Script) -> None:
        for turn in script.turns:
            self._act(turn)

    def _act(self, turn: Turn) -> None:
        if turn.who == "chủ":
            assert self.resident.owner == turn.words, f"line {turn.line}"
            return
        if turn.who == "sau":
            age_cases(self.product, turn.words.replace("phút", "minutes"))
            return
        replies = self._done(turn)
        self._remember(replies)
        said = "\n".join(f"bot[{r['kind']} {' '.join(r['facts'])}]: {r['text']}" for r in replies)
        where = f"line {turn.line}, {turn.who}: {turn.words}\n{said}"
        assert [reply["kind"] for reply in replies] == [reply.kind for reply in turn.replies], where
        for reply, expected in zip(replies, turn.replies, strict=True):
            self._check(reply, expected, where)

    def _done(self, turn: Turn) -> list[Reply]:
        if turn.who == "nút":
            return self.resident.press(turn.words)
        talk: Talk = self.other if turn.who == "người khác" else self.resident
        return talk.say(self._with_known(self.spoken(turn.words)))

    def _check(self, reply: Reply, expected: Expected, where: str) -> None:
        buttons = [button["label"] for button in reply["buttons"]]
        shown = fold("\n".join([reply["text"], reply["more"] or "", *buttons]))
        missing = [part for part in expected.parts if fold(self._with_known(part)) not in shown]
        assert not missing, f"{missing} not said; {where}"
        assert set(expected.facts) <= set(reply["facts"]), f"facts are {reply['facts']}; {where}"

    def _with_known(self, words: str) -> str:
        for name, value in self.known.items():
            words = words.replace(name, value).replace(fold(name), value)
        return words

    def _remember(self, replies: list[Reply]) -> None:
        for reply in replies:
            if reply["kind"] == "receipt":
                code = reply["case"]["code"]
                self.known = {"{mã sai}": _misspelt(code), "{mã}": code, "{bí mật}": reply["case"]["secret"]}


def _misspelt(code: str) -> str:
    last = ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]
    return code[:-1] + last
