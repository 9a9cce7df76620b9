"""More rows: both versions of each rule, and what only one version knows."""

from typing import Any

from tests.kernel import Case
from tests.lines.reconsideration import cases as c
from tests.lines.reconsideration.rows_intake import Row, accept, agents


def silent_from_old() -> Case:
    """A respondent of 2017 who lets ten calendar days pass."""
    case = c.old()
    case.do("send_copy", "2023-03-03", party="某局", served_on="2023-03-03")
    return case


def told(party: str | None, make: Any = c.accepted) -> Case:
    """A hearing notified to one party, or to everybody."""
    case: Case = make()
    day = "2023-03-05" if make is c.old else "2024-03-01"
    on = "2023-03-15" if make is c.old else "2024-03-15"
    case.do("notify_hearing", day, party=party, **c.hearing(hearing_on=on, served_on=day))
    return case


def two_handlers() -> Case:
    case = c.accepted()
    case.do("assign_handler", "2024-02-01", handlers=["甲", "乙"])
    return case


def one_handler() -> Case:
    case = c.accepted()
    case.do("assign_handler", "2024-02-01", handlers=["甲"])
    return case


def mediated_old() -> Case:
    case = c.old()
    case.do("mediate", "2023-03-10", discretionary_or_compensation=True)
    return case


def sued() -> Case:
    case = c.served()
    case.do("record_lawsuit", "2024-03-22", party="申请人甲", filed_on="2024-03-22")
    return case


def performed() -> Case:
    case = c.served()
    case.do("record_performance", "2024-03-20", performed_on="2024-03-20")
    return case


def old_performed() -> Case:
    case = c.old_served()
    case.do("record_performance", "2023-04-03", performed_on="2023-04-03")
    return case


SIX = list("甲乙丙丁戊己")
OLD = "2023-03-01"
NEW = "2024-01-31"
old = lambda **changes: c.application(OLD, **changes)  # noqa: E731
new = lambda **changes: c.application(NEW, **changes)  # noqa: E731
spot = {"type": "on_the_spot_penalty", "made_on": "2024-01-10"}
SIGNED = {"signed_by": list(c.PEOPLE), "sealed_on": "2023-03-12"}

# fmt: off
INTAKE_BY_VERSION: list[Row] = [
    (c.new, "receive_application", OLD, old(), None),
    (c.new, "receive_application", OLD, old(filed_on="2023-03-02"), "received_before_filed"),
    (c.new, "receive_application", OLD, old(known_on="2023-01-01"), "known_before_act"),
    (c.new, "receive_application", OLD, old(act_category=11), None),
    (c.new, "receive_application", OLD, old(act_category=12), "category_unknown"),
    (c.new, "receive_application", NEW, new(act_category=15), None),
    (c.new, "receive_application", NEW, new(act_category=16), "field_invalid"),
    (c.new, "receive_application", OLD, old(channel="via_county"), None),
    (c.new, "receive_application", NEW, new(channel="via_county"), "channel_closed"),
    (c.new, "receive_application", OLD, old(channel="via_organ"), "channel_closed"),
    (c.new, "receive_application", NEW, new(channel="via_organ", act=spot), None),
    (c.new, "receive_application", NEW, new(channel="via_organ"), "forward_not_open"),
    (c.new, "receive_application", NEW, new(channel="internet"), None),
    (c.new, "receive_application", NEW, new(channel="pigeon"), "field_invalid"),
    (c.new, "receive_application", NEW, new(stay_requested=True), "stay_unexplained"),
    (c.new, "receive_application", OLD, old(stay_requested=True), "stay_unexplained"),
    (c.new, "receive_application", NEW, new(stay_requested=True, stay_reason="难以恢复"), None),
    (c.new, "receive_application", NEW, new(respondents=["申请人甲"]), "both_sides"),
    (c.new, "receive_application", OLD, old(representatives=["路人"]), "representative_no_applicant"),
    (c.new, "receive_application", OLD, old(agents=agents(3)), "too_many_agents"),
    (c.new, "receive_application", OLD, old(agents=agents(1, authority_until="2023-02-28")), "authority_expired"),
    (c.new, "receive_application", OLD, old(normative_docs=[{"title": "某规章", "kind": "rule"}]), "attached_not_reviewable"),
    (c.new, "receive_application", OLD, old(normative_docs=[{"title": "某规定", "relied_on": False}]), "attached_not_relied_on"),
    (c.new, "receive_application", NEW, new(normative_docs=["某文件"]), None),
    (c.new, "receive_application", OLD, old(fee=1), "fee_charged"),
    (c.new, "receive_application", NEW, new(applicants=[{"id": "甲", "id_type": "护照", "id_number": "E1"}]), None),
    (c.new, "receive_application", NEW, new(service_address={"city": "测试市", "street": "测试路"}), None),
    (c.new, "receive_application", NEW, new(requests=["order_performance", "administrative_agreement"]), None),
    (c.received, "receive_application", NEW, new(), "case_exists"),
    (c.new, "organ_forward", OLD, {"organ_received_on": OLD, "forwarded_on": OLD}, None),
    (c.supplementing, "serve_supplement", "2024-02-03", {"served_on": "2024-02-03"}, None),
    (c.supplementing, "serve_supplement", "2024-02-03", {"served_on": "2024-02-01"}, "served_before_issued"),
    (lambda: c.received("2023-12-29"), "request_supplement", "2024-01-02", {"items": "身份证明", "issued_on": "2024-01-02"}, None),
    (lambda: c.received("2023-12-28"), "request_supplement", "2023-12-29", {"items": "身份证明", "issued_on": "2023-12-29"}, "supplement_period_missing"),
    (c.old_received, "request_supplement", "2023-03-09", {"items": "身份证明", "issued_on": "2023-03-09", "due_on": "2023-03-20"}, "supplement_late"),
    (c.received, "accept", "2024-02-05", accept(), "dated_ahead"),
    *((c.old_received, "accept", OLD, {"accepted_on": OLD, "conditions_met": [n for n in c.SEVEN if n != m]}, "condition_unmet") for m in c.SEVEN),
    (lambda: c.old_received(known_on="2022-11-01", act={"made_on": "2022-10-01"}), "accept", OLD, {"accepted_on": OLD, "conditions_met": c.SEVEN}, "filed_too_late"),
    (c.old_received, "refuse", "2023-03-02", {"condition": 6, "reason": "不属于本机关"}, "competent_organ_missing"),
    (c.old, "withdraw", "2023-03-10", {}, "withdrawal_unexplained"),
    (c.old, "withdraw", "2023-03-10", {"reason": "已自行和解"}, None),
    (c.old, "withdraw", "2023-03-10", {"reason": "已自行和解", "voluntary": False}, "withdrawal_involuntary"),
    (c.old, "withdraw", "2023-03-10", {"reason": "已自行和解", "permitted": False}, "withdrawal_not_permitted"),
]

