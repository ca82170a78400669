"""Codes said on the telephone: every single wrong symbol is noticed, and a secret is always the same one."""

import hmac
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.cases import codes

symbols = st.text(alphabet=codes.ALPHABET, min_size=codes.LENGTH, max_size=codes.LENGTH)


def drawn(from_symbols: str) -> Callable[[int], int]:
    """A stand-in for chance that draws these symbols."""
    rest = iter(from_symbols)
    return lambda below: codes.ALPHABET.index(next(rest))


def derive(purpose: str, subject: str) -> bytes:
    return hmac.digest(b"key", f"{purpose}\0{subject}".encode(), "sha256")


@given(symbols)
def test_a_code_reads_as_itself(chosen: str) -> None:
    code = codes.make(drawn(chosen))
    assert code.startswith("XH-")
    assert codes.read(code) == code


@given(symbols, st.integers(0, codes.LENGTH), st.sampled_from(codes.ALPHABET))
def test_every_single_wrong_symbol_is_noticed(chosen: str, place: int, other: str) -> None:
    code = codes.make(drawn(chosen))
    plain = code.removeprefix("XH-").replace("-", "")
    changed = plain[:place] + other + plain[place + 1 :]
    assert codes.read(f"XH-{changed[:4]}-{changed[4:]}") == (code if changed == plain else None)


@given(symbols, st.integers(0, codes.LENGTH - 1))
def test_nearly_every_swap_of_neighbours_is_noticed(chosen: str, place: int) -> None:
    code = codes.make(drawn(chosen))
    plain = code.removeprefix("XH-").replace("-", "")
    a, b = plain[place], plain[place + 1]
    assume(a != b and {a, b} != {"0", "Z"})  # the one pair that Luhn modulo 32 cannot tell apart
    assert codes.read(f"XH{plain[:place]}{b}{a}{plain[place + 2 :]}") is None


CODE = codes.make(drawn("7K3M9Q2"))


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),  # without shift
        CODE.replace("-", " "),  # spaces instead of dashes
        CODE.replace("-", ""),  # nothing instead of dashes
        f"  {CODE}.",  # within a sentence's end
        CODE.replace("-", "–"),  # a dash that a phone made longer
        CODE.replace("-", "_"),
    ],
)
def test_a_code_as_people_type_it(typed: str) -> None:
    assert codes.read(typed) == CODE


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    code = codes.make(drawn("0101010"))
    assert codes.read(code.replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize(
    "typed",
    ["", "XH", "XH-7K3M", "7K3M-9Q2F", "XH-7K3M-9Q2FF", "XH-UUUU-UUUU", "tôi hỏi phiếu", "AB" + CODE[2:], CODE + CODE],
)
def test_no_code(typed: str) -> None:
    assert codes.read(typed) is None


def test_the_secret_is_always_the_same_and_another_for_another_case() -> None:
    secret = codes.secret(CODE, derive)
    assert secret == codes.secret(CODE, derive)
    assert secret != codes.secret(codes.make(drawn("7K3M9Q3")), derive)
    assert len(secret) == 9
    assert set(secret) - {"-"} <= set(codes.ALPHABET)


@given(symbols)
def test_a_secret_as_people_type_it(chosen: str) -> None:
    secret = codes.secret(codes.make(drawn(chosen)), derive)
    for typed in (secret, secret.lower(), secret.replace("-", " "), secret.replace("-", "").replace("0", "o")):
        assert codes.same_secret(typed) == secret
