"""Organs, accounts, roles with dates, substitutes, conflicts: what services refuse and what the database refuses."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.people.conftest import NOW, START, Bureau, acting, member, organ, user
from yifa.people import selectors, services
from yifa.people.audit import faults
from yifa.people.models import Conflict, Membership, Organ, Substitution, User
from yifa.people.roles import ROLES, Power
from yifa.people.selectors import Capacity
from yifa.people.services import Refusal
from yifa.people.substitutions import Wanted, substitute

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
DAY = date(2024, 3, 1)
NUMBER = "11010519491231002X"


def refused_by_database(write: Callable[[], Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()


# ------------------------------------------------------------------ accounts


def test_only_a_system_administrator_makes_accounts(bureau: Bureau) -> None:
    made = services.create_user(acting(bureau.system, bureau.city, "system_admin"), "new", "测试新人")
    assert isinstance(made, User)
    assert not made.has_usable_password()
    for who, role in (
        (bureau.security, "security_admin"),
        (bureau.audit, "audit_admin"),
        (bureau.head, "organ_head"),
    ):
        assert services.create_user(acting(who, bureau.city, role), "x", "测试") == Refusal("verb")


def test_login_names_differ_by_more_than_case(bureau: Bureau) -> None:
    assert services.add_user("HANDLER", "测试") == Refusal("login_taken")
    refused_by_database(lambda: User.objects.create(login="Handler", display_name="测试"), "user_login")


@pytest.mark.parametrize("password", ["short", "12345678901234", "password123", "newcomer-x1"])
def test_weak_passwords(password: str) -> None:
    assert services.add_user("newcomer-x", "测试", password) == Refusal("password")


# ------------------------------------------------------------------ 三员分立


@pytest.mark.parametrize("power", list(Power))
@pytest.mark.parametrize("role", ROLES)
def test_a_role_fits_only_its_own_power(power: Power, role: str, bureau: Bureau) -> None:
    who = user("someone", power)
    found = services.add_membership(who, bureau.th, role, START)
    if ROLES[role].power == power:
        assert isinstance(found, Membership)
    else:
        assert found == Refusal("power")


@pytest.mark.parametrize(
    ("login", "power", "role", "constraint"),
    [
        ("clerk", "system_admin", "system_admin", "membership_power_of_user"),
        ("system", "audit_admin", "audit_admin", "membership_power_of_user"),
        ("system", "business", "handler", "membership_power_of_user"),
        ("clerk", "business", "audit_admin", "membership_role_of_its_power"),
        ("system", "system_admin", "handler", "membership_role_of_its_power"),
        ("system", "system_admin", "security_admin", "membership_role_of_its_power"),
    ],
)
def test_the_database_keeps_powers_apart_whoever_writes(
    login: str, power: str, role: str, constraint: str, bureau: Bureau
) -> None:
    who = User.objects.get(login=login)
    refused_by_database(
        lambda: Membership.objects.create(
            user=who, power=power, organ=bureau.th, role=role, valid_from=START
        ),
        constraint,
    )


def test_an_account_that_held_a_role_keeps_its_power(bureau: Bureau) -> None:
    refused_by_database(
        lambda: User.objects.filter(pk=bureau.clerk.pk).update(power="audit_admin"),
        "membership_power_of_user",
    )


def test_an_administrator_never_substitutes(bureau: Bureau) -> None:
    security = acting(bureau.security, bureau.city, "security_admin")
    wanted = Wanted(bureau.head, bureau.audit, bureau.th, "section_head", "批示", DAY, DAY)
    assert substitute(security, wanted) == Refusal("power")
    for principal, other, key in (
        (bureau.head, bureau.audit, "substitution_power_of_substitute"),
        (bureau.audit, bureau.head, "substitution_power_of_principal"),
    ):
        row = Substitution(principal=principal, substitute=other, organ=bureau.th, role="section_head",
                           authority="批示", valid_from=DAY, valid_to=DAY)  # fmt: skip
        refused_by_database(row.save, key)


def test_only_a_security_administrator_grants_and_never_to_themselves(bureau: Bureau) -> None:
    security = acting(bureau.security, bureau.city, "security_admin")
    made = services.grant(security, bureau.clerk, bureau.yx, "handler", DAY)
    assert isinstance(made, Membership)
    assert made.granted_by_id == bureau.security.pk
    assert services.grant(security, bureau.security, bureau.th, "security_admin", DAY) == Refusal(
        "self_grant"
    )
    for who, role in ((bureau.system, "system_admin"), (bureau.head, "section_head")):
        found = services.grant(acting(who, bureau.city, role), bureau.clerk, bureau.th, "handler", DAY)
        assert found == Refusal("verb")


# ------------------------------------------------------------------ periods


@pytest.mark.parametrize(
    ("role", "start", "end", "code"),
    [
        ("emperor", DAY, None, "role_unknown"),
        ("clerk", DAY, DAY - timedelta(1), "period"),
        ("clerk", START - timedelta(1), None, "organ_closed"),
        ("window_clerk", DAY, None, "overlap"),
        ("window_clerk", START, START, "overlap"),
    ],
)
def test_memberships_refused(role: str, start: date, end: date | None, code: str, bureau: Bureau) -> None:
    assert services.add_membership(bureau.clerk, bureau.th, role, start, end) == Refusal(code)


def test_a_role_does_not_outlive_its_organ(bureau: Bureau) -> None:
    Organ.objects.filter(pk="yx").update(valid_to=DAY)
    yx = Organ.objects.get(pk="yx")
    assert services.add_membership(bureau.clerk, yx, "clerk", START) == Refusal("organ_closed")
    assert isinstance(services.add_membership(bureau.clerk, yx, "clerk", START, DAY), Membership)


def test_a_role_that_has_not_begun_is_taken_back(bureau: Bureau) -> None:
    security, today = acting(bureau.security, bureau.city, "security_admin"), timezone.localdate()
    coming = services.grant(security, bureau.clerk, bureau.th, "clerk", today + timedelta(3), None)
    assert isinstance(coming, Membership)
    assert services.end_membership(security, coming, today) is coming
    assert not bureau.clerk.memberships.filter(role="clerk").exists()
    assert isinstance(services.grant(security, bureau.clerk, bureau.th, "clerk", today, None), Membership)
    assert list(faults()) == []


def test_a_role_may_be_held_again_the_day_after(bureau: Bureau) -> None:
    security = acting(bureau.security, bureau.city, "security_admin")
    held = bureau.clerk.memberships.get()
    assert services.end_membership(security, held, START - timedelta(1)) == Refusal("period")
    assert services.end_membership(acting(bureau.head, bureau.th, "section_head"), held, DAY) == Refusal(
        "verb"
    )
    assert services.end_membership(security, held, DAY) == held
    assert services.add_membership(bureau.clerk, bureau.th, "window_clerk", DAY) == Refusal("overlap")
    assert isinstance(
        services.add_membership(bureau.clerk, bureau.th, "window_clerk", DAY + timedelta(1)), Membership
    )


@pytest.mark.parametrize(("days", "roles"), [(-1, set()), (0, {"clerk"}), (9, {"clerk"}), (10, set())])
def test_both_ends_of_a_period_count(days: int, roles: set[str], bureau: Bureau) -> None:
    who = user("limited")
    member(who, bureau.th, "clerk", DAY, DAY + timedelta(9))
    found = selectors.capacities(who, DAY + timedelta(days))
    assert {role for capacity in found for role in capacity.roles} == roles


def test_the_database_refuses_periods_that_end_before_they_begin(bureau: Bureau) -> None:
    refused_by_database(lambda: Membership.objects.update(valid_to=START - timedelta(1)), "membership_period")
    refused_by_database(lambda: Organ.objects.update(valid_to=START - timedelta(1)), "organ_period")
    refused_by_database(lambda: Organ.objects.filter(pk="th").update(parent="th"), "organ_not_its_own_parent")


# ------------------------------------------------------------------ who acts


def test_capacities_by_organ(bureau: Bureau) -> None:
    member(bureau.clerk, bureau.th, "handler")
    member(bureau.clerk, bureau.yx, "clerk")
    me = bureau.clerk.pk
    assert selectors.capacities(bureau.clerk, DAY) == (
        Capacity(me, "th", frozenset({"window_clerk", "handler"})),
        Capacity(me, "yx", frozenset({"clerk"})),
    )
    assert selectors.capacities(bureau.clerk, DAY)[1].actor == acting(bureau.clerk, bureau.yx, "clerk")


def test_a_disabled_account_acts_for_nobody(bureau: Bureau) -> None:
    bureau.clerk.is_active = False
    assert selectors.capacities(bureau.clerk, DAY) == ()


# ------------------------------------------------------------------ organs


def test_organs_above(bureau: Bureau, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        assert selectors.organs_above("street") == {"th", "city"}
    assert selectors.organs_above("city") == frozenset()
    assert selectors.organs_above("nowhere") == frozenset()


def test_a_ring_of_organs_ends_the_walk(bureau: Bureau) -> None:
    Organ.objects.filter(pk="city").update(parent="street")
    assert selectors.organs_above("street") == {"th", "city"}


def test_holders(bureau: Bureau) -> None:
    assert list(selectors.holders("th", "section_head", DAY)) == [bureau.head]
    assert list(selectors.holders("yx", "section_head", DAY)) == []


@pytest.mark.parametrize("size", [1, 12])
def test_lists_cost_the_same_at_any_size(
    size: int, bureau: Bureau, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(size):
        who = user(f"member{n}")
        member(who, bureau.th, "clerk")
        member(bureau.clerk, organ(f"o{n}", "town"), "clerk")
    with django_assert_num_queries(1):
        rows = [(row.user.display_name, row.organ.name) for row in selectors.roster("th", DAY)]
    assert len(rows) == size + 3
    with django_assert_num_queries(2):
        assert len(selectors.capacities(bureau.clerk, DAY)) == size + 1


# ------------------------------------------------------------------ 回避


def test_conflicts_by_case_organ_and_person(
    bureau: Bureau, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = str(uuid4())
    services.declare_conflict(bureau.clerk, "former_post", NOW, case=case)
    services.declare_conflict(bureau.handler, "spouse", NOW, organ=bureau.yx)
    services.declare_conflict(bureau.head, "relative", NOW, id_number=NUMBER)
    ids = [str(who.pk) for who in (bureau.clerk, bureau.handler, bureau.head)]
    with django_assert_num_queries(1):
        assert selectors.recused(case, ["yx"], [NUMBER.lower()]) == set(ids)
    assert selectors.recused(case, [], []) == {ids[0]}
    assert selectors.recused(None, ["yx", "th"], []) == {ids[1]}
    assert selectors.recused(str(uuid4()), [], [NUMBER]) == {ids[2]}
    assert selectors.recused(None, [], []) == frozenset()


def test_a_withdrawn_declaration_no_longer_binds_but_stays(bureau: Bureau) -> None:
    made = services.declare_conflict(bureau.clerk, "spouse", NOW, organ=bureau.yx)
    assert isinstance(made, Conflict)
    services.withdraw_conflict(made, NOW)
    assert selectors.recused(None, ["yx"], []) == frozenset()
    assert Conflict.objects.count() == 1


def test_a_declaration_names_one_thing(bureau: Bureau) -> None:
    assert services.declare_conflict(bureau.clerk, "x", NOW) == Refusal("conflict_target")
    found = services.declare_conflict(bureau.clerk, "x", NOW, case=str(uuid4()), organ=bureau.yx)
    assert found == Refusal("conflict_target")
    row = Conflict(user=bureau.clerk, ground="x", declared_at=NOW)
    refused_by_database(row.save, "conflict_with_one_thing")


def test_a_case_as_permissions_want_it(
    bureau: Bureau, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    case = str(uuid4())
    services.declare_conflict(bureau.head, "relative", NOW, id_number=NUMBER)
    with django_assert_num_queries(2):
        found = selectors.case_ref(case, "street", assigned=["7"], parties=[NUMBER])
    assert found.above == {"th", "city"}
    assert found.recused == {str(bureau.head.pk)}
    assert found.assigned == {"7"}
