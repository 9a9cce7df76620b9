"""`yifa report …`: the annual report, and the check of a draft's figures."""

import json
import os
from datetime import datetime
from pathlib import Path

import click

from yifa import registry
from yifa.city.published import published
from yifa.law.loader import DataError
from yifa.statistics.checker.check import Check, DraftError, as_json, check, decoded
from yifa.statistics.checker.page import VERDICTS, page
from yifa.statistics.checker.sources import PublishedFigures, candidates


@click.group("report")
def command() -> None:
    """年度报告与文稿数字核对。"""


@command.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=int, default=2023, show_default=True, help="文稿所说的年度")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True,
              help="批注页和 JSON 写到哪个文件夹")  # fmt: skip
@click.option("--known-at", type=click.DateTime(["%Y-%m-%d"]), help="记录截止日（含当日）；缺省为此刻")
@click.option("--published", "only_published", is_flag=True, help="只与已公布的数字核对，不查记录")
@click.option("--json", "json_", is_flag=True, help="在标准输出打印 JSON，不写文件")
def check_(
    file: Path, year: int, out: Path, known_at: datetime | None, only_published: bool, json_: bool
) -> None:
    """核对文稿中的每一个数字：相符、不符，或者无法核对及其原因。有不符时退出码为 1。

    依据是截止日的记录，以及已公布的数字。
    """
    found = _checked(file, year, known_at, only_published)
    if json_:
        click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        click.echo(_summary(found))
        for path in _written(found, out, file.stem):
            click.echo(f"已写入 {path}")
    if found.counts()["wrong"]:
        raise SystemExit(1)


@command.command("build")
@click.option("--year", type=int, required=True, help="报告年度")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True,
              help="写到哪个文件夹")  # fmt: skip
@click.option(
    "--lake", type=click.Path(exists=True, file_okay=False, path_type=Path), help="用此统计快照，不查数据库"
)
@click.option("--known-at", type=click.DateTime(["%Y-%m-%d"]), help="记录截止日（含当日）；缺省为此刻")
@click.option("--template", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="另用此模板")
def build_(year: int, out: Path, lake: Path | None, known_at: datetime | None, template: Path | None) -> None:
    """生成年度报告：网页、PDF 和 DOCX。数字全部来自统计指标，模板有误或者该年没有记录时不生成。"""
    _django()
    from yifa.statistics.report.make import ReportError, make

    try:
        paths = make(year, out, lake=lake, known_at=known_at.date() if known_at else None, template=template)
    except ReportError as error:
        raise click.ClickException(str(error)) from None
    for path in paths:
        click.echo(f"已写入 {path}")


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


def _checked(file: Path, year: int, known_at: datetime | None, only_published: bool) -> Check:
    try:
        text, report = decoded(file.read_bytes()), published(registry.CITY, year)
    except (DraftError, DataError) as error:
        raise click.ClickException(f"{file.name}：{error}") from None
    said = PublishedFigures([report])
    if only_published:
        return check(text, year, candidates(report), [said])
    _django()
    from django.core.management import call_command

    from yifa.statistics.checker.records import Records
    from yifa.statistics.live import live
    from yifa.statistics.notes import notes, scale
    from yifa.statistics.period import end_of

    call_command("migrate", verbosity=0)
    with live(end_of(known_at.date()) if known_at else None) as engine:
        records = Records(engine, report, scale(notes()))
        return check(text, year, candidates(report), [records, said])


def _summary(found: Check) -> str:
    counts = found.counts()
    lines = [
        f"共 {len(found.figures)} 个数字："
        + "，".join(f"{title} {counts[code]}" for code, title in VERDICTS.items())
    ]
    lines += [
        f"  第{c.place.line}行第{c.place.column}字 {c.figure.text}（{c.match.candidate.title if c.match else '—'}）："
        + "；".join(dict.fromkeys(j.text for j in c.judgements))
        for c in found.figures
        if c.verdict == "wrong"
    ]
    return "\n".join(lines)


def _written(found: Check, out: Path, stem: str) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    contents = {".html": page(found), ".json": json.dumps(as_json(found), ensure_ascii=False, indent=1)}
    paths = [out / f"{stem}-check{ending}" for ending in contents]
    for path, text in zip(paths, contents.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths
