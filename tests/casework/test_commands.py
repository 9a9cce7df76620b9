"""`yifa casework` and `yifa ledger` on the real database."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from tests.casework.support import TestWorld
from tests.casework.test_perform import received, story
from yifa.casework import outbox
from yifa.casework import world as worlds
from yifa.casework.models import Case, EventRow, Outbox
from yifa.casework.requests import Answer
from yifa.cli import main

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
    assert "入账10条，账本共10条" in yifa("ledger", "sequence").output
    old = tmp_path / "old"
    old.write_text(yifa("ledger", "checkpoint").output, encoding="utf-8")
    assert yifa("ledger", "verify").exit_code == 0
    assert "已导出10条" in yifa("ledger", "export", str(tmp_path / "out")).output
    assert yifa("ledger", "export", str(tmp_path / "out")).exit_code == 1
    received(act)
    yifa("ledger", "sequence")
    assert yifa("ledger", "verify", "--checkpoint", str(old)).exit_code == 0
    EventRow.objects.filter(case_id=case, seq=4).update(head=bytes(32))
    done = yifa("ledger", "verify", "--checkpoint", str(old))
    assert done.exit_code == 1
    assert str(case) in done.output


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
