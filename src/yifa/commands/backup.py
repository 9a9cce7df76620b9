"""`yifa backup FOLDER`: database and files, with the hash of everything."""

import os
from pathlib import Path

import click


@click.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """备份数据库和材料文件到一个新文件夹。备份不含密钥，请另行保管。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()
    from django.conf import settings

    from yifa.casework import log
    from yifa.platform import backup

    note = log.latest()
    try:
        done = backup.dump(folder, settings.FILES, {"checkpoint": note.decode() if note else None})
    except backup.BackupError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"已备份{done.tables}张表、{done.rows}行、{done.files}个文件至 {folder}")
    click.echo("备份内有个人信息的密文。没有密钥（YIFA_DATA_KEYS 等）不能恢复使用，请与备份分开保管。")
