"""Tables in and out: encodings, spreadsheets, cells; every mistake of an import at once; exports read back; nothing half applied."""

import io
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter

from tests.registers.support import CODE, HEAD, LIST, SYSTEM, D, at, enter
from tests.registers.test_door import organs
from yifa.language.acts import Actor, Problem
from yifa.platform import sheets
from yifa.registers import selectors
from yifa.registers.exporting import export, export_public
from yifa.registers.fields import Column, columns, form, read_cell, write_cell
from yifa.registers.importing import Imported, load, merge
from yifa.registers.models import Change
from yifa.registry import Owned

pytestmark = pytest.mark.django_db(transaction=True)
DAY = D("2024-03-01")
OWNED = Owned("test", "测试", LIST)
HEADER = "编号,姓名,证件号码,级别,件数,入行日期,专长,起始日期,状态"
LINE_1 = "1,测试甲,44010619900101123X,senior,3,2015/5/5,劳动、婚姻,2020年1月1日,在册"
LINE_2 = "2,测试乙,,,,,,2021-01-01,停用"


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines).encode(encoding)


def load_(data: bytes, day: str = "2024-03-01", actor: Actor = SYSTEM, **more: Any) -> Imported:
    return load(CODE, "名单.csv", data, actor, at(day), **more)


def rows(day: str = "2024-03-01") -> dict[str, dict[str, Any]]:
    return {row["number"]: row for row in selectors.rows(CODE, D(day), personal=True)}


# ------------------------------------------------------------------------------ reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_every_usual_encoding(encoding: str) -> None:
    assert load_(csv(HEADER, LINE_1, LINE_2, encoding=encoding)) == Imported(2, 0, 0)
    found = rows()
    assert (found["1"]["name"], found["1"]["skills"], found["1"]["since"]) == (
        "测试甲",
        ["劳动", "婚姻"],
        D("2015-05-05"),
    )
    assert (found["1"]["rank"], found["1"]["cases"], found["1"]["state"]) == ("senior", 3, "on")
    assert (found["2"]["id_no"], found["2"]["cases"], found["2"]["state"]) == (None, 0, "off")


def spreadsheet() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADER.split(","))
    sheet.write_row(1, 0, ["0001", "测试甲", "44010619900101123X", "senior", 3])
    sheet.write_datetime(1, 5, datetime(2015, 5, 5), day)
    sheet.write_row(1, 6, ["劳动、婚姻"])
    sheet.write_datetime(1, 7, datetime(2020, 1, 1), day)
    sheet.write_row(3, 0, [2, "测试乙"])
    book.close()
    return out.getvalue()


