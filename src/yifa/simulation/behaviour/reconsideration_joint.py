"""Reconsideration with a second case beside: applications joined and split, and the suit that follows a decision."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from yifa.registry import city_of
from yifa.simulation import fiction
from yifa.simulation.behaviour import litigation as t
from yifa.simulation.behaviour import reconsideration as r
from yifa.simulation.steps import Matter, Path, Side, Step, after, before, workdays


def _beside(m: Matter) -> None:
    """Somebody else disputes the same act."""
    first = m.home.about
    m.about |= {**first, "applicant": fiction.party(m.rng, m.number, m.planned.arrives)}


def _of_second(step: Step) -> Step:
    return step._replace(of="second")


def _second(m: Matter) -> dict[str, Any]:
    return {"case": m.others["second"].case_no}


def _received_then(m: Matter) -> dict[str, Any]:
    return r.intake(m, filed_on=m.day, received_on=m.day)


# ------------------------------------------------------------------------------------------------- the suit


def _court(m: Matter) -> str:
    """The justice bureau beside the government that decided, which keeps its suits."""
    own = city_of().of_kind("justice")
    return next(o.code for o in own if o.parent == m.organ)


def _suit(m: Matter) -> None:
    """The applicant sues the organ and the government that upheld its act."""
    before_it = m.home
    who = before_it.about["applicant"]
    m.about |= {
        "plaintiff": {**who, "kind": "person"}, "defendant": before_it.about["respondents"][0], "kind": "act", "officer": "deputy",
        "notified": False, "made": before_it.about["act"]["made_on"],
    }  # fmt: skip


def _organs(m: Matter) -> Sequence[str]:
    """All organs sued."""
    return (*m.home.about["respondents"], m.home.organ)


def _register(m: Matter) -> dict[str, Any]:
    *original, government = _organs(m)
    named = [(code, "original", "department") for code in original] + [
        (government, "reconsideration", "county")
    ]
    sued = [
        {"id": code, "name": city_of().organ(code).name, "role": role, "level": level}
        for code, role, level in named
    ]
    filed = m.day - timedelta(days=1)
    return {
        **t.register(m),
        "defendants": sued,
        "reconsideration_case": m.home.case_no,
        "court_filed_on": filed,
    }


def _begun(m: Matter) -> None:
    """Each organ has its own period; the reconsideration learns of the suit by itself."""
    m.count("new_cases")
    for who in _organs(m):
        m.wait("answer_on_time_rate", m.due("answer_and_evidence", who), who)
    m.home.about["sued"] = m.day - timedelta(days=1)


def _answered(m: Matter) -> None:
    for who in _organs(m):
        m.done("answer_on_time_rate", key=who)


def _services(m: Matter) -> dict[str, date]:
    return dict.fromkeys((*_organs(m), m.about["plaintiff"]["id"]), m.day)


def _judged(*, lost: bool) -> Any:
    def books(m: Matter) -> None:
        t.ended(m, settled=False)
        periods = [m.due("appeal_judgment", who) for who in (*_organs(m), m.about["plaintiff"]["id"])]
        m.about["effect"], m.about["lost"] = max(periods) + timedelta(days=1), lost

    return books


def _over(m: Matter) -> None:
    """What took effect in the suit counts for the reconsideration before it too."""
    t.end(m)
    effect, lost = m.about.get("effect"), m.about.get("lost")
    if effect is not None and lost is not None and effect <= m.tally.until:
        m.home.share("court_loss_rate", effect, hit=lost)


def _in_court(step: Step) -> Step:
    return step._replace(of="suit")


def _sued(result: str, *after_it: Step, lost: bool) -> Path:
    judgment = {"performance_days": t.PERFORM_IN} if lost else {}
    steps = (
        Step("register_case", after(3, 10), _register, _begun), t.ASSIGN,
        Step("file_answer", before("answer_and_evidence", 1, 6), t.answer, _answered, parties=_organs), t.SET, t.NOMINATE, t.HEARD,
        Step("serve_judgment", after(20, 50), lambda m: {"services": _services(m), "result": result, **judgment}, _judged(lost=lost)),
        *after_it,
    )  # fmt: skip
    sides = {"suit": Side("litigation", _court, _suit, _over)}
    return Path(
        (*r.REVIEW, *r.decide("uphold", r.decided), *map(_in_court, steps), r.CLOSE_LATE),
        r.application,
        r.end,
        sides,
    )


_OPEN = Step("receive_application", workdays(0, 2), _received_then, r.new)
PATHS: Mapping[str, Path] = {
    "joined": Path((
        r.RECEIVE, r.ACCEPT, _of_second(_OPEN), _of_second(r.ACCEPT), Step("join", workdays(0, 2), _second, role="handler"), r.ASSIGN,
        *r.EXCHANGE, Step("split", after(1, 4), _second, role="handler"), _of_second(r.ASSIGN),
        _of_second(Step("withdraw", after(2, 8), {"reason": "不再坚持申请"}, r.given_up)),
        r.HEARD_THEM, *r.decide("uphold", r.decided), r.CLOSE), r.application, r.end,
        {"second": Side("reconsideration", lambda m: m.organ, _beside, r.end)}),
    "sued_both_won": _sued("dismissed", t.CLOSE, lost=False),
    "sued_both_lost": _sued("revoked", t.AFTER_EFFECT, t.ANALYSE, t.CLOSE, lost=True),
}  # fmt: skip
