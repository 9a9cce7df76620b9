"""Looking for cases on a page: what is found by whom, what is recorded, what it costs."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.conftest import Login
from tests.desk.office import Office, received
from yifa.casework.models import Case
from yifa.people.models import Access
from yifa.platform.crypto import blind_index

PERSON = {"id": "a-1", "name": "测试查找人", "id_number": "11010519491231002X", "phone": "13800138000"}


@pytest.fixture
def case(place: Office) -> UUID:
    received(place)
    return received(place, applicants=[PERSON])


def text(response: Any) -> str:
    return str(response.content.decode())


def look(client: Client, kind: str, value: str, **more: Any) -> str:
    answer = client.post("/search/", {"kind": kind, "value": value, **more})
    assert answer.status_code == 200, text(answer)
    return text(answer)


@pytest.mark.parametrize(
    ("kind", "value", "total"),
    [
        ("name", "测试查找人", 1), ("name", " 测试·查找人 ", 1), ("name", "测试查找", 0),
        ("id_number", "11010519491231002x", 1), ("phone", "+86 138-0013-8000", 1), ("phone", "13800138001", 0),
        ("number", "行复", 2), ("number", "不存在", 0),
    ],
)  # fmt: skip
def test_cases_are_found(login: Login, case: UUID, kind: str, value: str, total: int) -> None:
    page = look(login("section"), kind, value)
    assert f"共 {total} 件" in page
    assert (f"/cases/{case}/" in page) == (total > 0)
    assert page.count('data-th="案号"') == total


def test_a_search_for_a_person_is_recorded_and_one_by_number_is_not(
    login: Login, case: UUID, place: Office
) -> None:
    client = login("section")
    look(client, "number", "行复")
    client.get("/search/")
    assert not Access.objects.exists()
    look(client, "id_number", PERSON["id_number"])
    row = Access.objects.get()
    assert (row.kind, row.field, row.actor, row.organ, row.case) == (
        "search", "id_number", place.people["section"], "gz-sfj", "",
    )  # fmt: skip
    assert row.blind is not None
    assert bytes(row.blind) == blind_index("id_number", "11010519491231002X")
    look(client, "name", "没有这个人")
    assert Access.objects.count() == 2, "also where nothing was found"


@pytest.mark.parametrize(
    ("who", "total"),
    [
        ("window", 1),  # may see a masked value whole for a reason
        ("body", 1), ("leader", 1),
        ("handler", 0),  # not their case: they may know that it exists, not who is in it
        ("stranger", 0),
    ],
)  # fmt: skip
def test_only_cases_are_found_in_which_one_may_see_such_data(
    login: Login, case: UUID, who: str, total: int
) -> None:
    assert f"共 {total} 件" in look(login(who), "name", "测试查找人")


def test_a_handler_finds_their_own(login: Login, case: UUID, place: Office) -> None:
    facts = {**Case.objects.get(id=case).facts, "handlers": [str(place.people["handler"].pk)]}
    Case.objects.filter(id=case).update(facts=facts)
    assert "共 1 件" in look(login("handler"), "name", "测试查找人")
    assert "共 0 件" in look(login("second"), "name", "测试查找人")


def test_a_case_read_by_few_is_found_by_those_few(login: Login, case: UUID) -> None:
    Case.objects.filter(id=case).update(sensitive=True)
    assert "共 1 件" in look(login("section"), "phone", "13800138000")
    assert "共 0 件" in look(login("window"), "phone", "13800138000")


def test_whoever_only_counts_may_not_search_by_person(login: Login, case: UUID) -> None:
    answer = login("statistics").post("/search/", {"kind": "name", "value": "测试查找人"})
    assert answer.status_code == 422
    assert "没有这项权限" in text(answer)
    assert not Access.objects.exists()
    assert "共 2 件" in look(login("statistics"), "number", "行复")


def test_the_organ_narrows_the_search_and_suffices_alone(login: Login, case: UUID) -> None:
    client = login("section")
    assert "测试市司法局</option>" in text(client.get("/search/"))
    assert "共 1 件" in look(client, "name", "测试查找人", organ="gz-sfj")
    assert "共 0 件" in look(client, "name", "测试查找人", organ="th-sfj")
    assert "共 2 件" in look(client, "name", "", organ="gz-sfj")


@pytest.mark.parametrize("body", [{}, {"kind": "name"}, {"kind": "colour", "value": "red"}])
def test_an_empty_question_is_answered_in_words(login: Login, place: Office, body: dict[str, str]) -> None:
    answer = login("section").post("/search/", body)
    assert (answer.status_code, "请填写要查找的内容" in text(answer)) == (422, True)


def test_fifty_a_page_in_as_many_queries_as_two(login: Login, place: Office) -> None:
    client, counts = login("section"), []
    for wanted in (2, 52):
        while Case.objects.count() < wanted:
            received(place, applicants=[{**PERSON, "id": f"a-{Case.objects.count()}"}])
        with CaptureQueriesContext(connection) as queries:
            page = look(client, "name", "测试查找人")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert page.count('data-th="案号"') == 50
    assert "第 1 / 2 页，共 52 件" in page
    assert look(client, "name", "测试查找人", page="2").count('data-th="案号"') == 2


# ------------------------------------------------------------------------------ who looked


def test_the_auditor_sees_who_looked_and_who_looked_for_one_person(login: Login, case: UUID) -> None:
    look(login("section"), "name", "测试查找人")
    look(login("window"), "phone", "13911112222")
    login("section").get(f"/cases/{case}/")
    client = login("auditor")
    page = text(client.get("/accesses/"))
    for expected in (
        "查找当事人",
        "打开案卷",
        "测试处长",
        "测试窗口员",
        "电话",
        Case.objects.get(id=case).number,
    ):
        assert expected in page, expected
    one = text(client.post("/accesses/", {"kind": "name", "value": "测试 查找人"}))
    assert "共 1 条" in one
    assert "测试处长" in one
    assert "测试窗口员" not in one
    assert "共 0 条" in text(client.post("/accesses/", {"kind": "name", "value": "另一个人"}))


@pytest.mark.parametrize("who", ["section", "leader", "security", "system"])
def test_nobody_else_reads_who_looked(login: Login, who: str) -> None:
    assert login(who).get("/accesses/").status_code == 403


def test_the_access_record_costs_the_same_however_long_it_is(login: Login, place: Office, case: UUID) -> None:
    client, counts = login("auditor"), []
    for wanted in (2, 60):
        for _ in range(wanted):
            Access.objects.create(
                at=place.world.now(), actor=place.people["section"], case=str(case), kind="open"
            )
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get("/accesses/"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "第 1 / 2 页，共 62 条" in page
