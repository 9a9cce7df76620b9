"""Half-filled forms on pages: kept, offered again, thrown away, gone when the act is done."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.conftest import Login
from tests.desk.office import Office, received
from yifa.casework import unfinished
from yifa.casework.models import EventRow, Proposal, UnfinishedForm
from yifa.casework.unfinished import Spot

NEW = "/cases/new/reconsideration/receive_application/"
HALF = {"act-on": "2024-02-06", "conditions_met": "1\n2", "note": "已核对身份证复印件", "act-party": ""}


@pytest.fixture
def path(place: Office) -> str:
    return f"/cases/{received(place)}/act/accept/"


def text(response: Any) -> str:
    return str(response.content.decode())


def keep(client: Client, path: str, how: str = "auto", **data: str) -> Any:
    return client.post(path, {**HALF, "act-key": uuid4().hex, "act-keep": how, **data})


def test_a_form_is_kept_and_offered_again(login: Login, path: str) -> None:
    client = login("section")
    assert keep(client, path).status_code == 204
    assert EventRow.objects.count() == 1, "nothing was done"
    client.post("/logout")
    again = login("section")
    asked = text(again.get(path))
    assert "继续填写" in asked
    assert "还没有提交" in asked
    assert "已核对" not in asked
    assert f"{path}" in text(again.get("/"))
    form = text(again.get(path + "?resume=1"))
    for expected in ("已核对身份证复印件", 'value="2024-02-06"', "1\n2", "留下的内容"):
        assert expected in form, expected


def test_it_is_shown_to_nobody_else(login: Login, path: str) -> None:
    keep(login("section"), path)
    for other in ("body", "leader"):
        assert "还没有提交" not in text(login(other).get(path))
        assert "没有填完的表单" not in text(login(other).get("/"))


def test_it_is_thrown_away(login: Login, path: str) -> None:
    client = login("section")
    keep(client, path)
    assert client.post(path, {"act-drop": ""}).headers["Location"] == path
    assert "已核对" not in text(client.get(path + "?resume=1"))
    assert "没有填完的表单" not in text(client.get("/"))


def test_the_button_keeps_it_and_leads_back(login: Login, path: str) -> None:
    client = login("section")
    answer = keep(client, path, "button")
    assert answer.headers["Location"] == path.removesuffix("act/accept/")
    assert "已暂存" in text(client.get(answer.headers["Location"]))
    assert keep(login("window"), NEW, "button").headers["Location"] == "/cases/"


def test_it_goes_when_the_act_is_done(login: Login, path: str) -> None:
    client = login("section")
    keep(client, path)
    body = {
        "act-on": "2024-02-06", "accepted_on": "2024-02-06", "conditions_met": "1\n2\n3\n4\n5\n6\n7", "act-key": "k",
    }  # fmt: skip
    assert client.post(path, {**body, "act-do": ""}).status_code == 302
    assert not UnfinishedForm.objects.exists()
    assert keep(client, path, **{"act-key": "k"}).status_code in (204, 404)
    assert not UnfinishedForm.objects.exists(), "a late one does not bring it back"


def test_it_goes_when_the_act_is_proposed(login: Login, place: Office, path: str) -> None:
    client = login("handler")
    place.act("section", "accept", "2024-02-06", UUID(path.split("/")[2]), accepted_on="2024-02-06", conditions_met=[1, 2, 3, 4, 5, 6, 7])  # fmt: skip
    handlers = [str(place.people[name].pk) for name in ("handler", "second")]
    place.act("section", "assign_handler", "2024-02-06", UUID(path.split("/")[2]), handlers=handlers)
    extend = path.replace("accept", "extend_review")
    keep(client, extend, days="30", reason="案情")
    body = {
        "act-on": "2024-02-07",
        "act-key": "k",
        "act-draft": "",
        "days": "30",
        "reason": "案情复杂，需要调查",
    }
    assert client.post(extend, body).status_code == 302
    assert Proposal.objects.count() == 1
    assert not UnfinishedForm.objects.exists()


def test_what_could_not_be_done_is_kept(login: Login, path: str) -> None:
    client = login("section")
    assert client.post(path, {**HALF, "act-do": "", "act-key": "k"}).status_code == 422
    assert "继续填写" in text(client.get(path))
    row = UnfinishedForm.objects.get()
    assert "csrf" not in row.body
    assert "act-key" not in row.body


def test_repeated_parts_come_back(login: Login, place: Office) -> None:
    client = login("window")
    rows = {
        "applicants.0.name": "测试甲",
        "applicants.1.name": "测试乙",
        "channel": "in_person",
        "requests": "revoke",
    }
    keep(client, NEW, **rows)
    form = text(client.get(NEW + "?resume=1"))
    for expected in ("测试甲", "测试乙", 'name="applicants.1.name"', 'value="in_person" selected', 'value="revoke" checked'):  # fmt: skip
        assert expected in form, expected


def test_nobody_keeps_a_form_of_a_file_that_is_closed_to_them(login: Login, path: str) -> None:
    assert keep(login("stranger"), path).status_code in (403, 404)
    assert not UnfinishedForm.objects.exists()


def test_my_work_costs_the_same_however_much_is_begun(login: Login, place: Office, path: str) -> None:
    client, counts = login("section"), []
    for wanted in (1, 8):
        for number in range(wanted):
            spot = Spot(place.people["section"].pk, "reconsideration", f"a{number}", UUID(path.split("/")[2]))
            unfinished.keep(spot, {}, place.world.now())
        with CaptureQueriesContext(connection) as queries:
            assert text(client.get("/")).count("暂存</span>") == wanted
        counts.append(len(queries))
    assert counts[0] == counts[1]
