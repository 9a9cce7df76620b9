"""`yifa procedure show LINE`: the guide of a procedure and its diagram."""

from pathlib import Path

import click

from yifa import registry
from yifa.guide.diagram import svg
from yifa.guide.text import guide


@click.group("procedure")
def command() -> None:
    """办案程序。"""


@command.command("list")
def show_all() -> None:
    """列出全部业务条线。"""
    for code in registry.known():
        click.echo(f"{code}  {registry.line(code).title}")


@command.command("show")
@click.argument("line")
@click.option(
    "--svg", "svg_path", type=click.Path(dir_okay=False, path_type=Path), help="另将阶段图写入此文件"
)
def show(line: str, svg_path: Path | None) -> None:
    """显示程序指南：阶段、事项、期限、文书及其依据。"""
    try:
        found = registry.line(line)
    except KeyError as error:
        raise click.BadParameter(str(error.args[0])) from None
    if svg_path is not None:
        svg_path.parent.mkdir(parents=True, exist_ok=True)
        svg_path.write_text(svg(found), encoding="utf-8")
    for text in guide(found):
        click.echo(text)
