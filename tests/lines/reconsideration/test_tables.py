"""The tables of the law, exhaustively: decision types, jurisdiction, timeliness, prior reconsideration."""

from datetime import date
from itertools import product

import pytest

from tests.kernel import codes
from tests.lines.reconsideration import cases as c
from yifa.language.acts import Allowed
from yifa.lines.reconsideration.tables import (
    APPLY_IN_TIME,
    CORRECTING,
    DECISION_KINDS,
    JURISDICTION_ZH,
    PRIOR_ACT_TYPES,
    Respondent,
    Timeliness,
    jurisdiction,
)

KINDS = ("department", "government", "dispatched_organ", "authorised", "dispatched_body", "vertical", "justice", "province",
         "state_council_department", "joint")  # fmt: skip


def oracle(version: str, kind: str, level: str, by_division: bool) -> str:
    """Articles 24–28 of 2023 and 12–15 of 2017, written down a second time."""
    always = {
        "vertical": "superior_department", "government": "superior_government", "dispatched_organ": "founding_government",
        "authorised": "managing_government", "province": "itself", "state_council_department": "itself",
        "joint": "common_superior_government", "department": "same_government",
    }  # fmt: skip
    if kind == "justice":
        return "same_government_or_superior_justice" if version == "2023" else "same_government"
    if kind == "dispatched_body":
        choice = version == "2023" and level == "city" and by_division
        return "same_government_or_local" if choice else "same_government"
    return always[kind]


@pytest.mark.parametrize("version", ["2017", "2023"])
def test_jurisdiction(version: str) -> None:
    for kind, level, by_division in product(KINDS, ("city", "district", "town"), (False, True)):
        finding = jurisdiction(version).find(Respondent(kind, level, by_division))
        assert finding.outcome == oracle(version, kind, level, by_division), (kind, level, by_division)
        assert finding.cite is not None
        assert finding.outcome in JURISDICTION_ZH


def test_an_unknown_respondent_needs_a_person() -> None:
    assert jurisdiction("2023").find(Respondent("club", "city")).outcome == "manual_review"


@pytest.mark.parametrize("version", ["2017", "2023"])
@pytest.mark.parametrize("kind", sorted(DECISION_KINDS))
def test_decision_types_by_version(version: str, kind: str) -> None:
    if kind.startswith("compensation") or kind == "no_evidence":
        pytest.skip("needs another decision, or a silent respondent")
    case, day = (c.old(), "2023-03-20") if version == "2017" else (c.heard(), "2024-03-01")
    decision = case.try_("decide", day, decision_type=kind)
    open_ = (
        DECISION_KINDS[kind].law_2017 if version == "2017" else DECISION_KINDS[kind].law_2023
    ) is not None
    assert isinstance(decision, Allowed) is open_
    if not open_:
        assert codes(decision) == ["not_in_2017"]


def test_which_decisions_correct() -> None:
    assert set(CORRECTING) == {"change", "revoke", "revoke_part", "confirm_illegal", "confirm_invalid", "order_perform",
                               "no_evidence", "agreement_liability"}  # fmt: skip


@pytest.mark.parametrize(
    ("filed", "limit", "longest", "outcome"),
    [
        ("2024-03-01", "2024-03-01", None, "pass"), ("2024-03-02", "2024-03-01", None, "fail"), ("2024-03-01", None, "2024-02-29", "fail"),
        ("2024-03-01", "2024-04-01", "2024-02-01", "fail"), ("2024-03-01", None, "2024-04-01", "pass"),
    ],
)  # fmt: skip
def test_filed_in_time(filed: str, limit: str | None, longest: str | None, outcome: str) -> None:
    day = lambda text: date.fromisoformat(text) if text else None  # noqa: E731
    assert (
        APPLY_IN_TIME.find(Timeliness(date.fromisoformat(filed), day(limit), day(longest))).outcome == outcome
    )


@pytest.mark.parametrize(("kind", "prior"), [(kind, True) for kind in PRIOR_ACT_TYPES] + [("permit", False)])
def test_prior_reconsideration(kind: str, prior: bool) -> None:
    case = c.received(act={"type": kind, "doc_no": "某1号", "made_on": "2024-01-10"})
    assert bool(case.view.facts.get("prior_required")) is prior
    case.do("refuse", "2024-02-06", condition=2, reason="没有利害关系", served_on="2024-02-07")
    assert ("sue_after_refusal" in case.view.clocks) is prior
