"""Accounts as those see them who manage them: a page of all, and one with its roles over time."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, Q, QuerySet

from yifa.language.acts import Actor
from yifa.people.models import Membership, Substitution, User
from yifa.people.permissions import Allowed, Denied, Verb, may
from yifa.people.roles import ROLES, Power
from yifa.people.selectors import on_day

PAGE = 50
POWERS: Mapping[Power, str] = {
    power: "业务人员" if power == Power.BUSINESS else ROLES[power.value].title for power in Power
}


class Held(NamedTuple):
    """A role held for a time (`end` None: for good)."""

    key: int
    organ: str
    role: str
    start: date
    end: date | None


class Stands(NamedTuple):
    """Somebody acts for somebody (代理): the other account, in which role, when, on what authority."""

    key: int
    other: User
    organ: str
    role: str
    start: date
    end: date
    authority: str


class Account(NamedTuple):
    """An account with the roles it has, or had; on its page also who acts for it, and for whom it acts."""

    user: User
    power: str
    roles: tuple[Held, ...]
    substitutes: tuple[Stands, ...] = ()
    principals: tuple[Stands, ...] = ()


class Page(NamedTuple):
    """A page of accounts."""

    rows: list[Account]
    number: int
    pages: int
    total: int


def manages(actor: Actor) -> Allowed | Denied:
    """Whether this actor manages accounts or their roles."""
    allowed = may(actor, Verb.MANAGE_ACCOUNTS, None)
    return allowed if isinstance(allowed, Allowed) else may(actor, Verb.GRANT_ROLES, None)


def accounts(actor: Actor, text: str, page: int, today: date) -> Page | Denied:
    """Accounts whose log-in or name holds `text`, with the roles of the day. Three queries, however many there are."""
    allowed = manages(actor)
    if isinstance(allowed, Denied):
        return allowed
    found = User.objects.filter(Q(login__icontains=text) | Q(display_name__icontains=text)).order_by("login")
    total = found.count()
    pages = max(1, -(-total // PAGE))
    number = min(max(1, page), pages)
    held = Membership.objects.filter(on_day(today)).select_related("organ").order_by("organ__name", "role")
    users = found.prefetch_related(Prefetch("memberships", held))[(number - 1) * PAGE : number * PAGE]
    return Page([_account(user) for user in users], number, pages, total)


def account(actor: Actor, key: int) -> Account | Denied | None:
    """One account with every role it ever had, the latest first."""
    allowed = manages(actor)
    if isinstance(allowed, Denied):
        return allowed
    held = Membership.objects.select_related("organ").order_by("-valid_from", "-pk")
    user = User.objects.filter(pk=key).prefetch_related(Prefetch("memberships", held)).first()
    return (
        None
        if user is None
        else _account(user)._replace(
            substitutes=_stand(Substitution.objects.filter(principal=user), "substitute"),
            principals=_stand(Substitution.objects.filter(substitute=user), "principal"),
        )
    )


def _stand(rows: QuerySet[Substitution], other: str) -> tuple[Stands, ...]:
    """The latest first; `other`: which of the two is not the account itself."""
    return tuple(
        Stands(
            row.pk,
            getattr(row, other),
            row.organ.name,
            ROLES[row.role].title,
            row.valid_from,
            row.valid_to,
            row.authority,
        )
        for row in rows.select_related("organ", other).order_by("-valid_from", "-pk")
    )


def _account(user: User) -> Account:
    roles = tuple(
        Held(m.pk, m.organ.name, ROLES[m.role].title, m.valid_from, m.valid_to)
        for m in user.memberships.all()
    )
    return Account(user, POWERS[Power(user.power)], roles)
