"""Every stored column has a class, and the class is true: any change of the first two classes is found and named.

Registers are held to the same in tests/registers/test_evidence.py.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction

from tests.casework.bureau import COURSES, moment, staff, walk
from tests.casework.sample_files import pdf, png
from tests.casework.support import TestWorld
from tests.casework.test_proposals import HEAD, REVIEWER, asked
from yifa.casework import background, columns, proposals
from yifa.casework.columns import COLUMNS, DERIVED, EVIDENCED, OPERATIONAL, of_class
from yifa.casework.documents import HOUSE
from yifa.casework.kept import files
from yifa.casework.materials import Upload, perform_with
from yifa.casework.models import Case, EventRow, Paper
from yifa.casework.proposals import Proposed
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.casework.verification import Fault, everything, told
from yifa.language.acts import Command

DAY = date(2024, 1, 8)


def stored() -> dict[str, set[str]]:
    """Columns as the database has them."""
    tables = [
        str(model._meta.db_table) for model in apps.get_models() if model._meta.app_label in columns.APPS
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = ANY(%s) GROUP BY 1",
            (tables,),
        )
        return {table: set(names) for table, names in cursor.fetchall()}


@pytest.mark.django_db
def test_every_column_is_in_a_class() -> None:
    assert {table: set(kinds) for table, kinds in COLUMNS.items()} == stored()
    assert {kind for kinds in COLUMNS.values() for kind in kinds.values()} == {
        EVIDENCED,
        DERIVED,
        OPERATIONAL,
    }


def sql(text: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def kept(world: TestWorld, db: None) -> UUID:
    """Whole cases of both lines, one signed through a proposal, one with a noted effect; all but the newest in the log."""
    world.moment = moment(DAY, 9)
    for line in sorted(COURSES):
        walk(world, line, DAY, COURSES[line](DAY))
    day = world.moment.date()
    case = walk(world, "reconsideration", day, COURSES["reconsideration"](day, 2)[:1])
    world.routes["accept"] = ("window_clerk",)
    accept = asked(case, accepted_on=day + timedelta(days=2), conditions_met=[1, 2, 3, 4, 5, 6, 7])
    world.moment += timedelta(days=2)
    made = proposals.propose(accept, world)
    assert isinstance(made, Proposed), made
    assert proposals.opine(made.id, REVIEWER, "同意受理", world)
    assert proposals.sign(made.id, HEAD, "同意", world)
    frozen(case, world)
    walk(world, "reconsideration", day, COURSES["reconsideration"](day, 3)[:1])
    world.moment += timedelta(days=30)
    background.run(world)
    day = world.moment.date()
    walk(world, "reconsideration", day, COURSES["reconsideration"](day, 4)[:1])  # the log has not got it yet
    assert list(everything(world)) == []
    return case


def frozen(case: UUID, world: TestWorld) -> None:
    """The notice of acceptance as it was made; what is in the file does not matter here."""
    address = files().put(b"%PDF-1.7 a notice")
    shown = {
        "title": "受理通知书",
        "organ": "测试机关",
        "number": "穗府行复受〔2024〕1号",
        "dated": world.moment.date(),
    }
    told = {"document": "acceptance_notice", "of": 1, "sha256": address, "code": "ABCD-EFGH", **shown}
    command = Command("freeze_document", world.moment.date(), told, None, 1)
    done = perform(Ask(command, HOUSE, "freeze", "reconsideration", case), world)
    assert isinstance(done, Done), done
    Paper.objects.create(
        case_id=case, seq=1, document=told["document"], code=told["code"], sha256=bytes.fromhex(address),
        frozen_seq=done.seq, made_at=EventRow.objects.get(case_id=case, seq=done.seq).recorded_at, **shown,
    )  # fmt: skip
    taken = perform_with(
        Ask(Command("take_materials", world.moment.date()), staff(), "take", "reconsideration", case),
        (Upload("证据.png", png()), Upload("清单.pdf", pdf())), world,
    )  # fmt: skip
    assert isinstance(taken, Done), taken


# Type → SQL that gives another value of it.
OTHER = {
    "text": "{c} || 'x'", "character varying": "left({c}, 3) || 'x'", "integer": "{c} + 40", "bigint": "{c} + 4000",
    "boolean": "NOT {c}", "date": "{c} + 1", "timestamp with time zone": "{c} + interval '1 second'",
    "uuid": "gen_random_uuid()", "jsonb": "{c} || '{{\"x\": \"00\"}}'",
    "bytea": "set_byte({c}, length({c}) / 2, get_byte({c}, length({c}) / 2) # 1)",
}  # fmt: skip
EMPTY = {
    "text": "'x'", "character varying": "'x'", "integer": "0", "bigint": "7", "date": "'2024-01-01'", "uuid": "gen_random_uuid()",
    "timestamp with time zone": "now()", "bytea": "'\\x00'",
}  # fmt: skip


def types(table: str) -> dict[str, str]:
    rows = sql("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", table)
    return dict(rows)


def rows_of(table: str) -> list[str]:
    """First, middle and last row."""
    places = [row[0] for row in sql(f"SELECT ctid::text FROM {table} ORDER BY 1")]
    return sorted({places[0], places[len(places) // 2], places[-1]})


def tampered(statement: str, *values: Any) -> Iterator[None]:
    """Inside, the database is changed behind the program's back, constraints passed by; afterwards it is as before."""
    with transaction.atomic():
        sql("SET LOCAL session_replication_role = replica")
        assert sql(f"{statement} RETURNING 1", *values), statement
        yield
        transaction.set_rollback(True)


CASEWORK = [place for place in of_class(EVIDENCED, DERIVED) if place[0].startswith("casework_")]


