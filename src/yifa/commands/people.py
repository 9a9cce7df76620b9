"""`yifa people`: the city's organs, and the first three administrators."""

import os
from datetime import datetime

import click


@click.group("people")
def command() -> None:
    """机关、账号。"""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


@command.command("organs")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="变动自哪一天起算（默认今天）")
def organs(on: datetime | None) -> None:
    """按城市数据装载机关：市、区、部门、街道、镇、窗口。重复运行不改变任何内容，变动保留历史。"""
    from django.utils import timezone

    from yifa.people.city import load_organs
    from yifa.registry import city_of

    found = load_organs(city_of(), on.date() if on else timezone.localdate())
    for title, codes in (("新增", found.added), ("变更", found.changed), ("终止", found.ended)):
        if codes:
            click.echo(f"{title}{len(codes)}个：{'、'.join(codes[:10])}{' 等' if len(codes) > 10 else ''}")
    click.echo(f"未变{found.same}个")


ADMINISTRATORS = {"system_admin": "系统管理员", "security_admin": "安全管理员", "audit_admin": "审计管理员"}


@command.command("administrators")
@click.option("--organ", required=True, help="所在机关的代码")
def administrators(organ: str) -> None:
    """建立最初的三名管理员（三员分立：三个人，三个账号）。已经建立的不再建立。"""
    from yifa.people.models import Membership, Organ

    place = Organ.objects.filter(code=organ).first()
    if place is None:
        raise click.ClickException(f"没有代码为“{organ}”的机关；请先运行 yifa people organs")
    for role, title in ADMINISTRATORS.items():
        if Membership.objects.filter(role=role).exists():
            click.echo(f"{title}已经建立")
        else:
            _administrator(role, title, organ)


def _administrator(role: str, title: str, organ: str) -> None:
    from django.db import transaction
    from django.utils import timezone

    from yifa.people import services
    from yifa.people.models import Organ, User
    from yifa.people.roles import Power

    login, name = click.prompt(f"{title}的登录名"), click.prompt(f"{title}的姓名")
    password = click.prompt("密码", hide_input=True, confirmation_prompt="再输入一次")
    with transaction.atomic():
        user = services.add_user(login, name, password, Power(role))
        if not isinstance(user, User):
            raise click.ClickException(services.MESSAGES[user.code])
        services.add_membership(user, Organ.objects.get(code=organ), role, timezone.localdate())
    click.echo(f"已建立{title}")
