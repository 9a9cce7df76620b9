"""Every guard of reconsideration: what is allowed, what is refused, with which code and article."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.kernel import Case, acting, codes
from tests.lines.reconsideration import cases as c
from yifa.language.acts import Allowed, Refused

Make = Callable[[], Case]
BODY = {"id": "甲", "name": "测试甲"}


def agents(count: int, **extra: Any) -> list[dict[str, Any]]:
    return [{"id": f"g{n}", "principal": "申请人甲", **extra} for n in range(count)]


# (stage, act, day, data, refusal: None = allowed)
INTAKE: list[tuple[Make, str, str, dict[str, Any], str | None]] = [
    (c.new, "receive_application", "2024-01-31", c.application(), None),
    (c.new, "receive_application", "2024-01-31", c.application(filed_on="2024-02-01"), "received_before_filed"),
    (c.new, "receive_application", "2024-01-31", c.application(received_on="2031-01-01"), "received_in_future"),
    (c.new, "receive_application", "2024-01-31", c.application(known_on="2023-12-01"), "known_before_act"),
    (c.new, "receive_application", "2024-01-31", c.application(channel="window"), "window_missing"),
    (c.new, "receive_application", "2024-01-31", c.application(channel="window", window_code="W1"), None),
    (c.new, "receive_application", "2024-01-31", c.application(is_inaction=True), "inaction_undated"),
    (c.new, "receive_application", "2024-01-31", c.application(is_inaction=True, urgent_protection=True), None),
    (c.new, "receive_application", "2024-01-31", c.application(is_inaction=True, request_received_on="2023-11-01"), None),
    (c.new, "receive_application", "2024-01-31", c.application(applicants=list("甲乙丙丁戊己")), "representatives_missing"),
    (c.new, "receive_application", "2024-01-31", c.application(applicants=list("甲乙丙丁戊己"), representatives=["甲"]), None),
    (c.new, "receive_application", "2024-01-31", c.application(applicants=list("甲乙丙丁戊己庚"), representatives=list("甲乙丙丁戊己")), "too_many_representatives"),
    (c.new, "receive_application", "2024-01-31", c.application(representatives=["路人"]), "representative_no_applicant"),
    (c.new, "receive_application", "2024-01-31", c.application(agents=agents(2)), None),
    (c.new, "receive_application", "2024-01-31", c.application(agents=agents(3)), "too_many_agents"),
    (c.new, "receive_application", "2024-01-31", c.application(agents=agents(1, authority_until="2024-01-30")), "authority_expired"),
    (c.new, "receive_application", "2024-01-31", c.application(applicants=[BODY | {"id_number": "110105194912310021"}]), "id_number_invalid"),
    (c.new, "receive_application", "2024-01-31", c.application(applicants=[BODY | {"id_number": "11010519491231002X"}]), None),
    (c.new, "receive_application", "2024-01-31", c.application(applicants=[BODY | {"credit_code": "91350100M000100Y44"}]), "credit_code_invalid"),
    (c.new, "receive_application", "2024-01-31", c.application(normative_docs=[{"title": "某规章", "kind": "rule"}]), "attached_not_reviewable"),
    (c.new, "receive_application", "2024-01-31", c.application(normative_docs=[{"title": "某文件", "relied_on": False}]), "attached_not_relied_on"),
    (c.new, "receive_application", "2024-01-31", c.application(normative_docs=[{"title": "某文件"}]), None),
    (c.new, "receive_application", "2024-01-31", c.application(fee=10), "fee_charged"),
    (c.new, "receive_application", "2024-01-31", c.application(facts_reasons="短"), "field_invalid"),
    (c.new, "organ_forward", "2024-01-31", {"organ_received_on": "2024-01-26", "forwarded_on": "2024-01-31"}, None),
    (c.new, "organ_forward", "2024-01-31", {"organ_received_on": "2024-02-01", "forwarded_on": "2024-01-31"}, "forwarded_before_receipt"),
    (c.new, "organ_forward", "2024-01-31", {"organ_received_on": "2024-01-26", "forwarded_on": "2024-01-31", "act": {"type": "permit"}}, "forward_not_open"),
    (c.new, "organ_forward", "2024-01-31", {"organ_received_on": "2024-01-26", "forwarded_on": "2024-01-31", "self_corrected": True}, "self_corrected"),
    (c.transferring, "receive_transfer", "2024-02-01", {"received_on": "2024-02-01"}, None),
    (c.transferring, "receive_transfer", "2024-02-01", {"received_on": "2024-01-30"}, "received_before_filed"),
    (c.received, "request_supplement", "2024-02-06", {"items": ["身份证明"], "issued_on": "2024-02-06"}, None),
    (c.received, "request_supplement", "2024-02-06", {"items": ["身份证明"], "issued_on": "2024-02-07"}, "supplement_late"),
    (c.received, "request_supplement", "2024-02-06", {"items": [], "issued_on": "2024-02-06"}, "field_invalid"),
    (c.received, "request_supplement", "2024-02-06", {"items": ["身份证明"], "issued_on": "2024-02-06", "served_on": "2024-02-05"}, "served_before_issued"),
    (lambda: c.received("2023-03-01"), "request_supplement", "2023-03-03", {"items": ["身份证明"], "issued_on": "2023-03-03"}, "supplement_period_missing"),
    (lambda: c.received("2023-03-01"), "request_supplement", "2023-03-03", {"items": ["身份证明"], "issued_on": "2023-03-03", "due_on": "2023-03-20"}, None),
    (c.supplementing, "extend_supplement", "2024-02-18", {"new_due": "2024-03-10", "reason": "材料在外地"}, None),
    (c.supplementing, "extend_supplement", "2024-02-18", {"new_due": "2024-02-19", "reason": "材料在外地"}, "new_due_not_later"),
    (c.supplementing, "extend_supplement", "2024-02-28", {"new_due": "2024-03-10", "reason": "材料在外地"}, "extension_asked_late"),
    (c.supplementing, "mark_abandoned", "2024-02-18", {"reason": "无正当理由"}, "supplement_not_expired"),
    (c.supplementing, "mark_abandoned", "2024-02-27", {"reason": "无正当理由"}, None),
]  # fmt: skip


def accept(**changes: Any) -> dict[str, Any]:
    return {"accepted_on": "2024-02-06", "conditions_met": c.SEVEN, **changes}


def simple(ground: str | None, **changes: Any) -> dict[str, Any]:
    return accept(procedure="simplified", **({"simplified_ground": ground} if ground else {}), **changes)


def of_type(kind: str, **changes: Any) -> Make:
    return lambda: c.received(act={"type": kind, "doc_no": "某罚1号", "made_on": "2024-01-10"}, **changes)


ACCEPTANCE: list[tuple[Make, str, str, dict[str, Any], str | None]] = [
    (c.received, "accept", "2024-02-06", accept(), None),
    *((c.received, "accept", "2024-02-06", accept(conditions_met=[n for n in c.SEVEN if n != missing]), "condition_unmet") for missing in c.SEVEN),
    (lambda: c.received(known_on="2023-11-01", act={"made_on": "2023-10-01"}), "accept", "2024-02-06", accept(), "filed_too_late"),
    (c.received, "accept", "2024-02-06", accept(accepted_on="2024-01-30"), "accepted_before_complete"),
    (c.received, "accept", "2024-02-06", simple(None), "simplified_ground_missing"),
    (of_type("warning"), "accept", "2024-02-06", simple("warning"), None),
    (c.received, "accept", "2024-02-06", simple("warning"), "simplified_warning"),
    (of_type("on_the_spot_penalty"), "accept", "2024-02-06", simple("on_the_spot"), None),
    (c.received, "accept", "2024-02-06", simple("on_the_spot"), "simplified_on_the_spot"),
    (of_type("disclosure"), "accept", "2024-02-06", simple("disclosure"), None),
    (c.received, "accept", "2024-02-06", simple("disclosure"), "simplified_disclosure"),
    (lambda: c.received(amount=3000), "accept", "2024-02-06", simple("small_amount"), None),
    (lambda: c.received(amount="3000.01"), "accept", "2024-02-06", simple("small_amount"), "simplified_small_amount"),
    (c.received, "accept", "2024-02-06", simple("small_amount"), "simplified_small_amount"),
    (c.received, "accept", "2024-02-06", simple("consent", consents=["申请人甲", "某局"]), None),
    (c.received, "accept", "2024-02-06", simple("consent", consents=["申请人甲"]), "simplified_consent"),
    (lambda: c.received("2023-03-01"), "accept", "2023-03-01", {"accepted_on": "2023-03-01", "conditions_met": c.SEVEN, "procedure": "simplified"}, "not_in_2017"),
    (c.received, "refuse", "2024-02-06", {"condition": 2, "reason": "没有利害关系"}, None),
    (c.received, "refuse", "2024-02-06", {"condition": 6, "reason": "不属于本机关管辖"}, "competent_organ_missing"),
    (c.received, "refuse", "2024-02-06", {"condition": 6, "reason": "不属于本机关管辖", "competent_organ": "某区政府"}, None),
    (c.received, "refuse", "2024-02-07", {"condition": 2, "reason": "没有利害关系"}, "wrong_stage"),
    (c.received, "refer", "2024-02-06", {"organ": "某区政府"}, "not_in_version"),
    (lambda: c.received("2023-03-01"), "refer", "2023-03-02", {"organ": "某区政府"}, None),
    (c.received, "withdraw", "2024-02-02", {}, None),
    (c.accepted, "withdraw", "2024-02-20", {"voluntary": False}, "withdrawal_involuntary"),
    (c.accepted, "withdraw", "2024-02-20", {"permitted": False}, "withdrawal_not_permitted"),
]  # fmt: skip

REVIEW: list[tuple[Make, str, str, dict[str, Any], str | None]] = [
    (c.accepted, "assign_handler", "2024-02-01", {"handlers": ["甲", "乙"]}, None),
    (c.accepted, "assign_handler", "2024-02-01", {"handlers": ["甲"]}, "two_handlers"),
    (c.old, "assign_handler", "2023-03-02", {"handlers": ["甲", "甲"]}, "two_handlers"),
    (c.accepted, "join_third_party", "2024-02-20", {"party": "第三人丙"}, None),
    (c.accepted, "join_third_party", "2024-02-20", {}, "third_party_missing"),
    (c.accepted, "grant_file_access", "2024-02-20", {"who": "申请人甲", "what": ["答复"]}, None),
    (c.accepted, "grant_file_access", "2024-02-20", {"who": "申请人甲", "what": ["答复"], "secret": "state"}, "file_secret"),
    (c.old, "grant_file_access", "2023-03-20", {"who": "申请人甲", "what": ["答复"], "secret": "privacy"}, "file_secret"),
    (c.accepted, "supplement_evidence", "2024-02-20", {"documents": ["证据"], "new_ground_raised": True, "agreed": True}, None),
    (c.accepted, "supplement_evidence", "2024-02-20", {"documents": ["证据"], "new_ground_raised": False, "agreed": True}, "no_new_ground"),
    (c.accepted, "supplement_evidence", "2024-02-20", {"documents": ["证据"], "new_ground_raised": True, "agreed": False}, "evidence_not_agreed"),
    (c.accepted, "send_copy", "2024-02-20", {"party": "某局", "sent_on": "2024-02-18", "served_on": "2024-02-20"}, None),
    (c.accepted, "send_copy", "2024-02-20", {"party": "某局", "sent_on": "2024-02-20", "served_on": "2024-02-18"}, "served_before_sent"),
    (c.accepted, "send_copy", "2024-02-20", {"party": "某局", "served_on": "2024-01-30"}, "served_before_acceptance"),
    (c.accepted, "send_copy", "2024-02-20", {"party": "路人", "served_on": "2024-02-20"}, "party_unknown"),
    (c.simplified, "convert_to_ordinary", "2024-02-20", {"reason": "案情复杂"}, None),
    (c.accepted, "convert_to_ordinary", "2024-02-20", {"reason": "案情复杂"}, "not_simplified"),
    (c.old, "convert_to_ordinary", "2023-03-20", {"reason": "案情复杂"}, "not_in_version"),
    (c.accepted, "agree_simplified", "2024-02-20", {"consents": ["申请人甲", "某局"]}, None),
    (c.accepted, "agree_simplified", "2024-02-20", {"consents": ["某局"]}, "simplified_consent"),
    (c.accepted, "hear_opinions", "2024-02-20", {"mode": "phone", "record": "记录"}, None),
    (c.accepted, "hear_opinions", "2024-02-20", {"mode": "written", "impossible_reason": "失联"}, None),
    (c.accepted, "hear_opinions", "2024-02-20", {"mode": "phone"}, "views_unrecorded"),
    (c.accepted, "notify_hearing", "2024-03-01", c.hearing(party="某局"), None),
    (c.accepted, "notify_hearing", "2024-03-01", c.hearing(party="某局", served_on="2024-03-08"), None),
    (c.accepted, "notify_hearing", "2024-03-01", c.hearing(party="某局", served_on="2024-03-11"), "hearing_too_soon"),
    (c.accepted, "notify_hearing", "2024-03-01", c.hearing(party="某局", served_on="2024-03-11", waived_by=list(c.PEOPLE)), None),
    (c.accepted, "notify_hearing", "2024-03-01", c.hearing(party="某局", officers=["乙"]), "panel_incomplete"),
    (c.accepted, "notify_hearing", "2024-03-01", {"party": "某局", "hearing_on": "2024-03-15", "officers": ["乙", "丙"], "clerk": "丁"}, "panel_incomplete"),
    (c.accepted, "hold_hearing", "2024-03-15", {}, "hearing_not_noticed"),
    (c.accepted, "suspend", "2024-02-20", {"ground": 5}, None),
    (c.accepted, "suspend", "2024-02-20", {"ground": 6}, "suspension_needs_consent"),
    (c.accepted, "suspend", "2024-02-20", {"ground": 6, "agreed": True}, None),
    (c.accepted, "suspend", "2024-02-20", {"ground": 11}, "field_invalid"),
    (c.old, "suspend", "2023-03-20", {"ground": 9}, "not_in_2017"),
    (c.accepted, "request_normative_review", "2024-02-20", {"has_power": True}, "attached_needs_suspension"),
    (lambda: c.suspended(9), "request_normative_review", "2024-02-20", {"has_power": True}, None),
    (c.accepted, "extend_review", "2024-03-01", {"days": 30}, None),
    (c.accepted, "extend_review", "2024-03-01", {"days": 31}, "extension_too_long"),
    (c.accepted, "extend_review", "2024-03-01", {"days": 30, "complex": False}, "extension_not_complex"),
    (c.accepted, "extend_review", "2024-04-02", {"days": 30}, "extension_late"),
    (c.accepted, "extend_review", "2024-04-01", {"days": 30}, None),
    (c.simplified, "extend_review", "2024-02-20", {"days": 10}, "simplified_no_extension"),
    (c.accepted, "mediate", "2024-02-20", {}, None),
    (c.accepted, "mediate", "2024-02-20", {"voluntary": False}, "mediation_involuntary"),
    (c.old, "mediate", "2023-03-20", {"discretionary_or_compensation": False}, "mediation_not_open_2017"),
    (c.accepted, "mediation_agreement", "2024-03-01", {"signed_by": list(c.PEOPLE), "sealed_on": "2024-03-01"}, None),
    (c.accepted, "mediation_agreement", "2024-03-01", {"signed_by": ["某局"], "sealed_on": "2024-03-01"}, "signature_missing"),
    (c.accepted, "mediation_agreement", "2024-03-01", {"signed_by": list(c.PEOPLE)}, "seal_missing"),
    (lambda: c.suspended(1), "terminate", "2024-04-23", {"ground": 5}, None),
    (lambda: c.suspended(1), "terminate", "2024-04-22", {"ground": 5}, "termination_too_early"),
    (lambda: c.suspended(5), "terminate", "2024-06-20", {"ground": 5}, "termination_no_suspension"),
    (c.accepted, "terminate", "2024-03-01", {"ground": 2}, None),
]  # fmt: skip

DECISION: list[tuple[Make, str, str, dict[str, Any], str | None]] = [
    (c.heard, "decide", "2024-03-01", {"decision_type": "revoke"}, None),
    (c.accepted, "decide", "2024-03-01", {"decision_type": "revoke"}, "views_not_heard"),
    (c.simplified, "decide", "2024-02-20", {"decision_type": "uphold"}, None),
    (c.heard, "decide", "2024-03-01", {}, "decision_kind_missing"),
    (c.heard, "decide", "2024-03-01", {"decision_type": "compensation_yes"}, "compensation_alone"),
    (c.heard, "decide", "2024-03-01", {"decision_types": ["revoke", "compensation_yes"]}, None),
    (c.heard, "decide", "2024-03-01", {"decision_type": "change", "worse_for_applicant": True}, "change_for_worse"),
    (c.heard, "decide", "2024-03-01", {"decision_type": "change", "worse_for_applicant": True, "third_party_opposed": True}, None),
    (c.heard, "decide", "2024-03-01", {"decision_type": "no_evidence"}, "evidence_was_given"),
    (c.heard, "decide", "2024-03-01", {"decision_type": "revoke", "decided_on": "2024-01-30"}, "decided_before_acceptance"),
    (c.suspended, "decide", "2024-03-01", {"decision_type": "revoke"}, "wrong_stage"),
    (c.old, "decide", "2023-03-20", {"decision_type": "confirm_invalid"}, "not_in_2017"),
    (c.old, "decide", "2023-03-20", {"decision_type": "uphold"}, None),
    (c.decided, "serve_decision", "2024-03-05", {"party": "某局", "served_on": "2024-03-05"}, None),
    (c.decided, "serve_decision", "2024-03-05", {"party": "某局", "served_on": "2024-02-28"}, "served_before_decision"),
    (c.decided, "serve_decision", "2024-03-05", {"party": "申请人甲", "method": "electronic", "served_on": "2024-03-05"}, None),
    (c.decided, "announce_service", "2024-03-05", {"party": "申请人甲", "exhausted": False}, "notice_not_last"),
    (c.decided, "announce_service", "2024-03-05", {"party": "申请人甲"}, None),
    (c.served, "close", "2024-03-25", {}, None),
    (c.served, "close", "2024-03-20", {}, "lawsuit_still_open"),
    (c.served, "order_performance", "2024-04-20", {"due_on": "2024-05-20", "of": "mediation"}, None),
]  # fmt: skip

BOUNDARIES: list[tuple[Make, str, str, dict[str, Any], str | None]] = [
    (c.new, "receive_application", "2024-01-31", c.application(filed_on="2024-01-31"), None),
    (c.new, "receive_application", "2024-01-31", c.application(known_on="2024-01-11"), None),
    (c.new, "receive_application", "2024-01-31", c.application(applicants=list("甲乙丙丁戊")), None),
    (
        c.new,
        "receive_application",
        "2024-01-31",
        c.application(applicants=list("甲乙丙丁戊己"), representatives=list("甲乙丙丁戊")),
        None,
    ),
    (
        c.new,
        "receive_application",
        "2024-01-31",
        c.application(agents=agents(1, authority_until="2024-01-31")),
        None,
    ),
    (c.new, "receive_application", "2024-01-31", c.application(fee=0), None),
    (
        c.new,
        "organ_forward",
        "2024-01-31",
        {"organ_received_on": "2024-01-31", "forwarded_on": "2024-01-31"},
        None,
    ),
    (
        c.new,
        "organ_forward",
        "2024-01-31",
        {
            "organ_received_on": "2024-01-26",
            "forwarded_on": "2024-01-31",
            "act": {"type": "permit", "electronic_monitoring": True},
        },
        None,
    ),
    (c.transferring, "receive_transfer", "2024-02-01", {"received_on": "2024-01-31"}, None),
    (
        c.received,
        "request_supplement",
        "2024-02-06",
        {"items": ["身份证明"], "issued_on": "2024-02-06", "served_on": "2024-02-06"},
        None,
    ),
    (
        c.supplementing,
        "extend_supplement",
        "2024-02-26",
        {"new_due": "2024-03-10", "reason": "材料在外地", "requested_on": "2024-02-21"},
        None,
    ),
    (
        c.supplementing,
        "extend_supplement",
        "2024-02-26",
        {"new_due": "2024-03-10", "reason": "材料在外地", "requested_on": "2024-02-22"},
        "extension_asked_late",
    ),
    (
        c.supplementing,
        "extend_supplement",
        "2024-02-18",
        {"new_due": "2024-02-21", "reason": "材料在外地"},
        "new_due_not_later",
    ),
    (
        c.supplementing,
        "extend_supplement",
        "2024-02-18",
        {"new_due": "2024-02-22", "reason": "材料在外地"},
        None,
    ),
    (c.supplementing, "mark_abandoned", "2024-02-21", {"reason": "无正当理由"}, "supplement_not_expired"),
    (c.supplementing, "mark_abandoned", "2024-02-22", {"reason": "无正当理由"}, None),
    (c.received, "accept", "2024-02-06", accept(accepted_on="2024-01-31"), None),
    (c.received, "refuse", "2024-02-06", {"condition": 7, "reason": "法院已受理"}, None),
    (
        c.accepted,
        "send_copy",
        "2024-02-20",
        {"party": "某局", "sent_on": "2024-02-20", "served_on": "2024-02-20"},
        None,
    ),
    (c.accepted, "send_copy", "2024-02-20", {"party": "某局", "served_on": "2024-01-31"}, None),
    (c.heard, "decide", "2024-03-01", {"decision_type": "revoke", "decided_on": "2024-01-31"}, None),
    (c.decided, "serve_decision", "2024-03-05", {"party": "某局", "served_on": "2024-03-01"}, None),
    (c.served, "close", "2024-03-21", {}, "lawsuit_still_open"),
    (c.served, "close", "2024-03-22", {}, None),
    (c.old, "extend_review", "2023-03-20", {"days": 31}, "extension_too_long"),
    (c.old, "order_performance", "2023-03-20", {"due_on": "2023-05-20"}, "wrong_stage"),
    (c.old, "suspend", "2023-03-20", {"ground": 8}, None),
    (c.old, "mediation_agreement", "2023-03-20", {"signed_by": []}, "signature_missing"),
    (
        c.old,
        "decide",
        "2023-03-20",
        {"decision_type": "change", "worse_for_applicant": True},
        "change_for_worse",
    ),
    (c.old, "decide", "2023-03-20", {"decision_type": "no_evidence"}, "evidence_was_given"),
]

TABLE = INTAKE + ACCEPTANCE + REVIEW + DECISION + BOUNDARIES
GOLDEN: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "refusals.yaml").read_text(encoding="utf-8")
)


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
        assert refusal in codes(decision)
        for problem in decision.problems:
            assert problem.code not in GOLDEN or str(problem.cite) in GOLDEN[problem.code], problem


def problems(decision: Any) -> tuple[Any, ...]:
    return decision.problems if isinstance(decision, Refused) else ()


def test_the_table_reaches_every_article_listed() -> None:
    decisions = (make().try_(action, day, **data) for make, action, day, data, _ in TABLE)
    named = {(problem.code, str(problem.cite)) for decision in decisions for problem in problems(decision)}
    assert {(code, cite) for code, cites in GOLDEN.items() for cite in cites} <= named


def test_every_guard_code_is_in_the_table() -> None:
    from tests.lines.test_every_line import refusals

    tested = {row[4] for row in TABLE} | ELSEWHERE
    assert set(refusals("reconsideration")) <= tested


ELSEWHERE = {
    "court_already_seized", "duplicate_application", "withdrawn_before", "handler_conflict", "supplement_again",
    "supplement_not_served", "extension_again", "hearing_not_held", "committee_not_consulted", "e_service_refused",
    "performance_open", "self_collected", "reply_late", "decided_late", "head_absent",
}  # fmt: skip


# ------------------------------------------------------------------------------ guards that need more than one act


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"court_cases": ("（2024）粤71行初1号",)}, "court_already_seized"),
        ({"same_dispute": ("穗府行复〔2024〕1号",)}, "duplicate_application"),
        ({"withdrawn_before": ("穗府行复〔2023〕9号",)}, "withdrawn_before"),
    ],
)
def test_what_other_cases_forbid(answers: dict[str, Any], expected: str) -> None:
    case = c.received()
    case.answers = c.FREE | answers
    assert codes(case.try_("accept", "2024-02-06", **accept())) == [expected]


def test_a_handler_in_conflict() -> None:
    case = c.accepted()
    case.answers = c.FREE | {"handler_conflicts": ("甲",)}
    assert codes(case.try_("assign_handler", "2024-02-01", handlers=["甲", "乙"])) == ["handler_conflict"]


def test_a_supplement_is_asked_once() -> None:
    case = c.supplementing()
    case.do("submit_supplement", "2024-02-08", received_on="2024-02-08")
    assert codes(case.try_("request_supplement", "2024-02-09", items=["授权书"], issued_on="2024-02-09")) == [
        "supplement_again",
        "supplement_late",
    ]


def test_an_unserved_supplement_notice_cannot_lapse() -> None:
    case = c.received("2023-03-01")
    case.do(
        "request_supplement", "2023-03-03", items=["身份证明"], issued_on="2023-03-03", due_on="2023-03-20"
    )
    assert codes(case.try_("mark_abandoned", "2023-03-15", reason="无正当理由")) == ["supplement_not_expired"]


def test_a_case_taken_over_without_its_notice_cannot_be_abandoned() -> None:
    case = c.new()
    case.do(
        "opening_balance",
        "2024-02-20",
        stage="supplementing",
        facts={"complete_on": "2024-01-31"},
        gaps=["补正通知"],
    )
    assert codes(case.try_("mark_abandoned", "2024-02-27", reason="无正当理由")) == ["supplement_not_served"]


def test_an_extension_is_given_once() -> None:
    case = c.accepted()
    case.do("extend_review", "2024-03-01", days=10)
    assert codes(case.try_("extend_review", "2024-03-02", days=10)) == ["extension_again"]


def test_a_mandatory_hearing_must_be_held_and_the_committee_asked() -> None:
    case = c.heard()
    case.do("notify_hearing", "2024-03-01", party="某局", **c.hearing(mandatory=True))
    assert codes(case.try_("decide", "2024-03-18", decision_type="uphold")) == [
        "hearing_not_held",
        "committee_not_consulted",
    ]
    held = case.do("hold_hearing", "2024-03-15", respondent_head_present=False)
    assert [w.code for w in held.warnings] == ["head_absent"]
    case.do("consult_committee", "2024-03-16", ground=1)
    assert case.try_("decide", "2024-03-18", decision_type="uphold")


def test_electronic_service_needs_consent() -> None:
    case = c.received(e_service_consent=False)
    case.do("accept", "2024-01-31", accepted_on="2024-01-31", conditions_met=c.SEVEN)
    case.do("hear_opinions", "2024-02-20", mode="phone", record="记录")
    case.do("decide", "2024-03-01", decision_type="uphold")
    refused = case.try_(
        "serve_decision", "2024-03-05", party="申请人甲", method="electronic", served_on="2024-03-05"
    )
    assert codes(refused) == ["e_service_refused"]


def test_closing_waits_for_performance() -> None:
    case = c.heard()
    case.do("decide", "2024-03-01", decision_type="revoke", remake=True)
    for party in c.PEOPLE:
        case.do("serve_decision", "2024-03-05", party=party, served_on="2024-03-05")
    assert codes(case.try_("close", "2024-03-25")) == ["performance_open"]
    case.do("record_performance", "2024-03-22", performed_on="2024-03-22")
    assert case.try_("close", "2024-03-25")


def test_what_is_flagged_but_not_forbidden() -> None:
    case = c.accepted()
    case.do("send_copy", "2024-02-20", party="某局", served_on="2024-02-20")
    late = case.do(
        "receive_reply", "2024-03-20", party="某局", received_on="2024-03-20", collected_during_review=True
    )
    assert [w.code for w in late.warnings] == ["self_collected", "reply_late"]
    case.do("hear_opinions", "2024-03-21", mode="phone", record="记录")
    decision = case.do("decide", "2024-04-10", decision_type="no_evidence")
    assert [w.code for w in decision.warnings] == ["decided_late"]


@pytest.mark.parametrize(
    ("make", "action", "role", "allowed"),
    [
        (c.accepted, "extend_review", "body_head", True), (c.accepted, "extend_review", "organ_head", False),
        (c.old, "extend_review", "organ_head", True), (c.old, "extend_review", "body_head", False),
        (c.heard, "decide", "organ_head", True), (c.heard, "decide", "handler", False),
        (c.received, "accept", "section_head", True), (c.received, "accept", "handler", False),
    ],
)  # fmt: skip
def test_who_signs(make: Make, action: str, role: str, allowed: bool) -> None:
    data: dict[str, Any] = {
        "extend_review": {"days": 10},
        "decide": {"decision_type": "uphold"},
        "accept": accept(),
    }[action]
    day = "2023-03-20" if make is c.old else "2024-02-25" if action != "accept" else "2024-02-06"
    decision = make().try_(action, day, ctx=acting(role), **data)
    assert bool(decision) is allowed, decision
