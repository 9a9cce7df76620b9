"""Which organ reviews whose acts (复议管辖), from the routes of a city."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from yifa.city.model import City, Organ, Route
from yifa.law.citation import Cite, Practice


class Reviewer(NamedTuple):
    """An organ that may review, with the provision that says so."""

    organ: Organ
    cite: Cite | Practice


def reviewers(city: City, respondent: str, day: date) -> tuple[Reviewer, ...]:
    """Organs competent to review acts of `respondent` on `day`; several mean the applicant may choose.

    Raises KeyError if the city has no such organ. An organ that has ended is followed to its successor.
    """
    organ = successor(city, city.organ(respondent), day)
    found = (
        Reviewer(target, route.cite)
        for route in city.routes
        if route.applies(organ, day)
        for target in _targets(city, organ, route, day)
    )
    return tuple(dict.fromkeys(found))


def successor(city: City, organ: Organ, day: date) -> Organ:
    """The organ that goes on with the work of `organ` on `day` (L23 19(4)); itself while it exists."""
    seen = {organ.code}
    while organ.until is not None and day > organ.until and organ.successor and organ.successor not in seen:
        organ = city.organ(organ.successor)
        seen.add(organ.code)
    return organ


def _targets(city: City, organ: Organ, route: Route, day: date) -> tuple[Organ, ...]:
    codes = (RELATIONS[name](city, organ) for name in route.to)
    return tuple(successor(city, city.organ(code), day) for code in codes if code is not None)


def _own_government(city: City, organ: Organ) -> str | None:
    """本级人民政府: the nearest government above in the chain of who set whom up."""
    parent = organ.parent
    while parent is not None and city.organ(parent).kind != "government":
        parent = city.organ(parent).parent
    return parent


def _higher_government(city: City, organ: Organ) -> str | None:
    """上一级人民政府."""
    return organ.parent


def _local_government(city: City, organ: Organ) -> str | None:
    """所在地人民政府: of the district for which a body was set up by administrative division."""
    if organ.seat is None:
        return None
    found = (o.code for o in city.of_kind("government") if o.seat == organ.seat and o.level == "district")
    return next(found, None)


def _superior(_: City, organ: Organ) -> str | None:
    """上一级主管部门."""
    return organ.superior


RELATIONS: dict[str, Callable[[City, Organ], str | None]] = {
    "own_government": _own_government,
    "higher_government": _higher_government,
    "local_government": _local_government,
    "superior": _superior,
}
