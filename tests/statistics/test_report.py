"""The report: every number an indicator with its note, nothing printed that is not recorded, and an honest annex."""

import io
import json
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from pypdf import PdfReader

from tests.statistics.conftest import CUT
from tests.statistics.play import Play
from yifa import registry
from yifa.city.published import Row, published
from yifa.cli import main
from yifa.statistics.catalogue import catalogue
from yifa.statistics.charts import Bars
from yifa.statistics.figures import compute
from yifa.statistics.lake import Snapshot, export
from yifa.statistics.live import Live, live
from yifa.statistics.notes import note
from yifa.statistics.period import year as of_year
from yifa.statistics.report import webpage, word
from yifa.statistics.report.annex import (
    KEPT_AS,
    OF_CASES,
    OF_DIMENSION,
    Relation,
    annex_rows,
    line_titles,
    lines_of_part,
    meets,
    published_of,
)
from yifa.statistics.report.build import EmptyYearError, Report, build
from yifa.statistics.report.make import ReportError, make
from yifa.statistics.report.pdf import compose, pdf, png
from yifa.statistics.report.words import columns, note_text

pytestmark = pytest.mark.django_db
SAMPLE = {"sample": {"scale": "0.02"}}


@pytest.fixture(scope="module")
def engine(year: Play) -> Iterator[Live]:
    with live(CUT, year.world) as found:
        yield found


@pytest.fixture(scope="module")
def report(engine: Live) -> Report:
    return build(engine, 2023, {})


@pytest.fixture(scope="module")
def sample(engine: Live) -> Report:
    return build(engine, 2023, SAMPLE)


def texts(report: Report) -> str:
    """The prose, without the numbers of notes."""
    blocks = (
        block
        for part in report.parts
        for block in part.blocks
        if isinstance(block, tuple) and not hasattr(block, "bars")
    )
    return "\n".join("".join(run for run in block if isinstance(run, str)) for block in blocks)


def one(engine: Live, text: str, number: int = 2023) -> Report:
    return build(engine, number, {}, f"# 试\n{text}\n", "t.txt")


# ------------------------------------------------------------------------------------------ the text


def test_every_number_of_the_text_is_a_figure(report: Report, engine: Live) -> None:
    said = {note.number: note for note in report.notes}
    assert list(said) == list(range(1, len(said) + 1))
    for part in report.parts:
        for block in part.blocks:
            if hasattr(block, "bars"):
                continue
            runs: list[Any] = list(block)
            for index, run in enumerate(runs):
                if isinstance(run, int):
                    assert said[run].figure.value is not None
                    assert re.search(r"[0-9]|成", runs[index - 1]), runs[index - 1]


def test_each_note_says_definition_period_values_and_code(report: Report, engine: Live) -> None:
    again = compute(engine, catalogue().values(), of_year(2023))
    for number in report.notes:
        text = note_text(number)
        indicator = number.figure.named.indicator
        assert indicator.definition in text
        assert "2023年" in text
        assert again[number.figure.named.name].check_code in text
    rate = next(n for n in report.notes if n.figure.named.name == "reconsideration.resolved_rate")
    assert "83.33%（50÷60）" in note_text(rate)


def test_the_parts_follow_the_six_and_say_what_they_lack(report: Report) -> None:
    assert [part.title[:2] for part in report.parts] == [
        "概述",
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]
    lacking = {part.title[:2]: "；".join(part.left_out) for part in report.parts}
    assert lacking["一、"] == "队伍与党建等条线尚未纳入系统，有关内容待其建立记录后生成"
    assert "人民调解本年度没有记录" in lacking["六、"]
    assert "“1+1”志愿律师（名录没有记录：“1+1”志愿律师）" in lacking["五、"]
    assert "质量合格率（没有可供计算的案件）" in lacking["五、"]


