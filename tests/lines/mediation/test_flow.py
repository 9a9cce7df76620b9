"""Whole matters by commands: screening, the ways in, terms side by side, agreement, visits, failure and the doors after it."""

from typing import Any

import pytest

from tests.kernel import LATER, D, command, done
from tests.lines.mediation import cases as c
from tests.lines.mediation.cases import codes
from yifa.engine import advance, decide, needs
from yifa.language.acts import Refused
from yifa.lines.mediation import MEDIATION

# ------------------------------------------------------------------------------------------------- screening


def test_an_outing_counts_found_or_not() -> None:
    case = c.new()
    case.do("screen", c.DAY, place="样本村", found=False)
    assert (case.view.stage, case.view.is_closed) == ("closed_nothing", True)
    assert case.view.facts["screened_on"] == D(c.DAY)
    assert "resolved_on" not in case.view.facts


def test_every_further_dispute_gets_a_record_of_its_own() -> None:
    case = c.new()
    follow_ups = case.do("screen", c.DAY, place="样本村", found=True, disputes=3).follow_ups
    assert [(f.command.action, f.line, f.case) for f in follow_ups] == [("found", "mediation", None)] * 2
    found = done(decide(c.new().view, follow_ups[0].command, {}, LATER))
    assert found.view.stage == "screened"
    assert not found.view.happened("screen")  # one outing, three disputes


def test_settled_on_the_spot_is_prevented_once() -> None:
    case = c.screened()
    case.do("settle_on_spot", "2023-03-02", how="当场和好")
    assert (case.view.facts["prevented"], case.view.facts["resolved_on"]) == (True, D("2023-03-02"))
    assert codes(case.try_("register", "2023-03-03", **c.form())) == ["wrong_stage"]


# ------------------------------------------------------------------------------------------------ ways in


@pytest.mark.parametrize("channel", ["application", "initiative", "screening"])
def test_three_ways_need_no_paper(channel: str) -> None:
    assert c.registered(channel=channel).view.facts["channel"] == channel


@pytest.mark.parametrize(
    "channel", ["court_before_filing", "court_after_filing", "police", "petition", "agency"]
)
def test_five_ways_come_with_paper_and_day(channel: str) -> None:
    missing = codes(c.new().try_("register", c.DAY, **c.form(channel=channel)))
    assert missing == ["referral_paper_missing", "referral_day_missing"]
    paper = {"referrer_doc": "移送函", "handed_over_on": c.DAY}
    assert c.registered(channel=channel, **paper).view.stage == "registered"


def test_the_petition_office_is_only_watched() -> None:
    case = c.new()
    case.do("petition_in", "2023-02-20", registered_on="2023-02-20")
    assert case.view.due("petition_transfer") == D("2023-03-07")
    case.do(
        "register", "2023-03-06", **c.form(channel="petition", referrer_doc="函", handed_over_on="2023-03-06")
    )
    assert case.status("petition_transfer") == "met"


def test_oral_applications_are_written_down() -> None:
    case = c.new()
    assert case.do("register", c.DAY, **c.form(form="oral")).documents == ("med_application", "med_register")
    assert case.view.facts["interrupted_on"] == D(c.DAY)


# ---------------------------------------------------------------------------------------------------- terms

COURT = {"referrer_doc": "移送函", "handed_over_on": c.DAY, "other_forum": "court"}
SIGNED = {"signed_on": c.DAY}


