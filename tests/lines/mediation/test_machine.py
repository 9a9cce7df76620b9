"""Whole mediations at random: a machine takes any lawful act in any order, and what must always hold always holds."""

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.lines.mediation import cases as c
from yifa.engine import advance, decide, refold
from yifa.language.acts import Allowed, Command, Context
from yifa.lines.mediation import MEDIATION
from yifa.lines.mediation.facts import TERMS

LAST = Context(today=date(2030, 1, 1))
KINDS: list[dict[str, Any]] = [
    {}, {"dispute_type": "medical", "committee_kind": "industry"}, {"dispute_type": "labour", "infringed_on": "2023-01-10"},
    {"channel": "court_before_filing", "referrer_doc": "函", "handed_over_on": c.DAY, "other_forum": "court"},
    {"committee_kind": "organ"}, {"committee_kind": "commercial", "between_businesses": True},
]  # fmt: skip
MOVES: dict[str, list[dict[str, Any]]] = {
    "pause": [{"ground": "agreed"}, {"ground": "appraisal", "commissioned_on": "DAY"}],
    "resume": [{"reported_on": "DAY"}],
    "extend": [{"new_due": "LATER"}],
    "agree_written": [{"content": "赔偿", "parties_signed_on": "DAY", "mediator_signed_on": "DAY", "sealed_on": "DAY",
                       "performance_due_on": "LATER"}],
    "agree_oral": [{"content": "赔礼道歉"}],
    "fail": [{}], "withdraw": [{}], "route": [{"target": "court"}],
    "apply_confirm": [{"court": "示例区人民法院", "applicants": ["p-1", "p-2"], "seat": "body"},
                      {"court": "示例区人民法院", "applicants": ["p-1", "p-2"], "seat": "inviting"}],
    "confirm_result": [{"result": "valid"}, {"result": "rejected"}, {"result": "withdrawn"}],
    "mediate_again": [{}],
    "follow_up": [{"performed": "part"}, {"performed": "full"}],
    "close": [{}, {"ground": "sued"}],
    "find_risk": [{}], "report_risk": [{"to": ["派出所"]}],
    "take_route": [{"forum": "court"}],
    "grant_subsidy": [{"mediator": "m-1", "grade": "general", "amount": 200}],
    "pay_subsidy": [{}],
}  # fmt: skip


class Mediations(RuleBasedStateMachine):
    """One mediation; the day only goes on."""

    @initialize(kind=st.sampled_from(KINDS))
    def begin(self, kind: dict[str, Any]) -> None:
        court = {"signed_on": c.DAY} if "channel" in kind else {}
        self.case = c.mediating(c.DAY, court, **kind)
        self.day = date.fromisoformat(c.DAY)
        self.closed_as: str | None = None

    @rule(days=st.integers(1, 25))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(move=st.sampled_from(sorted(MOVES)), which=st.integers(0, 1))
    def act(self, move: str, which: int) -> None:
        options = MOVES[move]
        data = {name: self._dated(value) for name, value in options[which % len(options)].items()}
        before = advance(self.case.view, self.day)
        decision = decide(self.case.view, Command(move, self.day, data), {}, LAST)
        if isinstance(decision, Allowed):
            if before.is_closed:
                assert advance(decision.view, self.day).stage == before.stage
            self.case.view = decision.view

    def _dated(self, value: Any) -> Any:
        return (
            {"DAY": self.day, "LATER": self.day + timedelta(days=40)}.get(value, value)
            if isinstance(value, str)
            else value
        )

    @property
    def view(self) -> Any:
        return advance(self.case.view, self.day)

    @invariant()
    def the_same_from_the_log(self) -> None:
        again = advance(refold(MEDIATION, self.case.view.env, self.case.view.events), self.day)
        assert (again.stage, again.facts, again.clocks) == (
            self.view.stage,
            self.view.facts,
            self.view.clocks,
        )

    @invariant()
    def a_conclusion_is_counted_once_and_stays(self) -> None:
        facts = self.view.facts
        if facts.get("agreed_on"):
            assert facts["outcome"] == "agreed"
            assert facts["resolved_on"] == facts["concluded_on"]
        if self.view.is_closed:
            assert "concluded_on" in facts

    @invariant()
    def no_term_runs_once_the_talks_are_over(self) -> None:
        if self.view.stage in ("agreed", "confirming", "performing") or self.view.is_closed:
            assert not [i for code in TERMS for i in self.view.live(code)]

    @invariant()
    def the_right_to_confirm_is_there_or_over(self) -> None:
        view = self.view
        if view.facts.get("agreed_on"):
            assert view.clocks["confirm_apply"]
            assert not (view.facts.get("confirmed") and not view.happened("apply_confirm"))

    @invariant()
    def the_doors_beside_stay_open_after_a_failure(self) -> None:
        if self.view.stage == "closed_failed" and not self.view.happened("take_route"):
            assert self.view.live("other_routes")

    @precondition(lambda self: self.case.view.happened("pay_subsidy"))
    @invariant()
    def nobody_is_paid_twice_or_before_the_archive(self) -> None:
        assert self.case.view.count("pay_subsidy") == self.case.view.count("grant_subsidy") == 1
        assert self.case.view.is_closed


Mediations.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestMediations = Mediations.TestCase


def test_the_machine_gets_everywhere() -> None:
    """Every move it knows is lawful somewhere."""
    assert set(MOVES) <= {action.code for action in MEDIATION.actions}
    makers = {"resume": c.paused, "apply_confirm": c.agreed, "confirm_result": c.confirming, "mediate_again": c.rejected,
              "follow_up": c.agreed, "close": c.visited, "grant_subsidy": c.archived, "pay_subsidy": c.subsidised}  # fmt: skip
    for move, options in MOVES.items():
        day = date(2023, 5, 9) if move in ("close", "grant_subsidy", "pay_subsidy") else date(2023, 3, 31)
        case = makers.get(move, c.mediating)()
        dated = {name: {"DAY": day, "LATER": day + timedelta(days=40)}.get(value, value) if isinstance(value, str) else value
                 for name, value in options[0].items()}  # fmt: skip
        assert decide(case.view, Command(move, day, dated), {}, LAST), move
