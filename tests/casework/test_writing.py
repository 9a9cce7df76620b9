"""What an act writes: in one statement, and only what changes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.support import TestWorld, application
from tests.casework.test_perform import SEVEN, STAFF, received
from yifa.casework.models import Case, ClockRow, PartyRow
from yifa.casework.requests import Answer, Ask, Done
from yifa.casework.services import body_hash, perform
from yifa.language.acts import Command

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)


def accepted(act: Act) -> Done:
    case = received(act).case
    done = act("accept", "2024-02-06", case, accepted_on=date(2024, 2, 6), conditions_met=SEVEN)
    assert isinstance(done, Done), done
    return done


def written(case: object) -> dict[int, str]:
    """The transaction that wrote each clock row of a case."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, xmin::text FROM casework_clock WHERE case_id = %s", (case,))
        return dict(cursor.fetchall())


def test_an_ordinary_act_takes_three_statements(act: Act) -> None:
    case = accepted(act).case
    with CaptureQueriesContext(connection) as queries:
        assert act("grant_file_access", "2024-02-07", case, who="测试甲", what=["申请书"])
    own = [q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT", "SELECT set_config"))]
    assert len(own) == 3, own
    assert sum("INSERT INTO casework_event" in text for text in own) == 1


def test_clocks_are_written_where_they_change(act: Act) -> None:
    case = accepted(act).case
    before = written(case)
    assert len(before) > 1
    assert act("grant_file_access", "2024-02-07", case, who="测试甲", what=["申请书"])
    assert written(case) == before
    assert act("send_copy", "2024-02-08", case, "某局", served_on=date(2024, 2, 8))
    after = written(case)
    assert {row for row, by in before.items() if after[row] != by}, "a clock was met"
    assert {row for row, by in before.items() if after[row] == by}, "the others stay as they are"
    assert len(after) > len(before), "one has begun"


def test_a_clock_row_that_was_changed_is_put_right_by_the_next_act(act: Act) -> None:
    case = accepted(act).case
    row = ClockRow.objects.filter(case=case).first()
    assert row is not None
    ClockRow.objects.filter(pk=row.pk).update(due="2030-01-01", state="running")
    ClockRow.objects.create(
        case_id=case, clock="none", seq=9, variant=0, start="2024-01-01", provisional=False, state="met"
    )
    assert act("grant_file_access", "2024-02-07", case, who="测试甲", what=["申请书"])
    assert ClockRow.objects.get(pk=row.pk).due == row.due
    assert not ClockRow.objects.filter(case=case, clock="none").exists()


def test_an_act_that_tells_nothing_of_people_leaves_their_rows(act: Act) -> None:
    case = accepted(act).case
    PartyRow.objects.filter(case=case).update(role="mangled")
    assert act("send_copy", "2024-02-08", case, "某局", served_on=date(2024, 2, 8))
    assert set(Case.objects.get(id=case).parties.values_list("role", flat=True)) == {"mangled"}


def test_the_same_fields_in_another_order_are_the_same_request(world: TestWorld) -> None:
    data = application()
    ask = Ask(
        Command("receive_application", date(2024, 1, 31), data), STAFF, "k", "reconsideration", None, "gz"
    )
    turned = ask._replace(command=ask.command._replace(data=dict(reversed(data.items()))))
    assert body_hash(ask) == body_hash(turned)
    first, again = perform(ask, world), perform(turned, world)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (again.case, again.repeated) == (first.case, True)
    for changed in ({**data, "known_on": date(2024, 1, 2)}, {**data, "requests": []}):
        assert body_hash(ask._replace(command=ask.command._replace(data=changed))) != body_hash(ask)
