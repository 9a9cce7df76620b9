"""`yifa report check` as a user calls it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from yifa.commands.report import command

DRAFT = "全年新收复议案件{}件，调解成功率97.42%。"


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, ["check", "--published", *arguments])
    return result.exit_code, result.output


def draft(folder: Path, number: int, encoding: str = "utf-8") -> str:
    path = folder / "draft.txt"
    path.write_bytes(DRAFT.format(number).encode(encoding))
    return str(path)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_right_draft_passes_and_pages_are_written(tmp_path: Path, encoding: str) -> None:
    code, output = run(draft(tmp_path, 11563, encoding), "--out", str(tmp_path / "out"))
    assert code == 0
    assert "不符 0" in output
    assert "11563件" in (tmp_path / "out" / "draft-check.html").read_text(encoding="utf-8")
    assert (
        json.loads((tmp_path / "out" / "draft-check.json").read_text(encoding="utf-8"))["summary"]["right"]
        == 2
    )


def test_a_wrong_figure_is_named_with_its_place_and_fails(tmp_path: Path) -> None:
    code, output = run(draft(tmp_path, 11653), "--out", str(tmp_path / "out"))
    assert code == 1
    assert (
        "第1行第9字 11653件（全年新收行政复议案件）：与已公布数不一致：文稿为11653件，应为11563件" in output
    )


def test_json_alone_on_standard_output(tmp_path: Path) -> None:
    code, output = run(draft(tmp_path, 11653), "--json")
    assert code == 1
    assert json.loads(output)["summary"] == {"right": 1, "wrong": 1, "unchecked": 0}


def test_bad_input_is_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(b"PK\x03\x04\x00\x00")
    code, output = run(str(path))
    assert (code, "不是纯文本文稿" in output) == (1, True)
    code, output = run(draft(tmp_path, 1), "--year", "1999")
    assert (code, "report_1999.yaml" in output) == (1, True)


@pytest.mark.django_db(transaction=True)
def test_without_records_of_the_year_the_published_figures_decide(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["check", draft(tmp_path, 11653), "--json"])
    found = json.loads(result.output)
    assert [source["title"] for source in found["sources"]] == ["记录", "已公布数"]
    assert found["summary"]["wrong"] == 1
    assert "没有2023年的记录" in found["figures"][0]["reasons"][0]["text"]
