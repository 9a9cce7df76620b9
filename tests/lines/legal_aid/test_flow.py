"""Whole matters from the window to the archive, driven by commands only."""

from decimal import Decimal
from typing import Any

import pytest

from tests.kernel import LATER, D, command, done, event
from tests.lines.legal_aid import cases
from tests.lines.legal_aid.cases import LAWYER, AidCase, application, env, notice
from yifa.engine import advance, decide, derive, needs
from yifa.language.acts import Command
from yifa.lines.legal_aid import LEGAL_AID


def test_an_application_from_window_to_archive() -> None:
    case = cases.paid()
    assert case.view.stage == "paid"
    case.do("assess", "2024-01-10", scores=[90, 92], assessors=["A", "B"])
    assert case.view.facts["grade"] == "excellent"
    case.do("archive", "2024-01-11")
    assert case.view.is_closed
    for clock in ("review", "assign", "agreement", "contact", "file_return", "file_review", "subsidy_pay"):
        assert case.status(clock) == "met", clock


def test_what_is_issued_on_the_way() -> None:
    issued: list[str] = []
    case = AidCase()
    for action, day, data in (
        ("receive", "2023-10-09", application(mode="commitment", situation="hardship")),
        ("ask_supplement", "2023-10-10", {"items": ["identity"], "term": 10}),
        ("supplement_in", "2023-10-12", {}),
        ("grant", "2023-10-13", {}),
        ("assign", "2023-10-13", {"lawyer": LAWYER}),
        ("change", "2023-10-20", {"lawyer": {**LAWYER, "id": "L-2"}}),
        ("terminate", "2023-10-25", {"ground": 6}),
    ):
        issued += case.do(action, day, **data).documents
    assert issued == ["SJQD", "GZCN", "BCTZ", "GYJD", "ZPTZ", "ZPGH", "GHJD", "ZZJD"]


@pytest.mark.parametrize(("ground", "kind"), [("minor", "crim_defence_notified"), ("compulsory_treatment", "compulsory_treatment")])  # fmt: skip
def test_notified_defence_needs_no_application(ground: str, kind: str) -> None:
    case = cases.notified(notice_ground=ground)
    assert case.view.stage == "notified"
    assert case.view.facts["kind"] == kind
    assert case.view.outcomes["eligibility"].outcome == "grant"
    answered = case.do("assign", "2023-10-11", lawyer={**LAWYER, "knows_minors": True})
    assert answered.documents == ("ZPTZ", "TZHD")
    assert case.status("assign_notified") == "met"
    assert case.view.due("court_papers") == D("2023-10-16")


def test_telling_the_organ_belongs_to_the_three_days() -> None:
    case = cases.notified()
    case.do("assign", "2023-10-12", lawyer={**LAWYER, "knows_minors": True}, organ_told_on="2023-10-13")
    assert case.status("assign_notified") == "late"


def test_aid_given_first_is_worked_on_while_the_application_is_examined() -> None:
    case = cases.aid_first()
    case.do("assign", "2023-10-10", lawyer=LAWYER)
    case.do("first_meeting", "2023-10-11")
    assert case.view.stage == "received"
    case.do("make_up", "2023-10-12")
    assert case.view.tracks["aid_first"] == "made_up"
    case.do("grant", "2023-10-13")
    assert case.view.stage == "assigned"
    assert "assign" not in case.view.clocks
    assert case.status("aid_first_makeup") == "met"


def test_aid_given_first_ends_in_termination_when_the_rules_are_not_met() -> None:
    case = cases.aid_first()
    case.do("assign", "2023-10-10", lawyer=LAWYER)
    case.do("terminate", "2023-10-20", ground=8, firm_received_on="2023-10-21")
    assert case.view.stage == "terminated"
    assert case.status("review") == case.status("aid_first_makeup") == "stopped"
    assert case.view.due("file_return") == D("2023-11-20")


