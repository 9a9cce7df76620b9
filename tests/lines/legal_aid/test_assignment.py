"""Who may be assigned: the checks (a)–(i) as a table, and where their facts come from."""

from typing import Any

import pytest

from tests.kernel import LATER, D, command, event
from tests.lines.legal_aid import cases
from tests.lines.legal_aid.cases import LAWYER, refusals
from yifa.engine import decide, derive, needs
from yifa.language.actions import Match
from yifa.language.acts import Allowed
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.assignment import ASSIGNMENT, Candidate, blocking, weighing
from yifa.lines.legal_aid.inputs_conduct import Lawyer

GRAVE = {"may_be_life_or_death": True, "kind": "crim_defence_notified"}


def found(day: str = "2023-10-13", lawyer: dict[str, Any] | None = None, **case: Any) -> list[str]:
    """Checks that hold against a candidate."""
    who = Lawyer.model_validate({**LAWYER, **(lawyer or {})})
    about = Candidate(**{"day": D(day), "kind": "civil", "lawyer": who, **case})
    tried = ASSIGNMENT.find(about).tried
    return [check.rule for check in (*blocking(tried), *weighing(tried))]


# day, lawyer, case → checks that hold
TABLE: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("2023-10-13", {}, {}, []),
    # (a) three years: of criminal defence since 2023-09-01, of practice from 2022, no figure before
    ("2023-09-01", {"criminal_start": "2020-09-02"}, GRAVE, ["A-a"]),
    ("2023-09-01", {"criminal_start": "2020-09-01"}, GRAVE, []),
    ("2023-08-31", {"criminal_start": "2023-01-01", "practice_start": "2020-08-31"}, GRAVE, []),
    ("2023-08-31", {"criminal_start": "2010-01-01", "practice_start": "2020-09-01"}, GRAVE, ["A-a"]),
    ("2023-10-13", {"criminal_start": None}, GRAVE, ["A-a"]),
    ("2021-12-31", {"practice_start": "2021-01-01"}, GRAVE, []),
    ("2022-01-01", {"practice_start": "2021-01-01"}, GRAVE, ["A-a"]),
    ("2023-10-13", {"criminal_start": None}, {}, []),
    # (b) minors
    ("2023-10-13", {}, {"minor_at_stage": True}, ["A-b"]),
    ("2023-10-13", {"knows_minors": True}, {"minor_at_stage": True}, []),
    # (c) (d) conflicts
    ("2023-10-13", {"defends_linked": True}, {}, ["A-c"]),
    ("2023-10-13", {"other_side": True}, {}, ["A-d"]),
    # (e) same firm on both sides, and the head's override
    ("2023-10-13", {"firm_other_side": True}, {}, ["A-e"]),
    ("2023-10-13", {"firm_other_side": True}, {"no_other_firm": True}, ["A-e"]),
    ("2023-10-13", {"firm_other_side": True}, {"head_override": "当地仅此一家"}, ["A-e"]),
    ("2023-10-13", {"firm_other_side": True}, {"no_other_firm": True, "head_override": "当地仅此一家"}, []),
    # (f) suspended
    ("2023-10-13", {"suspended": True}, {}, ["A-f"]),
    # (g) load, (h) interpreter: flagged
    ("2023-10-13", {"load": 19}, {}, []),
    ("2023-10-13", {"load": 20}, {}, ["A-g"]),
    ("2023-10-13", {}, {"needs_interpreter": True}, ["A-h"]),
    ("2023-10-13", {"interpreter": True}, {"needs_interpreter": True}, []),
    # (i) grassroots workers
    ("2023-10-13", {"role": "grassroots"}, {"kind": "crim_defence_applied"}, ["A-i"]),
    ("2023-10-13", {"role": "grassroots"}, {"kind": "labour"}, []),
    # agency staff
    ("2023-10-13", {"role": "staff", "staff_qualified": False}, {}, ["A-j"]),
    ("2023-10-13", {"role": "staff"}, {}, []),
    # several at once
    ("2023-10-13", {"suspended": True, "other_side": True, "load": 30}, {"minor_at_stage": True}, ["A-b", "A-d", "A-f", "A-g"]),
]  # fmt: skip


@pytest.mark.parametrize(("day", "lawyer", "case", "expected"), TABLE)
def test_checks(day: str, lawyer: dict[str, Any], case: dict[str, Any], expected: list[str]) -> None:
    assert found(day, lawyer, **case) == expected


