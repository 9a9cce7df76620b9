"""The one door on the real database: order, idempotency, refusals, claims, numbers, writers at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.casework.support import TestWorld, application
from yifa.casework import cards, store
from yifa.casework.answers import about
from yifa.casework.audit import faults
from yifa.casework.bulk import BulkDriver
from yifa.casework.codec import canonical, opened, unseal
from yifa.casework.memory import MemoryStore
from yifa.casework.models import (
    Case,
    ClaimRow,
    ClockRow,
    EventRow,
    NumberSeries,
    Outbox,
    PartyKey,
    PartyRow,
    Request,
)
from yifa.casework.requests import Answer, Ask, Done, Locked, NotDone
from yifa.casework.services import perform
from yifa.city.load import load as load_city
from yifa.engine import refold
from yifa.language.acts import Actor, Command
from yifa.ledger.chain import ChainRow, verify_chain
from yifa.lines.reconsideration import RECONSIDERATION
from yifa.people.models import Conflict, User
from yifa.platform.crypto import blind_index, vault

Act = Callable[..., Answer]
STAFF = Actor("甲", frozenset({"window_clerk", "handler", "section_head"}), "gz")
SEVEN = [1, 2, 3, 4, 5, 6, 7]
pytestmark = pytest.mark.django_db(transaction=True)


def received(act: Act, **changes: Any) -> Done:
    done = act("receive_application", "2024-01-31", **application(**changes))
    assert isinstance(done, Done), done
    return done


def codes(answer: Answer) -> list[str]:
    assert isinstance(answer, NotDone), answer
    return [p.code for p in answer.problems]


def story(act: Act) -> Done:
    """From receipt to closing."""
    case = received(act).case
    applicant = vault().unalias(Case.objects.get(id=case).parties.get(role="applicant").identity)
    for action, day, party, data in (
        ("accept", "2024-02-06", None, {"accepted_on": date(2024, 2, 6), "conditions_met": SEVEN}),
        ("assign_handler", "2024-02-06", None, {"handlers": ["甲", "乙"]}),
        ("send_copy", "2024-02-21", "某局", {"served_on": date(2024, 2, 21)}),
        ("receive_reply", "2024-03-05", "某局", {"received_on": date(2024, 3, 5)}),
        ("hear_opinions", "2024-03-10", None, {"mode": "phone", "record": "记录"}),
        ("decide", "2024-04-03", None, {"decision_type": "revoke"}),
        ("serve_decision", "2024-04-08", applicant, {"served_on": date(2024, 4, 8)}),
        ("serve_decision", "2024-04-09", "某局", {"served_on": date(2024, 4, 9)}),
        ("close", "2024-05-20", None, {}),
    ):
        done = act(action, day, case, party, **data)
        assert isinstance(done, Done), (action, done)
    return done


def test_a_case_from_receipt_to_closing(act: Act) -> None:
    done = story(act)
    case = Case.objects.get(id=done.case)
    assert (case.number, case.stage, case.version, case.closed, case.next_seq) == (
        "穗府行复〔2024〕1号",
        "closed",
        "2023",
        True,
        10,
    )
    assert case.facts["concluded_on"] == "2024-04-03"
    due = {c.clock: (c.due, c.state) for c in case.clocks.all()}
    assert due["acceptance_review"] == ("2024-02-06", "met")
    assert due["review_decision"] == ("2024-04-07", "met")
    assert due["respondent_reply"] == ("2024-03-06", "met")


def test_the_chain_of_a_case_verifies_and_names_a_changed_event(act: Act) -> None:
    case = story(act).case
    rows = [ChainRow(str(case), e.seq + 1, bytes(e.commitment), bytes(e.head)) for e in store.events_of(case)]
    assert verify_chain(rows, bytes(Case.objects.get(id=case).head)) == []
    rows[3] = ChainRow(rows[3].case, rows[3].seq, bytes(32), rows[3].head)
    assert [f.seq for f in verify_chain(rows)] == [4]


def test_what_is_kept_gives_the_same_view_as_memory(act: Act, world: TestWorld) -> None:
    done = story(act)
    log = tuple(unseal(row, RECONSIDERATION, world) for row in store.events_of(done.case))
    again = refold(RECONSIDERATION, world.env, log)
    assert done.view is not None
    assert again.clocks == done.view.clocks
    assert canonical(again.facts) == canonical(done.view.facts)
    assert (again.stage, again.parties) == (done.view.stage, done.view.parties)


def test_personal_data_is_only_in_the_encrypted_payload(act: Act) -> None:
    received(act)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(c)::text FROM casework_case c UNION ALL SELECT row_to_json(e)::text FROM casework_event e"
        )
        text = " ".join(row[0] for row in cursor.fetchall())
    assert "测试甲" not in text
    assert "测试路" not in text


def test_an_erased_payload_leaves_the_chain_whole(act: Act, world: TestWorld) -> None:
    case = received(act).case
    EventRow.objects.filter(case_id=case).update(payload=None)
    row = store.events_of(case)[0]
    assert opened(row, world) == ({}, {})
    assert unseal(row, RECONSIDERATION, world).data == {}
    assert verify_chain([ChainRow(str(case), 1, bytes(row.commitment), bytes(row.head))]) == []


# ---------------------------------------------------------------------------------------- refusals


def test_a_refusal_leaves_nothing_behind(act: Act) -> None:
    answer = act("receive_application", "2024-01-31", **application(filed_on=date(2024, 2, 1)))
    assert codes(answer) == ["received_before_filed"]
    assert not any(m.objects.exists() for m in (Case, EventRow, Request, NumberSeries, Outbox))
    assert not answer


def test_an_unknown_case_and_a_case_of_another_line(act: Act, world: TestWorld) -> None:
    assert codes(act("accept", "2024-02-06", uuid4())) == ["case_unknown"]
    case = received(act).case
    Case.objects.filter(id=case).update(line="mediation")
    assert codes(act("accept", "2024-02-06", case)) == ["case_unknown"]


def test_who_may_do_it_is_asked_of_the_actor(act: Act, world: TestWorld) -> None:
    case = received(act).case
    ask = Ask(
        Command("assign_handler", date(2024, 1, 31), {"handlers": ["甲", "乙"]}),
        Actor("丙", frozenset({"handler"}), "gz"),
        "k",
        "reconsideration",
        case,
    )
    assert codes(perform(ask, world)) == ["not_authorised"]


def test_expected_seq(act: Act, world: TestWorld) -> None:
    case = received(act).case
    command = Command("assign_handler", date(2024, 1, 31), {"handlers": ["甲", "乙"]})
    ask = Ask(command, STAFF, "k1", "reconsideration", case, expected_seq=2)
    assert codes(perform(ask, world)) == ["case_moved_on"]
    assert perform(ask._replace(expected_seq=1), world)


# ---------------------------------------------------------------------------------------- idempotency


def test_the_same_key_and_body_is_one_act(act: Act) -> None:
    data = application()
    first = act("receive_application", "2024-01-31", key="k", **data)
    again = act("receive_application", "2024-01-31", key="k", **data)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (again.case, again.seq, again.repeated) == (first.case, first.seq, True)
    assert EventRow.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(act: Act) -> None:
    received_ = act("receive_application", "2024-01-31", key="k", **application())
    assert received_
    assert codes(act("receive_application", "2024-01-31", key="k", **application())) == ["key_reused"]


def test_a_refused_act_may_be_tried_again_with_its_key(act: Act) -> None:
    assert not act("receive_application", "2024-01-31", key="k", **application(facts_reasons="短"))
    assert act("receive_application", "2024-01-31", key="k", **application())


# ---------------------------------------------------------------------------------------- statements


def test_an_ordinary_act_takes_at_most_nine_statements_and_one_more_for_registers(act: Act) -> None:
    case = received(act).case
    for action, data in (
        ("accept", {"accepted_on": date(2024, 2, 6), "conditions_met": SEVEN}),
        ("assign_handler", {"handlers": ["甲", "乙"]}),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert act(action, "2024-02-06", case, **data)
        own = [
            q["sql"]
            for q in queries
            if not q["sql"].startswith(("BEGIN", "COMMIT", "SET", "SELECT set_config"))
        ]
        registers = [text for text in own if "registers_version" in text]
        assert len(registers) <= 1, registers
        assert len(own) - len(registers) <= 9, own


# ---------------------------------------------------------------------------------------- writers at once


def at_once(count: int, work: Callable[[int], Answer]) -> list[Answer]:
    """`count` writers on four connections."""

    def one(index: int) -> Answer:
        try:
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(one, range(count)))


def test_fifty_writers_on_one_case(act: Act) -> None:
    case = received(act).case
    act("accept", "2024-02-06", case, accepted_on=date(2024, 2, 6), conditions_met=SEVEN)
    answers = at_once(50, lambda n: act("grant_file_access", "2024-02-07", case, who=f"甲{n}", what=["答复"]))
    assert all(answers)
    rows = store.events_of(case)
    assert [e.seq for e in rows] == list(range(52))
    assert (
        verify_chain(ChainRow(str(case), e.seq + 1, bytes(e.commitment), bytes(e.head)) for e in rows) == []
    )


def test_who_waits_for_a_case_sees_the_parties_that_came_meanwhile(act: Act, world: TestWorld) -> None:
    """Else whoever must stay out because of a party could act right behind the act that names it."""
    case = received(act).case
    user = User.objects.create(login="li", display_name="测试李")
    number = "11010519491231002X"
    Conflict.objects.create(user=user, ground="近亲属", declared_at=world.now(), person_id_number=number)

    def waiting() -> Locked | None:
        try:
            with transaction.atomic():
                return store.lock_case(case, str(user.pk))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert store.lock_case(case)
            told = pool.submit(waiting)
            while not _blocked():
                assert not told.done()
            new = {"identity": "another", "kind": "id_number", "blind": blind_index("id_number", number)}
            PartyKey.objects.create(case_id=case, **new)
        locked = told.result()
    assert locked is not None
    assert (
        locked.stays_out
        == {blind.hex() for blind in locked.people}
        == {blind_index("id_number", number).hex()}
    )


def _blocked() -> bool:
    """Whether a connection waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


