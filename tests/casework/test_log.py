"""Log, audit and clock: receipts and exports verify; every change of a stored column is found and named; a tick changes no date."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.casework.support import TestWorld, application
from tests.casework.test_perform import STAFF, received, story
from yifa.casework import log, outbox, proposals, store
from yifa.casework.audit import case_faults, faults, rebuild
from yifa.casework.clockwork import tick
from yifa.casework.models import Case, ClockRow, EventRow, PartyRow
from yifa.casework.requests import Answer, Ask
from yifa.language.acts import Command
from yifa.ledger import signing
from yifa.ledger.receipt import from_json, to_json, verify_receipt
from yifa.platform import config, crypto, rotation
from yifa.platform.crypto import vault
from yifa.registry import line as line_of

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


# ---------------------------------------------------------------------------------------- the log


def test_verifying_asks_for_what_stands_beside_the_acts_of_many_cases_at_once(
    act: Act, world: TestWorld
) -> None:
    asked = []
    for _ in range(3):
        story(act)
        with CaptureQueriesContext(connection) as queries:
            assert list(faults(world)) == []
        asked.append(len(queries))
    assert asked[1] - asked[0] == asked[2] - asked[1] == 1, "the acts of each case, and nothing else"


def test_receipts_verify_offline(act: Act) -> None:
    case = story(act).case
    assert log.receipt(case, 3) is None
    assert log.sequence() == 10
    assert log.sequence() == 0
    for seq in range(10):
        receipt = log.receipt(case, seq)
        assert receipt is not None
        assert verify_receipt(from_json(to_json(receipt)), [log.key()], signing.verify) == []
    assert log.receipt(case, 99) is None
    with CaptureQueriesContext(connection) as queries:
        log.receipt(case, 3)
    assert len(queries) == 3, "the acts, the checkpoint, the tiles"


def test_the_log_grows_in_portions(act: Act) -> None:
    for _ in range(5):
        received(act)
    assert [log.sequence(2) for _ in range(4)] == [2, 2, 1, 0]
    assert log.log_size() == 5
    leaves = list(EventRow.objects.order_by("id").values_list("place__leaf", flat=True))
    assert leaves == [0, 1, 2, 3, 4]


def exported(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-I",
        str(folder / "verifier.py"),
        str(folder),
        "--key",
        str(log.key()),
        "--jobs",
        "1",
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True)


def test_an_export_satisfies_the_stand_alone_verifier(act: Act, tmp_path: Path) -> None:
    story(act)
    received(act)
    log.sequence()
    assert log.export(tmp_path) == 11
    done = exported(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_verifier_names_a_flipped_event(act: Act, tmp_path: Path) -> None:
    case = story(act).case
    log.sequence()
    EventRow.objects.filter(case_id=case, seq=4).update(head=bytes(32))
    log.export(tmp_path)
    done = exported(tmp_path)
    assert done.returncode == 1
    assert str(case) in done.stdout


def test_nothing_to_export(tmp_path: Path, act: Act) -> None:
    assert log.export(tmp_path) == 0
    assert log.latest() is None


# ---------------------------------------------------------------------------------------- the audit

OTHER = {
    "action": "'decide'", "effective_on": "'2020-01-01'", "recorded_at": "now()", "actor": "'someone'", "party": "'x'",
    "re": "7", "after": "7", "payload": "'\\x00'::bytea", "commitments": "'\\x00'::bytea", "commitment": "'\\x00'::bytea",
    "head": "decode(repeat('00', 32), 'hex')", "seq": "99",
}  # fmt: skip


@pytest.mark.parametrize("column", sorted(OTHER))
def test_a_change_of_any_evidenced_column_is_found_and_named(act: Act, world: TestWorld, column: str) -> None:
    case = story(act).case
    assert list(faults(world)) == []
    sql(f"UPDATE casework_event SET {column} = {OTHER[column]} WHERE case_id = %s AND seq = 3", case)
    found = [f for f in faults(world) if f.seq in (3, 4)]
    assert found
    assert all(f.case == case for f in found)


def test_a_removed_event_is_found(act: Act, world: TestWorld) -> None:
    case = story(act).case
    sql("DELETE FROM casework_event WHERE case_id = %s AND seq = 3", case)
    assert any(f.seq == 3 for f in faults(world))


def test_a_cut_off_end_is_found(act: Act, world: TestWorld) -> None:
    case = story(act).case
    sql("DELETE FROM casework_event WHERE case_id = %s AND seq = 9", case)
    assert any(f.seq == 9 for f in faults(world))


@pytest.mark.parametrize(
    ("table", "change", "what"),
    [
        ("casework_case", "stage = 'received'", "stage"), ("casework_case", "version = '2017'", "version"),
        ("casework_case", "version_final = false", "final"), ("casework_case", "closed = false", "closed"),
        ("casework_case", "next_seq = 3", "next"), ("casework_case", "next_due = '2020-01-01'", "due"),
        ("casework_case", "next_fire = '2020-01-01'", "fire"), ("casework_case", "facts = '{}'", "facts"),
        ("casework_clock", "due = '2020-01-01'", "期限"), ("casework_clock", "state = 'late'", "期限"),
        ("casework_party", "role = 'third_party'", "当事人"),
    ],
)  # fmt: skip
def test_a_change_of_any_derived_column_is_found_and_mended(
    act: Act, world: TestWorld, table: str, change: str, what: str
) -> None:
    case = story(act).case
    column = "id" if table == "casework_case" else "case_id"
    sql(f"UPDATE {table} SET {change} WHERE {column} = %s", case)
    assert any(what in f.what for f in case_faults(Case.objects.get(id=case), world))
    rebuild(Case.objects.get(id=case), world)
    assert list(case_faults(Case.objects.get(id=case), world)) == []


def test_rows_added_to_projections_are_found_and_mended(act: Act, world: TestWorld) -> None:
    case = Case.objects.get(id=story(act).case)
    PartyRow.objects.create(case=case, identity=vault().alias("不存在"), role="applicant")
    ClockRow.objects.create(
        case=case, clock="moon", seq=1, variant=0, start="2024-01-01", provisional=False, state="running"
    )
    assert len(list(case_faults(case, world))) == 2
    rebuild(case, world)
    assert list(case_faults(case, world)) == []


def test_contents_that_are_gone_without_a_record_are_a_fault(act: Act, world: TestWorld) -> None:
    case = story(act).case
    EventRow.objects.filter(case_id=case, seq=2).update(payload=None)
    assert [(f.seq, f.what) for f in faults(world)] == [(2, "内容缺失，没有删除记录")]


# ---------------------------------------------------------------------------------------- the clock


def dates(case: UUID) -> list[tuple[Any, ...]]:
    return sorted(ClockRow.objects.filter(case_id=case).values_list("clock", "start", "due", "state"))


@pytest.mark.parametrize("late", [0, 1, 30])
def test_a_late_tick_changes_no_date(act: Act, world: TestWorld, late: int) -> None:
    case = received(act).case
    world.moment = timezone.make_aware(datetime(2024, 2, 7)) + timedelta(days=late)
    (answer,) = tick(world)
    assert answer
    assert Case.objects.get(id=case).stage == "reviewing"
    assert ("review_decision", "2024-02-06", "2024-04-07", "running") in dates(case)
    assert tick(world) == []
    assert list(faults(world)) == []


def test_no_tick_is_needed_for_the_law_to_work(act: Act, world: TestWorld) -> None:
    case = received(act).case
    done = act("send_copy", "2024-02-20", case, "某局", served_on=date(2024, 2, 20))
    assert done
    assert Case.objects.get(id=case).stage == "reviewing"


def test_a_refusal_of_the_last_day_recorded_after_the_noting_defeats_it(act: Act, world: TestWorld) -> None:
    case = received(act).case
    world.moment = timezone.make_aware(datetime(2024, 2, 8, 9))
    tick(world)
    answer = act("refuse", "2024-02-06", case, condition=2, reason="与行政行为没有利害关系")
    assert answer, answer
    assert Case.objects.get(id=case).stage == "refused"


def test_a_noting_is_made_once(act: Act, world: TestWorld) -> None:
    case = received(act).case
    world.moment = timezone.make_aware(datetime(2024, 2, 8, 9))
    tick(world)
    sql("UPDATE casework_case SET next_fire = '2024-02-07' WHERE id = %s", case)
    assert tick(world) == []
    assert len(store.events_of(case)) == 2


def test_many_applications(act: Act, world: TestWorld) -> None:
    for _ in range(3):
        act("receive_application", "2024-01-31", **application())
    world.moment = timezone.make_aware(datetime(2024, 2, 9))
    assert len(tick(world)) == 3


# ---------------------------------------------------------------------------------------- keys


def test_all_ciphertexts_of_casework_move_to_a_new_key(
    act: Act, world: TestWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chain, commitments and receipts do not notice."""
    case = story(act).case
    outbox.put_out("mail", {"notice": 1}, world)  # belongs to no case
    draft = Ask(Command("withdraw", date(2024, 5, 20), {}), STAFF, "d", "reconsideration", received(act).case)
    assert isinstance(proposals.propose(draft, world), proposals.Proposed)
    old = config.Config(os.environ)[config.DATA_KEYS]
    monkeypatch.setenv("YIFA_DATA_KEYS", ",".join(key.hex() for key in [b"\x43" * 32, *old]))
    crypto.vault.cache_clear()
    before = {column: count for column, count in rotation.remaining().items() if count}
    assert {"casework_event.payload", "casework_outbox.body", "casework_proposal.draft"} <= set(before)
    assert sum(1 for _ in rotation.rotate(batch=4)) >= 3
    assert not any(rotation.remaining().values())
    fresh = TestWorld(world.moment)
    assert list(faults(fresh)) == []
    assert store.view_of(case, line_of("reconsideration"), fresh).stage == "closed"
    crypto.vault.cache_clear()
