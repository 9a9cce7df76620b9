"""Every guard of legal aid: what is allowed, what is refused, with which code; the assignment checks."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.kernel import Case, acting
from tests.lines.legal_aid.cases import refusals
from yifa import registry
from yifa.language.acts import Allowed, Refused
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.assignment import ASSIGNMENT, Candidate
from yifa.lines.legal_aid.inputs_conduct import Lawyer

Make = Callable[[], Case]
ENV = registry.env_of(LEGAL_AID)
LAWYER = {"id": "L1", "practice_start": "2015-01-01", "criminal_start": "2016-01-01"}


def receipt(day: str = "2024-03-04", **changes: Any) -> dict[str, Any]:
    return {
        "applicant": "测试甲",
        "received_at": day,
        "kind": "labour",
        "stage": "arbitration",
        "matter_code": "labour_pay",
        "groups": ["migrant_worker"],
        "mode": "documents",
        **changes,
    }


def new() -> Case:
    return Case(LEGAL_AID, ENV, {"broken_commitments": ()})


def received(day: str = "2024-03-04", **changes: Any) -> Case:
    case = new()
    case.do("receive", day, **receipt(day, **changes))
    return case


def notified(**changes: Any) -> Case:
    case = new()
    case.do(
        "notify_in",
        "2024-03-04",
        **(
            {"notice_ground": "life_or_death", "cause": "盗窃", "name": "测试乙", "contact": "某法官"}
            | changes
        ),
    )
    return case


def granted() -> Case:
    case = received()
    case.do("grant", "2024-03-06")
    return case


def assigned(case: Case | None = None) -> Case:
    case = case or granted()
    case.do("assign", "2024-03-07", lawyer=LAWYER)
    return case


def ended() -> Case:
    case = assigned()
    case.do("end", "2024-06-03", ended_on="2024-06-03")
    return case


def filed() -> Case:
    case = ended()
    case.do("file_in", "2024-06-20", received_on="2024-06-20")
    return case


def reviewed() -> Case:
    case = filed()
    case.do("file_accept", "2024-07-01")
    return case


def refused() -> Case:
    case = received(groups=[], per_capita_income=9000)
    case.do("refuse", "2024-03-06", rule="E6", reasons="不符合经济困难条件")
    return case


def terminated(ground: int = 1) -> Case:
    case = granted()
    case.do("terminate", "2024-03-20", ground=ground)
    return case


TABLE: list[tuple[Make, str, str, dict[str, Any], str | None]] = [
    (new, "receive", "2024-03-04", receipt(), None),
    (new, "receive", "2024-03-04", receipt("2031-01-01"), "received_in_future"),
    (new, "receive", "2024-03-04", receipt(first_received_on="2024-03-05"), "first_after_received"),
    (new, "receive", "2024-03-04", receipt(id_no="110105194912310021"), "id_number_invalid"),
    (new, "receive", "2024-03-04", receipt(id_no="11010519491231002X"), None),
    (new, "receive", "2024-03-04", receipt(capacity="none"), "agent_missing"),
    (new, "receive", "2024-03-04", receipt(capacity="none", agent="法定代理人"), None),
    (new, "receive", "2024-03-04", receipt(agent="法定代理人", agent_is_wrongdoer=True), "agent_is_wrongdoer"),
    (new, "receive", "2024-03-04", receipt(no_condition_ground="domestic_violence", per_capita_income=9000), "means_not_asked"),
    (new, "receive", "2024-03-04", receipt(no_condition_ground="domestic_violence"), None),
    (new, "receive", "2024-03-04", receipt(hardship_certificate_required=True), "certificate_required"),
    (new, "receive", "2023-08-31", receipt("2023-08-31", hardship_certificate_required=True), None),
    (new, "forward", "2024-03-04", {"applied_at": "2024-03-03T10:00", "forwarded_at": "2024-03-03T09:00"}, "forwarded_before_applied"),
    (new, "forward", "2024-03-04", {"applied_at": "2024-03-03", "forwarded_at": "2024-03-04T09:00"}, None),
    (received, "ask_supplement", "2024-03-05", {"items": ["收入情况"], "term": 10}, None),
    (received, "ask_supplement", "2024-03-05", {"items": []}, "field_invalid"),
    (received, "ask_supplement", "2024-03-05", {"items": ["收入情况"], "term": 10, "due_on": "2024-03-06"}, None),
    (received, "aid_first", "2024-03-05", {}, "limitation_missing"),
    (lambda: received(limitation_date="2024-03-08"), "aid_first", "2024-03-05", {}, None),
    (lambda: received(limitation_date="2024-03-12"), "aid_first", "2024-03-05", {}, "aid_first_too_early"),
    (lambda: received(limitation_date="2024-03-11"), "aid_first", "2024-03-05", {}, None),
    (lambda: received(limitation_date="2024-05-12"), "aid_first", "2024-03-05", {"ground": "preservation"}, None),
    (received, "grant", "2024-03-06", {}, None),
    (received, "grant", "2024-03-06", {"other_aid": True}, "already_retained"),
    (lambda: received(groups=[], per_capita_income=9000), "grant", "2024-03-06", {}, "not_eligible"),
    (lambda: received(kind="crim_defence_applied", groups=[], other_reason="家属失联"), "grant", "2024-03-06", {}, "head_must_decide"),
    (lambda: received(kind="crim_defence_applied", groups=[], other_reason="家属失联"), "grant", "2024-03-06", {"head_decides": "情况属实"}, None),
    (received, "grant", "2024-03-01", {}, "wrong_stage"),
    (lambda: received(groups=[], per_capita_income=9000), "refuse", "2024-03-06", {"rule": "E6", "reasons": "不符合经济困难条件"}, None),
    (received, "refuse", "2024-03-06", {"rule": "E6", "reasons": "不符合经济困难条件"}, "refusal_without_ground"),
    (received, "refuse", "2024-03-06", {"rule": "E6", "reasons": "无"}, "field_invalid"),
    (new, "notify_in", "2024-03-04", {"notice_ground": "minor"}, None),
    (new, "notify_in", "2024-03-04", {"notice_ground": "minor", "other_aid": True}, "already_retained"),
    (granted, "assign", "2024-03-07", {"lawyer": LAWYER}, None),
    (granted, "assign", "2024-03-07", {}, "lawyer_unknown"),
    (granted, "assign", "2024-03-07", {"lawyer": LAWYER | {"suspended": True}}, "assignment_check"),
    (granted, "assign", "2024-03-07", {"lawyer": LAWYER, "firm_accepts": False}, "firm_declines"),
    (granted, "arrange_inside", "2024-03-07", {"lawyer": {"id": "S1", "role": "staff"}}, None),
    (lambda: assigned(notified()), "refuse_lawyer", "2024-03-20", {}, None),
    (lambda: assigned(notified()), "refuse_lawyer", "2024-03-20", {"good_reason": False}, "no_good_reason"),
    (assigned, "terminate", "2024-03-20", {"ground": 4}, None),
    (assigned, "terminate", "2024-03-20", {"ground": 7}, "termination_no_reason"),
    (assigned, "terminate", "2024-03-20", {"ground": 7, "good_reason": True}, None),
    (assigned, "terminate", "2024-03-20", {"ground": 9}, "field_invalid"),
    (refused, "object", "2024-03-10", {}, None),
    (granted, "object", "2024-03-10", {}, "nothing_to_object"),
    (filed, "file_accept", "2024-07-01", {}, None),
    (filed, "file_accept", "2024-07-01", {"missing": ["判决书"]}, "file_incomplete"),
    (reviewed, "pay", "2024-07-10", {"amount": 1500}, "table_row_missing"),
    (reviewed, "pay", "2024-07-10", {"amount": 0, "table_row": "x"}, "field_invalid"),
    (terminated, "recover", "2024-04-10", {"amount": 1500, "fine": 3000}, None),
    (terminated, "recover", "2024-04-10", {"amount": 1500, "fine": 3001}, "fine_too_high"),
    (new, "duty_request", "2024-03-04", {"person": "测试乙"}, None),
    (new, "duty_request", "2024-03-04", {"person": "测试乙", "has_defender": True}, "has_defender"),
    (new, "consult", "2024-03-04", {"topic": "劳动报酬"}, None),
    (new, "consult", "2024-03-04", {"topic": "劳动报酬", "told_right": False}, "right_not_told"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "action", "day", "data", "refusal"),
    TABLE,
    ids=[f"{i}-{row[1]}-{row[4] or 'ok'}" for i, row in enumerate(TABLE)],
)
def test_guards(make: Make, action: str, day: str, data: dict[str, Any], refusal: str | None) -> None:
    decision = make().try_(action, day, **data)
    if refusal is None:
        assert isinstance(decision, Allowed), decision
    else:
        assert isinstance(decision, Refused)
        assert refusal in refusals(decision)


def test_what_is_flagged_but_not_forbidden() -> None:
    flagged = new().do("notify_in", "2024-03-04", notice_ground="minor")
    assert [w.code for w in flagged.warnings] == ["notice_incomplete"] * 3
    assert [w.code for w in assigned().do("change_request", "2024-03-20").warnings] == [
        "change_evidence_missing"
    ]


def test_a_decision_before_the_receipt() -> None:
    case = received("2024-03-04", first_received_on="2024-03-01")
    case.view.facts["first_received_on"] = date(2024, 3, 20)
    assert "decision_before_receipt" in refusals(case.try_("grant", "2024-03-06"))


@pytest.mark.parametrize(
    ("role", "allowed"), [("agency_head", True), ("reviewer", False), ("window_clerk", False)]
)
def test_who_grants(role: str, allowed: bool) -> None:
    assert bool(received().try_("grant", "2024-03-06", ctx=acting(role))) is allowed


def test_an_objection_upheld_brings_the_case_back() -> None:
    case = refused()
    case.do("object", "2024-03-10")
    case.do("objection_decide", "2024-03-12", result="correct")
    case.do("resume_after_objection", "2024-03-13")
    assert case.view.stage == "reviewing"


def test_a_transferred_application_keeps_its_first_day() -> None:
    case = received("2024-03-06", first_received_on="2024-03-04")
    assert case.view.due("review") == date(2024, 3, 11)


# --------------------------------------------------------------------------------- assignment


def candidate(
    day: str = "2024-03-07",
    kind: str = "crim_defence_notified",
    lawyer: dict[str, Any] | None = None,
    **flags: Any,
) -> Candidate:
    return Candidate(date.fromisoformat(day), kind, Lawyer(**(LAWYER | (lawyer or {}))), **flags)


@pytest.mark.parametrize(
    ("who", "fails"),
    [
        (candidate(), set()),
        (candidate(may_be_life_or_death=True), set()),
        (candidate(may_be_life_or_death=True, lawyer={"criminal_start": "2021-03-08"}), {"A-a"}),
        (candidate(may_be_life_or_death=True, lawyer={"criminal_start": "2021-03-07"}), set()),
        (candidate(may_be_life_or_death=True, lawyer={"criminal_start": None}), {"A-a"}),
        (candidate("2023-08-31", may_be_life_or_death=True, lawyer={"criminal_start": None}), set()),
        (
            candidate("2023-08-31", may_be_life_or_death=True, lawyer={"practice_start": "2021-01-01"}),
            {"A-a"},
        ),
        (candidate(minor_at_stage=True), {"A-b"}),
        (candidate(minor_at_stage=True, lawyer={"knows_minors": True}), set()),
        (candidate(lawyer={"defends_linked": True}), {"A-c"}),
        (candidate(lawyer={"other_side": True}), {"A-d"}),
        (candidate(lawyer={"firm_other_side": True}), {"A-e"}),
        (candidate(lawyer={"firm_other_side": True}, no_other_firm=True), {"A-e"}),
        (candidate(lawyer={"firm_other_side": True}, no_other_firm=True, head_override="批准"), set()),
        (candidate(lawyer={"suspended": True}), {"A-f"}),
        (candidate(lawyer={"load": 19}), set()),
        (candidate(needs_interpreter=True, lawyer={"interpreter": True}), set()),
        (candidate(lawyer={"role": "grassroots"}), {"A-i"}),
        (candidate(kind="civil", lawyer={"role": "grassroots"}), set()),
        (candidate(lawyer={"role": "staff", "staff_qualified": False}), {"A-j"}),
    ],
)
def test_assignment_checks(who: Candidate, fails: set[str]) -> None:
    finding = ASSIGNMENT.find(who)
    assert {t.rule for t in finding.tried if t.holds} == fails
    assert finding.outcome == ("fail" if fails else "pass")


@pytest.mark.parametrize(
    ("check", "articles"),
    [
        ("A-a", "《法律援助法》(2021)第二十六条；《办理法律援助案件程序规定》(2023)第二十六条第一款"),
        ("A-b", "《办理法律援助案件程序规定》(2023)第二十六条第二款；《刑事诉讼法》(2018)第二百七十八条"),
        ("A-c", "《最高人民法院关于适用《刑事诉讼法》的解释》(2021)第四十三条第二款"),
        ("A-d", "《律师法》(2017)第三十九条"),
        ("A-f", "《律师法》(2017)第四十七条；《律师法》(2017)第四十九条"),
        ("A-g", "《办理法律援助案件程序规定》(2023)第二十五条"),
        ("A-h", "《法律援助法》(2021)第四十五条第一款"),
        ("A-j", "《法律援助法》(2021)第十三条"),
    ],
)
def test_assignment_checks_rest_on_their_articles(check: str, articles: str) -> None:
    assert {rule.code: str(rule.cite) for rule in ASSIGNMENT.rules}[check] == articles


# --------------------------------------------------------------------------------- versions


@pytest.mark.parametrize(
    ("day", "version", "due"),
    [
        ("2021-12-31", "la-2003", "2022-01-12"), ("2022-01-01", "la-2022", "2022-01-08"), ("2023-08-31", "la-2022", "2023-09-07"),
        ("2023-09-01", "la-2023", "2023-09-08"), ("2026-03-01", "la-gz2026", "2026-03-08"),
    ],
)  # fmt: skip
def test_the_day_of_receipt_chooses_the_version(day: str, version: str, due: str) -> None:
    case = received(day)
    assert (case.view.version, case.view.version_final) == (version, True)
    assert case.view.due("review") == date.fromisoformat(due)
