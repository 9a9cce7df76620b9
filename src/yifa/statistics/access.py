"""Whose cases somebody may see in lists and figures: the table of permissions, asked for every organ at once."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from yifa.casework.models import Case, PartyKey, PartyRow
from yifa.language.acts import Actor
from yifa.people.models import Organ
from yifa.people.permissions import Allowed, CaseRef, Verb, may
from yifa.people.selectors import conflicts_of
from yifa.platform.crypto import vault


def organs_where(actor: Actor, verb: Verb) -> frozenset[str]:
    """Organs in whose cases this actor may do this, handled or not: one query."""
    parents: dict[str, str | None] = dict(Organ.objects.values_list("code", "parent_id"))
    if actor.organ is not None:
        parents.setdefault(actor.organ, None)
    refs = (CaseRef("", organ, above=_above(organ, parents)) for organ in parents)
    return frozenset(ref.organ for ref in refs if isinstance(may(actor, verb, ref), Allowed))


def _above(organ: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    found: set[str] = set()
    code = parents.get(organ)
    while code is not None and code not in found:
        found.add(code)
        code = parents.get(code)
    return frozenset(found)


def cases_to_avoid(actor: Actor) -> list[str]:
    """Cases this actor has declared to stay out of: by case, by an organ that is a party, by a person (回避)."""
    cases, organs, persons = conflicts_of(actor)
    if not (cases or organs or persons):
        return []
    parties = PartyRow.objects.filter(identity__in=map(vault().alias, organs)).values("case_id")
    keyed = PartyKey.objects.filter(kind="id_number", blind__in=persons).values("case_id")
    found = Case.objects.filter(Q(pk__in=cases) | Q(pk__in=parties) | Q(pk__in=keyed)).order_by("pk")
    return [str(case) for case in found.values_list("pk", flat=True)]


def shielded(cases: Iterable[str]) -> frozenset[str]:
    """Those of the cases whose course may not be shown in lists (minors and the like): one query."""
    found = Case.objects.filter(pk__in=[case for case in cases if case], sensitive=True)
    return frozenset(str(case) for case in found.values_list("pk", flat=True))
