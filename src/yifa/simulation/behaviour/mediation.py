"""Mediation: outings with and without a find, disputes settled on the spot, and whole mediations to the archive."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from yifa.simulation import fiction
from yifa.simulation.chance import pick
from yifa.simulation.steps import Matter, Path, Step, after, before, same_day, workdays

DISPUTES = {"neighbour": 22, "family": 18, "housing": 12, "contract": 9, "damages": 12, "property": 11, "consumer": 6, "traffic": 5,
            "labour": 3, "unpaid_wages": 2}  # fmt: skip
CHANNELS = {"application": 60, "initiative": 25, "screening": 15}
PLACES = ("村口", "集市", "工业园", "住宅小区", "出租屋集中区")


def dispute(m: Matter) -> None:
    """Two people, what they quarrel about, and which term their mediation has."""
    day = m.planned.arrives
    first, second = fiction.person(m.rng, m.number), fiction.person(m.rng, m.number)
    kind = m.about.setdefault("type", pick(m.rng, DISPUTES))
    m.about |= {
        "sides": [
            {"id": f"d{m.number}-1", "name": first, "side": "first", "contact": fiction.phone(m.rng), "address": fiction.address(m.rng),
             "id_number": fiction.id_number(m.rng, fiction.born(m.rng, day))},
            {"id": f"d{m.number}-2", "name": second, "side": "second", "contact": fiction.phone(m.rng), "address": fiction.address(m.rng)},
        ],
        "term": "term_labour" if kind in ("labour", "unpaid_wages") else "term_general",
        "amount": 100 * m.rng.randrange(3, 800), "mediator": f"{m.organ}/mediator-{1 + m.number % 3}", "channel": pick(m.rng, CHANNELS),
    }  # fmt: skip


def medical(m: Matter) -> None:
    """A medical dispute before the committee that specialises in it."""
    m.about["type"] = "medical"
    dispute(m)
    m.about["term"], m.about["kind"] = "term_medical", "industry"


def kind_of(m: Matter) -> str:
    """The committee of a village or of the town."""
    return str(m.about.get("kind") or ("village" if m.number % 5 else "town"))


# --------------------------------------------------------------------------------------------- what is said


def outing(m: Matter, **found: Any) -> dict[str, Any]:
    return {
        "place": PLACES[m.number % len(PLACES)],
        "street": m.organ,
        "committee_kind": "village",
        "found": bool(found),
        **found,
    }


def _nothing(m: Matter) -> dict[str, Any]:
    return outing(m)


def _settled_there(m: Matter) -> dict[str, Any]:
    return outing(m, disputes=1, dispute_type=pick(m.rng, DISPUTES), prevented=True)


def _found(m: Matter) -> dict[str, Any]:
    return outing(m, disputes=1, dispute_type=pick(m.rng, DISPUTES))


def register(m: Matter) -> dict[str, Any]:
    return {
        "parties": m.about["sides"], "dispute_type": m.about["type"], "facts": "双方因琐事发生争议，各执一词。", "claim": "请求对方赔偿损失",
        "amount": m.about["amount"], "channel": m.about["channel"], "committee_kind": kind_of(m), "street": m.organ,
        "committee": f"{m.organ}-c1",
    }  # fmt: skip


def _everybody(m: Matter, *agree: bool) -> list[dict[str, Any]]:
    answers = agree or (True, True)
    return [{"party": side["id"], "agrees": yes} for side, yes in zip(m.about["sides"], answers, strict=True)]


def ask(m: Matter) -> dict[str, Any]:
    return {"method": "phone", "consent": _everybody(m)}


def _ask_in_vain(m: Matter) -> dict[str, Any]:
    return {"method": "phone", "consent": _everybody(m, True, False)}


def accept(m: Matter) -> dict[str, Any]:
    return {"mediators": [m.about["mediator"]]}


def promise(m: Matter) -> dict[str, Any]:
    m.about["performance"] = m.day + timedelta(days=m.rng.randint(3, 25))
    return {
        "content": f"一方向另一方支付{m.about['amount']}元，双方无其他争议。",
        "performance_due_on": m.about["performance"],
    }


def written(m: Matter) -> dict[str, Any]:
    signed = dict.fromkeys(("parties_signed_on", "mediator_signed_on", "sealed_on"), m.day)
    return {**promise(m), "facts": "双方对争议的事实没有异议。", **signed}


def _unsealed(m: Matter) -> dict[str, Any]:
    return {name: value for name, value in written(m).items() if name != "sealed_on"}


def confirmation(m: Matter) -> dict[str, Any]:
    return {
        "court": "广州市示例区人民法院",
        "applicants": [side["id"] for side in m.about["sides"]],
        "seat": "body",
    }


def _alone(m: Matter) -> dict[str, Any]:
    return {**confirmation(m), "applicants": [m.about["sides"][0]["id"]]}


def _valid(m: Matter) -> dict[str, Any]:
    return {"result": "valid", "ruled_on": m.day}


def _visit(m: Matter) -> dict[str, Any]:
    done = m.about["performance"] + timedelta(days=m.about.get("days_late", 0))
    m.about["performed"] = done
    return {"performed": "full", "performed_on": done, "visited_on": m.day}


# -------------------------------------------------------------------------------------------------- books


def screened(m: Matter) -> None:
    m.count("dispute_screenings")


def _prevented(m: Matter) -> None:
    m.count("dispute_screenings")
    m.count("disputes_resolved")


def on_the_spot(m: Matter) -> None:
    m.count("disputes_resolved")


def _begun(m: Matter) -> None:
    m.about["due"] = m.due(m.about["term"])


def _ended(m: Matter, *, agreed: bool) -> None:
    m.share("mediation_success_rate", hit=agreed)
    m.share("on_time_rate", hit=m.day <= m.about["due"])


def failed(m: Matter) -> None:
    _ended(m, agreed=False)


def agreed(m: Matter) -> None:
    m.count("disputes_resolved")
    _ended(m, agreed=True)
    m.wait("confirmation_rate", m.day)
    m.wait("performance_rate", m.about["performance"])


def _confirmed(m: Matter) -> None:
    m.hit("confirmation_rate")


def _visited(m: Matter) -> None:
    m.done("performance_rate", m.about["performed"])


def _longer(m: Matter) -> dict[str, Any]:
    return {"new_due": m.about["due"] + timedelta(days=20)}


# -------------------------------------------------------------------------------------------------- paths

INTAKE = (
    Step("register", same_day, register),
    Step("ask_consent", same_day, ask),
)
ACCEPT = (
    Step("accept", workdays(0, 2), accept),
    Step("start", workdays(0, 3), {"record": "首次调解笔录", "rights_told": True}, _begun),
)
START = (*INTAKE, *ACCEPT)


def in_term(m: Matter) -> Any:
    return before(m.about["term"], 1, 9)(m)


def _after_performance(m: Matter) -> Any:
    return m.workday(max(m.day, m.about["performance"]) + timedelta(days=m.rng.randint(1, 6)))


VISIT = (
    Step("follow_up", _after_performance, _visit, _visited),
    Step("close", after(1, 4), {"ground": "performed"}),
)
WRITTEN = Step("agree_written", in_term, written, agreed)
CONFIRM = (
    Step("apply_confirm", after(2, 20), confirmation),
    Step("confirm_result", after(5, 12), _valid, _confirmed),
)


def _late_term(m: Matter) -> Any:
    return m.workday(m.about["due"] + timedelta(days=m.rng.randint(2, 12)))


def _breaks_off(m: Matter) -> None:
    m.about["days_late"] = 4
    dispute(m)


PATHS: Mapping[str, Path] = {
    "nothing": Path((Step("screen", same_day, _nothing, screened, role="grid_mediator"),)),
    "prevented": Path((Step("screen", same_day, _settled_there, _prevented, role="grid_mediator"),)),
    "settled_later": Path((
        Step("screen", same_day, _found, screened), Step("settle_on_spot", after(1, 5), {"how": "当面讲清道理，双方和好"}, on_the_spot),
    )),
    "oral": Path((*START, Step("agree_oral", in_term, promise, agreed), *VISIT), dispute),
    "written": Path((*START, WRITTEN, *VISIT), dispute),
    "confirmed": Path((*START, WRITTEN, *CONFIRM, *VISIT), dispute),
    "kept_late": Path((*START, WRITTEN, *VISIT), _breaks_off),
    "late": Path((*START, Step("agree_written", _late_term, written, agreed), *VISIT), dispute),
    "extended": Path((*START, Step("extend", before("term_general", 1, 6), _longer, when_so=lambda m: m.about["term"] == "term_general",
                                    then=lambda m: m.about.update(due=m.due("term_general"))), WRITTEN, *VISIT), dispute),
    "appraised": Path((
        *START, Step("pause", after(3, 8), lambda m: {"ground": "appraisal", "commissioned_on": m.day}),
        Step("resume", after(15, 30), lambda m: {"reported_on": m.day}, then=lambda m: m.about.update(due=m.due("term_medical"))),
        WRITTEN, *VISIT,
    ), medical),
    "failed": Path((*START, Step("fail", in_term, {"ground": "no_agreement"}, failed)), dispute),
    "withdrawn": Path((*START, Step("withdraw", after(1, 8), then=failed)), dispute),
    "routed": Path((*START, Step("route", after(3, 9), {"target": "court"}, failed)), dispute),
    "refused": Path((INTAKE[0], Step("ask_consent", same_day, _ask_in_vain),
                     Step("accept", same_day, accept, wrong=True), Step("refuse", workdays(0, 2), {"ground": "party_refuses"})), dispute),
    "errors": Path((
        *INTAKE, Step("start", same_day, {"record": "首次调解笔录"}, wrong=True), *ACCEPT,
        Step("agree_written", in_term, _unsealed, wrong=True), Step("agree_written", same_day, written, agreed),
        Step("apply_confirm", after(1, 3), _alone, wrong=True), *VISIT,
    ), dispute),
}  # fmt: skip
