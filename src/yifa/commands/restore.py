"""`yifa restore FOLDER`: into an empty database; compared row by row, then the ledger and every case verified."""

import os
from pathlib import Path

import click


@click.command("restore")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """把备份恢复到空的数据库，逐行比对，并核验账本和全部案件。不覆盖已有的数据。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()
    from django.conf import settings

    from yifa.casework import logcheck
    from yifa.casework.audit import faults
    from yifa.casework.verification import of_people
    from yifa.casework.world import SystemWorld
    from yifa.platform import backup

    try:
        done = backup.load(folder, settings.FILES)
        note = backup.read_manifest(folder).get("checkpoint")
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已恢复{done.tables}张表、{done.rows}行、{done.files}个文件，逐行比对一致")
    wrong = [
        *logcheck.log_faults(),
        *(logcheck.older_faults(note.encode()) if note else ()),
        *faults(SystemWorld()),
        *of_people(),
    ]
    for fault in wrong[:20]:
        click.echo(f"✗ {fault}")
    if wrong:
        raise click.ClickException(f"恢复后的核验发现{len(wrong)}处不符；请核对密钥，或改用更早的备份")
    click.echo("账本和全部案件核验通过")
