"""A machine walks the review of one case by acts, late records, corrections and annulments.

After every step the date is compared with an oracle that knows nothing of clocks: it counts days.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.kernel import ENV, command
from tests.lines.reconsideration import cases as c
from yifa.engine import decide, derive, refold
from yifa.language.acts import Allowed, Context
from yifa.language.view import View
from yifa.lines.reconsideration import RECONSIDERATION

TODAY = Context(today=date(2026, 6, 1))
SPANS = {
    "suspend": "resume",
    "start_appraisal": "end_appraisal",
    "start_site_inspection": "end_site_inspection",
}
DATA: dict[str, dict[str, Any]] = {"suspend": {"ground": 5}}
ACTS = (*SPANS, *SPANS.values())


class Act(NamedTuple):
    """What the oracle remembers of an act."""

    on: date
    seq: int
    action: str
    days: int = 0


def pauses(acts: list[Act]) -> list[tuple[date, date | None]]:
    """Spans from an act to the one that ends it; the last may still be open."""
    found: list[tuple[date, date | None]] = []
    for begins, ends in SPANS.items():
        start: date | None = None
        for act in acts:
            if act.action == begins and start is None:
                start = act.on
            elif act.action == ends and start is not None:
                found.append((start, act.on))
                start = None
        if start is not None:
            found.append((start, None))
    return sorted(found, key=lambda span: span[0])


def rolled(day: date) -> date:
    while not ENV.calendar.is_workday(day):
        day += timedelta(days=1)
    return day


def oracle(accepted: date, acts: list[Act]) -> date | None:
    """Sixty days and the extension, each day of a pause left out once; None while a pause is open."""
    raw = accepted + timedelta(days=60 + sum(act.days for act in acts))
    left_out: set[date] = set()
    for start, end in pauses(acts):
        if start > rolled(raw + timedelta(days=len(left_out))):
            break
        if end is None:
            return None
        left_out |= {start + timedelta(days=n) for n in range(1, (end - start).days + 1)}
    return rolled(raw + timedelta(days=len(left_out)))


class Review(RuleBasedStateMachine):
    view: View

    @initialize(received=st.dates(date(2024, 1, 2), date(2025, 3, 1)))
    def accept(self, received: date) -> None:
        case = c.accepted(received.isoformat())
        self.view, self.accepted, self.day = case.view, received, received
        self.acts: list[Act] = []

    def do(self, action: str, on: date, **data: Any) -> bool:
        decision = decide(self.view, command(action, on.isoformat(), **data), c.FREE, TODAY)
        if isinstance(decision, Allowed):
            self.view = decision.view
        return isinstance(decision, Allowed)

    def remember(self, *acts: Act) -> None:
        self.acts = sorted((*self.acts, *acts), key=lambda act: (act.on, act.seq))

    @rule(days=st.integers(1, 25))
    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule(action=st.sampled_from(ACTS), late=st.integers(0, 20))
    def act(self, action: str, late: int) -> None:
        """In its turn, or recorded late."""
        on = max(self.accepted, self.day - timedelta(days=late))
        seq = self.view.events[-1].seq + 1
        if self.do(action, on, **DATA.get(action, {})):
            self.remember(Act(on, seq, action))

    @rule(days=st.integers(1, 40))
    def extend(self, days: int) -> None:
        seq = self.view.events[-1].seq + 1
        extended = any(act.days for act in self.acts)
        if self.do("extend_review", self.day, days=days):
            assert days <= 30
            assert not extended
            self.remember(Act(self.day, seq, "extend_review", days))

    @precondition(lambda self: self.acts)
    @rule(data=st.data(), back=st.integers(1, 5))
    def correct(self, data: st.DataObject, back: int) -> None:
        """The dates are as if they had been right from the start."""
        target = data.draw(st.sampled_from(self.acts))
        on = max(self.accepted, target.on - timedelta(days=back))
        changes = {"effective_on": on.isoformat()}
        if self.do("correct", self.day, target=target.seq, changes=changes, reason="日期登记有误"):
            self.acts.remove(target)
            self.remember(target._replace(on=on))

    @precondition(lambda self: self.acts)
    @rule(data=st.data())
    def annul(self, data: st.DataObject) -> None:
        target = data.draw(st.sampled_from(self.acts))
        if self.do("annul", self.day, target=target.seq, reason="误录"):
            self.acts.remove(target)

    @invariant()
    def the_date_is_what_the_law_counts(self) -> None:
        assert self.view.due("review_decision") == oracle(self.accepted, self.acts)

    @invariant()
    def it_is_never_before_its_trigger_nor_shortened_by_a_pause(self) -> None:
        due = self.view.due("review_decision")
        unpaused = oracle(self.accepted, [act for act in self.acts if act.days])
        assert unpaused is not None
        assert due is None or self.accepted < unpaused <= due

    @invariant()
    def it_is_extended_once_by_thirty_days_at_most(self) -> None:
        (review,) = self.view.clocks["review_decision"]
        assert review.extension <= 30

    @invariant()
    def version_and_fold_stand(self) -> None:
        assert (self.view.version, self.view.version_final) == ("2023", True)
        again = refold(RECONSIDERATION, self.view.env, self.view.events)
        assert (again.clocks, again.stage, again.facts) == (
            self.view.clocks,
            self.view.stage,
            self.view.facts,
        )
        found = derive(RECONSIDERATION, self.view.events, self.day, self.view.env).reading("review_decision")
        assert found is not None
        assert found.due == self.view.due("review_decision")


TestReview = Review.TestCase
TestReview.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
