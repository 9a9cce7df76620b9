"""Reading a case on a day: status, derivation, other readings, what if resumed today."""

from datetime import datetime
from typing import Any

import pytest

from tests.kernel import ENV, D, event
from tests.kernel_line import TEST_LINE
from yifa.engine import derive
from yifa.engine.derive import Derived
from yifa.law.derivations import lines


def derived(*acts: tuple[Any, ...], as_of: str, known_at: str | None = None) -> Derived:
    events = [
        event(TEST_LINE, seq, action, day, **(rest[0] if rest else {}))
        for seq, (action, day, *rest) in enumerate(acts)
    ]
    return derive(TEST_LINE, events, D(as_of), ENV, D(known_at) if known_at else None)


RECEIVE = ("receive", "2024-03-01", {"received_on": "2024-03-01", "answerers": ["b"]})
OPEN = ("open", "2024-03-05", {})


@pytest.mark.parametrize(
    ("acts", "as_of", "clock", "status"),
    [
        ((RECEIVE,), "2024-03-08", "opening", "running"),
        ((RECEIVE, OPEN), "2024-03-08", "opening", "met"),
        ((RECEIVE,), "2024-03-09", "opening", "lapsed"),
        ((("receive", "2023-03-01", {}),), "2023-03-09", "opening", "lapsed"),
        ((("receive", "2023-03-01", {}), ("open", "2023-03-20", {})), "2023-03-20", "opening", "late"),
        ((RECEIVE, OPEN), "2024-05-06", "work", "running"),
        ((RECEIVE, OPEN), "2024-05-07", "work", "lapsed"),
        ((RECEIVE, OPEN, ("halt", "2024-03-08", {})), "2024-12-31", "work", "paused"),
        ((RECEIVE, OPEN, ("drop", "2024-03-08", {})), "2024-12-31", "work", "stopped"),
    ],
)
def test_status(acts: tuple[Any, ...], as_of: str, clock: str, status: str) -> None:
    found = derived(*acts, as_of=as_of).reading(clock)
    assert found is not None
    assert found.status == status


def test_a_reading_says_what_it_is() -> None:
    found = derived(RECEIVE, OPEN, as_of="2024-03-05").reading("work")
    assert found is not None
    assert (found.title, found.kind, found.subject, found.start, found.trigger_seq) == (
        "办理期限",
        "L",
        None,
        D("2024-03-05"),
        1,
    )
    assert (found.provisional, found.earliest, found.latest, found.if_resumed_today) == (
        False,
        None,
        None,
        None,
    )
    assert found.also == (("不顺延", D("2024-05-04")),)
    assert lines(found.steps)[0] == "2024-03-05 星期二 立案，当日不计入，自次日起算"


def test_another_reading_that_comes_to_the_same_day_is_not_shown() -> None:
    found = derived(RECEIVE, ("open", "2024-03-06", {"pace": "fast"}), as_of="2024-03-06").reading("work")
    assert found is not None
    assert found.due is not None
    assert found.also == (("不顺延", D("2024-04-05")),)
    plain = derived(RECEIVE, ("open", "2024-03-07", {"pace": "slow"}), as_of="2024-03-07").reading("work")
    assert plain is not None
    assert (plain.due, plain.also) == (D("2024-05-06"), ())


def test_a_paused_clock_tells_what_if_resumed_today() -> None:
    acts = (
        RECEIVE,
        OPEN,
        ("halt", "2024-03-08", {}),
        ("go_on", "2024-03-10", {}),
        ("halt", "2024-03-12", {}),
    )
    found = derived(*acts, as_of="2024-03-22").reading("work")
    assert found is not None
    assert (found.due, found.if_resumed_today) == (None, D("2024-05-16"))


def test_counted_backwards_has_its_own_start() -> None:
    found = derived(("mail", "2024-10-01", {"arrived_on": "2024-10-14"}), as_of="2024-10-01").reading(
        "notice"
    )
    assert found is not None
    assert lines(found.steps)[0].startswith("自 2024-10-14 星期一 向前倒数5个工作日")


