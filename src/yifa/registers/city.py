"""The registers of a city's organs, windows and legal-aid agencies, loaded from the city's files.

The files say who exists; people's organs (`yifa.people`) are the tree in which accounts work, with the same codes; the
register of organs is what the law asks about them: kind, who reviews their acts, who continues them, and since when.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from yifa.city.model import City, Organ
from yifa.city.routes import reviewers
from yifa.language.acts import Actor
from yifa.registers.importing import Imported, merge

# Where the files do not say since when an organ exists, the register begins here: before every act the system holds.
BEGINNING = date(2000, 1, 1)
LOADER = Actor("装载", frozenset({"system"}))


def load_city(city: City, now: datetime, actor: Actor = LOADER) -> Mapping[str, Imported]:
    """Bring the registers up to the city's files, by register. Doing it again changes nothing."""
    found = {"reconsideration.organs": _organs(city, now, actor)}
    rows = {"reconsideration.windows": list(_windows(city)), "legal_aid.stations": list(_agencies(city))}
    return found | {code: merge(code, own, actor, now, now.date()) for code, own in rows.items()}


def _organs(city: City, now: datetime, actor: Actor) -> Imported:
    """Organs as they were on every day on which the routes of review changed: who is competent has a history too."""
    days = sorted(
        {BEGINNING, *(r.since for r in city.routes if r.since and BEGINNING < r.since <= now.date())}
    )
    total = Imported()
    for day in days:
        rows = [
            _organ(city, organ, day) for organ in city.organs.values() if (organ.since or BEGINNING) <= day
        ]
        done = merge("reconsideration.organs", rows, actor, now, day)
        if done.problems:
            return done
        total = Imported(total.entered + done.entered, total.changed + done.changed, done.unchanged)
    return total


def _organ(city: City, organ: Organ, day: date) -> dict[str, Any]:
    competent = [reviewer.organ.code for reviewer in reviewers(city, organ.code, day)]
    divided = organ.kind == "dispatched_body" and organ.seat is not None
    row = {
        "code": organ.code, "name": organ.name, "level": _level(city, organ), "parent": organ.parent,
        "kind": "province" if (organ.kind, organ.level) == ("government", "province") else organ.kind,
        "by_division": divided, "competent": competent, "review_body": _review_body(city, organ),
        "valid_from": organ.since or BEGINNING, "valid_to": organ.until, "successor": organ.successor,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not None}


def _level(city: City, organ: Organ) -> str:
    """A body that a department dispatched is of the department's level (L23 24(4))."""
    above = city.organs.get(organ.parent or "")
    return above.level if organ.kind == "dispatched_body" and above is not None else organ.level


def _review_body(city: City, organ: Organ) -> str | None:
    """复议机构: the justice department of a government does the work of its reconsideration (L23 4(2))."""
    if organ.kind != "government":
        return None
    return next((o.code for o in city.of_kind("justice") if o.parent == organ.code), None)


def _windows(city: City) -> Iterator[dict[str, Any]]:
    for window in city.windows:
        if "reconsideration" in window.lines:
            yield {
                "code": window.code,
                "name": window.name,
                "organ": window.organ,
                "district": _place(city, window.organ),
            }


def _agencies(city: City) -> Iterator[dict[str, Any]]:
    for organ in city.of_kind("legal_aid"):
        since = {"valid_from": organ.since} if organ.since else {}
        yield {"code": organ.code, "name": organ.name, "kind": "agency", "organ": organ.code,
               "place": _place(city, organ.code), **since}  # fmt: skip


def _place(city: City, organ: str) -> str:
    seat = city.organ(organ).seat
    return next((district.name for district in city.districts if district.code == seat), city.name)
