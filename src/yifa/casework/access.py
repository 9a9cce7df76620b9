"""What permissions need to know of a case, read from its row."""

from yifa.casework.models import Case
from yifa.people import selectors as people
from yifa.people.permissions import CaseRef
from yifa.platform.crypto import vault


def handlers_of(case: Case) -> frozenset[str]:
    """Who handles the case now, as the acts say."""
    named = case.facts.get("handlers") or ()
    return frozenset(map(str, [named] if isinstance(named, str | int) else named))


def reference(case: Case) -> CaseRef:
    """Organ, handlers, organs above, who must stay out, whether reading is restricted: four queries."""
    parties = [vault().unalias(alias) for alias in case.parties.values_list("identity", flat=True)]
    numbers = case.party_keys.filter(kind="id_number").values_list("blind", flat=True)
    ref = people.case_ref(
        str(case.pk), case.organ, handlers_of(case), party_organs=parties, people=map(bytes, numbers)
    )
    joined = frozenset(filter(None, (case.facts.get("lead_organ"),)))
    return ref._replace(sensitive=case.sensitive, joined=joined)
