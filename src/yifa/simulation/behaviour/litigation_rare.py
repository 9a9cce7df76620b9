"""Suits off the beaten track: more time for evidence, jurisdiction, standstills, appeals of ours, retrial, payment, enforcement."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from yifa.registry import city_of
from yifa.simulation.behaviour import litigation as t
from yifa.simulation.steps import Matter, Path, Step, after, before, same_day, workdays


def two_organs(m: Matter) -> None:
    """Two departments made the act together; the second receives the complaint later."""
    t.suit(m)
    own = [
        o.code
        for o in city_of().organs.values()
        if o.parent == city_of().organ(m.organ).parent and o.kind == "department"
    ]
    m.about["second"] = next(code for code in own if code != m.about["defendant"])


def money(m: Matter) -> None:
    """A suit for compensation that goes to judgment."""
    t.compensation(m)


def idle_debtor(m: Matter) -> None:
    """Somebody neither performs an act nor disputes it; its suit period has just run out."""
    day = m.planned.arrives
    m.about |= {"served": day - timedelta(days=200), "suable": day - timedelta(days=5)}


def both_organs(m: Matter) -> Sequence[str]:
    """The organs sued."""
    return (m.about["defendant"], m.about["second"])


def second_organ(m: Matter) -> Sequence[str]:
    """The one that received the complaint later."""
    return (m.about["second"],)


# --------------------------------------------------------------------------------------------- what is said


def _register_two(m: Matter) -> dict[str, Any]:
    said = t.register(m)
    named = [
        {"id": code, "name": city_of().organ(code).name, "level": "department"} for code in both_organs(m)
    ]
    named[0]["complaint_received_on"] = said.pop("complaint_received_on")
    return {**said, "defendants": named}


def _simplified(m: Matter) -> dict[str, Any]:
    return t.register(m, procedure="simplified", evidence_days=10)


def _ask_time(m: Matter) -> dict[str, Any]:
    return {"filed_on": m.day, "cause": "proper", "reason": "档案受灾，须重新调取"}


def _answer_alone(m: Matter) -> dict[str, Any]:
    return {"filed_on": m.day, "written_answer": True}


def _agents(m: Matter) -> dict[str, Any]:
    return {
        "agents": [
            {"id": m.handlers[0], "kind": "staff"},
            {"id": f"测试公职律师{m.number}", "kind": "public_lawyer"},
        ]
    }


def _postpone(m: Matter) -> dict[str, Any]:
    m.about["hearing"] = m.workday(m.about["hearing"] + timedelta(days=14))
    return {
        "new_hearing_at": datetime.combine(m.about["hearing"], time(14, 30)),
        "place": f"第{1 + m.number % 5}法庭",
        "ground": 4,
    }


def _another(m: Matter) -> dict[str, Any]:
    return {**t.officer(m), "officer": f"测试副职{m.number}"}


def _appeal(m: Matter) -> dict[str, Any]:
    return {
        "filed_on": m.day,
        "court": "广州铁路运输中级法院",
        "court_case_no": f"（{m.day.year}）测71行终{m.number}号",
    }


def _retrial(m: Matter) -> dict[str, Any]:
    return {"received_on": m.day, "court_case_no": f"（{m.day.year}）测行申{m.number}号"}


def _overturned(m: Matter) -> dict[str, Any]:
    return {"result": "changed", "new_result": "revoked", "services": t.services(m)}


def _award(m: Matter) -> dict[str, Any]:
    return {
        "services": t.services(m),
        "result": "compensation",
        "amount": 5000,
        "performance_days": t.PERFORM_IN,
    }


def _watched(m: Matter) -> dict[str, Any]:
    a = m.about
    return {
        "act": f"测示罚〔{a['served'].year}〕{m.number}号",
        "served_on": a["served"],
        "suit_period_end": a["suable"],
        "obliged": ["测试义务人"],
    }


def _apply_nonlit(m: Matter) -> dict[str, Any]:
    return {"filed_on": m.day, "suit_period_end": m.about["suable"], "demand_served_on": m.about["demanded"]}


def _demand(m: Matter) -> dict[str, Any]:
    m.about["demanded"] = m.day
    return {"demand_served_on": m.day}


def _ruled(kind: str) -> Any:
    return lambda m: {"kind": kind, "served_on": m.day}


def _filed(m: Matter) -> dict[str, Any]:
    return {"filed_on": m.day}


def _done(m: Matter) -> dict[str, Any]:
    return {"done_on": m.day}


def _span(m: Matter) -> dict[str, Any]:
    return {"day": m.day, "what": "涉案材料"}


# ---------------------------------------------------------------------------------------------------- books


def _new_with_two(m: Matter) -> None:
    m.count("new_cases")
    m.wait("answer_on_time_rate", m.due("answer_and_evidence", m.about["defendant"]), m.about["defendant"])


def _second_waits(m: Matter) -> None:
    m.wait("answer_on_time_rate", m.due("answer_and_evidence", m.about["second"]), m.about["second"])


def _both_answered(m: Matter) -> None:
    for who in both_organs(m):
        m.done("answer_on_time_rate", key=who)


def _judged_two(m: Matter) -> None:
    t.ended(m, settled=False)
    everybody = (*both_organs(m), m.about["plaintiff"]["id"])
    m.about["effect"] = max(m.due("appeal_judgment", who) for who in everybody) + timedelta(days=1)
    m.about["lost"] = False


def _served_two(m: Matter) -> dict[str, Any]:
    return {
        "services": dict.fromkeys((*both_organs(m), m.about["plaintiff"]["id"]), m.day),
        "result": "dismissed",
    }


def _upheld_against_us(m: Matter) -> None:
    t.effective(m, lost=True)


def _lost_late(m: Matter) -> None:
    t.effective(m, lost=True)
    m.about["ordered"] = False


def _settled_before(m: Matter) -> None:
    t.premediated(m, settled=True)


# ---------------------------------------------------------------------------------------------------- paths

_WON, _LOST = t.first("dismissed", t.won), t.first("revoked", t.lost)
_AFTER_LOSS = (t.AFTER_EFFECT, t.ANALYSE, t.CLOSE)
_HEARING = (t.SET, t.NOMINATE, t.HEARD)
_OURS = t.defendants
_IN_EFFECT = lambda m: m.workday(max(m.day, m.about["effect"]) + timedelta(days=m.rng.randint(15, 40)))  # noqa: E731
_NONLIT = (
    Step("watch_act", same_day, _watched), Step("serve_demand", workdays(1, 3), _demand),
    Step("non_lit_enforcement", workdays(12, 18), _apply_nonlit),
)  # fmt: skip


def _others(m: Matter) -> dict[str, Any]:
    """One of those who answer the suit has left; a colleague goes on."""
    m.handlers = (t.staff_no(m.organ, 1 + (m.number + 2) % 4), *m.handlers[1:])
    return {"handlers": list(m.handlers), "reason": "原应诉人员调离"}


def _soon(m: Matter) -> date:
    """While the organ still has time to answer."""
    return min(workdays(1, 2)(m), m.due("answer_and_evidence", m.about["defendant"]))


PATHS: Mapping[str, Path] = {
    "premediation_extended": t.path(
        Step("refer_mediation", same_day, t.refer), Step("extend_mediation", after(10, 20), lambda m: {"until": m.day + timedelta(days=30)}),
        Step("close_mediation", after(10, 25), {"result": "settled", "agreement": "行政机关重新核定罚款数额"}, _settled_before), begin=t.dispute),
    "two_defendants": t.path(
        Step("register_case", same_day, _register_two, _new_with_two), t.ASSIGN,
        Step("receive_complaint", workdays(0, 3), lambda m: {"complaint_received_on": m.day}, _second_waits, parties=second_organ),
        Step("file_answer", before("answer_and_evidence", 4, 8), t.answer, _both_answered, parties=both_organs), *_HEARING,
        Step("serve_judgment", after(20, 60), _served_two, _judged_two), t.CLOSE, begin=two_organs),
    "evidence_extended": t.path(
        t.REGISTER, t.ASSIGN, Step("request_evidence_extension", _soon, _ask_time, parties=_OURS),
        Step("grant_evidence_extension", workdays(1, 3), {"granted": True}, parties=_OURS),
        Step("file_answer", before("answer_and_evidence", 0, 2), _answer_alone, t.answered, parties=_OURS),
        Step("cause_ended", after(5, 15), lambda m: {"cause_ended_on": m.day}, parties=_OURS),
        Step("file_evidence", after(2, 6), lambda m: {"filed_on": m.day, "evidence": ["重新调取的档案"]}, parties=_OURS),
        Step("remind", workdays(0, 2), {"item": "确定出庭负责人"}), *_HEARING, _WON, t.CLOSE),
    "jurisdiction": t.path(
        t.REGISTER, t.ASSIGN, Step("object_jurisdiction", _soon, lambda m: {"filed_on": m.day, "grounds": "应由其他法院管辖"}, parties=_OURS), t.ANSWER,
        Step("rule_jurisdiction", after(10, 20), lambda m: {"upheld": False, "served_on": m.day}),
        Step("appeal_jurisdiction", after(2, 8), _filed), *_HEARING, _WON, t.CLOSE),
    "postponed": t.path(
        *t.BEGUN, Step("appoint_agents", workdays(1, 4), _agents), Step("reassign", workdays(1, 2), _others), t.SET, t.NOMINATE, Step("postpone_hearing", same_day, _postpone),
        Step("nominate_officer", t.ahead, t.officer), Step("replace_officer", workdays(1, 3), _another), t.HEARD, _WON, t.CLOSE),
    "converted": t.path(
        Step("register_case", same_day, _simplified, t.new), t.ASSIGN, t.ANSWER, Step("convert_procedure", after(5, 20), lambda m: {"served_on": m.day}),
        *_HEARING, _WON, t.CLOSE),
    "suspended": t.path(
        *t.BEGUN, Step("suspend", after(5, 15), lambda m: {"suspended_on": m.day, "ground": 6}),
        Step("resume", after(30, 60), lambda m: {"resumed_on": m.day}), Step("start_appraisal", after(2, 5), _span), Step("end_appraisal", after(10, 20), _span),
        Step("start_notice", after(1, 3), _span), Step("end_notice", after(30, 32), _span),
        Step("extend_court_limit", workdays(0, 2), lambda m: {"until": m.day + timedelta(days=90)}), *_HEARING, _WON, t.CLOSE),
    "nobody_left": t.path(
        *t.BEGUN, Step("suspend", after(5, 15), lambda m: {"suspended_on": m.day, "ground": 1}),
        Step("terminate_suit", after(95, 110), lambda m: {"served_on": m.day, "ground": 3}, t.withdrawn)),
    "our_appeal": t.path(
        *t.TRIAL, _LOST, Step("decide_appeal", after(1, 5), {"appeal": True, "reasons": "一审认定事实有误"}),
        Step("file_appeal", after(2, 6), _appeal, t.open_again, parties=_OURS),
        Step("serve_second", after(40, 80), t.second("upheld"), _upheld_against_us), *_AFTER_LOSS),
    "our_retrial": t.path(
        *t.TRIAL, _LOST, t.AFTER_EFFECT, t.ANALYSE, Step("apply_retrial", _IN_EFFECT, lambda m: {"ground": 4, "filed_on": m.day}),
        Step("serve_retrial", after(60, 120), lambda m: {"result": "refused", "served_on": m.day}), t.CLOSE),
    "retrial_refused": t.path(
        *t.TRIAL, _WON, Step("receive_retrial", _IN_EFFECT, _retrial), Step("answer_retrial", after(5, 12), _filed),
        Step("serve_retrial", after(60, 120), lambda m: {"result": "refused", "served_on": m.day}), t.CLOSE),
    "retrial_lost": t.path(
        *t.TRIAL, _WON, Step("receive_retrial", _IN_EFFECT, _retrial), Step("answer_retrial", after(5, 12), _filed),
        Step("serve_retrial", after(60, 120), _overturned, _lost_late), t.ANALYSE, t.CLOSE),
    "enforced": t.path(
        *t.TRIAL, _LOST, Step("apply_enforcement", lambda m: m.workday(m.about["effect"] + timedelta(days=t.PERFORM_IN + 12)), _filed),
        t.AFTER_EFFECT._replace(when=after(10, 25)), t.ANALYSE, t.CLOSE),
    "award_paid": t.path(
        *t.TRIAL, Step("serve_judgment", after(20, 60), _award, t.lost),
        Step("claim_payment", lambda m: m.workday(m.about["effect"] + timedelta(days=m.rng.randint(1, 4))), lambda m: {"received_on": m.day, "amount": 5000}),
        Step("forward_payment", workdays(2, 4), _done), Step("record_payment", workdays(3, 6), _done),
        t.AFTER_EFFECT._replace(when=same_day), t.ANALYSE, t.CLOSE, begin=money),
    "not_sued": Path((*_NONLIT, Step("nonlit_ruling", after(10, 25), _ruled("granted")), Step("close", after(20, 60))), idle_debtor),
    "not_sued_refused": Path((
        *_NONLIT, Step("nonlit_ruling", after(10, 25), _ruled("refused")), Step("ask_nonlit_review", after(3, 12), _filed), Step("close", after(20, 60))),
        idle_debtor),
}  # fmt: skip
