"""Reconsideration off the beaten track: other ways in, third parties, attached review, orders from above, aftermath."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from yifa.registry import city_of
from yifa.simulation.behaviour import reconsideration as r
from yifa.simulation.steps import Matter, Path, Step, after, before, same_day, workdays


def new(m: Matter) -> bool:
    """It comes in under the law of 2023."""
    return m.planned.arrives >= r.FROM_2024


def old(m: Matter) -> bool:
    """It comes in under the law of 2017."""
    return not new(m)


def on_the_spot(m: Matter) -> None:
    """Somebody fined on the spot, who since 2024 may apply through the organ that fined."""
    r.application(m)
    if new(m):
        m.about["act"] |= {"type": "on_the_spot_penalty"}


# --------------------------------------------------------------------------------------------- what is said


def _with_document(m: Matter) -> dict[str, Any]:
    return r.intake(m, normative_docs=[{"title": f"测示〔2020〕{m.number}号通知"}])


def _via_county(m: Matter) -> dict[str, Any]:
    return r.intake(m, **({"channel": "via_county"} if old(m) else {}))


def _forwarded(m: Matter) -> dict[str, Any]:
    said = r.intake(m)
    asked = {name: said[name] for name in ("applicants", "respondents", "act")}
    return {**asked, "organ_received_on": m.planned.arrives, "forwarded_on": m.day, "received_on": m.day}


def _above(m: Matter) -> str:
    """The government over the organ."""
    return str(city_of().organ(m.organ).parent)


def _several(m: Matter) -> dict[str, Any]:
    return {"received_on": m.planned.arrives, "organs": [m.organ, _above(m)], "organ": m.organ}


def _order(kind: str) -> Any:
    return lambda m: {"kind": kind, "on": m.day, "order_no": f"测督〔{m.day.year}〕{m.number}号"}


def _everybody(m: Matter) -> list[str]:
    return [*r.parties(m)]


def _accept_simplified(m: Matter) -> dict[str, Any]:
    if not r.under_2023(m):
        return r.accept(m)
    return {**r.accept(m), "procedure": "simplified", "simplified_ground": "consent", "consents": _everybody(m)}  # fmt: skip


def _accept_for_committee(m: Matter) -> dict[str, Any]:
    return {**r.accept(m), "committee_grounds": [2]}


def _suspend_for_review(power: bool) -> Any:
    def said(m: Matter) -> dict[str, Any]:
        if not r.under_2023(m):  # the old regulation has no item of its own for it
            return {"ground": "other", "suspended_on": m.day}
        return {"ground": "normative", "suspended_on": m.day, "has_power": power}

    return said


def _unserved(m: Matter) -> dict[str, Any]:
    return {name: value for name, value in r.supplement(m).items() if name != "served_on"}


def _later(m: Matter) -> dict[str, Any]:
    return {"new_due": m.due("supplement_submit") + timedelta(days=10), "requested_on": m.day, "reason": "须回原籍取证明"}  # fmt: skip


def _third(m: Matter) -> dict[str, Any]:
    m.about["third"] = (f"t{m.number}",)
    return {"party": m.about["third"][0], "mode": "application"}


def _perform_by(m: Matter) -> dict[str, Any]:
    m.about["perform_by"] = m.day + timedelta(days=20)
    return {"decision_type": "order_perform", "performance_due": m.about["perform_by"]}


def _suggest(m: Matter) -> dict[str, Any]:
    return {"to": m.about["respondents"][0], "received_on": m.day, "issue": "同类行为普遍存在", "agreed_due": m.day + timedelta(days=40)}  # fmt: skip


def _correct(m: Matter) -> dict[str, Any]:
    return {"target": 0, "changes": {"topic_tags": ["市场监管投诉举报"]}, "evidence": "申请书原件", "reason": "录入时标签有误"}  # fmt: skip


def _paper(m: Matter) -> dict[str, Any]:
    assert m.view is not None
    accepted = m.view.last("accept")
    assert accepted is not None
    return {"document": "acceptance_notice", "of": accepted.seq, "method": "post", "served_on": m.day, "receiver": m.about["applicant"]["name"]}  # fmt: skip


def _balance(m: Matter) -> dict[str, Any]:
    day = m.planned.arrives
    received, accepted = day - timedelta(days=9), day - timedelta(days=6)
    m.about |= {"complete": received, "accepted": accepted}
    who = {m.about["applicant"]["id"]: "applicant"} | dict.fromkeys(m.about["respondents"], "respondent")
    version = "legacy" if accepted < r.FROM_2024 else "ordinary"
    return {
        "stage": "reviewing", "gaps": ["受理前的收件、审查材料在纸质卷内"], "parties": who, "met": ["acceptance_review"],
        "case_no": f"测旧复〔{day.year}〕{m.number}号",
        "facts": {"filed_on": received, "first_received_on": received, "complete_on": received, "accepted_on": accepted,
                  "procedure": version, "act_type": m.about["act"]["type"], "respondent": sorted(m.about["respondents"])},
        "clocks": [{"clock": "review_decision", "start": accepted}],
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------------- books


def _forwarded_in(m: Matter) -> None:
    r.new(m)


def _taken_in(m: Matter) -> None:
    m.count("new_applications", m.about["complete"])
    m.count("accepted", m.about["accepted"])


def _told_now(m: Matter) -> None:
    """The notice has run out meanwhile, so everybody is served."""
    r.told(m)


def _reopened(m: Matter) -> None:
    """Not concluded any more."""
    m.about["concluded"] = None
    r.to_decide(m)


def _stood_still(m: Matter) -> None:
    """A review that stood still when it ended had not run out."""
    m.about["due"] = date.max
    r.concluded(m)


def _consulted(m: Matter) -> None:
    m.count("committee_count")


# ---------------------------------------------------------------------------------------------------- paths

_RECEIVE, _ACCEPT, _ASSIGN, _HEARD, _SERVE, _CLOSE = (
    r.RECEIVE,
    r.ACCEPT,
    r.ASSIGN,
    r.HEARD_THEM,
    r.SERVE,
    r.CLOSE,
)
_UPHELD = (*r.decide("uphold", r.decided), _CLOSE)
_REVOKED = (*r.decide("revoke"), _CLOSE)
_TO_DECIDE = (_ASSIGN, *r.EXCHANGE, _HEARD)
_GO_ON = (_ACCEPT, *_TO_DECIDE)
_QUICK = (
    Step("send_copy", workdays(1, 2), r.served, parties=r.respondents),
    Step("receive_reply", after(2, 4), r.received, parties=r.respondents),
)
_REFUSED = (
    Step("refuse", workdays(1, 4), {"condition": 2, "reason": "没有利害关系"}),
    Step("serve_refusal", workdays(1, 3), r.served, parties=r.applicant),
)
_RECEIVE_WITH = _RECEIVE._replace(data=_with_document)
_RESUME = Step("resume", workdays(1, 4), lambda m: {"resumed_on": m.day}, r.to_decide)


def _attached(power: bool, *between: Step) -> Path:
    """Suspended while the document the act rests on is looked at."""
    asked = {"has_power": power, "doc": "通知"}
    return r.path(
        _RECEIVE_WITH, *_GO_ON, Step("suspend", after(1, 4), _suspend_for_review(power)),
        Step("request_normative_review", same_day, asked), *between, _RESUME, *_UPHELD)  # fmt: skip


def _served(m: Matter) -> dict[str, Any]:
    return {"received_on": m.day}


PATHS: Mapping[str, Path] = {
    # other ways in
    "via_organ": Path((
        Step("apply_via_organ", same_day, lambda m: {"organ_received_on": m.day}, when_so=new),
        Step("organ_forward", workdays(1, 4), _forwarded, _forwarded_in, when_so=new),
        _RECEIVE._replace(when_so=old), *_GO_ON, *_UPHELD), on_the_spot, r.end),
    "via_county": r.path(
        _RECEIVE._replace(data=_via_county), Step("county_receive", same_day, lambda m: {"received_on": m.day}, when_so=old),
        Step("refer", workdays(1, 4), lambda m: {"organ": _above(m), "county_received_on": m.planned.arrives}, when_so=old),
        Step("refuse", workdays(1, 4), lambda m: {"condition": 6, "reason": "不属于本机关管辖", "competent_organ": _above(m)}, when_so=new)),
    "several_organs": r.path(
        _RECEIVE, Step("several_received", same_day, _several), Step("settle_jurisdiction", workdays(1, 1), _several), *_GO_ON, *_UPHELD),
    "supplement_extended": r.path(
        _RECEIVE, Step("request_supplement", workdays(1, 4), _unserved),
        Step("serve_supplement", workdays(1, 2), lambda m: {"served_on": m.day}), Step("extend_supplement", before("supplement_submit", 1, 6), _later),
        Step("submit_supplement", after(8, 14), r.received, r.completed), *_GO_ON, *_UPHELD),
    "taken_over_running": r.path(Step("opening_balance", same_day, _balance, _taken_in, role="handler"), *_TO_DECIDE,
        Step("withdraw", after(2, 9), {"reason": "双方和解", "settled": True}, r.settled_now)),
    # in the review
    "third_party": r.path(
        _RECEIVE, _ACCEPT, _ASSIGN, Step("join_third_party", workdays(1, 3), _third), *r.EXCHANGE, _HEARD,
        Step("supplement_evidence", after(1, 5), {"documents": ["复函"], "new_ground_raised": True, "agreed": True}), *_UPHELD),
    "inspected": r.path(
        _RECEIVE, _ACCEPT, _ASSIGN, *r.EXCHANGE, _HEARD, Step("start_site_inspection", after(1, 4), lambda m: {"start": m.day}),
        Step("end_site_inspection", workdays(1, 2), lambda m: {"end": m.day}), Step("start_appraisal", workdays(1, 2), lambda m: {"start": m.day}),
        Step("end_appraisal", after(10, 25), lambda m: {"end": m.day}, r.to_decide), *_REVOKED),
    "handler_changed": r.path(
        _RECEIVE, _ACCEPT, _ASSIGN, *r.EXCHANGE, Step("assign_handler", after(1, 6), lambda m: {"handlers": [*reversed(m.handlers)]}),
        _HEARD, *_UPHELD),
    "converted": r.path(
        _RECEIVE, _ACCEPT._replace(data=_accept_simplified), _ASSIGN, *_QUICK,
        Step("convert_to_ordinary", after(3, 9), {"reason": "案情复杂，不宜简易"}, r.to_decide, when_so=r.under_2023), _HEARD, *_UPHELD),
    "agreed_simplified": r.path(
        _RECEIVE, _ACCEPT, _ASSIGN,
        Step("agree_simplified", workdays(0, 1), lambda m: {"consents": _everybody(m)}, r.to_decide, when_so=r.under_2023), *_QUICK,
        _HEARD, *r.decide("uphold", r.decided, before("review_decision", 1, 8)), _CLOSE),
    "committee": r.path(
        _RECEIVE, _ACCEPT._replace(data=_accept_for_committee), *_TO_DECIDE,
        Step("consult_committee", after(3, 8), {"ground": 2, "opinion": "建议撤销"}, _consulted, when_so=r.under_2023), *_REVOKED),
    "stayed_remade": r.path(
        _RECEIVE, _ACCEPT, _ASSIGN, Step("stay_execution", workdays(0, 2), {"ground": 1}), *r.EXCHANGE, _HEARD,
        Step("decide", r.IN_TIME, {"decision_type": "revoke", "remake": True}, r.corrected), _SERVE,
        Step("record_performance", after(10, 40), lambda m: {"performed_on": m.day}), r.CLOSE_LATE),
    "normative_own": _attached(
        True,
        Step("notify_issuer", workdays(0, 2), lambda m: {"notified_on": m.day, "received_on": m.day}, when_so=r.under_2023),
        Step("receive_issuer_reply", after(3, 8), _served, when_so=r.under_2023),
        Step("handle_normative", after(3, 12), {"result": "lawful"})),
    "normative_passed_on": _attached(
        False, Step("transfer_normative", workdays(1, 4), lambda m: {"to_organ": _above(m), "received_by_transferee_on": m.day}),
        Step("receive_transferee_reply", after(20, 45), _served)),
    "nobody_left": r.path(
        _RECEIVE, *_GO_ON, Step("suspend", after(1, 5), lambda m: {"ground": "death", "suspended_on": m.day}),
        Step("terminate", after(64, 75), {"ground": "sixty_days"}, _stood_still)),
    "corrected": r.path(
        _RECEIVE, Step("correct", workdays(0, 1), _correct, role="section_head"), _ACCEPT, Step("serve_document", after(2, 4), _paper, role="handler"),
        Step("take_materials", after(1, 3), lambda m: {"party": m.about["applicant"]["id"]}, role="handler"), *_TO_DECIDE, *_UPHELD),
    # from above
    "ordered_to_accept": r.path(
        _RECEIVE, *_REFUSED, Step("superior_order", after(10, 30), _order("accept"), r.accepted_now), *_TO_DECIDE, *_REVOKED),
    "ordered_to_resume": r.path(
        _RECEIVE, *_GO_ON, Step("suspend", after(1, 4), lambda m: {"ground": "other_case", "suspended_on": m.day}),
        Step("superior_order", after(30, 60), _order("resume_suspension"), r.to_decide), *_REVOKED),
    "rejection_undone": r.path(
        _RECEIVE, *_GO_ON, Step("reject_application", r.IN_TIME, {"condition": 2, "reason": "没有利害关系"}, r.decided),
        Step("superior_order", after(10, 20), _order("resume_review"), _reopened), *_REVOKED),
    "taken_over": r.path(_RECEIVE, Step("superior_order", workdays(2, 4), _order("taken_over"))),
    "elevated": r.path(
        _RECEIVE, *_GO_ON, Step("elevate", after(2, 9), lambda m: {"to_organ": _above(m)}, when_so=r.under_2023),
        Step("withdraw", after(2, 9), {"reason": "不再坚持申请"}, r.given_up, when_so=lambda m: not r.under_2023(m))),
    # after the decision
    "announced": r.path(
        _RECEIVE, *_GO_ON, Step("decide", r.IN_TIME, {"decision_type": "uphold"}, r.decided),
        Step("serve_decision", workdays(1, 3), r.served, parties=r.respondents),
        Step("announce_service", workdays(2, 5), lambda m: {"issued_on": m.day}, parties=r.applicant),
        Step("grant_file_access", after(33, 36), {"who": "申请人", "what": ["决定书"]}, _told_now), _CLOSE),
    "ordered_to_perform": r.path(
        _RECEIVE, *_GO_ON, Step("decide", r.IN_TIME, _perform_by, r.corrected), _SERVE,
        Step("order_performance", lambda m: m.workday(max(m.day, m.about["perform_by"]) + timedelta(days=m.rng.randint(3, 9))),
             lambda m: {"due_on": m.day + timedelta(days=15)}),
        Step("copy_to_superior", workdays(0, 2), lambda m: {"to_organ": _above(m)}, when_so=r.under_2023),
        Step("record_performance", after(3, 12), lambda m: {"performed_on": m.day}), r.CLOSE_LATE),
    "suggested": r.path(
        _RECEIVE, *_GO_ON, *r.decide("confirm_illegal"), Step("issue_suggestion", workdays(1, 4), _suggest),
        Step("refer_discipline", workdays(1, 3), lambda m: {"to": "示例监察机关", "facts": "执法人员涉嫌失职", "on": m.day}),
        Step("publish", workdays(0, 2), when_so=r.under_2023), Step("record_feedback", after(15, 35), r.received), r.CLOSE_LATE),
}  # fmt: skip
