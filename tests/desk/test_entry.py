"""Pages of logging in: lock-out in words, the second step, enrolment before anything else, what administrators do."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.conftest import Login
from tests.desk.office import PASSWORD, Office
from yifa.desk import views_account, views_entry
from yifa.people import factors
from yifa.people.models import LoginRecord, SecondFactor, User
from yifa.platform import totp

NOON = timezone.make_aware(datetime(2024, 2, 7, 12))


class Clock:
    """The moment at the door, moved by hand."""

    now = NOON

    def forward(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    for module in (views_entry, views_account):
        monkeypatch.setattr(module.timezone, "now", lambda: found.now)
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


def enter(client: Client, login: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/login?next=/cases/", {"login": login, "password": password}, **more)


def code_of(who: User, clock: Clock) -> str:
    secret = totp.secret_of(SecondFactor.objects.get(user=who).secret)
    return totp.code(secret, totp.step_of(clock.now.timestamp()))


@pytest.fixture
def enrolled(place: Office, clock: Clock) -> tuple[str, ...]:
    """The handler's recovery codes; the code of that minute is used up."""
    who = place.people["handler"]
    factors.begin(who, clock.now, "依法")
    codes = factors.confirm(who, PASSWORD, code_of(who, clock), clock.now)
    assert isinstance(codes, tuple)
    clock.forward(1)
    return codes


# ------------------------------------------------------------------------------ locks


def test_a_lock_is_told_with_its_end_and_with_whom_to_ask(place: Office, clock: Clock) -> None:
    client = Client()
    pages = [enter(client, "handler", "no") for _ in range(5)]
    assert [page.status_code for page in pages] == [400] * 4 + [429]
    assert "再失败" not in text(pages[0])
    assert "再失败2次将暂停登录" in text(pages[2])
    assert "暂停登录，12:10以后可以再试" in text(pages[4])
    assert "安全管理员" in text(pages[4])
    clock.forward(4)
    right = enter(client, "handler")
    assert (right.status_code, right.headers["Retry-After"]) == (429, "360")
    clock.forward(6)
    assert enter(client, "handler").headers["Location"] == "/cases/"


def test_a_lock_over_midnight_names_the_day(place: Office, clock: Clock) -> None:
    clock.forward(11 * 60 + 55)
    client = Client()
    for _ in range(5):
        page = enter(client, "handler", "no")
    assert "2月8日00:05以后" in text(page)


def test_the_page_says_the_same_of_accounts_that_do_not_exist(place: Office, clock: Clock) -> None:
    def page(login: str) -> str:
        return re.sub(r'value="[^"]*"', "", text(enter(Client(), login, "no")))

    assert page("handler") == page("nobody")


@pytest.mark.parametrize(
    ("proxied", "forwarded", "expected"),
    [
        (False, "203.0.113.9", "127.0.0.1"),  # anybody can write the header
        (True, "203.0.113.9", "203.0.113.9"),
        (True, "10.9.9.9, 203.0.113.9", "203.0.113.9"),  # only the last was written by our proxy
        (True, "", "127.0.0.1"),
    ],
)
def test_where_a_request_comes_from(proxied: bool, forwarded: str, expected: str, settings: Any) -> None:
    settings.PROXY_ADDRESS = proxied
    request = RequestFactory().get("/login", HTTP_X_FORWARDED_FOR=forwarded)
    assert views_entry.address_of(request) == expected


# ------------------------------------------------------------------------------ the second step


def test_whoever_has_a_device_is_asked_for_its_code(place: Office, clock: Clock, enrolled: Any) -> None:
    client = Client()
    answer = enter(client, "handler")
    assert answer.headers["Location"] == "/login/code?next=%2Fcases%2F"
    assert client.get("/cases/").status_code == 302, "half in is not in"
    wrong = client.post("/login/code?next=/cases/", {"code": "000000"})
    assert (wrong.status_code, "验证码不正确" in text(wrong)) == (400, True)
    right = client.post("/login/code?next=/cases/", {"code": code_of(place.people["handler"], clock)})
    assert right.headers["Location"] == "/cases/"
    assert client.get("/cases/").status_code == 200
    assert LoginRecord.objects.filter(kind="in").count() == 1


def test_a_recovery_code_is_taken_once(place: Office, clock: Clock, enrolled: tuple[str, ...]) -> None:
    for expected in (302, 400):
        client = Client()
        enter(client, "handler")
        assert client.post("/login/code", {"code": enrolled[0]}).status_code == expected


def test_the_second_step_is_open_for_a_few_minutes_after_the_first(
    place: Office, clock: Clock, enrolled: Any
) -> None:
    client = Client()
    assert client.get("/login/code").headers["Location"] == "/login"
    enter(client, "handler")
    assert client.get("/login/code").status_code == 200
    clock.forward(5.1)
    answer = client.post("/login/code", {"code": code_of(place.people["handler"], clock)})
    assert answer.headers["Location"] == "/login"
    assert client.get("/").status_code == 302


# ------------------------------------------------------------------------------ enrolment