def test_what_has_no_record_is_left_out_and_never_nought(report: Report) -> None:
    told = texts(report)
    assert "新收行政复议申请90件" in told
    for absent in ("纠纷排查", "应诉", "志愿者", "质量合格"):
        assert absent not in told
    rows = {(line, title): (now, before) for line, title, now, before, _ in columns(report)}
    assert rows["人民调解", "排查次数"] == ("无记录", "无记录")
    assert rows["行政复议", "新收案件"] == ("90件", "无记录")
    assert rows["行政复议", "委员会咨询件数"] == ("0件", "无记录")
    assert rows["法律援助", "经济困难标准"] == ("3202元/月", "3100元/月")


def test_a_year_without_any_record_names_the_lines(engine: Live) -> None:
    with pytest.raises(EmptyYearError) as error:
        build(engine, 2019, {})
    assert (
        str(error.value)
        == "2019年没有任何记录，不能生成报告。没有记录的条线：行政复议、法律援助、行政应诉、人民调解"
    )


def test_sayings(engine: Live) -> None:
    report = one(
        engine,
        "{{ year }}和{{ last_year }}：{{ reconsideration.accepted }}、{{ reconsideration.resolved_rate | 成 }}、{{ reconsideration.resolved_rate }}、{{ legal_aid.legal_aid_cases | 约 }}、{{ legal_aid.legal_aid_cases | 超 }}{{ legal_aid.legal_aid_cases | 首次突破 }}{{ legal_aid.legal_aid_cases | 比上年 }}。",
    )
    assert texts(report) == "2023年和2022年：80件、超八成、83.33%、54件、54件，2022年没有记录，不作比较。"


def test_a_figure_used_twice_has_one_note(engine: Live) -> None:
    report = one(engine, "{{ reconsideration.accepted }}，又{{ reconsideration.accepted }}。")
    assert report.parts[0].blocks == (("80件", 1, "，又", "80件", 1, "。"),)
    assert len(report.notes) == 1


def test_sentences_without_figures_do_not_stand_alone(engine: Live) -> None:
    assert one(engine, "开头。{{ mediation.disputes_resolved }}。").parts[0].blocks == ()
    assert (
        texts(one(engine, "开头。{{ mediation.disputes_resolved }}。后来{{ reconsideration.accepted }}。"))
        == "开头。后来80件。"
    )
    assert texts(one(engine, "只有一句话。")) == "只有一句话。"


def test_lines_that_are_not_there_are_named(engine: Live) -> None:
    part = one(
        engine, "全年立法{{ legislation.local_rules }}。\n@chart mediation.disputes_resolved district"
    ).parts[0]
    assert part.blocks == ()
    assert part.left_out[:2] == ("行政立法条线尚未纳入系统", "人民调解本年度没有记录")