def test_a_spreadsheet() -> None:
    assert load(CODE, "名单.xlsx", spreadsheet(), SYSTEM, at("2024-03-01")) == Imported(2, 0, 0)
    found = rows()
    assert set(found) == {"0001", "2"}
    assert (found["0001"]["since"], found["0001"]["valid_from"]) == (D("2015-05-05"), D("2020-01-01"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\x00\x00\x80", "file_unreadable"), (b"PK\x03\x04nonsense", "file_unreadable"), (b"", "file_empty"),
        (b"\n , \n", "file_empty"), (b'a,"b\n', "file_unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_table(data: bytes, code: str) -> None:
    found = sheets.read("x", data)
    assert isinstance(found, Problem)
    assert found.code == code
    assert load_(data).problems[0].row == 0


# ------------------------------------------------------------------------------ mistakes

MISTAKES: list[tuple[list[str], list[tuple[int, str, str, str]]]] = [
    # lines after the header → (row, column, value, beginning of why)
    ([",测试甲"], [(2, "编号", "", "缺少“编号”")]),
    (["1,测试甲,123"], [(2, "证件号码", "***", "“证件号码”填写有误")]),
    (["1,测试甲,,king"], [(2, "级别", "king", "“级别”应为：")]),
    (["1,测试甲,,,-3"], [(2, "件数", "-3", "“件数”填写有误：不得小于0")]),
    (["1,测试甲,,,三"], [(2, "件数", "三", "“件数”填写有误：应为整数")]),
    (["1,测试甲,,,,2015-13-01"], [(2, "入行日期", "2015-13-01", "“入行日期”填写有误：不是有效的日期")]),
    (["1,测试甲,,,,,,,飞走"], [(2, "状态", "飞走", "没有“飞走”这一状态")]),
    (["1,测试甲", "1,测试乙"], [(3, "编号", "1", "与第2行重复")]),
    (["1,测试甲,,,,,,,,多了"], [(2, "", "", "该行比表头多出内容")]),
    (["1,测试甲,,,,,,,离开"], [(2, "state", "", "登记时不能处于“离开”")]),
    (["1,测试甲,,,,,,2030-01-01", ",,,x,y", "3,测试丙,,,,,,,飞走"],
     [(3, "件数", "y", "“件数”填写有误"), (3, "姓名", "", "缺少“姓名”"), (3, "级别", "x", "“级别”应为"),
      (3, "编号", "", "缺少“编号”"), (4, "状态", "飞走", "没有“飞走”")]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), MISTAKES)
def test_every_mistake_at_once_and_nothing_applied(
    lines: list[str], expected: list[tuple[int, str, str, str]]
) -> None:
    done = load_(csv(HEADER, *lines))
    told = [
        (p.row, p.column, p.value, p.why[: len(e[3])]) for p, e in zip(done.problems, expected, strict=True)
    ]
    assert sorted(told) == sorted(expected)
    assert all(p.what_to_do for p in done.problems)
    assert Change.objects.count() == 0


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("编号,姓名,颜色", ["没有名为“颜色”的栏目"]), ("编号,姓名,姓名", ["栏目“姓名”出现两次"]), ("编号", ["缺少必填的栏目“姓名”"]),
        ("颜色", ["没有名为“颜色”的栏目", "缺少必填的栏目“编号”", "缺少必填的栏目“姓名”"]), ("编号,姓名,状态,state", ["栏目“state”出现两次"]),
    ],
)  # fmt: skip
def test_headers(header: str, expected: list[str]) -> None:
    assert [p.why for p in load_(csv(header, "1")).problems] == expected


def test_columns_may_be_named_by_code_too() -> None:
    assert load_(csv("number,name", "1,测试甲", "", "2,测试乙")) == Imported(2, 0, 0)


def test_what_the_door_refuses_is_told_by_row() -> None:
    organs()
    clerk = Actor("7", frozenset({"clerk"}), "gz")
    assert [(p.row, p.why[:9]) for p in load_(csv("编号,姓名", "1,测试甲"), actor=clerk).problems] == [
        (2, "“测试名录”由处（")
    ]
    enter(number="1")
    done = load_(csv("编号,姓名,起始日期", "1,测试甲,2021-01-01"))
    assert [(p.row, p.column, p.value) for p in done.problems] == [(2, "起始日期", "2021-01-01")]
    done = load_(csv("编号,姓名,状态", "1,测试甲,离开"))
    assert [(p.row, p.column, p.why) for p in done.problems] == [
        (2, "离岗日期", "“离开”须填写“离岗日期”（实务规则（无法条）：made up for the tests）")
    ]
    enter(number="2")
    load_(csv("编号,姓名,状态,离岗日期", "2,测试甲,离开,2024-02-01"))
    done = load_(csv("编号,姓名,状态", "2,测试甲,停用"))
    assert [(p.row, p.column, p.why) for p in done.problems] == [
        (2, "状态", "没有从“离开”到“停用”的状态变动")
    ]


# ------------------------------------------------------------------------------ twice, and differently


def test_a_file_read_twice_does_nothing_the_second_time() -> None:
    data = csv(HEADER, LINE_1, LINE_2)
    assert load_(data) == Imported(2, 0, 0)
    assert load_(data, "2024-03-02") == Imported(0, 0, 2)
    assert Change.objects.count() == 2


def test_a_row_that_differs_is_a_change_from_the_day_on() -> None:
    load_(csv(HEADER, LINE_1, LINE_2))
    changed = LINE_1.replace(",3,", ",5,").replace("在册", "停用")
    assert load_(csv(HEADER, changed, LINE_2), on=D("2024-02-01")) == Imported(0, 1, 1)
    assert (rows("2024-01-31")["1"]["cases"], rows("2024-01-31")["1"]["state"]) == (3, "on")
    assert (rows("2024-02-01")["1"]["cases"], rows("2024-02-01")["1"]["state"]) == (5, "off")
    emptied = changed.replace("劳动、婚姻", "")
    assert load_(csv(HEADER, emptied, LINE_2)) == Imported(0, 1, 1)
    assert rows()["1"]["skills"] == []


def test_a_look_writes_nothing() -> None:
    assert load_(csv(HEADER, LINE_1), dry=True) == Imported(1, 0, 0)
    assert Change.objects.count() == 0


def test_rows_that_are_values_already() -> None:
    assert merge(CODE, [{"number": "1", "name": "测试甲"}], SYSTEM, at("2024-03-01")) == Imported(1, 0, 0)
    assert merge(CODE, [{"number": "1", "name": "测试甲"}], SYSTEM, at("2024-03-01")) == Imported(0, 0, 1)
    refused = merge(CODE, [{"number": "2"}], SYSTEM, at("2024-03-01"))
    assert [(p.row, p.column) for p in refused.problems] == [(1, "姓名")]


# ------------------------------------------------------------------------------ cells

CELLS = [
    ("since", "2024.2.6", "2024-02-06"), ("since", "20240206", "2024-02-06"), ("since", "2024-02-06 00:00:00", "2024-02-06"),
    ("since", "昨天", "昨天"), ("cases", "1,200", "1200"), ("cases", "3.0", "3"), ("cases", "3.5", "3.5"), ("rank", "junior", "junior"),
    ("skills", "甲；乙|丙", ["甲", "乙", "丙"]), ("name", "'=1+1", "=1+1"), ("name", "'甲", "'甲"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text", "value"), CELLS)
def test_reading_cells(column: str, text: str, value: Any) -> None:
    found = next(c for c in columns(OWNED) if c.name == column)
    assert read_cell(LIST, found, text) == value


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("否", False), ("TRUE", True), ("0", False), ("也许", "也许")]
)
def test_yes_and_no(text: str, value: Any) -> None:
    column = Column("x", "是否", "yes_no", required=False, personal=False, public=False)
    assert read_cell(LIST, column, text) == value
    if isinstance(value, bool):
        assert read_cell(LIST, column, write_cell(LIST, column, value)) == value


@pytest.mark.parametrize("text", ["=SUM(A1)", "+86", "-1", "@x", "普通"])
def test_no_cell_is_a_formula(text: str) -> None:
    column = next(c for c in columns(OWNED) if c.name == "name")
    cell = write_cell(LIST, column, text)
    assert cell[0] not in "=+-@"
    assert read_cell(LIST, column, cell) == text


def test_pairs() -> None:
    column = Column("x", "成绩", "pairs", required=False, personal=False, public=False)
    assert read_cell(LIST, column, "甲：90、乙:80") == {"甲": "90", "乙": "80"}
    assert write_cell(LIST, column, {"甲": 90, "乙": 80}) == "甲：90、乙：80"
    assert read_cell(LIST, column, "甲") == "甲"


def test_coded_values_are_read_and_written_in_chinese() -> None:
    from yifa.registry import registers

    firms = registers()["permits.firms"]
    column = next(c for c in columns(firms) if c.name == "form")
    assert write_cell(firms.register, column, "joint") == "合伙联营"
    assert read_cell(firms.register, column, "合伙联营") == "joint"


# ------------------------------------------------------------------------------ out


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_whole_comes_back_unchanged(kind: Any) -> None:
    load_(csv(HEADER, LINE_1, LINE_2))
    made = export(CODE, SYSTEM, DAY, kind=kind)
    assert (made.name, made.entries) == (f"测试名录2024-03-01.{kind}", 2)
    assert load(CODE, made.name, made.data, SYSTEM, at("2024-03-02")) == Imported(0, 0, 2)


def text_of(data: bytes) -> list[str]:
    return data.decode("utf-8-sig").splitlines()


def test_personal_columns_go_out_by_right_only() -> None:
    organs()
    enter(unit="gz")
    assert "测试甲" in text_of(export(CODE, HEAD, DAY).data)[1]
    archivist = Actor("7", frozenset({"archivist"}), "gz")
    line = text_of(export(CODE, archivist, DAY).data)[1]
    assert "测**" in line
    assert "测试甲" not in line
    other = text_of(export(CODE, Actor("7", frozenset({"section_head"}), "th"), DAY).data)
    assert other == ["编号,级别,状态", "1,,在册"]


def test_the_public_gets_what_is_public() -> None:
    enter(rank="senior")
    enter(number="2")
    made = export_public(CODE, DAY)
    assert text_of(made.data)[0] == "编号,级别,状态"
    assert made.entries == 2
    assert text_of(export_public(CODE, D("2019-01-01")).data) == ["编号,级别,状态"]


# ------------------------------------------------------------------------------ the form


def test_the_form_of_a_register() -> None:
    made = form("permits.lawyers")
    assert made["title"] == "律师名录"
    assert made["schema"]["properties"]["kind"]["title"] == "类别"
    assert made["schema"]["properties"]["kind"]["x-labels"]["full_time"] == "专职律师"
    assert made["schema"]["properties"]["id_number"]["x-personal"] == "id_number"
    assert {"licence", "name"} <= set(made["schema"]["required"])
    suspend = next(m for m in made["moves"] if m["code"] == "suspend")
    assert suspend["requires"] == ["suspended_from", "suspended_to", "penalty"]
    assert "第四十七条" in suspend["cite"]
    assert made["starts"] == ["practising"]
