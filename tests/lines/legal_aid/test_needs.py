"""What legal aid makes of answers from the registers, the other cases and the parameters."""

from typing import Any

import pytest

from yifa.language.acts import Allowed
from yifa.lines.legal_aid import needs as n

from . import cases

POOLED = {
    "id": "L-1", "role": "lawyer", "firm": "31A", "licence": "1440120", "practice_start": "2015-01-01",
    "criminal_start": "2018-01-01", "qualified": True, "juvenile": True, "state": "active", "on": "2023-10-13", "lawyers": (),
}  # fmt: skip
LICENSED = {"first_licensed": "2012-05-01", "firm": "31B", "state": "practising"}


@pytest.mark.parametrize(
    ("changes", "licensed", "expected"),
    [
        ({}, (), {"practice_start": "2015-01-01", "firm": "31A", "suspended": False, "knows_minors": True}),
        ({}, (LICENSED,), {"practice_start": "2012-05-01", "firm": "31A", "suspended": False}),
        ({"firm": None}, (LICENSED,), {"firm": "31B"}),
        ({"state": "suspended"}, (LICENSED,), {"suspended": True}),
        ({}, (LICENSED | {"state": "suspended"},), {"suspended": True}),
        ({}, (LICENSED | {"state": "suspended", "suspended_to": "2023-10-13"},), {"suspended": True}),
        ({}, (LICENSED | {"state": "suspended", "suspended_to": "2023-10-12"},), {"suspended": False}),
        ({}, (LICENSED | {"state": "revoked"},), {"suspended": True}),
        ({"qualified": False, "role": "staff"}, (), {"staff_qualified": False, "role": "staff"}),
    ],
)
def test_the_person_of_the_pool(changes: dict[str, Any], licensed: Any, expected: dict[str, Any]) -> None:
    found = n.candidate("L-1", (POOLED | changes | {"lawyers": licensed},))
    assert expected.items() <= found.items()
    assert "name" not in found


def test_what_is_not_known_is_left_to_the_act() -> None:
    assert n.candidate("L-9", ()) == {}
    bare = {
        "id": "L-2",
        "role": "lawyer",
        "qualified": True,
        "juvenile": False,
        "state": "active",
        "on": "2023-10-13",
        "lawyers": (),
    }
    assert set(n.candidate("L-2", (bare,))) == {"id", "role", "knows_minors", "suspended", "staff_qualified"}


def test_the_other_cases_are_counted() -> None:
    assert n.conflicts({}, {"load": 3, "other_side": 0, "defends_linked": 2}) == {
        "load": 3,
        "other_side": False,
        "defends_linked": True,
    }


def test_the_limit_comes_from_the_city() -> None:
    assert n.load_limit("aid_load_limit", 15) == {"load_limit": 15}
    assert n.load_limit("aid_load_limit", None) == {}


@pytest.mark.parametrize(("load", "limit", "flagged"), [(14, 15, False), (15, 15, True), (15, 20, False)])
def test_a_full_hand_is_flagged(load: int, limit: int, flagged: bool) -> None:
    case = cases.granted()
    case.answers = {
        "aid_person": n.candidate("L-1", (POOLED,)),
        "conflicts": {"load": load},
        "load_limit": {"load_limit": limit},
    }
    decision = case.try_("assign", "2023-10-13", person="L-1")
    assert isinstance(decision, Allowed)
    assert [w.params["check"] for w in decision.warnings] == (["A-g"] if flagged else [])


def test_only_a_broken_commitment_that_is_not_repaired_counts() -> None:
    rows = tuple({"case_no": f"{s}-1", "state": s} for s in ("signed", "checked", "broken", "repaired"))
    assert n.broken("440106…", rows) == ("broken-1",)


def test_shifts_are_told_without_the_substitute() -> None:
    row = {
        "place": "某看守所",
        "day": "2023-10-13",
        "half": "am",
        "lawyer": "L-1",
        "substitute": "L-2",
        "reason": "病假",
    }
    assert n.shifts(("L-1", "2023-10-13"), (row,)) == (
        {"place": "某看守所", "day": "2023-10-13", "half": "am"},
    )
