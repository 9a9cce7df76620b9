"""Every guard of mediation: what is allowed, what is refused, with which code and article; what is only flagged."""

from typing import Any

import pytest

from tests.kernel import LATER, acting, command, done
from tests.lines import golden
from tests.lines.mediation import cases as c
from tests.lines.mediation.cases import codes
from tests.lines.mediation.rows import ROWS, Make
from tests.lines.test_every_line import refusals as used_codes
from yifa.engine import decide
from yifa.language.acts import Allowed, Refused
from yifa.language.messages import render
from yifa.lines.mediation import MEDIATION


@pytest.mark.parametrize(
    ("make", "action", "day", "data", "refusal"),
    ROWS,
    ids=[f"{i}-{row[1]}-{row[4] or 'ok'}" for i, row in enumerate(ROWS)],
)
def test_guards(make: Make, action: str, day: str, data: dict[str, Any], refusal: str | None) -> None:
    decision = make().try_(action, day, **data)
    if refusal is None:
        assert isinstance(decision, Allowed), decision
        return
    assert isinstance(decision, Refused)
    assert refusal in codes(decision)
    for problem in decision.problems:
        assert "{" not in render(problem, MEDIATION.messages)


FLAGS = {"mass_dispute", "risk_seen", "specialists_exist", "agreement_without_facts", "agreement_without_term", "limit_over",
         "limit_near", "limit_running", "next_doors", "door_shut"}  # fmt: skip
ELSEWHERE = {"mediator_inactive", "subsidy_row_missing", "subsidy_paid", "report_before_find"}


def test_every_guard_code_is_in_the_table() -> None:
    tested = {row[4] for row in ROWS} | FLAGS | ELSEWHERE
    assert set(used_codes("mediation")) <= tested


def test_the_table_reaches_every_article_listed() -> None:
    decisions = (make().try_(act, day, **data) for make, act, day, data, _ in ROWS)
    assert not golden.unreached(c.GOLDEN, decisions, FLAGS | ELSEWHERE)


def test_every_refusal_says_what_to_do_next() -> None:
    assert [code for code, message in MEDIATION.messages.items() if not message.next] == []


# ------------------------------------------------------------------------------ guards that need more than one act


def test_a_mediator_the_register_does_not_hold_active() -> None:
    case = c.asked()
    case.answers = {
        "mediators": (
            {"id": "m-1", "adult": True, "state": "suspended"},
            {"id": "m-2", "adult": False, "state": "active"},
        )
    }
    assert codes(case.try_("accept", c.DAY, mediators=["m-1", "m-2", "m-3"])) == [
        "mediator_inactive",
        "mediator_under_age",
    ]
    case.answers = {"mediators": ({"id": "m-1", "adult": True, "state": "active"},)}
    assert case.try_("accept", c.DAY, mediators=["m-1"])


def test_a_table_that_is_not_loaded_pays_nothing() -> None:
    case = c.archived()
    case.view.env = c.env(mediation_subsidy_table=None)
    assert codes(case.try_("grant_subsidy", "2023-05-04", mediator="m-1", grade="major", amount=1)) == [
        "subsidy_row_missing"
    ]


def test_a_subsidy_is_paid_once() -> None:
    case = c.subsidised()
    case.do("pay_subsidy", "2023-05-08")
    assert codes(case.try_("pay_subsidy", "2023-05-09")) == ["subsidy_paid"]


def test_a_report_cannot_lie_before_the_find() -> None:
    case = c.mediating()
    case.do("find_risk", "2023-03-02", found_at="2023-03-02T10:00")
    assert codes(case.try_("report_risk", "2023-03-02", to=["派出所"], reported_at="2023-03-01T09:00")) == [
        "report_before_find"
    ]


def test_a_party_that_says_no_later_stops_the_talks() -> None:
    case = c.accepted()
    assert case.try_("start", "2023-03-03", record="笔录")
    case.view = answered(case, agrees=False)
    assert codes(case.try_("start", "2023-03-03", record="笔录")) == ["party_refused"]
    case.view = answered(case, agrees=True)
    assert case.try_("start", "2023-03-03", record="笔录")


def answered(case: c.Mediation, *, agrees: bool) -> Any:
    answer = command("answer_consent", "2023-03-02", party="p-2", agrees=agrees)
    return done(decide(case.view, answer, {}, LATER)).view


# ------------------------------------------------------------------------------------------------ flags


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({}, []),
        ({"people_count": 9}, []),
        ({"people_count": 10}, ["mass_dispute"]),
        ({"risk": "may_escalate"}, ["risk_seen"]),
        ({"dispute_type": "medical"}, ["specialists_exist"]),
        ({"dispute_type": "medical", "committee_kind": "industry"}, []),
        ({"dispute_type": "traffic", "people_count": 30, "risk": "may_become_crime"},
         ["mass_dispute", "risk_seen", "specialists_exist"]),
    ],
)  # fmt: skip
def test_what_registration_flags(changes: dict[str, Any], flags: list[str]) -> None:
    decision = c.new().do("register", c.DAY, **c.form(**changes))
    assert [w.code for w in decision.warnings] == flags
    assert not golden.codes(decision, c.GOLDEN)


def test_what_an_agreement_should_also_say() -> None:
    decision = c.mediating().do(
        "agree_written", "2023-03-10", **c.signed("2023-03-10", facts=None, performance_due_on=None)
    )
    assert [w.code for w in decision.warnings] == ["agreement_without_facts", "agreement_without_term"]
    assert not golden.codes(decision, c.GOLDEN)


def test_instalments_are_a_term_too() -> None:
    paid = c.signed(
        "2023-03-10", performance_due_on=None, instalments=[{"due_on": "2023-04-10", "amount": 1500}]
    )
    assert c.mediating().do("agree_written", "2023-03-10", **paid).warnings == ()


@pytest.mark.parametrize(("people", "flags"), [(9, []), (10, ["mass_dispute"])])
def test_ten_people_are_many_unless_the_city_says_otherwise(people: int, flags: list[str]) -> None:
    case = c.Mediation(c.env(mass_dispute_min=None))
    assert [w.code for w in case.do("register", c.DAY, **c.form(people_count=people)).warnings] == flags


def test_a_wrong_court_is_told_why() -> None:
    (problem,) = golden.flagged(
        c.agreed().try_("apply_confirm", "2023-03-20", **c.filing(seat="intermediate"))
    )
    assert problem.params["title"] == "其他法院没有管辖权"


# ----------------------------------------------------------------------------------------------- who may act


@pytest.mark.parametrize(
    ("make", "action", "data", "role", "fits"),
    [
        (c.asked, "accept", {}, "committee_head", True), (c.asked, "accept", {}, "mediator", False),
        (c.mediating, "withdraw", {}, "party", True), (c.mediating, "fail", {}, "party", False),
        (c.confirming, "confirm_result", {"result": "valid"}, "court", True),
        (c.archived, "grant_subsidy", {"mediator": "m-1", "grade": "general", "amount": 200}, "bureau", True),
        (c.archived, "grant_subsidy", {"mediator": "m-1", "grade": "general", "amount": 200}, "committee_head", False),
        (c.new, "screen", {"place": "样本村", "found": False}, "grid_mediator", True),
        (c.new, "screen", {"place": "样本村", "found": False}, "party", False),
    ],
)  # fmt: skip
def test_who_may_do_it(make: Make, action: str, data: dict[str, Any], role: str, fits: bool) -> None:
    decision = make().try_(action, "2023-05-15", ctx=acting(role), **data)
    assert ("not_authorised" in c.refusals(decision)) is not fits
