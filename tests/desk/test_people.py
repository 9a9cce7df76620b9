"""Accounts and roles at the desk: each administrator their own part, every reason at once, passwords shown once."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.conftest import Login
from tests.desk.office import Office
from yifa.people.models import Change, Membership, Substitution, User

NEW = {"login": "xinren", "name": "测试新人", "power": "business"}


def text(response: Any) -> str:
    return str(response.content.decode())


def made(login: Login, **data: str) -> User:
    answer = login("system").post("/accounts/", {**NEW, **data})
    assert answer.status_code == 200, text(answer)
    return User.objects.get(login=data.get("login", "xinren"))


def granted(login: Login, user: User, **data: str) -> Any:
    wanted = {"do": "grant", "role": "handler", "organ": "gz-sfj", "start": "2024-02-01", **data}
    return login("security").post(f"/accounts/{user.pk}/", wanted)


def test_an_account_is_made_by_one_given_a_role_by_another_and_logs_in(login: Login) -> None:
    page = text(login("system").post("/accounts/", NEW))
    password = re.search(r'<strong class="mono">(.+?)</strong>', page)
    assert password
    user = User.objects.get(login="xinren")
    assert granted(login, user).status_code == 302
    answer = Client().post("/login", {"login": "xinren", "password": password[1]})
    assert answer.status_code == 302
    assert "承办人" in text(login("security").get(f"/accounts/{user.pk}/"))
    assert password[1] not in text(login("system").get("/accounts/"))


@pytest.mark.parametrize(
    ("who", "accounts", "changes"),
    [
        ("system", 200, 403),
        ("security", 200, 403),
        ("auditor", 403, 200),
        ("handler", 403, 403),
        ("leader", 403, 403),
    ],
)
def test_who_sees_what(login: Login, who: str, accounts: int, changes: int) -> None:
    user = User.objects.get(login="handler")
    assert login(who).get("/accounts/").status_code == accounts
    assert login(who).get(f"/accounts/{user.pk}/").status_code == accounts
    assert login(who).get("/accounts/changes").status_code == changes


def test_administrators_begin_with_what_is_theirs(login: Login) -> None:
    assert login("system").get("/").headers["Location"] == "/accounts/"
    assert ">账号与任职</a>" in text(login("security").get("/accounts/"))
    assert "建立账号" not in text(login("security").get("/accounts/"))
    user = User.objects.get(login="handler")
    assert "授予角色" not in text(login("system").get(f"/accounts/{user.pk}/"))
    assert "重置密码" not in text(login("security").get(f"/accounts/{user.pk}/"))


def test_every_reason_stands_there_at_once_and_nothing_is_lost(login: Login) -> None:
    answer = login("system").post("/accounts/", {"login": "?", "name": "", "power": "nonsense"})
    assert answer.status_code == 422
    assert "登录名须为2至60个" in text(answer)
    assert "姓名须为1至60个字" in text(answer)
    taken = login("system").post("/accounts/", {**NEW, "login": "HANDLER"})
    assert "登录名已被使用" in text(taken)
    assert 'value="测试新人"' in text(taken)


@pytest.mark.parametrize("power", ["system_admin", "security_admin"])
def test_the_other_administrators_forms_do_nothing(login: Login, power: str) -> None:
    answer = login("security").post("/accounts/", {**NEW, "power": power})
    assert answer.status_code == 422
    assert not User.objects.filter(login="xinren").exists()
    user = made(login)
    refused = login("system").post(
        f"/accounts/{user.pk}/", {"do": "grant", "role": "handler", "organ": "gz-sfj", "start": "2024-02-01"}
    )
    assert refused.status_code == 422
    assert not Membership.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"organ": "nowhere"}, "没有这个代码的机关"),
        ({"start": "1月1日"}, "日期须如"),
        ({"end": "later"}, "日期须如"),
        ({"end": "2024-01-01"}, "结束日期早于开始日期"),
        ({"role": "system_admin"}, "三员分立"),
        ({"role": "emperor"}, "没有这个角色"),
        ({"do": "crown"}, "所任角色没有这项权限"),
    ],
)
def test_a_role_is_not_given_for_nothing(login: Login, data: dict[str, str], why: str) -> None:
    user = made(login)
    answer = granted(login, user, **data)
    assert answer.status_code == 422
    assert why in text(answer)
    assert not Membership.objects.filter(user=user).exists()


def test_a_role_ends_on_its_last_day(login: Login) -> None:
    user = made(login)
    granted(login, user)
    held = Membership.objects.get(user=user)
    client = login("security")
    for wrong in ({"held": "x", "last": "2024-03-01"}, {"held": str(held.pk), "last": "soon"}):
        assert client.post(f"/accounts/{user.pk}/", {"do": "end", **wrong}).status_code == 422
    client.post(f"/accounts/{user.pk}/", {"do": "end", "held": str(held.pk), "last": "2024-03-01"})
    held.refresh_from_db()
    assert held.valid_to == date(2024, 3, 1)


def test_an_account_is_stopped_for_a_reason_and_never_ones_own(login: Login, place: Office) -> None:
    user, client = place.people["handler"], login("system")
    assert client.post(f"/accounts/{user.pk}/", {"do": "switch", "reason": " "}).status_code == 422
    for active in (False, True):
        client.post(f"/accounts/{user.pk}/", {"do": "switch", "reason": "离职又返聘"})
        user.refresh_from_db()
        assert user.is_active is active
    own = client.post(f"/accounts/{place.people['system'].pk}/", {"do": "switch", "reason": "休假"})
    assert "不得停用、启用自己的账号" in text(own)


def test_a_password_is_reset_and_shown_once(login: Login, place: Office) -> None:
    user, client = place.people["handler"], login("system")
    page = text(client.post(f"/accounts/{user.pk}/", {"do": "reset"}))
    password = re.search(r'<strong class="mono">(.+?)</strong>', page)
    assert password
    user.refresh_from_db()
    assert user.check_password(password[1])
    assert password[1] not in text(client.get(f"/accounts/{user.pk}/"))
    assert not Change.objects.filter(after__icontains=password[1]).exists()


def test_the_auditor_reads_what_was_done(login: Login) -> None:
    granted(login, made(login))
    page = text(login("auditor").get("/accounts/changes"))
    assert "建立账号" in page
    assert "授予角色" in page
    assert "测试安全员" in page


def test_an_unknown_account_is_not_found(login: Login) -> None:
    assert login("system").get("/accounts/999999/").status_code == 404


def test_a_page_of_accounts_costs_the_same_however_many_there_are(login: Login, place: Office) -> None:
    client, counts = login("system"), []
    for more in (0, 60):
        for number in range(more):
            User.objects.create(login=f"ren{number}", display_name=f"测试人{number}")
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get("/accounts/"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "第 1 / 2 页" in page
    assert "共 1 个" in text(client.get("/accounts/?q=处长"))


# ------------------------------------------------------------------------------ substitutions


def stands_in(login: Login, place: Office, **data: str) -> Any:
    held = Membership.objects.get(user=place.people["section"])
    wanted = {"do": "substitute", "held": str(held.pk), "other": "second", "start": "2024-02-01", "end": "2024-02-29",
              "authority": "测试〔2024〕1号", **data}  # fmt: skip
    return login("security").post(f"/accounts/{place.people['section'].pk}/", wanted)


def test_a_substitution_is_arranged_shown_on_both_accounts_and_ended(login: Login, place: Office) -> None:
    assert stands_in(login, place).status_code == 302
    principal, other, client = place.people["section"], place.people["second"], login("security")
    page = text(client.get(f"/accounts/{principal.pk}/"))
    assert f'由<a href="/accounts/{other.pk}/">测试协办人</a>代理' in page
    assert "测试〔2024〕1号" in page
    assert f'代理<a href="/accounts/{principal.pk}/">测试处长</a>' in text(
        client.get(f"/accounts/{other.pk}/")
    )
    row = Substitution.objects.get()
    for wrong in ({"held": "x", "last": "2024-02-05"}, {"held": str(row.pk), "last": "soon"}):
        assert client.post(f"/accounts/{principal.pk}/", {"do": "relieve", **wrong}).status_code == 422
    client.post(f"/accounts/{principal.pk}/", {"do": "relieve", "held": str(row.pk), "last": "2024-02-05"})
    row.refresh_from_db()
    assert row.valid_to == date(2024, 2, 5)
    record = text(login("auditor").get("/accounts/changes"))
    assert "测试协办人代理测试处长 测试市司法局 处（科）室负责人 2024-02-01至2024-02-05" in record
    assert "gz-sfj" not in record


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"other": "nobody"}, "没有代理人的账号"), ({"held": "x"}, "没有这项任职"), ({"end": ""}, "日期须如"),
        ({"authority": " "}, "须写明授权依据"), ({"other": "auditor"}, "三员分立"), ({"end": "2024-01-01"}, "结束日期早于"),
        ({"other": "section"}, "不得给自己"), ({"start": "2001-01-01"}, "被代理人在代理期内不担任该角色"),
    ],
)  # fmt: skip
def test_a_substitution_is_refused_with_the_reason_and_nothing_is_lost(
    login: Login, place: Office, data: dict[str, str], why: str
) -> None:
    answer = stands_in(login, place, **data)
    assert answer.status_code == 422
    assert why in text(answer)
    assert "<details open><summary>登记代理" in text(answer)
    assert not Substitution.objects.exists()


def test_only_the_security_administrator_is_offered_it(login: Login, place: Office) -> None:
    key = place.people["section"].pk
    assert "登记代理" in text(login("security").get(f"/accounts/{key}/"))
    assert "登记代理" not in text(login("system").get(f"/accounts/{key}/"))
    assert "登记代理" not in text(login("security").get(f"/accounts/{place.people['auditor'].pk}/"))
    refused = login("system").post(f"/accounts/{key}/", {"do": "substitute", "held": "1", "other": "second"})
    assert refused.status_code == 422


def test_nobody_is_offered_to_end_their_own_role_and_it_is_refused(login: Login, place: Office) -> None:
    own, client = place.people["security"], login("security")
    assert 'value="end"' not in text(client.get(f"/accounts/{own.pk}/"))
    assert 'value="end"' in text(client.get(f"/accounts/{place.people['handler'].pk}/"))
    held = Membership.objects.get(user=own)
    answer = client.post(f"/accounts/{own.pk}/", {"do": "end", "held": str(held.pk), "last": "2024-03-01"})
    assert answer.status_code == 422
    assert "不得终止自己的任职" in text(answer)
    held.refresh_from_db()
    assert held.valid_to is None


def test_the_last_security_administrator_is_stopped_by_nobody(login: Login, place: Office) -> None:
    own = place.people["security"]
    answer = login("system").post(f"/accounts/{own.pk}/", {"do": "switch", "reason": "离职"})
    assert "全市须始终有人担任" in text(answer)
    own.refresh_from_db()
    assert own.is_active