def test_a_terminated_case_is_filed_and_paid_in_part() -> None:
    case = cases.terminated()
    assert case.view.due("file_return") == D("2023-12-04")
    case.do("file_in", "2023-11-20", received_on="2023-11-20")
    case.do("file_return_back", "2023-11-21", missing=["会见笔录"])
    assert case.view.stage == "terminated"
    case.do("file_in", "2023-11-27", received_on="2023-11-27")
    assert case.view.due("file_review") == D("2023-12-27")
    case.do("file_accept", "2023-11-28")
    case.do("pay", "2023-12-01", amount=Decimal(900), share=Decimal("0.5"))
    case.do("archive", "2023-12-02")
    assert case.view.stage == "archived"


def test_agency_staff_are_not_paid() -> None:
    case = cases.granted()
    case.do("arrange_inside", "2023-10-13", lawyer={**LAWYER, "role": "staff"})
    case.do("begin_handling", "2023-10-14")
    case.do("end", "2023-11-01")
    case.do("file_in", "2023-11-02")
    case.do("file_accept", "2023-11-03")
    assert "subsidy_pay" not in case.view.clocks
    case.do("archive", "2023-11-04")


def test_a_change_starts_the_agreement_anew() -> None:
    case = cases.assigned()
    first = case.view.due("agreement")
    case.do("change", "2023-10-17", lawyer={**LAWYER, "id": "L-2"}, received_on="2023-10-18")
    assert (first, case.view.due("agreement")) == (D("2023-10-18"), D("2023-10-23"))
    assert [i.state for i in case.view.clocks["agreement"]] == ["stopped", "running"]
    assert case.view.facts["person"] == "L-2"
    assert case.view.stage == "assigned"


def test_a_change_that_is_declined_leaves_everything() -> None:
    case = cases.handling()
    case.do("change_request", "2023-11-01", evidence="通话记录")
    case.do("change", "2023-11-03", granted=False, reason="理由不成立")
    assert case.view.stage == "handling"
    assert case.view.facts["person"] == "L-1"
    assert case.status("change_decide") == "met"


def test_refusing_the_lawyer_of_an_applied_defence_ends_the_aid() -> None:
    case = cases.handling(kind="crim_defence_applied", stage="first", groups=["social_assistance"])
    case.do("refuse_lawyer", "2023-11-01")
    assert case.view.stage == "terminated"
    assert "redefend" not in case.view.clocks
    assert case.view.due("file_return") == D("2023-12-01")


def test_an_own_defender_within_five_days_spares_the_new_notice() -> None:
    case = cases.defended()
    case.do("refuse_lawyer", "2023-10-20", allowed_on="2023-10-20")
    assert case.view.due("redefend_notice") == D("2023-10-30")
    case.do("retain_own", "2023-10-24")
    assert (case.status("redefend"), case.status("redefend_notice")) == ("met", "stopped")


# ------------------------------------------------------------------------------------------- objection


def test_a_refusal_upheld_opens_reconsideration_and_suit() -> None:
    case = cases.refused()
    assert case.view.is_closed
    case.do("object", "2023-10-20", received_on="2023-10-20")
    assert (case.view.stage, case.view.tracks["objection"]) == ("refused", "objection")
    assert case.view.due("objection_review") == D("2023-10-25")
    case.do("objection_decide", "2023-10-24", result="maintain", served_on="2023-10-25")
    assert case.view.due("recon") == D("2023-12-25")
    assert case.view.due("suit") == D("2024-04-25")


@pytest.mark.parametrize(("setup", "stage"), [(cases.refused, "reviewing"), (cases.terminated, "handling")])
def test_an_ordered_correction_reopens_the_case(setup: Any, stage: str) -> None:
    case = setup()
    case.do("object", "2023-11-20")
    case.do("objection_decide", "2023-11-22", result="correct")
    case.do("resume_after_objection", "2023-11-23")
    assert case.view.stage == stage
    assert "recon" not in case.view.clocks


# ------------------------------------------------------------------------------------------- city-wide


