"""A small bureau: a city, two districts, a street, and the people in them. All names are fictitious."""

from datetime import date, datetime
from typing import NamedTuple

import pytest
from django.utils import timezone

from yifa.language.acts import Actor
from yifa.people.models import Membership, Organ, User
from yifa.people.roles import Power
from yifa.people.services import add_membership, add_user

START = date(2020, 1, 1)
NOW = timezone.make_aware(datetime(2024, 3, 1, 9))


class Bureau(NamedTuple):
    """What the tests ask for by name."""

    city: Organ
    th: Organ
    yx: Organ
    street: Organ
    clerk: User
    handler: User
    head: User
    system: User
    security: User
    audit: User


def organ(code: str, level: str, parent: Organ | None = None) -> Organ:
    return Organ.objects.create(
        code=code, name=f"测试{code}局", level=level, kind="司法局", parent=parent, valid_from=START
    )


def user(login: str, power: Power = Power.BUSINESS) -> User:
    made = add_user(login, f"测试{login}", power=power)
    assert isinstance(made, User)
    return made


def member(who: User, where: Organ, role: str, start: date = START, end: date | None = None) -> Membership:
    made = add_membership(who, where, role, start, end)
    assert isinstance(made, Membership), made
    return made


def acting(who: User, where: Organ, *roles: str) -> Actor:
    return Actor(str(who.pk), frozenset(roles), where.code)


@pytest.fixture
def bureau(db: None) -> Bureau:
    city = organ("city", "city")
    th, yx = organ("th", "district", city), organ("yx", "district", city)
    made = Bureau(
        city, th, yx, organ("street", "town", th), user("clerk"), user("handler"), user("head"),
        user("system", Power.SYSTEM), user("security", Power.SECURITY), user("audit", Power.AUDIT),
    )  # fmt: skip
    member(made.clerk, th, "window_clerk")
    member(made.handler, th, "handler")
    member(made.head, th, "section_head")
    member(made.security, city, "security_admin")
    return made
