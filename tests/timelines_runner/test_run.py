"""Running: steps with what was known then, points of reading, matching, late records, strict decisions."""

from datetime import date

import pytest

from tests.timelines_runner.matters import OPEN, RECEIVE, ran, unmet

ASK = (
    "{{date: 2024-02-{day}, action: ask, label: ask{day}, data: {{party: {who}, arrived_on: 2024-02-{day}}}}}"
)
ASKED = (OPEN, ASK.format(day="19", who="r1"), ASK.format(day="21", who="r2"))


# ------------------------------------------------------------------------------------------ points of reading


@pytest.mark.parametrize(
    ("expect", "found"),
    [
        ("{deadline: opening, due: 2024-02-06}", None),
        ("{deadline: opening, due: 2024-02-07}", "实为 2024-02-06（met）"),
        ("{deadline: opening, at: receipt, status: running}", None),
        ("{deadline: opening, at: {after: receipt}, status: running}", None),
        ("{deadline: opening, at: {before: opening}, status: running}", None),
        ("{deadline: opening, at: {before: receipt}, status: running}", "没有这一期限"),
        ("{deadline: opening, at: 0, status: running}", None),
        ("{deadline: opening, at: 1, status: met}", None),
        ("{deadline: opening, at: open, status: met}", None),
        ("{deadline: opening, at: {before: 1}, status: running}", None),
        ("{deadline: opening, at: 2024-01-30, status: running}", "没有这一期限"),
        ("{deadline: opening, at: 2024-02-05, status: running}", None),
        ("{deadline: opening, at: 2024-02-06, status: met}", None),
        ("{deadline: work, due: 2024-04-07, kind: L, provisional: false, earliest: null, latest: null}", None),
        ("{deadline: work, due: null}", "实为 2024-04-07（running）"),
        ("{deadline: answer, due: 2024-04-07}", "没有这一期限"),
        ("{stage: active}", None),
        ("{stage: new, at: receipt}", None),
        ("{stage: new}", "stage 为 active"),
        ("{version: new}", None),
        ("{decision: in_time, outcome: fail}", "结果为 pass"),
        ("{decision: in_time, outcome: pass}", None),
        ("{effect: deemed_open, on: 2024-02-06}", "on 为 None，effect 为 None"),
        ("{refused: false}", None),
        ("{refused: true}", "refused 为 False"),
        ("{decision: refused, outcome: refuse}", "未被拒绝"),
    ],
)  # fmt: skip
def test_an_expectation_is_read_at_its_point(expect: str, found: str | None) -> None:
    assert unmet(RECEIVE, OPEN, expect=expect) == found


@pytest.mark.parametrize(("day", "outcome"), [("2024-01-02", "pass"), ("2024-02-01", "fail")])
def test_a_rule_that_decides(day: str, outcome: str) -> None:
    receive = f"{{date: {day}, action: receive, data: {{received_on: {day}}}}}"
    assert unmet(receive, expect=f"{{decision: in_time, outcome: {outcome}}}") is None
    assert unmet(OPEN, expect="{decision: in_time, outcome: pass}") == "结果为 （无此判定）"


def test_before_an_act_the_effects_of_its_day_have_come_about() -> None:
    late = "{date: 2024-02-20, action: ask, label: asking, data: {party: r1, arrived_on: 2024-02-20}}"
    assert unmet(RECEIVE, late, expect="{stage: active, at: {before: asking}}") is None
    assert unmet(RECEIVE, late, expect="{stage: new, at: receipt}") is None
    assert unmet(RECEIVE, late, expect="{effect: deemed_open, on: 2024-02-06, at: {before: asking}}") is None


def test_the_end_is_the_last_day_unless_as_of_says_otherwise() -> None:
    assert ran(RECEIVE).final.as_of == date(2024, 1, 31)
    lapsed = ran(RECEIVE, head="  as_of: 2024-03-01\n").final
    assert (lapsed.as_of, lapsed.stage) == (date(2024, 3, 1), "active")
    early = ran(RECEIVE, OPEN, head="  as_of: 2024-02-01\n")
    assert (early.final.stage, early.steps[-1].derived.stage) == ("new", "active")
    assert ran().final.stage is None


# ------------------------------------------------------------------------------------------ more than one instance


@pytest.mark.parametrize(
    ("expect", "problems"),
    [
        (("{deadline: answer, due: 2024-03-04}",), 1),
        (("{deadline: answer, due: 2024-03-04}", "{deadline: answer, due: 2024-03-06}"), 0),
        (("{deadline: answer, for: r1, due: 2024-03-04}",), 0),
        (("{deadline: answer, for: r2, due: 2024-03-04}",), 1),
        (("{deadline: answer, due: 2024-03-04}", "{deadline: answer, for: r2, due: 2024-03-06}"), 0),
        (("{deadline: answer, due: 2024-03-04}", "{deadline: answer, for: r1, due: 2024-03-06}"), 2),
        (("{deadline: answer, due: 2024-03-04}", "{deadline: answer, due: 2024-03-06, at: ask21}"), 2),
        (("{deadline: answer, due: 2024-03-04, at: ask19}",), 0),
        (("{deadline: answer, status: running}",), 0),
        (("{deadline: answer, due: 2024-03-05}",), 1),
    ],
)
def test_other_live_instances_must_be_named(expect: tuple[str, ...], problems: int) -> None:
    assert len(ran(*ASKED, expect=expect).problems) == problems