@pytest.mark.slow
def test_any_change_of_an_evidenced_or_derived_column_is_found(kept: UUID, world: TestWorld) -> None:
    missed = []
    for table, column in CASEWORK:
        kind = types(table)[column]
        for place in rows_of(table):
            value = f"CASE WHEN {{c}} IS NULL THEN {EMPTY.get(kind, 'NULL')} ELSE {OTHER[kind]} END".format(
                c=column
            )
            change = f"UPDATE {table} SET {column} = {value} WHERE ctid = %s::tid"
            for _ in tampered(change, place):
                missed += [] if list(everything(world)) else [(table, column, place)]
    assert missed == []


EVENT = [column for table, column in of_class(EVIDENCED) if table == "casework_event"]


@pytest.mark.slow
def test_a_change_of_an_evidenced_column_of_an_act_names_the_act(kept: UUID, world: TestWorld) -> None:
    case = Case.objects.filter(line="reconsideration", closed=True).get()
    for column in EVENT:
        kind = types("casework_event")[column]
        value = f"CASE WHEN {{c}} IS NULL THEN {EMPTY.get(kind, 'NULL')} ELSE {OTHER[kind]} END".format(
            c=column
        )
        change = f"UPDATE casework_event SET {column} = {value} WHERE case_id = %s AND seq = 4"
        for _ in tampered(change, case.id):
            assert named(world, case.id, 4), column


def named(world: TestWorld, case: UUID, seq: int) -> list[Fault]:
    return [fault for fault in everything(world) if (fault.case, fault.seq) == (case, seq)]


@pytest.mark.slow
def test_every_single_byte_of_an_act_matters(kept: UUID, world: TestWorld) -> None:
    """One bit of every byte of ciphertext, commitment and head of one act."""
    for column in ("payload", "commitment", "head"):
        ((length,),) = sql(
            f"SELECT length({column}) FROM casework_event WHERE case_id = %s AND seq = 1", kept
        )
        for index in range(0, length, 1 if length <= 32 else 37):
            change = (
                f"UPDATE casework_event SET {column} = set_byte({column}, {index}, get_byte({column}, {index}) # 1) "
                "WHERE case_id = %s AND seq = 1"
            )
            for _ in tampered(change, kept):
                assert named(world, kept, 1), (column, index)


def test_a_removed_act_is_named(kept: UUID, world: TestWorld) -> None:
    for seq in (0, 1):
        for _ in tampered("DELETE FROM casework_event WHERE case_id = %s AND seq = %s", kept, seq):
            assert named(world, kept, seq)


def test_a_case_taken_away_whole_is_named_by_the_log(kept: UUID, world: TestWorld) -> None:
    for _ in tampered("DELETE FROM casework_case WHERE id = %s", kept):
        for table in ("event", "claim", "number", "clock", "party", "party_key", "proposal", "paper"):
            sql(f"DELETE FROM casework_{table} WHERE case_id = %s", kept)
        found = list(everything(world))
        assert {(kept, 0), (kept, 1)} <= {(f.case, f.seq) for f in found}
        assert any("编号不连续" in f.what for f in found)


def unconstrained() -> None:
    """Whoever tampers can drop a constraint too."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("ALTER TABLE casework_event DROP CONSTRAINT event_seq_once")


def test_reordered_acts_are_named(kept: UUID, world: TestWorld) -> None:
    case = Case.objects.filter(line="legal_aid").get().id
    swap = "UPDATE casework_event SET seq = 7 - seq WHERE case_id = %s AND seq IN (3, 4)"
    unconstrained()
    for _ in tampered(swap, case):
        assert named(world, case, 3)
        assert named(world, case, 4)


def test_an_inserted_copy_and_an_inserted_forgery_are_named(kept: UUID, world: TestWorld) -> None:
    unconstrained()
    names = "case_id, seq, action, effective_on, recorded_at, actor, party, re, after, payload, commitments, commitment, head"
    copy = (
        f"INSERT INTO casework_event ({names}) SELECT {{}} FROM casework_event WHERE case_id = %s AND seq = 1"
    )
    for _ in tampered(copy.format(names), kept):
        assert named(world, kept, 1)
    last = EventRow.objects.filter(case=kept).count()
    for _ in tampered(copy.format(names.replace("seq", f"{last}", 1)), kept):
        assert named(world, kept, last)


@pytest.mark.parametrize(
    "table",
    [
        "claim",
        "number",
        "clock",
        "party",
        "party_key",
        "number_series",
        "tile",
        "opinion",
        "paper",
        "material",
    ],
)
def test_rows_taken_away_beside_the_acts_are_found(kept: UUID, world: TestWorld, table: str) -> None:
    for place in rows_of(f"casework_{table}"):
        for _ in tampered(f"DELETE FROM casework_{table} WHERE ctid = %s::tid", place):
            assert list(everything(world))


def test_a_forged_checkpoint_is_found(kept: UUID, world: TestWorld) -> None:
    for _ in tampered(
        "UPDATE casework_checkpoint SET note = convert_to('yifa.example/city\n1\nAAAA\n', 'UTF8')"
    ):
        assert any("检查点" in fault.what for fault in everything(world))


def test_faults_are_told_by_number_and_act(kept: UUID, world: TestWorld) -> None:
    for _ in tampered(
        "UPDATE casework_event SET effective_on = '2023-01-01' WHERE case_id = %s AND seq = 1", kept
    ):
        lines = [told(fault) for fault in everything(world)]
        number = Case.objects.get(id=kept).number
        assert f"案件 {number}（{kept}） 第1步（受理）：“meta.effective_on”被改动" in lines
