"""Acts that tell other cases: at once in the same transaction, or later by the worker; online and in bulk."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections

from tests.casework.support import TestWorld
from yifa import registry
from yifa.casework import outbox, store
from yifa.casework.audit import faults
from yifa.casework.bulk import BulkDriver
from yifa.casework.codec import opened
from yifa.casework.followups import FollowUpRefusedError, carry_out
from yifa.casework.models import Case, EventRow, Outbox
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command

pytestmark = pytest.mark.django_db(transaction=True)
CLERK = Actor("甲", frozenset({"clerk"}), "gz")
DAY = date(2024, 1, 31)
Door = Callable[[Ask], Answer]


@pytest.fixture(autouse=True)
def pair(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The made-up line among the others."""
    monkeypatch.setitem(registry.LINES, "pair", ("tests.casework.pair_line", "PAIR"))
    yield
    registry.line.cache_clear()


@pytest.fixture(params=["online", "bulk"])
def door(request: pytest.FixtureRequest, world: TestWorld) -> Door:
    def bulk(ask: Ask) -> Answer:
        with BulkDriver(world) as driver:
            return driver.perform(ask)

    return bulk if request.param == "bulk" else lambda ask: perform(ask, world)


def ask(action: str, case: UUID | None = None, **data: Any) -> Ask:
    return Ask(Command(action, DAY, data), CLERK, str(uuid4()), "pair", case, "gz")


def opened_case(world: TestWorld) -> UUID:
    done = perform(ask("open"), world)
    assert isinstance(done, Done), done
    return done.case


def acts(case: UUID) -> list[tuple[str, str]]:
    return [(row.action, row.actor) for row in EventRow.objects.filter(case_id=case).order_by("seq")]


def two(world: TestWorld, *, first_is_lower: bool) -> tuple[UUID, UUID]:
    low, high = sorted((opened_case(world), opened_case(world)))
    return (low, high) if first_is_lower else (high, low)


@pytest.mark.parametrize("first_is_lower", [True, False])
def test_the_other_case_acts_in_the_same_transaction(
    door: Door, world: TestWorld, first_is_lower: bool
) -> None:
    here, there = two(world, first_is_lower=first_is_lower)
    done = door(ask("tell", here, other=str(there)))
    assert isinstance(done, Done), done
    assert acts(here)[-1] == ("tell", "甲")
    assert acts(there)[-1] == ("hear", "甲")  # by the authority of the act that asked for it
    private, _ = opened(store.events_of(there)[-1], world)
    assert private["data.sender"] == str(here)
    assert private["fact.follows"] == {"case": str(here), "seq": 1}
    assert not Outbox.objects.exists()
    assert not list(faults(world))


@pytest.mark.parametrize("first_is_lower", [True, False])
def test_if_the_other_case_refuses_nothing_is_done(
    door: Door, world: TestWorld, first_is_lower: bool
) -> None:
    here, there = two(world, first_is_lower=first_is_lower)
    assert perform(ask("sleep", there), world)
    refused = door(ask("tell", here, other=str(there)))
    assert isinstance(refused, NotDone)
    problem = refused.problems[0]
    assert (problem.code, problem.params["action"], problem.params["code"]) == (
        "follow_up_refused",
        "得知",
        "wrong_stage",
    )
    assert "睡" in str(problem.params["because"])
    assert [len(acts(case)) for case in (here, there)] == [1, 2]
    assert not list(faults(world))


def test_a_load_goes_on_after_a_refusal_as_if_it_had_not_been_asked(world: TestWorld) -> None:
    here, there = two(world, first_is_lower=True)
    assert perform(ask("sleep", there), world)
    with BulkDriver(world) as driver:
        fresh = driver.perform(ask("open"))
        assert isinstance(fresh, Done)
        assert not driver.perform(ask("tell", here, other=str(there)))
        assert driver.perform(ask("tell", here, other=str(fresh.case)))
    assert acts(here) == [("open", "甲"), ("tell", "甲")]
    assert acts(fresh.case) == [("open", "甲"), ("hear", "甲")]
    assert not list(faults(world))


def test_an_unknown_case_refuses_the_act(door: Door, world: TestWorld) -> None:
    here = opened_case(world)
    for name in ("不存在的案号", str(uuid4())):
        refused = door(ask("tell", here, other=name))
        assert isinstance(refused, NotDone)
        assert [p.code for p in refused.problems] == ["case_unknown"]


def test_a_new_case_is_a_child_of_the_one_it_comes_from(door: Door, world: TestWorld) -> None:
    here = opened_case(world)
    assert door(ask("tell", here, then="open"))
    child = Case.objects.get(parent=here)
    assert (child.line, child.organ, child.stage) == ("pair", "gz", "awake")
    assert acts(child.id) == [("open", "甲")]


def test_cases_that_answer_each_other_do_not_wait_for_each_other(door: Door, world: TestWorld) -> None:
    here, there = two(world, first_is_lower=False)
    assert door(ask("tell", here, other=str(there), then="hear_aloud"))
    assert [a for a, _ in acts(here)] == ["open", "tell", "hear"]
    assert [a for a, _ in acts(there)] == ["open", "hear_aloud"]


