"""Exactly one term for every combination of channel, body and type; the visits of any plan; the limits beside, by nature."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.kernel import D, event
from tests.lines.mediation import cases as c
from yifa.engine import fold
from yifa.language.view import View
from yifa.lines.mediation import MEDIATION
from yifa.lines.mediation.facts import TERMS, performance_days
from yifa.lines.mediation.stages import BODIES, CHANNELS, DISPUTES

ENV = c.env()
DAY = "2023-03-01"


def expected(channel: str, body: str, kind: str) -> str:
    """Whose term it is: the court's before the organ's, the organ's before the trade's."""
    if channel == "court_before_filing":
        return "term_court_before"
    if channel == "court_after_filing":
        return "term_court_after"
    if body == "organ":
        return "admin_mediation"
    if body == "health":
        return "health_mediation"
    if kind == "medical":
        return "term_medical"
    return "term_labour" if kind in ("labour", "unpaid_wages") else "term_general"


def folded(*acts: tuple[str, str, dict[str, Any]]) -> View:
    return fold(
        MEDIATION,
        ENV,
        [event(MEDIATION, n, action, day, **data) for n, (action, day, data) in enumerate(acts)],
    )


@pytest.mark.parametrize("channel", CHANNELS)
def test_one_term_for_every_combination(channel: str) -> None:
    for body, kind in product(BODIES, DISPUTES):
        said = {"channel": channel, "committee_kind": body, "dispute_type": kind}
        view = folded(("register", DAY, said), ("accept", DAY, {"signed_on": DAY}))
        assert [code for code in TERMS if view.live(code)] == [expected(channel, body, kind)], said


@pytest.mark.parametrize(("code", "title"), [*CHANNELS.items(), *DISPUTES.items(), *BODIES.items()])
def test_chinese_names_are_taken_for_their_codes(code: str, title: str) -> None:
    field = "channel" if code in CHANNELS else "dispute_type" if code in DISPUTES else "committee_kind"
    assert folded(("register", DAY, {field: title})).facts[field] == code


# ---------------------------------------------------------------------------------------------------- visits

plans = st.lists(st.integers(1, 400), min_size=1, max_size=8, unique=True)


@settings(max_examples=80, deadline=None)
@given(days=plans, gaps=st.lists(st.integers(0, 60), max_size=12))
def test_there_is_always_one_next_visit_until_all_is_performed(days: list[int], gaps: list[int]) -> None:
    agreed = D("2023-03-10")
    plan = [{"due_on": (agreed + timedelta(days=n)).isoformat()} for n in days]
    acts: list[tuple[str, str, dict[str, Any]]] = [
        ("agree_written", agreed.isoformat(), {"instalments": plan})
    ]
    last = max(performance_days(event(MEDIATION, 0, *acts[0][:2], instalments=plan).data))
    day = agreed
    for gap in gaps:
        view = folded(*acts)
        (visit,) = view.live("follow_up")
        assert visit.due.due <= max(last, agreed) + timedelta(days=30)  # type: ignore[operator]
        day = max(day + timedelta(days=gap), visit.start)
        acts.append(("follow_up", day.isoformat(), {"performed": "part"}))
        if day >= last:
            break
    view = folded(*acts, ("follow_up", (day + timedelta(days=1)).isoformat(), {"performed": "full"}))
    assert not view.live("follow_up")
    assert view.facts["performed_in_time"] is (day + timedelta(days=1) <= last)


@pytest.mark.parametrize(
    ("data", "days"),
    [
        ({}, []), ({"performance_due_on": "2023-05-01"}, ["2023-05-01"]),
        ({"instalments": [{"due_on": "2023-06-01"}, {"due_on": "2023-05-01"}]}, ["2023-05-01", "2023-06-01"]),
        ({"instalments": [{"due_on": "2023-05-01"}], "performance_due_on": "2023-05-01"}, ["2023-05-01"]),
    ],
)  # fmt: skip
def test_days_of_performance_in_order_and_once(data: dict[str, Any], days: list[str]) -> None:
    assert performance_days(event(MEDIATION, 0, "agree_oral", DAY, **data).data) == tuple(
        D(day) for day in days
    )


# ------------------------------------------------------------------------------------------------ doors beside


@pytest.mark.parametrize(
    ("nature", "due"),
    [
        ("civil", "2026-03-02"), ("commercial", "2026-03-02"), ("police", "2026-03-02"), ("administrative", "2023-04-11"),
        ("labour", "2024-01-10"), ("status", None), ("crime", None),
    ],
)  # fmt: skip
def test_each_nature_has_its_own_limit(nature: str, due: str | None) -> None:
    said = {"nature": nature, "act_known_on": "2023-02-10", "infringed_on": "2023-01-10"}
    found = [i.due.due for i in folded(("register", DAY, said)).live("other_routes")]
    assert found == ([D(due)] if due else [])


def test_what_a_party_did_not_say_starts_no_limit() -> None:
    assert folded(("register", DAY, {"nature": "administrative"})).live("other_routes") == ()
    assert folded(("register", DAY, {"nature": "labour"})).live("other_routes") == ()


def test_the_city_sets_when_the_alerts_come() -> None:
    reading = MEDIATION.clock("other_routes")
    assert reading is not None
    for days, expected_days in (((15, 5), ["2023-03-27", "2023-04-06"]), ((20,), ["2023-03-22", None])):
        acts = [event(MEDIATION, 0, "register", DAY, nature="administrative", act_known_on="2023-02-10")]
        view = fold(MEDIATION, c.env(route_alert_days=days), acts)
        (instance,) = view.live("other_routes")
        shown = [also.date(view, instance) for also in reading.also]
        assert shown == [None if day is None else D(day) for day in expected_days]


@pytest.mark.parametrize(("name", "value", "clock", "due"), [
    ("mediation_term_general", 2, "term_general", "2023-05-01"), ("admin_term_days", 60, "admin_mediation", "2023-04-30"),
])  # fmt: skip
def test_the_city_sets_its_terms(name: str, value: int, clock: str, due: str) -> None:
    body = "organ" if clock == "admin_mediation" else "village"
    acts = [event(MEDIATION, 0, "register", DAY, committee_kind=body), event(MEDIATION, 1, "accept", DAY)]
    assert fold(MEDIATION, c.env(**{name: value}), acts).due(clock) == D(due)


def test_a_term_of_another_day_follows_that_days_value() -> None:
    """The parameter's first value is that of the rules of 2002; before, nothing was set and the month is meant all the same."""
    acts = [event(MEDIATION, 0, "register", "2012-03-01"), event(MEDIATION, 1, "accept", "2012-03-01")]
    assert fold(MEDIATION, ENV, acts).due("term_general") == date(2012, 4, 1)
