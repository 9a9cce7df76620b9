"""Accounts and roles from the command line and from tables: 三员分立, every mistake at once, nothing half done, all on record."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from yifa.cli import main
from yifa.language.acts import Actor
from yifa.people import loading, selectors, services
from yifa.people.audit import faults
from yifa.people.loading import ACCOUNT, ROLE, Mistake
from yifa.people.models import Change, Membership, Organ, User
from yifa.people.permissions import Denied
from yifa.people.roles import Power
from yifa.platform import sheets

pytestmark = pytest.mark.django_db(transaction=True)
WORD = "长而不易猜的口令-2024"
OTHER = "另一个不易猜的口令-2025"


class Admins(NamedTuple):
    """The three administrators, and how they act."""

    system: Actor
    security: Actor
    audit: Actor


@pytest.fixture
def admins(settings: Any) -> Admins:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # as many as there are here, quickly
    organ = Organ.objects.create(
        code="gz", name="测试局", level="city", kind="司法局", valid_from=date(2000, 1, 1)
    )
    made = []
    for login, power in (("sys", Power.SYSTEM), ("sec", Power.SECURITY), ("aud", Power.AUDIT)):
        user = services.add_user(login, f"测试{login}", WORD, power)
        assert isinstance(user, User)
        services.add_membership(user, organ, power, date(2020, 1, 1))
        made.append(Actor(str(user.pk), frozenset({power.value})))
    return Admins(*made)


def table(*rows: tuple[str, ...], header: tuple[str, ...] = ACCOUNT) -> bytes:
    return sheets.to_csv(header, rows)


def yifa(*arguments: str, by: str = "sys", text: str = f"{WORD}\n") -> Result:
    return CliRunner().invoke(main, ["people", *arguments, "--by", by], input=text)


# ------------------------------------------------------------------------------ tables


def test_accounts_from_a_table(admins: Admins) -> None:
    data = table(("li.si", "测试李", ""), ("wang", "测试王", "业务人员"), ("sys2", "测试副", "系统管理员"))
    found = loading.accounts(admins.system, "账号.csv", data)
    assert found == loading.Loaded(("li.si", "wang", "sys2"), 0, ())
    assert User.objects.get(login="sys2").power == "system_admin"
    assert not User.objects.get(login="wang").has_usable_password()
    assert loading.accounts(admins.system, "账号.csv", data) == loading.Loaded((), 3, ())
    assert list(faults()) == []


def test_every_mistake_of_a_table_is_told_and_nothing_is_entered(admins: Admins) -> None:
    data = table(
        ("good", "测试好", ""), ("x", "", "业务人员"), ("a b", "测试空", "主任"), ("good", "测试重", ""), ("SYS", "别的名字", ""),
    )  # fmt: skip
    before = User.objects.count()
    found = loading.accounts(admins.system, "账号.csv", data)
    assert [(m.row, m.column) for m in found.mistakes] == [
        (3, "登录名"), (3, "姓名"), (4, "账号类别"), (4, "登录名"), (5, "登录名"), (6, "登录名"),
    ]  # fmt: skip
    assert found.mistakes[2].what_to_do.endswith("系统管理员、安全管理员、审计管理员")
    assert (found.made, User.objects.count(), Change.objects.filter(kind="user").count()) == (
        (),
        before,
        before,
    )


@pytest.mark.parametrize(
    ("data", "mistakes"),
    [
        (b"", [(0, "文件")]), (b"\xff\xfe\x00x", [(0, "文件")]),
        (table(("a",), header=("登录名",)), [(1, "姓名")]), (table(("a", "b", "c"), header=("登录名", "姓名", "手机")), [(1, "手机")]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table(admins: Admins, data: bytes, mistakes: list[tuple[int, str]]) -> None:
    found = loading.accounts(admins.system, "账号.csv", data)
    assert [(m.row, m.column) for m in found.mistakes] == mistakes


def test_roles_from_a_table(admins: Admins) -> None:
    loading.accounts(admins.system, "账号.csv", table(("li", "测试李", ""), ("wang", "测试王", "")))
    data = table(
        ("li", "gz", "承办人", "2024-01-01", ""),
        ("WANG", "gz", "section_head", "2024-01-01", "2024-12-31"),
        header=ROLE,
    )
    assert loading.roles(admins.security, "任职.csv", data) == loading.Loaded(("li", "wang"), 0, ())
    rows = Membership.objects.filter(granted_by_id=int(admins.security.id)).values_list("role", "valid_to")
    assert set(rows) == {("handler", None), ("section_head", date(2024, 12, 31))}
    assert loading.roles(admins.security, "任职.csv", data) == loading.Loaded((), 2, ())
    assert list(faults()) == []


def test_every_mistake_of_roles(admins: Admins) -> None:
    loading.accounts(admins.system, "账号.csv", table(("li", "测试李", "")))
    data = table(
        ("li", "gz", "承办人", "2024-01-01", ""), ("nobody", "nowhere", "承办人", "昨天", "明天"),
        ("li", "gz", "系统管理员", "1999-01-01", ""), ("li", "gz", "承办人", "2024-06-01", "2024-05-01"),
        ("sec", "gz", "安全管理员", "2024-01-01", ""), ("li", "gz", "天官", "2024-01-01", ""), header=ROLE,
    )  # fmt: skip
    found = loading.roles(admins.security, "任职.csv", data)
    assert [(m.row, m.column) for m in found.mistakes] == [
        (3, "登录名"), (3, "机关代码"), (3, "自"), (3, "至"), (4, "角色"), (4, "自"), (5, "至"), (6, "登录名"), (7, "角色"),
    ]  # fmt: skip
    assert not Membership.objects.filter(role="handler").exists()


def test_each_administrator_does_their_own_part_only(admins: Admins) -> None:
    accounts, given = (
        table(("li", "测试李", "")),
        table(("li", "gz", "承办人", "2024-01-01", ""), header=ROLE),
    )
    for actor in (admins.security, admins.audit):
        assert loading.accounts(actor, "账号.csv", accounts).mistakes == (
            Mistake(0, "办理人", "所任角色没有这项权限", "请由有此权限的管理员办理"),
        )
        assert not isinstance(services.reset_password(actor, _made(admins), OTHER), User)
    for actor in (admins.system, admins.audit):
        assert [m.column for m in loading.roles(actor, "任职.csv", given).mistakes] == ["办理人"]
    for actor in (admins.system, admins.security):
        assert selectors.changes(actor) == Denied("verb")
    assert isinstance(selectors.changes(admins.audit), list)


def _made(admins: Admins) -> User:
    user = User.objects.filter(login="made").first() or services.create_user(
        admins.system, "made", "测试某", WORD
    )
    assert isinstance(user, User)
    return user


# ------------------------------------------------------------------------------ single services


def test_all_reasons_of_a_refusal_come_together(admins: Admins) -> None:
    answer = services.create_user(admins.system, "SYS", "", "123")
    assert isinstance(answer, services.Refusal)
    assert answer.codes == ("name_form", "login_taken", "password")
    own = User.objects.get(login="sys")
    answer = services.enable(admins.system, own, " ")
    assert isinstance(answer, services.Refusal)
    assert answer.codes == ("self_account", "why", "as_it_was")
    assert str(answer) == "；".join(services.MESSAGES[code] for code in answer.codes)


def test_disabled_and_enabled_again(admins: Admins) -> None:
    user = _made(admins)
    assert isinstance(services.disable(admins.system, user, "调离"), User)
    assert selectors.capacities(User.objects.get(pk=user.pk), date(2024, 1, 1)) == ()
    assert isinstance(services.enable(admins.system, user, "返岗"), User)
    told = (
        Change.objects.filter(kind="user", row=str(user.pk))
        .order_by("id")
        .values_list("what", "reason", "by_id")
    )
    by = int(admins.system.id)
    assert list(told) == [("add", "", by), ("disable", "调离", by), ("enable", "返岗", by)]


def test_a_password_is_reset_and_stands_in_no_record(admins: Admins) -> None:
    user = _made(admins)
    refused = services.reset_password(admins.system, user, "123456")
    assert isinstance(refused, services.Refusal)
    assert isinstance(services.reset_password(admins.system, user, OTHER), User)
    assert User.objects.get(pk=user.pk).check_password(OTHER)
    (row,) = Change.objects.filter(what="password")
    assert OTHER not in str(row.after)
    assert set(row.after) == {"login", "display_name", "power", "is_active"}


# ------------------------------------------------------------------------------ commands


def test_commands_from_account_to_role_to_record(admins: Admins, tmp_path: Path) -> None:
    done = yifa("create", "--login", "li", "--name", "测试李", "--passwords", str(tmp_path / "p.csv"))
    assert done.exit_code == 0, done.output
    assert "已登记1个账号" in done.output
    assert (tmp_path / "p.csv").stat().st_mode & 0o777 == 0o600
    (_, first) = sheets.read("p.csv", (tmp_path / "p.csv").read_bytes()).rows[0][1]  # type: ignore[union-attr]
    assert User.objects.get(login="li").check_password(first)
    assert first not in done.output
    done = yifa(
        "grant", "--login", "li", "--organ", "gz", "--role", "承办人", "--from", "2024-01-01", by="sec"
    )
    assert "已登记1个任职" in done.output, done.output
    done = yifa("end", "--login", "li", "--organ", "gz", "--role", "承办人", "--on", "2024-06-30", by="sec")
    assert "任职至2024-06-30止" in done.output
    assert "已停用" in yifa("disable", "li", "--reason", "调离").output
    assert "已启用" in yifa("enable", "li", "--reason", "返岗").output
    assert "密码已重置" in yifa("password", "li", "--password", OTHER).output
    shown = yifa("changes", "--account", "li", by="aud").output.splitlines()
    assert [line.split(" ", 3)[3] for line in shown if line[:2] == "20"] == [
        "重置密码 测试li".replace("测试li", "测试李"), "启用账号 测试李（返岗）", "停用账号 测试李（调离）",
        "终止任职 测试李 测试局 承办人 2024-01-01至2024-06-30", "授予角色 测试李 测试局 承办人 2024-01-01至长期", "建立账号 测试李",
    ]  # fmt: skip
    assert list(faults()) == []


def test_files_by_command_with_every_mistake(admins: Admins, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(table(("li", "测试李", ""), ("x", "", "")))
    done = yifa("create", "--file", str(tmp_path / "a.csv"))
    assert done.exit_code == 1
    assert "第3行 登录名" in done.output
    assert "第3行 姓名" in done.output
    assert "共2处错误，没有登记任何内容" in done.output
    (tmp_path / "a.csv").write_bytes(table(("li", "测试李", "")))
    assert yifa("create", "--file", str(tmp_path / "a.csv")).exit_code == 0
    (tmp_path / "r.csv").write_bytes(table(("li", "gz", "承办人", "2024-01-01", ""), header=ROLE))
    assert "已登记1个任职" in yifa("grant", "--file", str(tmp_path / "r.csv"), by="sec").output


@pytest.mark.parametrize(
    ("arguments", "by", "said"),
    [
        (("create", "--login", "li"), "sys", "请给出 --login 和 --name，或者只给出 --file"),
        (("grant", "--login", "li"), "sec", "请给出 --login、--organ 和 --role，或者只给出 --file"),
        (("create", "--login", "li", "--name", "测试李"), "aud", "所任角色没有这项权限"),
        (("disable", "nobody", "--reason", "x"), "sys", "没有登录名为“nobody”的账号"),
        (("disable", "sys", "--reason", "x"), "sys", "不得停用、启用自己的账号"),
        (("end", "--login", "sec", "--organ", "gz", "--role", "承办人", "--on", "2024-01-01"), "sec", "没有这项任职"),
        (("changes",), "sys", "所任角色没有这项权限"), (("changes",), "nobody", "登录名或者密码不正确"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(admins: Admins, arguments: tuple[str, ...], by: str, said: str) -> None:
    done = yifa(*arguments, by=by)
    assert done.exit_code != 0
    assert said in done.output


def test_nobody_acts_in_the_name_of_an_administrator_without_the_password(admins: Admins) -> None:
    for _ in range(12):
        done = yifa("create", "--login", "li", "--name", "测试李", text="猜\n")
        assert done.exit_code == 1
    assert "锁定" in done.output
    assert not User.objects.filter(login="li").exists()


# ------------------------------------------------------------------------------ substitutions, by command


STANDS = ("li", "for", "wang", "--organ", "gz", "--role", "处（科）室负责人")


@pytest.fixture
def absent(admins: Admins) -> User:
    """A head of section who goes away, and somebody who may stand in."""
    made = [services.add_user(login, f"测试{login}", WORD) for login in ("wang", "li")]
    head = made[0]
    assert isinstance(head, User)
    services.add_membership(head, Organ.objects.get(code="gz"), "section_head", date(2020, 1, 1))
    return head


def test_a_substitution_by_command_and_its_early_end(admins: Admins, absent: User) -> None:
    given = ("--from", "2024-03-01", "--to", "2024-03-08", "--authority", "穗司〔2024〕1号")
    done = yifa("substitute", *STANDS, *given, by="sec")
    assert "已登记代理，自2024-03-01至2024-03-08" in done.output, done.output
    done = yifa("end-substitution", *STANDS, "--on", "2024-03-04", by="sec")
    assert "代理至2024-03-04止" in done.output, done.output
    row = absent.substituted_by.get()
    assert (row.substitute.login, row.role, row.valid_to) == ("li", "section_head", date(2024, 3, 4))
    shown = yifa("changes", "--account", "wang", by="aud").output
    assert "终止代理 测试li代理测试wang 测试局 处（科）室负责人 2024-03-01至2024-03-04" in shown
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("arguments", "by", "said"),
    [
        (("substitute", *STANDS, "--to", "2099-03-08", "--authority", "批示"), "sys", "所任角色没有这项权限"),
        (("substitute", *STANDS, "--to", "2099-03-08", "--authority", " "), "sec", "须写明授权依据"),
        (("substitute", *STANDS, "--to", "2000-03-08", "--authority", "批示"), "sec", "结束日期早于开始日期"),
        (("substitute", *STANDS[:4], "nowhere", *STANDS[5:], "--to", "2099-03-08", "--authority", "批示"), "sec", "没有代码为"),
        (("substitute", "nobody", *STANDS[1:], "--to", "2099-03-08", "--authority", "批示"), "sec", "没有登录名为"),
        (("substitute", *STANDS[:-1], "皇帝", "--to", "2099-03-08", "--authority", "批示"), "sec", "没有这个角色"),
        (("end-substitution", *STANDS, "--on", "2024-03-04"), "sec", "没有这项代理"),
    ],
)  # fmt: skip
def test_a_substitution_that_is_refused_says_why(
    absent: User, arguments: tuple[str, ...], by: str, said: str
) -> None:
    done = yifa(*arguments, by=by)
    assert done.exit_code == 1
    assert said in done.output
    assert not absent.substituted_by.exists()


# ------------------------------------------------------------------------------ administrators stay


def second(power: Power, start: date = date(2020, 1, 1), end: date | None = None) -> User:
    """Another administrator of this kind."""
    made = services.add_user(f"{power}2", "测试另一人", WORD, power)
    assert isinstance(made, User)
    services.add_membership(made, Organ.objects.get(code="gz"), power, start, end)
    return made


def held(login: str) -> Membership:
    return Membership.objects.get(user__login=login)


def test_nobody_ends_their_own_role(admins: Admins) -> None:
    second(Power.SECURITY)
    found = services.end_membership(admins.security, held("sec"), date(2030, 1, 1))
    assert found == services.Refusal("self_end")
    assert held("sec").valid_to is None
    done = yifa(
        "end", "--login", "sec", "--organ", "gz", "--role", "安全管理员", "--on", "2030-01-01", by="sec"
    )
    assert "不得终止自己的任职" in done.output


@pytest.mark.parametrize(
    ("start", "end", "goes"),
    [
        (date(2020, 1, 1), None, True), (date(2030, 1, 2), None, True), (date(2030, 1, 3), None, False),
        (date(2020, 1, 1), date(2040, 1, 1), False), (date(2020, 1, 1), date(2025, 1, 1), False),
    ],
)  # fmt: skip
def test_the_last_security_administrator_is_ended_by_nobody(
    admins: Admins, start: date, end: date | None, goes: bool
) -> None:
    """Only if somebody else is there the day after, and for as long."""
    other = second(Power.SECURITY, start, end)
    actor = Actor(str(other.pk), frozenset({"security_admin"}))
    found = services.end_membership(actor, held("sec"), date(2030, 1, 1))
    assert isinstance(found, Membership) is goes
    if not goes:
        assert found == services.Refusal("last_administrator")


@pytest.mark.parametrize("login", ["sys", "aud"])
def test_nor_is_the_last_of_the_other_two(admins: Admins, login: str) -> None:
    last = held(login)
    assert services.end_membership(admins.security, last, date(2030, 1, 1)) == services.Refusal(
        "last_administrator"
    )
    second(Power(last.power))
    assert isinstance(services.end_membership(admins.security, last, date(2030, 1, 1)), Membership)


def test_nor_is_the_one_to_come_taken_back_if_nobody_would_be_there_then(admins: Admins) -> None:
    comes = date(timezone.localdate().year + 5, 1, 1)
    other = second(Power.SYSTEM, comes)
    last, coming = held("sys"), other.memberships.get()
    back = comes - timedelta(days=400)
    assert isinstance(services.end_membership(admins.security, last, comes - timedelta(days=1)), Membership)
    refused = services.Refusal("last_administrator")
    assert services.end_membership(admins.security, coming, back) == refused
    third = services.add_user("third", "测试第三人", WORD, Power.SYSTEM)
    assert isinstance(third, User)
    services.add_membership(third, coming.organ, coming.role, comes)
    assert isinstance(services.end_membership(admins.security, coming, back), Membership)
    assert not other.memberships.exists()


def test_the_account_of_the_last_one_is_not_stopped_either(admins: Admins) -> None:
    account = User.objects.get(login="sec")
    assert services.disable(admins.system, account, "离职") == services.Refusal("last_administrator")
    other = second(Power.SECURITY)
    assert isinstance(services.disable(admins.system, account, "离职"), User)
    assert services.disable(admins.system, other, "离职") == services.Refusal("last_administrator")
    assert isinstance(services.enable(admins.system, account, "返岗"), User)
    assert isinstance(services.disable(admins.system, other, "离职"), User)


def test_a_stopped_administrator_does_not_count(admins: Admins) -> None:
    other = second(Power.SECURITY)
    third = services.add_user("third", "测试第三人", WORD, Power.SECURITY)
    assert isinstance(third, User)
    assert isinstance(services.disable(admins.system, other, "离职"), User)
    actor = Actor(str(third.pk), frozenset({"security_admin"}))
    assert services.end_membership(actor, held("sec"), date(2030, 1, 1)) == services.Refusal(
        "last_administrator"
    )


def test_a_role_is_not_made_longer_by_ending_it(admins: Admins) -> None:
    made = services.add_user("zhao", "测试赵", WORD)
    assert isinstance(made, User)
    given = services.add_membership(
        made, Organ.objects.get(code="gz"), "clerk", date(2024, 1, 1), date(2024, 6, 1)
    )
    assert isinstance(given, Membership)
    assert services.end_membership(admins.security, given, date(2024, 6, 2)) == services.Refusal("longer")
    assert isinstance(services.end_membership(admins.security, given, date(2024, 6, 1)), Membership)
