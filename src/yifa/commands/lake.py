"""`yifa lake export`: the tables of figures as Parquet files, as of a cut-off."""

import os
from datetime import datetime
from pathlib import Path

import click


@click.group("lake")
def command() -> None:
    """统计快照。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@command.command("export")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="输出目录")
@click.option("--known-at", type=click.DateTime(["%Y-%m-%d"]), help="截止日（含当日）；缺省为此刻")
def export_all(out: Path, known_at: datetime | None) -> None:
    """将各条线的统计表导出为 Parquet 文件。同一截止日的快照内容相同。"""
    from yifa.statistics.lake import export
    from yifa.statistics.period import end_of

    meta = export(out, end_of(known_at.date()) if known_at else None)
    for path, said in meta["tables"].items():
        click.echo(f"{path}  {said['rows']}行")
    click.echo(f"已导出至 {out}，记录截止 {meta['known_at']}")