def test_a_device_is_enrolled_and_recovery_codes_are_shown_once(place: Office, clock: Clock) -> None:
    client, who = Client(), place.people["handler"]
    enter(client, "handler")
    page = text(client.get("/account/second-factor"))
    assert "data:image/svg+xml" in page
    secret = SecondFactor.objects.get(user=who).secret
    assert secret in page.replace(" ", "")
    wrong = client.post("/account/second-factor", {"password": "no", "code": code_of(who, clock)})
    assert (wrong.status_code, "密码不正确" in text(wrong)) == (422, True)
    done = text(client.post("/account/second-factor", {"password": PASSWORD, "code": code_of(who, clock)}))
    assert len(re.findall(r"<li>[A-Z2-7]{4}(-[A-Z2-7]{4}){3}</li>", done)) == 10
    again = text(client.get("/account/second-factor"))
    assert "还有 10 个恢复码" in again
    assert secret not in again.replace(" ", "")


def test_a_device_is_given_up(place: Office, clock: Clock, enrolled: Any, login: Login) -> None:
    client = login("handler")
    wrong = client.post("/account/second-factor", {"password": PASSWORD, "code": "000000"})
    assert (wrong.status_code, "验证码不正确" in text(wrong)) == (422, True)
    client.post("/account/second-factor", {"password": PASSWORD, "code": enrolled[1]})
    assert not SecondFactor.objects.filter(confirmed_at__isnull=False).exists()
    assert enter(Client(), "handler").headers["Location"] == "/cases/"


def test_where_it_is_demanded_nothing_is_open_before(place: Office, clock: Clock, settings: Any) -> None:
    settings.SECOND_FACTOR = "signers"
    assert enter(other := Client(), "handler").headers["Location"] == "/cases/"
    assert other.get("/cases/").status_code == 200, "a handler signs nothing"
    client, who = Client(), place.people["leader"]
    enter(client, "leader")
    for path in ("/", "/cases/", "/ledger/", "/reports/"):
        assert client.get(path).headers["Location"] == "/account/second-factor"
    page = text(client.get("/account/second-factor"))
    assert "须先启用动态验证码" in page
    assert "主导航" not in page
    client.post("/account/second-factor", {"password": PASSWORD, "code": code_of(who, clock)})
    assert client.get("/cases/").status_code == 200


def test_the_page_is_for_those_logged_in(place: Office) -> None:
    assert Client().get("/account/second-factor").headers["Location"] == "/login"


# ------------------------------------------------------------------------------ administrators


def test_a_security_administrator_unlocks_for_a_reason(place: Office, clock: Clock, login: Login) -> None:
    for _ in range(5):
        enter(Client(), "handler", "no")
    client = login("security")
    assert client.get("/").headers["Location"] == "/logins/"
    page = text(client.get("/logins/"))
    assert "测试承办人" in page
    lock = re.search(r'name="lock" value="([^"]+)"', page)
    assert lock
    body = {"do": "unlock", "kind": "account", "lock": lock.group(1), "reason": ""}
    assert "须写明" in text(client.post("/logins/", body))
    done = client.post("/logins/", {**body, "reason": "本人来电，已核实"}, follow=True)
    assert "已办理，并已记录" in text(done)
    assert "现在没有被暂停登录的" in text(done)
    assert enter(Client(), "handler").headers["Location"] == "/cases/"
    assert "没有这项锁定" in text(client.post("/logins/", {**body, "lock": "nonsense", "reason": "x"}))


def test_a_lost_device_is_reset(place: Office, clock: Clock, enrolled: Any, login: Login) -> None:
    body = {"do": "reset", "login": "handler", "reason": "手机丢失"}
    assert "没有启用动态验证码" in text(login("security").post("/logins/", {**body, "login": "second"}))
    login("security").post("/logins/", body)
    assert enter(Client(), "handler").headers["Location"] == "/cases/"
    record = text(login("auditor").get("/logins/record"))
    assert "重置动态验证码" in record
    assert "手机丢失" in record


@pytest.mark.parametrize("who", ["handler", "leader", "auditor", "system"])
def test_nobody_else_manages_log_ins(who: str, place: Office, login: Login) -> None:
    assert login(who).get("/logins/").status_code == 403
    answer = login(who).post("/logins/", {"do": "reset", "login": "handler", "reason": "x"})
    assert answer.status_code in (403, 422)


def test_the_record_costs_the_same_however_long_it_is(place: Office, login: Login) -> None:
    client, counts = login("auditor"), []
    for wanted in (3, 60):
        while LoginRecord.objects.count() < wanted:
            LoginRecord.objects.create(at=NOON, kind="in", user=place.people["handler"], address="10.0.0.1")
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get("/logins/record"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "第 1 / 2 页，共 60 条" in page
    assert text(client.get("/logins/record?page=2")).count('data-th="事项"') == 10
    assert login("security").get("/logins/record").status_code == 403


@pytest.mark.parametrize("who", ["auditor", "security", "system"])
def test_administrators_begin_with_what_is_theirs(who: str, login: Login) -> None:
    answer = login(who).get("/", follow=True)
    assert answer.status_code == 200
    assert "案件</a>" not in text(answer)
