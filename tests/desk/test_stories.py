"""Stories in a real browser: a handler takes a case from receipt to service, a leader signs, an auditor verifies, a figure
is followed to its case. Debian's chromium; skipped where it is not installed.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.desk.browsing import CHROMIUM, Seat, overflow
from tests.desk.office import Office
from yifa.casework import log
from yifa.casework.models import Case, EventRow, Proposal
from yifa.ledger import verifier

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def place(committed: Office) -> Office:
    return committed


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
    page.fill('[name="applicants.0.phone"]', "13800138000")
    page.fill('[name="applicants.0.id_number"]', "11010519491231002X")
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


def test_a_half_filled_form_survives_a_refresh_and_a_log_out(seat: Any, place: Office) -> None:
    window = seat("window")
    page = window.page
    path = "/cases/new/reconsideration/receive_application/"
    window.go(path)
    page.click("fieldset[data-rows=applicants] > [data-add]")
    with page.expect_response(lambda answer: answer.status == 204):
        page.fill('[name="applicants.0.name"]', "测试申请人")
    page.wait_for_selector("text=已自动暂存")
    page.fill("#f-service_address", "测试路1号")
    window.go("/")  # left before the pause is over
    page.wait_for_selector("text=没有填完的表单")
    page.click("button:has-text('退出')")
    page.wait_for_selector("#password")
    again = seat("window")
    again.page.click("a:has-text('收件登记')")
    again.page.click("text=继续填写")
    assert again.page.input_value('[name="applicants.0.name"]') == "测试申请人"
    assert again.page.input_value("#f-service_address") == "测试路1号"
    again.page.reload()
    assert again.page.input_value("#f-service_address") == "测试路1号"
    assert overflow(again.page) <= 0
    again.go(path)
    again.page.click("text=丢弃")
    again.page.wait_for_selector("#f-service_address")
    assert again.page.input_value("#f-service_address") == ""


def test_a_person_is_looked_for_and_the_auditor_sees_it(seat: Any, place: Office) -> None:
    case = application_by_form(seat("window"))
    section = seat("section")
    section.page.click("nav a:has-text('查找')")
    section.page.select_option("#kind", "name")
    section.page.fill("#value", "测试申请人")
    section.page.click("main button:has-text('查找')")
    section.page.wait_for_selector("text=共 1 件")
    assert "测试申请人" not in section.page.url
    assert overflow(section.page) <= 0
    section.page.click("td a:has-text('行复')")
    section.page.wait_for_selector("h1:has-text('行复')")
    assert str(case) in section.page.url
    auditor = seat("auditor")
    auditor.go("/accesses/")
    assert auditor.sees("查找当事人")
    assert overflow(auditor.page) <= 0


def test_a_document_is_read_beside_its_case(seat: Any, place: Office, width: int) -> None:
    application_by_form(seat("window"))
    section = seat("section")
    section.go("/cases/")
    section.page.click("td a:has-text('行复')")
    framed: list[int] = []
    section.page.on("response", lambda r: framed.append(r.status) if r.url.endswith(".pdf") else None)
    section.page.click("#papers a >> nth=0")
    section.page.wait_for_selector("text=校验码")
    viewer = section.page.locator("iframe.viewer")
    assert viewer.is_visible() == (width > 900)
    if width > 900:
        section.page.wait_for_timeout(500)
        assert framed == [200]
    assert section.page.locator("a:has-text('打开 PDF')").is_visible()
    assert overflow(section.page) <= 0
