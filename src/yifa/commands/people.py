"""`yifa people`: the city's organs, the first three administrators, and what these do with accounts and roles."""

import os
import secrets
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from yifa.language.acts import Actor
    from yifa.people.loading import Loaded
    from yifa.people.models import Organ, User


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
    from yifa.people.city import load_organs
    from yifa.platform import clock
    from yifa.registry import city_of

    found = load_organs(city_of(), on.date() if on else clock.today())
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

    from yifa.people import services
    from yifa.people.models import Organ, User
    from yifa.people.roles import Power
    from yifa.platform import clock

    login, name = click.prompt(f"{title}的登录名"), click.prompt(f"{title}的姓名")
    password = click.prompt("密码", hide_input=True, confirmation_prompt="再输入一次")
    with transaction.atomic():
        user = services.add_user(login, name, password, Power(role))
        if not isinstance(user, User):
            raise click.ClickException(str(user))
        services.add_membership(user, Organ.objects.get(code=organ), role, clock.today())
    click.echo(f"已建立{title}")


# ------------------------------------------------------------------------------ what administrators do

DAY = click.DateTime(["%Y-%m-%d"])
CONSOLE = "命令行"  # stands where a log-in has its network address


def by(function: Callable[..., Any]) -> Callable[..., Any]:
    """Whoever acts names themselves and proves it: password, then the code of the second factor where there is one."""
    hint = "自己的密码；不填则询问（可用环境变量 YIFA_BY_PASSWORD）"
    function = click.option("--by-password", envvar="YIFA_BY_PASSWORD", help=hint)(function)
    return click.option("--by", "login", required=True, help="办理人的登录名")(function)


def _actor(login: str, password: str | None) -> "Actor":
    """The person as they may act today, with the roles they hold anywhere; raises ClickException if they are not let in."""
    from django.utils import timezone

    from yifa.language.acts import Actor
    from yifa.people import logins
    from yifa.people.selectors import capacities
    from yifa.platform import clock

    let = logins.with_password(
        login, password or click.prompt(f"{login}的密码", hide_input=True), CONSOLE, timezone.now()
    )
    if isinstance(let, logins.Let) and let.asks_code:
        let = logins.with_code(let.user, click.prompt("动态验证码"), CONSOLE, timezone.now())
    if isinstance(let, logins.Turned):
        raise click.ClickException(TURNED[let.code])
    held = capacities(let.user, clock.today())
    return Actor(str(let.user.pk), frozenset(role for capacity in held for role in capacity.roles))


TURNED = {
    "wrong": "登录名或者密码不正确", "code_wrong": "动态验证码不正确", "account_locked": "账号已被锁定，请稍后再试",
    "address_locked": "命令行登录已被锁定，请稍后再试",
}  # fmt: skip


def _user(login: str) -> "User":
    from yifa.people.models import User

    user = User.objects.filter(login__iexact=login).first()
    if user is None:
        raise click.ClickException(f"没有登录名为“{login}”的账号")
    return user


def _done(answer: object, text: str) -> None:
    """Say what was done, or every reason why not."""
    from yifa.people.services import Refusal

    if isinstance(answer, Refusal):
        raise click.ClickException(str(answer))
    click.echo(text)


def _loaded(found: "Loaded", what: str) -> None:
    for mistake in found.mistakes:
        click.echo(f"✗ 第{mistake.row}行 {mistake.column}：{mistake.why}。{mistake.what_to_do}")
    if found.mistakes:
        raise click.ClickException(f"共{len(found.mistakes)}处错误，没有登记任何内容")
    click.echo(f"已登记{len(found.made)}个{what}，{found.same}个此前已经登记")


