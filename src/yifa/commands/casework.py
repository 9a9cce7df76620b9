"""`yifa casework`: verify that what is kept is what was recorded, rebuild what is derived, run the clock once."""

import os

import click


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@click.group("casework")
def command() -> None:
    """案件库：核对、重建、计时。"""
    _django()


@command.command("verify")
def verify() -> None:
    """逐案核对：内容与承诺值、案件链、各项推导数据。有不符返回 1。"""
    from yifa.casework.audit import faults
    from yifa.casework.models import Case
    from yifa.casework.world import SystemWorld

    count = 0
    for fault in faults(SystemWorld()):
        count += 1
        place = f"案件 {fault.case}" + ("" if fault.seq is None else f" 第{fault.seq}步")
        click.echo(f"✗ {place}：{fault.what}")
    click.echo(f"共核对{Case.objects.count()}件，" + (f"发现{count}处不符" if count else "全部相符"))
    raise SystemExit(1 if count else 0)


@command.command("rebuild")
def rebuild_all() -> None:
    """由办理记录重新生成全部推导数据。"""
    from yifa.casework.audit import rebuild
    from yifa.casework.models import Case
    from yifa.casework.world import SystemWorld

    world, count = SystemWorld(), 0
    for case in Case.objects.order_by("id").iterator():
        rebuild(case, world)
        count += 1
    click.echo(f"已重建{count}件")


@command.command("tick")
def tick_once() -> None:
    """记录已经依法发生的效果。可以随时运行，迟运行不改变任何日期。"""
    from yifa.casework.clockwork import tick
    from yifa.casework.world import SystemWorld

    click.echo(f"已记录{len(tick(SystemWorld()))}项依法发生的效果")


@command.command("dossier")
@click.argument("number")
@click.option("--out", required=True, type=click.Path(dir_okay=False, writable=True), help="写到哪个文件")
def dossier_of(number: str, out: str) -> None:
    """把一个案件的材料和文书装订为带目录、页码的电子卷宗（PDF）。"""
    from pathlib import Path

    from yifa.casework.dossier import bind
    from yifa.casework.models import Case
    from yifa.casework.world import SystemWorld

    case = Case.objects.filter(number=number).first()
    if case is None:
        click.echo(f"没有案号为“{number}”的案件")
        raise SystemExit(1)
    pdf = bind(case, SystemWorld())
    Path(out).write_bytes(pdf)
    click.echo(f"已装订：{out}（{len(pdf) // 1024} KB）")
