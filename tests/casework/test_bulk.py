"""One engine, two drivers: what the bulk driver writes is what the online door writes."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import cards, drafts, store
from yifa.casework.audit import faults
from yifa.casework.bulk import BulkDriver, LoadConflictError
from yifa.casework.clockwork import tick
from yifa.casework.codec import opened
from yifa.casework.log import sequence
from yifa.casework.models import Case, EventRow, NumberSeries, Request
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = Actor(
    "甲", frozenset({"window_clerk", "handler", "section_head", "body_head", "organ_head", "superior"}), "gz"
)
SEVEN = [1, 2, 3, 4, 5, 6, 7]
Door = Callable[[Ask], Answer]


class SameWorld(TestWorld):
    """Salts and ids from a seed, so that two runs write the same."""

    def __init__(self, seed: int = 1) -> None:
        super().__init__(timezone.make_aware(datetime(2024, 1, 2, 9)))
        self._random = Random(seed)

    def salts(self, count: int) -> bytes:
        return self._random.randbytes(16 * count)

    def new_id(self) -> UUID:
        return UUID(bytes=self._random.randbytes(16), version=4)


def course(number: int) -> list[tuple[str, int, str | None, dict[str, Any]]]:
    """Acts of one matter: act, days since receipt, party, data. Every sixth is refused something on the way."""
    served = date(2024, 1, 2) + timedelta(days=number)
    day = lambda n: served + timedelta(days=n)  # noqa: E731
    accept = ("accept", 3, None, {"accepted_on": day(3), "conditions_met": SEVEN})
    ordinary = [
        accept, ("assign_handler", 4, None, {"handlers": ["甲", "乙"]}), ("send_copy", 5, "某局", {"served_on": day(5)}),
        ("receive_reply", 14, "某局", {"received_on": day(14)}), ("hear_opinions", 20, None, {"mode": "phone", "record": "记录"}),
        ("decide", 40, None, {"decision_type": "uphold"}), ("serve_decision", 44, "某局", {"served_on": day(44)}),
        ("serve_decision", 45, f"a-{number}", {"served_on": day(45)}),
    ]  # fmt: skip
    courses: list[list[Any]] = [
        ordinary,
        [accept, ("withdraw", 20, None, {}), ("withdraw", 21, None, {})],  # the second is refused
        [("refuse", 3, None, {"condition": 2, "reason": "没有利害关系"})],
        [("request_supplement", 3, None, {"items": ["身份证明"], "issued_on": day(3), "served_on": day(3)})],
        [accept, ("annul", 6, None, {"target": 1, "reason": "误录"}), (*accept[:1], 8, *accept[2:])],
        [],  # nobody examines it: accepted by law
    ]
    return courses[number % 6]


def year(
    door: Door, world: SameWorld, ticks: Callable[[], list[Answer]], done: Callable[[UUID], None]
) -> list[Answer]:
    """Twenty-four matters, each to its end, with the clock noting effects after every act."""
    answers = []
    for number in range(24):
        received = date(2024, 1, 2) + timedelta(days=number)
        who = [{"id": f"a-{number % 20}", "name": "测试甲"}]  # the last four repeat earlier disputes
        world.moment = timezone.make_aware(datetime(2024, 1, 2, 9)) + timedelta(days=number)
        data = application(received.isoformat(), applicants=who)
        data["act"]["doc_no"] = f"某罚〔2024〕{number % 20}号"
        first = door(
            Ask(
                Command("receive_application", received, data),
                STAFF,
                f"r{number}",
                "reconsideration",
                None,
                "gz",
            )
        )
        answers.append(first)
        assert isinstance(first, Done), first
        for step, (action, after, party, more) in enumerate(course(number)):
            on = received + timedelta(days=after)
            world.moment = timezone.make_aware(datetime(on.year, on.month, on.day, 10))
            command = Command(action, on, more, party)
            answers.append(door(Ask(command, STAFF, f"{number}/{step}", "reconsideration", first.case)))
            answers += ticks()
        world.moment += timedelta(days=60)
        answers += ticks()
    for case in {a.case for a in answers if isinstance(a, Done)}:
        done(case)
    return answers


TABLES = {
    "casework_case": "id", "casework_event": "case_id, seq", "casework_request": "actor, key", "casework_number": "text",
    "casework_claim": "kind, key, case_id, released_at", "casework_outbox": "case_id, seq, kind", "casework_clock": "case_id, clock, seq, subject, variant",
    "casework_party": "case_id, identity", "casework_party_key": "case_id, identity, kind, blind", "casework_number_series": "organ, kind, year",
    "casework_proposal": "id", "casework_opinion": "proposal_id, step",
    "casework_leaf": "leaf", "casework_waiting": "event_id",
}  # fmt: skip


def kept(world: SameWorld) -> dict[str, list[dict[str, Any]]]:
    """Every table in canonical form: serial ids out, ciphertexts opened."""
    found = {}
    for table, order in TABLES.items():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY {order}")
            rows = [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]
        # The online door has documents made at once, a load when they are first opened.
        found[table] = [canonical(table, row, world) for row in rows if row.get("kind") != "document"]
    return found


def canonical(table: str, row: dict[str, Any], world: SameWorld) -> dict[str, Any]:
    if table not in ("casework_case", "casework_proposal"):
        row.pop("id", None)
    row.pop("request_id", None)
    row.pop("event_id", None)
    if table == "casework_event":
        stored = next(e for e in store.events_of(UUID(row["case_id"])) if e.seq == row["seq"])
        row["payload"] = opened(stored, world)
    if table == "casework_outbox":
        place = f"{row['case_id']}/{row['seq']}".encode()
        row["body"] = json.loads(world.open(bytes.fromhex(row["body"][2:]), place))
    if table == "casework_proposal":
        place = drafts.place(row["id"], row["revision"])
        row["draft"] = json.loads(world.open(bytes.fromhex(row["draft"][2:]), place))
    if table == "casework_opinion":
        place = drafts.opinion_place(row["proposal_id"], row["step"])
        row["text"] = json.loads(world.open(bytes.fromhex(row["text"][2:]), place))
    if table == "casework_party":
        row["card"] = cards.opened(bytes.fromhex(row["card"][2:]), row["case_id"], row["identity"], world)
    return row


def plain(answer: Answer) -> Any:
    return (
        answer.problems
        if isinstance(answer, NotDone)
        else (answer.case, answer.seq, answer.number, answer.documents)
    )


def online(world: SameWorld) -> list[Answer]:
    return year(lambda ask: perform(ask, world), world, lambda: tick(world), lambda case: None)


def in_bulk(world: SameWorld, chunk: int = 5, rows: int = 1000) -> list[Answer]:
    with BulkDriver(world, chunk, rows) as driver:
        return year(driver.perform, world, driver.tick, driver.release)


@pytest.mark.parametrize(("chunk", "rows"), [(1, 1), (5, 7), (1000, 1000)])
def test_both_drivers_write_the_same(clean: Callable[[], None], chunk: int, rows: int) -> None:
    first = SameWorld()
    told = [plain(answer) for answer in online(first)]
    expected = kept(first)
    clean()
    second = SameWorld()
    assert [plain(answer) for answer in in_bulk(second, chunk, rows)] == told
    found = kept(second)
    for table, rows in expected.items():
        assert found[table] == rows, table
    assert any(isinstance(t, tuple) and t and getattr(t[0], "code", "") for t in told), (
        "a refusal was among them"
    )
    assert {row["stage"] for row in expected["casework_case"]} >= {"terminated", "refused", "reviewing"}


def test_what_was_loaded_verifies_and_enters_the_log() -> None:
    world = SameWorld()
    in_bulk(world)
    assert list(faults(world)) == []
    assert sequence() == EventRow.objects.count() > 60


# ------------------------------------------------------------------------------ one act at a time


def receive(world: TestWorld, key: str, **changes: Any) -> Ask:
    data = application(**changes)
    return Ask(
        Command("receive_application", date(2024, 1, 31), data), STAFF, key, "reconsideration", None, "gz"
    )


@pytest.fixture
def late(world: TestWorld) -> TestWorld:
    world.moment = timezone.make_aware(datetime(2024, 2, 1, 9))
    return world


def done(answer: Answer) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def test_a_key_is_one_act(late: TestWorld) -> None:
    ask = receive(late, "k")
    with BulkDriver(late) as door:
        first, again = done(door.perform(ask)), done(door.perform(ask))
        assert (again.case, again.seq, again.repeated) == (first.case, first.seq, True)
        other = door.perform(receive(late, "k"))
        assert isinstance(other, NotDone)
        assert [p.code for p in other.problems] == ["key_reused"]
    assert EventRow.objects.count() == Request.objects.count() == 1


def test_acts_of_an_open_case_can_be_written_before_it(late: TestWorld) -> None:
    accept = Command("accept", date(2024, 2, 1), {"accepted_on": date(2024, 2, 1), "conditions_met": SEVEN})
    with BulkDriver(late, rows=1) as door:
        ask = receive(late, "a")
        first = done(door.perform(ask))
        assert (EventRow.objects.count(), Case.objects.count()) == (1, 0)
        again = done(door.perform(ask))
        assert (again.case, again.seq, again.repeated) == (first.case, 0, True)
        assert not door.perform(Ask(accept, STAFF, "b", "reconsideration", first.case, expected_seq=0))
        assert done(door.perform(Ask(accept, STAFF, "b", "reconsideration", first.case))).seq == 1
        assert door.written == 2
    assert (EventRow.objects.count(), Request.objects.count()) == (2, 2)
    assert Case.objects.get().stage == "reviewing"
    assert list(faults(late)) == []


def test_a_refused_act_leaves_nothing(late: TestWorld) -> None:
    with BulkDriver(late) as door:
        assert not door.perform(receive(late, "k", facts_reasons="短"))
        assert door.store.cases == {}
        assert done(door.perform(receive(late, "k"))).number == "穗府行复〔2024〕1号"
    assert Case.objects.count() == 1


def test_an_exception_in_the_load_leaves_nothing(late: TestWorld) -> None:
    with pytest.raises(RuntimeError), BulkDriver(late, chunk=1) as door:  # noqa: PT012
        door.release(done(door.perform(receive(late, "k"))).case)
        assert Case.objects.count() == 1
        raise RuntimeError
    assert Case.objects.count() == EventRow.objects.count() == Request.objects.count() == 0


def test_numbers_go_on_from_what_was_given(late: TestWorld) -> None:
    perform(receive(late, "a"), late)
    with BulkDriver(late) as door:
        assert done(door.perform(receive(late, "b"))).number == "穗府行复〔2024〕2号"
    assert done(perform(receive(late, "c"), late)).number == "穗府行复〔2024〕3号"


def test_numbers_given_meanwhile_make_the_load_fail(late: TestWorld) -> None:
    perform(receive(late, "a"), late)
    with pytest.raises(LoadConflictError), BulkDriver(late) as door:  # noqa: PT012
        door.perform(receive(late, "b"))
        NumberSeries.objects.update(last=7)
    assert Case.objects.count() == 1


def test_a_key_used_before_the_load_makes_it_fail(late: TestWorld) -> None:
    perform(receive(late, "a"), late)
    with pytest.raises(LoadConflictError), BulkDriver(late) as door:
        door.perform(receive(late, "a"))
    assert Case.objects.count() == 1


def test_a_case_of_the_database_goes_on_in_bulk(late: TestWorld) -> None:
    case = done(perform(receive(late, "a"), late)).case
    accept = Command("accept", date(2024, 2, 1), {"accepted_on": date(2024, 2, 1), "conditions_met": SEVEN})
    with BulkDriver(late) as door:
        assert done(door.perform(Ask(accept, STAFF, "b", "reconsideration", case))).seq == 1
    row = Case.objects.get(id=case)
    assert (row.stage, row.next_seq, row.number) == ("reviewing", 2, "穗府行复〔2024〕1号")
    assert list(faults(late)) == []
    with BulkDriver(late) as door:
        assert door.perform(Ask(Command("withdraw", date(2024, 2, 1)), STAFF, "c", "reconsideration", case))
    assert {c.released_at is None for c in Case.objects.get(id=case).claims.filter(kind="dispute")} == {False}
    assert list(faults(late)) == []


def test_a_dispute_held_by_another_case_is_refused(late: TestWorld) -> None:
    same = {"applicants": [{"id": "a-1", "name": "测试甲"}]}
    accept = Command("accept", date(2024, 2, 1), {"accepted_on": date(2024, 2, 1), "conditions_met": SEVEN})
    online_case = done(perform(receive(late, "a", **same), late)).case
    assert perform(Ask(accept, STAFF, "b", "reconsideration", online_case), late)
    with BulkDriver(late) as door:
        case = done(door.perform(receive(late, "c", **same))).case
        refused = door.perform(Ask(accept, STAFF, "d", "reconsideration", case))
        assert isinstance(refused, NotDone)
        assert refused.problems[0].code == "duplicate_application"


def test_an_unknown_case(late: TestWorld) -> None:
    with BulkDriver(late) as door:
        refused = door.perform(
            Ask(Command("accept", date(2024, 2, 1)), STAFF, "d", "reconsideration", uuid4())
        )
    assert isinstance(refused, NotDone)
    assert [p.code for p in refused.problems] == ["case_unknown"]
