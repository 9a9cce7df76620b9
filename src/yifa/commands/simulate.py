"""`yifa simulate`: a seeded city-year through the real door."""

import os
from datetime import date, datetime
from pathlib import Path

import click

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("simulate")
@click.option("--year", default=2023, show_default=True, help="年度")
@click.option("--seed", default=1, show_default=True, help="种子：同一种子得到同一年度")
@click.option("--scale", default=0.02, show_default=True, help="规模：1为全市全年")
@click.option("--until", type=DAY, help="模拟到哪一天（默认次年1月15日）")
@click.option(
    "--last-year/--no-last-year",
    default=True,
    show_default=True,
    help="同时模拟上一年度，以便年初有结转案件、可与上年比较",
)
@click.option("--jobs", default=2, show_default=True, help="并行进程数")
@click.option(
    "--out",
    default="out/tally.json",
    show_default=True,
    type=click.Path(path_type=Path),
    help="模拟器自己的账",
)
def command(
    year: int, seed: int, scale: float, until: datetime | None, last_year: bool, jobs: int, out: Path
) -> None:
    """模拟一个年度的案件：全部经由办案入口，逐件依法办理；库中已有案件时不运行。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()
    from django.core.management import call_command

    from yifa.simulation.build import NotEmptyError, build, write_tally
    from yifa.simulation.plan import Year

    call_command("migrate", verbosity=0)
    last = until.date() if until else date(year + 1, 1, 15)
    if scale <= 0 or jobs < 1 or last < date(year, 12, 31):
        raise click.BadParameter("规模须大于0，进程数至少为1，截止日不早于年末")
    try:
        done = build(Year(year, seed, scale, last, last_year), jobs, click.echo)
    except NotEmptyError:
        raise click.ClickException(
            "库中已有案件，不与模拟数据混在一起。删除数据目录（YIFA_VAR）后再运行"
        ) from None
    write_tally(done.tally, out)
    (out.parent / "logins.txt").write_text(done.logins, encoding="utf-8")
    total = sum(done.seconds.values())
    refused = sum(done.tally.refused.values())
    click.echo(
        f"{f'{year - 1}至' if last_year else ''}{year}年，规模{scale:g}，种子{seed}：事项{done.matters}件，办理记录{done.events}条，拒绝{refused}处违法操作，用时{total:.1f}秒"
    )
    click.echo(f"模拟器自己的账：{out}")
    click.echo(done.logins)