def test_the_same_key_tells_once(world: TestWorld) -> None:
    here, there = two(world, first_is_lower=True)
    asked = ask("tell", here, other=str(there))
    assert perform(asked, world)
    again = perform(asked, world)
    assert isinstance(again, Done)
    assert again.repeated
    assert len(acts(there)) == 2


def test_many_cases_telling_each_other_at_once_end(world: TestWorld) -> None:
    """Each pair in both directions on four connections: locks in one order, so nobody waits in a ring."""
    cases = [opened_case(world) for _ in range(4)]
    asks = [ask("tell", a, other=str(b)) for a in cases for b in cases if a != b] * 2

    def one(index: int) -> Answer:
        try:
            return perform(asks[index]._replace(key=f"k{index}"), world)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(one, range(len(asks))))
    assert all(answers)
    assert EventRow.objects.filter(action="hear").count() == len(asks) == 24
    assert not list(faults(world))


def test_a_lower_case_is_locked_first(world: TestWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = two(world, first_is_lower=False)
    order, lock = [], store.lock_case
    monkeypatch.setattr(store, "lock_case", lambda case, actor="": (order.append(case), lock(case, actor))[1])
    assert perform(ask("tell", here, other=str(there)), world)
    assert order == [here, there, here, there]  # tried, begun again in order, then the follow-up itself


# ---------------------------------------------------------------------------------------- later


def test_later_is_done_by_the_worker_once(door: Door, world: TestWorld) -> None:
    here, there = two(world, first_is_lower=True)
    assert door(ask("tell", here, other=str(there), when="later"))
    assert len(acts(there)) == 1
    assert outbox.work(world).done == 1
    assert acts(there)[-1] == ("hear", "甲")
    Outbox.objects.update(done_at=None)  # as if the worker had died before it noted that it was done
    assert outbox.work(world).done == 1
    assert len(acts(there)) == 2


def test_later_may_open_a_case(world: TestWorld) -> None:
    here = opened_case(world)
    assert perform(ask("tell", here, then="open", when="later"), world)
    assert outbox.work(world).done == 1
    assert Case.objects.get(parent=here).organ == "gz"


def test_a_load_carries_out_what_is_for_later_itself(world: TestWorld) -> None:
    here, there = two(world, first_is_lower=True)
    asked = list[tuple[UUID, int]]()
    with BulkDriver(world, chunk=1) as driver:
        assert driver.perform(ask("tell", here, other=str(there), when="later"))
        assert driver.perform(ask("tell", here, then="open", when="later"))
        driver.release(here)  # kept, for what it asks is still to be done
        assert driver.deliver(lambda case, seq: asked.append((case, seq))) == 2
        (born,) = driver.born(here)
        assert driver.deliver(lambda case, seq: None) == 0
    assert asked == [(here, 1), (here, 2)]
    assert acts(there)[-1] == ("hear", "甲")
    assert Case.objects.get(parent=here).id == born
    assert [row.done_at for row in Outbox.objects.order_by("seq")] == [world.now()] * 2
    Outbox.objects.update(done_at=None)  # the worker would do the same acts, and they are done
    assert outbox.work(world).done == 2
    assert len(acts(there)) == 2
    assert list(faults(world)) == []


def test_what_a_load_asks_in_vain_fails_it_whole(world: TestWorld) -> None:
    here, there = two(world, first_is_lower=True)
    assert perform(ask("sleep", there), world)
    with pytest.raises(FollowUpRefusedError, match="wrong_stage"), BulkDriver(world) as driver:  # noqa: PT012
        assert driver.perform(ask("tell", here, other=str(there), when="later"))
        driver.deliver(lambda case, seq: None)
    assert len(acts(here)) == 1


def test_a_refused_act_leaves_nothing_for_later(world: TestWorld) -> None:
    here, there = two(world, first_is_lower=True)
    with BulkDriver(world) as driver:
        told = ask("tell", here, other=str(there), when="later")
        assert driver.perform(told)
        assert not driver.perform(told._replace(command=told.command._replace(data={"then": "nothing"})))
        assert driver.deliver(lambda case, seq: None) == 1


def test_what_is_refused_later_is_tried_again(world: TestWorld) -> None:
    here, there = two(world, first_is_lower=True)
    assert perform(ask("sleep", there), world)
    assert perform(ask("tell", here, other=str(there), when="later"), world)
    assert outbox.work(world).failed == 1
    row = Outbox.objects.get()
    assert (row.done_at, row.tries, row.error) == (None, 1, "FollowUpRefusedError")


def test_a_name_that_leads_nowhere_is_said(world: TestWorld) -> None:
    here = opened_case(world)
    body = {
        "case": "没有",
        "line": "pair",
        "action": "hear",
        "on": "2024-01-31",
        "party": None,
        "data": {},
        "organ": "gz",
        "actor": "甲",
        "place": 0,
    }
    with pytest.raises(FollowUpRefusedError, match="case_unknown"):
        carry_out(outbox.Item(1, "follow_up", here, 0, body, 0), world)
