"""`yifa casework` and `yifa ledger` on the real database."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from tests.casework.support import TestWorld
from tests.casework.test_perform import received, story
from yifa.casework import outbox
from yifa.casework import world as worlds
from yifa.casework.audit import rebuild
from yifa.casework.codec import opened, private_of, seal, typed, unseal
from yifa.casework.models import (
    Case,
    Checkpoint,
    ClaimRow,
    ClockRow,
    EventRow,
    NumberGiven,
    NumberSeries,
    Outbox,
    PartyKey,
    PartyRow,
    Request,
    Tile,
    Waiting,
)
from yifa.casework.requests import Answer
from yifa.cli import main
from yifa.registry import line as line_of

Act = Callable[..., Answer]
pytestmark = pytest.mark.django_db(transaction=True)


def yifa(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_verify_accepts_and_names_a_fault(act: Act) -> None:
    case = story(act).case
    assert "共核对1件，全部相符" in yifa("casework", "verify").output
    Case.objects.filter(id=case).update(stage="received")
    done = yifa("casework", "verify")
    assert done.exit_code == 1
    assert "stage" in done.output
    assert "已重建1件" in yifa("casework", "rebuild").output
    assert yifa("casework", "verify").exit_code == 0


def test_the_clock_runs_once(act: Act, world: TestWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    received(act)
    monkeypatch.setattr(worlds.SystemWorld, "now", lambda self: timezone.make_aware(datetime(2024, 2, 8)))
    assert "已记录1项" in yifa("casework", "tick").output
    assert "已记录0项" in yifa("casework", "tick").output


def test_the_ledger_from_entry_to_verification(act: Act, tmp_path: Path) -> None:
    case = story(act).case
    assert yifa("ledger", "checkpoint").exit_code == 1
    assert yifa("ledger", "export", str(tmp_path / "none")).exit_code == 1
    assert "入账10条，账本共10条" in yifa("ledger", "sequence").output
    old = tmp_path / "old"
    old.write_text(yifa("ledger", "checkpoint").output, encoding="utf-8")
    done = yifa("ledger", "verify")
    assert done.exit_code == 0, done.output
    assert "案件1件，账本10条，全部相符" in done.output
    assert "独立程序：" in done.output
    assert done.output.endswith("核验通过\n")
    assert "已导出10条" in yifa("ledger", "export", str(tmp_path / "out")).output
    assert yifa("ledger", "export", str(tmp_path / "out")).exit_code == 1
    received(act)
    assert "另有1条尚未入账" in yifa("ledger", "verify", "--quick").output
    yifa("ledger", "sequence")
    assert yifa("ledger", "verify", "--checkpoint", str(old)).exit_code == 0
    assert yifa("ledger", "verify", "--checkpoint", str(tmp_path / "out")).exit_code == 0
    EventRow.objects.filter(case_id=case, seq=4).update(head=bytes(32))
    done = yifa("ledger", "verify", "--checkpoint", str(old))
    assert done.exit_code == 1
    mine, theirs = done.output.split("独立程序：")
    assert "第4步（被申请人答复）：账本第4条与现存记录不符" in mine
    assert f"案件 {case} 第 5 号事件" in theirs, "events are numbered from 1 outside"


def test_a_receipt_can_be_checked_without_us(act: Act, tmp_path: Path) -> None:
    done = story(act)
    number = Case.objects.get(id=done.case).number
    assert "尚未入账" in yifa("ledger", "receipt", number, "1").output
    yifa("ledger", "sequence")
    yifa("ledger", "export", str(tmp_path / "out"))
    key = yifa("ledger", "key").output.strip()
    verifier = [sys.executable, "-I", str(tmp_path / "out" / "verifier.py"), "--key", key, "--receipt"]
    for arguments, shows in ((), False), (("--open", "data.accepted_on"), True), (("--all",), True):
        path = tmp_path / f"receipt{len(arguments)}"
        told = yifa("ledger", "receipt", number, "1", *arguments, "--out", str(path))
        assert told.exit_code == 0, told.output
        assert ("2024-02-06" in path.read_text(encoding="utf-8")) is shows
        checked = subprocess.run([*verifier, str(path)], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout
        path.write_text(
            path.read_text(encoding="utf-8").replace("2024-02-06", "2024-02-07"), encoding="utf-8"
        )
        assert subprocess.run([*verifier, str(path)], capture_output=True).returncode == int(shows)
    assert '"format":"yifa-receipt-v1"' in yifa("ledger", "receipt", str(done.case), "1").output
    assert "没有字段 data.x；有：" in yifa("ledger", "receipt", number, "1", "--open", "data.x").output
    assert "没有找到案件" in yifa("ledger", "receipt", "某号", "1").output


def test_one_case_can_be_exported(act: Act, tmp_path: Path) -> None:
    case, _ = story(act).case, received(act)
    yifa("ledger", "sequence")
    done = yifa("ledger", "export", str(tmp_path / "out"), "--case", Case.objects.get(id=case).number)
    assert "--partial" in done.output
    rows = (tmp_path / "out" / "events.ndjson").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 10
    assert all(str(case) in row for row in rows)


def rewritten(case: UUID, world: TestWorld) -> None:
    """What the holder of all keys can do: another decision, chained, entered and signed anew."""
    rows = list(EventRow.objects.filter(case=case).order_by("seq"))
    EventRow.objects.filter(case=case).delete()
    line, head = line_of("reconsideration"), bytes(32)
    for row in rows:
        event = unseal(row, line, world)
        if event.action == "decide":
            event = event._replace(data=typed(line, "decide", {"decision_type": "uphold"}))
        private, _ = opened(row, world)
        beside = {name: value for name, value in private.items() if not name.startswith(("data.", "fact."))}
        kept = seal(event, private_of(event) | beside, str(case), head, row.recorded_at, world, world.salts)
        Waiting.objects.create(event=EventRow.objects.create(case_id=case, **kept._asdict()))
        head = kept.head
    Case.objects.filter(id=case).update(head=head)
    Tile.objects.all().delete()
    Checkpoint.objects.all().delete()
    yifa("ledger", "sequence")
    rebuild(Case.objects.get(id=case), world)


def test_an_old_checkpoint_exposes_rewriting_by_whoever_holds_all_keys(
    act: Act, world: TestWorld, tmp_path: Path
) -> None:
    case = story(act).case
    yifa("ledger", "sequence")
    old = tmp_path / "old"
    old.write_text(yifa("ledger", "checkpoint").output, encoding="utf-8")
    yifa("ledger", "export", str(tmp_path / "out"))
    assert "前10条与旧检查点一致" in yifa("ledger", "consistency", str(old)).output
    rewritten(case, world)
    assert yifa("ledger", "verify").exit_code == 0, "inside, everything fits"
    done = yifa("ledger", "verify", "--checkpoint", str(old))
    assert done.exit_code == 1
    assert done.output.count("账本被改写") == 1
    assert "日志被改写" in done.output
    done = yifa("ledger", "verify", "--checkpoint", str(tmp_path / "out"))
    assert f"案件 {case} 第 1 号事件" in done.output, "an old export names where it begins"
    assert yifa("ledger", "consistency", str(old)).exit_code == 1


def test_an_old_checkpoint_exposes_a_log_cut_off(act: Act, world: TestWorld, tmp_path: Path) -> None:
    """The database keeps older checkpoints too: with their tiles put back, only what was kept outside tells."""
    received(act)
    yifa("ledger", "sequence")
    before = list(Tile.objects.values_list("level", "index", "data"))
    gone = received(act).case
    yifa("ledger", "sequence")
    old = tmp_path / "old"
    old.write_text(yifa("ledger", "checkpoint").output, encoding="utf-8")
    for model in (EventRow, NumberGiven, ClaimRow, ClockRow, PartyKey, PartyRow, Request, Outbox):
        model.objects.filter(case=gone).delete()
    Case.objects.filter(id=gone).delete()
    NumberSeries.objects.update(last=1)
    Checkpoint.objects.filter(size=2).delete()
    Tile.objects.all().delete()
    Tile.objects.bulk_create(Tile(level=level, index=index, data=data) for level, index, data in before)
    assert yifa("ledger", "verify").exit_code == 0, "inside, everything fits"
    done = yifa("ledger", "verify", "--checkpoint", str(old))
    assert done.exit_code == 1
    assert "账本被截断：旧检查点有2条，现有1条" in done.output
    assert "日志被截断" in done.output


def test_one_round_of_everything(act: Act, world: TestWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    received(act)
    monkeypatch.setattr(worlds.SystemWorld, "now", lambda self: timezone.make_aware(datetime(2024, 2, 8)))
    assert "记录依法发生的效果1项" in yifa("tick").output
    done = yifa("tick").output
    assert "记录依法发生的效果0项，提醒和预警0项，新增待办0项，外发0项，入账0条" in done


def test_the_worker_says_what_waits(act: Act, world: TestWorld) -> None:
    received(act)
    outbox.put_out("mail", {"notice": 1}, world)
    done = yifa("worker", "status")
    assert done.exit_code == 0
    assert "外发 mail：待办1项" in done.output
    assert "未入账：1条" in done.output
    Outbox.objects.update(tries=99)
    done = yifa("worker", "status")
    assert done.exit_code == 1
    assert "多次失败1项" in done.output
