"""Reconsideration: from the window to the closed file, under the law of 2017 and of 2023, with what happens on the way."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from yifa.registry import city_of
from yifa.simulation import fiction
from yifa.simulation.chance import pick
from yifa.simulation.lists import HANDLERS, handler_no
from yifa.simulation.steps import (
    Matter,
    Path,
    Step,
    after,
    before,
    beyond,
    same_day,
    workdays,
)

# What is disputed, by the items of L17 6 and of L23 11, which number the same acts differently.
KINDS = {"penalty": 40, "coercion": 5, "inaction": 28, "natural_resource": 4, "other": 23}
CATEGORIES = {
    "2017": {"penalty": 1, "coercion": 2, "natural_resource": 4, "inaction": 9, "other": 11},
    "2023": {"penalty": 1, "coercion": 2, "natural_resource": 4, "inaction": 11, "other": 15},
}
FROM_2024 = date(2024, 1, 1)
TAGS: Mapping[tuple[str, ...], float] = {
    (): 70,
    ("市场监管投诉举报",): 18,
    ("交通违法处罚",): 8,
    ("工伤认定",): 4,
}
DEPARTMENTS = ("department", "justice")
SEVEN = [1, 2, 3, 4, 5, 6, 7]


def application(m: Matter) -> None:
    """An applicant, the organ whose act is disputed, and the act."""
    day = m.planned.arrives
    kind = pick(m.rng, KINDS)
    own = [o.code for o in city_of().organs.values() if o.parent == m.organ and o.kind in DEPARTMENTS]
    known = day - timedelta(days=m.rng.randint(3, 45))
    m.about |= {
        "applicant": fiction.party(m.rng, m.number, day), "respondents": m.rng.sample(own, 2 if m.number % 33 == 0 else 1),
        "act": {"type": kind, "doc_no": f"测示罚〔{known.year}〕{m.number}号", "made_on": known - timedelta(days=m.rng.randint(0, 6))},
        "category": CATEGORIES["2023" if day >= FROM_2024 else "2017"][kind], "known": known, "tags": [*pick(m.rng, TAGS)],
    }  # fmt: skip


def parties(m: Matter) -> Sequence[str]:
    """Everybody a decision is served on: the respondents first."""
    return (*m.about["respondents"], m.about["applicant"]["id"], *m.about.get("third", ()))


def respondents(m: Matter) -> Sequence[str]:
    """The organs whose act it is."""
    found: Sequence[str] = m.about["respondents"]
    return found


def applicant(m: Matter) -> Sequence[str]:
    """Who applied."""
    return (m.about["applicant"]["id"],)


def under_2023(m: Matter) -> bool:
    """Whether the case goes by the law of 2023."""
    return m.view is not None and m.view.version == "2023"


# --------------------------------------------------------------------------------------------- what is said


def intake(m: Matter, **changes: Any) -> dict[str, Any]:
    day = m.planned.arrives
    inaction = {"is_inaction": True} if m.about["act"]["type"] == "inaction" else {}
    organs = [
        {"id": code, "name": city_of().organ(code).name, "kind": "organ"} for code in m.about["respondents"]
    ]
    return {
        "filed_on": day, "received_on": day, "channel": ("in_person", "post", "online")[m.number % 3],
        "applicants": [m.about["applicant"]], "respondents": organs, "act": m.about["act"], "act_category": m.about["category"],
        "known_on": m.about["known"], "remedy_told": "all", "requests": ["perform"] if inaction else ["revoke"],
        "facts_reasons": "认为该行为认定事实不清、证据不足，适用依据错误，请求依法处理。", "topic_tags": m.about["tags"],
        "service_address": m.about["applicant"]["address"], "e_service_consent": m.number % 2 == 0, **changes,
    }  # fmt: skip


def _receive(m: Matter) -> dict[str, Any]:
    return intake(m)


def _at_window(m: Matter) -> dict[str, Any]:
    return intake(m, channel="cross_district", window_code="gz-w1" if m.organ != "gz-gov" else "440106-w1")


def _too_short(m: Matter) -> dict[str, Any]:
    return intake(m, facts_reasons="不服")


def accept(m: Matter) -> dict[str, Any]:
    return {"accepted_on": m.day, "conditions_met": SEVEN}


def _handlers(m: Matter) -> dict[str, Any]:
    first = m.number % HANDLERS
    m.handlers = (handler_no(m.organ, first + 1), handler_no(m.organ, (first + 1) % HANDLERS + 1))
    return {"handlers": list(m.handlers)}


def _alone(m: Matter) -> dict[str, Any]:
    return {"handlers": [handler_no(m.organ, 1)], "fact_finding": True}


def served(m: Matter) -> dict[str, Any]:
    return {"served_on": m.day}


def received(m: Matter) -> dict[str, Any]:
    return {"received_on": m.day}


def _hearing(m: Matter) -> dict[str, Any]:
    m.about["hearing"] = m.workday(m.day + timedelta(days=12))
    return {"hearing_on": m.about["hearing"], "served_on": m.day, "chair": handler_no(m.organ, 3),
            "officers": [handler_no(m.organ, 4), handler_no(m.organ, 5)], "clerk": handler_no(m.organ, 6)}  # fmt: skip


def supplement(m: Matter) -> dict[str, Any]:
    return {
        "items": ["申请人身份证明"],
        "issued_on": m.day,
        "served_on": m.day,
        "due_on": m.day + timedelta(days=12),
    }


def _agreement(m: Matter) -> dict[str, Any]:
    return {"signed_on": m.day, "sealed_on": m.day, "signed_by": [*parties(m)]}


def _annul(m: Matter) -> dict[str, Any]:
    assert m.view is not None
    last = m.view.last("decide")
    assert last is not None
    return {"target": last.seq, "reason": "误录，结论与签发稿不一致"}


def _opinion(m: Matter) -> dict[str, Any]:
    return {"to": m.about["respondents"][0], "received_on": m.day, "issue": "未依法履行告知程序"}


def _lawsuit(m: Matter) -> dict[str, Any]:
    m.about["sued"] = m.day
    return {"filed_on": m.day, "court_case_no": f"（{m.day.year}）测71行初{m.number}号"}


# ---------------------------------------------------------------------------------------------------- books


def new(m: Matter) -> None:
    m.about["complete"] = m.day
    m.count("new_applications")


def completed(m: Matter) -> None:
    m.about["complete"] = m.day


def _crossed(m: Matter) -> None:
    m.count("cross_district_count")


def _accepted(m: Matter) -> None:
    """Under the law of 2017 an application is accepted on the day it was received whole."""
    m.count("accepted", m.day if under_2023(m) else m.about["complete"])


def accepted_now(m: Matter) -> None:
    m.count("accepted")


def concluded(m: Matter, *, corrects: bool = False, settled: bool = False, broad: bool | None = None) -> None:
    """It has ended so; counted at the end of the run, for an order or an annulment may undo it."""
    m.about["concluded"] = m.day
    m.about["shares"] = {
        "correction_rate": corrects, "broad_correction_rate": corrects if broad is None else broad,
        "mediation_rate": settled, "on_time_rate": m.day <= m.about["due"],
    }  # fmt: skip
    m.about["window"] = None


def to_decide(m: Matter) -> None:
    m.about["due"] = m.due("review_decision")


def decided(m: Matter) -> None:
    concluded(m)
    m.about["window"] = date.max


def corrected(m: Matter) -> None:
    concluded(m, corrects=True)
    m.about["window"] = date.max


def settled_now(m: Matter) -> None:
    concluded(m, settled=True, broad=True)


def _changed(m: Matter) -> None:
    concluded(m, broad=True)


def given_up(m: Matter) -> None:
    concluded(m)


def told(m: Matter) -> None:
    """The decision is served on everybody: until when anybody may sue, the law's clocks say."""
    assert m.view is not None
    codes = ("sue_after_decision", "sue_after_refusal")
    m.about["window"] = max(
        i.due.due for code in codes for i in m.view.clocks.get(code, ()) if i.due.due is not None
    )


