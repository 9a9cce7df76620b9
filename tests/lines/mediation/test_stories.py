"""Mediations over their whole length: an agreement no court confirms, a committee that hands over, a route taken meanwhile."""

import pytest

from tests.kernel import D, codes
from tests.lines.mediation import cases as c
from yifa.engine import advance


def states(case: c.Mediation, clock: str, day: str) -> list[tuple[str, str]]:
    """Due date and state of every instance of a clock, as they are on that day."""
    return [(str(i.due.due), i.state) for i in advance(case.view, D(day)).clocks.get(clock, ())]


@pytest.mark.parametrize(("day", "refused"), [("2023-04-10", []), ("2023-04-11", ["confirm_late"])])
def test_thirty_days_for_the_confirmation(day: str, refused: list[str]) -> None:
    """In force on 10 March: the thirtieth day is Sunday 9 April, so until Monday the 10th (PML 33(1))."""
    answer = c.agreed().try_("apply_confirm", day, **c.filing())
    assert (codes(answer) if refused else []) == refused
    assert bool(answer) is not bool(refused)


def test_who_is_refused_the_confirmation_may_agree_again() -> None:
    """The second agreement is the one that is confirmed and performed; the mediation ended with the first (PML 33(3))."""
    case = c.rejected()
    case.do("mediate_again", "2023-04-03")
    assert case.view.stage == "mediating"
    case.do("agree_written", "2023-04-12", **c.signed("2023-04-12", performance_due_on="2023-05-31"))
    facts = case.view.facts
    assert (facts["agreed_on"], facts["concluded_on"]) == (D("2023-04-12"), D("2023-03-10"))
    assert (facts["resolved_on"], facts["outcome"]) == (D("2023-03-10"), "agreed")
    assert facts["performance_due_on"] == D("2023-05-31")
    assert states(case, "confirm_apply", "2023-04-13")[-1][1] == "running"
    case.do("apply_confirm", "2023-04-17", **c.filing())
    case.do("confirm_result", "2023-04-28", result="valid", ruled_on="2023-04-27")
    assert (case.view.stage, case.view.facts["confirmed"]) == ("performing", True)


def test_without_a_refusal_there_is_nothing_to_do_again() -> None:
    assert codes(c.agreed().try_("mediate_again", "2023-03-20")) == ["nothing_rejected"]


def test_a_hand_over_changes_the_committee_and_no_date() -> None:
    case = c.mediating()
    before = states(case, "term_general", "2023-03-02")
    case.do("hand_over", "2023-03-06", to_organ="邻镇")
    assert (case.view.organ, states(case, "term_general", "2023-03-06")) == ("邻镇", before)
    case.do("agree_written", "2023-03-10", **c.signed("2023-03-10"))
    assert case.view.facts["in_term"] is True


def test_a_route_taken_meanwhile_ends_the_hint_and_not_the_mediation() -> None:
    """Going to court is everybody's right; the talks end when somebody ends them (PML 3(3), 26)."""
    case = c.mediating()
    assert [state for _, state in states(case, "other_routes", "2023-03-03")] == ["running"]
    case.do("take_route", "2023-03-06", forum="court", filed_on="2023-03-06")
    assert [state for _, state in states(case, "other_routes", "2023-03-06")] == ["met"]
    assert (case.view.stage, case.view.facts["taken_to"]) == ("mediating", "court")
    case.do("fail", "2023-03-08", ground="party_ends")
    assert (case.view.facts["outcome"], case.view.facts["in_term"]) == ("failed", True)


def test_kept_late_is_kept() -> None:
    """Due on 20 April, performed on the 25th, seen on the 28th: not in time, and archived as performed."""
    case = c.agreed()
    case.do("follow_up", "2023-04-28", performed="full", performed_on="2023-04-25", visited_on="2023-04-28")
    assert (case.view.facts["performed_in_time"], case.view.facts["outcome"]) == (False, "agreed")
    case.do("close", "2023-05-04")
    assert case.view.stage == "closed_performed"


def test_what_nobody_has_seen_performed_is_not_archived_as_performed() -> None:
    partly = c.visited("part")
    assert codes(partly.try_("close", "2023-04-25")) == ["performance_unseen"]
    assert codes(partly.try_("close", "2023-04-25", ground="enforced")) == ["enforced_unconfirmed"]