# ------------------------------------------------------------------------------------------ the annex


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (None, "收到90件，2022年没有记录，不作比较。"),
        ("60", "收到90件，比上年增长50%。"),
        ("0", "收到90件。"),
    ],
)
def test_a_comparison_is_a_figure_or_says_that_there_is_none(
    engine: Live, before: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = None if before is None else Decimal(before)
    monkeypatch.setattr("yifa.statistics.report.build._Writer._before", lambda *_: [last])
    new = "reconsideration.new_applications"
    assert texts(one(engine, f"收到{{{{ {new} }}}}{{{{ {new} | 比上年 }}}}。")) == said


def test_all_published_rows_stand_in_the_annex(report: Report) -> None:
    rows = published("guangzhou", 2023).rows
    assert [row.title for row in report.annex] == [row.title for row in rows]
    assert len(report.annex) == 250
    for row, kept in zip(report.annex, rows, strict=True):
        if kept.line not in registry.known() and not kept.indicator:
            assert row.relation is Relation.NOT_YET
    waiting = [row for row in report.annex if row.relation is Relation.NOT_YET]
    assert all(row.why for row in waiting)
    assert any(row.why == "待“行政立法”条线建立指标" for row in waiting)


WHY_NOT = re.compile(
    r"待“(.+)”条线建立(指标|记录)|(.+)本年度没有记录|名录“(.+)”没有记录（(.+)）|名录没有记录：.+|没有可供计算的案件|.*参数.*"
)


def test_what_is_not_computed_says_which_line_will(report: Report) -> None:
    rows = published("guangzhou", 2023).rows
    for row, kept in zip(report.annex, rows, strict=True):
        if row.relation is not Relation.NOT_YET:
            assert row.computed != "—"
            continue
        assert WHY_NOT.fullmatch(row.why), row
        owner = (kept.indicator or kept.record or kept.line).partition(".")[0]
        if owner not in registry.known():
            assert row.why.startswith(f"待“{line_titles()[owner]}”条线建立"), row
        else:
            assert not row.why.startswith("待") or KEPT_AS.get(kept.record, kept.record) not in REGISTERS, row


REGISTERS = {
    f"{code}.{register.code}" for code in registry.known() for register in registry.line(code).registers
}


def test_tables_of_the_annex_name_what_there_is() -> None:
    rows = {row.id: row for row in published("guangzhou", 2023).rows}
    assert {*OF_CASES, *OF_DIMENSION} <= rows.keys()
    assert {*OF_CASES.values()} <= catalogue().keys()
    assert set(KEPT_AS.values()) <= REGISTERS
    assert not set(KEPT_AS) & REGISTERS
    assert set(KEPT_AS) <= {row.record for row in rows.values()}
    assert all(not rows[name].indicator for name in OF_CASES)


@pytest.mark.parametrize(
    ("entries", "computed", "relation", "why"),
    [
        (2, "2条", Relation.KEPT, "名录“应诉机制”"),
        (0, "—", Relation.NOT_YET, "名录“应诉机制”没有记录（行政应诉）"),
    ],
)
def test_a_row_of_which_a_register_is_kept(entries: int, computed: str, relation: Relation, why: str) -> None:
    asked: list[str] = []

    def held(record: str) -> int:
        asked.append(record)
        return entries

    _, rows = annex_rows(2023, {}, lambda figure, *_: figure, held, sampled=False, empty=())
    by_id = dict(zip((r.id for r in published("guangzhou", 2023).rows), rows, strict=True))
    row = by_id["litigation_157_mechanism"]
    assert (row.computed, row.relation, row.why) == (computed, relation, why)
    assert set(asked) <= REGISTERS
    assert "reconsideration.opinions" in asked, "kept under another name than the table's"
    assert by_id["award_golden_ear_cup_second"].why == "待“队伍与党建”条线建立记录"


def test_a_row_of_cases_is_shown_by_an_indicator_and_never_compared(report: Report) -> None:
    by_id = dict(zip((r.id for r in published("guangzhou", 2023).rows), report.annex, strict=True))
    row = by_id["cross_area_acceptance"]
    assert (row.relation, row.why) == (Relation.SHOWN, "跨域收件数")
    assert row.computed.endswith("件")


def test_relations(report: Report) -> None:
    by_title = {row.title: row for row in report.annex}
    indicators = {row.id: by_title[row.title] for row in published("guangzhou", 2023).rows}
    new = indicators["reconsideration_new_cases"]
    assert (new.published, new.computed, new.relation) == ("11563件", "90件", Relation.DIFFERS)
    standard = indicators["legal_aid_hardship_standard"]
    assert (standard.published, standard.relation) == ("3202元/月", Relation.MET)
    assert indicators["reconsideration_settled_share"].relation is Relation.MET
    assert indicators["mediation_success_rate"].why == "人民调解本年度没有记录"
    assert indicators["one_plus_one_volunteers"].why == "名录没有记录：“1+1”志愿律师"


def test_a_sample_is_called_a_sample_and_compared_with_nothing(sample: Report) -> None:
    relations = {row.relation for row in sample.annex}
    assert Relation.SAMPLE in relations
    assert not relations & {Relation.MET, Relation.DIFFERS}
    assert any("模拟数据，规模为实际年度的2%，不反映实际工作量" in said for said in sample.statements)
    assert "模拟数据" in webpage.page(sample)


def test_a_whole_simulated_year_is_compared_but_called_simulated(engine: Live) -> None:
    whole = build(engine, 2023, {"sample": {"scale": "1"}})
    assert any(row.relation is Relation.DIFFERS for row in whole.annex)
    assert any("模拟数据" in said for said in whole.statements)


@pytest.mark.parametrize(
    ("op", "value", "computed", "met"),
    [
        ("=", "11563", "11563", True), ("=", "11563", "11562", False), ("=", "97.42", "97.42", True), ("=", "100", "99.60", True),
        (">", "46000", "46001", True), (">", "46000", "46000", False), (">=", "3", "3", True), (">=", "3", "2", False),
        ("~", "12000", "11400", True), ("~", "12000", "11399", False), ("~", "12000", "12001", False), ("~", "12000", "12000", True),
    ],
)  # fmt: skip
def test_what_the_published_words_say(op: Any, value: str, computed: str, met: bool) -> None:
    row = Row("r", "一", 1, "count", "试", "legal_aid", Decimal(value), "件", op)
    assert meets(row, Decimal(computed)) is met


def test_indicators_and_published_rows_know_each_other() -> None:
    rows = {row.id: row for row in published("guangzhou", 2023).rows}
    for named in catalogue().values():
        if named.indicator.published:
            assert named.indicator.published in rows, named.name
    for row in rows.values():
        if row.indicator and row.line in registry.known():
            assert row.indicator in catalogue(), row.id


def test_all_lines_have_names() -> None:
    assert {row.line for row in published("guangzhou", 2023).rows} <= line_titles().keys()
    assert all(registry.line(code).title == line_titles()[code] for code in registry.known())
    assert lines_of_part(2023, 1) == ("organisation",)


def test_a_year_of_which_nothing_was_published(engine: Live) -> None:
    assert published_of(2019) is None
    assert annex_rows(2019, {}, lambda figure, *_: figure, lambda _: 0, sampled=False, empty=()) == ("", ())
    assert lines_of_part(2019, 1) == ()


# ------------------------------------------------------------------------------------------ the three forms


def test_the_page_leads_from_numbers_to_notes(report: Report) -> None:
    page = webpage.page(report)
    assert page.count('id="n1"') == 1
    assert set(re.findall(r'href="#n(\d+)"', page)) == {str(n.number) for n in report.notes}
    assert page.count("<tr>") >= 250 + len(report.figures)
    assert "$" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_page_escapes_what_it_is_given(engine: Live) -> None:
    assert "&lt;b&gt;" in webpage.page(one(engine, "<b>{{ reconsideration.accepted }}</b>。"))


def test_the_pdf_holds_text_notes_and_annex(report: Report) -> None:
    found = pdf(report)
    assert found == pdf(report)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(found)).pages]
    whole = "".join(pages).replace("\n", "")
    for said in ("广州市司法局2023年工作报告", "附表一", "附表二", "本部分未写入"):
        assert said in whole
    assert report.notes[0].figure.check_code in whole
    assert len(pages) > 10