@pytest.mark.parametrize(
    ("changes", "acceptance", "clock", "due"),
    [
        ({}, {}, "term_general", "2023-04-01"),  # a Saturday: no roll-over
        ({"dispute_type": "medical", "committee_kind": "industry"}, {}, "term_medical", "2023-04-13"),
        ({"dispute_type": "labour"}, {}, "term_labour", "2023-03-16"),
        ({"dispute_type": "unpaid_wages"}, {}, "term_labour", "2023-03-16"),
        ({"channel": "court_before_filing", **COURT}, SIGNED, "term_court_before", "2023-03-31"),
        ({"channel": "court_after_filing", **COURT}, SIGNED, "term_court_after", "2023-03-16"),
        ({"channel": "court_after_filing", **COURT}, {**SIGNED, "court_procedure": "summary"}, "term_court_after", "2023-03-08"),
        ({"committee_kind": "organ"}, {}, "admin_mediation", "2023-03-31"),
        ({"committee_kind": "health", "dispute_type": "medical"}, {}, "health_mediation", "2023-04-13"),
    ],
)  # fmt: skip
def test_each_kind_has_its_one_term(
    changes: dict[str, Any], acceptance: dict[str, Any], clock: str, due: str
) -> None:
    case = c.accepted(c.DAY, acceptance, **changes)
    assert case.view.due(clock) == D(due)
    terms = {"term_general", "term_medical", "term_labour", "term_court_before", "term_court_after", "admin_mediation",
             "health_mediation"}  # fmt: skip
    assert {code for code in terms if case.view.live(code)} == {clock}


@pytest.mark.parametrize("kind", ["organ", "health"])
def test_organs_have_five_working_days_to_accept(kind: str) -> None:
    case = c.asked(committee_kind=kind, dispute_type="medical" if kind == "health" else "consumer")
    clock = "health_mediation" if kind == "health" else "admin_mediation"
    assert case.view.due(clock) == D("2023-03-08")
    case.do("accept", "2023-03-09")
    assert [i.state for i in case.view.clocks[clock]] == ["late", "running"]


def test_an_online_request_waits_three_working_days() -> None:
    case = c.new()
    case.do("court_request", "2023-03-02", received_on="2023-03-02")
    assert case.view.due("accept_online") == D("2023-03-07")
    case.do(
        "register",
        "2023-03-03",
        **c.form(channel="court_before_filing", **{**COURT, "handed_over_on": "2023-03-02"}),
    )
    case.do("ask_consent", "2023-03-03")
    case.do("accept", "2023-03-06", signed_on="2023-03-06")
    assert case.status("accept_online") == "met"
    assert case.view.due("term_court_before") == D("2023-04-05")


def test_the_appraisal_is_taken_out_and_the_rest_runs_out_as_failed() -> None:
    case = c.paused()
    assert case.view.live("term_medical")[0].due.due is None
    case.do("resume", "2023-03-20", reported_on="2023-03-20")
    due = case.view.due("term_medical")
    assert due == D("2023-04-27")  # eleven working days out, both ends included; 23 April is a make-up day
    over = advance(case.view, D("2023-04-28"))
    assert (over.stage, over.facts["outcome"], over.facts["concluded_on"]) == (
        "closed_failed",
        "failed",
        D("2023-04-28"),
    )
    assert over.effect("deem_failed") is not None


def test_a_break_by_agreement_does_not_stop_the_medical_term() -> None:
    case = c.medical()
    before = case.view.due("term_medical")
    case.do("pause", "2023-03-06", ground="agreed")
    assert case.view.due("term_medical") == before


def test_an_agreed_extension_moves_the_day() -> None:
    case = c.medical()
    case.do("extend", "2023-04-01", new_due="2023-05-31")
    assert case.view.due("term_medical") == D("2023-05-31")
    assert advance(case.view, D("2023-05-31")).stage == "mediating"


def test_after_fifteen_days_a_labour_dispute_may_go_to_arbitration_and_talks_may_go_on() -> None:
    case = c.mediating(dispute_type="labour", infringed_on="2023-01-10")
    later = advance(case.view, D("2023-03-17"))
    assert (later.stage, later.facts["arbitration_open_on"]) == ("mediating", D("2023-03-17"))
    case.do("agree_oral", "2023-03-20", content="三日内付清")
    assert case.view.stage == "agreed"
    assert case.view.due("other_routes") == D("2024-01-10")


def test_health_authority_mediation_is_deemed_failed_too() -> None:
    case = c.mediating(committee_kind="health", dispute_type="medical")
    assert advance(case.view, D("2023-04-14")).stage == "closed_failed"


# --------------------------------------------------------------------------------------------------- risk


