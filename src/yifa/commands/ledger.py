"""`yifa ledger`: append acts to the city's log, show the checkpoint, export for outside verification."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click


@click.group("ledger")
def command() -> None:
    """存证账本：入账、检查点、导出、核验。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@command.command("sequence")
def sequence() -> None:
    """将已办理的事项记入全市账本并签署检查点。"""
    from yifa.casework import log

    total = 0
    while done := log.sequence():
        total += done
    click.echo(f"入账{total}条，账本共{log.log_size()}条")


@command.command("checkpoint")
def checkpoint() -> None:
    """显示最近一次签署的检查点；请保存在系统之外。"""
    from yifa.casework import log

    note = log.latest()
    if note is None:
        raise click.ClickException("账本尚无记录，请先入账（yifa ledger sequence）")
    click.echo(note.decode(), nl=False)


@command.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """导出账本和独立核验程序（verifier.py，只需 Python）。"""
    click.echo(f"已导出{_export(folder)}条至 {folder}")


def _export(folder: Path) -> int:
    from yifa.casework import log

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} 不是空文件夹")
    folder.mkdir(parents=True, exist_ok=True)
    return log.export(folder)


@command.command("verify")
@click.option(
    "--checkpoint",
    "old",
    type=click.Path(exists=True, path_type=Path),
    help="以前保存的检查点，可发现截断和改写",
)
def verify(old: Path | None) -> None:
    """用独立核验程序核验整个账本。有不符返回 1。"""
    from yifa.casework import log

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "export"
        _export(folder)
        program = [sys.executable, "-I", str(folder / "verifier.py"), str(folder), "--key", str(log.key())]
        done = subprocess.run(
            [*program, *(["--checkpoint", str(old)] if old else [])], capture_output=True, text=True
        )
    click.echo(done.stdout + done.stderr, nl=False)
    raise SystemExit(done.returncode)
