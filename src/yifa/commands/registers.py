"""`yifa registers`: which registers there are, what is in them, files in and out."""

import os
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from yifa.language.acts import Actor
    from yifa.registers.importing import Imported
    from yifa.registry import Owned

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("registers")
def command() -> None:
    """名录：清单、查看、导入、导出、核对。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@command.command("list")
def list_() -> None:
    """有哪些名录，各有多少条，由谁维护。"""
    from yifa.people.roles import ROLES
    from yifa.registers.selectors import counts
    from yifa.registry import registers

    held = counts(_today())
    for code, owned in registers().items():
        roles = "、".join(ROLES[r].title if r in ROLES else r for r in owned.register.written_by)
        click.echo(f"{code:<40} {owned.register.title}　{held.get(code, 0)}条　由{roles}维护")


@command.command("show")
@click.argument("code")
@click.option("--on", "on", type=DAY, help="哪一天有效（默认今天）")
@click.option("--known", "known", type=click.DateTime(), help="当时已知的（默认现在）")
@click.option("--login", help="以此账号的权限查看（默认只看公开的栏目）")
@click.option("--limit", default=20, show_default=True, help="最多显示几条")
def show(code: str, on: datetime | None, known: datetime | None, login: str | None, limit: int) -> None:
    """名录的栏目、状态和内容。"""
    from itertools import islice

    from yifa.registers.fields import columns, write_cell
    from yifa.registers.selectors import entries, published

    owned, day = _owned(code), on.date() if on else _today()
    names = {column.name: column for column in columns(owned)}
    click.echo(f"{owned.register.title}（{code}，{owned.owner_title}）")
    click.echo("栏目：" + "、".join(c.title + ("*" if c.required else "") for c in names.values()))
    click.echo("状态：" + "、".join(owned.register.states.values()))
    listed = entries(code, _actor(login, day), day, _aware(known)) if login else published(code, day)
    for entry in islice(listed, limit):
        cells = (
            (names[name].title, write_cell(owned.register, names[name], value))
            for name, value in entry.columns.items()
        )
        click.echo(
            f"- [{entry.state_title}] " + "；".join(f"{title} {cell}" for title, cell in cells if cell)
        )


@command.command("import")
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "on", type=DAY, help="变更自哪一天起算（默认今天）")
@click.option("--login", help="以此账号的名义（默认为装载）")
@click.option("--dry", is_flag=True, help="只检查，不写入")
def import_(code: str, file: Path, on: datetime | None, login: str | None, dry: bool) -> None:
    """读入 CSV（UTF-8、GB18030）或者 XLSX。有一处不对，就一条也不写入。"""
    from yifa.registers.importing import load

    _owned(code)
    day = on.date() if on else None
    done = load(code, file.name, file.read_bytes(), _actor(login, _today()), _now(), day, dry=dry)
    _tell(done, dry=dry)


@command.command("export")
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--on", "on", type=DAY, help="哪一天有效（默认今天）")
@click.option("--login", help="以此账号的权限导出（默认只导出公开的栏目）")
def export(code: str, file: Path, on: datetime | None, login: str | None) -> None:
    """导出为 CSV 或者 XLSX（依文件名）。"""
    from yifa.registers.exporting import Format, export_public
    from yifa.registers.exporting import export as by_right

    _owned(code)
    day = on.date() if on else _today()
    kind: Format = "xlsx" if file.suffix.lower() == ".xlsx" else "csv"
    made = (
        by_right(code, _actor(login, day), day, kind=kind) if login else export_public(code, day, kind=kind)
    )
    file.write_bytes(made.data)
    click.echo(f"已导出{made.entries}条至 {file}")


@command.command("city")
@click.argument("city", required=False)
def city_(city: str | None) -> None:
    """由城市数据更新机关、窗口、法律援助机构名录。可以重复执行。"""
    from yifa.registers.city import load_city
    from yifa.registry import CITY, city_of, register

    for code, done in load_city(city_of(city or CITY), _now()).items():
        click.echo(f"{register(code).register.title}：", nl=False)
        _tell(done)


@command.command("rebuild")
def rebuild_all() -> None:
    """由变动记录重新生成全部推导数据。"""
    from yifa.registers.audit import rebuild
    from yifa.registers.models import Entry

    count = 0
    for entry in Entry.objects.order_by("id").iterator():
        rebuild(entry)
        count += 1
    click.echo(f"已重建{count}条")


@command.command("verify")
def verify() -> None:
    """逐条核对：变动与承诺值、链、各项推导数据。有不符返回 1。"""
    from yifa.registers.audit import faults
    from yifa.registers.models import Entry

    count = 0
    for fault in faults():
        count += 1
        click.echo(
            f"✗ 条目 {fault.entry}"
            + ("" if fault.seq is None else f" 第{fault.seq + 1}步")
            + f"：{fault.what}"
        )
    click.echo(f"共核对{Entry.objects.count()}条，" + (f"发现{count}处不符" if count else "全部相符"))
    raise SystemExit(1 if count else 0)


def _owned(code: str) -> "Owned":
    from yifa.registry import register

    try:
        return register(code)
    except KeyError as error:
        raise click.ClickException(str(error.args[0])) from None


def _actor(login: str | None, day: date) -> "Actor":
    """The account's own roles on the day, in the organ where it has most of them; without a login the loader."""
    from yifa.people.models import User
    from yifa.people.selectors import capacities
    from yifa.registers.city import LOADER

    if login is None:
        return LOADER
    user = User.objects.filter(login__iexact=login).first()
    found = [c for c in capacities(user, day) if c.instead_of is None] if user else []
    if not found:
        raise click.ClickException(f"没有账号“{login}”，或者它当日没有任职")
    return max(found, key=lambda capacity: len(capacity.roles)).actor


def _tell(done: "Imported", *, dry: bool = False) -> None:
    for p in done.problems:
        place = "、".join(
            part for part in (f"第{p.row}行" if p.row else "", f"“{p.column}”" if p.column else "") if part
        )
        value = f"（{p.value}）" if p.value else ""
        click.echo(f"✗ {place}{value}：{p.why}。{p.what_to_do}")
    if done.problems:
        raise click.ClickException(f"共{len(done.problems)}处问题，没有写入任何内容")
    word = "将" if dry else "已"
    click.echo(f"{word}登记{done.entered}条，{word}变更{done.changed}条，{done.unchanged}条没有变动")


def _now() -> datetime:
    from django.utils import timezone

    return timezone.localtime()


def _today() -> date:
    return _now().date()


def _aware(moment: datetime | None) -> datetime | None:
    from django.utils import timezone

    return None if moment is None else timezone.make_aware(moment)
