"""Registers 名录 of the simulated city: people and bodies that exist nowhere, in as many as the report says or the work needs."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from random import Random
from typing import Any

from yifa.city.model import City, Organ
from yifa.city.published import published
from yifa.registers.city import LOADER, load_city
from yifa.registers.requests import Ask, NoneDone
from yifa.registers.services import perform_all
from yifa.registry import CITY
from yifa.simulation.chance import chance
from yifa.simulation.fiction import person
from yifa.simulation.plan import Year, organs
from yifa.simulation.tally import Tally

SINCE = date(2019, 1, 1)
LAWYERS = 2_400  # in the aid pool at scale 1
LEAST = 3  # of a pool, whatever the scale
COMMITTEES = 3_000  # of villages at scale 1
Row = tuple[str, dict[str, Any], str]


class ListError(RuntimeError):
    """A row that the register refuses: the message says which and why."""


def fill(city: City, year: Year, report: int, now: datetime, tally: Tally) -> int:
    """Load the city's own registers, and the invented ones beside; returns how many entries were made."""
    load_city(city, now)
    rng = chance(year.seed, "lists")
    rows = [
        *_litigation(report, year),
        *_legal_aid(city, year, report, rng),
        *_mediation(city, year, rng),
        *_handlers(city),
    ]
    asks = [
        Ask(code, "enter", LOADER, SINCE if "valid_from" not in row else None, row, state=state)
        for code, row, state in rows
    ]
    done = perform_all(asks, now)
    if isinstance(done, NoneDone):
        at, problems = next(iter(done.problems.items()))
        raise ListError(f"{rows[at]}: {[(p.code, dict(p.params)) for p in problems]}")
    _count(rows, year, tally)
    return len(done)


def _stated(report: int, row: str) -> int:
    """How many the report says there are."""
    return int(next(r.value or 0 for r in published(CITY, report).rows if r.id == row))


def _litigation(report: int, year: Year) -> Iterator[Row]:
    appointed = date(year.year, 3, 1)
    for n in range(1, _stated(report, "dispute_mediators") + 1):
        yield "litigation.mediators", {"mediator_no": f"XZ{n:03d}", "name": f"测试调解员{n}", "station": f"station{1 + n % 4}",
                                       "appointed_on": appointed, "valid_from": appointed}, ""  # fmt: skip
    for n in range(1, _stated(report, "dispute_mediation_organisations") + 1):
        kind = ("people", "industry", "association", "firm")[n % 4]
        yield "litigation.mediation_orgs", {"code": f"XO{n}", "name": f"样本调解组织{n}", "kind": kind, "appointed_on": appointed,
                                            "valid_from": appointed}, ""  # fmt: skip
    for kind, row in (("station", "dispute_centre_stations"), ("studio", "dispute_mediation_studios")):
        for n in range(1, _stated(report, row) + 1):
            yield "litigation.stations", {"code": f"{kind}{n}", "name": f"样本{'工作站' if kind == 'station' else '工作室'}{n}", "kind": kind,
                                          "opened_on": SINCE, "valid_from": SINCE}, ""  # fmt: skip


def _legal_aid(city: City, year: Year, report: int, rng: Random) -> Iterator[Row]:
    shares = organs(city, "legal_aid")
    for agency, share in shares.items():
        for n in range(1, lawyers_of(share / sum(shares.values()), year.scale) + 1):
            licence = f"{agency}L{n}"[-18:]
            since = date(2008 + n % 10, 5, 1)
            yield (
                "permits.lawyers",
                {"licence": licence, "name": person(rng, n), "first_licensed": since, "valid_from": since},
                "",
            )
            yield "legal_aid.aid_pool", {"id": lawyer_no(agency, n), "name": f"测试律师{n}", "licence": licence, "practice_start": since,
                                         "criminal_start": since, "juvenile": True, "valid_from": SINCE}, ""  # fmt: skip
    for n in range(1, _stated(report, "one_plus_one_volunteers") + 1):
        yield "legal_aid.one_plus_one", {"id": f"V{n}", "name": f"测试志愿律师{n}", "year": year.year, "county": f"示例县{n}",
                                         "valid_from": date(year.year, 7, 1)}, ""  # fmt: skip


def lawyers_of(share: float, scale: float) -> int:
    """How many lawyers the pool of an agency has."""
    return max(LEAST, round(LAWYERS * share * scale))


def lawyer_no(agency: str, number: int) -> str:
    """The number in the pool."""
    return f"{agency}/aid_person-{number}"


def _mediation(city: City, year: Year, rng: Random) -> Iterator[Row]:
    for place in organs(city, "town"):
        organ = city.organ(place)
        for n in range(1, committees_of(year.scale) + 1):
            yield from _committee(organ, n, "village" if n > 1 else "town", rng)
    yield "mediation.competition", {"code": "C1", "name": "人民调解员职业技能竞赛", "year": year.year, "held_on": date(year.year, 10, 20),
                                    "entrants": 60, "valid_from": date(year.year, 10, 20)}, "held"  # fmt: skip


def committees_of(scale: float) -> int:
    """How many committees a street or town has: its own, and those of its villages."""
    return 1 + max(1, round(COMMITTEES / 35 * scale))


def _committee(organ: Organ, n: int, kind: str, rng: Random) -> Iterator[Row]:
    code = f"{organ.code}-c{n}"
    yield "mediation.organisation", {"code": code, "name": f"样本调解委员会{organ.code}-{n}", "kind": kind, "district": organ.seat, "members": 3,
                                     "street": organ.code, "women": 1, "head": f"{code}-m1", "valid_from": SINCE}, "active"  # fmt: skip
    for m in range(1, 4):
        yield "mediation.mediator", {"id": f"{code}-m{m}", "name": person(rng, m), "adult": True, "is_grid": m == 3 and kind == "village",
                                     "committee": code, "committee_kind": kind, "valid_from": SINCE}, "active"  # fmt: skip


def _handlers(city: City) -> Iterator[Row]:
    for organ in organs(city, "government"):
        for n in range(1, HANDLERS + 1):
            yield "reconsideration.handlers", {"staff_no": handler_no(organ, n), "name": f"测试承办人{n}", "qualified": True,
                                               "trained_on": SINCE, "unit": organ, "valid_from": SINCE}, ""  # fmt: skip


HANDLERS = 6  # who prepare decisions in each organ


def handler_no(organ: str, number: int) -> str:
    """The staff number of a handler."""
    return f"{organ}/handler-{number}"


def _count(rows: list[Row], year: Year, tally: Tally) -> None:
    """What is on the lists at the end of the year."""
    held: Mapping[str, tuple[str, str]] = {
        "litigation.mediators": ("litigation.mediators", "value"), "litigation.mediation_orgs": ("litigation.mediation_orgs", "value"),
        "litigation.stations": ("litigation.stations", "value"), "legal_aid.one_plus_one": ("legal_aid.one_plus_one_volunteers", "value"),
        "mediation.competition": ("mediation.mediation_contests", "value"),
    }  # fmt: skip
    for code, row, _ in rows:
        if code in held:
            tally.count(held[code][0], year.last, "")
        if code == "mediation.organisation" and row["kind"] == "village":
            tally.share("mediation.grid_mediator_coverage", year.last, "", hit=True)
