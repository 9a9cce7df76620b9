"""The small pure parts: subsidy table, grades, rosters, the monthly draw and what a checked commitment entails."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel import D
from yifa.lines.legal_aid.commitments import CONSEQUENCE, SITUATIONS, Checked, monthly_draw
from yifa.lines.legal_aid.inputs import Situation
from yifa.lines.legal_aid.parameters import GRADES
from yifa.lines.legal_aid.quality import final_score, grade, needs_third
from yifa.lines.legal_aid.roster import Shift, clashes
from yifa.lines.legal_aid.subsidy import amount_due, row_for

ROWS = [
    {"kind": "civil", "stage": None, "area": None, "amount": 1000},
    {"kind": "civil", "stage": "first", "area": None, "amount": 1500},
    {"kind": "civil", "stage": "first", "area": "从化", "amount": "1700.50"},
    {"kind": "duty_help", "stage": None, "area": None, "amount": 300},
]


@pytest.mark.parametrize(
    ("kind", "stage", "area", "amount"),
    [
        ("civil", None, None, 1000),
        ("civil", "second", "从化", 1000),
        ("civil", "first", None, 1500),
        ("civil", "first", "越秀", 1500),
        ("civil", "first", "从化", "1700.50"),
        ("duty_help", "investigation", None, 300),
        ("admin", "first", None, None),
        (None, None, None, None),
    ],
)
def test_the_row_that_says_most(kind: str | None, stage: str | None, area: str | None, amount: Any) -> None:
    row = row_for(ROWS, kind, stage, area)
    assert (row["amount"] if row else None) == amount


@pytest.mark.parametrize("table", [None, [], ()])
def test_there_is_no_default_amount(table: Any) -> None:
    assert row_for(table, "civil", None, None) is None


@pytest.mark.parametrize(
    ("amount", "factor", "share", "due"),
    [(1000, "1", "1", "1000.00"), ("1700.50", "1.2", "1", "2040.60"), (1000, "1", "0.3333", "333.30"), (1, "0.005", "1", "0.01")],
)  # fmt: skip
def test_amounts_are_in_cents(amount: Any, factor: str, share: str, due: str) -> None:
    assert str(amount_due({"amount": amount}, Decimal(factor), Decimal(share))) == due


@pytest.mark.parametrize(
    ("scores", "third", "score", "result"),
    [
        ((90, 90), False, "90", "excellent"),
        ((89, 90), False, "89.5", "good"),
        ((75, 75), False, "75", "good"),
        ((80, 70), False, "75", "good"),
        ((60, 60), False, "60", "pass"),
        ((59, 60), False, "59.5", "fail"),
        ((90, 79), True, "84.5", "good"),
        ((90, 79, 85), False, "87.5", "good"),
        ((95, 60, 64), False, "62", "pass"),
        ((60, 70, 80), False, "75", "good"),
    ],
)
def test_grades(scores: tuple[int, ...], third: bool, score: str, result: str) -> None:
    points = [Decimal(n) for n in scores]
    assert needs_third(points, 10) is third
    assert final_score(points) == Decimal(score)
    assert grade(points, GRADES) == result


MONDAY, TUESDAY = D("2023-10-09"), D("2023-10-10")


def test_clashes_are_two_places_in_one_half_day() -> None:
    first = Shift("看守所", MONDAY, "am", "D-1")
    shifts = [
        first,
        Shift("看守所", MONDAY, "am", "D-1"),
        Shift("法院", MONDAY, "pm", "D-1"),
        Shift("法院", TUESDAY, "am", "D-1"),
        Shift("法院", MONDAY, "am", "D-2"),
        Shift("法院", None, "am", "D-1"),
    ]
    assert clashes(shifts) == ()
    unfixed = ((None, "am", "D-1"), (MONDAY, None, "D-1"), (MONDAY, "am", None))
    for day, half, lawyer in unfixed:  # nobody is in two places on a day that is not fixed yet
        assert clashes([Shift(place, day, half, lawyer) for place in ("看守所", "法院")]) == ()
    other = Shift("检察院", MONDAY, "am", "D-1")
    assert clashes([first, other]) == ((first, other),)


# ------------------------------------------------------------------------------------- commitments

IDS = st.lists(st.text("0123456789", min_size=1, max_size=6), unique=True, max_size=60)


@given(ids=IDS, seed=st.text(min_size=1, max_size=20), percent=st.integers(1, 100))
def test_the_monthly_draw_takes_a_tenth_at_least_one_whatever_the_order(
    ids: list[str], seed: str, percent: int
) -> None:
    drawn = monthly_draw(seed, ids, percent)
    expected = 0 if not ids else max(1, -(-len(ids) * percent // 100))
    assert len(drawn.chosen) == expected
    assert set(drawn.chosen) <= set(ids)
    assert monthly_draw(seed, reversed(ids), percent) == drawn


def test_another_seed_draws_others() -> None:
    ids = [str(n) for n in range(200)]
    assert monthly_draw("202310", ids, 10).chosen != monthly_draw("202311", ids, 10).chosen


@pytest.mark.parametrize(
    ("result", "eligible", "outcome", "rule"),
    [
        ("true", True, "keep", "C1"), ("true", False, "keep", "C1"), ("false_on_purpose", True, "terminate", "C2"),
        ("honest_mistake", True, "correct", "C3"), ("honest_mistake", False, "terminate", "C4"),
    ],
)  # fmt: skip
def test_consequences(result: str, eligible: bool, outcome: str, rule: str) -> None:
    found = CONSEQUENCE.find(Checked(result, eligible))
    assert (found.outcome, found.decisive) == (outcome, rule)


@pytest.mark.parametrize(
    ("rule", "article"),
    [
        ("C1", "《法律援助法》(2021)第四十一条第二款"), ("C2", "《法律援助法》(2021)第四十八条第一款第一项；《法律援助法》(2021)第六十四条"),
        ("C4", "《法律援助法》(2021)第四十八条第一款第四项"),
    ],
)  # fmt: skip
def test_consequences_rest_on_their_articles(rule: str, article: str) -> None:
    assert {r.code: str(r.cite) for r in CONSEQUENCE.rules}[rule] == article


def test_situations_are_those_of_the_form() -> None:
    assert set(SITUATIONS) == set(Situation.__args__)  # type: ignore[attr-defined]