def end(m: Matter) -> None:
    """What can only be said at the end: how it ended, whether anybody could still sue, and whether somebody did."""
    concluded, window = m.about.get("concluded"), m.about.get("window")
    if concluded is None:
        return
    m.count("concluded", concluded)
    for figure, hit in m.about["shares"].items():
        m.share(figure, concluded, hit=hit)
    m.share("sued_rate", concluded, hit="sued" in m.about)
    if window is None or window < m.tally.until:
        m.share("resolved_rate", concluded, hit="sued" not in m.about)


def _judged(m: Matter, *, lost: bool) -> None:
    m.share("court_loss_rate", hit=lost)


def _heard(m: Matter) -> None:
    m.count("hearing_count")


def _opined(m: Matter) -> None:
    m.wait("opinion_feedback_rate", m.due("opinion_feedback"))


def _fed_back(m: Matter) -> None:
    m.done("opinion_feedback_rate")


# ---------------------------------------------------------------------------------------------------- paths

RECEIVE = Step("receive_application", same_day, _receive, new)
ACCEPT = Step("accept", workdays(1, 4), accept, _accepted)
ASSIGN = Step("assign_handler", workdays(0, 1), _handlers, to_decide)
EXCHANGE = (
    Step("send_copy", workdays(1, 4), served, parties=respondents),
    Step("receive_reply", after(4, 9), received, parties=respondents),
)
HEARD_THEM = Step(
    "hear_opinions", after(2, 6), {"mode": "phone", "record": "已制作电话记录"}, when_so=under_2023
)
_INTAKE = (RECEIVE, ACCEPT, ASSIGN, *EXCHANGE)
REVIEW = (*_INTAKE, HEARD_THEM)
IN_TIME = before("review_decision", 2, 25)
SERVE = Step("serve_decision", workdays(1, 4), served, told, parties=parties)
CLOSE = Step("close", lambda m: m.workday(m.about["window"] + timedelta(days=m.rng.randint(2, 15))))
CLOSE_LATE = CLOSE._replace(
    when=lambda m: m.workday(max(m.day, m.about["window"]) + timedelta(days=m.rng.randint(2, 15)))
)


