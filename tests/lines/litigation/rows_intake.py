"""What is allowed and refused up to the hearing: (case, act, day, data, refusal or None)."""

from typing import Any

from tests.lines.litigation import cases as c

Row = tuple[c.Make, str, str, dict[str, Any], str | None]
TEN = [f"原告{n}" for n in range(10)]
UPHELD = {"reconsideration_outcome": "uphold"}
ORIGINAL = {"id": "某局", "role": "original"}
REVIEWER = {"id": "区政府", "role": "reconsideration"}
LAWYER, STAFF = {"id": "律师", "kind": "lawyer"}, {"id": "甲", "kind": "staff"}
THREE = [{"id": name, "principal": "某局"} for name in "甲乙丙"]


def reg(code: str | None, make: c.Make = c.new, day: str = "2024-03-04", **changes: Any) -> Row:
    """A registration with some fields changed."""
    return (make, "register_case", day, c.suit(**changes), code)


REGISTRATION: list[Row] = [
    reg(None),
    reg(None, c.mediated_in_vain),
    reg(None, c.mediating),
    reg("suit_registered", c.registered),
    reg("wrong_stage", c.answering, "2024-03-06"),
    reg("court_case_no_taken", lambda: c.new(court_instance=("穗府行应〔2024〕1号",))),
    reg("field_invalid", court_case_no="2024粤71行初123"),
    reg("receipt_missing", complaint_received_on=None),
    reg(None, complaint_received_on=None, instance="retrial_review", court_filed_on=None),
    reg(None, complaint_received_on=None, defendants=[{"id": "某局", "complaint_received_on": "2024-03-04"}]),
    reg("receipt_implausible", complaint_received_on="2024-03-05"),
    reg("receipt_implausible", complaint_received_on="2024-02-29"),
    reg(None, complaint_received_on="2024-03-01"),
    reg("receipt_implausible", defendants=[{"id": "某局", "complaint_received_on": "2024-02-20"}]),
    reg("filed_in_future", court_filed_on="2024-03-05"),
    reg(None, court_filed_on="2024-03-04"),
    reg("both_sides", plaintiffs=["某局"]),
    reg("representatives_number", plaintiffs=TEN),
    reg("representatives_number", plaintiffs=TEN, representatives=TEN[:6]),
    reg("representatives_number", plaintiffs=TEN, representatives=TEN[:1]),
    reg(None, plaintiffs=TEN, representatives=TEN[:2]),
    reg(None, plaintiffs=TEN[:9]),
    reg("representative_no_plaintiff", representatives=["路人"]),
    reg("too_many_agents", agents=THREE),
    reg(None, agents=THREE[:2]),
    reg("id_number_invalid", plaintiffs=[{"id": "原告甲", "id_number": "110105194912310021"}]),
    reg(None, plaintiffs=[{"id": "原告甲", "id_number": "11010519491231002X"}]),
    reg("credit_code_invalid", plaintiffs=[{"id": "原告甲", "kind": "organisation", "credit_code": "91350100M000100Y44"}]),
    reg(None, plaintiffs=[{"id": "原告甲", "kind": "organisation", "credit_code": "91350100M000100Y43"}]),
    reg("attached_not_reviewable", normative_docs=[{"title": "某规章", "kind": "rule"}]),
    reg(None, normative_docs=[{"title": "某通知"}]),
    reg("amount_missing", case_kind="compensation"),
    reg("amount_missing", claims=["revoke", "compensation"]),
    reg(None, case_kind="compensation", amount_claimed="1000.00"),
    reg("evidence_days_ordinary", evidence_days=7),
    reg("evidence_days_too_many", procedure="simplified", evidence_days=16),
    reg(None, procedure="simplified", evidence_days=15),
    reg("simplified_closed", procedure="simplified", instance="second"),
    reg(None, instance="second"),
    reg("reconsideration_unknown", lambda: c.new(reconsideration=None), reconsideration_case="穗府行复〔2024〕1号"),
    reg("reconsideration_unknown", lambda: c.new(reconsideration={"line": "mediation"}), reconsideration_case="穗调〔2024〕1号"),
    reg("reconsideration_organ_missing", defendants=[ORIGINAL], **UPHELD),
    reg("original_organ_missing", defendants=[REVIEWER], **UPHELD),
    reg(None, defendants=[ORIGINAL, REVIEWER], **UPHELD),
    reg("reconsideration_organ_missing", defendants=[ORIGINAL], reconsideration_outcome="reject_claim"),
    reg(None, defendants=[ORIGINAL], reconsideration_outcome="reject_application"),
    reg(None, defendants=[REVIEWER], reconsideration_outcome="change"),
]  # fmt: skip

