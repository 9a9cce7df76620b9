"""Suits over their whole length, with dates counted by hand: what each period's last day decides, and what a later judgment undoes."""

from typing import Any

import pytest

from tests.kernel import Case, D, codes
from tests.lines.litigation import cases as c
from yifa.engine import advance
from yifa.language.acts import Allowed

APPEALED = {"某局": "2024-11-04", "原告甲": "2024-11-06"}


def states(case: Case, clock: str, day: str) -> list[tuple[str, str]]:
    """Due date and state of every instance of a clock, as they are on that day."""
    return [(str(i.due.due), i.state) for i in advance(case.view, D(day)).clocks.get(clock, ())]


def flags(case: Case, action: str, day: str, **data: Any) -> set[str]:
    """What the law flags about an act it allows."""
    answer = case.try_(action, day, **data)
    assert isinstance(answer, Allowed), answer
    return {problem.code for problem in answer.warnings}


# --------------------------------------------------------------------------- evidence (APL 34, 36, 67; INT 34)


def with_more_time() -> Case:
    """The complaint came on 4 March: until 19 March for the answer, and for asking for more time."""
    case = c.answering()
    case.do(
        "request_evidence_extension", "2024-03-19", party="某局", filed_on="2024-03-19", reason="档案受灾"
    )
    case.do("file_answer", "2024-03-19", party="某局", filed_on="2024-03-19")
    case.do("grant_evidence_extension", "2024-03-22", party="某局", granted=True)
    case.do("cause_ended", "2024-04-22", party="某局", cause_ended_on="2024-04-22")
    return case


def test_more_time_is_asked_for_within_the_fifteen_days() -> None:
    late = c.answering().try_("request_evidence_extension", "2024-03-20", party="某局", filed_on="2024-03-20")
    assert codes(late) == ["evidence_extension_late"]
    posted = c.answering().try_(
        "request_evidence_extension",
        "2024-03-21",
        party="某局",
        filed_on="2024-03-21",
        posted_on="2024-03-19",
    )
    assert isinstance(posted, Allowed)


def test_without_more_time_an_answer_needs_its_evidence() -> None:
    bare = c.answering().try_("file_answer", "2024-03-19", party="某局", filed_on="2024-03-19")
    assert codes(bare) == ["evidence_missing"]
    assert states(with_more_time(), "answer_and_evidence", "2024-04-01") == [("2024-03-19", "met")]


def test_fifteen_days_more_from_the_end_of_the_cause() -> None:
    case = with_more_time()
    assert states(case, "evidence_deferred", "2024-05-07") == [("2024-05-07", "running")]
    evidence = {"party": "某局", "evidence": ["重新调取的档案"]}
    assert "deferred_overdue" not in flags(
        case, "file_evidence", "2024-05-07", filed_on="2024-05-07", **evidence
    )
    assert "deferred_overdue" in flags(case, "file_evidence", "2024-05-08", filed_on="2024-05-08", **evidence)
    assert advance(case.view, D("2024-05-07")).effect("no_deferred_evidence") is None
    assert advance(case.view, D("2024-05-08")).effect("no_deferred_evidence") is not None


# --------------------------------------------------------------------------- standing still (INT 87, 88)


@pytest.mark.parametrize(("ground", "day", "refused"), [
    (1, "2024-07-01", ["termination_too_early"]),
    (1, "2024-07-02", []),
    (6, "2024-07-02", ["termination_no_suspension"]),
])  # fmt: skip
def test_ninety_days_with_nobody_to_go_on(ground: int, day: str, refused: list[str]) -> None:
    """Suspended on 1 April: the ninetieth day is Sunday 30 June, so Monday 1 July."""
    answer = c.suspended(ground).try_("terminate_suit", day, ground=3, served_on=day)
    assert (codes(answer) if refused else []) == refused
    assert bool(answer) is not bool(refused)


# --------------------------------------------------------------------------- performance (APL 69, 94, 96)


def lost(**changes: Any) -> Case:
    """Lost at first instance; in effect on 21 August; thirty days to perform."""
    return c.judged(**{"result": "revoked", "performance_days": 30} | changes)


