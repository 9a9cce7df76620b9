"""代理: who acts for whom, arranged and ended by a security administrator, never longer than was authorised, all on record."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.people.conftest import START, Bureau, acting, member
from yifa.language.acts import Actor
from yifa.people import selectors
from yifa.people.audit import faults
from yifa.people.models import Change, Substitution, User
from yifa.people.selectors import Capacity
from yifa.people.services import Refusal
from yifa.people.substitutions import Wanted, end_substitution, of_role, substitute

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = date(2024, 3, 1)


def security(bureau: Bureau) -> Actor:
    return acting(bureau.security, bureau.city, "security_admin")


def substitution(bureau: Bureau, **changes: Any) -> Substitution | Refusal:
    given = {"principal": bureau.head, "other": bureau.handler, "organ": bureau.th, "role": "section_head",
             "authority": "局长批示〔2024〕3号", "start": DAY, "end": DAY + timedelta(5), **changes}  # fmt: skip
    return substitute(security(bureau), Wanted(**given))


def test_a_substitute_acts_within_the_period_and_names_the_authority(bureau: Bureau) -> None:
    assert isinstance(substitution(bureau), Substitution)
    own, instead = selectors.capacities(bureau.handler, DAY)
    assert own.instead_of is None
    assert instead == Capacity(
        bureau.handler.pk, "th", frozenset({"section_head"}), bureau.head.pk, "局长批示〔2024〕3号"
    )
    assert len(selectors.capacities(bureau.handler, DAY + timedelta(5))) == 2
    assert len(selectors.capacities(bureau.handler, DAY + timedelta(6))) == 1


@pytest.mark.parametrize("lost", ["role", "account"])
def test_a_substitute_has_no_more_than_the_principal(lost: str, bureau: Bureau) -> None:
    substitution(bureau)
    if lost == "role":
        bureau.head.memberships.update(valid_to=DAY - timedelta(1))
    else:
        User.objects.filter(pk=bureau.head.pk).update(is_active=False)
    assert len(selectors.capacities(bureau.handler, DAY)) == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"authority": "  "}, "authority"),
        ({"end": DAY - timedelta(1)}, "period"),
        ({"role": "body_head"}, "not_held"),
        ({"role": "audit_admin"}, "power"),
        ({"authority": "长" * 201}, "authority"),
        ({"end": DAY + timedelta(400), "role": "body_head"}, "not_held"),
    ],
)
def test_substitutions_refused(changes: dict[str, Any], code: str, bureau: Bureau) -> None:
    assert substitution(bureau, **changes) == Refusal(code)


def test_nobody_substitutes_for_themselves_or_arranges_it(bureau: Bureau) -> None:
    assert substitution(bureau, other=bureau.head) == Refusal("self_grant")
    wanted = Wanted(bureau.head, bureau.handler, bureau.th, "section_head", "批示", DAY, DAY)
    assert substitute(acting(bureau.head, bureau.th, "section_head"), wanted) == Refusal("verb")


def test_all_reasons_come_together(bureau: Bureau) -> None:
    found = substitution(bureau, authority=" ", other=bureau.head, role="body_head")
    assert found == Refusal("self_grant", ("authority", "not_held"))


def test_the_same_is_arranged_once_and_goes_on_the_day_after(bureau: Bureau) -> None:
    assert isinstance(substitution(bureau), Substitution)
    assert substitution(bureau) == Refusal("substituted")
    assert substitution(bureau, start=DAY + timedelta(5), end=DAY + timedelta(9)) == Refusal("substituted")
    after = substitution(bureau, start=DAY + timedelta(6), end=DAY + timedelta(9))
    assert isinstance(after, Substitution)
    assert isinstance(substitution(bureau, other=bureau.clerk), Substitution), "two may stand in for one"


def test_a_substitution_does_not_outlive_the_role(bureau: Bureau) -> None:
    member(bureau.head, bureau.yx, "section_head", START, DAY + timedelta(2))
    assert substitution(bureau, organ=bureau.yx) == Refusal("not_held")
    assert isinstance(substitution(bureau, organ=bureau.yx, end=DAY + timedelta(2)), Substitution)


# ------------------------------------------------------------------ its end


def test_it_ends_on_its_last_day(bureau: Bureau) -> None:
    row = substitution(bureau)
    assert isinstance(row, Substitution)
    last = DAY + timedelta(1)
    assert end_substitution(security(bureau), row, last) == row
    assert len(selectors.capacities(bureau.handler, last)) == 2
    assert len(selectors.capacities(bureau.handler, last + timedelta(1))) == 1


@pytest.mark.parametrize(("days", "code"), [(-1, "period"), (6, "longer")])
def test_it_ends_within_its_time(days: int, code: str, bureau: Bureau) -> None:
    row = substitution(bureau)
    assert isinstance(row, Substitution)
    assert end_substitution(security(bureau), row, DAY + timedelta(days)) == Refusal(code)
    row.refresh_from_db()
    assert row.valid_to == DAY + timedelta(5)


def test_what_has_not_begun_is_taken_back_and_stays_on_record(bureau: Bureau) -> None:
    today = timezone.localdate()
    row = substitution(bureau, start=today + timedelta(1), end=today + timedelta(9))
    assert isinstance(row, Substitution)
    key = str(row.pk)
    assert isinstance(end_substitution(security(bureau), row, today), Substitution)
    assert not Substitution.objects.exists()
    assert list(faults()) == []
    told = selectors.changes(acting(bureau.audit, bureau.city, "audit_admin"), bureau.head)
    assert isinstance(told, list)
    assert (told[0].what, told[0].about.split()[0]) == ("撤回代理", "测试handler代理测试head")
    again = Substitution(pk=int(key), principal=bureau.head, substitute=bureau.handler, power="business",
                         organ=bureau.th, role="section_head", authority="x", valid_from=today, valid_to=today)  # fmt: skip
    again.save(force_insert=True)
    assert [fault.what for fault in faults()] == ["没有办理记录"], "put back past the door"


@pytest.mark.parametrize("role", ["system_admin", "audit_admin", "section_head"])
def test_nobody_else_ends_it(role: str, bureau: Bureau) -> None:
    row = substitution(bureau)
    assert isinstance(row, Substitution)
    assert end_substitution(acting(bureau.system, bureau.city, role), row, DAY) == Refusal("verb")


def test_both_are_on_record_with_names_and_the_audit_finds_nothing(bureau: Bureau) -> None:
    row = substitution(bureau)
    assert isinstance(row, Substitution)
    end_substitution(security(bureau), row, DAY)
    assert list(Change.objects.filter(kind="substitution").values_list("what", "by_id").order_by("id")) == [
        ("grant", bureau.security.pk), ("end", bureau.security.pk),
    ]  # fmt: skip
    auditor = acting(bureau.audit, bureau.city, "audit_admin")
    for whose in (bureau.head, bureau.handler):
        found = selectors.changes(auditor, whose)
        assert isinstance(found, list)
        assert [(each.what, each.about) for each in found[:2]] == [
            ("终止代理", "测试handler代理测试head 测试th局 处（科）室负责人 2024-03-01至2024-03-01"),
            ("登记代理", "测试handler代理测试head 测试th局 处（科）室负责人 2024-03-01至2024-03-06"),
        ]
    assert list(faults()) == []


def test_one_that_is_made_longer_past_the_door_is_named(bureau: Bureau) -> None:
    row = substitution(bureau)
    assert isinstance(row, Substitution)
    Substitution.objects.filter(pk=row.pk).update(valid_to=DAY + timedelta(900))
    assert [str(each) for each in faults()] == [f"代理 {row.pk}：与办理记录不符"]


def test_a_role_is_meant_by_code_or_title() -> None:
    assert of_role("section_head") == of_role("处（科）室负责人") == ["section_head"]
    assert of_role("皇帝") == []
