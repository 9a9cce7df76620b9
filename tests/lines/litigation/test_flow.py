"""Suits as they go: attendance by instance, effectiveness, late appeals, remand, links, side tracks, what is claimed."""

from typing import Any

import pytest

from tests.kernel import Case, D, acting
from tests.lines.litigation import cases as c
from tests.lines.litigation.cases import codes
from yifa.engine import advance, derive, note
from yifa.language.acts import ClaimRequest, Event
from yifa.language.values import resolve
from yifa.lines.litigation import LITIGATION
from yifa.lines.litigation.indicators import units

# ------------------------------------------------------------------------------ who came (HEAD 7)

OFFICER, STAFF = {"attended_officer": "局长", "officer_kind": "principal", "staff": ["甲"]}, {"staff": ["甲"]}


def hearings(*came: tuple[dict[str, Any], bool], case: Case | None = None, day: int = 10) -> Case:
    """Hearings one after another: (who came, whether the court had sent a further notice)."""
    case = case or c.answered()
    for number, (who, further) in enumerate(came):
        on = f"2024-05-{day + number}"
        case.view = case.view.copy()
        case.view.stage = (
            "awaiting_hearing" if case.view.facts["instance"] in ("first", "remand") else case.view.stage
        )
        case.do("set_hearing", on, hearing_at=f"{on}T09:30", further_notice=further)
        case.do("record_hearing", on, held_on=on, **who)
    return case


@pytest.mark.parametrize(
    ("came", "attended"),
    [
        ([(OFFICER, False)], True),
        ([(STAFF, False)], False),
        ([(OFFICER, False), (STAFF, False)], True),
        ([(STAFF, False), (OFFICER, False)], True),
        ([(OFFICER, False), (STAFF, True)], False),
        ([(OFFICER, False), (OFFICER, True)], True),
        ([(STAFF, False), (OFFICER, True)], True),
        ([(OFFICER, False), (STAFF, True), (OFFICER, True)], False),
    ],
)
def test_one_hearing_is_enough_unless_the_court_asks_again(came: list[Any], attended: bool) -> None:
    facts = hearings(*came).view.facts
    assert facts["first_attended"] is attended
    assert facts["first_heard_on"] == D("2024-05-10")


def test_each_instance_counts_anew() -> None:
    case = c.appealing()
    assert case.view.facts["first_attended"] is True
    case.do("set_hearing", "2024-09-02", hearing_at="2024-09-10T09:30", court_required_head=True)
    case.do("record_hearing", "2024-09-10", held_on="2024-09-10", staff=["甲"])
    facts = case.view.facts
    assert (case.view.stage, facts["second_attended"], facts["second_notified"]) == ("appealing", False, True)
    assert (facts["first_attended"], "first_notified" in facts) == (True, False)


def test_the_instance_after_a_remand_is_one_of_its_own() -> None:
    facts = c.remanded().view.facts
    assert (facts["instance"], facts["remand_attended"], facts["remand_heard_on"]) == (
        "remand_second",
        True,
        D("2024-12-02"),
    )


def test_a_hearing_that_was_not_held_is_no_unit() -> None:
    case = c.summoned()
    case.do("record_hearing", "2024-05-15", held=False)
    assert case.view.stage == "awaiting_hearing"
    assert "first_heard_on" not in case.view.facts


def test_the_figure_adds_up_all_instances() -> None:
    assert [part.at for part in units("attended").parts] == [
        "first_heard_on", "second_heard_on", "remand_heard_on", "remand_second_heard_on", "retrial_heard_on"
    ]  # fmt: skip
    for part in (*units("attended", "notified").parts, *units().parts):
        assert part.source == "cases"


# ------------------------------------------------------------------------------ effectiveness (APL 85)


def test_effective_on_the_day_after_the_last_party() -> None:
    view = advance(c.judged().view, D("2024-08-21"))
    assert (view.stage, view.facts["effective_on"]) == ("effective", D("2024-08-21"))
    assert advance(c.judged().view, D("2024-08-20")).stage == "judged"


