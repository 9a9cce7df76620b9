"""期初建账: running cases from a table; their clocks run on, every mistake at once, nothing half applied, read twice is once."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework import selectors
from yifa.casework.access import handlers_of
from yifa.casework.audit import faults
from yifa.casework.cells import COLUMNS, RowProblem
from yifa.casework.models import Case, EventRow, NumberGiven, NumberSeries, PartyKey
from yifa.casework.requests import Answer, Done
from yifa.casework.selectors import File, Reader
from yifa.casework.takeover import TakenOver, take_over
from yifa.casework.world import SystemWorld
from yifa.cli import main
from yifa.language.acts import Actor
from yifa.people.models import Organ, User
from yifa.people.services import add_membership, add_user
from yifa.platform import sheets

pytestmark = pytest.mark.django_db(transaction=True)
GOOD = {
    "line": "行政复议", "organ": "某市", "case_no": "穗府行复〔2024〕7号", "on": "2024-03-01", "stage": "审理中",
    "parties": "申请人=测试甲；被申请人=某局", "handlers": "", "facts": "accepted_on=2024-02-06；procedure=ordinary",
    "clocks": "审理期限=2024-02-06", "met": "发送副本", "gaps": "收件登记；受理审批单",
}  # fmt: skip


@pytest.fixture
def user() -> User:
    made: dict[str, Any] = {"level": "city", "kind": "government", "valid_from": date(2000, 1, 1)}
    for code, name in (("gz", "某市"), ("yx", "某区")):
        Organ.objects.create(code=code, name=name, **made)
    who = add_user("zhang", "测试张")
    assert isinstance(who, User)
    add_membership(who, Organ.objects.get(code="gz"), "section_head", date(2020, 1, 1))
    return who


@pytest.fixture
def now(world: TestWorld) -> TestWorld:
    world.moment = timezone.make_aware(datetime(2024, 3, 1, 9))
    return world


def table(*rows: dict[str, str], columns: dict[str, str] = COLUMNS) -> bytes:
    return sheets.to_csv(list(columns.values()), [[row.get(name, "") for name in columns] for row in rows])


def read(user: User, world: TestWorld, *rows: dict[str, str], **options: Any) -> TakenOver:
    return take_over("案件.csv", table(*rows), user, world, **options)


def said(found: TakenOver) -> list[tuple[int, str, str]]:
    return [(p.row, p.column, p.why) for p in found.problems]


def test_a_running_case_goes_on_where_it_was(user: User, now: TestWorld) -> None:
    assert read(user, now, GOOD) == TakenOver(1, 0, ())
    case = Case.objects.get()
    assert (case.number, case.stage, case.organ, case.version) == (
        "穗府行复〔2024〕7号",
        "reviewing",
        "gz",
        "2023",
    )
    clock = case.clocks.get()
    assert (clock.clock, clock.start, clock.due, clock.state) == (
        "review_decision",
        "2024-02-06",
        "2024-04-07",
        "running",
    )
    reader = Reader(Actor(str(user.pk), frozenset({"section_head"}), "gz"))
    found = selectors.open_file(reader, case.id, now)
    assert isinstance(found, File)
    assert {(p.role, p.name) for p in found.parties} == {("applicant", "测试甲"), ("respondent", "某局")}
    told = {v.path: v.text for v in found.entries[0].values}
    assert (told["gaps.0"], told["parties.0"]) == ("收件登记", "测试甲：applicant")
    assert PartyKey.objects.filter(kind="name").count() == 2
    assert not list(faults(now))


def test_the_series_goes_on_behind_the_numbers_taken_over(
    user: User, now: TestWorld, act: Callable[..., Answer]
) -> None:
    assert read(user, now, GOOD, {**GOOD, "case_no": "旧字第3号"}).done == 2
    done = act("receive_application", "2024-03-01", **application("2024-03-01"))
    assert isinstance(done, Done)
    assert done.number == "穗府行复〔2024〕8号"
    assert NumberSeries.objects.get().last == 8
    assert not list(faults(now))  # below what was taken over, numbers may be missing; above, none


def test_a_number_missing_above_those_taken_over_is_a_fault(
    user: User, now: TestWorld, act: Callable[..., Answer]
) -> None:
    assert read(user, now, GOOD).done == 1
    assert act("receive_application", "2024-03-01", **application("2024-03-01"))
    NumberSeries.objects.update(last=9)
    assert any("编号不连续" in fault.what for fault in faults(now))


def test_read_again_nothing_happens_and_other_contents_are_a_mistake(user: User, now: TestWorld) -> None:
    assert read(user, now, GOOD).done == 1
    now.moment = timezone.make_aware(datetime(2024, 3, 5, 9))
    assert read(user, now, GOOD) == TakenOver(0, 1, ())
    found = read(user, now, {**GOOD, "stage": "中止"}, {**GOOD, "case_no": "旧字第4号"})
    assert said(found) == [(2, "案号", "该案已经按另外的内容建账")]
    assert (found.done, Case.objects.count(), EventRow.objects.count()) == (0, 1, 1)


@pytest.mark.parametrize(
    ("change", "column", "why"),
    [
        ({"line": "钓鱼"}, "条线", "没有这一业务条线"), ({"line": ""}, "条线", "没有填写"), ({"organ": "月球局"}, "承办机关", "没有这一机关"),
        ({"organ": "某区"}, "承办机关", "您在该机关没有职务，不能为其建账"), ({"case_no": ""}, "案号", "没有填写"),
        ({"case_no": "号" * 61}, "案号", "超过60个字"), ({"on": "昨天"}, "建账日期", "不是有效的日期"),
        ({"on": "2024-02-30"}, "建账日期", "不是有效的日期"), ({"on": "2024-03-02"}, "建账日期", "晚于今天"),
        ({"stage": "睡觉"}, "阶段", "没有这一阶段"), ({"parties": ""}, "当事人", "没有填写"), ({"parties": "测试甲"}, "当事人", "有一项不成对"),
        ({"parties": "国王=测试甲"}, "当事人", "没有这一当事人角色"), ({"parties": "申请人=甲；第三人=甲"}, "当事人", "同一当事人出现了两次"),
        ({"facts": "颜色=红"}, "事实", "没有“颜色”这一事实"), ({"clocks": "寿命=2024-02-06"}, "期限", "没有这一期限"),
        ({"clocks": "审理期限=昨天"}, "期限", "不是有效的日期"), ({"clocks": "审理期限=2024-02-06+三十"}, "期限", "延长的日数不是整数"),
        ({"clocks": "审理期限@测试乙=2024-02-06"}, "期限", "期限所指的人不在当事人一栏"), ({"gaps": ""}, "缺失的记录", "没有填写"),
        ({"clocks": "履行期限=2024-02-06"}, "期限", "无法推算“履行期限”的长短"), ({"met": "寿命"}, "已办结的期限", "没有这一期限"),
    ],
)  # fmt: skip
def test_each_mistake_says_where_why_and_what_to_do(
    user: User, now: TestWorld, change: dict[str, str], column: str, why: str
) -> None:
    found = read(user, now, {**GOOD, "case_no": "旧字第1号"}, {**GOOD, **change})
    assert (3, column, why) in said(found)
    assert all(problem.what_to_do for problem in found.problems)
    assert not Case.objects.exists()
    assert not NumberSeries.objects.exists()


def test_every_mistake_of_every_row_at_once(user: User, now: TestWorld) -> None:
    found = read(
        user,
        now,
        {**GOOD, "stage": "睡觉", "gaps": ""},
        GOOD,
        {**GOOD, "on": "昨天"},
        {**GOOD, "clocks": "审理期限=x"},
        GOOD,
    )
    assert [(p.row, p.column) for p in found.problems] == [
        (2, "缺失的记录"), (2, "阶段"), (4, "建账日期"), (5, "期限"), (6, "案号"),
    ]  # fmt: skip


def test_the_right_rows_alone_if_asked_for(user: User, now: TestWorld) -> None:
    found = read(
        user,
        now,
        GOOD,
        {**GOOD, "case_no": "旧字第2号", "clocks": "履行期限=2024-02-06"},
        {**GOOD, "case_no": "旧字第3号"},
        partial=True,
    )
    assert (found.done, len(found.problems)) == (2, 1)
    assert set(Case.objects.values_list("number", flat=True)) == {"穗府行复〔2024〕7号", "旧字第3号"}
    assert not list(faults(now))


def test_a_number_that_a_case_already_has(user: User, now: TestWorld, act: Callable[..., Answer]) -> None:
    done = act("receive_application", "2024-03-01", **application("2024-03-01"))
    assert isinstance(done, Done)
    found = read(user, now, {**GOOD, "case_no": done.number or ""})
    assert said(found) == [(2, "案号", f"案号“{done.number}”已经有案件使用")]


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({k: v for k, v in COLUMNS.items() if k != "gaps"}, "缺少这一列"), ({**COLUMNS, "colour": "颜色"}, "没有这一列"),
        ({**COLUMNS, "again": "阶段"}, "这一列出现了两次"),
    ],
)  # fmt: skip
def test_the_heading(user: User, now: TestWorld, columns: dict[str, str], problem: str) -> None:
    found = take_over("x.csv", table(GOOD, columns=columns), user, now)
    assert problem in [p.why for p in found.problems]
    assert not Case.objects.exists()


def test_a_file_that_is_no_table(user: User, now: TestWorld) -> None:
    for data in (b"PK\x03\x04nonsense", b"", b"\xff\xfe\xff"):
        found = take_over("x.xlsx", data, user, now)
        assert [p.column for p in found.problems] == ["文件"]


def test_a_spreadsheet_reads_like_a_text_table(user: User, now: TestWorld) -> None:
    row = {**GOOD, "on": "2024年3月1日", "handlers": "甲、乙"}
    data = sheets.to_xlsx("案件", list(COLUMNS.values()), [[row[name] for name in COLUMNS]])
    assert take_over("案件.xlsx", data, user, now).done == 1
    assert Case.objects.get().facts["handlers"] == ["甲", "乙"]


AID = {"line": "法律援助", "organ": "某市", "case_no": "穗援〔2024〕7号", "on": "2024-03-01", "stage": "承办",
       "parties": "受援人=测试甲", "facts": "", "clocks": "", "met": "", "gaps": "申请"}  # fmt: skip


def test_who_handles_a_case_stands_where_its_line_looks_for_them(user: User, now: TestWorld) -> None:
    found = read(user, now, {**AID, "handlers": "律师甲"})
    assert found.done == 1, found.problems
    row = Case.objects.get()
    assert row.facts["person"] == "律师甲"
    assert "handlers" not in row.facts
    assert handlers_of(row) == {"律师甲"}


def test_a_case_that_one_person_handles_is_not_taken_over_by_two(user: User, now: TestWorld) -> None:
    assert said(read(user, now, {**AID, "handlers": "律师甲、律师乙"})) == [
        (2, "承办人", "该条线的案件由一人承办")
    ]


def test_codes_do_as_well_as_titles(user: User, now: TestWorld) -> None:
    row = {**GOOD, "line": "reconsideration", "organ": "gz", "stage": "reviewing", "parties": "applicant:测试甲\nrespondent：某局",
           "clocks": "review_decision=2024-02-06+30"}  # fmt: skip
    assert read(user, now, row).done == 1
    assert Case.objects.get().clocks.get().due == "2024-05-06"


def test_mistakes_do_not_repeat_what_stands_in_the_table(user: User, now: TestWorld) -> None:
    found = read(user, now, {**GOOD, "parties": "国王=测试甲", "gaps": ""})
    assert "测试甲" not in str(found)
    assert RowProblem._fields == ("row", "column", "why", "what_to_do")


def test_the_command(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SystemWorld, "now", lambda self: timezone.make_aware(datetime(2024, 3, 1, 9)))
    file = tmp_path / "案件.csv"
    file.write_bytes(table({**GOOD, "stage": "睡觉"}))
    done = CliRunner().invoke(main, ["casework", "import", str(file), "--by", "zhang"])
    assert done.exit_code == 1
    assert "✗ 第2行 阶段：没有这一阶段。可用的有：" in done.output
    assert "没有接收任何案件" in done.output
    file.write_bytes(table(GOOD))
    done = CliRunner().invoke(main, ["casework", "import", str(file), "--by", "zhang"])
    assert (done.exit_code, done.output) == (0, "已接收1件，此前已接收0件\n")
    assert CliRunner().invoke(main, ["casework", "import", str(file), "--by", "nobody"]).exit_code == 1
    assert NumberGiven.objects.count() == 1
