"""`yifa due --case … --if …`: what an act would make of the deadlines of a running case, without doing it."""

from collections.abc import Callable
from datetime import date

import click
import pytest
from click.testing import CliRunner, Result

from tests.casework.support import TestWorld
from tests.casework.test_perform import received, story
from tests.kernel import D
from tests.lines.reconsideration import cases as c
from yifa.casework.models import Case, EventRow
from yifa.casework.requests import Answer
from yifa.cli import main
from yifa.commands.what_if import command_of, deadlines, if_done

Act = Callable[..., Answer]
TODAY = D("2024-03-01")


def due(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["due", *arguments])


@pytest.mark.django_db(transaction=True)
def test_a_running_case_is_read_and_nothing_is_written(act: Act, world: TestWorld) -> None:
    case = Case.objects.get(id=received(act).case)
    written = EventRow.objects.count()
    for name in (case.number, str(case.id)):
        assert "受理审查" in due("--case", name).output
    refused = due("--case", case.number, "--if", "extend_review days=30").output
    assert "不能办理“延期”" in refused
    assert EventRow.objects.count() == written


@pytest.mark.django_db(transaction=True)
def test_an_unknown_case_and_an_act_without_a_case(act: Act) -> None:
    story(act)
    assert "没有找到案件 穗府行复〔1999〕9号" in due("--case", "穗府行复〔1999〕9号").output
    assert "须与 --case 同用" in due("--if", "extend_review days=30").output


def test_the_deadlines_as_they_stand() -> None:
    told = list(deadlines(c.suspended().view, TODAY))
    assert told[0].startswith("行政复议，中止（截至 2024-03-01")
    assert any("审理期限：中止中" in line for line in told)


@pytest.mark.parametrize(
    ("act", "lines"),
    [
        ("extend_review days=30", ["如果于 2024-03-01 星期五 办理“延期”：", "  · 审理期限：2024-04-01 星期一 → 2024-04-30 星期二"]),
        ("suspend ground=5 on=2024-02-28", ["  · 审理期限：2024-04-01 星期一 → 中止中"]),
        ("reject_application condition=2 reason=没有利害关系", ["  · 审理期限：2024-04-01 星期一 → 2024-04-01 星期一，已办"]),
        ("grant_file_access who=申请人甲 what=[答复]", ["  各期限不变"]),
        ("extend_review days=31", ["不能办理“延期”：", "  ✗ "]),
        ("extend_review days=x", ["不能办理“延期”：", "  ✗ “延长日数”填写有误：应为整数"]),
        ("prolong days=30", ["不能办理“prolong”：", "  ✗ 没有名为“prolong”的操作"]),
        ("assign_handler handlers=[甲,乙]", ["（假定应核对的事项均无妨碍）：", "  各期限不变"]),
    ],
)  # fmt: skip
def test_what_would_change(act: str, lines: list[str]) -> None:
    told = "\n".join(if_done(c.accepted().view, command_of(act, TODAY), TODAY))
    assert all(line in told for line in lines), told


def test_warnings_are_shown() -> None:
    case = c.heard()
    told = "\n".join(
        if_done(case.view, command_of("decide decision_type=uphold on=2024-05-20", TODAY), TODAY)
    )
    assert "  ! " in told


def test_how_an_act_is_written() -> None:
    command = command_of("serve_decision party=某局 served_on=2024-03-05 re=3 on=2024-03-06", TODAY)
    assert (command.on, command.party, command.re) == (date(2024, 3, 6), "某局", 3)
    assert command.data == {"served_on": date(2024, 3, 5)}
    with pytest.raises(click.UsageError, match="“30”应写作 字段=值"):
        command_of("extend_review 30", TODAY)
    with pytest.raises(click.UsageError, match="没有写事项"):
        command_of("", TODAY)
