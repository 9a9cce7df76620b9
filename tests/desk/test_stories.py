"""Stories in a real browser: a handler takes a case from receipt to service, a leader signs, an auditor verifies, a figure
is followed to its case. Debian's chromium; skipped where it is not installed.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from tests.desk.office import PASSWORD, Office, office
from yifa.casework import log
from yifa.casework.models import Case, EventRow, Proposal
from yifa.ledger import verifier

CHROMIUM = shutil.which("chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in this thread
        found = playwright.chromium.launch(executable_path=CHROMIUM)
        yield found
        found.close()


@pytest.fixture
def place(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setitem(
        connections.settings["default"], "CONN_MAX_AGE", 0
    )  # the server's threads keep no connection
    return office()


class Seat:
    """Somebody at a screen of this width."""

    def __init__(self, browser: Browser, address: str, login: str, width: int) -> None:
        self.address = address
        self.page: Page = browser.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN"
        ).new_page()
        self.troubles: list[str] = []
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.goto(address + "/login")
        self.page.fill("#login", login)
        self.page.fill("#password", PASSWORD)
        self.page.click("text=登录 >> nth=-1")
        self.page.wait_for_selector("header.top")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def act(self, case: UUID, action: str, button: str, **fields: str) -> None:
        """Fill in the act's form as a person would and press the button."""
        self.go(f"/cases/{case}/act/{action}/")
        for name, value in fields.items():
            field = self.page.locator(f'[name="{name.replace("__", ".")}"]').last
            if not field.is_visible():
                self.page.click("details.more summary")
            if field.evaluate("e => e.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        self.page.click(f"button:has-text('{button}')")
        self.page.wait_for_load_state()

    def sees(self, text: str) -> bool:
        return text in self.page.inner_text("body")


@pytest.fixture(params=[1366, 390])
def width(request: Any) -> int:
    return int(request.param)


def overflow(page: Page) -> int:
    """Pixels by which the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.fixture
def seat(browser: Browser, live_server: Any, width: int) -> Any:
    seats: list[Seat] = []

    def take(login: str) -> Seat:
        seats.append(Seat(browser, live_server.url, login, width))
        return seats[-1]

    yield take
    assert [trouble for s in seats for trouble in s.troubles] == []
    for s in seats:
        s.page.context.close()


def application_by_form(window: Seat) -> UUID:
    """A citizen comes to the window; the clerk fills in the form."""
    page = window.page
    window.go("/cases/")
    page.click("summary:has-text('登记新案件')")
    page.click("a:has-text('收件登记') >> nth=0")
    page.fill("#f-filed_on", "2024-02-07")
    page.fill("#f-received_on", "2024-02-07")
    page.select_option("#f-channel", "in_person")
    page.click("fieldset[data-rows=applicants] > [data-add]")
    page.fill('[name="applicants.0.name"]', "测试申请人")
    page.click("fieldset[data-rows=respondents] > [data-add]")
    page.fill('[name="respondents.0.name"]', "测试行政机关")
    page.select_option('[name="act.type"]', "penalty")
    page.fill('[name="act.made_on"]', "2024-01-11")
    page.fill("#f-act_category", "1")
    page.fill("#f-known_on", "2024-01-16")
    page.select_option("#f-remedy_told", "all")
    page.check("input[name=requests][value=revoke]")
    page.fill("#f-facts_reasons", "认为处罚认定事实不清、证据不足")
    page.fill("#f-service_address", "测试路1号")
    page.check("#f-e_service_consent")
    page.click("button:has-text('办理')")
    page.wait_for_selector("h1:has-text('行复')")
    return Case.objects.get().id


def test_a_case_from_receipt_to_service(seat: Any, place: Office) -> None:
    window = seat("window")
    case = application_by_form(window)
    assert window.sees("审查受理期限") or window.sees("期限")
    section = seat("section")
    section.act(case, "accept", "办理", accepted_on="2024-02-07", conditions_met="1\n2\n3\n4\n5\n6\n7")
    assert section.sees("审理中")
    handlers = "\n".join(str(place.people[name].pk) for name in ("handler", "second"))
    section.act(case, "assign_handler", "办理", handlers=handlers)
    handler = seat("handler")
    handler.go("/")
    assert handler.sees("2024-02-22") or handler.sees("还有")
    respondent = next(p for p in Case.objects.get(id=case).numbers.all()) and "测试行政机关"
    party = handler_party(handler, case, respondent)
    handler.act(case, "send_copy", "办理", **{"act-party": party, "served_on": "2024-02-07"})
    assert handler.sees("被申请人答复")
    handler.act(case, "hear_opinions", "办理", mode="phone", record="电话听取意见，申请人坚持原请求")
    assert EventRow.objects.filter(case_id=case).count() == 5
    assert overflow(handler.page) <= 0


def handler_party(handler: Seat, case: UUID, name: str) -> str:
    """The value of the option that names this party."""
    handler.go(f"/cases/{case}/act/send_copy/")
    option = handler.page.locator(f"#act-party option:has-text('{name}')")
    value = option.get_attribute("value")
    assert value
    return value


def test_a_leader_signs_and_an_auditor_verifies(seat: Any, place: Office, tmp_path: Path) -> None:
    case = application_by_form(seat("window"))
    section = seat("section")
    section.act(case, "accept", "办理", accepted_on="2024-02-07", conditions_met="1\n2\n3\n4\n5\n6\n7")
    handlers = "\n".join(str(place.people[name].pk) for name in ("handler", "second"))
    section.act(case, "assign_handler", "办理", handlers=handlers)
    handler = seat("handler")
    handler.act(case, "extend_review", "提交审批", days="30", reason="案情复杂，需要进一步调查")
    assert handler.sees("审批中")
    proposal = Proposal.objects.get()
    section.go(f"/proposals/{proposal.pk}/")
    section.page.fill("#text", "拟同意延期")
    section.page.click("button:has-text('同意')")
    section.page.wait_for_load_state()
    proposal.refresh_from_db()
    leader = seat("body" if "body_head" in proposal.waiting else "leader")
    leader.go("/proposals/")
    leader.page.click("td a:has-text('延')")
    leader.page.fill("#text", "同意")
    leader.page.click("button:has-text('签发')")
    leader.page.wait_for_selector("text=已签发")
    assert leader.sees("2024-05-07") or leader.sees("延长30日") or leader.sees("另延长30日")
    log.sequence()
    log.export(tmp_path / "export")
    auditor = seat("auditor")
    auditor.go("/ledger/")
    assert auditor.sees(str(log.log_size()))
    with auditor.page.expect_download() as download:
        auditor.page.click("text=下载验证程序")
    program = tmp_path / "verifier.py"
    download.value.save_as(program)
    assert program.read_bytes() == Path(verifier.__file__).read_bytes()
    command = [sys.executable, str(program), str(tmp_path / "export"), "--key", str(log.key())]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert overflow(auditor.page) <= 0


def test_a_figure_is_followed_to_its_case(seat: Any, place: Office) -> None:
    case = application_by_form(seat("window"))
    section = seat("section")
    section.go("/reports/?year=2024")
    section.page.click("td a:has-text('新收案件')")
    section.page.wait_for_selector("text=定义")
    assert section.sees("1件")
    section.page.click("td a:has-text('行复')")
    section.page.wait_for_selector("h1:has-text('行复')")
    assert str(case) in section.page.url
    assert overflow(section.page) <= 0
