"""Identity numbers: constructed ones only, none belongs to a person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa.law.identity import id_number_problem, uscc_problem

VALID = "11010519491231002X"  # the standard's own example


def with_check(first: str) -> str:
    """The 17 digits with their check character, worked out as ISO 7064 MOD 11-2 says (by Horner's scheme)."""
    rest = 0
    for digit in first:
        rest = (rest + int(digit)) * 2 % 11
    check = (12 - rest) % 11
    return first + ("X" if check == 10 else str(check))


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (VALID, None),
        (VALID.lower(), None),
        (with_check("44010619900101123"), None),
        (with_check("44010619000229123"), "birth_date"),  # 1900 was no leap year
        (with_check("44010620000229123"), None),
        (with_check("44010619901301123"), "birth_date"),
        (with_check("44010619900230123"), "birth_date"),
        (with_check("44010618791231123"), "birth_date"),
        (with_check("44010618800101123"), None),
        (with_check("91015619900101123"), None),  # a foreigner's permanent residence card
        (with_check("81000019900101123"), None),  # a residence permit of 港澳台居民
        (with_check("04010619900101123"), "format"),
        (VALID[:17] + "1", "check_digit"),
        (VALID[:17] + "Y", "check_digit"),
        (VALID[:17], "format"),
        (VALID + "0", "format"),
        (VALID[:17] + "４", "check_digit"),
        ("４" + VALID[1:], "format"),
        (" " + VALID[1:], "format"),
        ("", "format"),
    ],
)
def test_id_number(number: str, problem: str | None) -> None:
    assert id_number_problem(number) == problem


@pytest.mark.parametrize(
    ("today", "problem"), [(date(2024, 5, 1), None), (date(2024, 4, 30), "birth_date"), (None, None)]
)
def test_nobody_is_born_tomorrow(today: date | None, problem: str | None) -> None:
    assert id_number_problem(with_check("44010620240501123"), today) == problem


DIGITS = st.text("0123456789", min_size=3, max_size=3)


@given(st.dates(date(1880, 1, 1), date(2099, 12, 31)), DIGITS, st.integers(110000, 990000))
def test_every_number_with_a_right_check_is_taken(birth: date, serial: str, area: int) -> None:
    assert id_number_problem(with_check(f"{area}{birth:%Y%m%d}{serial}")) is None


@given(st.dates(date(1900, 1, 1), date(2024, 12, 31)), DIGITS, st.integers(14, 16), st.integers(1, 9))
def test_one_wrong_digit_is_seen(birth: date, serial: str, place: int, by: int) -> None:
    number = with_check(f"440106{birth:%Y%m%d}{serial}")
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert id_number_problem(wrong) == "check_digit"


@given(st.dates(date(1900, 1, 1), date(2024, 12, 31)), DIGITS)
def test_two_digits_exchanged_are_seen(birth: date, serial: str) -> None:
    number = with_check(f"440106{birth:%Y%m%d}{serial}")
    wrong = number[:14] + number[15] + number[14] + number[16:]
    assert id_number_problem(wrong) == (None if wrong == number else "check_digit")


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("91350100M000100Y43", None),  # the standard's own example
        ("91350100M000100Y44", "check_digit"),
        ("91350100m000100y43", "format"),
        ("91350100I000100Y43", "format"),
        ("00350100M000100Y43", "format"),  # no authority has this prefix
        ("9135010AM000100Y43", "format"),
        ("91350100M000100Y4", "format"),
        ("9135 0100M000100Y43", "format"),
        ("", "format"),
    ],
)
def test_credit_code(code: str, problem: str | None) -> None:
    assert uscc_problem(code) == problem
