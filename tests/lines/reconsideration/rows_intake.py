"""What is allowed and refused up to acceptance: (case, act, day, data, refusal or None)."""

from collections.abc import Callable
from typing import Any

from tests.kernel import Case
from tests.lines.reconsideration import cases as c

Make = Callable[[], Case]
Row = tuple[Make, str, str, dict[str, Any], str | None]
BODY = {"id": "甲", "name": "测试甲"}


def agents(count: int, **extra: Any) -> list[dict[str, Any]]:
    return [{"id": f"g{n}", "principal": "申请人甲", **extra} for n in range(count)]


INTAKE: list[Row] = [
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


ACCEPTANCE: list[Row] = [
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
