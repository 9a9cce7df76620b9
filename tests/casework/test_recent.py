"""Views kept by chain head: the same fold, never an old one, never for long."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.casework.support import TestWorld
from tests.casework.test_perform import SEVEN, received
from yifa.casework import store
from yifa.casework.audit import faults
from yifa.casework.codec import canonical
from yifa.casework.models import Case
from yifa.casework.recent import Recent, recent
from yifa.casework.requests import Answer
from yifa.engine import empty
from yifa.language.view import View
from yifa.registry import line as line_of

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)
LINE = line_of("reconsideration")


def reads(work: Callable[[], object]) -> int:
    """How often events were read."""
    with CaptureQueriesContext(connection) as queries:
        work()
    return sum("FROM casework_event WHERE case_id" in query["sql"] for query in queries)


def accept(act: Act, case: UUID) -> Answer:
    return act("accept", "2024-02-06", case, accepted_on=date(2024, 2, 6), conditions_met=SEVEN)


def test_who_goes_on_with_a_case_does_not_have_it_read_again(act: Act, world: TestWorld) -> None:
    case = received(act).case
    assert reads(lambda: accept(act, case)) == 0
    recent.clear()
    assert reads(lambda: act("assign_handler", "2024-02-06", case, handlers=["甲", "乙"])) == 1
    assert list(faults(world)) == []


def test_the_view_is_the_fold_of_what_is_kept(act: Act, world: TestWorld) -> None:
    case = received(act).case
    accept(act, case)
    head = bytes(Case.objects.get(id=case).head)
    kept, folded = store.view_of(case, LINE, world, head), store.view_of(case, LINE, world)
    assert kept is not folded
    assert (kept.stage, kept.clocks, kept.parties) == (folded.stage, folded.clocks, folded.parties)
    assert canonical(kept.facts) == canonical(folded.facts)


def test_what_another_process_did_is_seen(act: Act, world: TestWorld) -> None:
    """Its head is another: the view kept here is not asked for."""
    case = received(act).case
    mine = dict(recent._views)
    accept(act, case)
    recent.clear()
    recent._views.update(mine)
    assert reads(lambda: act("assign_handler", "2024-02-06", case, handlers=["甲", "乙"])) == 1
    assert Case.objects.get(id=case).next_seq == 3


def test_an_act_that_was_undone_leaves_no_trace(act: Act, world: TestWorld) -> None:
    case = received(act).case
    with transaction.atomic():
        assert accept(act, case)
        transaction.set_rollback(True)
    assert Case.objects.get(id=case).stage == "received"
    assert accept(act, case), "the same act again"
    assert Case.objects.get(id=case).next_seq == 2


def view(world: TestWorld) -> View:
    return empty(LINE, world.env)


def test_it_holds_a_few_and_for_a_while(world: TestWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: moment[0])
    held, some = Recent(cases=2, seconds=10), view(world)
    for head in (b"a", b"b", b"c"):
        held.put(b"", head, some)
    assert [held.get(head, LINE, world.env) for head in (b"a", b"b", b"c")] == [None, some, some]
    held.put(b"b", b"d", some)
    assert held.get(b"b", LINE, world.env) is None
    assert held.get(b"c", LINE, world.env) is some
    moment[0] = 11.0
    assert held.get(b"c", LINE, world.env) is None


def test_other_editions_and_other_lines_are_another_view(world: TestWorld) -> None:
    held, some = Recent(), view(world)
    held.put(b"", b"a", some)
    assert held.get(b"a", line_of("legal_aid"), world.env) is None
    assert held.get(b"a", LINE, world.env._replace(registers_edition="x")) is None
    held.clear()
    assert held.get(b"a", LINE, world.env) is None
