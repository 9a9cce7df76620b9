"""The history of an entry, pure: valid when, known since when; late changes, corrections, annulments. Tables, then hypothesis."""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.registers.support import LIST, D, at
from yifa.registers.decide import faults
from yifa.registers.history import Change, Span, effective, known, on, rectangles, spans


def change(seq: int, kind: Any, day: str, recorded: str, **data: Any) -> Change:
    more = {name: data.pop(name) for name in ("state", "move", "target", "dated", "organ") if name in data}
    return Change(seq, kind, D(day), at(recorded), data, **more)


ENTERED = change(0, "enter", "2020-01-01", "2024-01-01", number="1", firm="甲所", state="on")
MOVED = change(1, "change", "2022-06-01", "2024-01-02", firm="乙所")
STOPPED = change(2, "move", "2023-03-01", "2024-01-03", state="off", move="stop")


def told(log: Sequence[Change]) -> list[tuple[str, str | None, str, Any]]:
    return [
        (
            s.valid_from.isoformat(),
            s.valid_to.isoformat() if s.valid_to else None,
            s.state,
            s.data.get("firm"),
        )
        for s in spans(log)
    ]


def test_each_change_begins_a_span_that_the_next_one_ends() -> None:
    assert told((ENTERED, MOVED, STOPPED)) == [
        ("2020-01-01", "2022-05-31", "on", "甲所"),
        ("2022-06-01", "2023-02-28", "on", "乙所"),
        ("2023-03-01", None, "off", "乙所"),
    ]


def test_a_late_change_stands_where_it_belongs() -> None:
    late = change(3, "change", "2021-01-01", "2024-02-01", firm="丙所")
    assert told((ENTERED, MOVED, STOPPED, late))[:2] == [
        ("2020-01-01", "2020-12-31", "on", "甲所"),
        ("2021-01-01", "2022-05-31", "on", "丙所"),
    ]


def test_the_last_change_of_a_day_counts() -> None:
    again = change(3, "change", "2022-06-01", "2024-02-01", firm="丁所")
    assert [row[3] for row in told((ENTERED, MOVED, again))] == ["甲所", "丁所"]


def test_what_is_emptied_is_gone() -> None:
    emptied = change(1, "change", "2022-06-01", "2024-01-02", firm=None)
    assert [row[3] for row in told((ENTERED, emptied))] == ["甲所", None]
    assert "firm" not in spans((ENTERED, emptied))[-1].data


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("2022-12-31", [("2020-01-01", "2022-05-31"), ("2022-06-01", "2022-12-31")]),
        ("2022-06-01", [("2020-01-01", "2022-05-31"), ("2022-06-01", "2022-06-01")]),
    ],
)
def test_the_term_of_the_row_ends_the_entry(term: str, expected: list[tuple[str, str]]) -> None:
    moved = MOVED._replace(data={"firm": "乙所", "valid_to": term})
    assert [row[:2] for row in told((ENTERED, moved, STOPPED))] == expected


def test_a_correction_replaces_and_hides_nothing() -> None:
    corrected = change(3, "correct", "2024-02-01", "2024-02-01", target=1, firm="戊所", dated=D("2022-05-01"))
    log = (ENTERED, MOVED, STOPPED, corrected)
    assert told(log)[1] == ("2022-05-01", "2023-02-28", "on", "戊所")
    assert told(known(log, at("2024-01-31")))[1] == ("2022-06-01", "2023-02-28", "on", "乙所")
    again = change(4, "correct", "2024-02-02", "2024-02-02", target=1, firm="己所")
    assert told((*log, again))[1] == ("2022-05-01", "2023-02-28", "on", "己所")
    undone = change(5, "annul", "2024-02-03", "2024-02-03", target=3)
    assert told((*log, again, undone))[1] == ("2022-06-01", "2023-02-28", "on", "己所")


def test_an_annulled_change_is_as_if_it_had_not_been() -> None:
    gone = change(3, "annul", "2024-02-01", "2024-02-01", target=1)
    assert told((ENTERED, MOVED, STOPPED, gone)) == told((ENTERED, STOPPED))
    assert spans((ENTERED, change(1, "annul", "2024-02-01", "2024-02-01", target=0))) == ()


def test_a_corrected_beginning_and_owner() -> None:
    corrected = change(
        1, "correct", "2024-02-01", "2024-02-01", target=0, dated=D("2019-01-01"), organ="gz", state="off"
    )
    (span,) = spans((ENTERED, corrected))
    assert (span.valid_from, span.organ, span.state) == (D("2019-01-01"), "gz", "off")


