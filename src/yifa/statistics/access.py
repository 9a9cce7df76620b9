"""Whose cases somebody may see in lists and figures: the table of permissions, asked for every organ at once."""

from collections.abc import Mapping

from django.db import connection

from yifa.language.acts import Actor
from yifa.people.models import Organ
from yifa.people.permissions import Allowed, CaseRef, Verb, may


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
    """Cases this actor has declared to stay out of, by case or by an organ that is a party (回避): one query."""
    sql = (
        'SELECT "case"::text FROM people_conflict WHERE user_id::text = %(user)s AND withdrawn_at IS NULL '
        'AND "case" IS NOT NULL UNION SELECT p.case_id::text FROM casework_party p JOIN people_conflict f '
        "ON f.organ_id = p.identity WHERE f.user_id::text = %(user)s AND f.withdrawn_at IS NULL ORDER BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"user": actor.id})
        return [row[0] for row in cursor.fetchall()]
