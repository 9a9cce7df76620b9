"""`yifa due`: one period, explained; every bad input gets a clear answer."""

import json
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from yifa.cli import main


def due(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["due", *arguments])
    return done.exit_code, done.output


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        ("--statute 行政复议法@2023 --days 60 --from 2024-02-06", "2024-04-07"),
        ("--statute L23 --days 5 --from 2024-01-31", "2024-02-06"),
        ("--statute 行政复议法@2017 --days 10 --from 2022-01-29", "2022-02-08"),
        ("--statute 行政诉讼法 --months 6 --from 2024-08-31", "2025-02-28"),
        ("--statute 行政复议法@2023 --years 5 --from 2019-06-01", "2024-06-03"),
        ("--statute 法律援助法 --workdays 5 --from 2024-02-06", "2024-02-19"),
        ("--statute 行政复议法@2023 --days 5 --from 2024-10-14 --before", "2024-10-08"),
        (
            "--statute 行政复议法@2023 --days 60 --from 2024-03-18 --pause 2024-04-10..2024-05-09 --extend 30",
            "2024-07-15",
        ),
        ("--statute 行政复议法@2023 --days 60 --from 2024-03-18 --pause 2024-04-10..", "中止中"),
        ("--statute 行政复议法@2023 --days 60 --from 2026-12-20", "暂定"),
    ],
)
def test_answers(arguments: str, answer: str) -> None:
    code, output = due(*arguments.split())
    assert code == 0, output
    assert answer in output


def test_json() -> None:
    _, output = due("--statute", "L23", "--days", "5", "--from", "2024-01-31", "--json")
    found = json.loads(output)
    assert (found["due"], found["provisional"]) == ("2024-02-06", False)
    assert found["derivation"][0].startswith("2024-01-31 星期三 起算")
    paused = json.loads(
        due("--statute", "L23", "--days", "60", "--from", "2024-01-31", "--pause", "2024-02-01..", "--json")[
            1
        ]
    )
    assert paused["due"] is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("--statute 月亮法 --days 5 --from 2024-01-31", "没有找到“月亮法”"),
        ("--statute L23 --days 5 --from 31.1.2024", "不是有效的日期"),
        ("--statute L23 --from 2024-01-31", "请在 --days"),
        ("--statute L23 --days 5 --months 1 --from 2024-01-31", "请在 --days"),
        ("--statute L23 --days 0 --from 2024-01-31", "0"),
        ("--statute L23 --days 5 --from 1999-01-31", "2004"),
    ],
)
def test_bad_input(arguments: str, message: str) -> None:
    code, output = due(*arguments.split())
    assert code != 0
    assert message in output
    assert "Traceback" not in output


def test_commands_are_listed_and_unknown_ones_refused() -> None:
    done = CliRunner().invoke(main, ["--help"])
    assert "timeline" in done.output
    assert CliRunner().invoke(main, ["nope"]).exit_code == 2


def test_it_starts_without_the_lines_and_without_the_web() -> None:
    code = "import sys; from yifa.commands import due; print(any(m in sys.modules for m in ('django', 'yifa.lines', 'pydantic')))"
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": "src"}
    )
    assert done.stdout.strip() == "False", done.stderr
    assert time.perf_counter() - start < 60
