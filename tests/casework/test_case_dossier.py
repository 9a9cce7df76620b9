"""The case file as one PDF: everything in its place, the index whole, what is missing said on a page."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner

from tests.casework import sample_files as f
from tests.casework.support import TestWorld
from tests.casework.telling import staff, tell, world_of
from tests.documents import stories
from tests.documents.pdf_reading import page_texts, reader, squeezed
from yifa.casework import dossier
from yifa.casework.materials import Upload, perform_with
from yifa.casework.models import Case, Paper
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.commands import casework as commands
from yifa.language.acts import Actor, Command
from yifa.people.models import Access, Organ, User
from yifa.people.permissions import Denied

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> TestWorld:
    return world_of(stories.REFUSED)


@pytest.fixture
def case(world: TestWorld) -> UUID:
    """A refused application with three materials."""
    case = tell(stories.REFUSED, world, 1)
    uploads = [
        Upload("行政复议申请书.pdf", f.pdf(2)),
        Upload("身份证.png", f.png()),
        Upload("说明.docx", f.word()),
    ]
    command = Command("take_materials", world.now().date(), {})
    ask = Ask(command, staff("gz-sfj"), str(uuid4()), "reconsideration", case)
    assert isinstance(perform_with(ask, uploads, world), Done)
    for step in stories.REFUSED.steps[1:]:
        from tests.casework.telling import do

        do(stories.REFUSED, step, world, case)
    return case


def bound(case: UUID, world: TestWorld) -> bytes:
    return dossier.bind(Case.objects.get(id=case), world)


def outline(pdf: bytes) -> list[str]:
    return [str(entry.title) for entry in reader(pdf).outline]  # type: ignore[union-attr]


def test_the_file_holds_everything_in_the_order_of_the_case(case: UUID, world: TestWorld) -> None:
    pdf = bound(case, world)
    assert outline(pdf) == [
        "封面", "卷内文件目录", "收件回执", "行政复议申请书", "身份证", "说明", "不予受理决定书",
        "送达回证（《不予受理决定书》，张示例）",
    ]  # fmt: skip
    pages = page_texts(pdf)
    for words in (
        "广州市人民政府",
        "行政复议案卷",
        "穗府行复〔2024〕1号",
        "张示例",
        "广州市示例管理局",
        "不予受理",
        "2024年4月10日",
    ):
        assert squeezed(words) in pages[0]
    assert "本卷共6件" in pages[0]


def test_the_index_gives_the_pages_on_which_things_stand(case: UUID, world: TestWorld) -> None:
    pdf = bound(case, world)
    pages = page_texts(pdf)
    front = next(n for n, text in enumerate(pages) if "第1页" in text)
    assert "行政复议申请书2024年4月10日2-3" in pages[1]
    assert "第2页" in pages[front + 1]
    assert "第3页" in pages[front + 2]


def test_what_cannot_be_drawn_has_a_page_that_says_so(case: UUID, world: TestWorld) -> None:
    (page,) = [text for text in page_texts(bound(case, world)) if "另行保存" in text]
    assert "docx文件" in page
    assert squeezed("SHA-256") in page


def test_what_is_lost_has_a_page_that_says_so(case: UUID, world: TestWorld, settings: Any) -> None:
    bound(case, world)
    for path in (Path(settings.VAR) / "files").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00" * 64)
    pages = page_texts(bound(case, world))
    assert sum("已经缺失或者被改动" in text for text in pages) == 5


def test_an_incomplete_document_has_a_page_that_says_what_it_lacks(world: TestWorld) -> None:
    world = world_of(stories.WITHDRAWN)
    case = tell(stories.WITHDRAWN, world, 2)
    command = Command("extend_review", world.now().date(), {"days": 30})
    assert perform(Ask(command, staff("gz-sfj"), "k", "reconsideration", case), world)
    pages = page_texts(bound(case, world))
    assert any(squeezed("内容尚未补齐：缺少“延期理由”（reason）") in text for text in pages)


def test_binding_makes_what_was_not_made_yet_and_only_once(case: UUID, world: TestWorld) -> None:
    assert not Paper.objects.exists()
    bound(case, world)
    made = set(Paper.objects.values_list("sha256", flat=True))
    assert len(made) == 3
    bound(case, world)
    assert set(Paper.objects.values_list("sha256", flat=True)) == made


def test_a_legal_aid_file_has_a_cover_of_its_own() -> None:
    world = world_of(stories.GRANTED)
    case = tell(stories.GRANTED, world)
    (cover, *_rest) = page_texts(bound(case, world))
    for words in ("广州市法律援助处", "法律援助案卷", "钱示例", "请求支付劳动报酬", "已付补贴"):
        assert squeezed(words) in cover
    assert "被申请人" not in cover


# ------------------------------------------------------------------------------------------ who may, and how


def actor(role: str) -> Actor:
    if not Organ.objects.exists():
        Organ.objects.create(code="gz-sfj", name="局", level="city", kind="justice", valid_from="2000-01-01")
    user = User.objects.create(login=role, display_name=role)
    return Actor(str(user.pk), frozenset({role}), "gz-sfj")


def test_taking_the_file_out_wants_the_right_to_and_is_recorded(case: UUID, world: TestWorld) -> None:
    row = Case.objects.get(id=case)
    assert dossier.open_dossier(actor("window_clerk"), row, world) == Denied("verb")
    assert not Access.objects.exists()
    head = actor("section_head")
    assert isinstance(dossier.open_dossier(head, row, world), bytes)
    assert [(str(a.actor_id), a.reason) for a in Access.objects.all()] == [(head.id, "导出电子卷宗")]


def test_the_command_writes_the_file(case: UUID, tmp_path: Path) -> None:
    out = tmp_path / "卷宗.pdf"
    number = Case.objects.get(id=case).number
    found = CliRunner().invoke(commands.command, ["dossier", number, "--out", str(out)])
    assert found.exit_code == 0, found.output
    assert "卷宗.pdf" in found.output
    assert len(outline(out.read_bytes())) == 8


def test_the_command_says_when_there_is_no_such_case(tmp_path: Path) -> None:
    found = CliRunner().invoke(commands.command, ["dossier", "某号", "--out", str(tmp_path / "x.pdf")])
    assert found.exit_code == 1
    assert "没有案号为“某号”的案件" in found.output
    assert not (tmp_path / "x.pdf").exists()
