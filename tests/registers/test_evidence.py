"""Registers in the city's ledger: receipts, export and stand-alone verifier; whatever is changed in a row is found and named."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.registers.support import SYSTEM, ask, at, did, enter
from yifa.casework import log
from yifa.casework.logcheck import log_faults
from yifa.ledger import signing
from yifa.ledger.commitments import unpack
from yifa.ledger.receipt import verify_receipt
from yifa.platform import rotation
from yifa.registers.audit import entry_faults, faults, rebuild
from yifa.registers.models import Change, Entry, Version
from yifa.registers.requests import Ask
from yifa.registers.services import perform

pytestmark = pytest.mark.django_db(transaction=True)


def story() -> UUID:
    """Entered, changed late, stopped, corrected, annulled: five changes."""
    entry = enter("2024-01-01", unit="gz")
    did(ask("change", entry, "2024-01-02", {"cases": 4}, on="2022-01-01"))
    did(ask("move", entry, "2024-01-03", move="stop"))
    did(ask("correct", entry, "2024-01-04", {"name": "测试乙"}, target=0, dated="2019-06-01", reason="笔误"))
    did(ask("annul", entry, "2024-01-05", target=2, reason="误录"))
    return entry


def sql(text: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def found() -> list[tuple[int | None, str]]:
    return [(fault.seq, fault.what) for fault in faults()]


def test_what_is_kept_is_what_was_recorded() -> None:
    story()
    enter(number="2")
    assert found() == []
    assert Version.objects.filter(known_to=None).count() == 3


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "move"), ("effective_on", "2021-01-01"), ("recorded_at", "2024-01-02 08:00+08"), ("actor", "别人"), ("organ", "th"),
        ("state", "off"), ("move", "leave"), ("target", 4), ("dated", "2018-01-01"), ("register", "test.other"),
    ],
)  # fmt: skip
def test_every_evidenced_column(column: str, value: Any) -> None:
    story()
    for seq in range(5):
        before = Change.objects.values_list(column, flat=True).get(seq=seq)
        sql(f"UPDATE registers_change SET {column} = %s WHERE seq = %s", value, seq)
        if Change.objects.values_list(column, flat=True).get(seq=seq) == before:
            continue
        assert (seq, f"“meta.{column}”被改动") in found(), seq
        sql(f"UPDATE registers_change SET {column} = %s WHERE seq = %s", before, seq)
    assert found() == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE registers_change SET payload = set_byte(payload, 40, (get_byte(payload, 40) + 1) %% 256) WHERE seq = 1", (1, "内容无法解密（InvalidTag）")),
        ("UPDATE registers_change SET payload = (SELECT payload FROM registers_change WHERE seq = 2) WHERE seq = 1", (1, "内容无法解密（InvalidTag）")),
        ("UPDATE registers_change SET commitment = decode(repeat('00', 32), 'hex') WHERE seq = 1", (1, "承诺值与记录不符")),
        ("UPDATE registers_change SET commitments = substr(commitments, 2) WHERE seq = 1", (1, "承诺值与记录不符")),
        ("UPDATE registers_change SET commitments = set_byte(commitments, length(commitments) - 1, (get_byte(commitments, length(commitments) - 1) + 1) %% 256) WHERE seq = 1", (1, "承诺值与记录不符")),
        ("UPDATE registers_change SET head = decode(repeat('00', 32), 'hex') WHERE seq = 1", (1, "链：altered")),
        ("DELETE FROM registers_change WHERE seq = 1", (1, "链：missing")),
        ("DELETE FROM registers_change WHERE seq = 4", (4, "链：truncated")),
        ("DELETE FROM registers_change", (None, "没有任何变动记录")),
        ("UPDATE registers_entry SET head = decode(repeat('00', 32), 'hex')", (5, "链：truncated")),
        ("UPDATE registers_entry SET key = decode(repeat('00', 32), 'hex')", (None, "条目与重建结果不符")),
        ("UPDATE registers_entry SET organ = 'th'", (None, "条目与重建结果不符")),
        ("UPDATE registers_entry SET next_seq = 9", (None, "条目与重建结果不符")),
        ("UPDATE registers_entry SET register = 'test.moon'", (None, "没有声明这一名录")),
        ("DELETE FROM registers_version WHERE known_to IS NOT NULL", (None, "历史与重建结果不符")),
        ("DELETE FROM registers_version WHERE known_to IS NULL", (None, "历史与重建结果不符")),
        *((f"UPDATE registers_version SET {column} = {value} WHERE known_to IS NULL", (None, "历史与重建结果不符")) for column, value in (
            ("state", "'gone'"), ("organ", "'th'"), ("seq", "7"), ("valid_from", "valid_from - 1"), ("valid_to", "'2030-01-01'"),
            ("known_from", "known_from - interval '1 hour'"), ("known_to", "now()"), ("register", "'test.other'"),
            ("data", "data || '{\"cases\": 99}'"), ("personal", "NULL"), ("personal", "set_byte(personal, 20, 0)"), ("places", "'{}'"),
        )),
    ],
)  # fmt: skip
def test_every_other_tampering_is_found(change: str, expected: tuple[int | None, str]) -> None:
    story()
    sql(change)
    assert expected in found()


def test_what_is_derived_is_rebuilt_from_the_changes() -> None:
    entry = story()
    before = list(
        Version.objects.order_by("known_from", "valid_from").values_list(
            "valid_from", "valid_to", "known_from", "known_to", "state", "data", "places"
        )
    )
    sql("UPDATE registers_version SET state = 'gone', data = '{}'")
    sql("UPDATE registers_entry SET organ = 'th', next_seq = 1")
    rebuild(Entry.objects.get(id=entry))
    assert found() == []
    assert (
        list(
            Version.objects.order_by("known_from", "valid_from").values_list(
                "valid_from", "valid_to", "known_from", "known_to", "state", "data", "places"
            )
        )
        == before
    )


def test_an_erased_payload_leaves_the_chain_whole() -> None:
    entry = story()
    Change.objects.filter(entry=entry, seq=0).update(payload=None)
    assert list(entry_faults(Entry.objects.get(id=entry))) == []


def test_keys_may_change() -> None:
    story()
    names = {f"{c.table}.{c.column}" for c in rotation.columns()}
    assert {"registers_change.payload", "registers_version.personal"} <= names
    assert list(rotation.rotate()) == []


# ------------------------------------------------------------------------------ the city's log


def test_receipts_of_changes_verify_offline() -> None:
    entry = story()
    assert log.receipt(entry, 1) is None
    assert log.sequence() == 5
    for number in range(5):
        receipt = log.receipt(entry, number)
        assert receipt is not None
        assert verify_receipt(receipt, [log.key()], signing.verify) == []


def exported(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(folder / "verifier.py"), str(folder), "--key", str(log.key())]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_stand_alone_verifier_accepts_and_names_a_changed_row(tmp_path: Path) -> None:
    entry = story()
    log.sequence()
    assert log_faults() == []
    log.export(tmp_path / "good")
    assert exported(tmp_path / "good").returncode == 0
    sql("UPDATE registers_change SET head = decode(repeat('00', 32), 'hex') WHERE seq = 3")
    log.export(tmp_path / "bad")
    done = exported(tmp_path / "bad")
    assert done.returncode == 1
    assert str(entry) in done.stdout + done.stderr
    assert any(fault.case == str(entry) for fault in log_faults())


def test_a_removed_row_is_missed_by_the_log() -> None:
    entry = story()
    log.sequence()
    sql("DELETE FROM registers_version")
    sql("DELETE FROM registers_change")
    assert {(fault.case, fault.seq) for fault in log_faults()} == {(str(entry), n) for n in range(1, 6)}


def test_cases_and_registers_are_in_one_log() -> None:
    story()
    for number in range(3):
        did(
            perform(
                Ask("test.list", "enter", SYSTEM, data={"number": f"x{number}", "name": "测试"}),
                at("2024-02-01"),
            )
        )
        log.sequence()
    assert log.log_size() == 8
    leaves = list(Change.objects.order_by("id").values_list("leaf", flat=True))
    assert leaves == list(range(8))


def test_commitments_tell_no_value() -> None:
    entry = story()
    rows = [bytes(row.commitments) for row in Change.objects.filter(entry=entry).order_by("seq")]
    assert not any("测试".encode() in row for row in rows)
    first, second = unpack(rows[1]), unpack(rows[2])
    assert first["meta.actor"] != second["meta.actor"], "equal values, salts of their own"
