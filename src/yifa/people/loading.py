"""Accounts and roles from tables: everything that is wrong at once, by row and column; then nothing is written.

Accounts are made by a system administrator, roles given by a security administrator (三员分立): two files, two people. A file
may be read again: what is there as the row says stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from yifa.language.acts import Actor, Problem
from yifa.people import permissions, services
from yifa.people.models import Membership, Organ, User
from yifa.people.permissions import Denied, Verb, may
from yifa.people.roles import ROLES, Power
from yifa.platform import sheets

POWERS = {"": Power.BUSINESS, "业务人员": Power.BUSINESS, **{ROLES[p].title: p for p in Power if p in ROLES}}
ACCOUNT = ("登录名", "姓名", "账号类别")
ROLE = ("登录名", "机关代码", "角色", "自", "至")
OPTIONAL = frozenset({"账号类别", "至"})
Row = Mapping[str, str]


class Mistake(NamedTuple):
    """Something wrong: row (0: the file), column, why, what to do."""

    row: int
    column: str
    why: str
    what_to_do: str = "请改正后重新导入"


class Loaded(NamedTuple):
    """Logins of the rows that were entered, how many are as they were, and every mistake (then nothing was entered)."""

    made: tuple[str, ...]
    same: int
    mistakes: tuple[Mistake, ...]


def accounts(actor: Actor, name: str, data: bytes, passwords: Mapping[str, str] | None = None) -> Loaded:
    """Accounts from a table with the columns of ACCOUNT. passwords  first passwords by login, if there are to be any."""
    return _load(
        actor,
        Verb.MANAGE_ACCOUNTS,
        ACCOUNT,
        name,
        data,
        lambda number, row: _account(actor, number, row, passwords or {}),
    )


def roles(actor: Actor, name: str, data: bytes) -> Loaded:
    """Roles from a table with the columns of ROLE."""
    return _load(actor, Verb.GRANT_ROLES, ROLE, name, data, lambda number, row: _role(actor, number, row))


Write = Callable[
    [int, Row], Iterator["Mistake | str | None"]
]  # mistakes; or the login that was entered; or None: same


def _load(actor: Actor, verb: Verb, columns: tuple[str, ...], name: str, data: bytes, write: Write) -> Loaded:
    refused = may(actor, verb, None)
    if isinstance(refused, Denied):
        return _only(Mistake(0, "办理人", permissions.MESSAGES[refused.code], "请由有此权限的管理员办理"))
    sheet = sheets.read(name, data)
    if isinstance(sheet, Problem):
        why = str(sheet.params.get("why", "文件中没有内容"))
        return _only(Mistake(0, "文件", why, "请另存为 CSV（UTF-8）或者 XLSX 后重试"))
    wrong = tuple(_headed(sheet.header, columns))
    if wrong:
        return _only(*wrong)
    return _apply(
        [(number, dict(zip(sheet.header, cells, strict=False))) for number, cells in sheet.rows], write
    )


def _only(*mistakes: Mistake) -> Loaded:
    return Loaded((), 0, mistakes)


def _headed(header: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[Mistake]:
    for column in columns:
        if column not in header and column not in OPTIONAL:
            yield Mistake(1, column, "缺少这一列", f"各列为：{'、'.join(columns)}")
    for column in header:
        if column not in columns:
            yield Mistake(1, column, "没有这一列", f"各列为：{'、'.join(columns)}")


@transaction.atomic
def _apply(rows: list[tuple[int, Row]], write: Write) -> Loaded:
    """Enter the rows one after the other, so that each is judged with those before it; all or none."""
    found = [each for number, row in rows for each in write(number, row)]
    mistakes = tuple(each for each in found if isinstance(each, Mistake))
    if mistakes:
        transaction.set_rollback(True)
        return Loaded((), 0, mistakes)
    return Loaded(tuple(each for each in found if isinstance(each, str)), found.count(None), ())


# ------------------------------------------------------------------------------ rows

# Code of a refusal → the column it is about.
_COLUMN = {
    "login_taken": "登录名", "login_form": "登录名", "name_form": "姓名", "password": "登录名", "role_unknown": "角色",
    "power": "角色", "period": "至", "overlap": "自", "organ_closed": "自", "self_grant": "登录名",
}  # fmt: skip


def _account(
    actor: Actor, number: int, row: Row, passwords: Mapping[str, str]
) -> Iterator[Mistake | str | None]:
    login, name, title = row["登录名"], row["姓名"], row.get("账号类别", "")
    power = POWERS.get(title)
    if power is None:
        yield Mistake(
            number, "账号类别", f"没有“{title}”这一类别", f"可以填写：{'、'.join(k for k in POWERS if k)}"
        )
    there = User.objects.filter(login__iexact=login).first()
    if there is not None and (there.display_name, there.power) == (name, power):
        yield None
        return
    made = services.create_user(actor, login, name, passwords.get(login), power or Power.BUSINESS)
    yield from [made.login] if isinstance(made, User) else _mistakes(number, made)


def _role(actor: Actor, number: int, row: Row) -> Iterator[Mistake | str | None]:
    user = User.objects.filter(login__iexact=row["登录名"]).first()
    organ = Organ.objects.filter(code=row["机关代码"]).first()
    start, end = _day(row["自"]), _day(row.get("至", "")) if row.get("至") else None
    wrong = (
        (user is None, "登录名", "没有这个账号", "请先由系统管理员建立账号"),
        (organ is None, "机关代码", "没有这个机关", "请用 yifa people organs 装载的机关代码"),
        (start is None, "自", "不是日期", "请按 2024-03-01 的样式填写"),
        (bool(row.get("至")) and end is None, "至", "不是日期", "请按 2024-03-01 的样式填写"),
    )
    yield from (Mistake(number, column, why, todo) for bad, column, why, todo in wrong if bad)
    if user is None or organ is None or start is None or any(bad for bad, *_ in wrong):
        return
    role = _TITLES.get(row["角色"], row["角色"])
    if Membership.objects.filter(user=user, organ=organ, role=role, valid_from=start, valid_to=end).exists():
        yield None
        return
    made = services.grant(actor, user, organ, role, start, end)
    yield from [user.login] if isinstance(made, Membership) else _mistakes(number, made)


_TITLES = {role.title: role.code for role in ROLES.values()}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _mistakes(number: int, refused: services.Refusal) -> Iterator[Mistake]:
    texts = services.MESSAGES | permissions.MESSAGES
    for code in refused.codes:
        yield Mistake(number, _COLUMN.get(code, "登录名"), texts[code])
