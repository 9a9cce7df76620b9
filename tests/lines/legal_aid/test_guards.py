"""Every guard, allowed and refused: what a window, an agency, a firm and the bureau may not do, and why."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.kernel import LATER, D, acting, command, done
from tests.lines import golden
from tests.lines.legal_aid import cases, test_refusals
from tests.lines.legal_aid.cases import LAWYER, AidCase, application, env, notice, refusals
from yifa.engine import decide
from yifa.language.acts import Command, Context, Refused
from yifa.language.messages import render

Setup = Callable[[], AidCase]
CHILD = {**LAWYER, "knows_minors": True}


def _new() -> AidCase:
    return AidCase()


def _case(setup: Callable[..., AidCase], **changes: Any) -> Setup:
    return lambda: setup(**changes)


def _done(setup: Setup, *steps: tuple[str, str, dict[str, Any]]) -> Setup:
    def made() -> AidCase:
        case = setup()
        for action, day, data in steps:
            case.do(action, day, **data)
        return case

    return made


ASKED = _done(_case(cases.received), ("ask_supplement", "2023-10-10", {"items": ["identity"], "term": 10}))
BACK = _done(ASKED, ("supplement_in", "2023-10-12", {}))
ELSEWHERE = _case(cases.received, receiving_agency="番禺", competent_agency="南沙")
IN_AUGUST = _done(
    _new, ("receive", "2023-08-30", application(received_at="2023-08-30")), ("begin_review", "2023-08-30", {})
)
OBJECTED = _done(cases.refused, ("object", "2023-10-20", {}))
COMMITTED = _case(cases.granted, mode="commitment", situation="hardship")
DRAWN = _done(COMMITTED, ("draw_commitment", "2023-11-01", {"seed": "20231101"}))
REQUESTED = _done(_new, ("duty_request", "2023-10-09", {"notice_received_on": "2023-10-09"}))
POOR = {"groups": None, "household": [{"relation": "applicant", "income": 3000}]}
RICH = {"groups": None, "household": [{"relation": "applicant", "income": 4000}]}

# title, case, act, day, data → codes of the refusal (none: allowed)
TABLE: list[tuple[str, Setup, str, str, dict[str, Any], list[str]]] = [
    ("an application", _new, "receive", "2023-10-09", application(), []),
    ("registered twice", _case(cases.received), "receive", "2023-10-10", application(received_at="2023-10-10"), ["received_already"]),
    ("forwarded, then registered", _done(_new, ("forward", "2023-10-08", {"applied_at": "2023-10-08"})), "receive",
     "2023-10-09", application(), []),
    ("notified defence applied for", _new, "receive", "2023-10-09", application(kind="crim_defence_notified"), ["not_by_application"]),
    ("consultation applied for", _new, "receive", "2023-10-09", application(kind="consult"), ["not_by_application"]),
    ("matter unnamed", _new, "receive", "2023-10-09", application(matter_code=None), ["matter_missing"]),
    ("kind and stage unnamed", _new, "receive", "2023-10-09", application(kind=None, stage=None), ["field_missing", "field_missing"]),
    ("victim's representation", _new, "receive", "2023-10-09", application(kind="crim_rep", matter_code=None), []),
    ("received tomorrow", _new, "receive", "2023-10-09", application(received_at="2031-01-01"), ["received_in_future"]),
    ("first window later", _new, "receive", "2023-10-09", application(first_received_on="2023-10-10"), ["first_after_received"]),
    ("first window the same day", _new, "receive", "2023-10-09", application(first_received_on="2023-10-09"), []),
    ("wrong check digit", _new, "receive", "2023-10-09", application(id_no="110105194912310021"), ["id_number_invalid"]),
    ("right check digit", _new, "receive", "2023-10-09", application(id_no="11010519491231002X"), []),
    ("a foreigner's passport", _new, "receive", "2023-10-09", application(id_no="E123", id_type="other"), []),
    ("a minor of 18", _new, "receive", "2023-10-09", application(groups=["minor"], birth_date="2005-10-09"), ["not_a_minor"]),
    ("a minor of 17", _new, "receive", "2023-10-09", application(groups=["minor"], birth_date="2005-10-10"), []),
    ("elderly of 59", _new, "receive", "2023-10-09", application(groups=["elderly"], birth_date="1963-10-10"), ["not_elderly"]),
    ("elderly of 60", _new, "receive", "2023-10-09", application(groups=["elderly"], birth_date="1963-10-09"), []),
    ("incapable alone", _new, "receive", "2023-10-09", application(capacity="none"), ["agent_missing"]),
    ("incapable with agent", _new, "receive", "2023-10-09", application(capacity="none", agent="母", agent_ground="statutory"), []),
    ("agent the wrongdoer", _new, "receive", "2023-10-09",
     application(capacity="limited", agent="父", agent_ground="statutory", agent_is_wrongdoer=True), ["agent_is_wrongdoer"]),
    ("detained, entrusted", _new, "receive", "2023-10-09", application(detained=True, agent="某", agent_ground="entrusted"),
     ["agent_of_detained"]),
    ("detained, relative", _new, "receive", "2023-10-09", application(detained=True, agent="某", agent_ground="relative"), []),
    ("means asked of a victim", _new, "receive", "2023-10-09",
     application(no_condition_ground="domestic_violence", household=[{"income": 1}]), ["means_not_asked"]),
    ("certificate after PR", _new, "receive", "2023-10-09", application(hardship_certificate_required=True),
     ["certificate_required"]),
    ("certificate before PR", _new, "receive", "2023-08-31",
     application(hardship_certificate_required=True, received_at="2023-08-31"), []),
    ("certificate on the first day of PR", _new, "receive", "2023-09-01",
     application(hardship_certificate_required=True, received_at="2023-09-01"), ["certificate_required"]),
    ("commitment without situation", _new, "receive", "2023-10-09", application(mode="commitment"), ["situation_missing"]),
    ("commitment", _new, "receive", "2023-10-09", application(mode="commitment", situation="hardship"), []),
    ("a fee", _new, "receive", "2023-10-09", application(fee="50"), ["fee_charged"]),
    ("unknown field", _new, "receive", "2023-10-09", application(colour="red"), ["field_unknown"]),
    ("forwarded before", _new, "forward", "2024-02-10",
     {"applied_at": "2024-02-09T16:00", "forwarded_at": "2024-02-09T15:59"}, ["forwarded_before_applied"]),
    ("forwarded at once", _new, "forward", "2024-02-10",
     {"applied_at": "2024-02-09T16:00", "forwarded_at": "2024-02-09T16:00"}, []),
    ("forwarded", _new, "forward", "2024-02-10", {"applied_at": "2024-02-09T16:00", "forwarded_at": "2024-02-10T15:00"}, []),
    # city-wide files
    ("decided at the wrong window", ELSEWHERE, "grant", "2023-10-12", {}, ["transfer_first"]),
    ("refused at the wrong window", ELSEWHERE, "refuse", "2023-10-12", {"rule": "E6", "reasons": "不符合标准"},
     ["transfer_first", "refusal_without_ground"]),
    ("asked at the wrong window", ELSEWHERE, "ask_supplement", "2023-10-10", {"items": ["identity"], "term": 10}, ["transfer_first"]),
    ("transferred", ELSEWHERE, "transfer", "2023-10-10", {"target": "南沙"}, []),
    ("transferred to itself", ELSEWHERE, "transfer", "2023-10-10", {"target": "番禺"}, ["transfer_to_itself"]),
    ("told to go elsewhere", _case(cases.received), "transfer", "2023-10-10", {"target": "外地机构", "how": "tell"}, []),
    # examination
    ("asked twice", BACK, "ask_supplement", "2023-10-13", {"items": ["identity"], "term": 10}, ["supplement_again"]),
    ("asked for a certificate", _case(cases.received), "ask_supplement", "2023-10-10", {"items": ["hardship_certificate"], "term": 10},
     ["certificate_required"]),
    ("asked for a certificate on the first day of PR", IN_AUGUST, "ask_supplement", "2023-09-01",
     {"items": ["hardship_certificate"], "term": 10}, ["certificate_required"]),
    ("asked for a certificate before PR", IN_AUGUST, "ask_supplement", "2023-08-31",
     {"items": ["hardship_certificate"], "term": 10}, []),
    ("asked a victim for means", _case(cases.received, no_condition_ground="domestic_violence"), "ask_supplement",
     "2023-10-10", {"items": ["means_statement"], "term": 10}, ["means_not_asked"]),
    ("asked without a term", _case(cases.received), "ask_supplement", "2023-10-10", {"items": ["identity"]}, ["field_missing"]),
    ("served before the notice", _case(cases.received), "ask_supplement", "2023-10-10",
     {"items": ["identity"], "term": 10, "served_on": "2023-10-09"}, ["served_before_notice"]),
    ("a term that ends at once", _case(cases.received), "ask_supplement", "2023-10-10",
     {"items": ["identity"], "term": 10, "served_on": "2023-10-12", "due_on": "2023-10-12"}, ["new_due_not_later"]),
    ("a term of one day", _case(cases.received), "ask_supplement", "2023-10-10",
     {"items": ["identity"], "term": 10, "served_on": "2023-10-12", "due_on": "2023-10-13"}, []),
    ("extended", ASKED, "extend_supplement", "2023-10-18", {"new_due": "2023-10-30"}, []),
    ("extended to an earlier day", ASKED, "extend_supplement", "2023-10-18", {"new_due": "2023-10-19"}, ["new_due_not_later"]),
    ("extended to the same day", ASKED, "extend_supplement", "2023-10-18", {"new_due": "2023-10-20"}, ["new_due_not_later"]),
    ("extended by a day", ASKED, "extend_supplement", "2023-10-18", {"new_due": "2023-10-21"}, []),
    ("extended twice", _done(ASKED, ("extend_supplement", "2023-10-18", {"new_due": "2023-10-30"})), "extend_supplement",
     "2023-10-19", {"new_due": "2023-11-30"}, ["extended_already"]),
    ("supplied after withdrawal", ASKED, "supplement_in", "2023-10-24", {}, ["wrong_stage"]),
    # aid first
    ("six days left", _case(cases.received), "aid_first", "2023-10-10", {"limitation_date": "2023-10-16"}, []),
    ("seven days left", _case(cases.received), "aid_first", "2023-10-10", {"limitation_date": "2023-10-17"}, ["aid_first_too_early"]),
    ("limitation over", _case(cases.received), "aid_first", "2023-10-10", {"limitation_date": "2023-10-09"}, ["limitation_over"]),
    ("the last day of the limitation", _case(cases.received), "aid_first", "2023-10-10", {"limitation_date": "2023-10-10"}, []),
    ("limitation unknown", _case(cases.received), "aid_first", "2023-10-10", {}, ["limitation_missing"]),
    ("preservation", _case(cases.received), "aid_first", "2023-10-10", {"ground": "preservation"}, []),
    ("aid first after the grant", cases.granted, "aid_first", "2023-10-13", {"ground": "preservation"}, ["aid_first_after_decision"]),
    ("aid first, lawyer retained", _case(cases.received, other_aid=True), "aid_first", "2023-10-10", {"ground": "preservation"},
     ["already_retained"]),
    ("refused after aid first", _done(cases.aid_first, ("begin_review", "2023-10-11", {})), "refuse", "2023-10-12",
     {"rule": "E6", "reasons": "不符合标准", "other_aid": True}, ["refusal_rule_differs", "terminate_instead"]),
    ("assigned in aid first", cases.aid_first, "assign", "2023-10-10", {"lawyer": LAWYER}, []),
    ("assigned before the decision", _case(cases.received), "assign", "2023-10-10", {"lawyer": LAWYER}, ["not_granted_yet"]),
    ("met before the assignment", _case(cases.received), "first_meeting", "2023-10-10", {}, ["nobody_assigned"]),
    # decision
    ("granted", _case(cases.received), "grant", "2023-10-12", {}, []),
    ("granted before receipt", _case(cases.received), "grant", "2023-10-12", {"decided_on": "2023-10-08"}, ["decision_before_receipt"]),
    ("granted at once", _case(cases.received), "grant", "2023-10-12", {"decided_on": "2023-10-09"}, []),
    ("granted to one with a lawyer", _case(cases.received, other_aid=True), "grant", "2023-10-12", {}, ["already_retained"]),
    ("granted without proof", _case(cases.received, mode=None), "grant", "2023-10-12", {}, ["proof_missing"]),
    ("hardship granted without a statement", _case(cases.received, mode=None, **POOR), "grant", "2023-10-12", {}, ["proof_missing"]),
    ("granted outside the list", _case(cases.received, matter_code="divorce", groups=None), "grant", "2023-10-12", {}, ["not_eligible"]),
    ("granted to the rich", _case(cases.received, **RICH), "grant", "2023-10-12", {}, ["not_eligible"]),
    ("granted to the poor", _case(cases.received, **POOR), "grant", "2023-10-12", {}, []),
    ("retrial not ordered", _case(cases.received, matter_code="retrial", **POOR), "grant", "2023-10-12", {}, ["not_eligible"]),
    ("retrial ordered", _case(cases.received, matter_code="retrial", retrial_ordered=True, **POOR), "grant", "2023-10-12", {}, []),
    ("other reason, head silent", _case(cases.received, kind="crim_defence_applied", matter_code=None, other_reason="家属在外地", **RICH),
     "grant", "2023-10-12", {}, ["head_must_decide"]),
    ("other reason, head decides", _case(cases.received, kind="crim_defence_applied", matter_code=None, other_reason="家属在外地", **RICH),
     "grant", "2023-10-12", {"head_decides": "准予，理由充分"}, []),
    ("refused rightly", _case(cases.received, **RICH), "refuse", "2023-10-12", {"rule": "E6", "reasons": "收入高于标准"}, []),
    ("refused by another rule", _case(cases.received, **RICH), "refuse", "2023-10-12", {"rule": "E2", "reasons": "不属于范围"},
     ["refusal_rule_differs"]),
    ("refused without reasons", _case(cases.received, **RICH), "refuse", "2023-10-12", {"rule": "E6"}, ["field_missing"]),
    ("refused the entitled", _case(cases.received), "refuse", "2023-10-12", {"rule": "E6", "reasons": "收入高于标准"},
     ["refusal_without_ground"]),
    ("head refuses other reason", _case(cases.received, kind="crim_defence_applied", matter_code=None, other_reason="家属在外地", **RICH),
     "refuse", "2023-10-12", {"rule": "E6", "reasons": "理由不充分"}, []),
    ("withdrawn after the grant", cases.granted, "withdraw", "2023-10-13", {}, ["wrong_stage"]),
    # notice
    ("a notice", _new, "notify_in", "2023-10-09", notice(), []),
    ("a notice for one with a lawyer", _new, "notify_in", "2023-10-09", notice(other_aid=True), ["already_retained"]),
    ("a minor of 18 at trial", _new, "notify_in", "2023-10-09", notice(birth_date="2005-10-09"), ["not_a_minor"]),
    ("a minor of 17 at trial", _new, "notify_in", "2023-10-09", notice(birth_date="2005-10-10"), []),
    ("an unknown ground", _new, "notify_in", "2023-10-09", notice(notice_ground="poor"), ["field_invalid"]),
    # assignment
    ("nobody named", cases.granted, "assign", "2023-10-13", {"person": "L-1"}, ["lawyer_unknown"]),
    ("firm declines", cases.granted, "assign", "2023-10-13", {"lawyer": LAWYER, "firm_accepts": False}, ["firm_declines"]),
    ("assigned to the lawyer of the other side", cases.granted, "assign", "2023-10-13", {"lawyer": {**LAWYER, "other_side": True}},
     ["assignment_check"]),
    ("inside by a stranger", cases.granted, "arrange_inside", "2023-10-13", {"lawyer": LAWYER}, ["staff_unqualified"]),
    ("inside, unqualified", cases.granted, "arrange_inside", "2023-10-13",
     {"lawyer": {**LAWYER, "role": "staff", "staff_qualified": False}}, ["assignment_check"]),
    ("inside", cases.granted, "arrange_inside", "2023-10-13", {"lawyer": {**LAWYER, "role": "staff"}}, []),
    ("agreement with a fee", cases.assigned, "sign_agreement", "2023-10-14", {"fee": "100"}, ["fee_charged"]),
    ("changed to a suspended lawyer", cases.handling, "change", "2023-11-01", {"lawyer": {**LAWYER, "suspended": True}},
     ["assignment_check"]),
    ("changed to nobody", cases.handling, "change", "2023-11-01", {}, ["lawyer_unknown"]),
    ("not changed, no reason", cases.handling, "change", "2023-11-01", {"granted": False}, ["change_reason_missing"]),
    ("not changed", cases.handling, "change", "2023-11-01", {"granted": False, "reason": "理由不成立"}, []),
    ("lawyer refused once", cases.defended, "refuse_lawyer", "2023-10-20", {}, []),
    ("lawyer refused twice", _done(cases.defended, ("refuse_lawyer", "2023-10-20", {})), "refuse_lawyer", "2023-10-25", {},
     ["lawyer_refused_again"]),
    ("refused again after a no", _done(cases.defended, ("refuse_lawyer", "2023-10-20", {"allowed": False})), "refuse_lawyer",
     "2023-10-25", {}, []),
    ("no good reason", cases.defended, "refuse_lawyer", "2023-10-20", {"good_reason": False}, ["no_good_reason"]),
    # termination
    ("retained own lawyer", cases.handling, "terminate", "2023-11-01", {"ground": 6}, []),
    ("no such ground", cases.handling, "terminate", "2023-11-01", {"ground": 9}, ["field_invalid"]),
    ("asked without reason", cases.handling, "terminate", "2023-11-01", {"ground": 7}, ["termination_no_reason"]),
    ("asked with reason", cases.handling, "terminate", "2023-11-01", {"ground": 7, "good_reason": True}, []),
    ("asked in notified defence", cases.defended, "terminate", "2023-11-01", {"ground": 7, "good_reason": True}, ["organ_must_examine"]),
    ("organ examined", cases.defended, "terminate", "2023-11-01", {"ground": 7, "good_reason": True, "organ_examined": True}, []),
    ("nothing to terminate", _case(cases.received), "terminate", "2023-10-11", {"ground": 5}, ["nothing_to_terminate"]),
    ("aid first terminated", cases.aid_first, "terminate", "2023-10-11", {"ground": 8}, []),
    # objection
    ("objected", cases.refused, "object", "2023-10-20", {}, []),
    ("objected to a grant", cases.granted, "object", "2023-10-20", {}, ["nothing_to_object"]),
    ("objected twice", _done(OBJECTED, ("objection_decide", "2023-10-24", {"result": "maintain"})), "object", "2023-11-20", {},
     ["objected_already"]),
    ("corrected unordered", cases.refused, "resume_after_objection", "2023-10-20", {}, ["no_correction_ordered"]),
    ("corrected after a no", _done(OBJECTED, ("objection_decide", "2023-10-24", {"result": "maintain"})),
     "resume_after_objection", "2023-10-25", {}, ["no_correction_ordered"]),
    ("corrected", _done(OBJECTED, ("objection_decide", "2023-10-24", {"result": "correct"})), "resume_after_objection",
     "2023-10-25", {}, []),
    ("objected after the file came in", _done(cases.terminated, ("file_in", "2023-11-20", {})), "object", "2023-12-20", {}, []),
    ("objected to an ordinary end", cases.paid, "object", "2023-12-28", {}, ["nothing_to_object"]),
    ("corrected twice", _done(OBJECTED, ("objection_decide", "2023-10-24", {"result": "correct"}),
                              ("resume_after_objection", "2023-10-25", {})), "resume_after_objection", "2023-10-26", {}, ["wrong_stage", "no_correction_ordered"]),
    # closing
    ("ended tomorrow", cases.handling, "end", "2023-12-01", {"ended_on": "2023-12-02"}, ["ended_in_future"]),
    ("a gift", cases.handling, "end", "2023-12-01", {"fee": "1"}, ["fee_charged"]),
    ("file of work never done", _done(cases.granted, ("terminate", "2023-10-20", {"ground": 6})), "file_in", "2023-10-21", {},
     ["no_work_done"]),
    ("file after termination", cases.terminated, "file_in", "2023-11-20", {}, []),
    ("incomplete file", _done(cases.ended, ("file_in", "2023-12-05", {})), "file_accept", "2023-12-06",
     {"missing": ["判决书"]}, ["file_incomplete"]),
    ("returned for nothing", _done(cases.ended, ("file_in", "2023-12-05", {})), "file_return_back", "2023-12-06", {},
     ["missing_unnamed"]),
    ("paid", cases.accepted, "pay", "2023-12-25", {"amount": "1800"}, []),
    ("paid too much", cases.accepted, "pay", "2023-12-25", {"amount": "2000"}, ["amount_differs"]),
    ("paid with a factor", cases.accepted, "pay", "2023-12-25", {"amount": "2160", "factor": "1.2"}, []),
    ("a part, not terminated", cases.accepted, "pay", "2023-12-25", {"amount": "900", "share": "0.5"}, ["share_only_if_terminated"]),
    ("paid for staff", cases.accepted, "pay", "2023-12-25", {"amount": "1800", "agency_staff": True}, ["no_subsidy_for_staff"]),
    ("row not loaded", _case(cases.accepted, kind="civil"), "pay", "2023-12-25", {"amount": "1800"}, ["table_row_missing"]),
    ("paid twice", cases.paid, "pay", "2023-12-26", {"amount": "1800"}, ["wrong_stage", "paid_already"]),
    ("archived unpaid", cases.accepted, "archive", "2023-12-25", {}, ["not_paid_yet"]),
    ("archived", cases.paid, "archive", "2023-12-28", {}, []),
    ("archived, never assigned", _done(cases.granted, ("terminate", "2023-10-20", {"ground": 6})), "archive", "2023-10-21", {}, []),
    ("assessed", cases.paid, "assess", "2024-01-10", {"scores": [90, 85], "assessors": ["A", "B"]}, []),
    ("assessed by one", cases.paid, "assess", "2024-01-10", {"scores": [90, 85], "assessors": ["A", "A"]}, ["two_assessors"]),
    ("scored by two of three", cases.paid, "assess", "2024-01-10", {"scores": [90, 85], "assessors": ["A", "B", "C"]}, ["two_assessors"]),
    ("a score short of the bottom", cases.paid, "assess", "2024-01-10", {"scores": [0, -1], "assessors": ["A", "B"]}, ["score_out_of_range"]),
    ("top and bottom of the scale", cases.paid, "assess", "2024-01-10", {"scores": [0, 100, 50], "assessors": ["A", "B", "C"]}, []),
    ("assessed far apart", cases.paid, "assess", "2024-01-10", {"scores": [90, 79], "assessors": ["A", "B"]}, ["third_assessor"]),
    ("assessed by three", cases.paid, "assess", "2024-01-10", {"scores": [90, 79, 85], "assessors": ["A", "B", "C"]}, []),
    ("assessed beyond 100", cases.paid, "assess", "2024-01-10", {"scores": [101, 100], "assessors": ["A", "B"]}, ["score_out_of_range"]),
    ("assessed by oneself", cases.paid, "assess", "2024-01-10", {"scores": [90, 85], "assessors": ["A", "L-1"]}, ["assessor_interested"]),
    # commitments
    ("drawn without commitment", cases.granted, "draw_commitment", "2023-11-01", {}, ["no_commitment"]),
    ("drawn", COMMITTED, "draw_commitment", "2023-11-01", {}, []),
    ("checked undrawn", COMMITTED, "commit_check", "2023-11-10", {"result": "true"}, ["not_drawn"]),
    ("checked", DRAWN, "commit_check", "2023-11-10", {"result": "honest_mistake"}, []),
    ("recovered without fraud", cases.terminated, "recover", "2023-11-10", {"amount": "1800", "fine": "100"}, ["no_fraud_found"]),
    ("recovered", _done(DRAWN, ("terminate", "2023-11-10", {"ground": 1})), "recover", "2023-11-11", {"amount": "1800", "fine": "3000"}, []),
    ("fined too much", _done(DRAWN, ("terminate", "2023-11-10", {"ground": 1})), "recover", "2023-11-11",
     {"amount": "1800", "fine": "3000.01"}, ["fine_too_high"]),
    ("recovered without fine", _done(DRAWN, ("terminate", "2023-11-10", {"ground": 1})), "recover", "2023-11-11",
     {"amount": "1800"}, ["field_missing"]),
    ("recovered twice", _done(DRAWN, ("terminate", "2023-11-10", {"ground": 1}),
                              ("recover", "2023-11-11", {"amount": "1800", "fine": "100"})),
     "recover", "2023-11-12", {"amount": "1800", "fine": "100"}, ["recovered_already"]),
    # duty lawyers, consultation
    ("help asked with a defender", _new, "duty_request", "2023-10-09", {"has_defender": True}, ["has_defender"]),
    ("help given with a defender", REQUESTED, "duty_help", "2023-10-09", {"has_defender": True, "content": ["consultation"]}, ["has_defender"]),
    ("help without content", REQUESTED, "duty_help", "2023-10-09", {}, ["help_without_content"]),
    ("help", REQUESTED, "duty_help", "2023-10-09", {"content": ["plea_statement"]}, []),
    ("help nobody asked for", _new, "duty_help", "2023-10-09", {"content": ["plea_statement"]}, ["wrong_stage"]),
    ("right not told", _new, "consult", "2023-10-09", {"topic": "劳动争议", "told_right": False}, ["right_not_told"]),
    ("consulted", _new, "consult", "2023-10-09", {"topic": "劳动争议", "persons": 5}, []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("setup", "action", "day", "data", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_allowed_or_refused(
    setup: Setup, action: str, day: str, data: dict[str, Any], expected: list[str]
) -> None:
    case = setup()
    decision = case.try_(action, day, **data)
    assert refusals(decision) == expected
    if isinstance(decision, Refused):
        for problem in decision.problems:
            assert "{" not in render(problem, case.view.line.messages)


# Codes refused or flagged outside the table.
TRIED_APART = {
    "decided_at_window", "commitment_broken", "standard_missing", "ground_not_in_regulation", "two_places",
    "notice_incomplete", "assignment_weigh", "change_evidence_missing",
}  # fmt: skip


def test_every_guard_is_in_the_table() -> None:
    """Each code of the catalogue is refused somewhere in this folder's tables."""
    expected = {code for row in TABLE for code in row[5]}
    assert set(cases.LEGAL_AID.messages) - expected == TRIED_APART