TWELVE = tuple(
    o.code for o in load_city("guangzhou").of_kind("government") if o.level in ("city", "district")
)


def test_fifty_windows_at_twelve_organs_with_the_same_dispute(act: Act, world: TestWorld) -> None:
    """The city and its eleven districts each take it in; one accepts, wherever it is, and the others are told who."""
    assert len(TWELVE) == 12
    same = application(applicants=["申请人乙"])

    def clerk(n: int) -> Actor:
        return Actor(f"窗口{n}", frozenset({"window_clerk", "section_head"}), TWELVE[n % 12])

    def one(n: int, action: str, data: Any, case: Any = None) -> Answer:
        who = clerk(n)
        command = Command(action, world.now().date(), data)
        return perform(Ask(command, who, f"{action}{n}", "reconsideration", case, who.organ), world)

    cases = [one(n, "receive_application", same) for n in range(50)]
    ids = [c.case for c in cases if isinstance(c, Done)]
    assert len(ids) == 50
    assert set(Case.objects.values_list("organ", flat=True)) == set(TWELVE)
    accept = {"accepted_on": world.now().date(), "conditions_met": SEVEN}
    answers = at_once(50, lambda n: one(n, "accept", accept, ids[n]))
    winner = [a for a in answers if a]
    assert len(winner) == 1
    refused = {code for a in answers if isinstance(a, NotDone) for code in codes(a)}
    assert refused <= {"claim_taken", "duplicate_application"}
    assert ClaimRow.objects.get(released_at=None).case_id == winner[0].case  # type: ignore[union-attr]
    assert [case.stage for case in Case.objects.exclude(stage="received")] == ["reviewing"]


