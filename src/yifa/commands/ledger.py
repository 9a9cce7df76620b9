"""`yifa ledger`: append acts to the city's log, verify everything, hand out receipts, proofs and exports."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

import click

SHOWN = 50


@click.group("ledger")
def command() -> None:
    """存证账本：入账、检查点、回执、导出、核验。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@command.command("sequence")
def sequence() -> None:
    """将已办理的事项记入全市账本并签署检查点。"""
    from yifa.casework import log

    total = log.sequence_all()
    click.echo(f"入账{total}条，账本共{log.log_size()}条")


@command.command("checkpoint")
def checkpoint() -> None:
    """显示最近一次签署的检查点；请保存在系统之外。"""
    click.echo(_note().decode(), nl=False)


@command.command("key")
def key() -> None:
    """显示账本公钥；请公布在系统之外，供核验时使用。"""
    from yifa.casework import log

    click.echo(str(log.key()))


def _note() -> bytes:
    from yifa.casework import log

    note = log.latest()
    if note is None:
        raise click.ClickException("账本尚无记录，请先入账（yifa ledger sequence）")
    return note


def _case(name: str) -> UUID:
    """A case by its number or identity."""
    from yifa.casework.models import Case
    from yifa.platform.chains import uuid_or_none

    found = Case.objects.filter(number=name).values_list("id", flat=True).first() or uuid_or_none(name)
    if found is None or not Case.objects.filter(id=found).exists():
        raise click.ClickException(f"没有找到案件 {name}")
    return found


@command.command("receipt")
@click.argument("case")
@click.argument("step", type=click.IntRange(min=0))
@click.option("--open", "names", multiple=True, help="公开其内容的字段，如 data.reason；可多次给出")
@click.option("--all", "everything", is_flag=True, help="公开全部字段（含个人信息，仅限交给本人）")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="写入文件；不设则显示")
def receipt(case: str, step: int, names: tuple[str, ...], everything: bool, out: Path | None) -> None:
    """一步办理的回执：附包含证明和检查点，可用 verifier.py 离线核验。

    CASE 为案号，STEP 为步骤序号（自0起）。
    """
    from yifa.casework import log
    from yifa.ledger.receipt import to_json

    found = _case(case)
    opened = _openings(found, step, names, everything)
    made = log.receipt(found, step, opened)
    if made is None:
        raise click.ClickException("没有这一步，或者尚未入账（yifa ledger sequence）")
    if out is None:
        click.echo(to_json(made).decode())
    else:
        out.write_bytes(to_json(made))
        click.echo(f"回执已写入 {out}；核验：python verifier.py --receipt {out} --key '{log.key()}'")


def _openings(case: UUID, step: int, names: tuple[str, ...], everything: bool) -> dict[str, Any]:
    from yifa.casework.audit import openings
    from yifa.casework.world import SystemWorld

    if not names and not everything:
        return {}
    found = openings(case, step, SystemWorld())
    if missing := sorted(set(names) - found.keys()):
        raise click.ClickException(f"这一步没有字段 {'、'.join(missing)}；有：{'、'.join(sorted(found))}")
    return found if everything else {name: found[name] for name in names}


@command.command("consistency")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def consistency(old: Path) -> None:
    """证明现在的账本是旧检查点（OLD）的延续：输出一致性证明（RFC 9162），并核对。不一致返回 1。"""
    from yifa.casework import log
    from yifa.casework.logcheck import older_faults
    from yifa.ledger.errors import MalformedError

    _note()
    if wrong := older_faults(old.read_bytes()):
        raise click.ClickException("；".join(fault.what for fault in wrong))
    try:
        proof = log.consistency(old.read_bytes())
    except MalformedError:
        raise click.ClickException("旧检查点的格式不符") from None
    assert proof is not None
    click.echo(f"前{proof.old.size}条与旧检查点一致，账本现有{proof.new.size}条。证明：")
    for part in proof.proof:
        click.echo(part.hex())


@command.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--case", "cases", multiple=True, help="只导出这些案件的记录（案号；可多次给出）；账本本身总是完整的"
)
def export(folder: Path, cases: tuple[str, ...]) -> None:
    """导出账本和独立核验程序（verifier.py，只需 Python）。导出包只有承诺值，不含案件内容。"""
    _note()
    chosen = [str(_case(name)) for name in cases] or None
    click.echo(f"已导出{_export(folder, chosen)}条至 {folder}")
    click.echo(f"核验：python {folder}/verifier.py {folder} --key 公钥" + (" --partial" if chosen else ""))


def _export(folder: Path, cases: list[str] | None = None) -> int:
    from yifa.casework import log

    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} 不是空文件夹")
    folder.mkdir(parents=True, exist_ok=True)
    return log.export(folder, cases)


@command.command("verify")
@click.option(
    "--checkpoint",
    "old",
    type=click.Path(exists=True, path_type=Path),
    help="以前保存在系统之外的检查点或导出包，可发现截断和改写",
)
@click.option("--quick", is_flag=True, help="只核验数据库，不再导出由独立程序核验")
def verify(old: Path | None, quick: bool) -> None:
    """核验库中全部记录：办理内容、案件链、账本、签名、推导数据，再由独立程序核验导出包。有不符返回 1。"""
    from yifa.casework import log
    from yifa.casework.models import Case
    from yifa.casework.verification import everything, told
    from yifa.casework.world import SystemWorld
    from yifa.registers.audit import faults as registers

    note = None if old is None else (old / "checkpoint" if old.is_dir() else old).read_bytes()
    count = 0
    registered = (f"名录条目 {f.entry}" + _change(f.seq) + f"：{f.what}" for f in registers())
    for text in (*map(told, everything(SystemWorld(), note)), *registered):
        count += 1
        if count <= SHOWN:
            click.echo(f"✗ {text}")
    waiting = log.waiting()
    click.echo(
        f"数据库：案件{Case.objects.count()}件，账本{log.log_size()}条"
        + (f"，另有{waiting}条尚未入账" if waiting else "")
        + (f"，发现{count}处不符" if count else "，全部相符")
    )
    independent = 0 if quick or log.latest() is None else _independently(old)
    raise SystemExit(1 if count or independent else 0)


def _change(seq: int | None) -> str:
    return "" if seq is None else f" 第{seq}条变动"


def _independently(old: Path | None) -> int:
    """The same records through the program that outsiders use."""
    from yifa.casework import log
    from yifa.ledger.errors import MalformedError

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "export"
        try:
            _export(folder)
        except MalformedError:
            click.echo("独立程序：账本的登记内容已损坏，不能导出")
            return 1
        program = [sys.executable, "-I", str(folder / "verifier.py"), str(folder), "--key", str(log.key())]
        done = subprocess.run(
            [*program, *(["--checkpoint", str(old)] if old else [])], capture_output=True, text=True
        )
    click.echo("独立程序：\n" + done.stdout + done.stderr, nl=False)
    return done.returncode