def test_what_is_not_valid_on_a_day_is_none() -> None:
    assert on((ENTERED,), D("2019-12-31")) is None
    assert on((ENTERED,), D("2020-01-01"), at("2023-12-31")) is None
    assert on((ENTERED,), D("2020-01-01")) is not None


def test_what_comes_before_the_entry_makes_no_span() -> None:
    early = change(1, "change", "2019-01-01", "2024-01-02", firm="乙所")
    assert told((ENTERED, early)) == [("2020-01-01", None, "on", "甲所")]
    assert [p.code for _, p in faults(LIST, (ENTERED, early))][:1] == ["before_entry"]


# ------------------------------------------------------------------------------ hypothesis

DAYS = st.integers(0, 30).map(lambda n: date(2024, 1, 1) + timedelta(days=n))


@st.composite
def logs(draw: st.DrawFn) -> tuple[Change, ...]:
    """Any log: late, corrected, annulled, recorded at the same moment or not."""
    moment = at("2024-03-01")
    log = [Change(0, "enter", draw(DAYS), moment, {"number": "1", "firm": "0"}, "on")]
    for seq in range(1, draw(st.integers(1, 8))):
        moment += timedelta(hours=draw(st.integers(0, 2)))
        kind = draw(st.sampled_from(["change", "change", "correct", "annul"]))
        target = draw(st.integers(0, seq - 1)) if kind in ("correct", "annul") else None
        dated = draw(st.none() | DAYS) if kind == "correct" else None
        term = draw(st.none() | st.none() | DAYS)
        data: dict[str, Any] = {"firm": str(seq)} | ({"valid_to": term.isoformat()} if term else {})
        log.append(
            Change(seq, kind, draw(DAYS), moment, {} if kind == "annul" else data, target=target, dated=dated)  # type: ignore[arg-type]
        )
    return tuple(log)


@given(logs())
def test_spans_are_in_order_and_never_overlap(log: tuple[Change, ...]) -> None:
    found = spans(log)
    for span in found:
        assert span.valid_to is None or span.valid_from <= span.valid_to
    for before, after in itertools.pairwise(found):
        assert before.valid_to is not None
        assert before.valid_to < after.valid_from


@given(logs(), DAYS, st.integers(0, 20))
def test_the_table_of_versions_answers_as_the_log_does(
    log: tuple[Change, ...], day: date, hours: int
) -> None:
    """Bitemporal: exactly one rectangle (or none) holds at any day as known at any moment, and it is the right one."""
    moment = at("2024-02-29", 23) + timedelta(hours=hours)
    held = [
        r.span
        for r in rectangles(log)
        if r.span.holds(day) and r.known_from <= moment and (r.known_to is None or moment < r.known_to)
    ]
    expected = on(log, day, moment)
    assert held == ([] if expected is None else [expected])


@given(logs(), st.integers(1, 8))
def test_what_was_known_is_never_lost(log: tuple[Change, ...], length: int) -> None:
    """However the log goes on, what was known at a moment before is the same afterwards."""
    cut = log[:length]
    moment = cut[-1].recorded_at
    later = tuple(c._replace(recorded_at=c.recorded_at + timedelta(hours=1)) for c in log[length:])
    assert spans(known((*cut, *later), moment)) == spans(cut)


@given(logs())
def test_the_order_of_recording_does_not_matter_where_the_law_says_the_day(log: tuple[Change, ...]) -> None:
    plain = [c for c in log if c.kind in ("enter", "change")]
    days = [c.on for c in plain]
    if len(set(days)) == len(days):
        assert spans(plain) == spans(sorted(plain, key=lambda c: c.on))


@given(logs(), DAYS)
def test_a_correction_made_at_once_is_as_if_it_had_been_right(log: tuple[Change, ...], day: date) -> None:
    target = effective(log)[0] if effective(log) else log[0]
    if any(c.kind == "annul" and c.target == target.seq for c in log):
        return
    right = tuple(c._replace(data={**c.data, "firm": "R"}, on=day) if c.seq == target.seq else c for c in log)
    right = tuple(c for c in right if c.kind != "correct" or c.target != target.seq)
    fixed = Change(len(log), "correct", day, log[-1].recorded_at, {"firm": "R"}, target=target.seq, dated=day)
    overlaid = tuple(c for c in log if c.kind != "correct" or c.target != target.seq)
    assert _without_seq(spans((*overlaid, fixed))) == _without_seq(spans(right))


def _without_seq(found: tuple[Span, ...]) -> list[Any]:
    return [span[:5] for span in found]
