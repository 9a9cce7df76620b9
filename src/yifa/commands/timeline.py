"""`yifa timeline FILE…`: run dated examples."""

import json
from pathlib import Path

import click

from yifa.timelines.model import Entry, TimelineError
from yifa.timelines.parse import parse
from yifa.timelines.report import as_json, as_text
from yifa.timelines.run import Run, run


@click.command("timeline")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "json_", is_flag=True, help="输出 JSON（一个数组，别无其他）")
@click.option("--strict", is_flag=True, help="逐项核对能否办理，依法不能办的予以拒绝")
def command(files: tuple[Path, ...], json_: bool, strict: bool) -> None:
    """运行带日期的事例，列出每个期限及其推算过程，核对期望。

    全部符合返回 0，有不符返回 1，文件本身有误返回 2。
    """
    runs = [run(entry, strict=strict) for entry in _read(files)]
    if json_:
        click.echo(json.dumps([as_json(r) for r in runs], ensure_ascii=False, indent=1))
    else:
        _print(runs)
    raise SystemExit(1 if any(r.problems for r in runs) else 0)


def _read(files: tuple[Path, ...]) -> list[Entry]:
    """The entries of all files, or every mistake of all files and exit code 2."""
    entries: list[Entry] = []
    wrong: list[str] = []
    for path in files:
        try:
            found = parse(path.read_text(encoding="utf-8"), str(path))
            entries += found
            if not found:
                wrong.append(f"{path}:1: [?] 文件中没有条目：应为条目的列表，每条有 id、line、events")
        except TimelineError as error:
            wrong += (f"{error.path}:{m.line}: [{m.entry}] {m.what}" for m in error.mistakes)
        except UnicodeDecodeError:
            wrong.append(f"{path}:1: [?] 文件应为 UTF-8 编码")
    if wrong:
        click.echo("\n".join(wrong), err=True)
        raise SystemExit(2)
    return entries


def _print(runs: list[Run]) -> None:
    for one in runs:
        for line in as_text(one):
            click.echo(line)
        click.echo()
    expected = sum(len(r.checked) for r in runs)
    met = sum(item.found is None for r in runs for item in r.checked)
    wrong = sum(bool(r.problems) for r in runs)
    click.echo(
        f"共{len(runs)}例，期望{expected}项，符合{met}项" + (f"，{wrong}例有不符" if wrong else "，全部符合")
    )
