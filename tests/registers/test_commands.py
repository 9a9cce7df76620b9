"""`yifa registers …`: list, show, import, export, city, verify."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from tests.registers.test_door import organs
from yifa.commands.registers import command
from yifa.people.models import Organ
from yifa.people.services import add_membership, add_user
from yifa.registers.models import Change, Version

pytestmark = pytest.mark.django_db(transaction=True)
LAWYERS = "执业证号,姓名,类别,首次执业日期,起始日期\n14401201,测试甲,专职律师,2012-05-01,2012-05-01\n14401202,测试乙,公职律师,,2020-01-01\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(a) for a in arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "律师.csv"
    path.write_text(LAWYERS, encoding="gb18030")
    return path


def account(*roles: str) -> None:
    organs()
    user = add_user("zhang", "测试丙")
    for role in roles:
        add_membership(user, Organ.objects.get(code="gz"), role, timezone.localdate() - timedelta(days=9))  # type: ignore[arg-type]


def test_a_file_goes_in_and_is_shown(file: Path) -> None:
    assert run("import", "permits.lawyers", file, "--dry").output == "将登记2条，将变更0条，0条没有变动\n"
    assert run("import", "permits.lawyers", file).output == "已登记2条，已变更0条，0条没有变动\n"
    assert run("import", "permits.lawyers", file).output == "已登记0条，已变更0条，2条没有变动\n"
    shown = run("show", "permits.lawyers")
    assert "律师名录（permits.lawyers，行政许可）" in shown.output
    assert "- [执业] 执业证号 14401201；姓名 测试甲；类别 专职律师" in shown.output
    assert "测试甲" not in run("show", "permits.lawyers", "--on", "2011-01-01").output
    assert "permits.lawyers" in run("list").output
    assert "律师名录　2条　由处（科）室负责人、机构负责人、" in run("list").output


def test_every_mistake_is_told_and_the_command_fails(file: Path) -> None:
    file.write_text(LAWYERS + "1,测试丁,骑士,昨天,\n", encoding="utf-8")
    done = run("import", "permits.lawyers", file)
    assert done.exit_code == 1
    assert "✗ 第4行、“执业证号”（1）：“执业证号”填写有误：不少于4个字。请按要求重新填写" in done.output
    assert "✗ 第4行、“类别”（骑士）：“类别”应为：" in done.output
    assert "共3处问题，没有写入任何内容" in done.output
    assert Change.objects.count() == 0


def test_the_rights_of_an_account_count(file: Path) -> None:
    account("clerk")
    assert "由处（科）室负责人" in run("import", "permits.lawyers", file, "--login", "zhang").output
    assert Change.objects.count() == 0
    assert "没有账号“nobody”" in run("import", "permits.lawyers", file, "--login", "nobody").output


def test_an_account_writes_and_takes_out(file: Path, tmp_path: Path) -> None:
    account("section_head", "handler")
    assert run("import", "permits.lawyers", file, "--login", "ZHANG").exit_code == 0
    assert set(Change.objects.values_list("organ", flat=True)) == {"gz"}
    assert run("export", "permits.lawyers", tmp_path / "a.csv", "--login", "zhang").output.startswith(
        "已导出2条"
    )
    assert "首次执业日期" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert run("export", "permits.lawyers", tmp_path / "b.xlsx").exit_code == 0
    assert (tmp_path / "b.xlsx").read_bytes()[:2] == b"PK"
    assert "首次执业日期 2012-05-01" in run("show", "permits.lawyers", "--login", "zhang").output
    assert "测试甲" not in run("show", "permits.lawyers", "--login", "zhang", "--known", "2020-01-01").output


def test_a_city() -> None:
    done = run("city")
    assert done.exit_code == 0, done.output
    assert "接待窗口：已登记12条" in done.output
    assert "已登记0条，已变更0条" in run("city", "guangzhou").output


def test_verify(file: Path) -> None:
    run("import", "permits.lawyers", file)
    assert run("verify").output == "共核对2条，全部相符\n"
    Version.objects.filter(data__licence="14401202").update(state="revoked")
    done = run("verify")
    assert (done.exit_code, "发现1处不符" in done.output) == (1, True)
    assert run("rebuild").output == "已重建2条\n"
    assert run("verify").exit_code == 0
    Change.objects.update(actor="别人")
    assert "第1步：“meta.actor”被改动" in run("verify").output


def test_what_is_not_there() -> None:
    done = run("show", "permits.moon")
    assert done.exit_code == 1
    assert "没有“permits.moon”这一名录，可用的有：" in done.output
