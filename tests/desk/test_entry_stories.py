"""Logging in, in a real browser: locked out and let in again; a device enrolled and used."""

from typing import Any

import pytest

from tests.desk.browsing import CHROMIUM, overflow
from tests.desk.office import PASSWORD, Office
from yifa.people.models import LoginRecord, SecondFactor
from yifa.platform import totp

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def place(committed: Office) -> Office:
    return committed


def test_locked_out_and_let_in_again(seat: Any, place: Office) -> None:
    handler = seat("")
    for _ in range(5):
        handler.enter("handler", "a wrong one")
    assert handler.sees("登录失败次数过多")
    assert overflow(handler.page) <= 0
    handler.enter("handler")
    assert handler.sees("暂停登录")
    security = seat("security")
    assert security.sees("测试承办人")
    security.page.fill("form.lock input[name=reason]", "本人当面核实")
    security.page.click("form.lock button:has-text('解除')")
    security.page.wait_for_selector("text=已办理，并已记录")
    assert overflow(security.page) <= 0
    handler.enter("handler")
    assert handler.sees("我的工作")
    auditor = seat("auditor")
    auditor.go("/logins/record")
    assert auditor.sees("本人当面核实")
    assert overflow(auditor.page) <= 0


def test_a_device_is_enrolled_and_used(seat: Any, place: Office) -> None:
    handler = seat("handler")
    handler.page.click("text=登录安全")
    page = handler.page
    secret = page.inner_text("li .mono").replace(" ", "")
    assert page.evaluate("document.querySelector('.qr img').naturalWidth") > 0, "the picture is shown"
    code = totp.code(totp.secret_of(secret), totp.step_of(page.evaluate("Date.now() / 1000")))
    page.fill("#password", PASSWORD)
    page.fill("#code", code)
    page.click("button:has-text('启用')")
    page.wait_for_selector("text=只显示这一次")
    recovery = page.locator(".codes li").first.inner_text()
    assert overflow(page) <= 0
    page.click("text=已保管好")
    again = seat("")
    again.enter("handler")
    again.page.wait_for_selector("h1:has-text('动态验证码')")
    again.page.fill("#code", recovery.lower())
    again.page.click("main button")
    again.page.wait_for_selector("h1:has-text('我的工作')")
    assert LoginRecord.objects.filter(kind="recovered").exists()
    assert SecondFactor.objects.get().user == place.people["handler"]