REVIEW_BY_VERSION: list[Row] = [
    (c.accepted, "assign_handler", "2024-02-01", {"handlers": ["甲"]}, None),
    (c.accepted, "assign_handler", "2024-02-01", {"handlers": ["甲"], "fact_finding": True}, "two_handlers"),
    (c.old, "assign_handler", "2023-03-02", {"handlers": "甲"}, "two_handlers"),
    (one_handler, "start_site_inspection", "2024-02-20", {}, "two_handlers"),
    (two_handlers, "start_site_inspection", "2024-02-20", {}, None),
    (c.accepted, "start_site_inspection", "2024-02-20", {}, None),
    (c.accepted, "end_site_inspection", "2024-02-20", {}, "span_not_begun"),
    (c.accepted, "end_appraisal", "2024-02-20", {}, "span_not_begun"),
    (c.appraising, "start_appraisal", "2024-02-22", {}, "span_going_on"),
    (c.appraising, "end_appraisal", "2024-02-22", {"end": "2024-02-19"}, "span_ends_early"),
    (c.appraising, "end_appraisal", "2024-02-22", {"end": "2024-02-20"}, None),
    (c.old, "grant_file_access", "2023-03-20", {"who": "申请人甲", "what": "答复", "secret": "security"}, None),
    (c.accepted, "grant_file_access", "2024-03-20", {"who": "申请人甲", "what": "答复", "secret": "security"}, "file_secret"),
    (c.old, "send_copy", "2023-03-03", {"party": "某局", "served_on": "2023-02-28"}, "served_before_acceptance"),
    (c.simplified, "agree_simplified", "2024-02-20", {"consents": list(c.PEOPLE)}, "already_simplified"),
    (c.accepted, "agree_simplified", "2024-03-01", {"consents": list(c.PEOPLE)}, None),
    (c.accepted, "agree_simplified", "2024-03-02", {"consents": list(c.PEOPLE)}, "simplified_too_late"),
    (c.old, "agree_simplified", "2023-03-02", {"consents": list(c.PEOPLE)}, "not_in_version"),
    (c.old, "consult_committee", "2023-03-02", {"ground": 3}, "not_in_version"),
    (c.accepted, "consult_committee", "2024-03-02", {"ground": 5}, "field_invalid"),
    (c.old, "notify_hearing", "2023-03-10", {"party": "某局", "hearing_on": "2023-03-12"}, None),
    (c.accepted, "notify_hearing", "2024-03-01", c.hearing(party="某局", served_on="2024-03-14", waived_by=["某局"]), None),
    (c.accepted, "notify_hearing", "2024-03-01", c.hearing(party="某局", served_on="2024-03-14", waived_by=["申请人甲"]), "hearing_too_soon"),
    (lambda: told("某局"), "hold_hearing", "2024-03-15", {}, "hearing_not_noticed"),
    (lambda: told("某局", c.old), "hold_hearing", "2023-03-15", {}, "hearing_not_noticed"),
    (c.accepted, "stay_execution", "2024-02-20", {}, "stay_unreasoned"),
    (c.old, "stay_execution", "2023-03-20", {}, "stay_unreasoned"),
    (c.accepted, "stay_execution", "2024-02-20", {"ground": 2}, None),
    (c.accepted, "stay_execution", "2024-02-20", {"reason": "难以恢复"}, None),
    (c.accepted, "stay_execution", "2024-02-20", {"ground": 5}, "field_invalid"),
    *((c.accepted, "suspend", "2024-02-20", {"ground": n, "agreed": True}, None) for n in range(1, 11)),
    *((c.old, "suspend", "2023-03-20", {"ground": n}, None) for n in range(1, 9)),
    *((c.old, "suspend", "2023-03-20", {"ground": g}, "not_in_2017") for g in (9, 10, "mediation", "normative")),
    (c.accepted, "suspend", "2024-02-20", {"ground": "39(1)(9)"}, None),
    (c.accepted, "suspend", "2024-02-20", {"ground": "地震"}, "field_invalid"),
    (c.accepted, "suspend", "2024-02-20", {"ground": True}, "field_invalid"),
    (c.accepted, "suspend", "2024-02-20", {"ground": 5, "suspended_on": "2024-02-21"}, "dated_ahead"),
    (c.accepted, "suspend", "2024-02-20", {"ground": 5, "suspended_on": "2024-01-30"}, "suspended_before_acceptance"),
    (c.old, "suspend", "2023-03-20", {"ground": 5, "suspended_on": "2023-02-28"}, "suspended_before_acceptance"),
    (c.suspended, "resume", "2024-03-01", {"resumed_on": "2024-02-19"}, "resumed_before_suspension"),
    (c.suspended, "resume", "2024-03-01", {"resumed_on": "2024-02-20"}, None),
    (c.suspended, "resume", "2024-03-01", {"resumed_on": "2024-03-02"}, "dated_ahead"),
    (c.old_suspended, "resume", "2023-04-01", {"resumed_on": "2023-03-19"}, "resumed_before_suspension"),
    (c.old, "request_normative_review", "2023-03-20", {"has_power": True}, "attached_needs_suspension"),
    (c.old, "mediate", "2023-03-10", {}, "mediation_not_open_2017"),
    (c.old, "mediate", "2023-03-10", {"discretionary_or_compensation": True}, None),
    (c.old, "mediate", "2023-03-10", {"discretionary_or_compensation": True, "voluntary": False}, "mediation_involuntary"),
    (mediated_old, "mediation_agreement", "2023-03-12", SIGNED, None),
    (c.old, "mediation_agreement", "2023-03-12", SIGNED, "mediation_not_open_2017"),
    (mediated_old, "mediation_agreement", "2023-03-12", SIGNED | {"signed_on": "2023-03-13"}, "dated_ahead"),
    *((c.accepted, "terminate", "2024-03-01", {"ground": n}, None) for n in (1, 2, 3, 4)),
    *((c.old, "terminate", "2023-03-20", {"ground": n}, None) for n in (1, 2, 3, 4, 5)),
    (c.accepted, "terminate", "2024-03-01", {"ground": 6}, "termination_ground_unknown"),
    (c.accepted, "terminate", "2024-03-01", {"ground": "settlement"}, "termination_ground_unknown"),
    (c.old, "terminate", "2023-03-20", {"ground": "settlement"}, None),
    *((lambda n=n: c.old_suspended(n), "terminate", "2023-05-20", {"ground": "42(2)"}, None) for n in (1, 2, 3)),
    *((lambda n=n: c.old_suspended(n), "terminate", "2023-05-20", {"ground": 6}, "termination_no_suspension") for n in (4, 5)),
    (lambda: c.old_suspended(1), "terminate", "2023-05-19", {"ground": "sixty_days"}, "termination_too_early"),
    *((lambda n=n: c.suspended(n), "terminate", "2024-04-23", {"ground": 5}, None) for n in (1, 2, 4)),
    *((lambda n=n: c.suspended(n), "terminate", "2024-06-23", {"ground": 5}, "termination_no_suspension") for n in (3, 5, 7, 8, 9, 10)),
    (c.old, "extend_review", "2023-05-05", {"days": 10}, "extension_late"),
    (c.old, "extend_review", "2023-03-20", {"days": 10, "complex": False}, "extension_not_complex"),
    (c.accepted, "extend_review", "2024-03-01", {"days": 0}, "field_invalid"),
    (c.accepted, "reject_application", "2024-03-01", {"condition": 2, "reason": "没有利害关系", "decided_on": "2024-03-02"}, "dated_ahead"),
]

