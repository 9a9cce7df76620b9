"""Mediation off the beaten track: courts and petition offices, risks, a court that does not confirm, subsidies, committees."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from yifa.registry import city_of
from yifa.simulation.behaviour import mediation as d
from yifa.simulation.chance import pick
from yifa.simulation.steps import Matter, Path, Side, Step, after, same_day, workdays
from yifa.simulation.world import MEDIATED


def from_court(m: Matter) -> None:
    """A court sends the dispute before it files the suit."""
    d.dispute(m)
    m.about |= {"channel": "court_before_filing", "term": "term_court_before"}


def from_petition(m: Matter) -> None:
    """A petition office sends it."""
    d.dispute(m)
    m.about["channel"] = "petition"


def moved(m: Matter) -> None:
    """The parties live in another street of the district, whose committee goes on with it."""
    d.dispute(m)
    here = city_of().organ(m.organ)
    others = [
        o.code
        for o in city_of().organs.values()
        if o.level == "town" and o.seat == here.seat and o.code != m.organ
    ]
    m.about["next"] = m.rng.choice(others) if others else m.organ


def same_dispute(m: Matter) -> None:
    """The case opened by the follow-up is about the same."""
    m.about = m.home.about


def sides(m: Matter) -> Sequence[str]:
    """The parties, the first one first."""
    return [side["id"] for side in m.about["sides"]]


# --------------------------------------------------------------------------------------------- what is said


def _several(m: Matter) -> dict[str, Any]:
    return d.outing(m, disputes=2, dispute_type=pick(m.rng, d.DISPUTES))


def _sent(m: Matter) -> dict[str, Any]:
    return {
        **d.register(m),
        "referrer": "广州市示例区人民法院",
        "referrer_doc": f"测委调〔{m.day.year}〕{m.number}号",
        "handed_over_on": m.day,
    }


def _signed_for(m: Matter) -> dict[str, Any]:
    return {**d.accept(m), "signed_on": m.day}


def _inviting(m: Matter) -> dict[str, Any]:
    return {**d.confirmation(m), "seat": "inviting"}


def _found_at(m: Matter) -> dict[str, Any]:
    m.about["found_at"] = datetime.combine(m.day, time(9, 30))
    return {"found_at": m.about["found_at"], "measures": "分开双方，安排专人陪护"}


def _report(m: Matter) -> dict[str, Any]:
    return {
        "to": ["示例派出所", "示例司法所"],
        "reported_at": m.about["found_at"] + timedelta(hours=1),
        "facts": "一方扬言报复",
    }


def _chosen(m: Matter) -> dict[str, Any]:
    m.about["mediator"] = f"{m.organ}/mediator-{1 + (m.number + 1) % 3}"
    return {"ids": [m.about["mediator"]]}


def _rejected(m: Matter) -> dict[str, Any]:
    return {"result": "rejected", "ruled_on": m.day}


def _subsidy(m: Matter) -> dict[str, Any]:
    grade = pick(m.rng, {"simple": 5, "general": 3, "difficult": 1})
    return {"mediator": m.about["mediator"], "grade": grade, "amount": MEDIATED[grade]}


def _members(m: Matter) -> dict[str, Any]:
    people = [{"person": f"{m.organ}-n{m.number}-{n}", "woman": n == 1} for n in range(1, 4)]
    days = {"set_up_on": m.day, "elected_on": m.day}
    return {
        "name": f"样本调解委员会{m.number}",
        "kind": "village",
        "members": people,
        "head": people[0]["person"],
        **days,
    }


def _filed(m: Matter) -> dict[str, Any]:
    return {"filed_on": m.day}


# -------------------------------------------------------------------------------------------------- books


def _agreed_again(m: Matter) -> None:
    """Another agreement in place of the first, which stays what ended the mediation."""
    m.drop("confirmation_rate")
    m.drop("performance_rate")
    m.wait("confirmation_rate", m.day)
    m.wait("performance_rate", m.about["performance"])


def _goes_on_there(m: Matter) -> None:
    m.organ = m.about["next"]


# -------------------------------------------------------------------------------------------------- paths

_START, _WRITTEN, _VISIT, _CONFIRM = d.START, d.WRITTEN, d.VISIT, d.CONFIRM
_FIRST_MEETING = d.ACCEPT[1]
_ORAL = Step("agree_oral", d.in_term, d.promise, d.agreed)
_APPLIED, _CONFIRMED = _CONFIRM


def _of(name: str, *steps: Step) -> tuple[Step, ...]:
    return tuple(step._replace(of=name) for step in steps)


def _here(m: Matter) -> str:
    return m.organ


PATHS: Mapping[str, Path] = {
    "several_found": Path((
        Step("screen", same_day, _several, d.screened, role="grid_mediator"),
        Step("settle_on_spot", after(1, 4), {"how": "当面讲清道理，双方和好"}, d.on_the_spot),
        *_of("next", Step("settle_on_spot", after(1, 4), {"how": "另一起也已和好"}, d.on_the_spot))),
        sides={"next": Side("mediation", _here, follows=True)}),
    "sent_by_court": Path((
        Step("court_request", same_day, lambda m: {"received_on": m.day, "court": "广州市示例区人民法院"}, role="mediator"),
        Step("register", same_day, _sent), Step("ask_consent", same_day, d.ask), Step("accept", workdays(0, 2), _signed_for), _FIRST_MEETING, _WRITTEN,
        _APPLIED._replace(data=_inviting), Step("court_accepts", workdays(1, 3), lambda m: {"accepted_on": m.day}, role="mediator"),
        Step("court_extends", after(3, 8), {"days": 10}, role="mediator"), _CONFIRMED,
        Step("serve_ruling", workdays(1, 3), lambda m: {"result": "valid", "ruled_on": m.day, "served_on": m.day}, parties=sides, role="mediator"),
        Step("outsider_knows", after(1, 9), lambda m: {"known_on": m.day}, role="mediator"), *_VISIT), from_court),
    "sent_by_petition": Path((
        Step("petition_in", same_day, lambda m: {"registered_on": m.day}, role="mediator"), Step("register", workdays(1, 3), _sent),
        Step("ask_consent", same_day, d.ask), *d.ACCEPT, Step("take_route", after(2, 8), lambda m: {"forum": "court", "filed_on": m.day}, role="mediator"),
        Step("fail", workdays(0, 2), {"ground": "party_ends"}, d.failed)), from_petition),
    "risk_reported": Path((
        d.INTAKE[0], Step("answer_consent", same_day, {"agrees": True}, parties=sides), Step("ask_consent", same_day, {"method": "phone"}), *d.ACCEPT,
        Step("choose_mediator", workdays(0, 1), _chosen), Step("find_risk", same_day, _found_at), Step("report_risk", same_day, _report),
        Step("invite", workdays(0, 1), {"persons": ["示例社区民警"]}), _ORAL, *_VISIT), d.dispute),
    "not_confirmed": Path((
        *_START, _WRITTEN, _APPLIED, Step("confirm_result", after(5, 12), _rejected), Step("mediate_again", workdays(1, 3)),
        Step("agree_written", after(1, 9), d.written, _agreed_again), *_VISIT), d.dispute),
    "subsidised": Path((
        *_START, _ORAL, *_VISIT, Step("grant_subsidy", after(3, 20), _subsidy), Step("pay_subsidy", after(3, 20), lambda m: {"paid_on": m.day}),
        Step("release", after(5, 20), {"to": "示例区司法局", "purpose": "typical_case"}, role="committee_head")), d.dispute),
    "passed_to_committee": Path((
        d.INTAKE[0], Step("route", workdays(0, 2), {"target": "committee", "body": "样本专业调解委员会"}),
        *_of("there", Step("ask_consent", workdays(1, 2), d.ask), *d.ACCEPT,
             Step("link", same_day, lambda m: {"case": m.home.case_no}, role="mediator"), _ORAL, *_VISIT)),
        d.dispute, sides={"there": Side("mediation", _here, same_dispute, follows=True)}),
    "handed_over": Path((
        *_START, Step("hand_over", after(1, 5), lambda m: {"to_organ": m.about["next"]}, _goes_on_there, role="mediator"), _WRITTEN, *_VISIT), moved),
    "committee": Path((
        Step("set_up_committee", same_day, _members), Step("file_committee", after(3, 20), _filed), Step("elect_committee", after(40, 90), _members),
        Step("dissolve_committee", after(40, 90), _filed))),
}  # fmt: skip
