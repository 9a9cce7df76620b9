"""What people are called who act in cases: accounts by their name; others by organ and role, where their id says these.

Records that are made up (a simulated year) are entered by nobody with an account: `ORGAN/ROLE`, or `ORGAN/ROLE-3` for the
third of several.
"""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from yifa.casework.access import named_in
from yifa.language.line import Line
from yifa.language.view import View
from yifa.people.models import Organ, User
from yifa.people.roles import ROLES


class Called(NamedTuple):
    """Names of accounts by id, of organs by code."""

    accounts: Mapping[str, str] = {}
    organs: Mapping[str, str] = {}

    def name(self, who: str, beside: str = "") -> str:
        """What somebody is called; `beside`: the organ that is named already where the name will stand."""
        organ, slash, role = who.rpartition("/")
        if not slash or not organ:
            return self.accounts.get(who, who)
        code, _, number = role.partition("-")
        title = (ROLES[code].title if code in ROLES else "其他人员") + number
        return title if organ == beside else f"{self.organs.get(organ, organ)}·{title}"


def organ_in(who: str) -> str:
    """The organ that an id says; empty for accounts."""
    return who.rpartition("/")[0]


def called(ids: Iterable[str]) -> Called:
    """Everybody's name: one query, another if there are made-up records."""
    wanted = set(ids)
    numbers = [int(who) for who in wanted if who.isdigit()]
    accounts = User.objects.filter(pk__in=numbers).values_list("pk", "display_name") if numbers else ()
    codes = {*map(organ_in, wanted)} - {""}
    organs = Organ.objects.filter(code__in=codes).values_list("code", "name") if codes else ()
    return Called({str(pk): name for pk, name in accounts}, dict(organs))


def naming_fields(line: Line) -> frozenset[str]:
    """Fields of acts in which a handler is named by id."""
    return frozenset({line.handling.fact, *line.handling.by.values()} if line.handling else ())


def officials(view: View) -> frozenset[str]:
    """Everybody named in a case by an id: who acted, who handles it or did."""
    fields = naming_fields(view.line)
    acted = {event.actor for event in view.events if event.actor}
    named = {who for event in view.events for field in fields for who in _ids(event.data.get(field))}
    return frozenset(acted | named | named_in(view.line, view.facts))


def _ids(said: Any) -> tuple[str, ...]:
    if isinstance(said, str):
        return (said,)
    return tuple(each for each in said if isinstance(each, str)) if isinstance(said, list | tuple) else ()