AFTER_BY_VERSION: list[Row] = [
    (c.old, "decide", "2023-03-20", {"decision_type": "change", "worse_for_applicant": True, "third_party_opposed": True}, "decision_for_worse"),
    (c.old, "decide", "2023-03-20", {"decision_type": "revoke", "worse_for_applicant": True}, "decision_for_worse"),
    (c.heard, "decide", "2024-03-01", {"decision_type": "revoke", "worse_for_applicant": True}, None),
    (c.heard, "decide", "2024-03-01", {"decision_type": "revoke", "decided_on": "2024-03-02"}, "dated_ahead"),
    (c.old, "decide", "2023-03-20", {"decision_type": "uphold", "decided_on": "2023-02-28"}, "decided_before_acceptance"),
    (c.old, "decide", "2023-03-20", {"decision_type": "agreement_liability"}, "not_in_2017"),
    (silent_from_old, "decide", "2023-03-14", {"decision_type": "no_evidence"}, None),
    (silent_from_old, "decide", "2023-03-13", {"decision_type": "no_evidence"}, "evidence_was_given"),
    (c.old_decided, "serve_decision", "2023-03-22", {"party": "某局", "served_on": "2023-03-19"}, "served_before_decision"),
    (c.old_decided, "serve_decision", "2023-03-22", {"party": "某局", "served_on": "2023-03-20"}, None),
    (old_performed, "order_performance", "2023-04-20", {"due_on": "2023-05-20"}, "already_performed"),
    (c.old_served, "close", "2023-04-07", {}, None),
    (c.old_served, "close", "2023-04-06", {}, "lawsuit_still_open"),
    (c.old_served, "order_performance", "2023-04-20", {"due_on": "2023-05-20"}, None),
    (c.old_served, "order_performance", "2023-04-20", {"due_on": "2023-05-20", "of": "opinion"}, "not_in_2017"),
    (c.old_served, "order_performance", "2023-04-20", {"due_on": "2023-05-20", "interview": True}, "not_in_2017"),
    (c.served, "order_performance", "2024-04-20", {"due_on": "2024-05-20", "interview": True, "criticism": True}, None),
    (performed, "order_performance", "2024-04-20", {"due_on": "2024-05-20"}, "already_performed"),
    (c.served, "record_court_result", "2024-04-20", {"lost": True}, "no_lawsuit_on_record"),
    (sued, "record_court_result", "2024-06-20", {"lost": True}, None),
    (sued, "record_court_result", "2024-06-20", {"lost": False, "final_on": "2024-03-01"}, "judgment_before_lawsuit"),
    (sued, "record_court_result", "2024-06-20", {"lost": False, "final_on": "2024-03-21"}, "judgment_before_lawsuit"),
    (sued, "record_court_result", "2024-06-20", {"lost": False, "final_on": "2024-03-22"}, None),
    (performed, "order_performance", "2024-04-20", {"due_on": "2024-05-20", "of": "opinion"}, None),
    (c.served, "copy_to_superior", "2024-03-20", {"department": False}, "not_a_department"),
    (c.served, "copy_to_superior", "2024-03-20", {}, None),
    (c.old_served, "publish", "2023-04-20", {}, "not_in_version"),
    (c.old_served, "copy_to_superior", "2023-04-20", {}, "not_in_version"),
    (c.old, "elevate", "2023-03-20", {"to_organ": "某省政府"}, "not_in_version"),
    (c.served, "refer_discipline", "2024-03-20", {"to": "某监委", "facts": "线索", "on": "2024-03-20"}, None),
    (c.served, "issue_opinion", "2024-03-20", {"to": "某局", "received_on": "2024-03-22"}, None),
    (c.received, "issue_opinion", "2024-02-01", {"to": "某局"}, "wrong_stage"),
    (c.received, "issue_suggestion", "2024-02-01", {"to": "某局", "period": "2023年"}, None),
]
# fmt: on

MORE = INTAKE_BY_VERSION + REVIEW_BY_VERSION + AFTER_BY_VERSION
