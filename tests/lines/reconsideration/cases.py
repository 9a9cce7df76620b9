"""Cases brought to a stage, for the guard tables of reconsideration."""

from datetime import date
from typing import Any

from tests.kernel import ENV, Case
from yifa.lines.reconsideration import RECONSIDERATION

FREE = {"court_cases": (), "same_dispute": (), "withdrawn_before": (), "handler_conflicts": ()}
SEVEN = [1, 2, 3, 4, 5, 6, 7]
PEOPLE = ("申请人甲", "某局")


def application(received: str = "2024-01-31", **changes: Any) -> dict[str, Any]:
    """A complete application, dated to be in time."""
    day = date.fromisoformat(received)
    data = {
        "filed_on": received, "received_on": received, "channel": "in_person", "applicants": ["申请人甲"], "respondents": ["某局"],
        "act": {"type": "penalty", "doc_no": "某罚1号", "made_on": str(date.fromordinal(day.toordinal() - 20))},
        "act_category": 1, "known_on": str(date.fromordinal(day.toordinal() - 15)), "remedy_told": "all", "requests": ["revoke"],
        "facts_reasons": "认为处罚认定事实不清、证据不足", "service_address": "测试路1号", "e_service_consent": True,
    }  # fmt: skip
    return {name: value for name, value in (data | changes).items() if value is not None}


def new(answers: dict[str, Any] | None = None) -> Case:
    """Nothing has happened yet."""
    return Case(RECONSIDERATION, ENV, FREE | (answers or {}))


def received(day: str = "2024-01-31", **changes: Any) -> Case:
    """Received, to be examined."""
    case = new()
    case.do("receive_application", day, **application(day, **changes))
    return case


def accepted(day: str = "2024-01-31", procedure: dict[str, Any] | None = None, **changes: Any) -> Case:
    """Accepted on the day of receipt."""
    case = received(day, **changes)
    case.do("accept", day, accepted_on=day, conditions_met=SEVEN, **(procedure or {}))
    return case


def simplified() -> Case:
    """Accepted under the simplified procedure."""
    act = {"type": "warning", "doc_no": "某罚2号", "made_on": "2024-01-10"}
    return accepted(procedure={"procedure": "simplified", "simplified_ground": "warning"}, act=act)


def old() -> Case:
    """Accepted under the law of 2017."""
    return accepted("2023-03-01")


def heard() -> Case:
    """Ready for decision."""
    case = accepted()
    case.do("hear_opinions", "2024-02-20", mode="phone", record="记录")
    return case


def decided() -> Case:
    """Decided, to be served."""
    case = heard()
    case.do("decide", "2024-03-01", decision_type="revoke")
    return case


def served() -> Case:
    """Served on everybody."""
    case = decided()
    case.do("serve_decision", "2024-03-05", party="申请人甲", served_on="2024-03-05")
    case.do("serve_decision", "2024-03-06", party="某局", served_on="2024-03-06")
    return case


def supplementing(**data: Any) -> Case:
    """Waiting for the supplement."""
    case = received()
    case.do(
        "request_supplement",
        "2024-02-02",
        **({"items": ["身份证明"], "issued_on": "2024-02-02", "served_on": "2024-02-02"} | data),
    )
    return case


def suspended(ground: int = 5, **data: Any) -> Case:
    """Suspended."""
    case = accepted()
    case.do("suspend", "2024-02-20", ground=ground, **data)
    return case


def transferring() -> Case:
    """On its way from another district's window."""
    return received(channel="cross_district", window_code="W1")


def hearing(**changes: Any) -> dict[str, Any]:
    """A proper hearing notice."""
    return {
        "hearing_on": "2024-03-15",
        "served_on": "2024-03-01",
        "chair": "甲",
        "officers": ["乙", "丙"],
        "clerk": "丁",
        **changes,
    }