@pytest.mark.parametrize(
    ("done", "as_of", "status"),
    [
        (None, "2024-02-10", "running"), (None, "2024-02-11", "lapsed"),
        ("2024-02-10T15:59", "2024-02-10", "met"), ("2024-02-10T16:01", "2024-02-10", "late"),
    ],
)  # fmt: skip
def test_hours(done: str | None, as_of: str, status: str) -> None:
    acts: list[tuple[Any, ...]] = [("alarm", "2024-02-09", {"at": "2024-02-09T16:00"})]
    acts += [("calm", "2024-02-10", {"at": done})] if done else []
    found = derived(*acts, as_of=as_of).reading("rush")
    assert found is not None
    assert (found.due, found.status) == (datetime(2024, 2, 10, 16), status)


def test_hours_met_on_a_day_without_a_time() -> None:
    acts = (("alarm", "2024-02-09", {"at": "2024-02-09T16:00"}), ("calm", "2024-02-10", {}))
    found = derived(*acts, as_of="2024-02-10").reading("rush")
    assert found is not None
    assert found.status == "met"


def test_a_moment_against_a_due_day() -> None:
    events = [event(TEST_LINE, 0, "receive", "2024-03-01"), event(TEST_LINE, 1, "open", "2024-03-05")]
    late = events[1]._replace(effective_on=datetime(2024, 3, 8, 23, 59))
    found = derive(TEST_LINE, [events[0], late], D("2024-03-09"), ENV).reading("opening")
    assert found is not None
    assert found.status == "met"


@pytest.mark.parametrize(
    ("acts", "clocks"),
    [
        ((("alarm", "2024-02-09", {"note": "false"}),), set()),
        (
            (("receive", "2024-03-01", {"topic": "urgent"}), ("open", "2024-03-01", {})),
            {"opening", "work", "known_topic"},
        ),
        ((("receive", "2024-03-01", {"topic": "plain"}), ("open", "2024-03-01", {})), {"opening", "work"}),
        ((("mail", "2024-03-01", {}),), {"notice"}),
    ],
)
def test_clocks_start_only_under_their_conditions(acts: tuple[Any, ...], clocks: set[str]) -> None:
    assert {r.clock for r in derived(*acts, as_of="2024-03-02").readings} == clocks


def test_a_start_may_bring_pauses_with_it() -> None:
    bare = derived(("mail", "2024-03-01", {"posted_on": "2024-03-01"}), as_of="2024-03-02").reading(
        "known_topic"
    )
    off = derived(
        ("mail", "2024-03-01", {"posted_on": "2024-03-01", "note": "off"}), as_of="2024-03-02"
    ).reading("known_topic")
    assert bare is not None
    assert off is not None
    assert (bare.due, off.due) == (D("2024-04-01"), D("2024-04-10"))


def test_readings_of_a_party_and_of_nothing() -> None:
    found = derived(RECEIVE, OPEN, ("ask", "2024-03-06", {}), as_of="2024-03-06")
    assert found.reading("answer", "b") is None
    assert found.reading("nope") is None
    assert found.version == "new"
    assert found.stage == "active"
    assert found.outcomes["in_time"].outcome == "fail"


def test_a_taken_over_clock_reads_like_any_other() -> None:
    data = {"stage": "active", "clocks": [{"clock": "answer", "start": "2024-03-20", "subject": "b"}, {"clock": "moon", "start": "2024-03-20"}],
            "gaps": []}  # fmt: skip
    found = derived(("opening_balance", "2024-04-01", data), as_of="2024-04-01").reading("answer", "b")
    assert found is not None
    assert lines(found.steps)[0] == "2024-03-20 星期三 期初建账，当日不计入，自次日起算"


def test_what_was_not_yet_known_does_not_count() -> None:
    events = [
        event(TEST_LINE, 0, "receive", "2024-03-01"),
        event(TEST_LINE, 1, "drop", "2024-03-05", recorded="2024-03-20"),
    ]
    assert derive(TEST_LINE, events, D("2024-03-06"), ENV, D("2024-03-06")).stage == "new"
    assert derive(TEST_LINE, events, D("2024-03-06"), ENV, D("2024-03-20")).stage == "ended"
    moment = [events[0], events[1]._replace(recorded_on=datetime(2024, 3, 6, 12))]
    assert derive(TEST_LINE, moment, D("2024-03-06"), ENV, D("2024-03-06")).stage == "ended"


def test_an_effect_of_a_case_read_later() -> None:
    found = derived(RECEIVE, as_of="2024-03-20")
    assert [(e.code, e.on) for e in found.effects] == [("deemed_open", D("2024-03-08"))]