def test_what_may_become_a_crime_is_reported_within_hours() -> None:
    case = c.registered(risk="may_become_crime", found_at="2023-03-01T09:00")
    assert str(case.view.due("risk_report")) == "2023-03-01 11:00:00"
    assert case.do("report_risk", c.DAY, to=["派出所"], reported_at="2023-03-01T10:30").documents == (
        "med_risk",
    )
    assert case.status("risk_report") == "met"


def test_a_risk_found_later_runs_from_its_find() -> None:
    case = c.mediating()
    assert "risk_report" not in case.view.clocks
    case.do("find_risk", "2023-03-05", found_at="2023-03-05T16:00")
    case.do("report_risk", "2023-03-05", to=["派出所", "司法所"], reported_at="2023-03-05T18:30")
    assert case.status("risk_report") == "late"


# ---------------------------------------------------------------------------------------- agreement and visits


def test_a_written_agreement_is_in_force_from_its_last_signature() -> None:
    case = c.mediating()
    case.do("agree_written", "2023-03-15", **c.signed("2023-03-10", sealed_on="2023-03-15"))
    assert case.view.facts["agreed_on"] == D("2023-03-15")
    assert case.view.due("confirm_apply") == D("2023-04-14")


def test_visits_follow_the_instalments() -> None:
    plan = [
        {"due_on": "2023-03-20", "amount": 1000},
        {"due_on": "2023-05-20", "amount": 1000},
        {"due_on": "2023-07-20", "amount": 1000},
    ]
    case = c.agreed("2023-03-10", {"instalments": plan, "performance_due_on": None})
    assert (case.view.due("follow_up"), case.view.facts["performance_due_on"]) == (
        D("2023-03-27"),
        D("2023-07-20"),
    )
    case.do("follow_up", "2023-03-24", performed="part")
    assert case.view.due("follow_up") == D("2023-05-27")
    case.do("follow_up", "2023-07-21", performed="full", performed_on="2023-07-18")
    assert not case.view.live("follow_up")
    assert case.view.facts["performed_in_time"] is True
    case.do("close", "2023-07-24")
    assert case.view.stage == "closed_performed"


def test_a_late_first_instalment_is_preceded_by_a_visit_after_thirty_days() -> None:
    case = c.agreed("2023-03-10", {"performance_due_on": "2023-06-30"})
    assert case.view.due("follow_up") == D("2023-04-09")
    case.do("follow_up", "2023-04-07", performed="none")
    assert case.view.due("follow_up") == D("2023-07-07")


def test_an_agreement_without_a_day_is_visited_after_thirty_days() -> None:
    case = c.oral()
    assert case.view.due("follow_up") == D("2023-04-09")
    case.do("follow_up", "2023-04-08", performed="full")
    assert "performed_in_time" not in case.view.facts


def test_late_performance_is_no_failed_mediation() -> None:
    case = c.agreed()
    case.do("follow_up", "2023-05-10", performed="full", performed_on="2023-05-08")
    assert case.view.facts["performed_in_time"] is False
    assert case.view.facts["outcome"] == "agreed"
    assert case.status("follow_up") == "late"


def test_the_subsidy_follows_the_archive_once() -> None:
    case = c.subsidised()
    case.do("pay_subsidy", "2023-05-08", paid_on="2023-05-08")
    assert (case.view.facts["subsidy"], case.view.facts["subsidy_paid_on"]) == (200, D("2023-05-08"))


# ------------------------------------------------------------------------------------ failure: the right next door


