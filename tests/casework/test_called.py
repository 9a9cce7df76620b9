"""What people are called: accounts by name, made-up records by role and organ; in files, lists, drafts and documents."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.support import TestWorld, application
from yifa.casework import matters, selectors
from yifa.casework.called import Called, called, naming_fields, officials
from yifa.casework.models import Case
from yifa.casework.requests import Answer, Ask, Done
from yifa.casework.selectors import File, Reader
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.people.models import Organ, User
from yifa.people.services import add_membership, add_user
from yifa.registry import known
from yifa.registry import line as line_of

GOVERNMENT = "广州市天河区人民政府"
NAMES = Called({"7": "测试甲"}, {"440106-gov": GOVERNMENT})


@pytest.mark.parametrize(
    ("actor", "shown", "beside"),
    [
        ("7", "测试甲", "测试甲"), ("8", "8", "8"), ("系统", "系统", "系统"), ("", "", ""), ("/x", "/x", "/x"),
        ("440106-gov/window_clerk", f"{GOVERNMENT}·窗口收件人员", "窗口收件人员"),
        ("440106-gov/handler-3", f"{GOVERNMENT}·承办人3", "承办人3"),
        ("440106-gov/l12", f"{GOVERNMENT}·其他人员", "其他人员"),
        ("gz-sfj/coordinator-1", "gz-sfj·应诉机构统筹人员1", "gz-sfj·应诉机构统筹人员1"),
    ],
)  # fmt: skip
def test_by_name_else_by_role_and_organ(actor: str, shown: str, beside: str) -> None:
    assert NAMES.name(actor) == shown
    assert NAMES.name(actor, "440106-gov") == beside


def test_every_line_says_in_which_fields_handlers_are_named() -> None:
    for code in known():
        assert naming_fields(line_of(code)) >= {line_of(code).handling.fact}  # type: ignore[union-attr]
    assert naming_fields(line_of("legal_aid")) == {"person"}
    assert naming_fields(line_of("mediation")) == {"mediators", "ids"}


# ------------------------------------------------------------------------------ from the tables

pytestmark = pytest.mark.django_db(transaction=True)
START = date(2020, 1, 1)


@pytest.fixture
def head() -> User:
    """The head of section of an organ whose records are made up, but for their own."""
    made: dict[str, Any] = {"level": "district", "kind": "government", "valid_from": START}
    organ = Organ.objects.create(code="440106-gov", name=GOVERNMENT, **made)
    user = add_user("chuzhang", "测试处长")
    assert isinstance(user, User)
    add_membership(user, organ, "section_head", START)
    return user


@pytest.fixture
def case(world: TestWorld, head: User) -> Case:
    """Received by a clerk without an account, handled by one with and one without."""

    def do(who: str, role: str, action: str, case: Any = None, **data: Any) -> Any:
        ask = Ask(
            Command(action, date(2024, 1, 31), data), Actor(who, frozenset({role}), "440106-gov"), str(uuid4()),
            "reconsideration", case, "440106-gov",
        )  # fmt: skip
        done: Answer = perform(ask, world)
        assert isinstance(done, Done), done
        return done.case

    found = do("440106-gov/window_clerk", "window_clerk", "receive_application", **application())
    handlers = ["440106-gov/handler-1", "440106-gov/handler-2"]
    do(str(head.pk), "section_head", "assign_handler", found, handlers=handlers)
    do(str(head.pk), "section_head", "assign_handler", found, handlers=["440106-gov/handler-3", str(head.pk)])
    return Case.objects.get(id=found)


@pytest.fixture
def reader(head: User) -> Reader:
    return Reader(Actor(str(head.pk), frozenset({"section_head"}), "440106-gov"))


def test_names_of_accounts_and_organs_in_two_queries(head: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = called([str(head.pk), "440106-gov/handler-1", "440106-gov/clerk", "系统", ""])
    assert found == Called({str(head.pk): "测试处长"}, {"440106-gov": GOVERNMENT})
    assert len(queries) == 2
    with CaptureQueriesContext(connection) as queries:
        assert called(["系统"]) == Called({}, {})
    assert len(queries) == 0


def test_the_timeline_says_who_and_of_which_organ(case: Case, reader: Reader, world: TestWorld) -> None:
    found = selectors.open_file(reader, case.id, world)
    assert isinstance(found, File)
    assert [entry.actor for entry in found.entries] == [f"{GOVERNMENT}·窗口收件人员", "测试处长", "测试处长"]
    said = [
        [value.text for value in entry.values if value.path.startswith("handlers")] for entry in found.entries
    ]
    assert said == [
        [],
        [f"{GOVERNMENT}·承办人1", f"{GOVERNMENT}·承办人2"],
        [f"{GOVERNMENT}·承办人3", "测试处长"],
    ]


def test_a_list_says_who_and_does_not_repeat_the_organ(case: Case, reader: Reader, world: TestWorld) -> None:
    (row,) = selectors.worklist(reader, world).rows
    assert set(row.handlers) == {"承办人3", "测试处长"}
    assert row.organ_name == GOVERNMENT


def test_documents_name_handlers_as_lists_do(case: Case, head: User, world: TestWorld) -> None:
    view = selectors._log(case, world)[1]
    setting = matters.setting_of(case.number, case.organ, {}, view, world)
    assert setting.name("440106-gov/handler-3") == "承办人3"
    assert setting.name(str(head.pk)) == "测试处长"
    elsewhere = matters.setting_of(case.number, "gz-gov", {}, view, world)
    assert elsewhere.name("440106-gov/handler-3").endswith("天河区人民政府·承办人3")


def test_officials_are_who_acted_and_who_was_ever_named(case: Case, head: User, world: TestWorld) -> None:
    view = selectors._log(case, world)[1]
    numbered = {f"440106-gov/handler-{n}" for n in (1, 2, 3)}
    assert officials(view) == {"440106-gov/window_clerk", str(head.pk)} | numbered
