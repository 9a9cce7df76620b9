"""What permissions need to know of a case, read from its row."""

from functools import reduce
from operator import or_

from django.db.models import Q

from yifa.casework.models import Case
from yifa.people import selectors as people
from yifa.people.permissions import CaseRef
from yifa.platform.crypto import vault
from yifa.registry import known
from yifa.registry import line as line_of


def handlers_of(case: Case) -> frozenset[str]:
    """Who handles the case now, as the acts say."""
    named = case.facts.get("handlers") or ()
    return frozenset(map(str, [named] if isinstance(named, str | int) else named))


def handled_by(person: str) -> Q:
    """Cases somebody handles, alone or among others, by the fact each line names for it."""
    named = [line.handling.fact for line in map(line_of, known()) if line.handling]
    return reduce(or_, (_names(fact, person) for fact in dict.fromkeys(named)))


def _names(fact: str, person: str) -> Q:
    lines = [line.code for line in map(line_of, known()) if line.handling and line.handling.fact == fact]
    alone, among = Q(facts__contains={fact: person}), Q(facts__contains={fact: [person]})
    return Q(line__in=lines) & (alone | among)


def reference(case: Case) -> CaseRef:
    """Organ, handlers, organs above, who must stay out, whether reading is restricted: four queries."""
    parties = [vault().unalias(alias) for alias in case.parties.values_list("identity", flat=True)]
    numbers = case.party_keys.filter(kind="id_number").values_list("blind", flat=True)
    ref = people.case_ref(
        str(case.pk), case.organ, handlers_of(case), party_organs=parties, people=map(bytes, numbers)
    )
    joined = frozenset(filter(None, (case.facts.get("lead_organ"),)))
    return ref._replace(sensitive=case.sensitive, joined=joined)