def test_fifty_writers_on_one_series_leave_no_gap(act: Act) -> None:
    def one(n: int) -> Answer:
        reasons = "短" if n % 5 == 4 else "认为处罚认定事实不清、证据不足"
        return act("receive_application", "2024-01-31", **application(facts_reasons=reasons))

    answers = at_once(50, one)
    given = sorted(int(a.number.split("〕")[1][:-1]) for a in answers if isinstance(a, Done) and a.number)
    assert given == list(range(1, 41))


def test_a_claim_lasts_beyond_closing_and_is_free_after_a_withdrawal(act: Act) -> None:
    done = story(act)
    assert ClaimRow.objects.get(case_id=done.case).released_at is None
    case = received(act).case
    assert act("accept", "2024-02-06", case, accepted_on=date(2024, 2, 6), conditions_met=SEVEN)
    assert act("withdraw", "2024-02-20", case)
    free = {row.kind: row.released_at is not None for row in ClaimRow.objects.filter(case_id=case)}
    assert free == {"dispute": True, "withdrawn_dispute": False}


def test_projections_follow_the_events(act: Act) -> None:
    case = received(act).case
    assert set(ClockRow.objects.filter(case_id=case).values_list("clock", flat=True)) >= {
        "acceptance_review",
        "supplement_notice",
    }
    assert str(Case.objects.get(id=case).next_due) == "2024-02-06"
    assert str(Case.objects.get(id=case).next_fire) == "2024-02-07"
    act("annul", "2024-02-01", case, target=0, reason="误录")
    assert not ClockRow.objects.filter(case_id=case).exists()