@pytest.mark.parametrize(
    ("ground", "who", "expected"),
    [
        ("minor", LAWYER, ["A-b"]),
        ("minor", {**LAWYER, "knows_minors": True}, []),
        ("life_or_death", {**LAWYER, "criminal_start": "2022-01-01"}, ["A-a"]),
        ("death_review", {**LAWYER, "criminal_start": "2022-01-01"}, ["A-a"]),
        ("absence", {**LAWYER, "criminal_start": "2022-01-01"}, []),
        ("absence", {**LAWYER, "role": "grassroots"}, ["A-i"]),
    ],
)
def test_the_notice_says_what_the_lawyer_must_be_able_to_do(
    ground: str, who: dict[str, Any], expected: list[str]
) -> None:
    decision = cases.notified(notice_ground=ground).try_("assign", "2023-10-11", lawyer=who)
    checks = [p.params["check"] for p in decision.problems] if not isinstance(decision, Allowed) else []
    assert checks == expected


def test_the_pool_and_the_other_cases_overrule_what_the_act_says() -> None:
    case = cases.granted()
    asked = command("assign", "2023-10-13", lawyer=LAWYER)
    answers = {
        "aid_person": {"suspended": True, "practice_start": "2020-01-01"},
        "conflicts": {"other_side": True},
    }
    assert refusals(decide(case.view, asked, answers, LATER)) == ["assignment_check", "assignment_check"]
    assert refusals(decide(case.view, asked, {"aid_person": (), "conflicts": ()}, LATER)) == []


def test_a_person_of_the_pool_needs_no_description() -> None:
    case = cases.granted()
    asked = command("assign", "2023-10-13", person="L-9")
    decision = decide(case.view, asked, {"aid_person": {"id": "L-9", "firm": "示例所"}}, LATER)
    assert isinstance(decision, Allowed)
    assert decision.view.facts["person"] == "L-9"
    assert decision.view.outcomes["assignment"].outcome == "pass"


def test_what_is_asked_before_an_assignment() -> None:
    case = cases.granted(opponent="乙公司")
    asked = needs(case.view, command("assign", "2023-10-13", lawyer=LAWYER, firm="示例所"))
    assert [(request.code, request.key) for request in asked] == [
        ("aid_person", "L-1"),
        (
            "conflicts",
            {
                "load": Match({"person": "L-1"}, open_only=True),
                "other_side": Match({"person": "L-1"}, "乙公司"),
                "firm_other_side": Match({"firm": "示例所"}, "乙公司"),
            },
        ),
        ("load_limit", "aid_load_limit"),
    ]


def test_co_accused_are_asked_about_by_the_number_of_the_criminal_case() -> None:
    case = cases.notified(organ_case_no="某公刑〔2023〕1号")
    asked = {
        request.code: request.key
        for request in needs(case.view, command("assign", "2023-10-13", person="L-1"))
    }
    assert asked["conflicts"]["defends_linked"] == Match(
        {"person": "L-1", "organ_case_no": "某公刑〔2023〕1号"}
    )


def test_without_a_person_nothing_is_asked_about_one() -> None:
    asked = needs(cases.granted().view, command("assign", "2023-10-13"))
    assert [request.key for request in asked] == [None, None, "aid_load_limit"]


@pytest.mark.parametrize(("start", "outcome"), [("2020-10-13", "pass"), ("2020-10-14", "fail")])
def test_a_proposal_runs_the_checks_and_changes_nothing(start: str, outcome: str) -> None:
    lawyer = {**LAWYER, "criminal_start": start}
    log = [
        event(
            LEGAL_AID, 0, "notify_in", "2023-10-12", received_on="2023-10-12", notice_ground="life_or_death"
        ),
        event(LEGAL_AID, 1, "propose", "2023-10-13", lawyer=lawyer),
    ]
    read = derive(LEGAL_AID, log, D("2023-10-13"), cases.env())
    assert read.outcomes["assignment"].outcome == outcome
    assert read.stage == "notified"
    assert read.reading("assign_notified").status == "running"  # type: ignore[union-attr]


def test_nobody_named_gives_no_finding() -> None:
    case = cases.granted()
    case.do("propose", "2023-10-13")
    assert "assignment" not in case.view.outcomes