def test_a_file_received_elsewhere_is_opened_anew_with_its_first_day() -> None:
    case = cases.received(receiving_agency="番禺", competent_agency="南沙")
    assert case.view.due("citywide_transfer") == D("2023-10-10")
    sent = case.do("transfer", "2023-10-10", target="南沙")
    assert case.view.stage == "transferred"
    assert case.status("citywide_transfer") == "met"
    (follow_up,) = sent.follow_ups
    there = AidCase()
    there.view = done(decide(there.view, follow_up.command, {}, LATER)).view
    assert there.view.due("review") == D("2023-10-16")
    assert there.view.facts["citywide"] is True
    there.do("grant", "2023-10-12")
    assert there.view.facts["accepted_on"] == D("2023-10-12")
    assert "citywide_transfer" not in there.view.clocks
    assert "accepted_on" not in case.view.facts


def test_someone_told_to_go_elsewhere_opens_nothing() -> None:
    sent = cases.received().do("transfer", "2023-10-10", target="外地机构", how="tell")
    assert sent.follow_ups == ()


def test_a_window_that_decides_keeps_the_file() -> None:
    case = AidCase(env(citywide_mode="decide"))
    case.do("receive", "2023-10-09", **application(receiving_agency="番禺", competent_agency="南沙"))
    case.do("grant", "2023-10-12")
    assert case.view.facts["citywide"] is True


# ------------------------------------------------------------------------------- uniqueness and counting


def test_one_aid_for_one_person_matter_and_stage() -> None:
    first = cases.received(id_no="11010519491231002X").do("grant", "2023-10-12")
    second = cases.received(id_no="11010519491231002X", applicant="甲某").do("grant", "2023-10-13")
    other = cases.received(id_no="11010519491231002X", stage="first").do("grant", "2023-10-13")
    assert first.claims == second.claims != other.claims
    ended = cases.handling(id_no="11010519491231002X").do("terminate", "2023-11-01", ground=6)
    assert [(c.key, c.release) for c in ended.claims] == [(first.claims[0].key, True)]


def test_one_notified_defence_for_one_person_case_and_stage() -> None:
    case = AidCase()
    assert [c.key for c in case.do("notify_in", "2023-10-09", **notice()).claims] == [("乙", "1号", "first")]
    assert AidCase().do("notify_in", "2023-10-09", **notice(organ_case_no=None)).claims == ()


@pytest.mark.parametrize(
    ("content", "substantive"),
    [(["consultation"], False), (["consultation", "plea_statement"], True), (["case_opinion"], True)],
)
def test_substantive_help_is_more_than_consultation(content: list[str], substantive: bool) -> None:
    case = AidCase()
    case.do(
        "duty_request",
        "2023-10-09",
        person="丙",
        stage="prosecution",
        notice_received_on="2023-10-09",
        planned_on="2023-10-13",
    )
    case.do("duty_arrange", "2023-10-10", lawyer="D-1")
    case.do("duty_help", "2023-10-13", content=content)
    case.do("duty_record", "2023-10-13")
    facts = case.view.facts
    assert (facts["kind"], facts["counted_on"], facts["substantive"]) == (
        "duty_help",
        D("2023-10-13"),
        substantive,
    )
    assert case.view.is_closed
    assert (case.status("duty_notice"), case.status("duty_fix")) == ("met", "met")


def test_help_given_again_counts_once_on_the_first_day() -> None:
    """One record a person and stage: a second meeting changes neither the day nor what was substantive."""
    case = AidCase()
    case.do("duty_request", "2023-12-28", person="丙", stage="prosecution", notice_received_on="2023-12-28")
    case.do("duty_help", "2023-12-29", content=["case_opinion"])
    case.do("duty_help", "2024-01-03", content=["consultation"])
    assert case.view.facts["counted_on"] == D("2023-12-29")
    assert case.view.facts["substantive"] is True


def test_the_roster_is_asked_where_the_lawyer_sits_that_day() -> None:
    case = AidCase()
    case.do("duty_request", "2023-10-09", notice_received_on="2023-10-09")
    for data, key in (
        ({"lawyer": "D-1", "day": "2023-10-11"}, ("D-1", D("2023-10-11"))),
        ({"lawyer": "D-1"}, None),
    ):
        (request,) = needs(case.view, Command("duty_arrange", D("2023-10-10"), data))
        assert (request.code, request.key) == ("duty_roster", key)


