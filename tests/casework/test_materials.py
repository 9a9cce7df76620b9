"""Materials: looked at before they are kept, kept once, evidenced in the act, read back with permission and on record."""

import os
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework import sample_files as f
from tests.casework.support import TestWorld
from tests.casework.telling import staff, tell, world_of
from tests.documents import stories
from yifa.casework import materials, matters
from yifa.casework.audit import faults
from yifa.casework.documents import Opened, files
from yifa.casework.materials import Kept, Upload, checklist, of_log, open_material, perform_with, take
from yifa.casework.models import Case, EventRow, Material
from yifa.casework.requests import Answer, Ask, Done, NotDone
from yifa.documents.reconsideration.case import materials as listed
from yifa.language.acts import Actor, Command
from yifa.language.messages import kernel_catalogue, render
from yifa.ledger.commitments import unpack
from yifa.people.models import Access, Organ, User
from yifa.people.permissions import Denied
from yifa.platform import config, crypto, rotation
from yifa.platform.files import FileDamagedError, FileLostError, sha256

pytestmark = pytest.mark.django_db(transaction=True)
CARD = Upload("张示例身份证.png", f.png(), "identity")
FORM = Upload("行政复议申请书.pdf", f.pdf(2), "application")
PROOF = Upload("进货票据.jpg", f.jpeg(), "evidence")


@pytest.fixture
def world() -> TestWorld:
    return world_of(stories.WITHDRAWN)


@pytest.fixture
def case(world: TestWorld) -> UUID:
    return tell(stories.WITHDRAWN, world, 2)


def submit(case: UUID, world: TestWorld, *uploads: Upload) -> Answer:
    command = Command("take_materials", world.now().date(), {"party": "p-zhang"})
    return perform_with(Ask(command, staff("gz-sfj"), str(uuid4()), "reconsideration", case), uploads, world)


def filed(case: UUID, world: TestWorld) -> list[materials.Filed]:
    return of_log(matters.log_of(Case.objects.get(id=case), world))


def on_disk(tmp_path: Path) -> list[Path]:
    return [p for p in (tmp_path / "own" / "files").rglob("*") if p.is_file()]


def test_what_is_taken_in_stands_in_the_act_with_its_hash(case: UUID, world: TestWorld) -> None:
    done = submit(case, world, CARD, PROOF)
    assert isinstance(done, Done)
    first, second = filed(case, world)
    assert first == (done.seq, 0, world.now().date(), "甲", Kept(sha256(CARD.content), CARD.name, "identity", "image/png", len(CARD.content)))  # fmt: skip
    assert (second.place, second.kept.name) == (1, PROOF.name)
    row = EventRow.objects.get(case_id=case, seq=done.seq)
    assert "fact.materials" in unpack(bytes(row.commitments))
    assert list(faults(world)) == []


def test_an_application_brings_its_materials_with_it(world: TestWorld) -> None:
    start = stories.WITHDRAWN.steps[0]
    command = Command(start.action, world.now().date(), start.data)
    ask = Ask(command, staff("gz-sfj"), "k", "reconsideration", None, "gz-sfj", attached={"documents": {}})
    done = perform_with(ask, (FORM, CARD), world)
    assert isinstance(done, Done)
    case = Case.objects.get(id=done.case)
    log = matters.log_of(case, world)
    assert [x.kept.name for x in of_log(log)] == [FORM.name, CARD.name]
    # the receipt lists what came, by the names given and by the files
    receipt = matters.matter_of(case, log, 0, "receipt", world)

    assert CARD.name in listed(receipt)


def test_names_and_contents_are_not_readable_in_tables_or_on_the_disk(
    case: UUID, world: TestWorld, tmp_path: Path
) -> None:
    submit(case, world, CARD)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(row_to_json(e)::text, '') FROM casework_event e UNION ALL "
            "SELECT string_agg(row_to_json(m)::text, '') FROM casework_material m"
        )
        assert not any("身份证" in (row[0] or "") for row in cursor.fetchall())
    assert all(b"PNG" not in p.read_bytes() for p in on_disk(tmp_path))


def test_one_bad_file_keeps_all_out_and_every_reason_is_told(
    case: UUID, world: TestWorld, tmp_path: Path
) -> None:
    bad = (Upload("申请书.pdf", f.png()), CARD, Upload("密.pdf", f.pdf(password="x")))
    answer = submit(case, world, *bad)
    assert isinstance(answer, NotDone)
    assert [p.code for p in answer.problems] == ["upload_pretends", "upload_encrypted"]
    assert (
        render(answer.problems[0], kernel_catalogue())
        == "“申请书.pdf”的内容不是PDF。请核对文件，不要更改扩展名"
    )
    assert filed(case, world) == []
    assert on_disk(tmp_path) == []
    assert not Material.objects.exists()