def test_an_instance_that_has_ended_need_not_be_named() -> None:
    answer = "{date: 2024-02-22, action: answer, data: {party: r2, arrived_on: 2024-02-22}}"
    assert ran(*ASKED, answer, expect=("{deadline: answer, due: 2024-03-04}",)).problems == ()
    assert unmet(*ASKED, answer, expect="{deadline: answer, for: r2, due: 2024-03-06, status: met}") is None


def test_a_moment_may_be_expected_by_its_day() -> None:
    alarm = "{date: 2024-02-09, action: alarm, data: {at: 2024-02-09T16:00}}"
    assert unmet(alarm, expect="{deadline: rush, due: 2024-02-10T16:00}") is None
    assert unmet(alarm, expect="{deadline: rush, due: '2024-02-10 16:00'}") is None
    assert unmet(alarm, expect="{deadline: rush, due: 2024-02-10}") is None
    assert (
        unmet(alarm, expect="{deadline: rush, due: 2024-02-10T17:00}")
        == "实为 2024-02-10 16:00:00（running）"
    )


def test_the_version_is_checked() -> None:
    head = "  law_version: old\n"
    assert ran(RECEIVE, head=head).problems == ("适用版本应为 old，实为 new",)
    december = RECEIVE.replace("2024-01-31", "2023-12-27")
    assert ran(december, head=head).problems == ()
    assert not ran(december).final.view.version_final


# ------------------------------------------------------------------------------------------ late records


LATE = "{date: 2024-02-01, recorded: 2024-02-20, action: open, label: late, data: {opened_on: 2024-02-01}}"
NOTED = "{date: 2024-02-08, action: deemed_open, label: noting}"


def test_a_late_record_is_folded_on_its_day_and_shown_where_it_stands() -> None:
    found = ran(RECEIVE, NOTED, LATE)
    assert [step.derived.view.due("work") for step in found.steps] == [
        None,
        date(2024, 4, 7),
        date(2024, 4, 1),
    ]
    assert [step.derived.as_of for step in found.steps] == [
        date(2024, 1, 31),
        date(2024, 2, 8),
        date(2024, 2, 20),
    ]
    assert len(found.final.findings) == 1
    assert found.steps[1].derived.findings == ()


def test_a_day_is_read_with_what_was_known_then() -> None:
    for day, due in (("2024-02-10", "2024-04-07"), ("2024-02-20", "2024-04-01")):
        assert unmet(RECEIVE, NOTED, LATE, expect=f"{{deadline: work, at: {day}, due: {due}}}") is None


# ------------------------------------------------------------------------------------------ strict


def test_strict_refuses_and_goes_on_without_the_act() -> None:
    found = ran(RECEIVE, OPEN, "{date: 2024-02-07, action: go_on, label: wrong}", OPEN.replace("opening", "again"),
                "{date: 2024-02-08, action: halt}", strict=True)  # fmt: skip
    assert [bool(step.refused) for step in found.steps] == [False, False, True, True, False]
    assert found.steps[2].derived.stage == "active"
    assert found.final.stage == "halted"
    assert found.problems == ()


@pytest.mark.parametrize(
    ("expect", "met"),
    [
        ("{refused: true, at: wrong}", True),
        ("{decision: refused, outcome: refuse, at: wrong}", True),
        ("{refused: false, at: opening}", True),
        ("{refused: true, at: opening}", False),
        ("{refused: true}", True),
    ],
)
def test_a_refusal_may_be_expected(expect: str, met: bool) -> None:
    events = (RECEIVE, OPEN, "{date: 2024-02-07, action: go_on, label: wrong}")
    assert (unmet(*events, expect=expect, strict=True) is None) is met


def test_strict_keeps_the_sequence_numbers_of_the_file() -> None:
    found = ran(
        RECEIVE,
        "{date: 2024-02-01, action: go_on}",
        OPEN,
        "{date: 2024-02-07, action: consult, label: c1, data: {due_on: 2024-03-01}}",
        "{date: 2024-02-08, action: consult, label: c2, data: {due_on: 2024-03-08}}",
        "{date: 2024-02-09, action: consulted, re: c1}",
        expect=("{deadline: consultation, due: 2024-03-08, status: running}",),
        strict=True,
    )
    assert [bool(step.refused) for step in found.steps] == [False, True, False, False, False, False]
    assert found.problems == ()


def test_strict_takes_the_defaults_of_the_form() -> None:
    assert ran(RECEIVE, OPEN).steps[1].derived.view.facts["pace"] == "slow"
    last = ran(RECEIVE, OPEN, strict=True).final.view.events[-1]
    assert last.data["pace"] == "slow"
    assert last.recorded_on is None
