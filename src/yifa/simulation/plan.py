"""The plan of a year: which matters will come, where, when, and which way they will go. Made of the seed alone."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import NamedTuple

from yifa.city.model import City
from yifa.law.calendar import Calendar
from yifa.simulation.arrivals import arrivals
from yifa.simulation.chance import allot, chance, scaled, sizes
from yifa.simulation.mix import Group, Mix, volume
from yifa.simulation.steps import Planned

PERSONS = (0.55, 0.2, 0.1, 0.08, 0.07)  # how many people a consultation is about: one, two … five

# Where the matters of a line are worked on, unless the group says otherwise; and how much of them districts have.
AT = {"reconsideration": "government", "legal_aid": "legal_aid", "litigation": "justice", "mediation": "town"}
BUSY = {
    "440106": 1.9, "440111": 1.8, "440113": 1.4, "440104": 1.3, "440105": 1.2, "440118": 1.1, "440112": 1.1, "440103": 0.9,
    "440114": 0.9, "440115": 0.6, "440117": 0.4,
}  # fmt: skip
CITY_SHARE = 1.5


class Year(NamedTuple):
    """What is simulated: a calendar year at a scale, from a seed, and on until a day after it; with `last_year` also the
    whole year before it, so that matters are open on 1 January and there is something to compare with.
    """

    year: int
    seed: int
    scale: float
    until: date
    last_year: bool = False

    @property
    def begin(self) -> date:
        """The first day that is simulated."""
        return date(self.year - 1, 1, 1) if self.last_year else self.first

    @property
    def first(self) -> date:
        """1 January."""
        return date(self.year, 1, 1)

    @property
    def last(self) -> date:
        """31 December."""
        return date(self.year, 12, 31)


def organs(city: City, kind: str) -> dict[str, float]:
    """Organs of a kind with their share of the work."""
    if kind == "town":
        own = [o for o in city.organs.values() if o.level == "town"]
    else:
        own = [o for o in city.of_kind(kind) if o.level in ("city", "district")]
    in_seat = {seat: sum(o.seat == seat for o in own) for seat in {o.seat for o in own}}
    return {o.code: (BUSY.get(o.seat or "", CITY_SHARE)) / in_seat[o.seat] for o in own}


def plan(mix: Mix, year: Year, city: City, calendar: Calendar) -> list[Planned]:
    """All matters of the year and until its end, in the order in which they come."""
    found = list[Planned]()
    for line, groups in mix.lines.items():
        parts = [_group(line, group, groups, mix, year, city, calendar) for group in groups]
        if year.last_year:  # numbered after the year's own, which so are the same with it and without
            parts += [_before(line, group, groups, mix, year, city, calendar) for group in groups]
        for number, made in enumerate(chain.from_iterable(parts), 1):
            found.append(made._replace(number=number))
    return sorted(found, key=lambda m: (m.arrives, m.line, m.number))


def _group(
    line: str, group: Group, groups: tuple[Group, ...], mix: Mix, year: Year, city: City, calendar: Calendar
) -> Iterator[Planned]:
    rng = chance(year.seed, year.year, line, group.name)
    total = scaled(float(volume(group, groups, mix.report)), year.scale, rng)
    last = year.last - timedelta(days=group.lead)
    yield from _part(line, group, total, (year.first, last), rng, city, calendar)
    extra = (year.until - year.last).days
    if extra > 0:
        more = scaled(total, extra / 365, rng)
        yield from _part(line, group, more, (year.last + timedelta(days=1), year.until), rng, city, calendar)


def _before(
    line: str, group: Group, groups: tuple[Group, ...], mix: Mix, year: Year, city: City, calendar: Calendar
) -> Iterator[Planned]:
    """The year before: the same ways, in as many matters as the mix says."""
    rng = chance(year.seed, year.year - 1, line, group.name)
    volumes = float(volume(group, groups, mix.report)) * (mix.before or {}).get(line, 1.0)
    span = (year.begin, year.first - timedelta(days=1 + group.lead))
    yield from _part(line, group, scaled(volumes, year.scale, rng), span, rng, city, calendar)


def _part(
    line: str, group: Group, total: int, span: tuple[date, date], rng: Random, city: City, calendar: Calendar
) -> Iterator[Planned]:
    people = sizes(total, PERSONS, rng) if group.unit == "persons" else [1] * total
    paths = [path for path, count in allot(len(people), group.paths).items() for _ in range(count)]
    rng.shuffle(paths)
    days = arrivals(calendar, *span, len(people), rng, group.off_days)
    shares = organs(city, group.at or AT[line])
    where = rng.choices(list(shares), list(shares.values()), k=len(people))
    for path, day, organ, size in zip(paths, days, where, people, strict=True):
        yield Planned(line, 0, path, organ, day, size)


# Districts side by side, whose windows pass applications on to each other: 越秀–荔湾, 天河–黄埔, 白云–花都, 番禺–南沙, 增城–从化,
# and 海珠 with the city's own.
NEIGHBOURS = (("440104", "440103"), ("440106", "440112"), ("440111", "440114"), ("440113", "440115"), ("440118", "440117"),
              ("gz", "440105"))  # fmt: skip
_BESIDE = {here: there for pair in NEIGHBOURS for here, there in (pair, pair[::-1])}
_SHARD = {place: pair[0] for pair in NEIGHBOURS for place in pair}


def partner(organ: str) -> str:
    """The organ of the same kind in the neighbouring district."""
    place, _, kind = organ.partition("-")
    return f"{_BESIDE[place]}-{kind}"


def shard_of(organ: str) -> str:
    """What must stay in one process: number series belong to organs, and the organs of neighbouring districts work together."""
    place = organ.partition("-")[0]
    return _SHARD.get(place, place)


def shards(planned: Iterable[Planned]) -> list[list[Planned]]:
    """What can be told apart from each other, that with most to do first: then processes that take one after the other end
    at about the same time.
    """
    found: dict[str, list[Planned]] = {}
    for one in planned:
        found.setdefault(shard_of(one.organ), []).append(one)
    return sorted(found.values(), key=lambda own: (-sum(WORK.get(one.path, 6) for one in own), own[0].organ))


WORK = {"nothing": 1, "prevented": 1, "consulted": 1, "settled_later": 2}  # acts of the short paths
