"""`yifa worker`: background work on schedules, until it is stopped; `yifa worker status`: what waits."""

import os

import click


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@click.group("worker", invoke_without_command=True)
@click.option("--once", is_flag=True, help="做完已经到时的工作即退出")
@click.pass_context
def command(ctx: click.Context, once: bool) -> None:
    """后台工作：计时、外发、入账。按 Ctrl+C 或 SIGTERM 结束，正在做的一项会做完。"""
    _django()
    if ctx.invoked_subcommand is None:
        from yifa.casework.background import serve

        serve(once)


@command.command("status")
def status() -> None:
    """还有什么等着做。有多次失败的事项返回 1。"""
    from yifa.casework import log, outbox
    from yifa.casework.models import Todo

    parked = 0
    for item in outbox.waiting():
        parked += item.parked
        click.echo(
            f"外发 {item.kind}：待办{item.waiting}项" + (f"，多次失败{item.parked}项" if item.parked else "")
        )
    click.echo(f"未入账：{log.waiting()}条")
    click.echo(f"未处理的待办：{Todo.objects.filter(done_at=None).count()}项，"
               f"其中无人可派{Todo.objects.filter(done_at=None, assignee=None).count()}项")  # fmt: skip
    raise SystemExit(1 if parked else 0)
