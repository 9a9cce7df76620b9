"""The line says everything the law and the bureau's report ask of it: stages, acts, deadlines, registers, figures."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from yifa.language.clocks import Nature
from yifa.language.indicators import Ratio, columns_of
from yifa.language.values import leaves
from yifa.law.citation import Practice, cites_of
from yifa.law.statute import Length, statutes
from yifa.lines.mediation import MEDIATION
from yifa.lines.mediation.coverage import without_grid_officer
from yifa.lines.mediation.inputs import Body, Channel, DisputeType
from yifa.lines.mediation.inputs_conduct import Route
from yifa.lines.mediation.registers import Mediator, Organisation
from yifa.lines.mediation.routing import DOORS
from yifa.lines.mediation.stages import BODIES, CHANNELS, DISPUTES
from yifa.lines.mediation.subsidy import GRADES, amount_due

STAGES = [
    "screened", "registered", "consent_pending", "accepted", "mediating", "paused", "agreed", "confirming", "performing",
    "closed_performed", "closed_failed", "closed_refused", "closed_routed", "closed_withdrawn",
]  # fmt: skip
ACTIONS = [
    "screen", "register", "ask_consent", "refuse", "accept", "choose_mediator", "start", "invite", "report_risk", "pause",
    "resume", "extend", "agree_written", "agree_oral", "fail", "withdraw", "apply_confirm", "confirm_result", "follow_up", "close",
    "route",
]  # fmt: skip
DEADLINES = {
    "term_general": "L", "term_medical": "L", "term_labour": "L", "term_court_before": "L", "term_court_after": "L",
    "accept_online": "L", "confirm_apply": "L", "court_accept": "X", "court_decide": "X", "confirm_objection": "X",
    "other_routes": "R", "follow_up": "L", "risk_report": "L", "med_committee_filing": "L", "committee_term": "L", "enforce": "R",
    "petition_transfer": "X", "health_mediation": "X", "admin_mediation": "L",
}  # fmt: skip
DOCUMENTS = {
    "med_application": "人民调解申请书", "med_register": "人民调解受理登记表", "med_record": "人民调解记录", "med_agreement": "人民调解协议书",
    "med_oral": "人民调解口头协议登记表", "med_visit": "人民调解回访记录", "med_fail": "终止调解告知书", "med_confirm_app": "司法确认申请书",
    "med_refer": "调解转办函", "med_risk": "纠纷激化情况报告",
}  # fmt: skip
REGISTERS = [
    "organisation",
    "mediator",
    "personal_studio",
    "screening",
    "subsidy",
    "competition",
    "association",
]
INDICATORS = ["dispute_screenings", "disputes_resolved", "mediation_success_rate", "confirmation_rate", "grid_mediator_coverage",
              "performance_rate", "on_time_rate"]  # fmt: skip
MOVING = {"confirm_apply", "court_accept", "court_decide", "confirm_objection", "enforce"}


def test_stages_and_acts_are_all_there() -> None:
    assert set(STAGES) <= {stage.code for stage in MEDIATION.stages}
    assert all(MEDIATION.action(code) for code in ACTIONS)
    open_ = {stage.code for stage in MEDIATION.stages if stage.open and stage.track is None}
    assert open_ == {code for code in STAGES if not code.startswith("closed")}


def test_deadlines_are_all_there_with_their_kind() -> None:
    assert {clock.code: clock.letter for clock in MEDIATION.clocks} == DEADLINES


@pytest.mark.parametrize("clock", MEDIATION.clocks, ids=lambda c: c.code)
def test_only_court_periods_move_to_the_next_working_day(clock: Any) -> None:
    if clock.code == "other_routes":
        return
    lengths = [leaf for value in (clock.length, *(s.length for s in clock.starts)) for leaf in leaves(value)]
    shifts = {
        leaf.shift for leaf in lengths if isinstance(leaf, Length) and leaf.unit in ("day", "month", "year")
    }
    assert shifts <= ({"next"} if clock.code in MOVING else {"none"})


def test_an_own_duty_says_what_happens_on_expiry() -> None:
    for clock in MEDIATION.clocks:
        assert clock.on_expiry, clock.code
        assert clock.nature is not Nature.OWN_DUTY or clock.stops


def test_documents_are_all_there_and_issued() -> None:
    assert {d.code: d.title for d in MEDIATION.documents} == DOCUMENTS
    issued: set[str] = set()
    for action in MEDIATION.actions:
        for leaf in (action.issues, *leaves(action.issues)):
            issued |= set(leaf) if isinstance(leaf, tuple) else set()
    assert issued == set(DOCUMENTS)


def test_every_coded_value_has_a_chinese_name() -> None:
    for kind, names in ((Channel, CHANNELS), (DisputeType, DISPUTES), (Body, BODIES)):
        assert set(kind.__origin__.__args__) == set(names)  # type: ignore[attr-defined]
        assert len(set(names.values())) == len(names)
    assert len(DISPUTES) == 18
    assert {door for door in DOORS if door != "mediate_consequences"} - set(Route.__args__) <= {
        "people_mediation",
        "police_mediation",
    }  # type: ignore[attr-defined]


def test_citations_are_of_known_texts_and_say_when_there_is_none() -> None:
    known = statutes()
    for item in (*MEDIATION.actions, *MEDIATION.effects, *MEDIATION.documents):
        codes = [cite.statute for cite in cites_of(item.cite)]
        assert all(code in known for code in codes)
        assert codes or isinstance(item.cite, Practice), item.code


# ------------------------------------------------------------------------------------------------- registers


def test_registers_are_all_there_and_every_state_can_be_reached() -> None:
    assert [r.code for r in MEDIATION.registers] == REGISTERS
    for register in MEDIATION.registers:
        reached = {move.to for move in register.moves} | set(register.beginnings)
        assert reached == set(register.states), register.code
        assert not set(register.public) & set(register.personal)


def organisation(**changes: Any) -> dict[str, Any]:
    return {"code": "tw-1", "name": "样本村调委会", "kind": "village", "members": 5, "women": 1, **changes}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"members": 2}, "三至九人"), ({"members": 10}, "三至九人"), ({"women": 0}, "妇女成员"),
        ({"multi_ethnic": True}, "人数较少民族"),
    ],
)  # fmt: skip
def test_a_committee_that_the_law_does_not_know_is_not_entered(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Organisation(**organisation(**changes))


@pytest.mark.parametrize("members", [3, 9, None])
def test_committees_of_three_to_nine_are_entered(members: int | None) -> None:
    assert Organisation(**organisation(members=members)).members == members
    assert Organisation(**organisation(multi_ethnic=True, minority=1)).minority == 1


def test_commercial_bodies_are_composed_otherwise() -> None:
    assert Organisation(**organisation(kind="商事调解组织", members=1, women=0)).kind == "commercial"


def test_mediators_are_adults() -> None:
    row = {"id": "m-1", "name": "测试丁", "committee": "tw-1"}
    assert Mediator(adult=True, **row).mode == "engaged"
    with pytest.raises(ValidationError, match="成年公民"):
        Mediator(adult=False, **row)


def test_every_village_needs_its_grid_officer() -> None:
    committees = [
        {"code": "a", "kind": "village", "state": "active"}, {"code": "b", "kind": "village", "state": "active"},
        {"code": "c", "kind": "village", "state": "dissolved"}, {"code": "d", "kind": "town", "state": "active"},
    ]  # fmt: skip
    mediators = [
        {"committee": "a", "is_grid": True, "state": "active"}, {"committee": "b", "is_grid": True, "state": "suspended"},
        {"committee": "b", "is_grid": False, "state": "active"},
    ]  # fmt: skip
    assert without_grid_officer(committees, mediators) == ("b",)
    assert (
        without_grid_officer(committees, [*mediators, {"committee": "b", "is_grid": True, "state": "active"}])
        == ()
    )


def test_a_subsidy_is_what_the_table_says() -> None:
    assert amount_due({"general": 200}, "general") == 200
    assert amount_due({"general": 200}, "major") is None
    assert amount_due(None, "general") is None
    assert set(GRADES) == {"simple", "general", "difficult", "major"}


# ------------------------------------------------------------------------------------------------ indicators

OF_CASES = {name for action in MEDIATION.actions for name in action.sets} | {"district", "month"}
OF_CLOCKS = {"clock", "status", "due"}
OF_ACTS = {"action", "effective_on"}
OF_ROWS = {"state", "kind", "is_grid", "committee_kind", "held_on", "level", "committee"}


@pytest.mark.parametrize("indicator", MEDIATION.indicators, ids=lambda i: i.code)
def test_figures_are_made_of_what_the_acts_set(indicator: Any) -> None:
    assert columns_of(indicator.figure) <= OF_CASES | OF_CLOCKS | OF_ACTS | OF_ROWS
    assert set(indicator.dimensions) <= OF_CASES | OF_ROWS


def test_the_report_is_answered() -> None:
    assert set(INDICATORS) <= {i.code for i in MEDIATION.indicators}
    published = {i.published for i in MEDIATION.indicators if i.published}
    assert published == {"dispute_screenings", "disputes_resolved", "mediation_success_rate", "grid_mediator_per_village",
                         "mediator_skill_contest"}  # fmt: skip


def test_the_rate_is_half_up_to_two_decimals() -> None:
    (rate,) = [i.figure for i in MEDIATION.indicators if i.code == "mediation_success_rate"]
    assert isinstance(rate, Ratio)
    assert (rate.scale, rate.digits) == (100, 2)
    assert rate.numerator.at == rate.denominator.at == "concluded_on"


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("mass_dispute_min", 10), ("mediation_term_general", 1), ("follow_up_days", 7), ("follow_up_effect_days", 30),
        ("risk_report_hours", 2), ("admin_accept_days", 5), ("admin_term_days", 30), ("route_alert_days", (15, 5)),
        ("mediation_subsidy_table", None),
    ],
)  # fmt: skip
def test_parameters_have_their_defaults(code: str, value: object) -> None:
    parameter = next(p for p in MEDIATION.parameters if p.code == code)
    assert parameter.values[-1].value == value
    assert parameter.values[0].since == (
        date(2002, 11, 1) if code == "mediation_term_general" else date(2023, 1, 1)
    )