def test_a_right_of_others_presses_nobody(act: Act) -> None:
    """The fifteen days for a suit run (L23 34), but there is nothing left to do."""
    case = received(act, prior_required=True).case
    served = date(2024, 2, 6)
    assert act("refuse", "2024-02-06", case, condition=2, reason="没有利害关系", served_on=served)
    running = ClockRow.objects.filter(case_id=case, state="running")
    assert {row.clock for row in running} == {"sue_after_refusal"}
    assert Case.objects.get(id=case).next_due is None


# ---------------------------------------------------------------------------------------- other cases


def test_what_another_case_may_know_of_a_case(act: Act, world: TestWorld) -> None:
    done = received(act, applicants=["甲方"])
    expected = {"id": str(done.case), "number": done.number, "line": "reconsideration", "organ": "gz", "stage": "received",
                "parties": {"甲方": "applicant", "某局": "respondent"}, "facts": {"filed_on": "2024-01-31", "outcome": None}}  # fmt: skip
    for name in (done.number, str(done.case)):
        assert name is not None
        assert about(name, ("filed_on", "outcome"), store) == expected
        assert about(name, ("filed_on", "outcome"), MemoryStore(world)) == expected
    with BulkDriver(world) as door:
        command = Command("assign_handler", date(2024, 1, 31), {"handlers": ["甲", "乙"]})
        assert door.perform(Ask(command, STAFF, "b", "reconsideration", done.case))
        assert about(str(done.case), ("filed_on", "outcome"), door.store) == expected
    assert about("没有这个案号", (), store) is None


def test_identities_are_sealed_and_parties_are_found_by_their_numbers(act: Act, world: TestWorld) -> None:
    """Who is a party stands in no column in the clear, whether the identity is a number or a name."""
    who = {"id": "测试乙", "name": "测试乙", "id_number": "11010519491231002X", "phone": "13800138000"}
    done = act("receive_application", "2024-01-31", **application(applicants=[who, "测试丙"]))
    assert isinstance(done, Done)
    with connection.cursor() as cursor:
        for table in ("event", "clock", "party", "party_key", "case", "claim", "request", "outbox"):
            cursor.execute(f"SELECT row_to_json(t)::text FROM casework_{table} t")
            text = " ".join(row[0] for row in cursor.fetchall())
            for clear in ("测试乙", "测试丙", "11010519491231002X", "13800138000"):
                assert clear not in text, (table, clear)
    keys = PartyKey.objects.filter(kind="phone", blind=blind_index("phone", "+86 138 0013 8000"))
    assert [vault().unalias(key.identity) for key in keys] == ["测试乙"]
    card = PartyRow.objects.get(identity=vault().alias("测试乙")).card
    assert (
        cards.opened(card and bytes(card), str(done.case), vault().alias("测试乙"), world)["phone"]
        == "13800138000"
    )


def test_a_corrected_number_is_found_and_the_mistaken_one_is_not(act: Act, world: TestWorld) -> None:
    who = {"id": "p1", "name": "测试乙", "phone": "13800138000"}
    case = received(act, applicants=[who]).case
    right = [{**who, "phone": "13900139000"}]
    assert act("correct", "2024-02-01", case, target=0, changes={"applicants": right}, reason="录入有误")
    found = {bytes(key.blind) for key in PartyKey.objects.filter(kind="phone")}
    assert found == {blind_index("phone", "13900139000")}
    assert not list(faults(world))


def test_an_annulled_receipt_leaves_no_party(act: Act, world: TestWorld) -> None:
    case = received(act).case
    assert act("annul", "2024-02-01", case, target=0, reason="误录")
    assert not PartyRow.objects.exists()
    assert not PartyKey.objects.exists()
    assert not list(faults(world))
