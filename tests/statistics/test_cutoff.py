"""A figure for a cut-off stays what it was, whatever is recorded later; with a later cut-off it follows the records."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.casework.support import application
from tests.statistics import oracle
from tests.statistics.conftest import CUT
from tests.statistics.play import ROLES, Play
from yifa import registry
from yifa.casework.clockwork import tick
from yifa.casework.known import as_known, changed_since, corrected
from yifa.casework.models import Case, EventRow
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.statistics.catalogue import catalogue
from yifa.statistics.figures import Figure, by_dimension, compute
from yifa.statistics.live import Live, live
from yifa.statistics.period import end_of, year

pytestmark = pytest.mark.django_db
Y2023 = year(2023)
LATER = end_of(date(2024, 6, 30))
NAMED = [
    n for n in catalogue().values() if n.parts and not any(p.source.startswith("register:") for p in n.parts)
]
Change = Callable[[Play], None]


def figures(play: Play, cut: datetime = CUT) -> dict[str, Figure]:
    with live(cut, play.world) as engine:
        return compute(engine, NAMED, Y2023)


def pair(figure: Figure) -> tuple[Decimal | None, ...]:
    return (figure.numerator, figure.denominator) if figure.is_rate else (figure.value,)


def online(
    play: Play, case: UUID, action: str, day: date, recorded: date, party: str | None = None, **data: object
) -> Done:
    """An act through the online door, recorded on a later day."""
    line, organ = play.where[case]
    play.world.moment = timezone.make_aware(datetime(recorded.year, recorded.month, recorded.day, 11))
    done = perform(
        Ask(Command(action, day, data, party), Actor("甲", ROLES, organ), str(uuid4()), line, case, organ),
        play.world,
    )  # type: ignore[arg-type]
    assert isinstance(done, Done), done
    return done


def of_course(number: int) -> Callable[[Play], UUID]:
    """A reconsideration of this course."""
    return lambda play: [c for c in play.cases if play.where[c][0] == "reconsideration"][number]


upheld, sued, late, forgotten, pending = (of_course(n) for n in (0, 1, 3, 6, 8))
FEB = date(2024, 2, 20)


def record_late(play: Play) -> None:
    """A decision of December is entered in February."""
    online(play, forgotten(play), "assign_handler", date(2023, 3, 1), FEB, handlers=["甲", "乙"])
    online(play, forgotten(play), "decide", date(2023, 12, 1), FEB, decision_type="revoke")


def correct(play: Play) -> None:
    """The kind of a decision, and with it the outcome, is corrected."""
    seq = EventRow.objects.get(case=upheld(play), action="decide").seq
    online(
        play,
        upheld(play),
        "correct",
        FEB,
        FEB,
        target=seq,
        changes={"decision_type": "change"},
        reason="笔误，应为变更",
    )


def annul(play: Play) -> None:
    seq = EventRow.objects.get(case=sued(play), action="record_lawsuit").seq
    for row in EventRow.objects.filter(case=sued(play), action="record_court_result"):
        online(play, sued(play), "annul", FEB, FEB, target=row.seq, reason="误录他案")
    online(play, sued(play), "annul", FEB, FEB, target=seq, reason="误录他案")


def hand_over(play: Play) -> None:
    online(play, pending(play), "hand_over", FEB, FEB, to_organ="440113-gov")


def go_on(play: Play) -> None:
    online(play, pending(play), "resume", FEB, FEB, resumed_on=FEB)


def new_case(play: Play) -> None:
    """Received in December, entered in February."""
    received = date(2023, 12, 20)
    play.world.moment = timezone.make_aware(datetime(2024, 2, 20, 9))
    data = application(received.isoformat(), respondents=["gz-scj"])
    ask = Ask(
        Command("receive_application", received, data),
        Actor("甲", ROLES, "gz-gov"),
        "new",
        "reconsideration",
        None,
        "gz-gov",
    )
    assert perform(ask, play.world)


def note_effects(play: Play) -> None:
    """The clock, which never ran, runs in February."""
    play.world.moment = timezone.make_aware(datetime(2024, 2, 20, 9))
    assert tick(play.world)


CHANGES = [record_late, correct, annul, go_on, hand_over, new_case, note_effects]
# What each changes when records up to June count.
MOVED = {
    record_late: {"concluded", "correction_rate"}, correct: {"correction_rate", "broad_correction_rate"},
    annul: {"sued_rate", "court_loss_rate"}, new_case: {"new_applications"},
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: c.__name__)
def test_what_is_recorded_later_changes_no_figure_of_an_earlier_cut_off(year: Play, change: Change) -> None:
    before = figures(year)
    codes = {name: figure.check_code for name, figure in before.items()}
    change(year)
    after = figures(year)
    assert after == before
    assert {name: figure.check_code for name, figure in after.items()} == codes


def test_not_even_all_of_it_together(year: Play) -> None:
    before = figures(year)
    with live(CUT, year.world) as engine:
        split = by_dimension(engine, catalogue()["reconsideration.accepted"], Y2023, "organ")
    for change in CHANGES:
        change(year)
    assert figures(year) == before
    with live(CUT, year.world) as engine:
        assert by_dimension(engine, catalogue()["reconsideration.accepted"], Y2023, "organ") == split


@pytest.mark.parametrize("change", MOVED, ids=lambda c: c.__name__)
def test_with_a_later_cut_off_it_counts(year: Play, change: Change) -> None:
    before = figures(year, LATER)
    change(year)
    after = figures(year, LATER)
    moved = {name.split(".")[1] for name in after if pair(after[name]) != pair(before[name])}
    assert moved >= MOVED[change]
    found = oracle.rows(registry.line("reconsideration"), LATER, year.world)
    for named in NAMED:
        if named.line.code == "reconsideration":
            assert pair(after[named.name]) == oracle.expected(named, found, Y2023), named.name


def test_whether_the_clock_ran_is_nothing_to_a_figure(year: Play) -> None:
    """Effects of law have come about on their day; the tick only writes it down."""
    before = figures(year, LATER)
    assert before["reconsideration.accepted"].value == 80
    year.world.moment = timezone.make_aware(datetime(2023, 12, 31, 9))
    assert tick(year.world)
    after = figures(year, LATER)
    assert after == before


@pytest.mark.parametrize("month", [2, 5, 8, 11])
def test_any_cut_off_of_the_year_is_answered_from_the_events_known_then(year: Play, month: int) -> None:
    cut = end_of(date(2023, month, 15))
    found = figures(year, cut)
    for code in ("reconsideration", "legal_aid"):
        rows = oracle.rows(registry.line(code), cut, year.world)
        for named in NAMED:
            if named.line.code == code:
                assert pair(found[named.name]) == oracle.expected(named, rows, Y2023), named.name


def test_only_cases_touched_later_are_folded_again(year: Play) -> None:
    before = set(changed_since("reconsideration", CUT))
    go_on(year)
    assert set(changed_since("reconsideration", CUT)) - before <= {pending(year)}
    assert before <= {case for n, case in enumerate(year.cases) if year.where[case][0] == "reconsideration"}
    assert len(before) < 30


def test_an_act_of_a_corrected_case_counts_as_corrected(year: Play) -> None:
    """A hearing that was moved to another year counts there, one that never was counts nowhere; rows still show both."""
    with live(LATER, year.world) as engine:
        before = compute(engine, NAMED, Y2023)["reconsideration.hearing_count"].value or 0
    case = of_course(5)(year)
    first, second = (
        row.seq for row in EventRow.objects.filter(case=case, action="hold_hearing").order_by("seq")
    )
    online(year, case, "annul", FEB, FEB, target=first, reason="误录，并未举行")
    online(year, case, "annul", FEB, FEB, target=second, reason="误录，并未举行")
    assert case not in corrected("reconsideration", CUT)
    assert case in corrected("reconsideration", LATER)
    with live(LATER, year.world) as engine:
        assert compute(engine, NAMED, Y2023)["reconsideration.hearing_count"].value == before - 1


def test_the_organ_of_a_case_handed_over_is_that_of_the_day(year: Play) -> None:
    case = pending(year)
    organ = year.where[case][1]
    hand_over(year)
    assert Case.objects.get(id=case).organ == "440113-gov"
    line = registry.line("reconsideration")
    then, now = (next(as_known([case], line, cut, year.world)) for cut in (CUT, LATER))
    assert (then.organ, now.organ) == (organ, "440113-gov")
    assert then.number == now.number == Case.objects.get(id=case).number


def test_a_case_nobody_had_recorded_yet_is_not_known(year: Play) -> None:
    line = registry.line("reconsideration")
    assert list(as_known([upheld(year)], line, end_of(date(2022, 1, 1)), year.world)) == []
    with live(end_of(date(2022, 1, 1)), year.world) as engine:
        assert all(f.value in (None, 0) for f in compute(engine, NAMED, Y2023).values())


def test_an_erased_case_keeps_what_the_projection_says(year: Play) -> None:
    """Once a payload is erased the case cannot be folded again; it is counted as last projected."""
    before = figures(year)
    online(year, upheld(year), "grant_file_access", FEB, FEB, who="乙", what=["答复"])
    EventRow.objects.filter(case=upheld(year), seq=0).update(payload=None)
    assert figures(year) == before


def test_a_moment_within_a_day(year: Play) -> None:
    """The cut-off is a moment: the act of eleven o'clock is not known at half past ten."""
    case, day = pending(year), date(2024, 2, 20)
    online(year, case, "resume", day, day, resumed_on=day)
    line = registry.line("reconsideration")
    at = timezone.make_aware(datetime(2024, 2, 20, 10, 30))
    then = next(as_known([case], line, at, year.world))
    assert then.view.stage == "suspended"
    after = next(as_known([case], line, at + timedelta(hours=1), year.world))
    assert after.view.stage == "reviewing"


def test_acceptance_by_law_is_dated_by_legal_days_not_by_the_servers() -> None:
    """The cut-off's day is the day in China: late in the evening of UTC it is tomorrow there."""
    assert end_of(date(2023, 12, 31)).utcoffset() == timedelta(hours=8)
    assert Live(CUT).known_at == CUT
