"""`yifa tick`: everything that happens by itself, once, in this process. A worker does the same on a schedule."""

import os

import click


@click.command("tick")
def command() -> None:
    """运行一轮：记录依法发生的效果、提醒与预警、待办、外发、入账。迟运行不改变任何日期。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()
    from yifa.casework.background import run
    from yifa.casework.world import SystemWorld

    done = run(SystemWorld())
    click.echo(
        f"记录依法发生的效果{done.noted}项，提醒和预警{done.alerts}项，新增待办{done.todos}项，"
        f"外发{done.sent}项，入账{done.sequenced}条"
    )
    if done.failed:
        click.echo(f"外发失败{done.failed}项，将自动重试（yifa worker status 查看）")