def test_not_effective_while_a_party_is_unserved() -> None:
    case = c.judged(services={"某局": "2024-08-01"})
    assert advance(case.view, D("2025-06-01")).stage == "judged"
    case.do("serve_judgment", "2024-09-02", party="原告甲", served_on="2024-09-02", result="revoked")
    assert advance(case.view, D("2024-09-30")).facts["effective_on"] == D("2024-09-19"), (
        "the last day is the moon festival"
    )


@pytest.mark.parametrize("appealed", [True, False])
def test_the_ruling_on_jurisdiction_keeps_no_judgment_from_taking_effect(appealed: bool) -> None:
    """INT 101(2): that ruling has an appeal period of its own; the judgment's is APL 85."""
    case = c.objecting()
    case.do("file_answer", "2024-03-18", party="某局", filed_on="2024-03-18", evidence=["证据一"])
    case.do("rule_jurisdiction", "2024-03-20", upheld=False, served_on="2024-03-20")
    if appealed:
        case.do("appeal_jurisdiction", "2024-03-25", filed_on="2024-03-25")
    assert advance(case.view, D("2024-04-30")).stage == "awaiting_hearing"
    case.do("set_hearing", "2024-05-06", hearing_at="2024-05-15T09:30", summons_received_on="2024-05-06")
    case.do("record_hearing", "2024-05-15", **c.came())
    case.do("serve_judgment", "2024-08-05", services=c.PEOPLE, result="revoked")
    assert advance(case.view, D("2024-08-21")).facts["effective_on"] == D("2024-08-21")


def test_not_effective_once_one_party_has_appealed() -> None:
    case = c.judged()
    case.do("receive_appeal", "2024-08-09", party="原告甲", filed_on="2024-08-09")
    view = advance(case.view, D("2025-06-01"))
    assert view.stage == "appealing"
    assert "effective_on" not in view.facts


def test_an_appeal_filed_in_time_but_learnt_of_later_undoes_the_effect() -> None:
    """Known at the end of August: effective. The copy comes in September; the appeal was filed in time."""
    case = c.judged()
    log = list(case.view.events)
    assert derive(LITIGATION, log, D("2024-08-31"), c.ENV).stage == "effective"
    case.do("receive_appeal", "2024-09-03", party="原告甲", filed_on="2024-08-20", received_on="2024-09-03")
    assert case.view.stage == "appealing"
    assert case.view.effect("become_effective") is None
    late = c.judged().try_(
        "receive_appeal", "2024-09-03", party="原告甲", filed_on="2024-08-21", received_on="2024-09-03"
    )
    assert codes(late) == ["wrong_stage"]


def test_a_noted_effect_that_falls_is_a_finding() -> None:
    case = c.judged()
    noting = Event(90, "become_effective", D("2024-08-22"), party="原告甲", recorded_on=D("2024-08-22"))
    case.do("receive_appeal", "2024-09-03", party="原告甲", filed_on="2024-08-20")
    log = [*case.view.events[:-1], noting, case.view.events[-1]._replace(seq=91)]
    assert [f.code for f in derive(LITIGATION, log, D("2024-09-03"), c.ENV).findings] == ["noting_superseded"]


def test_a_ruling_that_cannot_be_appealed_is_effective_at_once() -> None:
    case = c.ruled("other")
    assert (case.view.stage, case.view.facts["effective_on"]) == ("effective", D("2024-08-05"))
    assert "appeal_ruling" not in case.view.clocks


def test_a_remand_begins_the_round_again() -> None:
    case = c.appealing()
    case.do("serve_second", "2024-11-01", result="remanded", served_on="2024-11-01")
    assert (case.view.stage, "effective_on" in case.view.facts) == ("awaiting_hearing", False)
    case.do("set_hearing", "2024-11-20", hearing_at="2024-12-02T09:30")
    case.do("record_hearing", "2024-12-02", **c.came(held_on="2024-12-02"))
    case.do("serve_judgment", "2025-01-06", services={"某局": "2025-01-06"}, result="dismissed")
    assert advance(case.view, D("2025-06-01")).stage == "judged", (
        "the plaintiff's service of the first round does not count"
    )
    case.do("serve_judgment", "2025-01-07", party="原告甲", served_on="2025-01-07", result="dismissed")
    assert advance(case.view, D("2025-02-01")).facts["effective_on"] == D("2025-01-23")