def test_the_tables_reach_every_article_listed() -> None:
    rows = [(setup, action, day, data) for _, setup, action, day, data, _ in TABLE]
    rows += [(make, action, day, data) for make, action, day, data, _ in test_refusals.TABLE]
    assert not golden.unreached(
        cases.GOLDEN, (make().try_(action, day, **data) for make, action, day, data in rows), TRIED_APART
    )


# --------------------------------------------------------------------- what the registers and the city say


def test_an_unrepaired_broken_commitment_closes_the_way_of_commitment() -> None:
    asked = command("receive", "2023-10-09", **application(mode="commitment", situation="hardship"))
    view = AidCase().view
    assert refusals(decide(view, asked, {"broken_commitments": ("2023-5",)}, LATER)) == ["commitment_broken"]
    assert decide(view, asked, {"broken_commitments": ()}, LATER)


@pytest.mark.parametrize(("mode", "expected"), [("transfer", ["transfer_first"]), ("decide", [])])
def test_the_city_chooses_who_decides_city_wide_files(mode: str, expected: list[str]) -> None:
    case = AidCase(env(citywide_mode=mode))
    case.do("receive", "2023-10-09", **application(receiving_agency="番禺", competent_agency="南沙"))
    assert refusals(case.try_("grant", "2023-10-12")) == expected
    transfer = refusals(case.try_("transfer", "2023-10-10", target="南沙"))
    assert transfer == ([] if mode == "transfer" else ["decided_at_window"])


