"""`yifa keys`: everything sealed anew under the first key, wherever it lies; the old one may go afterwards."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from tests.casework.support import TestWorld, application
from yifa.casework import proposals
from yifa.casework.audit import faults
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.casework.world import SystemWorld
from yifa.cli import main
from yifa.language.acts import Actor, Command
from yifa.platform import config, crypto
from yifa.platform.files import Files

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "11" * 32, "22" * 32


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Set the data keys of this process."""

    def put(*given: str) -> None:
        monkeypatch.setenv(config.DATA_KEYS.name, ",".join(given))
        crypto.vault.cache_clear()

    put(OLD)
    yield put
    crypto.vault.cache_clear()


def yifa(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["keys", *arguments])


@pytest.fixture
def kept(keys: Callable[..., None], tmp_path: Path, settings: Any) -> str:
    """A case with everything that is sealed: payload, card, outbox, draft, opinion; and a file."""
    settings.VAR = tmp_path
    here = TestWorld(SystemWorld().now().replace(year=2024, month=1, day=31))
    clerk = Actor("甲", frozenset({"window_clerk"}), "gz")
    data = application(applicants=[{"id": "p1", "name": "测试甲"}])
    done = perform(
        Ask(
            Command("receive_application", date(2024, 1, 31), data), clerk, "k", "reconsideration", None, "gz"
        ),
        here,
    )
    assert isinstance(done, Done), done
    here.moment = here.moment.replace(month=2, day=5)
    command = Command(
        "accept", date(2024, 2, 5), {"accepted_on": date(2024, 2, 5), "conditions_met": [1, 2, 3, 4, 5, 6, 7]}
    )
    made = proposals.propose(
        Ask(command, Actor("乙", frozenset({"handler"}), "gz"), "p", "reconsideration", done.case), here
    )
    assert isinstance(made, proposals.Proposed)
    assert proposals.sign(
        made.id, proposals.Hand(Actor("丙", frozenset({"section_head"}), "gz")), "同意", here
    )
    return Files(tmp_path / "files", crypto.vault()).put("内容".encode())


def key_ids() -> set[bytes]:
    columns = {"event": "payload", "party": "card", "outbox": "body", "proposal": "draft", "opinion": "text"}
    found = set()
    with connection.cursor() as cursor:
        for table, column in columns.items():
            cursor.execute(
                f"SELECT substring({column} from 1 for 4) FROM casework_{table} WHERE {column} IS NOT NULL"
            )
            rows = cursor.fetchall()
            assert rows, table
            found |= {bytes(row[0]) for row in rows}
    return found


def test_rotation_reaches_everything_and_the_old_key_may_go(
    kept: str, keys: Callable[..., None], tmp_path: Path
) -> None:
    before = key_ids()
    keys(NEW, OLD)
    left = yifa("status")
    assert left.exit_code == 1
    assert "请运行 yifa keys rotate" in left.output
    done = yifa("rotate", "--batch", "1")
    assert done.exit_code == 0, done.output
    assert "casework_event.payload" in done.output
    assert yifa("rotate").output == "共重新加密0项\n"
    assert "旧密钥可以撤下" in yifa("status").output
    assert key_ids().isdisjoint(before)
    keys(NEW)
    assert not list(faults(SystemWorld()))
    assert Files(tmp_path / "files", crypto.vault()).get(kept) == "内容".encode()


def test_a_key_taken_out_too_early_is_asked_for(kept: str, keys: Callable[..., None]) -> None:
    keys(NEW)
    done = yifa("rotate")
    assert done.exit_code == 1
    assert "请把当时的密钥放回 YIFA_DATA_KEYS 的末尾" in done.output