ANSWERING: list[Row] = [
    (c.registered, "assign", "2024-03-05", {"lead_organ": "某局", "handlers": ["甲"]}, None),
    (c.registered, "assign", "2024-03-05", {"lead_organ": "某局", "handlers": []}, "field_invalid"),
    (c.mediated_in_vain, "assign", "2024-03-05", {"lead_organ": "某局", "handlers": ["甲"]}, "suit_not_registered"),
    (c.two_defendants, "receive_complaint", "2024-03-08", {"party": "复议机关", "complaint_received_on": "2024-03-08"}, None),
    (c.two_defendants, "receive_complaint", "2024-03-08", {"party": "原机关", "complaint_received_on": "2024-03-08"}, "complaint_received_before"),
    (c.two_defendants, "receive_complaint", "2024-03-08", {"party": "路人", "complaint_received_on": "2024-03-08"}, "party_unknown"),
    (c.two_defendants, "receive_complaint", "2024-03-08", {"party": "复议机关", "complaint_received_on": "2024-03-09"}, "dated_ahead"),
    (c.answering, "request_evidence_extension", "2024-03-19", {"filed_on": "2024-03-19"}, None),
    (c.answering, "request_evidence_extension", "2024-03-20", {"filed_on": "2024-03-20"}, "evidence_extension_late"),
    (c.answering, "request_evidence_extension", "2024-03-22", {"filed_on": "2024-03-22", "posted_on": "2024-03-19"}, None),
    (c.answering, "request_evidence_extension", "2024-03-11", {"in_writing": False}, "extension_not_written"),
    (c.extension_asked, "grant_evidence_extension", "2024-03-14", {"party": "某局"}, None),
    (c.extension_asked, "grant_evidence_extension", "2024-03-14", {}, None),
    (c.extension_asked_by_one, "grant_evidence_extension", "2024-03-14", {"party": "原机关"}, None),
    (c.extension_asked_by_one, "grant_evidence_extension", "2024-03-14", {"party": "复议机关"}, "extension_not_asked"),
    (c.answering, "grant_evidence_extension", "2024-03-14", {"party": "某局"}, "extension_not_asked"),
    (c.extension_asked, "grant_evidence_extension", "2024-03-14", {"party": "某局", "cause_ended_on": "2024-03-15"}, "dated_ahead"),
    (c.extension_asked, "cause_ended", "2024-04-01", {"party": "某局", "cause_ended_on": "2024-04-01"}, None),
    (c.answering, "cause_ended", "2024-04-01", {"party": "某局"}, "extension_not_asked"),
    (c.answering, "object_jurisdiction", "2024-03-19", {}, None),
    (c.answering, "object_jurisdiction", "2024-03-20", {}, "objection_late"),
    (c.objecting, "rule_jurisdiction", "2024-03-20", {"upheld": False}, None),
    (c.answering, "rule_jurisdiction", "2024-03-20", {"upheld": False}, "no_objection"),
    (c.objecting, "rule_jurisdiction", "2024-03-20", {"upheld": True}, "new_court_missing"),
    (c.objecting, "rule_jurisdiction", "2024-03-20", {"upheld": True, "court": "广州中院"}, None),
    (c.answering, "file_answer", "2024-03-18", {"evidence": ["证据一"]}, None),
    (c.answering, "file_answer", "2024-03-18", {"evidence": []}, "evidence_missing"),
    (c.extension_asked, "file_answer", "2024-03-18", {"evidence": []}, None),
    (c.answering, "file_answer", "2024-03-18", {"evidence": ["证据一"], "filed_on": "2024-03-19"}, "dated_ahead"),
    (c.deferred, "file_evidence", "2024-03-20", {"evidence": ["证据二"]}, None),
    (c.answered, "file_evidence", "2024-03-20", {"evidence": ["证据二"]}, "extension_not_granted"),
    (c.answered, "file_evidence", "2024-03-20", {"evidence": ["证据二"], "kind": "supplement"}, None),
    (c.answered, "file_evidence", "2024-03-20", {"evidence": ["证据二"], "kind": "supplement", "permitted": False}, "evidence_not_permitted"),
    (c.deferred, "file_evidence", "2024-03-20", {"evidence": ["证据二"], "collected_during_suit": True}, "self_collected"),
    (c.answered, "appoint_agents", "2024-03-20", {"agents": [STAFF, LAWYER]}, None),
    (c.answered, "appoint_agents", "2024-03-20", {"agents": [LAWYER]}, "only_lawyers"),
    (c.answered, "appoint_agents", "2024-03-20", {"agents": [LAWYER, {"id": "亲友", "kind": "other"}]}, "only_lawyers"),
    (c.nominated, "appoint_agents", "2024-05-09", {"agents": [LAWYER]}, None),
    (c.answered, "appoint_agents", "2024-03-20", {"agents": THREE}, "too_many_agents"),
    (c.simplified, "convert_procedure", "2024-03-20", {}, None),
    (c.answering, "convert_procedure", "2024-03-20", {}, "not_simplified"),
    (c.new, "refer_mediation", "2024-02-01", {}, None),
    (c.answering, "refer_mediation", "2024-03-06", {}, None),
    (c.new, "refer_mediation", "2024-02-01", {"agreed": False}, "mediation_not_agreed"),
    (c.mediating_in_suit, "refer_mediation", "2024-03-07", {}, "mediation_open"),
    (c.mediating, "extend_mediation", "2024-02-20", {"until": "2024-03-20"}, None),
    (c.mediating, "extend_mediation", "2024-02-20", {"until": "2024-03-20", "agreed": False}, "mediation_not_agreed"),
    (c.answering, "extend_mediation", "2024-03-20", {"until": "2024-03-20"}, "no_mediation"),
    (c.mediating, "close_mediation", "2024-02-20", {"result": "settled", "agreement": "互谅互让"}, None),
    (c.mediating, "close_mediation", "2024-02-20", {"result": "settled"}, "agreement_missing"),
    (c.mediating, "close_mediation", "2024-02-20", {"result": "failed"}, None),
    (c.answering, "close_mediation", "2024-03-20", {"result": "failed"}, "no_mediation"),
]  # fmt: skip