def test_a_forwarded_application_gets_its_number_when_registered() -> None:
    case = AidCase()
    assert case.do("forward", "2023-10-08", applied_at="2023-10-08T09:00").numbers == ()
    assert case.view.due("review") == D("2023-10-15")
    assert case.do("receive", "2023-10-09", **application()).numbers == ("case",)
    assert case.view.due("review") == D("2023-10-16")


def test_facts_the_figures_are_made_of() -> None:
    facts = cases.granted(mode="commitment", situation="hardship").view.facts
    assert {"counted_on", "granted_on", "accepted_on"} <= set(facts)
    assert (facts["migrant_worker"], facts["mode"], facts["groups"]) == (
        True,
        "commitment",
        ("migrant_worker",),
    )
    asked = AidCase()
    asked.do("consult", "2023-10-09", topic="劳动争议", persons=5)
    assert (asked.view.facts["persons"], asked.view.facts["counted_in"]) == (5, "legal_aid")
    assert "counted_on" not in asked.view.facts
    drafted = AidCase()
    drafted.do("draft_document", "2023-10-09", applicant="甲", document="起诉状")
    assert (drafted.view.facts["kind"], drafted.view.stage) == ("drafting", "recorded")


def test_a_commitment_is_drawn_and_checked() -> None:
    case = cases.granted(mode="commitment", situation="hardship")
    case.do("draw_commitment", "2023-11-01", drawn_on="2023-11-01", seed="20231101")
    assert case.view.due("commit_check") == D("2023-12-01")
    case.do("commit_check", "2023-11-10", result="false_on_purpose")
    assert case.view.outcomes["commitment"].outcome == "terminate"
    assert case.status("commit_check") == "met"


# ------------------------------------------------------------------------------------- deemed withdrawal


@pytest.mark.parametrize(("day", "stage"), [("2023-10-20", "supplement"), ("2023-10-21", "withdrawn")])
def test_a_stated_term_that_runs_out_withdraws_the_application(day: str, stage: str) -> None:
    case = cases.received()
    case.do("ask_supplement", "2023-10-10", items=["identity"], term=10, served_on="2023-10-10")
    assert advance(case.view, D(day)).stage == stage


def test_a_term_never_stated_costs_nothing() -> None:
    """Files taken over from elsewhere may hold a notice without a term; then only the default is shown."""
    taken_over = [event(LEGAL_AID, 0, "receive", "2023-10-09", received_at="2023-10-09"),
                  event(LEGAL_AID, 1, "ask_supplement", "2023-10-10", items=["identity"])]  # fmt: skip
    read = derive(LEGAL_AID, taken_over, D("2024-01-10"), env())
    assert read.stage == "supplement"
    assert read.reading("supplement").due == D("2023-10-20")  # type: ignore[union-attr]
    supplied = [*taken_over, event(LEGAL_AID, 2, "supplement_in", "2024-01-11")]
    late = derive(LEGAL_AID, supplied, D("2024-01-11"), env())
    assert (late.stage, late.reading("supplement").status) == ("reviewing", "late")  # type: ignore[union-attr]


def test_a_late_record_defeats_the_withdrawal() -> None:
    case = cases.received()
    case.do("ask_supplement", "2023-10-10", items=["identity"], term=10, served_on="2023-10-10")
    late = decide(case.view, command("supplement_in", "2023-10-19"), {}, LATER)
    assert advance(done(late).view, D("2023-10-30")).stage == "reviewing"


# --------------------------------------------------------------------------------------------- on call


@pytest.mark.parametrize(
    ("received", "due", "reminder"),
    [
        ("2023-09-29", "2023-10-02", "2023-09-29"),  # the last working day, 28 Sep, is past: at once
        ("2024-04-10", "2024-04-13", "2024-04-12"),
        ("2024-04-08", "2024-04-11", None),
    ],
)
def test_an_unshifted_due_date_on_a_rest_day_calls_staff_on_the_last_working_day(
    received: str, due: str, reminder: str | None
) -> None:
    case = AidCase()
    case.do("notify_in", received, **notice(received_on=received))
    reading = derive(LEGAL_AID, case.view.events, D(received), case.view.env).reading("assign_notified")
    assert reading is not None
    assert reading.due == D(due)
    assert [day for _, day in reading.also] == ([D(reminder)] if reminder else [])
