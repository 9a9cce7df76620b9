"""Files nobody names go after their days; whatever an act names, whatever is young, stays. Twice is as once."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner
from django.conf import settings

from tests.casework import sample_files as f
from tests.casework.support import TestWorld
from tests.casework.telling import staff, tell, world_of
from tests.documents import stories
from yifa.casework import documents, tasks
from yifa.casework.audit import faults
from yifa.casework.kept import files
from yifa.casework.materials import Upload, perform_with, take
from yifa.casework.models import EventRow, Material
from yifa.casework.requests import Ask, Done, NotDone
from yifa.casework.sweep import orphans, sweep
from yifa.cli import main
from yifa.language.acts import Command
from yifa.platform.files import sha256

pytestmark = pytest.mark.django_db(transaction=True)
ONE, TWO = Upload("一.png", f.png()), Upload("二.pdf", f.pdf())


@pytest.fixture
def world() -> TestWorld:
    return world_of(stories.WITHDRAWN)


@pytest.fixture
def case(world: TestWorld) -> UUID:
    return tell(stories.WITHDRAWN, world, 2)


def place(address: str) -> Path:
    return Path(settings.VAR) / "files" / address[:2] / address[2:]


def old(*contents: bytes, days: int = 40) -> None:
    """As if they had been put so many days ago."""
    when = time.time() - days * 86_400
    for content in contents:
        os.utime(place(sha256(content)), (when, when))


def refused(case: UUID, world: TestWorld, *uploads: Upload) -> None:
    command = Command("submit_supplement", world.now().date(), {"received_on": world.now().date()})
    answer = perform_with(Ask(command, staff("gz-sfj"), "r", "reconsideration", case), uploads, world)
    assert isinstance(answer, NotDone)


def test_what_a_refused_act_left_goes_after_its_days(case: UUID, world: TestWorld) -> None:
    refused(case, world, ONE)
    assert sweep(world) == []
    old(ONE.content)
    assert sweep(world) == [], "the row says when it was taken in"
    world.moment += timedelta(days=31)
    assert orphans(world) == [sha256(ONE.content)]
    assert sweep(world) == [sha256(ONE.content)]
    assert sweep(world) == []
    assert not Material.objects.exists()
    assert not place(sha256(ONE.content)).exists()


def test_what_an_act_names_stays_however_old(case: UUID, world: TestWorld) -> None:
    done = perform_with(
        Ask(Command("take_materials", world.now().date()), staff("gz-sfj"), "t", "reconsideration", case),
        (ONE, TWO),
        world,
    )
    assert isinstance(done, Done)
    paper = documents.produce(case, 1, "acceptance_notice", world)
    old(ONE.content, TWO.content, documents.content_of(paper), days=4000)
    world.moment += timedelta(days=4000)
    assert sweep(world) == []
    assert not list(faults(world))


def test_a_document_that_could_not_be_frozen_goes_too(case: UUID, world: TestWorld) -> None:
    address = files().put(b"%PDF of nobody")
    old(b"%PDF of nobody")
    assert sweep(world) == [address]


def test_put_again_it_is_young(case: UUID, world: TestWorld) -> None:
    files().put(b"again")
    old(b"again")
    files().put(b"again")
    assert sweep(world) == []


def test_whoever_takes_it_in_at_the_same_moment_finds_it_kept(case: UUID, world: TestWorld) -> None:
    """Once the sweep has judged, an upload of the same bytes comes; row and file are young again."""
    refused(case, world, ONE)
    old(ONE.content)
    world.moment += timedelta(days=31)
    assert orphans(world) == [sha256(ONE.content)]
    assert take((ONE,), world)
    assert sweep(world) == []
    assert files().get(sha256(ONE.content)) == ONE.content


def test_a_row_without_its_file_and_a_half_written_file_go(case: UUID, world: TestWorld) -> None:
    refused(case, world, ONE)
    files().remove(sha256(ONE.content))
    world.moment += timedelta(days=31)
    half = place(sha256(b"x")).with_name(".0123456789abcdef")
    half.parent.mkdir(parents=True, exist_ok=True)
    half.write_bytes(b"half")
    assert sweep(world) == [sha256(ONE.content)]
    os.utime(half, (0, 0))
    assert sweep(world) == [half.name]
    assert not half.exists()


def test_nothing_goes_while_an_act_does_not_open(case: UUID, world: TestWorld) -> None:
    perform_with(
        Ask(Command("take_materials", world.now().date()), staff("gz-sfj"), "t", "reconsideration", case),
        (ONE,),
        world,
    )
    old(ONE.content)
    files().put(b"of nobody")
    old(b"of nobody")
    EventRow.objects.filter(case_id=case, action="take_materials").update(payload=bytes(60))
    done = CliRunner().invoke(main, ["casework", "sweep"])
    assert done.exit_code == 1
    assert "没有清理任何文件" in done.output
    assert files().has(sha256(b"of nobody"))


def test_command_and_nightly_task(case: UUID, world: TestWorld) -> None:
    for content in (b"a", b"b"):
        files().put(content)
        old(content)
    listed = CliRunner().invoke(main, ["casework", "sweep", "--dry-run"]).output
    assert "可清理2个文件" in listed
    assert (
        "可清理0个文件" in CliRunner().invoke(main, ["casework", "sweep", "--dry-run", "--days", "50"]).output
    )
    old(b"b", days=2)
    assert "已清理1个文件" in CliRunner().invoke(main, ["casework", "sweep"]).output
    old(b"b")
    task: Any = tasks.sweep
    task(timestamp=0)
    assert list(files().addresses()) == []


# ------------------------------------------------------------------------------ verification of what is stored


@pytest.mark.parametrize("damage", ["remove", "cut", "other"])
def test_a_missing_or_altered_file_is_named_with_case_and_act(
    case: UUID, world: TestWorld, damage: str
) -> None:
    done = perform_with(
        Ask(Command("take_materials", world.now().date()), staff("gz-sfj"), "t", "reconsideration", case),
        (ONE, TWO),
        world,
    )
    assert isinstance(done, Done)
    paper = documents.produce(case, 1, "acceptance_notice", world)
    for address, seq, what in (
        (sha256(TWO.content), done.seq, "第2份材料的文件"),
        (bytes(paper.sha256).hex(), paper.frozen_seq, "文书“行政复议受理通知书”的文件"),
    ):
        path = place(address)
        whole = path.read_bytes()
        {"remove": path.unlink, "cut": lambda p=path, w=whole: p.write_bytes(w[:-1]),
         "other": lambda p=path: p.write_bytes(place(sha256(ONE.content)).read_bytes())}[damage]()  # fmt: skip
        ((the_case, at, told),) = list(faults(world))
        assert (the_case, at) == (case, seq)
        assert told.startswith(what)
        assert ("缺失" in told) is (damage == "remove")
        output = CliRunner().invoke(main, ["casework", "verify"])
        assert output.exit_code == 1
        assert f"案件 {case} 第{seq}步：{what}" in output.output
        path.write_bytes(whole)
    assert not list(faults(world))