def test_the_period_of_performance_runs_from_effect() -> None:
    case = lost()
    assert states(case, "performance_due", "2024-08-20") == []
    assert states(case, "performance_due", "2024-08-21") == [("2024-09-20", "running")]
    assert advance(case.view, D("2024-09-20")).effect("performance_overdue") is None
    assert advance(case.view, D("2024-09-21")).facts["performance_overdue_on"] == D("2024-09-21")
    for day, state in (("2024-09-20", "met"), ("2024-09-23", "late")):
        done = lost()
        done.do("record_performance", day, done_on=day)
        assert states(done, "performance_due", day) == [("2024-09-20", state)]


def test_a_case_won_leaves_nothing_to_perform() -> None:
    case = c.won()
    assert advance(case.view, D("2024-08-21")).stage == "effective"
    assert states(case, "performance_due", "2024-09-30") == []


def test_a_second_judgment_that_dismisses_takes_the_order_away() -> None:
    """First instance had ordered something within thirty days; the second dismisses the claims (APL 89(1)(2), 69)."""
    case = lost()
    case.do("decide_appeal", "2024-08-12", appeal=True, reasons="一审认定事实有误")
    case.do("file_appeal", "2024-08-14", party="某局", filed_on="2024-08-14", court_case_no=c.SECOND_NO)
    case.do("serve_second", "2024-11-06", result="changed", new_result="dismissed", services=APPEALED)
    assert (case.view.stage, case.view.facts["lost"]) == ("effective", False)
    assert states(case, "performance_due", "2025-01-31") == []
    assert isinstance(case.try_("close", "2024-11-20"), Allowed)


def test_a_second_judgment_that_upholds_leaves_the_order() -> None:
    case = lost()
    case.do("receive_appeal", "2024-08-14", party="原告甲", filed_on="2024-08-14", court_case_no=c.SECOND_NO)
    case.do("serve_second", "2024-11-06", result="upheld", services=APPEALED)
    assert states(case, "performance_due", "2024-11-06") == [("2024-12-06", "running")]
    assert "performance_open" in codes(case.try_("close", "2024-11-20"))


# --------------------------------------------------------------------------- retrial (APL 90–92; INT 110, 119)


@pytest.mark.parametrize(("day", "fits"), [("2025-02-21", True), ("2025-02-24", False)])
def test_six_months_to_ask_for_a_retrial(day: str, fits: bool) -> None:
    case = lost()
    case.do("record_performance", "2024-09-10", done_on="2024-09-10")
    answer = case.try_("apply_retrial", day, ground=4, filed_on=day)
    assert bool(answer) is fits
    assert fits or codes(answer) == ["retrial_late"]


def test_a_retrial_that_dismisses_orders_nothing_anew() -> None:
    case = lost()
    case.do("record_performance", "2024-09-10", done_on="2024-09-10")
    case.do("apply_retrial", "2024-10-08", ground=4, filed_on="2024-10-08")
    new = {"某局": "2025-02-10", "原告甲": "2025-02-12"}
    case.do("serve_retrial", "2025-02-12", result="changed", new_result="dismissed", services=new)
    assert (case.view.facts["lost"], case.view.facts["effective_on"]) == (False, D("2025-02-12"))
    assert states(case, "performance_due", "2025-04-30") == [("2024-09-20", "met")]


def test_a_retrial_refused_leaves_everything_as_it_was() -> None:
    case = lost()
    case.do("record_performance", "2024-09-10", done_on="2024-09-10")
    case.do("apply_retrial", "2024-10-08", ground=4, filed_on="2024-10-08")
    case.do("serve_retrial", "2025-02-12", result="refused", served_on="2025-02-12")
    assert (case.view.stage, case.view.facts["lost"]) == ("effective", True)
    assert case.view.facts["effective_on"] == D("2024-08-21")


# --------------------------------------------------------------------------- payment of an award (SCL 37(3))


def test_seven_days_to_forward_and_fifteen_to_pay() -> None:
    case = c.to_pay()
    assert states(case, "payment_forward", "2024-10-15") == [("2024-10-15", "running")]
    case.do("forward_payment", "2024-10-15", done_on="2024-10-15", received_on="2024-10-16")
    assert states(case, "payment_forward", "2024-10-15") == [("2024-10-15", "met")]
    assert states(case, "payment_due", "2024-10-31") == [("2024-10-31", "running")]
    case.do("record_payment", "2024-11-01", done_on="2024-11-01")
    assert states(case, "payment_due", "2024-11-01") == [("2024-10-31", "late")]
    assert case.view.tracks["compensation"] == "payment_done"