def test_hardship_is_not_judged_without_a_standard() -> None:
    case = AidCase(env(hardship_standard=None))
    case.do("receive", "2023-10-09", **application(**POOR))
    assert refusals(case.try_("grant", "2023-10-12")) == ["standard_missing"]
    assert refusals(case.try_("refuse", "2023-10-12", rule="E6", reasons="不符合标准")) == [
        "standard_missing"
    ]


@pytest.mark.parametrize(
    ("ground", "day", "expected"),
    [(1, "2021-12-31", ["ground_not_in_regulation"]), (1, "2022-01-01", []), (4, "2021-12-31", []), (8, "2021-12-31",
                                                                                                ["ground_not_in_regulation"])],
)  # fmt: skip
def test_grounds_of_termination_follow_the_law_of_the_day(ground: int, day: str, expected: list[str]) -> None:
    case = AidCase()
    case.do("notify_in", "2021-11-01", **notice(received_on="2021-11-01"))
    case.do("assign", "2021-11-03", lawyer=CHILD)
    assert refusals(case.try_("terminate", day, ground=ground)) == expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], []),
        ([{"place": "看守所", "day": D("2023-10-11"), "half": "am"}], ["two_places"]),
        ([{"place": "看守所", "day": "2023-10-11", "half": "am"}], ["two_places"]),
        ([{"place": "看守所", "day": D("2023-10-11"), "half": "pm"}], []),
        ([{"place": "法院", "day": D("2023-10-11"), "half": "am"}], []),
        # a clash among others on another half-day is not this lawyer's next sitting
        ([{"place": place, "day": D("2023-10-11"), "half": "pm"} for place in ("看守所", "检察院")], []),
    ],
)
def test_a_duty_lawyer_sits_in_one_place(held: list[dict[str, Any]], expected: list[str]) -> None:
    case = AidCase()
    case.do("duty_request", "2023-10-09", notice_received_on="2023-10-09")
    where = {"lawyer": "D-1", "place": "法院", "day": "2023-10-11", "half": "am"}
    sitting = Command("duty_arrange", D("2023-10-10"), where)
    assert refusals(decide(case.view, sitting, {"duty_roster": held}, LATER)) == expected


