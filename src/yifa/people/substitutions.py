"""Who acts for whom 代理: arranged and ended by a security administrator, on a named authority, for a time."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction

from yifa.language.acts import Actor
from yifa.people import journal
from yifa.people.models import Membership, Organ, Substitution, User
from yifa.people.permissions import Denied, Verb, may
from yifa.people.roles import BUSINESS_ROLES, ROLES, Power
from yifa.people.selectors import on_day
from yifa.people.services import Refusal, close, has_begun, refusal


class Wanted(NamedTuple):
    """A substitution as somebody wants it: for whom, by whom, in which role of which organ, on what authority, when."""

    principal: User
    other: User
    organ: Organ
    role: str
    authority: str
    start: date
    end: date


AUTHORITY = 200  # letters


@transaction.atomic
def substitute(actor: Actor, wanted: Wanted) -> Substitution | Refusal:
    """Somebody acts for somebody for a time."""
    User.objects.select_for_update().get(
        pk=wanted.principal.pk
    )  # two of one principal come one after the other
    refused = refusal(_not_by(actor)) or refusal(_problems(actor, wanted))
    if refused:
        return refused
    made = Substitution.objects.create(
        principal=wanted.principal, substitute=wanted.other, organ=wanted.organ, role=wanted.role,
        authority=wanted.authority.strip(), valid_from=wanted.start, valid_to=wanted.end,
    )  # fmt: skip
    journal.note("substitution", made, "grant", int(actor.id))
    return made


@transaction.atomic
def end_substitution(actor: Actor, row: Substitution, last: date) -> Substitution | Refusal:
    """Its last day, earlier than was said; before it has begun, it is taken back. It is never made longer: that is another
    one, on an authority of its own.
    """
    row = Substitution.objects.select_for_update().get(pk=row.pk)
    reasons = (
        (last < row.valid_from and has_begun(row), "period"), (last > row.valid_to, "longer"), (_theirs(actor, row.principal, row.substitute), "self_grant"),
    )  # fmt: skip
    refused = refusal(_not_by(actor)) or refusal(code for wrong, code in reasons if wrong)
    if refused:
        return refused
    close("substitution", row, last, int(actor.id))
    return row


def of_role(text: str) -> list[str]:
    """Codes of the roles meant: a code, or a title."""
    return [code for code, role in ROLES.items() if text in (code, role.title)]


def _not_by(actor: Actor) -> Iterator[str]:
    denied = may(actor, Verb.GRANT_ROLES, None)
    if isinstance(denied, Denied):
        yield denied.code


def _theirs(actor: Actor, *users: User) -> bool:
    return actor.id in {str(user.pk) for user in users}


def _problems(actor: Actor, wanted: Wanted) -> Iterator[str]:
    """Why this cannot be; all reasons."""
    other = wanted.other
    if wanted.principal.pk == other.pk or _theirs(actor, wanted.principal, other):
        yield "self_grant"
    if not 0 < len(wanted.authority.strip()) <= AUTHORITY:
        yield "authority"
    if wanted.role not in ROLES:
        yield "role_unknown"
    elif wanted.role not in BUSINESS_ROLES or other.power != Power.BUSINESS:
        yield "power"
    elif wanted.end < wanted.start:
        yield "period"
    else:
        yield from _standing(wanted)


def _standing(wanted: Wanted) -> Iterator[str]:
    """What is held, and what has been arranged already, on these days."""
    principal, other, organ, role, _, start, end = wanted
    held = Membership.objects.filter(on_day(start), on_day(end), user=principal, organ=organ, role=role)
    if not held.exists():
        yield "not_held"
    there = Substitution.objects.filter(principal=principal, substitute=other, organ=organ, role=role)
    if there.filter(valid_from__lte=end, valid_to__gte=start).exists():
        yield "substituted"
