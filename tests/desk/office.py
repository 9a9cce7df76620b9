"""A small office with people and a case half done, all fictitious: for pages and browser stories."""

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.utils import timezone

from tests.casework.support import TestWorld, application
from yifa.casework.requests import Ask, Done
from yifa.casework.services import perform
from yifa.language.acts import Actor, Command
from yifa.people.models import Membership, Organ, User
from yifa.people.roles import Power
from yifa.people.services import add_membership, add_user

START = date(2020, 1, 1)
PASSWORD = "correct horse battery staple"
# login → name, organ, roles
STAFF: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "window": ("测试窗口员", "gz-sfj", ("window_clerk",)),
    "handler": ("测试承办人", "gz-sfj", ("handler",)),
    "second": ("测试协办人", "gz-sfj", ("handler",)),
    "section": ("测试处长", "gz-sfj", ("section_head",)),
    "body": ("测试机构负责人", "gz-sfj", ("body_head",)),
    "leader": ("测试局领导", "gz-sfj", ("organ_head",)),
    "statistics": ("测试统计员", "gz-sfj", ("statistician",)),
    "stranger": ("测试外区承办人", "th-sfj", ("handler",)),
}
ADMINISTRATORS = (
    ("auditor", "测试审计员", Power.AUDIT),
    ("security", "测试安全员", Power.SECURITY),
    ("system", "测试系统员", Power.SYSTEM),
)


class Office(NamedTuple):
    """People by login, and the world they work in."""

    people: dict[str, User]
    world: TestWorld

    def actor(self, login: str) -> Actor:
        """Somebody as the door knows them."""
        _, organ, roles = STAFF[login]
        return Actor(str(self.people[login].pk), frozenset(roles), organ)

    def act(
        self,
        login: str,
        action: str,
        day: str,
        case: UUID | None = None,
        party: str | None = None,
        **data: Any,
    ) -> Done:
        """An act on its day, by somebody; it must succeed."""
        on = date.fromisoformat(day)
        self.world.moment = max(
            self.world.moment, timezone.make_aware(datetime(on.year, on.month, on.day, 10))
        )
        done = perform(
            Ask(
                Command(action, on, data, party),
                self.actor(login),
                str(uuid4()),
                "reconsideration",
                case,
                "gz-sfj",
            ),
            self.world,
        )
        assert isinstance(done, Done), done
        return done


def office() -> Office:
    """Two organs and one person for each role."""
    for code, name in (("gz-sfj", "测试市司法局"), ("th-sfj", "测试区司法局")):
        Organ.objects.get_or_create(
            code=code, defaults={"name": name, "level": "city", "kind": "司法局", "valid_from": START}
        )
    people = {}
    for login, (name, organ, roles) in STAFF.items():
        people[login] = _user(login, name)
        for role in roles:
            made = add_membership(people[login], Organ.objects.get(code=organ), role, START, None)
            assert isinstance(made, Membership), made
    for login, name, power in ADMINISTRATORS:
        people[login] = _user(login, name, power)
        made = add_membership(people[login], Organ.objects.get(code="gz-sfj"), power.value, START, None)
        assert isinstance(made, Membership), made
    return Office(people, TestWorld(timezone.make_aware(datetime(2024, 1, 31, 9))))


def _user(login: str, name: str, power: Power = Power.BUSINESS) -> User:
    made = add_user(login, name, PASSWORD, power=power)
    assert isinstance(made, User), made
    return made


def received(place: Office, **changes: Any) -> UUID:
    """A case just received at the window."""
    data = application(**changes)
    return place.act("window", "receive_application", "2024-01-31", None, None, **data).case
