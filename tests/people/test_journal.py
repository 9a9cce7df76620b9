"""Journals: every look and every change of accounts and roles, sealed into the city's log; whatever is altered is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from tests.casework.bureau import Bureau, founded
from yifa.casework import log
from yifa.casework.columns import COLUMNS, OPERATIONAL
from yifa.casework.verification import everything
from yifa.casework.world import SystemWorld
from yifa.cli import main
from yifa.language.acts import Actor
from yifa.ledger import verifier
from yifa.people import journal, services, substitutions
from yifa.people.audit import faults
from yifa.people.models import Access, Change, Membership, Organ, Seal, User
from yifa.people.permissions import CaseRef, Field
from yifa.people.roles import Power

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.make_aware(datetime(2024, 3, 4, 9))
CASE = CaseRef("0b8cf3ec-6f9c-4b0e-9c4c-000000000001", "gz")


def look(who: User, times: int = 1, role: str = "section_head") -> None:
    for _ in range(times):
        services.record_opening(Actor(str(who.pk), frozenset({role}), "gz"), CASE, NOW)


def unmask(who: User) -> None:
    ref = services.FieldRef(CASE, "card.x.phone", Field.PERSONAL, lambda: "13800138000")
    assert services.unmask(Actor(str(who.pk), frozenset({"section_head"}), "gz"), ref, "电话通知", NOW)


@pytest.fixture
def bureau() -> Bureau:
    """People with roles, a substitution, a declared and a withdrawn conflict; looks and an unmasking; all sealed and logged."""
    made = founded()
    organ, today = Organ.objects.get(code="gz"), date(2024, 3, 4)
    security = services.add_user("security", "测试安全", power=Power.SECURITY)
    assert isinstance(security, User)
    services.add_membership(security, organ, "security_admin", today)
    guard = Actor(str(security.pk), frozenset({"security_admin"}))
    assert isinstance(services.grant(guard, made.first, organ, "reviewer", today), Membership)
    given = services.grant(guard, made.second, organ, "clerk", today)
    assert isinstance(given, Membership)
    services.end_membership(guard, given, date(2024, 5, 1))
    wanted = substitutions.Wanted(
        made.head, made.second, organ, "section_head", "穗司〔2024〕1号", today, today
    )
    substitutions.substitute(guard, wanted)
    for number in ("11010519491231002X", "440106199001010015"):
        kept = services.declare_conflict(made.first, "亲属", NOW, id_number=number)
    assert not isinstance(kept, services.Refusal)
    services.withdraw_conflict(kept, NOW)
    look(made.head, 4)
    unmask(made.head)
    log.sequence_all()
    assert list(faults()) == []
    return made


def unconstrained(cursor: Any) -> None:
    """Whoever tampers can drop a constraint too."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' "
        "AND conrelid::regclass::text LIKE 'people_%%'", (),
    )  # fmt: skip
    for table, name in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")