@pytest.mark.parametrize(
    ("day", "code", "left"),
    [
        ("2023-03-28", "limit_running", 34), ("2023-04-15", "limit_running", 16), ("2023-04-16", "limit_near", 15),
        ("2023-04-20", "limit_near", 11), ("2023-05-01", "limit_near", 0), ("2023-05-02", "limit_over", -1),
        ("2023-05-10", "limit_over", -9),
    ],
)  # fmt: skip
def test_a_failure_tells_what_still_runs_next_door(day: str, code: str, left: int) -> None:
    case = c.mediating(dispute_type="labour", infringed_on="2022-05-01")
    decision = case.do("fail", day)
    assert decision.documents == ("med_fail",)
    assert [(w.code, w.params.get("left")) for w in decision.warnings] == [(code, left), ("next_doors", None)]
    assert decision.warnings[1].params["doors"] == "劳动仲裁"
    assert str(decision.warnings[1].cite) == "《人民调解法》(2010)第二十六条"
    assert case.view.live("other_routes")  # it goes on after the file is closed
    case.do("take_route", day, forum="labour_arbitration", filed_on=day)
    assert case.status("other_routes") == ("late" if left < 0 else "met")


def test_an_administrative_act_keeps_its_sixty_days() -> None:
    """Registered by mistake as a dispute with an office: refused, and the sixty days go on."""
    case = c.registered(nature="administrative", act_known_on="2023-02-10")
    assert case.view.due("other_routes") == D("2023-04-11")
    assert case.view.outcomes["routing"].outcome == "reconsideration"
    case.do("refuse", "2023-03-02", ground="organ_only")
    assert case.view.live("other_routes")
    reading = MEDIATION.clock("other_routes")
    assert reading is not None
    shown = [also.date(case.view, case.view.live("other_routes")[0]) for also in reading.also]
    assert shown == [D("2023-03-27"), D("2023-04-06")]


def test_a_fruitless_civil_mediation_has_interrupted_the_limitation() -> None:
    decision = c.mediating().do("fail", "2023-03-28")
    assert [w.code for w in decision.warnings] == ["limit_running", "next_doors"]
    assert decision.warnings[0].params["due"] == D("2026-03-02")  # 1 March 2026 is a Sunday


def test_a_door_the_table_shuts_is_flagged_not_forbidden() -> None:
    decision = c.mediating(arbitration_clause=True).do("route", "2023-03-10", target="court")
    assert [w.code for w in decision.warnings] == ["door_shut", "limit_running"]
    assert [w.code for w in c.mediating().do("route", "2023-03-10", target="court").warnings] == [
        "limit_running"
    ]


def test_a_dispute_too_hard_goes_on_at_the_town_with_its_first_day() -> None:
    decision = c.mediating().do("route", "2023-03-10", target="committee", body="样本镇调委会")
    (onward,) = decision.follow_ups
    assert onward.line == "mediation"
    again = done(decide(c.new().view, onward.command, {}, LATER))
    assert again.view.facts["received_on"] == D(c.DAY)
    assert again.view.facts["channel"] == "agency"


# ----------------------------------------------------------------------------------------------- the rate


@pytest.mark.parametrize(
    ("make", "outcome", "day"),
    [
        (c.agreed, "agreed", "2023-03-10"), (c.failed, "failed", "2023-03-28"), (c.visited, "agreed", "2023-03-10"),
        (c.rejected, "agreed", "2023-03-10"),
    ],
)  # fmt: skip
def test_what_the_rate_counts(make: Any, outcome: str, day: str) -> None:
    facts = make().view.facts
    assert (facts["outcome"], facts["concluded_on"]) == (outcome, D(day))


@pytest.mark.parametrize(("action", "data"), [("withdraw", {}), ("route", {"target": "court"})])
def test_what_ends_before_the_talks_begin_counts_in_no_rate(action: str, data: dict[str, Any]) -> None:
    early, begun = c.accepted(), c.mediating()
    early.do(action, "2023-03-05", **data)
    begun.do(action, "2023-03-05", **data)
    assert "concluded_on" not in early.view.facts
    assert begun.view.facts["concluded_on"] == D("2023-03-05")
    assert begun.view.facts["outcome"] in ("withdrawn", "routed")


@pytest.mark.parametrize(
    ("make", "ends", "in_term"),
    [
        (c.mediating, "2023-04-01", True), (c.mediating, "2023-04-02", False), (c.medical, "2023-04-13", True),
        (c.paused, "2023-05-20", True),  # no term runs while the appraisal is out
    ],
)  # fmt: skip
def test_what_ends_within_its_term(make: Any, ends: str, in_term: bool) -> None:
    case = make()
    case.do("fail", ends)
    assert case.view.facts["in_term"] is in_term


