"""Cases brought to a stage, for the guard tables of reconsideration."""

from datetime import date
from typing import Any

from tests.kernel import Case
from tests.lines import golden
from yifa import registry
from yifa.language.acts import Decision, Refused
from yifa.lines.reconsideration import RECONSIDERATION

GOLDEN = golden.listed("reconsideration")
ENV = registry.env_of(RECONSIDERATION)

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


def old_received(**changes: Any) -> Case:
    """Received under the law of 2017."""
    return received("2023-03-01", **changes)


def old_suspended(ground: Any = 5) -> Case:
    """Suspended under the law of 2017."""
    case = old()
    case.do("suspend", "2023-03-20", ground=ground)
    return case


def rejected() -> Case:
    """The application was rejected after acceptance."""
    case = accepted()
    case.do("reject_application", "2024-03-01", condition=2, reason="没有利害关系")
    return case


def refused() -> Case:
    """Not accepted."""
    case = received()
    case.do("refuse", "2024-02-06", condition=2, reason="没有利害关系")
    return case


def appraising() -> Case:
    """An appraisal is going on."""
    case = accepted()
    case.do("start_appraisal", "2024-02-20", start="2024-02-20")
    return case


def old_decided() -> Case:
    """Decided under the law of 2017."""
    case = old()
    case.do("decide", "2023-03-20", decision_type="uphold")
    return case


def old_served() -> Case:
    """Decided and served under the law of 2017."""
    case = old_decided()
    for party in PEOPLE:
        case.do("serve_decision", "2023-03-22", party=party, served_on="2023-03-22")
    return case


def ordered() -> Case:
    """The respondent has been ordered to perform."""
    case = served()
    case.do("order_performance", "2024-04-20", due_on="2024-05-20")
    return case


def closed() -> Case:
    """Served and closed."""
    case = served()
    case.do("close", "2024-03-25")
    return case


def ended(action: str, day: str, make: Any = None, **data: Any) -> Any:
    """A case ended by one act."""

    def build() -> Case:
        case = (make or accepted)()
        case.do(action, day, **data)
        return case

    return build


BEGINNINGS = (
    received, accepted, simplified, old, heard, decided, served, supplementing, suspended, old_served, rejected, refused, appraising,
    ordered,
)  # fmt: skip


def codes(decision: Decision) -> list[str]:
    """Codes of a refusal; the articles are those listed."""
    assert isinstance(decision, Refused), decision
    return golden.codes(decision, GOLDEN)