def test_who_has_lost_follows_the_judgment_that_stands() -> None:
    assert c.judged().view.facts["lost"] is True
    assert c.effective().view.facts["lost"] is True
    assert c.effective(result="changed", new_result="dismissed").view.facts["lost"] is False
    assert c.ruled().view.facts["lost"] is False


# ------------------------------------------------------------------------------ evidence, mediation, side tracks


def test_each_defendant_has_its_own_fifteen_days() -> None:
    case = c.two_defendants()
    case.do("receive_complaint", "2024-03-11", party="复议机关", complaint_received_on="2024-03-11")
    assert {i.subject: i.due.due for i in case.view.clocks["answer_and_evidence"]} == {
        "原机关": D("2024-03-19"), "复议机关": D("2024-03-26")
    }  # fmt: skip
    case.do("file_answer", "2024-03-18", party="原机关", evidence=["证据一"])
    assert [i.subject for i in case.view.live("answer_and_evidence")] == ["复议机关"]


def test_no_evidence_is_deemed_for_the_silent_one_only_and_not_where_more_time_was_asked() -> None:
    case = c.two_defendants()
    case.do("receive_complaint", "2024-03-11", party="复议机关", complaint_received_on="2024-03-11")
    case.do("request_evidence_extension", "2024-03-11", party="原机关")
    effects = advance(case.view, D("2024-05-01")).effects
    assert [(e.code, e.subject, e.on) for e in effects] == [("no_evidence", "复议机关", D("2024-03-27"))]


def test_mediation_in_the_suit_moves_nothing() -> None:
    case = c.mediating_in_suit()
    assert case.view.stage == "answering"
    assert case.view.due("answer_and_evidence") == D("2024-03-19")
    assert case.view.due("court_first_instance") is None, (
        "mediation does not count in the court's period (INT 50)"
    )
    case.do("close_mediation", "2024-03-16", result="settled", agreement="撤销罚款")
    assert (case.view.stage, case.view.due("court_first_instance")) == ("answering", D("2024-09-11"))
    assert "premediation_ended_on" not in case.view.facts


def test_a_settlement_before_the_suit_ends_the_matter() -> None:
    facts = c.mediated().view.facts
    assert (c.mediated().view.stage, facts["premediation_result"], facts["premediation_ended_on"]) == (
        "settled",
        "settled",
        D("2024-02-20"),
    )


def test_several_suggestions_stand_beside_the_suit_until_all_are_answered() -> None:
    case = c.suggested("normative", "other")
    assert (case.view.stage, case.view.tracks["suggestion"]) == ("answering", "suggestion_open")
    case.do("reply_suggestion", "2024-05-06", kind="other", measures=["培训"])
    assert case.view.tracks["suggestion"] == "suggestion_open"
    assert [len(case.view.live(code)) for code in ("suggestion_normative", "suggestion_other")] == [1, 0]
    case.do("reply_suggestion", "2024-05-07", kind="normative", measures=["修改"])
    assert case.view.tracks["suggestion"] == "suggestion_replied"


def test_a_suggestion_may_come_without_any_suit() -> None:
    case = c.new()
    case.do("receive_suggestion", "2024-03-04", kind="procuratorial", received_on="2024-03-04", urgent=True)
    assert (case.view.stage, case.view.tracks, case.view.due("procuratorial_suggestion")) == (
        None, {"suggestion": "suggestion_open"}, D("2024-03-19")
    )  # fmt: skip


def test_compensation_is_paid_beside_the_main_stage() -> None:
    case = c.to_pay()
    assert case.view.tracks["compensation"] == "payment_open"
    case.do("forward_payment", "2024-10-12", received_on="2024-10-14")
    case.do("record_payment", "2024-10-28", done_on="2024-10-28")
    assert case.view.tracks["compensation"] == "payment_done"
    assert [i.state for code in ("payment_forward", "payment_due") for i in case.view.clocks[code]] == [
        "met",
        "met",
    ]