def test_every_note_crosses_to_the_typesetter(report: Report) -> None:
    data = json.loads(compose(report))
    assert len(data["notes"]) == len(report.notes)
    assert len(data["annex"]) == 250
    assert [block["kind"] for block in data["parts"][4]["blocks"]].count("chart") == 1


def in_docx(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name).decode()


def test_the_docx_can_be_opened_and_holds_the_same(report: Report) -> None:
    document = Document(io.BytesIO(word.docx(report)))
    prose = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "新收行政复议申请90件" in prose
    assert [len(table.rows) for table in document.tables] == [len(report.figures) + 1, 251]
    fonts = {run.font.name for paragraph in document.paragraphs for run in paragraph.runs}
    assert {"仿宋_GB2312", "黑体", "方正小标宋简体"} <= fonts
    charts = [block for part in report.parts for block in part.blocks if isinstance(block, Bars)]
    assert charts
    assert [shape._inline.docPr.get("descr") for shape in document.inline_shapes] == [c.title for c in charts]


def test_notes_of_the_docx_are_footnotes_at_their_first_mention(report: Report) -> None:
    data = word.docx(report)
    text, notes = in_docx(data, "word/document.xml"), in_docx(data, "word/footnotes.xml")
    referred = [int(number) for number in re.findall(r'<w:footnoteReference w:id="(\d+)"/>', text)]
    assert referred == [each.number for each in report.notes], (
        "numbered as the notes are, each referred to once"
    )
    for each in report.notes:
        assert f"{each.title}：" in notes
        assert each.figure.check_code in notes
    assert notes.count("<w:footnoteRef/>") == len(report.notes)
    assert "footnotes+xml" in in_docx(data, "[Content_Types].xml")
    mentions = sum(isinstance(run, int) for part in report.parts for block in part.blocks if not isinstance(block, Bars) for run in block)  # fmt: skip
    again = len(re.findall(r'<w:vertAlign w:val="superscript"/></w:rPr><w:t>\d+</w:t>', text))
    assert again == mentions - len(report.notes)


