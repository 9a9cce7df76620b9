"""People for the demonstration: an account for each role, with one password, and what each should look at first."""

from datetime import date
from typing import NamedTuple

from yifa.people.models import Organ, User
from yifa.people.roles import ROLES, Power
from yifa.people.services import Refusal, add_membership, add_user

GOVERNMENT, JUSTICE, AID, STREET, CITY = "440106-gov", "440106-sfj", "440106-aid", "440106-s1", "gz-gov"


class Account(NamedTuple):
    """An account: its login, the name it shows, its role, its organ, and what to look at first."""

    login: str
    name: str
    role: str
    organ: str
    first: str


ACCOUNTS = (
    Account("chuangkou", "测试窗口员", "window_clerk", GOVERNMENT, "办理—收件：登记一件行政复议申请"),
    Account("chengban2", "测试承办人乙", "handler", GOVERNMENT, "同组承办人"),
    Account(
        "chengban", "测试承办人", "handler", GOVERNMENT, "我的工作：红、黄、绿三件在审案件；打开期限看推算"
    ),
    Account("chuzhang", "测试处长", "section_head", GOVERNMENT, "待我审签：一件受理、一件复议决定"),
    Account("fuzhuren", "测试复议机构负责人", "body_head", GOVERNMENT, "待我审核：处长已同意的复议决定"),
    Account(
        "jiguan", "测试机关负责人", "organ_head", GOVERNMENT, "待我签发：处长、机构负责人已同意的复议决定"
    ),
    Account("yuanzhu", "测试援助审查员", "reviewer", AID, "我的工作：本周到期的法律援助申请"),
    Account("zhipai", "测试指派员", "assigner", AID, "待指派：今天到期的通知辩护"),
    Account("zhuren", "测试援助处负责人", "agency_head", AID, "待我签发：一件给予法律援助决定"),
    Account("tiaojie", "测试调解员", "mediator", STREET, "我的工作：一件调解期限将届满的纠纷"),
    Account("weiyuanhui", "测试调委会主任", "committee_head", STREET, "待签发：一件调解受理；待归档的调解"),
    Account("yingsu", "测试应诉统筹员", "coordinator", JUSTICE, "待开庭、待答辩的应诉案件"),
    Account("tongji", "测试统计员", "statistician", CITY, "报告：点开任一数字，看定义和案件"),
    Account("xitong", "测试系统管理员", "system_admin", CITY, "账号管理"),
    Account("anquan", "测试安全管理员", "security_admin", CITY, "授予角色"),
    Account("shenji", "测试审计管理员", "audit_admin", CITY, "存证：检查点、一案回执、验证程序；查阅记录"),
)


class AccountError(RuntimeError):
    """An account could not be made; the message says which and why."""


def accounts(password: str, since: date) -> dict[str, User]:
    """Make them all, each with its role from `since` on; by login."""
    first, *others = ACCOUNTS
    found = {first.login: _made(first, password, since)}
    for account in others:
        found[account.login] = _made(account, None, since)
    # A password is stretched on purpose; the same one is stretched once.
    User.objects.filter(login__in=found).update(password=found[first.login].password)
    return found


def _made(account: Account, password: str | None, since: date) -> User:
    user = add_user(account.login, account.name, password, Power(ROLES[account.role].power))
    if isinstance(user, Refusal):
        raise AccountError(f"{account.login}: {user.code}")
    held = add_membership(user, Organ.objects.get(code=account.organ), account.role, since)
    if isinstance(held, Refusal):
        raise AccountError(f"{account.login}: {held.code}")
    return user


def sheet(password: str) -> str:
    """The log-ins, one a line: role, log-in, password, and for people who it is and what to look at first."""
    names = dict(Organ.objects.filter(code__in={a.organ for a in ACCOUNTS}).values_list("code", "name"))
    lines = [f"演示账号： 密码都是 {password} （人物、案件均为虚构）"]
    lines += [
        f"{a.role} {a.login} {password}  {ROLES[a.role].title}，{names[a.organ]}。先看：{a.first}"
        for a in ACCOUNTS
    ]
    return "\n".join(lines) + "\n"
