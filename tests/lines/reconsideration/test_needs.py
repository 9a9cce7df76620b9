"""What reconsideration makes of answers from the registers."""

from typing import Any

import pytest

from tests.lines.reconsideration import cases as c
from tests.lines.reconsideration.cases import codes
from yifa.engine import needs
from yifa.language.acts import Allowed, Command
from yifa.lines.reconsideration import needs as n
from yifa.lines.reconsideration.jurisdiction import incompetence

CITY = {
    "code": "gz-gov",
    "name": "某市政府",
    "kind": "government",
    "review_body": "gz-sfj",
    "state": "active",
}
BUREAU = {
    "code": "gz-x", "name": "某局", "kind": "department", "level": "city", "by_division": False, "state": "active",
    "organs": (CITY,),
}  # fmt: skip


def test_the_review_body_works_for_its_organ() -> None:
    (row,) = n.organs(("某局",), (BUREAU,))
    assert row["competent"] == ("gz-gov", "gz-sfj")
    assert incompetence("gz-sfj", (row,), "2023") is None
    found = incompetence("th-sfj", (row,), "2023")
    assert found is not None
    assert (found.respondent, found.competent) == ("某局", "某市政府")


def test_an_abolished_organ_decides_nothing() -> None:
    assert n.organs(("某局",), (BUREAU | {"state": "abolished"},)) == ()


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"qualified": True, "trained_on": "2023-01-01"}, False), ({"qualified": False, "trained_on": "2023-01-01"}, True),
        ({"qualified": True, "trained_on": None}, True), ({"qualified": True}, True),
    ],
)  # fmt: skip
def test_who_may_not_handle(row: dict[str, Any], named: bool) -> None:
    assert n.unqualified(("甲",), (row | {"staff_no": "甲", "state": "active"},)) == (
        ("甲",) if named else ()
    )


def test_members_of_the_committee() -> None:
    rows = ({"member_no": "1", "state": "appointed"}, {"member_no": "2", "state": "expired"})
    assert n.serving(("1", "2", "3"), rows) == ("1",)
    case = c.accepted()
    asked = Command("consult_committee", case.view.on, {"members": ["1", "2"]})
    assert [(r.code, r.key) for r in needs(case.view, asked)] == [("committee_members", ("1", "2"))]
    case.answers = c.FREE | {"committee_members": ("1",)}
    assert codes(case.try_("consult_committee", "2024-02-20", members=["1", "2"])) == ["no_committee_member"]
    assert isinstance(case.try_("consult_committee", "2024-02-20", members=["1"]), Allowed)
    assert isinstance(case.try_("consult_committee", "2024-02-20", opinion="同意"), Allowed)
