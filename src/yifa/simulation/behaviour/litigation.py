"""Suits against organs: answer, hearing with the head, judgment, appeal, effect, performance; mediation before; suggestions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from yifa.registry import city_of
from yifa.simulation import fiction
from yifa.simulation.chance import pick
from yifa.simulation.steps import Matter, Path, Step, after, before, beyond, same_day, workdays

KINDS = {"act": 70, "inaction": 15, "disclosure": 12, "agreement": 3}
OFFICERS = {"principal": 22, "deputy": 60, "deputy_level": 8, "in_charge": 10}
PERFORM_IN = 30


def suit(m: Matter) -> None:
    """A plaintiff, the department that is sued, and who goes to court for it."""
    day, home = m.planned.arrives, city_of().organ(m.organ).parent
    own = [o.code for o in city_of().organs.values() if o.parent == home and o.kind == "department"]
    m.about |= {
        "plaintiff": {**fiction.party(m.rng, m.number, day), "kind": "person"}, "defendant": m.rng.choice(own),
        "kind": m.about.get("kind") or pick(m.rng, KINDS), "officer": pick(m.rng, OFFICERS), "notified": m.number % 3 == 0,
        "made": day - timedelta(days=m.rng.randint(30, 120)),
    }  # fmt: skip
    m.handlers = ()


def compensation(m: Matter) -> None:
    """A suit for compensation, which a court may mediate."""
    m.about["kind"] = "compensation"
    suit(m)


def dispute(m: Matter) -> None:
    """A dispute that goes to mediation before a suit."""
    suit(m)
    m.about["station"] = f"station{1 + m.number % 4}"


def defendants(m: Matter) -> Sequence[str]:
    """The organ sued."""
    return (m.about["defendant"],)


def plaintiff(m: Matter) -> Sequence[str]:
    """Who sues."""
    return (m.about["plaintiff"]["id"],)


# --------------------------------------------------------------------------------------------- what is said


def register(m: Matter, **changes: Any) -> dict[str, Any]:
    a = m.about
    organ = city_of().organ(a["defendant"])
    level = "department"
    amount = {"amount_claimed": 5000} if a["kind"] == "compensation" else {}
    return {
        "court": "广州铁路运输法院", "court_level": "basic", "court_case_no": f"（{m.day.year}）测7101行初{m.number}号", "case_kind": a["kind"],
        "complaint_received_on": m.day, "court_filed_on": m.day - timedelta(days=3), "plaintiffs": [a["plaintiff"]],
        "defendants": [{"id": organ.code, "name": organ.name, "level": level}],
        "claims": ["compensation" if a["kind"] == "compensation" else "revoke"],
        "act": {"doc_no": f"测示决〔{a['made'].year}〕{m.number}号", "made_on": a["made"]}, **amount, "agents": _lawyer(m), **changes,
    }  # fmt: skip


def _lawyer(m: Matter) -> list[dict[str, str]]:
    """Every third suit is entrusted to a lawyer."""
    return [{"id": f"测试律师{m.number}", "kind": "lawyer"}] if m.number % 3 == 1 else []


def _no_number(m: Matter) -> dict[str, Any]:
    return register(m, court_case_no="未编号")


def staff_no(organ: str, number: int) -> str:
    """Who answers suits in an organ."""
    return f"{organ}/coordinator-{number}"


def _assign(m: Matter) -> dict[str, Any]:
    m.handlers = tuple(staff_no(m.organ, 1 + (m.number + n) % 4) for n in (0, 1))
    return {"lead_organ": m.about["defendant"], "handlers": list(m.handlers)}


def answer(m: Matter) -> dict[str, Any]:
    return {"filed_on": m.day, "evidence": ["现场检查笔录", "询问笔录"]}


def _set(m: Matter) -> dict[str, Any]:
    m.about["hearing"] = m.workday(m.day + timedelta(days=m.rng.randint(8, 15)))
    at = datetime.combine(m.about["hearing"], time(9, 30))
    return {"hearing_at": at, "place": f"第{1 + m.number % 9}法庭", "summons_received_on": m.day,
            "court_required_head": m.about["notified"]}  # fmt: skip


def officer(m: Matter) -> dict[str, Any]:
    return {
        "officer": f"测试负责人{m.number}",
        "post": "局长" if m.about["officer"] == "principal" else "副局长",
        "kind": m.about["officer"],
    }


def _subordinate(m: Matter) -> dict[str, Any]:
    return {**officer(m), "kind": "subordinate"}


def _heard(m: Matter) -> dict[str, Any]:
    return {
        "held_on": m.day,
        "attended_officer": f"测试负责人{m.number}",
        "officer_kind": m.about["officer"],
        "staff": [m.handlers[0]],
    }


def _without_head(m: Matter) -> dict[str, Any]:
    return {"held_on": m.day, "staff": [m.handlers[0]]}


def _excuse(m: Matter) -> dict[str, Any]:
    return {"ground": "irreplaceable_duty", "explanation": "须赴现场指挥抢险", "proof": "应急指挥部通知", "sealed_or_signed": True,
            "staff": [m.handlers[0]]}  # fmt: skip


def services(m: Matter) -> dict[str, date]:
    return dict.fromkeys((m.about["defendant"], m.about["plaintiff"]["id"]), m.day)


def _judgment(result: str) -> Any:
    lost = {} if result == "dismissed" else {"performance_days": PERFORM_IN}
    return lambda m: {"services": services(m), "result": result, **lost}


def _appeal_received(m: Matter) -> dict[str, Any]:
    return {
        "received_on": m.day,
        "filed_on": m.day - timedelta(days=2),
        "court_case_no": f"（{m.day.year}）测71行终{m.number}号",
    }


def second(result: str, **more: Any) -> Any:
    return lambda m: {"result": result, "services": services(m), **more}


def _remanded(m: Matter) -> dict[str, Any]:
    return {
        "result": "remanded",
        "served_on": m.day,
        "court_case_no": f"（{m.day.year}）测7101行初重{m.number}号",
    }


def _loss(m: Matter) -> dict[str, Any]:
    return {
        "cause": "现场检查笔录没有见证人签名",
        "responsible_organ": m.about["defendant"],
        "improvement": "组织执法人员培训",
    }


def refer(m: Matter) -> dict[str, Any]:
    return {"station": m.about["station"], "mediators": [f"XZ{1 + m.number % 50:03d}"], "referred_on": m.day}


def _suggestion(m: Matter) -> dict[str, Any]:
    return {
        "kind": "normative",
        "number": f"（{m.day.year}）测71司建{m.number}号",
        "sender": "广州铁路运输中级法院",
        "received_on": m.day,
    }


# ---------------------------------------------------------------------------------------------------- books


def new(m: Matter) -> None:
    m.count("new_cases")
    who = m.about["defendant"]
    m.wait("answer_on_time_rate", m.due("answer_and_evidence", who))


def answered(m: Matter) -> None:
    m.done("answer_on_time_rate")


def _attended(m: Matter, *, came: bool) -> None:
    m.share("officer_attendance_rate", hit=came)
    if m.about["notified"]:
        m.share("officer_attendance_rate_notified", hit=came)
    if came:
        m.share("head_attendance_rate", hit=m.about["officer"] == "principal")


def _came(m: Matter) -> None:
    _attended(m, came=True)


def _stayed_away(m: Matter) -> None:
    _attended(m, came=False)


def ended(m: Matter, *, settled: bool) -> None:
    m.share("settlement_rate", hit=settled)


def _settled(m: Matter) -> None:
    ended(m, settled=True)


def withdrawn(m: Matter) -> None:
    ended(m, settled=False)


def _judged(m: Matter, *, lost: bool, again: bool = False) -> None:
    """The judgment takes effect when nobody can appeal any more: after the last of the parties' periods."""
    if not again:
        ended(m, settled=False)
    periods = [m.due("appeal_judgment", who) for who in (m.about["defendant"], m.about["plaintiff"]["id"])]
    m.about["effect"], m.about["lost"] = max(periods) + timedelta(days=1), lost