@pytest.mark.parametrize(("scores", "expected"), [([90, 80], []), ([90, 79], ["third_assessor"])])
def test_assessors_lie_far_apart_beyond_ten_points_unless_the_city_says_otherwise(
    scores: list[int], expected: list[str]
) -> None:
    case = cases.paid()
    case.view.env = env(review_gap=None)
    assert refusals(case.try_("assess", "2024-01-10", scores=scores, assessors=["A", "B"])) == expected


def test_a_refusal_says_who_is_competent_and_which_rule_failed() -> None:
    (elsewhere,) = golden.flagged(ELSEWHERE().try_("grant", "2023-10-12"))
    assert elsewhere.params["agency"] == "南沙"
    (rich,) = golden.flagged(cases.received(**RICH).try_("grant", "2023-10-12"))
    assert rich.params == {"rule": "E6", "title": "不符合经济困难条件"}


def test_what_is_only_flagged() -> None:
    incomplete = AidCase().do("notify_in", "2023-10-09", **notice(cause=None, contact=None))
    assert not refusals(incomplete)  # and the articles are those listed
    assert [w.code for w in incomplete.warnings] == ["notice_incomplete", "notice_incomplete"]
    busy = cases.granted().do("assign", "2023-10-13", lawyer={**LAWYER, "load": 20}, needs_interpreter=True)
    assert [w.params["check"] for w in busy.warnings] == ["A-g", "A-h"]
    bare = cases.handling().do("change_request", "2023-11-01")
    assert [w.code for w in bare.warnings] == ["change_evidence_missing"]
    assert not refusals(busy)
    assert not refusals(bare)


@pytest.mark.parametrize(
    ("role", "action", "allowed"),
    [
        ("agency_head", "grant", True), ("reviewer", "grant", False), ("bureau", "grant", False),
        ("window_clerk", "transfer", True), ("assigner", "transfer", False),
    ],
)  # fmt: skip
def test_the_deciding_person_signs(role: str, action: str, allowed: bool) -> None:
    data = {"target": "南沙"} if action == "transfer" else {}
    decision = cases.received().try_(action, "2023-10-12", ctx=acting(role), **data)
    assert (refusals(decision) == []) is allowed
    assert allowed or refusals(decision) == ["not_authorised"]


def test_a_reviewer_may_propose_what_the_head_decides() -> None:
    asked = command("grant", "2023-10-12")
    assert done(decide(cases.received().view, asked, {}, acting("reviewer", moment="propose")))


def test_nothing_is_dated_in_the_future() -> None:
    soon = Context(today=D("2023-10-11"))
    assert refusals(cases.received().try_("grant", "2023-10-12", ctx=soon)) == ["dated_in_future"]