@command.command("create")
@click.option("--login", "new", help="登录名")
@click.option("--name", help="姓名")
@click.option("--power", default="", help="账号类别：业务人员（默认）、系统管理员、安全管理员、审计管理员")
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="成批建立：CSV 或 XLSX，列为登录名、姓名、账号类别")  # fmt: skip
@click.option("--passwords", type=click.Path(exists=False, dir_okay=False, path_type=Path), help="生成初始密码并写入这个新文件；不设则须另行设置密码")  # fmt: skip
@by
def create(
    new: str | None, name: str | None, power: str, file: Path | None, passwords: Path | None, login: str,
    by_password: str | None,
) -> None:  # fmt: skip
    """建立账号（系统管理员）。一次列出全部错误；有错误则不建立任何账号。"""
    from yifa.people import loading
    from yifa.platform import sheets

    if (file is None) is (not new or not name):
        raise click.UsageError("请给出 --login 和 --name，或者只给出 --file")
    if file is None:
        data, title = sheets.to_csv(loading.ACCOUNT, [[new or "", name or "", power]]), "账号.csv"
    else:
        data, title = file.read_bytes(), file.name
    actor, given = _actor(login, by_password), _first_passwords(title, data) if passwords else {}
    found = loading.accounts(actor, title, data, given)
    _loaded(found, "账号")
    if passwords:
        _write(passwords, sheets.to_csv(("登录名", "初始密码"), [[one, given[one]] for one in found.made]))
        click.echo(f"初始密码已写入 {passwords}，请分别交给本人，并要求立即更改")


def _first_passwords(name: str, data: bytes) -> dict[str, str]:
    """A password nobody can guess for every login of the table."""
    from yifa.platform import sheets

    sheet = sheets.read(name, data)
    if not isinstance(sheet, sheets.Sheet) or "登录名" not in sheet.header:
        return {}
    place = sheet.header.index("登录名")
    return {cells[place]: secrets.token_urlsafe(12) for _, cells in sheet.rows}


