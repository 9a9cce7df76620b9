"""Forms begun and not sent: whose they are, how they lie there, and that they go."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.support import TestWorld
from tests.desk.office import Office, office, received
from yifa.casework import background, erasure, log, unfinished
from yifa.casework.erasure import Wanted, Why
from yifa.casework.models import Case, EventRow, Request, UnfinishedForm
from yifa.casework.requests import Done
from yifa.casework.unfinished import Spot

NOW = timezone.make_aware(datetime(2024, 2, 7, 10))
BODY = {"note": ["测试当事人张某某，电话13800001234"], "requests": ["revoke", "confirm"]}


@pytest.fixture
def place(db: None) -> Office:
    return office()


@pytest.fixture
def case(place: Office) -> UUID:
    return received(place, applicants=[{"id": "a-1", "name": "测试甲", "phone": "13800001234"}])


@pytest.fixture
def spot(place: Office, case: UUID) -> Spot:
    return Spot(place.people["handler"].pk, "reconsideration", "accept", case)


def test_what_was_begun_is_given_back_to_whoever_began_it(spot: Spot, place: Office) -> None:
    assert unfinished.find(spot) is None
    assert unfinished.keep(spot, BODY, NOW)
    assert unfinished.find(spot) == unfinished.Begun(NOW, BODY)
    other = place.people["second"].pk
    for elsewhere in (spot._replace(user=other), spot._replace(action="reject"), spot._replace(case=None)):
        assert unfinished.find(elsewhere) is None
    assert [row.spot for row in unfinished.listed(spot.user)] == [spot]
    assert unfinished.listed(other) == []


def test_there_is_one_for_each_act_also_for_one_that_opens_a_case(spot: Spot) -> None:
    for where in (spot, spot._replace(case=None)):
        for number in range(3):
            unfinished.keep(where, {"note": [str(number)]}, NOW + timedelta(minutes=number))
    assert UnfinishedForm.objects.count() == 2
    found = unfinished.find(spot._replace(case=None))
    assert found == unfinished.Begun(NOW + timedelta(minutes=2), {"note": ["2"]})
    unfinished.drop(spot)
    assert unfinished.find(spot) is None
    assert UnfinishedForm.objects.count() == 1


def test_it_lies_sealed_and_no_record_knows_it(spot: Spot) -> None:
    log.sequence_all()
    before = (log.log_size(), EventRow.objects.count(), Case.objects.values().get())
    unfinished.keep(spot, BODY, NOW)
    log.sequence_all()
    assert (log.log_size(), EventRow.objects.count(), Case.objects.values().get()) == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(u)::text, body FROM casework_unfinished u")
        ((row, body),) = cursor.fetchall()
    for clear in ("13800001234", "张某某", "note"):
        assert clear not in row
        assert clear.encode() not in bytes(body)


def test_a_late_keeping_does_not_bring_back_what_is_done(spot: Spot) -> None:
    Request.objects.create(actor=str(spot.user), key="k-1", body=b"", at=NOW)
    assert not unfinished.keep(spot, BODY, NOW, "k-1")
    assert unfinished.find(spot) is None
    assert unfinished.keep(spot, BODY, NOW, "k-2")
    assert unfinished.find(spot) is not None


@pytest.mark.parametrize(("days", "left"), [(13.9, 1), (14.1, 0)])
def test_it_is_swept_away_by_the_tick(days: float, left: int, spot: Spot, settings: Any) -> None:
    settings.UNFINISHED_DAYS = 14
    unfinished.keep(spot, BODY, NOW)
    background.tick(TestWorld(NOW + timedelta(days=days)))
    assert UnfinishedForm.objects.count() == left


def test_personal_data_taken_out_of_a_case_goes_here_too(spot: Spot, case: UUID, place: Office) -> None:
    unfinished.keep(spot, BODY, NOW)
    unfinished.keep(spot._replace(case=None), BODY, NOW)
    done = erasure.erase(
        case, Wanted("a-1"), place.actor("body"), Why("consent", "当事人撤回同意"), "k-9", place.world
    )
    assert isinstance(done, Done), done
    assert unfinished.find(spot) is None
    assert unfinished.find(spot._replace(case=None)) is not None, "another matter"


def test_a_list_costs_one_query(spot: Spot) -> None:
    for action in ("accept", "reject", "assign_handler"):
        unfinished.keep(spot._replace(action=action), BODY, NOW)
    with CaptureQueriesContext(connection) as queries:
        found = unfinished.listed(spot.user, most=2)
    assert (len(found), len(queries)) == (2, 1)
    assert found[0].number
