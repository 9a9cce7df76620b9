"""Who looked: recorded before anything is shown, never changed, and in the way of nobody who may not look."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.people.conftest import NOW, Bureau, acting
from yifa.people import selectors, services
from yifa.people.models import Access
from yifa.people.permissions import Allowed, CaseRef, Denied, Field
from yifa.people.services import FieldRef, Refusal, Shown

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
CASE = CaseRef(str(uuid4()), "th", above=frozenset({"city"}))


def number(
    case: CaseRef = CASE, kind: Field = Field.PERSONAL, read: Callable[[], str] = lambda: "11010519491231002X"
) -> FieldRef:
    return FieldRef(case, "applicant.id_number", kind, read)


def must_not_read() -> str:
    raise AssertionError("read before it was allowed and recorded")


def test_an_opening_is_recorded(bureau: Bureau) -> None:
    actor = acting(bureau.clerk, bureau.th, "window_clerk")
    assert services.record_opening(actor, CASE, NOW) == Allowed(Field.INTERNAL)
    row = Access.objects.get()
    assert (row.actor, row.case, row.kind, row.at, row.organ) == (bureau.clerk, CASE.id, "open", NOW, "th")


def test_a_refused_opening_leaves_nothing_to_see(bureau: Bureau) -> None:
    actor = acting(bureau.handler, bureau.th, "handler")
    assert services.record_opening(actor, CASE, NOW) == Denied("case")
    assert not Access.objects.exists()


def test_unmasking_is_recorded_with_field_reason_and_principal(bureau: Bureau) -> None:
    actor = acting(bureau.clerk, bureau.th, "window_clerk")
    shown = services.unmask(actor, number(), " 核对送达地址 ", NOW, instead_of=bureau.head.pk)
    assert isinstance(shown, Shown)
    assert shown.value == "11010519491231002X"
    row = Access.objects.get(pk=shown.record)
    assert (row.kind, row.field, row.reason, row.instead_of) == (
        "unmask",
        "applicant.id_number",
        "核对送达地址",
        bureau.head,
    )


def test_the_record_stands_before_the_value_is_read(bureau: Bureau) -> None:
    def read() -> str:
        assert Access.objects.count() == 1
        return "x"

    assert isinstance(
        services.unmask(acting(bureau.clerk, bureau.th, "window_clerk"), number(read=read), "核对", NOW),
        Shown,
    )


@pytest.mark.parametrize(
    ("role", "kind", "reason", "expected"),
    [
        ("window_clerk", Field.SENSITIVE, "核对", Denied("field")),
        ("clerk", Field.PERSONAL, "核对", Denied("verb")),
        ("audit_admin", Field.PUBLIC, "核对", Denied("verb")),
        ("handler", Field.PERSONAL, "核对", Denied("case")),
        ("window_clerk", Field.PERSONAL, "  ", Refusal("reason")),
    ],
)
def test_unmasking_refused_reads_and_records_nothing(
    role: str, kind: Field, reason: str, expected: Denied | Refusal, bureau: Bureau
) -> None:
    found = services.unmask(
        acting(bureau.clerk, bureau.th, role), number(kind=kind, read=must_not_read), reason, NOW
    )
    assert found == expected
    assert not Access.objects.exists()


def test_a_recused_head_sees_nothing(bureau: Bureau) -> None:
    case = CASE._replace(recused=frozenset({str(bureau.head.pk)}))
    actor = acting(bureau.head, bureau.th, "section_head")
    assert services.record_opening(actor, case, NOW) == Denied("recused")
    assert services.unmask(actor, number(case, read=must_not_read), "核对", NOW) == Denied("recused")


@pytest.mark.parametrize("query", ["UPDATE people_access SET reason = 'x'", "DELETE FROM people_access"])
def test_the_record_is_only_added_to(query: str, bureau: Bureau) -> None:
    services.record_opening(acting(bureau.clerk, bureau.th, "window_clerk"), CASE, NOW)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(query)
    assert Access.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "field", "reason"),
    [("unmask", "", "r"), ("unmask", "f", ""), ("open", "f", ""), ("steal", "", "")],
)
def test_the_database_wants_what_and_why(kind: str, field: str, reason: str, bureau: Bureau) -> None:
    row = Access(at=NOW, actor=bureau.clerk, case=CASE.id, kind=kind, field=field, reason=reason)
    with pytest.raises(IntegrityError, match="access_says_what_and_why"), transaction.atomic():
        row.save()


@pytest.mark.django_db(transaction=True)
def test_a_look_inside_another_transaction_is_refused(bureau: Bureau) -> None:
    actor = acting(bureau.clerk, bureau.th, "window_clerk")
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        services.unmask(actor, number(read=must_not_read), "核对", NOW)
    assert not Access.objects.exists()


@pytest.mark.parametrize("size", [1, 12])
def test_the_audit_administrator_reads_it_in_one_query(
    size: int, bureau: Bureau, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(size):
        services.record_opening(acting(bureau.clerk, bureau.th, "window_clerk"), CASE, NOW)
    with django_assert_num_queries(1):
        found = selectors.accesses(acting(bureau.audit, bureau.city, "audit_admin"), CASE.id)
        assert isinstance(found, list)
        assert [row.actor.login for row in found] == ["clerk"] * size


def test_nobody_else_reads_it(bureau: Bureau) -> None:
    for who, role in (
        (bureau.head, "organ_head"),
        (bureau.system, "system_admin"),
        (bureau.security, "security_admin"),
    ):
        assert selectors.accesses(acting(who, bureau.city, role), CASE.id) == Denied("verb")