def test_a_suspended_suit_goes_on_where_it_stood() -> None:
    for make in (c.answering, c.answered, c.heard, c.appealing):
        case = make()
        before = case.view.stage
        case.do("suspend", "2024-12-02", ground=4)
        case.do("resume", "2024-12-20")
        assert case.view.stage == before


# ------------------------------------------------------------------------------ other cases

TOLD = {"id": "7", "number": "穗府行复〔2024〕1号", "line": "reconsideration", "organ": "gz", "stage": "served",
        "parties": {"原告甲": "applicant", "某局": "respondent"}, "facts": {"outcome": "uphold"}}  # fmt: skip
JOINT = [{"id": "某局", "role": "original"}, {"id": "市政府", "role": "reconsideration"}]


def linked() -> Case:
    """A suit after a reconsideration that upheld the act."""
    case = c.new(reconsideration=TOLD)
    case.do("register_case", "2024-03-04", **c.suit(defendants=JOINT, reconsideration_case=TOLD["number"]))
    return case


def test_the_reconsideration_is_told_of_the_suit_and_the_two_are_tied() -> None:
    case = c.new(reconsideration=TOLD)
    allowed = case.do(
        "register_case", "2024-03-04", **c.suit(defendants=JOINT, reconsideration_case=TOLD["number"])
    )
    (told,) = allowed.follow_ups
    assert (told.case, told.line, told.back, told.command.action, told.command.party) == (
        "7", "reconsideration", "litigation_case", "record_lawsuit", "原告甲"
    )  # fmt: skip
    assert told.command.data == {
        "court": "广州铁路运输法院",
        "court_case_no": c.NO,
        "filed_on": D("2024-03-01"),
    }
    assert case.view.links == (("register_case", TOLD["number"]),)
    assert case.view.outcomes["proper_defendant"].outcome == "both"


def test_the_linked_reconsideration_says_who_must_be_sued() -> None:
    refused = c.new(reconsideration=TOLD).try_("register_case", "2024-03-04",
                                               **c.suit(defendants=[JOINT[0]], reconsideration_case=TOLD["number"]))  # fmt: skip
    assert codes(refused) == ["reconsideration_organ_missing"]


def test_a_plaintiff_the_reconsideration_does_not_know_is_not_named_to_it() -> None:
    case = c.new(reconsideration=TOLD | {"parties": {}})
    allowed = case.do(
        "register_case", "2024-03-04", **c.suit(defendants=JOINT, reconsideration_case=TOLD["number"])
    )
    assert allowed.follow_ups[0].command.party is None


def test_the_reconsideration_is_told_the_result_when_effectiveness_is_noted() -> None:
    case = linked()
    case.do("assign", "2024-03-05", lead_organ="某局", handlers=["甲"])
    for defendant in ("某局", "市政府"):
        case.do("file_answer", "2024-03-18", party=defendant, evidence=["证据一"])
    case.do("set_hearing", "2024-05-06", hearing_at="2024-05-15T09:30")
    case.do("record_hearing", "2024-05-15", **c.came())
    case.do(
        "serve_judgment",
        "2024-08-01",
        services=dict.fromkeys(("某局", "市政府", "原告甲"), "2024-08-01"),
        result="revoked",
    )
    told = note(case.view, Event(90, "become_effective", D("2024-08-19"), party="某局")).follow_ups
    assert told == () or told[0].command.action == "record_court_result"
    came = advance(case.view, D("2024-08-19")).effects[-1]
    (result,) = note(case.view, Event(90, "become_effective", D("2024-08-19"), party=came.subject)).follow_ups
    assert (result.case, result.command.on) == ("7", D("2024-08-17"))
    assert (result.command.action, result.command.data) == (
        "record_court_result",
        {"final_on": D("2024-08-17"), "lost": True},
    )
    case.do("receive_appeal", "2024-08-15", party="原告甲", filed_on="2024-08-12")
    allowed = case.do(
        "serve_second", "2024-11-01", result="changed", new_result="dismissed", served_on="2024-11-01"
    )
    assert allowed.follow_ups[0].command.data["lost"] is False
    assert allowed.follow_ups[0].command.on == D("2024-11-01")