def won(m: Matter) -> None:
    _judged(m, lost=False)


def lost(m: Matter) -> None:
    _judged(m, lost=True)


def _won_again(m: Matter) -> None:
    _judged(m, lost=False, again=True)


def open_again(m: Matter) -> None:
    m.about["effect"] = None


def effective(m: Matter, *, lost: bool) -> None:
    m.about["effect"], m.about["lost"] = m.day, lost


def _performs(m: Matter) -> None:
    m.about["performed"] = m.day


def _mediated(m: Matter) -> None:
    _settled(m)
    m.about["effect"], m.about["lost"] = m.day, None


def premediated(m: Matter, *, settled: bool) -> None:
    m.share("premediation_success_rate", hit=settled)


def _asked(m: Matter) -> None:
    m.wait("suggestion_reply_rate", m.due("suggestion_normative"))


def _replied(m: Matter) -> None:
    m.done("suggestion_reply_rate")


def end(m: Matter) -> None:
    """What took effect by the end, and whether what a lost case orders was done in time."""
    effect, lost = m.about.get("effect"), m.about.get("lost")
    if effect is None or lost is None or effect > m.tally.until:
        return
    m.share("loss_rate", effect, hit=lost)
    if lost and m.about.get("ordered", True):
        due = m.workday(effect + timedelta(days=PERFORM_IN))
        m.share("performance_rate", due, hit="performed" in m.about and m.about["performed"] <= due)


