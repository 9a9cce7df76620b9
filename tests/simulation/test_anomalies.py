"""Planted anomalies: each changes exactly the figures it should, and the tally sees it too."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.utils import timezone

from tests.simulation.test_year import in_tally, said
from yifa.casework.bulk import BulkDriver
from yifa.language.indicators import ParameterAt
from yifa.language.sources import REGISTER
from yifa.registry import city_of
from yifa.simulation.behaviour import BEHAVIOUR
from yifa.simulation.lists import fill
from yifa.simulation.plan import Year
from yifa.simulation.run import Telling
from yifa.simulation.steps import Path, Planned
from yifa.simulation.tally import Tally
from yifa.simulation.world import SimulatedWorld
from yifa.statistics.catalogue import catalogue
from yifa.statistics.figures import compute
from yifa.statistics.live import Live
from yifa.statistics.period import end_of, year

pytestmark = pytest.mark.django_db
YEAR = Year(2023, 2, 1, date(2024, 1, 15))
PLACE = {
    "reconsideration": "440106-gov",
    "legal_aid": "440106-aid",
    "litigation": "440106-sfj",
    "mediation": "440106-s1",
}


class Anomaly(NamedTuple):
    """What a matter should have been, what was planted instead, and the figures that must notice."""

    name: str
    line: str
    regular: str
    planted: str
    notice: frozenset[str]
    size: int = 1


def _plant(name: str, line: str, regular: str, planted: str, *notice: str, size: int = 1) -> Anomaly:
    return Anomaly(name, line, regular, planted, frozenset(f"{line}.{figure}" for figure in notice), size)


ANOMALIES = (
    _plant("a late decision", "reconsideration", "upheld", "late", "on_time_rate"),
    _plant("a wrong outcome", "reconsideration", "upheld", "revoked", "correction_rate", "broad_correction_rate"),
    _plant("a suit nobody expected", "reconsideration", "upheld", "sued_lost", "resolved_rate", "sued_rate", "court_loss_rate"),
    _plant("a backdated decision", "reconsideration", "upheld", "backdated"),
    _plant("a missing attendance", "litigation", "won", "excused", "officer_attendance_rate", "officer_attendance_rate_notified",
           "head_attendance_rate"),
    _plant("a late answer", "litigation", "won", "answered_late", "answer_on_time_rate"),
    _plant("a late grant", "legal_aid", "migrant", "migrant_late", "review_on_time"),
    _plant("a late assignment", "legal_aid", "migrant", "migrant_assigned_late", "assign_on_time"),
    _plant("a crowd at one consultation", "legal_aid", "consulted", "consulted", "legal_aid_consultations", size=5),
    _plant("a mediation that fails", "mediation", "oral", "failed", "disputes_resolved", "mediation_success_rate", "confirmation_rate",
           "performance_rate"),
    _plant("a promise kept late", "mediation", "written", "kept_late", "performance_rate"),
    _plant("an outing that finds a dispute", "mediation", "nothing", "prevented", "disputes_resolved"),
)  # fmt: skip


def _backdated() -> Path:
    """The decision is entered eighty days after its legal date, and served then."""
    path = BEHAVIOUR["reconsideration"]["upheld"]
    steps = tuple(step._replace(late=80) if step.action == "decide" else step for step in path.steps)
    return path._replace(steps=steps)


PATHS: Mapping[str, Mapping[str, Path]] = BEHAVIOUR | {
    "reconsideration": {**BEHAVIOUR["reconsideration"], "backdated": _backdated()}
}


def planned(planted: Anomaly | None) -> list[Planned]:
    """A matter for each anomaly, all of them regular but the planted one."""
    found = []
    for number, one in enumerate(ANOMALIES, 30):
        path, size = (one.planted, one.size) if one is planted else (one.regular, 1)
        found.append(Planned(one.line, 3 * number, path, PLACE[one.line], date(2023, 2, 20), size))
    return sorted(found, key=lambda m: (m.arrives, m.line, m.number))


def tell(planted: Anomaly | None) -> Tally:
    # A backdated decision was signed on paper: no draft of it was ever here.
    world = SimulatedWorld(timezone.make_aware(datetime(2023, 1, 1, 9)), reviewed=False)
    with BulkDriver(world) as door:
        return Telling(YEAR, world, door, behaviour=PATHS).run(planned(planted))


def figures(day: date) -> dict[str, Any]:
    wanted = [
        n
        for n in catalogue().values()
        if n.line.code in BEHAVIOUR and not isinstance(n.indicator.figure, ParameterAt)
    ]
    cases = [n for n in wanted if not any(part.source.startswith(REGISTER) for part in n.parts)]
    return {name: said(figure) for name, figure in compute(Live(end_of(day)), cases, year(2023)).items()}


@pytest.fixture(scope="module")
def regular(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The figures of the year without anomalies."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(
            city_of(),
            YEAR._replace(scale=0.001),
            2023,
            timezone.make_aware(datetime(2023, 1, 1, 8)),
            Tally(YEAR.until),
        )
        with transaction.atomic():
            tell(None)
            found = figures(YEAR.until)
            transaction.set_rollback(True)
        yield found
        transaction.set_rollback(True)


@pytest.mark.parametrize("planted", ANOMALIES, ids=lambda one: one.name.replace(" ", "_"))
def test_an_anomaly_changes_exactly_its_figures(planted: Anomaly, regular: dict[str, Any]) -> None:
    tally = tell(planted)
    found = figures(YEAR.until)
    assert {name for name, value in found.items() if value != regular[name]} == planted.notice
    counted = tally.figures(2023)
    assert found == {
        name: in_tally(counted.get(name, {}), rate=isinstance(value, tuple)) for name, value in found.items()
    }


def test_a_backdated_act_is_seen_by_who_looks_before_it_was_entered(regular: dict[str, Any]) -> None:
    backdated = next(one for one in ANOMALIES if one.planted == "backdated")
    tell(backdated)
    then = date(2023, 5, 31)
    known = figures(then)
    assert known["reconsideration.concluded"] == regular["reconsideration.concluded"] - 1
    assert known["reconsideration.new_applications"] == regular["reconsideration.new_applications"]
