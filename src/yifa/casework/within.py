"""Which cases an actor may know of, and which they may find by a person's data: as queries, after the table of permissions."""

from django.db.models import Q, QuerySet

from yifa.casework.access import assigned_to
from yifa.casework.models import Case, PartyKey, PartyRow
from yifa.casework.requests import World
from yifa.language.acts import Actor
from yifa.people import selectors as people
from yifa.people.models import Organ
from yifa.people.permissions import TRUSTED, Near, Verb, finds, reach


def findable(actor: Actor, below: frozenset[str], world: World) -> QuerySet[Case]:
    """Cases this actor may find by a person's data; one read by few, by those few."""
    close = _where(actor, below, finds(actor) & {Near.ASSIGNED})
    if actor.roles & TRUSTED:
        close |= Q(organ=actor.organ or "")
    found = Case.objects.filter(_where(actor, below, finds(actor))).filter(Q(sensitive=False) | close)
    return found.exclude(_stays_out(actor, world))


def listable(actor: Actor, below: frozenset[str], world: World) -> QuerySet[Case]:
    """Cases this actor may know of, less those they must stay out of."""
    found = Case.objects.filter(_where(actor, below, reach(actor, Verb.LIST)))
    return found.exclude(_stays_out(actor, world))


def _where(actor: Actor, below: frozenset[str], near: frozenset[Near]) -> Q:
    """Cases to which the actor stands in one of these ways."""
    own = Q(organ=actor.organ or "")
    ways = {
        Near.OWN: own, Near.ASSIGNED: own & assigned_to(actor.id), Near.BELOW: Q(organ__in=below),
        Near.CITY: ~own & ~Q(organ__in=below),
    }  # fmt: skip
    where = Q(pk__in=())
    for way in near:
        where |= ways[way]
    return where


def _stays_out(actor: Actor, world: World) -> Q:
    """Cases the actor has declared a conflict with: by case, by a party that is an organ, by a person."""
    cases, organs, persons = people.conflicts_of(actor)
    parties = PartyRow.objects.filter(identity__in=map(world.alias, organs)).values("case_id")
    keyed = PartyKey.objects.filter(kind="id_number", blind__in=persons).values("case_id")
    return Q(pk__in=cases) | Q(pk__in=parties) | Q(pk__in=keyed)


def organs_in_reach(actor: Actor) -> list[tuple[str, str]]:
    """Organs whose cases the reader may list: code and name, their own first."""
    own = actor.organ or ""
    codes = {own} | (people.organs_below(own) if Near.BELOW in reach(actor, Verb.LIST) else frozenset[str]())
    rows = Organ.objects.filter(code__in=codes).order_by("code").values_list("code", "name")
    return sorted(rows, key=lambda row: row[0] != own)