def test_what_is_decided_anew_in_retrial_is_told_anew() -> None:
    case = c.judged()
    case.view = case.view.copy()
    case.view.facts = {**case.view.facts, "reconsideration_id": "7"}
    case.do("receive_retrial", "2024-12-02", received_on="2024-12-02")
    case.do("serve_retrial", "2025-03-03", result="appealable", new_result="dismissed", served_on="2025-03-03",
            services={"某局": "2025-03-03", "原告甲": "2025-03-03"})  # fmt: skip
    view = advance(case.view, D("2025-04-01"))
    assert [e.on for e in view.effects if e.code == "become_effective"] == [D("2024-08-21"), D("2025-03-19")]
    came = view.effects[-1]
    (told,) = note(case.view, Event(90, "become_effective", D("2025-04-01"), party=came.subject)).follow_ups
    assert told.command.data == {"final_on": D("2025-03-19"), "lost": False}


def test_a_suit_of_its_own_tells_nobody() -> None:
    assert c.new().do("register_case", "2024-03-04", **c.suit()).follow_ups == ()
    case = c.appealing()
    assert case.do("serve_second", "2024-11-01", result="upheld", served_on="2024-11-01").follow_ups == ()


# ------------------------------------------------------------------------------ claims and authority


def test_a_suit_and_a_place_in_court_are_taken_once() -> None:
    allowed = c.new().do("register_case", "2024-03-04", **c.suit())
    assert allowed.claims == (ClaimRequest("court_instance", (c.NO, "first")),)
    appealed = c.judged().do(
        "receive_appeal", "2024-08-15", party="原告甲", filed_on="2024-08-09", court_case_no=c.SECOND_NO
    )
    assert appealed.claims == (ClaimRequest("court_instance", (c.SECOND_NO, "second")),)
    case = c.summoned()
    first = case.do("nominate_officer", "2024-05-08", officer="局长", post="局长", kind="principal")
    assert first.claims == (ClaimRequest("officer_time", ("局长", "2024-05-15T09:30:00")),)
    other = case.do("replace_officer", "2024-05-09", officer="副局长", post="副局长", kind="deputy")
    assert set(other.claims) == {
        ClaimRequest("officer_time", ("副局长", "2024-05-15T09:30:00")), ClaimRequest("officer_time", ("局长", "2024-05-15T09:30:00"), release=True)
    }  # fmt: skip


@pytest.mark.parametrize(
    ("role", "moment", "allowed"),
    [
        ("lead_organ", "propose", True),
        ("lead_organ", "sign", False),
        ("organ_head", "sign", True),
        ("mediator", "propose", False),
    ],
)
def test_the_answer_is_proposed_by_the_lead_organ_and_signed_by_the_head(
    role: str, moment: str, allowed: bool
) -> None:
    decision = c.answering().try_(
        "file_answer", "2024-03-18", ctx=acting(role, moment=moment), evidence=["证据一"]
    )
    assert bool(decision) is allowed


def test_without_the_day_of_service_no_period_is_made_up() -> None:
    assert c.watched(served_on=None).view.clocks == {}


# ------------------------------------------------------------------------------ what an answer issues


@pytest.mark.parametrize(
    ("make", "said", "issued"),
    [
        (c.answering, {"evidence": ["证据一"]}, ("answer", "evidence_list")),
        (c.extension_asked, {"evidence": []}, ("answer",)),
        (c.extension_asked, {}, ("answer",)),
        (c.answering, {"evidence": ["证据一"], "written_answer": False}, ("evidence_list",)),
        (c.extension_asked, {"written_answer": False}, ()),
    ],
)
def test_an_answer_issues_a_list_only_of_evidence_that_is_handed_in(
    make: c.Make, said: dict[str, Any], issued: tuple[str, ...]
) -> None:
    """Evidence for which more time was given is listed later (APL 36(1))."""
    case = make()
    case.do("file_answer", "2024-03-18", party="某局", **said)
    event = case.view.last("file_answer")
    action = LITIGATION.action("file_answer")
    assert event is not None
    assert action is not None
    assert resolve(action.issues, case.view, event) == issued