def test_a_deemed_failure_is_out_of_term_and_an_agreement_counts_by_its_last_signature() -> None:
    assert advance(c.medical().view, D("2023-04-14")).facts["in_term"] is False
    case = c.mediating()
    case.do("agree_written", "2023-04-05", **c.signed("2023-04-01"))
    assert case.view.facts["in_term"] is True
    assert c.accepted(committee_kind="organ").view.due("admin_mediation") == D("2023-03-31")


def test_a_refusal_counts_in_no_rate() -> None:
    case = c.registered()
    case.do("refuse", "2023-03-02", ground="outside_scope")
    assert (case.view.facts["outcome"], case.view.facts.get("concluded_on")) == ("refused", None)


# ---------------------------------------------------------------------------------------------- committees


def test_a_term_of_three_years_and_its_reminder() -> None:
    case = c.serving()
    assert case.view.tracks == {"committee": "serving"}
    assert case.view.due("committee_term") == D("2026-03-01")
    case.do("elect_committee", "2026-02-20", **c.committee(elected_on="2026-02-20"))
    assert [i.state for i in case.view.clocks["committee_term"]] == ["met", "running"]
    case.do("dissolve_committee", "2026-05-01")
    assert case.status("committee_term") == "stopped"


def test_a_medical_committee_is_filed_within_thirty_working_days() -> None:
    case = c.serving(kind="industry", medical=True)
    assert case.view.due("med_committee_filing") == D("2023-04-13")
    case.do("file_committee", "2023-04-10", filed_on="2023-04-10")
    assert case.status("med_committee_filing") == "met"
    assert "med_committee_filing" not in c.serving().view.clocks


# ---------------------------------------------------------------------------------------------- all at once


def test_bad_intake_is_refused_with_every_reason_at_once() -> None:
    bad = c.form(
        parties=[c.SIDES[0], {**c.SIDES[0], "capacity": "limited"}], occurred_on="2023-03-09", channel="police",
        committee_kind="organ", on_list=False, joint_with=["邻村"], fee=30,
    )  # fmt: skip
    found = codes(c.new().try_("register", c.DAY, **bad))
    assert found == ["one_side_only", "party_twice", "party_unrepresented", "dated_later", "referral_paper_missing",
                     "referral_day_missing", "organ_item_unlisted", "lead_missing", "fee_charged"]  # fmt: skip


def test_bad_fields_are_named_all_at_once() -> None:
    decision = c.new().try_("register", c.DAY, parties=[{"id": ""}], dispute_type="x", amount=-1, wrong=1)
    assert isinstance(decision, Refused)
    places = {problem.where for problem in decision.problems}
    assert {"parties.0.id", "parties.0.side", "parties.0.contact", "parties.0.address", "dispute_type", "facts", "claim", "amount",
            "wrong"} <= places  # fmt: skip


def test_a_bad_agreement_and_a_bad_confirmation_likewise() -> None:
    bad = codes(
        c.mediating().try_(
            "agree_written", "2023-03-10", content="x", vices=["unclear", "public_order"], fee=9
        )
    )
    assert bad == ["signature_missing"] * 3 + ["content_unlawful"] * 2 + ["fee_charged"]
    late = codes(
        c.agreed().try_(
            "apply_confirm",
            "2023-04-11",
            **c.filing(applicants=["p-1"], seat="inviting", matters=["marriage"]),
        )
    )
    assert late == ["confirm_not_joint", "confirm_late", "confirm_wrong_court", "not_confirmable"]


def test_what_acceptance_asks_of_the_register() -> None:
    case = c.asked()
    (asked,) = needs(case.view, command("accept", c.DAY, mediators=["m-1", "m-2"]))
    assert (asked.code, asked.key) == ("mediators", ("m-1", "m-2"))
    (none,) = needs(case.view, command("accept", c.DAY))
    assert none.key is None
