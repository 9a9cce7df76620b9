"""`yifa keys`: how much is still under an earlier key, and sealing it anew."""

import os

import click


@click.group("keys")
def command() -> None:
    """加密密钥：查看、轮换。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@command.command("status")
def status() -> None:
    """各表、各文件夹还有多少内容使用旧密钥。都是零时，旧密钥可以撤下。"""
    from yifa.platform import rotation

    left = rotation.remaining()
    for place, count in left.items():
        click.echo(f"{place:<40} {count}")
    total = sum(left.values())
    click.echo(
        "全部使用现用密钥，旧密钥可以撤下"
        if not total
        else f"还有{total}项使用旧密钥，请运行 yifa keys rotate"
    )
    raise SystemExit(1 if total else 0)


@command.command("rotate")
@click.option(
    "--batch", type=click.IntRange(1, 10_000), default=500, show_default=True, help="每个事务处理的行数"
)
def rotate(batch: int) -> None:
    """以现用（排在最前的）密钥重新加密全部内容。可以随时停下再运行，可以与日常办案同时进行。"""
    from cryptography.exceptions import InvalidTag

    from yifa.platform import rotation
    from yifa.platform.files import FileDamagedError

    done: dict[str, int] = {}
    try:
        for step in rotation.rotate(batch):
            done[f"{step.table}.{step.column}".rstrip(".")] = step.done
    except (InvalidTag, KeyError, FileDamagedError):
        raise click.ClickException(
            "有内容用现有的各密钥都不能解开：请把当时的密钥放回 YIFA_DATA_KEYS 的末尾"
        ) from None
    for place, count in done.items():
        click.echo(f"{place:<40} 已重新加密{count}项")
    click.echo(f"共重新加密{sum(done.values())}项")