# ---------------------------------------------------------------------------------------------------- paths


def path(*steps: Step, begin: Any = suit) -> Path:
    return Path(steps, begin, end)


REGISTER = Step("register_case", same_day, register, new)
ASSIGN = Step("assign", workdays(0, 2), _assign)
ANSWER = Step("file_answer", before("answer_and_evidence", 0, 6), answer, answered, parties=defendants)
_LATE_ANSWER = Step("file_answer", beyond("answer_and_evidence", 1, 5), answer, answered, parties=defendants)
SET = Step("set_hearing", after(20, 50), _set)


def ahead(m: Matter) -> date:
    """Within two working days, and not after the hearing."""
    hearing: date = m.about["hearing"]
    return min(workdays(1, 2)(m), hearing)


NOMINATE = Step("nominate_officer", ahead, officer)
HEARD = Step("record_hearing", lambda m: m.about["hearing"], _heard, _came)
BEGUN = (REGISTER, ASSIGN, ANSWER)
TRIAL = (*BEGUN, SET, NOMINATE, HEARD)


def first(result: str, books: Any) -> Step:
    return Step("serve_judgment", after(20, 60), _judgment(result), books)


_APPEALED = Step("receive_appeal", after(8, 13), _appeal_received, open_again, parties=plaintiff)
_ANSWERED_AGAIN = Step("answer_appeal", after(3, 8), lambda m: {"filed_on": m.day}, parties=defendants)
AFTER_EFFECT = Step("record_performance", lambda m: m.workday(m.about["effect"] + timedelta(days=m.rng.randint(3, 20))),
                     lambda m: {"done_on": m.day, "result": "complete"}, _performs)  # fmt: skip
_TOO_LATE = AFTER_EFFECT._replace(
    when=lambda m: m.workday(m.about["effect"] + timedelta(days=PERFORM_IN + m.rng.randint(15, 30)))
)
ANALYSE = Step("record_loss", after(2, 10), _loss)


def _close(m: Matter) -> date:
    return m.workday(max(m.day, m.about["effect"]) + timedelta(days=m.rng.randint(3, 12)))


CLOSE = Step("close", _close)

