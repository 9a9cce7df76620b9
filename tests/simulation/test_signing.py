"""What a leader decides in a simulated year was drafted, reviewed and signed, each by somebody else, and its papers can be made."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tests.documents.pdf_reading import text_of
from yifa.casework import drafts
from yifa.casework.bulk import BulkDriver
from yifa.casework.documents import draw_up
from yifa.casework.matters import log_of
from yifa.casework.models import Case, EventRow, Opinion, Proposal
from yifa.documents.render import render
from yifa.people.city import load_organs
from yifa.registry import city_env, city_of
from yifa.registry import line as line_of
from yifa.simulation.lists import fill
from yifa.simulation.mix import parse
from yifa.simulation.plan import Year, plan
from yifa.simulation.run import Telling
from yifa.simulation.signing import DRAFTED, is_drafted
from yifa.simulation.steps import Matter, Step
from yifa.simulation.tally import Tally
from yifa.simulation.world import SimulatedWorld

pytestmark = pytest.mark.django_db
YEAR = Year(2023, 5, 1, date(2023, 12, 31))
PATHS = {
    "reconsideration": ("changed", "ordered", "mediated", "extended", "opinion", "refused", "errors", "application_rejected", "ordered_to_perform"),
    "legal_aid": ("migrant", "refused", "lawyer_refused", "detained", "civil_terminated", "own_defender", "fraud"),
    "litigation": ("won", "lost", "appealed"),
}  # fmt: skip
MIX = parse(
    {
        "report": 2023,
        "lines": {
            line: [{"name": p, "number": 1, "paths": {p: 1}} for p in own] for line, own in PATHS.items()
        },
    }
)


def new_world(*, reviewed: bool = True) -> SimulatedWorld:
    return SimulatedWorld(timezone.make_aware(datetime(2023, 1, 1, 9)), reviewed=reviewed)


def tell(*, reviewed: bool) -> None:
    world = new_world(reviewed=reviewed)
    with BulkDriver(world) as door:
        Telling(YEAR, world, door).run(plan(MIX, YEAR, city_of(), city_env().calendar))


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_organs(city_of())
        morning = timezone.make_aware(datetime(2023, 1, 1, 8))
        fill(city_of(), YEAR._replace(scale=0.001), 2023, morning, Tally(YEAR.until))
        with transaction.atomic():
            tell(reviewed=True)
            yield
            transaction.set_rollback(True)
        transaction.set_rollback(True)


class Hands(NamedTuple):
    """Who had a draft in hand: roles in order, and when."""

    roles: list[str]
    times: list[datetime]


def hands(row: Proposal) -> Hands:
    said = drafts.trail(row, new_world())
    assert all(one.text for one in said)
    names = [row.proposer, *(one.actor for one in said)]
    return Hands([name.partition("/")[2] for name in names], [row.created_at, *(one.at for one in said)])


def test_what_a_leader_decides_has_its_trail(told: None) -> None:
    rows = list(Proposal.objects.all())
    assert {f"{row.line}.{row.action}" for row in rows} == set(DRAFTED)
    assert {row.state for row in rows} == {"signed"}
    for row in rows:
        found = hands(row)
        assert len(set(found.roles)) == len(found.roles) == len(row.route) + 1  # each a person of their own
        assert found.times == sorted(found.times)
        assert found.times[0] < found.times[-1]
        assert found.times[0].date() == found.times[-1].date()
        assert found.roles[-1] in row.route[-1]
    decided = next(row for row in rows if row.action == "decide")
    assert hands(decided).roles[1:] == ["section_head", "body_head", "organ_head"]


def test_every_such_act_on_record_was_signed(told: None) -> None:
    signed = set(Proposal.objects.values_list("case_id", "signed_seq"))
    for name in DRAFTED:
        line, _, action = name.partition(".")
        found = EventRow.objects.filter(case__line=line, action=action).select_related("case")
        assert {(row.case_id, row.seq) for row in found} <= signed, name
        assert found, name


PAPERS = {
    "reconsideration.decide": ("decision",), "reconsideration.mediation_agreement": ("mediation_document",),
    "reconsideration.order_performance": ("performance_order",), "reconsideration.issue_opinion": ("opinion",),
    "legal_aid.grant": ("GYJD",), "legal_aid.refuse": ("BYJD",), "legal_aid.terminate": ("ZZJD",),
    "litigation.file_answer": ("answer", "evidence_list"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_of_a_decision_can_be_made(told: None, name: str) -> None:
    line, _, action = name.partition(".")
    rows = Proposal.objects.filter(line=line, action=action)
    assert rows
    for row, document in product(rows, PAPERS[name]):
        case = Case.objects.get(id=row.case_id)
        assert row.signed_seq is not None
        made = draw_up(case, log_of(case, new_world()), row.signed_seq, document, new_world())
        assert text_of(render(made)).strip()


def test_a_defence_applied_for_is_granted_by_a_paper_of_its_own_item(told: None) -> None:
    cases = Case.objects.filter(line="legal_aid", facts__kind="crim_defence_applied")
    granted = Proposal.objects.filter(action="grant", case__in=cases)
    assert granted
    for row in granted:
        assert row.signed_seq is not None
        made = draw_up(row.case, log_of(row.case, new_world()), row.signed_seq, "GYJD", new_world())
        assert "第二十四条" in text_of(render(made))


def test_without_reviewers_acts_are_entered_as_signed_on_paper(told: None) -> None:
    with transaction.atomic():
        Opinion.objects.all().delete()
        Proposal.objects.all().delete()
        EventRow.objects.all().delete()
        for table in (
            "claim",
            "clock",
            "outbox",
            "party",
            "party_key",
            "number",
            "number_series",
            "request",
            "case",
        ):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM casework_{table}")
        tell(reviewed=False)
        assert EventRow.objects.filter(action="decide").exists()
        assert not Proposal.objects.exists()
        transaction.set_rollback(True)


def test_what_is_late_or_wrong_or_another_act_is_not_drafted() -> None:
    planned = plan(MIX, YEAR, city_of(), city_env().calendar)
    first = next(one for one in planned if one.line == "reconsideration")
    matter = Matter(first, line_of("reconsideration"), city_env().calendar, Tally(YEAR.until), None)  # type: ignore[arg-type]
    step = Step("decide", lambda m: first.arrives)
    assert is_drafted(matter, step, new_world())
    for other in (step._replace(late=3), step._replace(wrong=True), step._replace(action="send_copy")):
        assert not is_drafted(matter, other, new_world())
    assert not is_drafted(matter, step, new_world(reviewed=False))
