"""Pages of the desk as a browser gets them: who sees what, what is said when something is wrong, how many queries."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.conftest import Login
from tests.desk.office import PASSWORD, Office, received
from yifa.casework.models import Case, EventRow, Proposal
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.desk.views_reports import in_words
from yifa.language.acts import Actor, Command
from yifa.ledger.receipt import from_json
from yifa.people.models import Access

ALL = [1, 2, 3, 4, 5, 6, 7]


@pytest.fixture
def case(place: Office) -> UUID:
    """Accepted, with two handlers."""
    found = received(place)
    place.act("section", "accept", "2024-02-06", found, accepted_on=date(2024, 2, 6), conditions_met=ALL)
    handlers = [str(place.people[name].pk) for name in ("handler", "second")]
    place.act("section", "assign_handler", "2024-02-06", found, handlers=handlers)
    return found


def text(response: Any) -> str:
    return str(response.content.decode())


def post_act(client: Client, case: UUID, action: str, **data: Any) -> Any:
    body = {"act-on": "2024-02-07", "act-key": uuid4().hex, "act-do": "", **data}
    return client.post(f"/cases/{case}/act/{action}/", body)


# ------------------------------------------------------------------------------ coming and going


def test_a_wrong_password_is_told_and_a_right_one_leads_where_one_wanted(place: Office) -> None:
    client = Client()
    assert client.get("/cases/").headers["Location"] == "/login?next=/cases/"
    wrong = client.post("/login?next=/cases/", {"login": "handler", "password": "no"})
    assert (wrong.status_code, "登录名或密码不正确" in text(wrong)) == (400, True)
    right = client.post("/login?next=/cases/", {"login": "handler", "password": PASSWORD})
    assert right.headers["Location"] == "/cases/"
    client.post("/logout")
    assert client.get("/").status_code == 302


def test_nobody_is_led_to_another_site(place: Office) -> None:
    answer = Client().post("/login?next=https://evil.example/", {"login": "handler", "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_an_auditor_has_no_cases_in_the_menu(login: Login) -> None:
    page = text(login("auditor").get("/ledger/"))
    assert "存证" in page
    assert ">案件</a>" not in page


@pytest.mark.parametrize("path", ["/", "/cases/", "/proposals/", "/reports/", "/procedures/", "/ledger/"])
def test_every_page_opens_for_every_business_role(login: Login, path: str, place: Office) -> None:
    for name in ("window", "handler", "section", "leader", "statistics"):
        assert login(name).get(path).status_code == 200, name


# ------------------------------------------------------------------------------ lists and files


def test_my_work_shows_my_cases_with_their_dates(login: Login, case: UUID) -> None:
    page = text(login("handler").get("/"))
    assert Case.objects.get(id=case).number in page
    assert "2024-02-21" in page
    assert "还有14天" in page
    assert Case.objects.get(id=case).number not in text(login("stranger").get("/"))


def test_a_list_leads_only_to_files_that_open(login: Login, case: UUID, place: Office) -> None:
    other = received(place)
    page = text(login("handler").get("/cases/"))
    assert Case.objects.get(id=other).number in page, "they may know of it"
    assert f"/cases/{case}/" in page
    assert f"/cases/{other}/" not in page
    assert login("handler").get(f"/cases/{other}/").status_code == 403
    assert f"/cases/{other}/" in text(login("section").get("/cases/"))


def test_a_list_of_fifty_costs_as_many_queries_as_one_of_three(login: Login, place: Office) -> None:
    client = login("section")
    counts = []
    for wanted in (3, 53):
        while Case.objects.count() < wanted:
            received(place)
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get("/cases/?state=open"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert page.count('data-th="案号"') == 50
    assert "第 1 / 2 页，共 53 件" in page
    assert text(client.get("/cases/?state=open&page=2")).count('data-th="案号"') == 3


def test_a_file_shows_dates_with_their_derivation_and_acts_with_their_reasons(
    login: Login, case: UUID
) -> None:
    page = text(login("handler").get(f"/cases/{case}/"))
    for expected in ("审理期限", "2024-04-07", "期间为60日", "春节假期，不计入", "《行政复议法》(2023)第六十二条第一款",
                     "发送申请书副本", "行政复议受理通知书", "暂不能办理的事项及理由", "适用于："):  # fmt: skip
        assert expected in page, expected


def headings(page: str) -> dict[str, str]:
    """The acts open now by heading, from the page."""
    open_now = page.split("现在可以办理")[1].split("登记外部事件")[0].split("暂不能办理")[0]
    parts = re.split(r'<h3 class="soft small">(.+?)</h3>', open_now)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_acts_stand_under_headings_with_what_a_draft_still_lacks(login: Login, case: UUID) -> None:
    acts = headings(text(login("handler").get(f"/cases/{case}/")))
    assert list(acts) == ["推进本案", "其他程序事项", "案卷管理"]
    assert "发送申请书副本" in acts["推进本案"]  # it fulfils a running period
    assert "查阅复制材料" in acts["其他程序事项"]
    assert "更正记录" in acts["案卷管理"]
    decision = acts["推进本案"].split("作出复议决定")[1].split("</li>")[0]
    assert "目前不能签发：" in decision  # nobody has been heard yet; drafting may begin


def test_what_the_case_lacks_closes_what_needs_no_signature(login: Login, case: UUID) -> None:
    page = text(login("handler").get(f"/cases/{case}/"))
    assert "举行听证" not in "".join(headings(page).values())
    assert "举行听证" in page.split("暂不能办理的事项及理由")[1]


def test_my_numbers_count_what_is_mine(login: Login, case: UUID, place: Office) -> None:
    received(place)  # nobody's yet
    mine, all_here = text(login("handler").get("/")), text(login("section").get("/"))
    assert re.findall(r"<b>(\d+)</b>在办案件", mine) == ["1"]
    assert re.findall(r"<b>(\d+)</b>在办案件", all_here) == ["2"]
    assert "?state=late&amp;mine=1" in mine
    assert "?state=late&amp;mine=1" not in all_here
    assert "只看我承办的" in text(login("handler").get("/cases/?state=late&mine=1"))


def test_whoever_has_nothing_yet_sees_what_the_house_has_in_hand(login: Login, place: Office) -> None:
    received(place)
    page = text(login("handler").get("/"))
    assert re.findall(r"<b>(\d+)</b>在办案件", page) == ["1"]
    assert "共 1 件" in page
    assert "mine=1" not in page


def test_opening_a_file_is_recorded_and_closed_to_strangers(login: Login, case: UUID, place: Office) -> None:
    login("handler").get(f"/cases/{case}/")
    assert Access.objects.filter(case=str(case), actor=place.people["handler"], kind="open").exists()
    assert login("stranger").get(f"/cases/{case}/").status_code in (403, 404)
    assert login("handler").get(f"/cases/{uuid4()}/").status_code == 404


def test_a_masked_value_is_shown_for_a_reason_that_is_kept(login: Login, place: Office) -> None:
    found = received(place, applicants=[{"id": "a-1", "name": "测试甲", "phone": "13800001234"}])
    client = login("section")
    page = text(client.get(f"/cases/{found}/"))
    assert "13800001234" not in page
    path = next(p for p in re.findall(r"unmask\?path=([^\"]+)", page) if p.endswith(".phone"))
    assert "请写明事由" in text(client.post(f"/cases/{found}/unmask", {"path": path, "reason": " "}))
    assert "13800001234" in text(
        client.post(f"/cases/{found}/unmask", {"path": path, "reason": "电话核实送达地址"})
    )
    assert Access.objects.get(kind="unmask").reason == "电话核实送达地址"


# ------------------------------------------------------------------------------ acts


def test_an_act_is_done_once_however_often_its_form_is_sent(login: Login, case: UUID) -> None:
    client, key = login("handler"), uuid4().hex
    data = {"act-party": "某局", "served_on": "2024-02-07", "act-key": key}
    for _ in range(2):
        answer = post_act(client, case, "send_copy", **data)
        assert answer.headers["Location"] == f"/cases/{case}/"
    assert EventRow.objects.filter(case_id=case, action="send_copy").count() == 1
    assert "已办理“发送申请书副本”" in text(client.get(f"/cases/{case}/"))


def test_every_problem_stands_beside_its_field_and_nothing_is_lost(login: Login, case: UUID) -> None:
    answer = post_act(
        login("handler"), case, "send_copy", **{"act-party": "某局", "sent_on": "昨天", "note": "已电话告知"}
    )
    page = text(answer)
    assert answer.status_code == 422
    assert "缺少“被申请人收到日期”" in page
    assert "不是有效的日期" in page
    assert "已电话告知" in page
    assert EventRow.objects.filter(case_id=case, action="send_copy").count() == 0


def test_what_the_law_forbids_now_is_refused_in_words(login: Login, case: UUID) -> None:
    answer = post_act(
        login("handler"), case, "serve_decision", **{"act-party": "某局", "served_on": "2024-02-07"}
    )
    assert answer.status_code == 422
    assert "当前处于“审理中”" in text(answer)


def test_an_unknown_act_is_not_found(login: Login, case: UUID) -> None:
    assert login("handler").get(f"/cases/{case}/act/nothing/").status_code == 404
    assert login("window").get("/cases/new/reconsideration/accept/").status_code == 404
    assert login("window").get("/cases/new/nothing/receive_application/").status_code == 404


def test_a_case_is_opened_at_the_window(login: Login, place: Office) -> None:
    client = login("window")
    assert "申请方式" in text(client.get("/cases/new/reconsideration/receive_application/"))
    body = {
        "act-on": "2024-02-07", "act-key": uuid4().hex, "filed_on": "2024-02-07", "received_on": "2024-02-07", "channel": "in_person",
        "applicants.0.name": "测试乙", "respondents.0.name": "测试局", "act.type": "penalty", "act.made_on": "2024-01-11",
        "act_category": "1", "known_on": "2024-01-16", "remedy_told": "all", "requests": "revoke",
        "facts_reasons": "认为处罚认定事实不清、证据不足", "service_address": "测试路1号", "e_service_consent": ["0", "1"],
    }  # fmt: skip
    answer = client.post("/cases/new/reconsideration/receive_application/", body)
    assert answer.status_code == 302, text(answer)
    found = Case.objects.get()
    assert (found.organ, found.stage) == ("gz-sfj", "received")
    assert "测试乙" not in found.number


def sued(office: Office, number: int, **hearing: Any) -> None:
    """A suit of the office, with a lawyer, and a hearing."""
    staff = Actor(str(office.people["handler"].pk), frozenset({"coordinator", "lead_organ"}), "gz-sfj")
    register = {
        "court": "广州铁路运输法院", "court_case_no": f"（2024）测71行初{number}号", "case_kind": "act", "claims": ["revoke"],
        "complaint_received_on": date(2024, 1, 15), "court_filed_on": date(2024, 1, 12),
        "plaintiffs": [{"id": "p-1", "name": "测试原告"}], "defendants": [{"id": "某局", "role": "original"}],
        "agents": [{"id": "测试律师甲", "kind": "lawyer"}, {"id": "测试工作人员", "kind": "staff"}],
    }  # fmt: skip
    assigned = {"lead_organ": "gz-sfj", "handlers": [str(office.people["handler"].pk)]}
    steps = (("register_case", register), ("assign", assigned), ("set_hearing", hearing))
    case = None
    for action, data in steps:
        done = perform(
            Ask(
                Command(action, date(2024, 1, 15), data),
                staff,
                f"{action}{number}",
                "litigation",
                case,
                "gz-sfj",
            ),
            office.world,
        )
        assert isinstance(done, Done), done
        case = done.case


def test_hearings_stand_in_the_calendar_of_who_may_know_of_them(login: Login, place: Office) -> None:
    sued(place, 1, hearing_at=datetime(2024, 2, 9, 9, 30), place="第三法庭")
    page = text(login("section").get("/calendar/"))
    for told in ("2024-02-09", "09:30", "开庭", "第三法庭", "测试承办人", "测试律师甲"):
        assert told in page, told
    assert "测试工作人员" not in page
    assert "没有开庭等安排" in text(login("section").get("/calendar/?from=2024-02-10"))
    assert "开庭<" not in text(login("section").get("/calendar/?from=2024-01-11"))
    assert "没有开庭等安排" in text(login("stranger").get("/calendar/?from=nonsense"))
    assert "测试律师甲" not in text(login("second").get("/calendar/")), (
        "whoever only lists the case sees no name"
    )
    assert "第三法庭" in text(login("second").get("/calendar/"))


def test_a_calendar_costs_the_same_however_full_it_is(login: Login, place: Office) -> None:
    client, counts = login("section"), []
    for number in range(1, 7):
        sued(place, number, hearing_at=datetime(2024, 2, 7 + number, 9, 30))
        with CaptureQueriesContext(connection) as queries:
            assert text(client.get("/calendar/")).count(">开庭<") == number
        counts.append(len(queries))
    assert len(set(counts)) == 1


# ------------------------------------------------------------------------------ drafts


def draft(client: Client, case: UUID) -> Proposal:
    body = {
        "act-on": "2024-02-07",
        "act-key": uuid4().hex,
        "act-draft": "",
        "days": "30",
        "reason": "情况复杂，需要调查取证",
    }
    answer = client.post(f"/cases/{case}/act/extend_review/", body)
    assert answer.status_code == 302, text(answer)
    return Proposal.objects.get()


def test_a_draft_goes_its_way_to_the_signature(login: Login, case: UUID) -> None:
    row = draft(login("handler"), case)
    assert "延长" in text(login("handler").get(f"/proposals/{row.pk}/"))
    section = login("section")
    assert "/proposals/" in text(section.get("/proposals/"))
    answer = section.post(f"/proposals/{row.pk}/", {"step": "opinion", "text": "拟同意", "seen": "0"})
    assert answer.status_code == 302, text(answer)
    row.refresh_from_db()
    signer = "body" if "body_head" in row.waiting else "leader"
    page = text(login(signer).get(f"/proposals/{row.pk}/"))
    assert "拟同意" in page
    answer = login(signer).post(f"/proposals/{row.pk}/", {"step": "sign", "text": "同意", "seen": "0"})
    assert answer.headers["Location"] == f"/cases/{case}/"
    assert EventRow.objects.filter(case_id=case, action="extend_review").exists()


def test_a_return_needs_its_reason(login: Login, case: UUID) -> None:
    row = draft(login("handler"), case)
    answer = login("section").post(f"/proposals/{row.pk}/", {"step": "return", "text": "", "seen": "0"})
    assert (answer.status_code, "须写明理由" in text(answer)) == (422, True)
    assert login("section").post(f"/proposals/{row.pk}/", {"step": "burn"}).status_code == 404
    assert login("stranger").get(f"/proposals/{row.pk}/").status_code in (403, 404)


# ------------------------------------------------------------------------------ documents, ledger, figures, procedures


def test_a_document_is_read_beside_its_file(login: Login, case: UUID) -> None:
    page = text(login("handler").get(f"/cases/{case}/"))
    assert f'href="/cases/{case}/documents/0/receipt/"' in page
    page = text(login("handler").get(f"/cases/{case}/documents/0/receipt/"))
    assert f'<iframe class="viewer" src="/cases/{case}/documents/0/receipt.pdf"' in page
    assert "行政复议受理通知书" in page, "the other documents beside it"
    pdf = login("handler").get(f"/cases/{case}/documents/0/receipt.pdf")
    assert pdf.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in pdf.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in login("handler").get("/").headers["Content-Security-Policy"]
    assert login("handler").get(f"/cases/{case}/documents/0/nothing/").status_code == 404
    assert login("stranger").get(f"/cases/{case}/documents/0/receipt/").status_code in (403, 404)


def test_a_file_costs_as_many_queries_with_its_documents_beside_it(
    login: Login, case: UUID, place: Office
) -> None:
    client, counts = login("handler"), []
    for on in ("2024-02-07", "2024-02-08", "2024-02-09"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/cases/{case}/documents/0/receipt/").status_code == 200
        counts.append(len(queries))
        place.act("handler", "hear_opinions", on, case, None, mode="phone", record="电话听取意见")
    assert len(set(counts)) == 1


def test_a_file_cites_the_law_of_its_own_version(login: Login, case: UUID) -> None:
    page = text(login("handler").get(f"/cases/{case}/"))
    assert "《行政复议法》(2023)" in page
    assert re.findall(r"[^<]*《行政复议法》.2017.[^<]*", page) == []
    assert "由system" not in page


def test_a_document_opens_as_pdf_and_is_refused_to_strangers(login: Login, case: UUID) -> None:
    found = login("handler").get(f"/cases/{case}/documents/0/receipt.pdf")
    assert (found.status_code, found.content[:5]) == (200, b"%PDF-")
    assert login("stranger").get(f"/cases/{case}/documents/0/receipt.pdf").status_code == 403
    assert login("handler").get(f"/cases/{case}/documents/0/nothing.pdf").status_code == 409
    assert login("handler").get(f"/cases/{uuid4()}/documents/0/receipt.pdf").status_code == 404


def test_the_receipt_of_an_act_can_be_taken_along(login: Login, case: UUID) -> None:
    found = login("handler").get(f"/cases/{case}/receipts/1")
    assert from_json(found.content).seq == 2
    assert json.loads(found.content)["case"] == str(case)
    page = text(login("auditor").get("/ledger/"))
    assert "下载检查点" in page
    assert login("auditor").get("/ledger/checkpoint").content.startswith(b"yifa.example/city\n")
    assert b"def main" in login("auditor").get("/ledger/verifier.py").content


def test_a_figure_opens_to_its_cases(login: Login, case: UUID, place: Office) -> None:
    client = login("section")
    page = text(client.get("/reports/?year=2024"))
    assert "新收案件" in page
    assert "无记录" in page, "nothing is recorded of the year before"
    figure = text(client.get("/reports/reconsideration.new_applications/?year=2024"))
    assert Case.objects.get(id=case).number in figure
    assert "有管辖权机关收到日期在期内的申请数" in figure
    assert (
        text(client.get("/reports/reconsideration.new_applications/?year=2024&by=district")).count("<meter")
        >= 1
    )
    assert client.get("/reports/nothing.at_all/").status_code == 404


def test_whoever_may_only_count_sees_the_number_and_not_the_cases(login: Login, case: UUID) -> None:
    page = text(login("stranger").get("/reports/reconsideration.new_applications/?year=2024"))
    assert "不在您可以查看的范围内" in page
    assert Case.objects.get(id=case).number not in page


def test_a_procedure_is_shown_with_diagram_and_articles(login: Login) -> None:
    page = text(login("window").get("/procedures/reconsideration/"))
    assert "<svg" in page
    assert "《行政复议法》(2023)第三十条第一款" in page
    assert "<table>" in page
    assert login("window").get("/procedures/nothing/").status_code == 404


def test_values_under_one_title_are_told_once(login: Login, case: UUID) -> None:
    page = text(login("section").get(f"/cases/{case}/"))
    assert page.count("经审查符合的受理条件") == 1
    assert "<dd>1、2、3、4、5、6、7</dd>" in page


@pytest.mark.parametrize(
    ("now", "before", "rate", "said"),
    [
        ("60", "49", False, "+22.4%"), ("40", "50", False, "-20.0%"), ("7", "7", False, "持平"), ("0", "0", False, "持平"),
        ("7", "0", False, ""), ("94.12", "95.00", True, "-0.88个百分点"), ("100.00", "100.00", True, "持平"),
        ("5.88", "0", True, "+5.88个百分点"),
    ],
)  # fmt: skip
def test_a_change_is_said_in_words(now: str, before: str, rate: bool, said: str) -> None:
    assert in_words(Decimal(now), Decimal(before), rate=rate) == said