PATHS: Mapping[str, Path] = {
    "won": path(*TRIAL, first("dismissed", won), CLOSE),
    "lost": path(*TRIAL, first("revoked", lost), AFTER_EFFECT, ANALYSE, CLOSE),
    "lost_performed_late": path(*TRIAL, first("ordered_performance", lost), _TOO_LATE, ANALYSE, CLOSE),
    "answered_late": path(REGISTER, ASSIGN, _LATE_ANSWER, SET, NOMINATE, HEARD, first("dismissed", won), CLOSE),
    "settled": path(*BEGUN, Step("withdraw_ruling", after(10, 40), {"why": "settled"}, _settled)),
    "act_changed": path(
        *BEGUN, Step("change_act", after(5, 20), {"new_act": "撤销原处罚决定", "court_told": True}),
        Step("withdraw_ruling", after(5, 15), {"why": "act_changed"}, _settled)),
    "withdrawn": path(*BEGUN, Step("withdraw_ruling", after(10, 40), {"why": "other"}, withdrawn)),
    "court_mediated": path(*TRIAL, Step("court_mediation", after(5, 20), lambda m: {"services": services(m), "terms": "支付三千元"}, _mediated),
                            begin=compensation),
    "appealed": path(
        *TRIAL, first("dismissed", won), _APPEALED, _ANSWERED_AGAIN,
        Step("serve_second", after(40, 80), second("upheld"), lambda m: effective(m, lost=False)), CLOSE),
    "appealed_heard": path(
        *TRIAL, first("dismissed", won), _APPEALED, _ANSWERED_AGAIN, SET, NOMINATE, HEARD,
        Step("serve_second", after(15, 40), second("upheld"), lambda m: effective(m, lost=False)), CLOSE),
    "changed_on_appeal": path(
        *TRIAL, first("dismissed", won), _APPEALED, _ANSWERED_AGAIN,
        Step("serve_second", after(40, 80), second("changed", new_result="revoked", performance_days=PERFORM_IN), lambda m: effective(m, lost=True)),
        AFTER_EFFECT, ANALYSE, CLOSE),
    "remanded": path(
        *TRIAL, first("dismissed", won), _APPEALED, Step("serve_second", after(30, 50), _remanded),
        SET, NOMINATE, HEARD, Step("serve_judgment", after(15, 30), _judgment("dismissed"), _won_again), CLOSE),
    "excused": path(*BEGUN, SET, Step("excuse_officer", ahead, _excuse), Step("record_hearing", lambda m: m.about["hearing"], _without_head, _stayed_away),
                     first("dismissed", won), CLOSE),
    "premediated": path(
        Step("refer_mediation", same_day, refer),
        Step("close_mediation", after(10, 25), {"result": "settled", "agreement": "行政机关重新核定罚款数额"}, lambda m: premediated(m, settled=True)),
        begin=dispute),
    "premediated_in_vain": path(
        Step("refer_mediation", same_day, refer),
        Step("close_mediation", after(10, 25), {"result": "failed"}, lambda m: premediated(m, settled=False)),
        Step("register_case", after(3, 9), register, new), ASSIGN, ANSWER, SET, NOMINATE, HEARD, first("dismissed", won), CLOSE,
        begin=dispute),
    "suggestion": path(
        *TRIAL, first("dismissed", won), Step("receive_suggestion", after(2, 8), _suggestion, _asked),
        Step("reply_suggestion", before("suggestion_normative", 2, 30), {"adopted": "part", "measures": ["修改有关文件第五条"]}, _replied), CLOSE),
    "errors": path(
        Step("register_case", same_day, _no_number, wrong=True), REGISTER, ASSIGN, Step("assign", same_day, _assign, wrong=True), ANSWER, SET,
        Step("nominate_officer", same_day, _subordinate, wrong=True), NOMINATE, HEARD, first("revoked", lost),
        Step("close", same_day, wrong=True), AFTER_EFFECT, Step("close", same_day, wrong=True), ANALYSE, CLOSE),
}  # fmt: skip