def decide(kind: str, books: Any = corrected, when: Any = IN_TIME) -> tuple[Step, ...]:
    return (Step("decide", when, {"decision_type": kind}, books), SERVE)


def _suing(*, lost: bool) -> tuple[Step, ...]:
    return (
        Step("record_lawsuit", after(3, 12), _lawsuit, parties=applicant),
        Step(
            "record_court_result",
            after(60, 110),
            lambda m: {"final_on": m.day, "lost": lost},
            lambda m: _judged(m, lost=lost),
        ),
    )


def path(*steps: Step) -> Path:
    return Path(steps, application, end)


_SUPPLEMENT = (Step("request_supplement", workdays(1, 4), supplement),)
_SUPPLIED = Step("submit_supplement", after(3, 8), received, completed)
_WITHDRAW = after(2, 18)

PATHS: Mapping[str, Path] = {
    "upheld": path(*REVIEW, *decide("uphold", decided), CLOSE),
    "revoked": path(*REVIEW, *decide("revoke"), CLOSE),
    "part_revoked": path(*REVIEW, *decide("revoke_part"), CLOSE),
    "changed": path(*REVIEW, *decide("change"), CLOSE),
    "illegal": path(*REVIEW, *decide("confirm_illegal"), CLOSE),
    "ordered": path(*REVIEW, *decide("order_perform"), CLOSE),
    "claim_rejected": path(*REVIEW, *decide("reject_claim", decided), CLOSE),
    "application_rejected": path(
        *REVIEW, Step("reject_application", IN_TIME, {"condition": 2, "reason": "与被复议行为没有利害关系"}, decided), SERVE, CLOSE),
    "settled": path(*REVIEW, Step("withdraw", _WITHDRAW, {"settled": True, "reason": "双方和解"}, settled_now)),
    "act_changed": path(*REVIEW, Step("withdraw", _WITHDRAW, {"act_changed": True, "reason": "行为已改变"}, _changed)),
    "given_up": path(*REVIEW, Step("withdraw", _WITHDRAW, {"reason": "不再坚持申请"}, given_up)),
    "mediated": path(
        *REVIEW, Step("mediate", after(1, 8), {"discretionary_or_compensation": True, "record": "笔录"}),
        Step("mediation_agreement", after(2, 9), _agreement, settled_now), Step("close", after(5, 20))),
    "sued_won": path(*REVIEW, *decide("uphold", decided), *_suing(lost=False), CLOSE_LATE),
    "sued_lost": path(*REVIEW, *decide("uphold", decided), *_suing(lost=True), CLOSE_LATE),
    "refused": path(
        RECEIVE, Step("refuse", workdays(1, 4), {"condition": 2, "reason": "没有利害关系"}),
        Step("serve_refusal", workdays(1, 3), served, parties=applicant)),
    "withdrawn_early": path(RECEIVE, Step("withdraw", workdays(0, 2), {"reason": "不再申请"})),
    "supplemented": path(RECEIVE, *_SUPPLEMENT, _SUPPLIED, ACCEPT, ASSIGN, *EXCHANGE, HEARD_THEM,
                          *decide("uphold", decided), CLOSE),
    "abandoned": path(RECEIVE, *_SUPPLEMENT, Step("mark_abandoned", beyond("supplement_submit", 2, 8), {"reason": "经电话询问，无正当理由"})),
    "heard": path(
        *_INTAKE, HEARD_THEM, Step("notify_hearing", after(1, 4), _hearing),
        Step("hold_hearing", lambda m: m.about["hearing"], {"record": "听证笔录"}, _heard), *decide("revoke"), CLOSE),
    "extended": path(
        *REVIEW, Step("extend_review", before("review_decision", 2, 8), {"days": 30}, to_decide), *decide("confirm_illegal"), CLOSE),
    "late": path(*REVIEW, *decide("uphold", decided, beyond("review_decision", 3, 20)), CLOSE),
    "suspended": path(
        *REVIEW, Step("suspend", after(1, 4), lambda m: {"ground": "other_case", "suspended_on": m.day}),
        Step("resume", after(25, 60), lambda m: {"resumed_on": m.day}, to_decide), *decide("uphold", decided), CLOSE),
    "redecided": path(
        *REVIEW, Step("decide", before("review_decision", 10, 25), {"decision_type": "uphold"}),
        Step("annul", workdays(1, 1), _annul), Step("decide", workdays(1, 2), {"decision_type": "revoke"}, corrected), SERVE, CLOSE),
    "opinion": path(
        *REVIEW, *decide("confirm_illegal"), Step("issue_opinion", workdays(1, 3), _opinion, _opined),
        Step("record_feedback", before("opinion_feedback", 1, 30), received, _fed_back), CLOSE_LATE),
    "opinion_late": path(
        *REVIEW, *decide("confirm_illegal"), Step("issue_opinion", workdays(1, 3), _opinion, _opined),
        Step("record_feedback", beyond("opinion_feedback", 2, 20), received, _fed_back), CLOSE_LATE),
    "late_record": path(
        *_INTAKE, HEARD_THEM, Step("grant_file_access", after(1, 3), {"who": "申请人", "what": ["答复书"]}, late=6),
        *decide("uphold", decided), CLOSE),
    "cross_district": path(
        Step("receive_application", same_day, _at_window, _crossed), Step("receive_transfer", workdays(1, 1), received, new),
        ACCEPT, ASSIGN, *EXCHANGE, HEARD_THEM, *decide("uphold", decided), CLOSE),
    "errors": path(
        Step("receive_application", same_day, _too_short, wrong=True), RECEIVE,
        Step("decide", same_day, {"decision_type": "uphold"}, wrong=True), ACCEPT,
        Step("accept", same_day, accept, wrong=True), Step("assign_handler", same_day, _alone, wrong=True), ASSIGN, *EXCHANGE, HEARD_THEM,
        Step("extend_review", after(1, 3), {"days": 45}, wrong=True),
        *decide("uphold", decided), Step("decide", same_day, {"decision_type": "revoke"}, wrong=True),
        Step("close", same_day, wrong=True), CLOSE),
}  # fmt: skip
