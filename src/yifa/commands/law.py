"""`yifa law`: the citation audit against a folder of law texts, and the register of citations."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from yifa import registry
from yifa.audit.citations import Cited, citations, counting_rules, of_registers
from yifa.audit.texts import Verdict, audit, load_texts

VERDICTS_ZH = {
    Verdict.OK: "相符",
    Verdict.NO_TEXT: "无文本可核",
    Verdict.NO_PLACE: "条款不存在",
    Verdict.NO_NUMBER: "条文中无此数字",
}


@click.group("law")
def command() -> None:
    """法律依据：登记与核对。"""


@command.command("citations")
def show() -> None:
    """列出每条规则及其依据。"""
    for cited in _rules():
        click.echo(f"{cited.place}  {cited.source}")


def _rules() -> Iterator[Cited]:
    """Rules of all lines, and of the registers of owners that have no line yet."""
    for code in registry.known():
        yield from citations(registry.line(code))
    for owned in registry.owned_without_line():
        yield from of_registers(owned.owner, (owned.register,))


@command.command("audit")
@click.option(
    "--texts",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="法律文本所在文件夹",
)
@click.option("--all", "all_", is_flag=True, help="连同相符的一并列出")
def run(texts: Path, all_: bool) -> None:
    """核对所引条款是否存在、是否载有所用的数字。有不符返回 1。"""
    found = load_texts({path.name: path.read_text(encoding="utf-8") for path in texts.glob("*.md")})
    rules = [*counting_rules(), *_rules()]
    count: Counter[Verdict] = Counter()
    for cited in rules:
        for cite, verdict in audit(cited, found):
            count[verdict] += 1
            if all_ or verdict in (Verdict.NO_PLACE, Verdict.NO_NUMBER):
                number = f"（{'、'.join(str(n) for n in cited.numbers)}）" if cited.numbers else ""
                click.echo(f"{VERDICTS_ZH[verdict]}：{cited.place}{number} {cite}")
    click.echo("，".join(f"{VERDICTS_ZH[v]}{count[v]}处" for v in Verdict))
    raise SystemExit(1 if count[Verdict.NO_PLACE] or count[Verdict.NO_NUMBER] else 0)