@contextmanager
def tampered(statement: str, *values: Any) -> Iterator[None]:
    """Inside, rows are changed behind the program's back, triggers passed by."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        unconstrained(cursor)
        cursor.execute(f"{statement} RETURNING 1", values)
        assert cursor.fetchall(), statement
        yield
        transaction.set_rollback(True)


def said() -> list[str]:
    return [str(fault) for fault in faults()]


def test_who_did_what_to_whom_is_on_record(bureau: Bureau) -> None:
    row = Membership.objects.get(user=bureau.second, role="clerk")
    changes = Change.objects.filter(kind="membership", row=str(row.pk)).order_by("id")
    guard = User.objects.get(login="security")
    assert [(c.what, c.by_id, c.after["valid_to"]) for c in changes] == [
        ("grant", guard.pk, None),
        ("end", guard.pk, "2024-05-01"),
    ]
    assert Change.objects.filter(kind="user").count() == User.objects.count()
    assert sorted(Change.objects.filter(kind="conflict").values_list("what", flat=True)) == [
        "declare",
        "declare",
        "withdraw",
    ]
    assert "110105" not in str(list(Change.objects.values_list("after", flat=True)))


@pytest.mark.parametrize("table", ["people_access", "people_change"])
def test_a_record_is_refused_to_be_changed_by_the_database(bureau: Bureau, table: str) -> None:
    for statement in (f"UPDATE {table} SET at = now()", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_removed_look_is_named(bureau: Bureau) -> None:
    for row in Access.objects.all():
        with tampered("DELETE FROM people_access WHERE id = %s", row.pk):
            assert said() == [f"查阅记录 第{row.pk}号：已经封存，记录却不在库中"]


def test_an_inserted_look_is_named(bureau: Bureau) -> None:
    first = Access.objects.order_by("id")[0]
    with tampered("UPDATE people_access SET id = -5 WHERE id = %s", first.pk):
        assert said() == [
            "查阅记录 第-5号：没有封存，是后来插入的",
            f"查阅记录 第{first.pk}号：已经封存，记录却不在库中",
        ]


OTHER = {
    "text": "{c} || 'x'", "character varying": "left({c}, 3) || 'x'", "integer": "{c} + 40", "bigint": "{c} + 4000",
    "boolean": "NOT {c}", "date": "{c} + 1", "timestamp with time zone": "{c} + interval '1 second'",
    "uuid": "gen_random_uuid()", "jsonb": "{c} || '{{\"x\": \"00\"}}'",
    "bytea": "set_byte({c}, length({c}) / 2, get_byte({c}, length({c}) / 2) # 1)",
}  # fmt: skip
EMPTY = {
    "character varying": "'x'", "integer": "0", "bigint": "7", "date": "'2024-01-01'", "uuid": "gen_random_uuid()",
    "timestamp with time zone": "now()", "bytea": "'\\x00'",
}  # fmt: skip
HELD = [
    (table, column) for table, columns in COLUMNS.items() if table.startswith("people_")
    for column, kind in columns.items() if kind != OPERATIONAL
]  # fmt: skip


def test_any_change_of_any_held_column_of_people_is_found(bureau: Bureau) -> None:
    """Of the first and the last row of every table."""
    missed, world = [], SystemWorld()
    assert len(HELD) > 40
    for table, column in HELD:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
                (table, column),
            )
            kind = cursor.fetchone()[0]
            cursor.execute(f"SELECT ctid::text FROM {table} ORDER BY ctid")
            places = [row[0] for row in cursor.fetchall()]
        value = f"CASE WHEN {{c}} IS NULL THEN {EMPTY.get(kind, 'NULL')} ELSE {OTHER[kind]} END".format(
            c=f'"{column}"'
        )
        for place in {places[0], places[-1]}:
            with tampered(f'UPDATE {table} SET "{column}" = {value} WHERE ctid = %s::tid', place):
                missed += [] if list(everything(world)) else [(table, column, place)]
    assert missed == []


def test_a_role_given_past_the_door_is_named(bureau: Bureau) -> None:
    row = Membership.objects.create(
        user=bureau.stranger, power="business", organ_id="gz", role="body_head", valid_from=date(2024, 1, 1)
    )
    assert said() == [f"任职 {row.pk}：没有办理记录"]
    with tampered("DELETE FROM people_membership WHERE user_id = %s", bureau.head.pk):
        assert any("有办理记录，却不在库中" in text for text in said())


def test_an_account_opened_again_silently_is_named(bureau: Bureau) -> None:
    admin = Actor(str(bureau.system.pk), frozenset({"system_admin"}))
    assert isinstance(services.disable(admin, bureau.first, "调离"), User)
    assert said() == []
    User.objects.filter(pk=bureau.first.pk).update(is_active=True)
    assert said() == [f"账号 {bureau.first.pk}：与办理记录不符"]


def test_batches_are_links_of_a_chain_and_leaves_of_the_citys_log(bureau: Bureau, tmp_path: Path) -> None:
    look(bureau.head)
    log.sequence_all()
    seals = list(Seal.objects.filter(journal="access").order_by("seq"))
    assert [seal.seq for seal in seals] == [1, 2]
    assert [len(list(journal.entries(bytes(seal.entries)))) for seal in seals] == [5, 1]
    assert all(seal.leaf is not None for seal in seals)
    assert [found.seq for found in log.chain("people-access")] == [1, 2]
    assert log.chain("people-nothing") == []
    log.export(tmp_path / "out")
    assert verifier.main([str(tmp_path / "out")]) == 0
    with tampered("DELETE FROM people_seal WHERE journal = 'access' AND seq = 2"):
        assert any("people-access" in fault.what for fault in everything(SystemWorld()))
    with tampered("DELETE FROM people_seal WHERE journal = 'access' AND seq = 1"):
        assert any("第1批：链" in text for text in said())


def test_sealing_twice_seals_once_and_nothing_costs_one_query_a_journal(
    bureau: Bureau, django_assert_num_queries: Any
) -> None:
    assert journal.seal() == 0
    with django_assert_num_queries(2 * len(journal.JOURNALS)):
        assert journal.seal() == 0


def test_large_journals_are_sealed_in_batches(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "BATCH", 2)
    look(bureau.head, 5)
    assert journal.seal() == 5
    assert Seal.objects.filter(journal="access").count() == 4
    assert said() == []


def test_the_commands_verify_people_too(bureau: Bureau) -> None:
    run = CliRunner()
    assert run.invoke(main, ["casework", "verify"]).exit_code == 0
    assert run.invoke(main, ["ledger", "verify"]).exit_code == 0
    User.objects.filter(pk=bureau.first.pk).update(display_name="另一人")
    for command in (["casework", "verify"], ["ledger", "verify", "--quick"]):
        done = run.invoke(main, command)
        assert done.exit_code == 1
        assert f"账号 {bureau.first.pk}：与办理记录不符" in done.output