def test_a_docx_without_figures_has_no_footnotes(report: Report) -> None:
    bare = replace(report, parts=(), notes=())
    with zipfile.ZipFile(io.BytesIO(word.docx(bare))) as parts:
        assert "word/footnotes.xml" not in parts.namelist()


def test_a_chart_becomes_a_picture() -> None:
    picture = png(Bars("试“图”<1>", "件", (("天河区", Decimal(30)), ("未填写", None))))
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert width > height > 50


# ------------------------------------------------------------------------------------------ making it


def test_live_and_from_a_snapshot_it_is_the_same_report(report: Report, snapshot: Snapshot) -> None:
    other = build(snapshot, 2023, {})
    assert webpage.page(other) == webpage.page(report)


def test_make_writes_four_files(year: Play, tmp_path: Path) -> None:
    export(tmp_path / "lake", CUT, year.world)
    paths = make(2023, tmp_path / "out", lake=tmp_path / "lake")
    assert [path.name for path in paths] == [
        f"report-2023.{ending}" for ending in ("html", "pdf", "docx", "json")
    ]
    said = json.loads(paths[-1].read_text(encoding="utf-8"))
    assert len(said["annex"]) == 250
    assert {"name": "reconsideration.accepted", "value": "80"}.items() <= said["figures"][1].items()


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["report", "build", *arguments])


def test_the_command(year: Play, tmp_path: Path) -> None:
    note("sample", {"scale": "0.02"})
    done = run("--year", "2023", "--out", str(tmp_path), "--known-at", "2023-12-31")
    assert done.exit_code == 0, done.output
    assert "模拟数据" in (tmp_path / "report-2023.html").read_text(encoding="utf-8")


def test_the_command_says_what_is_wrong(year: Play, tmp_path: Path) -> None:
    bad = tmp_path / "mine.txt"
    bad.write_text("# 一\n全年{{ reconsideration.nothing }}，{{ x }}\n", encoding="utf-8")
    done = run("--year", "2023", "--out", str(tmp_path), "--template", str(bad))
    assert (done.exit_code, "mine.txt:2: 没有指标“reconsideration.nothing”" in done.output) == (1, True)
    done = run("--year", "2019", "--out", str(tmp_path))
    assert (done.exit_code, "没有记录的条线：行政复议、法律援助" in done.output) == (1, True)
    done = run("--year", "2023", "--out", str(tmp_path), "--lake", str(tmp_path))
    assert (done.exit_code, "不是统计快照" in done.output) == (1, True)
    assert not list(tmp_path.glob("report-*"))


def test_a_tampered_snapshot_makes_no_report(year: Play, tmp_path: Path) -> None:
    export(tmp_path, CUT, year.world)
    (tmp_path / "legal_aid/cases.parquet").write_bytes(b"PAR1")
    with pytest.raises(ReportError, match=r"与导出时不一致：legal_aid/cases\.parquet"):
        make(2023, tmp_path, lake=tmp_path)
    with pytest.raises(ReportError, match="快照有自己的截止时间"):
        make(2023, tmp_path, lake=tmp_path, known_at=CUT.date())