def test_the_size_is_limited_by_the_setting(case: UUID, world: TestWorld, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 100
    answer = submit(case, world, FORM)
    assert isinstance(answer, NotDone)
    assert [p.code for p in answer.problems] == ["upload_too_large"]


def test_the_same_file_in_two_acts_lies_once(case: UUID, world: TestWorld, tmp_path: Path) -> None:
    submit(case, world, CARD, Upload("另一个名字.png", CARD.content))
    submit(case, world, CARD)
    assert len(on_disk(tmp_path)) == 1
    assert Material.objects.count() == 1
    assert [x.kept.name for x in filed(case, world)] == [CARD.name, "另一个名字.png", CARD.name]


def test_files_move_to_a_new_key_with_the_rest(
    case: UUID, world: TestWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(case, world, CARD, PROOF)
    old = config.Config(os.environ)[config.DATA_KEYS]
    keys = [b"\x44" * 32, *old]
    monkeypatch.setenv("YIFA_DATA_KEYS", ",".join(key.hex() for key in keys))
    crypto.vault.cache_clear()
    try:
        assert rotation.remaining()["files"] == 2
        assert [p.done for p in rotation.rotate() if p.table == "files"] == [2]
        assert rotation.remaining()["files"] == 0
        assert files().get(sha256(CARD.content)) == CARD.content
    finally:
        crypto.vault.cache_clear()


def test_a_refused_act_leaves_the_file_but_no_word_of_it(
    case: UUID, world: TestWorld, tmp_path: Path
) -> None:
    """The file is durable first: if the act then fails, it lies there unnamed. The other order could lose it."""
    command = Command("submit_supplement", world.now().date(), {"received_on": world.now().date()})
    answer = perform_with(Ask(command, staff("gz-sfj"), "k", "reconsideration", case), (CARD,), world)
    assert isinstance(answer, NotDone)
    assert filed(case, world) == []
    assert len(on_disk(tmp_path)) == 1


def test_the_checklist_says_what_is_still_wanted(case: UUID, world: TestWorld) -> None:
    before = {w.item: w.there for w in checklist("reconsideration", filed(case, world))}
    assert before == dict.fromkeys(("application", "identity", "act", "authority", "evidence"), False)
    submit(case, world, CARD, FORM)
    after = {w.item for w in checklist("reconsideration", filed(case, world)) if w.there}
    assert after == {"application", "identity"}
    assert [w.title for w in checklist("legal_aid", [])][:1] == ["法律援助申请表"]
    assert checklist("no_such_line", []) == []


def test_taking_takes_one_statement_however_many_files(world: TestWorld) -> None:
    for count in (1, 5):
        uploads = [Upload(f"{n}.pdf", f.pdf(text=str(n))) for n in range(count)]
        with CaptureQueriesContext(connection) as queries:
            assert len(take(uploads, world)) == count
        assert len([q for q in queries if q["sql"].startswith("INSERT")]) == 1
        assert len(queries) == 3  # with the transaction around it


def test_listing_takes_one_statement_however_many_acts(case: UUID, world: TestWorld) -> None:
    for _ in range(3):
        submit(case, world, CARD, FORM)
    row = Case.objects.get(id=case)
    with CaptureQueriesContext(connection) as queries:
        assert len(of_log(matters.log_of(row, world))) == 6
    assert len(queries) == 1


# ------------------------------------------------------------------------------------------------ opening


@pytest.fixture
def clerk() -> Actor:
    Organ.objects.create(code="gz-sfj", name="局", level="city", kind="justice", valid_from="2000-01-01")
    user = User.objects.create(login="clerk", display_name="收件")
    return Actor(str(user.pk), frozenset({"window_clerk"}), "gz-sfj")


def test_opening_is_recorded_and_gives_what_was_put_in(case: UUID, world: TestWorld, clerk: Actor) -> None:
    done = submit(case, world, CARD, PROOF)
    assert isinstance(done, Done)
    opened = open_material(clerk, case, done.seq, 1, world)
    assert opened == Opened(PROOF.name, PROOF.content, sha256(PROOF.content))
    (access,) = Access.objects.all()
    assert (access.case, access.reason) == (str(case), f"材料：第{done.seq}步 第2份")
    open_material(clerk, case, done.seq, 0, world, "核对身份")
    assert Access.objects.count() == 2


def test_without_permission_nothing_is_shown_and_nothing_recorded(
    case: UUID, world: TestWorld, clerk: Actor
) -> None:
    submit(case, world, CARD)
    assert open_material(clerk._replace(organ="gz-aid"), case, 2, 0, world) == Denied("case")
    assert open_material(clerk._replace(roles=frozenset({"finance"})), case, 2, 0, world) == Denied("verb")
    assert not Access.objects.exists()


def test_a_material_that_is_not_there(case: UUID, world: TestWorld, clerk: Actor) -> None:
    found = open_material(clerk, case, 0, 3, world)
    assert isinstance(found, NotDone)
    assert render(found.problems[0], kernel_catalogue()) == "本案第0步没有第4份材料。请从案卷目录中选择材料"


def test_a_lost_or_changed_file_is_an_error_and_never_shown(
    case: UUID, world: TestWorld, clerk: Actor, tmp_path: Path
) -> None:
    done = submit(case, world, CARD)
    assert isinstance(done, Done)
    (path,) = on_disk(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-3])
    with pytest.raises(FileDamagedError):
        open_material(clerk, case, done.seq, 0, world)
    path.unlink()
    with pytest.raises(FileLostError):
        open_material(clerk, case, done.seq, 0, world)
