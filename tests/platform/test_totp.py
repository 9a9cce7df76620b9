"""One-time codes against the vectors of RFC 4226 (appendix D) and RFC 6238 (appendix B)."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.platform import totp

SECRET = b"12345678901234567890"
HOTP = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
TOTP = {
    59: "94287082", 1111111109: "07081804", 1111111111: "14050471", 1234567890: "89005924", 2000000000: "69279037",
    20000000000: "65353130",
}  # fmt: skip
secrets = st.binary(min_size=20, max_size=20)


@pytest.mark.parametrize(("counter", "expected"), list(enumerate(HOTP)))
def test_rfc_4226(counter: int, expected: str) -> None:
    assert totp.code(SECRET, counter) == expected


@pytest.mark.parametrize(("seconds", "expected"), list(TOTP.items()))
def test_rfc_6238(seconds: int, expected: str) -> None:
    assert totp.code(SECRET, totp.step_of(seconds), digits=8) == expected


@pytest.mark.parametrize(
    ("step", "found"), [(97, None), (98, None), (99, 99), (100, 100), (101, 101), (102, None)]
)
def test_a_code_holds_one_step_around_its_own(step: int, found: int | None) -> None:
    assert totp.matching(SECRET, totp.code(SECRET, step), 100 * totp.STEP + 7) == found


def test_a_code_is_good_once() -> None:
    text, moment = totp.code(SECRET, 100), 100 * totp.STEP
    used = totp.matching(SECRET, text, moment)
    assert used == 100
    assert totp.matching(SECRET, text, moment, after=used) is None
    assert totp.matching(SECRET, totp.code(SECRET, 99), moment, after=used) is None, "nor an earlier one"
    assert totp.matching(SECRET, totp.code(SECRET, 101), moment, after=used) == 101


@pytest.mark.parametrize("text", ["", "12345", "1234567", "abcdef", "１２３４５６", "验证码"])
def test_what_is_no_code_is_none(text: str) -> None:
    assert totp.matching(SECRET, text, 59) is None


@given(secrets)
def test_the_secret_is_read_back_as_written(secret: bytes) -> None:
    assert totp.secret_of(totp.text_of(secret)) == secret


def test_the_address_names_issuer_and_account() -> None:
    parts = urlsplit(totp.address(SECRET, "zhang@san", "依法"))
    assert (parts.scheme, parts.netloc, unquote(parts.path)) == ("otpauth", "totp", "/依法:zhang@san")
    assert parse_qs(parts.query) == {"secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"], "issuer": ["依法"]}
