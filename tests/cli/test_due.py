"""`yifa due`: one period, explained; every bad input gets a clear answer."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from click.testing import CliRunner

from yifa.cli import COMMANDS, main


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
        ("--statute 法律援助法 --hours 24 --from 2024-02-09T16:00", "2024-02-10 16:00"),
        ("--statute 法律援助法 --days 7 --from 2024-02-10", "2024-02-17 星期六"),
        (
            "--statute 行政复议法@2023 --days 10 --from 2024-03-18 --pause 2024-03-20..2024-03-22",
            "2024-04-03",
        ),
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
        ("--statute L23 --days 5 --from 2024-02-30", "“2024-02-30”不是有效的日期"),
        ("--statute L23 --days 5 --from 2024-01-31 --pause 2024-02-01", "应写作 2024-04-10..2024-05-09"),
        ("--statute L23 --days 5 --from 2024-01-31 --pause 2024-02-05..2024-02-01", "止日早于起日"),
        ("--statute L23 --days 5 --from 2024-01-31 --pause x..2024-02-01", "不是有效的日期"),
        ("--statute L23 --months 3 --from 2024-01-31 --before", "--before 只用于日和工作日"),
        ("--statute L23 --days 3 --from 2024-01-31 --before --extend 3", "--before 只用于日和工作日"),
        ("--statute L23 --hours 3 --from 2024-01-31T08:00 --extend 3", "不能与 --pause、--extend 同用"),
        ("--statute L23 --hours 3 --from 2024-01-31", "从时刻起算"),
        ("--statute L23 --days 3 --from 2024-01-31T08:00", "从时刻起算"),
        ("--statute L23 --days 60 --from 9999-12-20", "日期超出可以计算的范围"),
        ("--statute L23 --years 9000 --from 2024-01-31", "日期超出可以计算的范围"),
        ("--statute L23 --days 99999999999999 --from 2024-01-31", "日期超出可以计算的范围"),
    ],
)
def test_bad_input(arguments: str, message: str) -> None:
    code, output = due(*arguments.split())
    assert code != 0
    assert message in output
    assert "Traceback" not in output


def test_everything_wrong_is_told_at_once() -> None:
    code, output = due(
        "--statute", "月亮法", "--days", "x", "--from", "31.1.", "--pause", "5", "--extend", "y"
    )
    assert code == 2
    for place in ("--statute：", "--days：“x”", "--from：“31.1.”", "--pause：“5”", "--extend：“y”"):
        assert place in output
    nothing = due()[1]
    assert "没有写法律名称" in nothing
    assert "没有写起算日" in nothing
    assert "请在 --days" in nothing


def test_a_provisional_date_has_its_bounds_in_json() -> None:
    found = json.loads(due("--statute", "L23", "--days", "5", "--from", "2026-12-30", "--json")[1])
    assert found["provisional"] is True
    assert found["earliest"] <= found["due"] <= found["latest"]
    certain = json.loads(due("--statute", "L23", "--days", "5", "--from", "2024-01-31", "--json")[1])
    assert (certain["earliest"], certain["latest"]) == (None, None)


def test_commands_are_listed_and_unknown_ones_refused() -> None:
    done = CliRunner().invoke(main, ["--help"])
    assert [name for name in COMMANDS if find_spec(f"yifa.commands.{name}")] == main.list_commands(None)
    assert all(f"  {name} " in done.output for name in main.list_commands(None))
    assert CliRunner().invoke(main, ["nope"]).exit_code == 2


def test_every_listed_command_is_one_line_of_the_table_and_explains_itself() -> None:
    for name in main.list_commands(None):
        done = CliRunner().invoke(main, [name, "--help"])
        assert done.exit_code == 0, done.output
        assert COMMANDS[name]


@pytest.mark.parametrize("arguments", ["['due', '--help']", "['--help']"])
def test_it_starts_without_the_lines_and_without_the_web(arguments: str) -> None:
    code = (
        "import sys; from yifa.cli import COMMANDS, main\n"
        f"try: main({arguments})\n"
        "except SystemExit: pass\n"
        "heavy = {'django', 'pydantic', 'yifa.lines', 'yifa.registry', 'yifa.city'} & set(sys.modules)\n"
        "print('heavy:', sorted(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.splitlines()[-1] == "heavy: []", done.stderr