def _write(path: Path, data: bytes) -> None:
    """A new file for its owner's eyes only."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


@command.command("grant")
@click.option("--login", "new", help="谁")
@click.option("--organ", help="机关代码")
@click.option("--role", help="角色，如 承办人")
@click.option("--from", "start", type=DAY, help="自哪一天（默认今天）")
@click.option("--to", "end", type=DAY, help="至哪一天；不填为长期")
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="成批任职：CSV 或 XLSX，列为登录名、机关代码、角色、自、至")  # fmt: skip
@by
def grant(
    new: str | None, organ: str | None, role: str | None, start: datetime | None, end: datetime | None, file: Path | None,
    login: str, by_password: str | None,
) -> None:  # fmt: skip
    """授予角色（安全管理员，不得授予自己）。一次列出全部错误；有错误则不授予任何角色。"""
    from yifa.people import loading
    from yifa.platform import clock, sheets

    single = (new or "", organ or "", role or "")
    if (file is None) is not all(single):
        raise click.UsageError("请给出 --login、--organ 和 --role，或者只给出 --file")
    if file is None:
        since = (start.date() if start else clock.today()).isoformat()
        data = sheets.to_csv(loading.ROLE, [[*single, since, end.date().isoformat() if end else ""]])
    else:
        data = file.read_bytes()
    _loaded(loading.roles(_actor(login, by_password), file.name if file else "任职.csv", data), "任职")


@command.command("end")
@click.option("--login", "held", required=True, help="谁")
@click.option("--organ", required=True, help="机关代码")
@click.option("--role", required=True, help="角色")
@click.option(
    "--on", "last", type=DAY, required=True, help="任职的最后一天；早于开始日期的，尚未开始的任职即撤回"
)
@by
def end(held: str, organ: str, role: str, last: datetime, login: str, by_password: str | None) -> None:
    """终止任职（安全管理员）。此前所办事项不受影响。"""
    from yifa.people import services
    from yifa.people.models import Membership
    from yifa.people.roles import ROLES

    actor = _actor(login, by_password)
    codes = [code for code, each in ROLES.items() if role in (code, each.title)]
    row = (
        Membership.objects.filter(user=_user(held), organ=organ, role__in=codes)
        .order_by("-valid_from")
        .first()
    )
    if row is None:
        raise click.ClickException("没有这项任职")
    _done(services.end_membership(actor, row, last.date()), _over("任职", row.valid_from, last.date()))


def between(function: Callable[..., Any]) -> Callable[..., Any]:
    """Who acts for whom, where, and in which role."""
    function = click.option("--role", required=True, help="代理哪一角色，如 处（科）室负责人")(function)
    function = click.option("--organ", required=True, help="机关代码")(function)
    function = click.argument("principal", metavar="LOGIN")(function)
    function = click.argument("word", metavar="for", type=click.Choice(["for"]))(function)
    return click.argument("other", metavar="LOGIN")(function)


@command.command("substitute")
@between
@click.option("--from", "start", type=DAY, help="自哪一天（默认今天）")
@click.option("--to", "end", type=DAY, required=True, help="至哪一天")
@click.option("--authority", required=True, help="授权依据，如文号、批示")
@by
def substitute(
    other: str, word: str, principal: str, organ: str, role: str, start: datetime | None, end: datetime, authority: str,
    login: str, by_password: str | None,
) -> None:  # fmt: skip
    """登记代理（安全管理员）：前一人在期限内代理后一人的角色，有授权依据。如 substitute li for zhang。"""
    from yifa.people import substitutions
    from yifa.platform import clock

    since, place = start.date() if start else clock.today(), _organ(organ)
    code = next(iter(substitutions.of_role(role)), role)
    wanted = substitutions.Wanted(_user(principal), _user(other), place, code, authority, since, end.date())
    _done(
        substitutions.substitute(_actor(login, by_password), wanted), f"已登记代理，自{since}至{end.date()}"
    )


@command.command("end-substitution")
@between
@click.option(
    "--on", "last", type=DAY, required=True, help="代理的最后一天；早于开始日期的，尚未开始的代理即撤回"
)
@by
def end_substitution(
    other: str,
    word: str,
    principal: str,
    organ: str,
    role: str,
    last: datetime,
    login: str,
    by_password: str | None,
) -> None:
    """提前终止代理（安全管理员）。此前代理所办事项不受影响。"""
    from yifa.people import substitutions
    from yifa.people.models import Substitution

    actor = _actor(login, by_password)
    found = Substitution.objects.filter(
        principal=_user(principal), substitute=_user(other), organ=organ, role__in=substitutions.of_role(role)
    )
    row = (
        found.filter(valid_to__gte=last.date()).order_by("valid_from").first()
        or found.order_by("-valid_to").first()
    )
    if row is None:
        raise click.ClickException("没有这项代理")
    _done(substitutions.end_substitution(actor, row, last.date()), _over("代理", row.valid_from, last.date()))


def _over(what: str, start: date, last: date) -> str:
    return f"{what}尚未开始，已撤回" if last < start else f"{what}至{last.isoformat()}止"


def _organ(code: str) -> "Organ":
    from yifa.people.models import Organ

    organ = Organ.objects.filter(code=code).first()
    if organ is None:
        raise click.ClickException(f"没有代码为“{code}”的机关")
    return organ


@command.command("disable")
@click.argument("account")
@click.option("--reason", required=True, help="理由")
@by
def disable(account: str, reason: str, login: str, by_password: str | None) -> None:
    """停用账号（系统管理员）。"""
    from yifa.people import services

    _done(services.disable(_actor(login, by_password), _user(account), reason), "已停用")


@command.command("enable")
@click.argument("account")
@click.option("--reason", required=True, help="理由")
@by
def enable(account: str, reason: str, login: str, by_password: str | None) -> None:
    """重新启用账号（系统管理员）。"""
    from yifa.people import services

    _done(services.enable(_actor(login, by_password), _user(account), reason), "已启用")


@command.command("password")
@click.argument("account")
@click.option(
    "--password",
    prompt="新密码",
    hide_input=True,
    confirmation_prompt="再输入一次",
    help="新密码；不填则询问",
)
@by
def password(account: str, password: str, login: str, by_password: str | None) -> None:
    """重置密码（系统管理员，不得重置自己的）。动态验证码不受影响。"""
    from yifa.people import services

    _done(services.reset_password(_actor(login, by_password), _user(account), password), "密码已重置")


@command.command("changes")
@click.option("--account", help="只看某个账号的")
@by
def changes(account: str | None, login: str, by_password: str | None) -> None:
    """查看账号、任职、代理、回避声明的办理记录（审计管理员），最近的在前。"""
    from yifa.people import permissions, selectors

    found = selectors.changes(_actor(login, by_password), _user(account) if account else None)
    if isinstance(found, permissions.Denied):
        raise click.ClickException(permissions.MESSAGES[found.code])
    for each in found:
        click.echo(
            f"{each.at:%Y-%m-%d %H:%M} {each.by} {each.what} {each.about}"
            + (f"（{each.reason}）" if each.reason else "")
        )
