"""What permissions need to know of a case, read from its row."""

from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from yifa.casework.models import Case
from yifa.language.line import Handling, Line
from yifa.people import selectors as people
from yifa.people.permissions import CaseRef
from yifa.platform.crypto import vault
from yifa.registry import known
from yifa.registry import line as line_of


def handlers_of(case: Case) -> frozenset[str]:
    """Who handles the case now, by the fact its line names for it."""
    return named_in(line_of(case.line), case.facts)


def named_in(line: Line, facts: Mapping[str, Any]) -> frozenset[str]:
    """The same, of facts at hand."""
    return line.handling.named(facts) if line.handling else frozenset()


def assigned(line: Line, facts: Mapping[str, Any]) -> frozenset[str]:
    """Whose case it is, as permissions count it: who handles it, and who is named beside them."""
    return line.handling.near(facts) if line.handling else frozenset()


def may_go_on(line: Line, facts: Mapping[str, Any], actor: str) -> frozenset[str]:
    """Whose case it is when somebody acts: while nobody handles it, also theirs."""
    return assigned(line, facts) | (frozenset() if named_in(line, facts) else {actor})


def handled_by(person: str) -> Q:
    """Cases somebody handles, alone or among others, by the fact each line names for it."""
    return _named_by(person, lambda handling: (handling.fact,))


def assigned_to(person: str) -> Q:
    """Cases that are somebody's, as permissions count it."""
    return _named_by(person, lambda handling: (handling.fact, *handling.beside))


def _named_by(person: str, facts_of: Callable[[Handling], tuple[str, ...]]) -> Q:
    lines: dict[str, list[str]] = {}  # by fact
    for line in map(line_of, known()):
        for fact in facts_of(line.handling) if line.handling else ():
            lines.setdefault(fact, []).append(line.code)
    return reduce(or_, (_names(fact, of, person) for fact, of in lines.items()))


def _names(fact: str, lines: list[str], person: str) -> Q:
    alone, among = Q(facts__contains={fact: person}), Q(facts__contains={fact: [person]})
    return Q(line__in=lines) & (alone | among)


def reference(case: Case) -> CaseRef:
    """Organ, handlers, organs above, who must stay out, whether reading is restricted: four queries."""
    parties = [vault().unalias(alias) for alias in case.parties.values_list("identity", flat=True)]
    numbers = case.party_keys.filter(kind="id_number").values_list("blind", flat=True)
    theirs = assigned(line_of(case.line), case.facts)
    ref = people.case_ref(str(case.pk), case.organ, theirs, party_organs=parties, people=map(bytes, numbers))
    joined = frozenset(filter(None, (case.facts.get("lead_organ"),)))
    return ref._replace(sensitive=case.sensitive, joined=joined)
