"""The organs of a city's data as the tree in which accounts work. Loading them again changes what the files have changed."""

from collections.abc import Iterator
from datetime import date

from yifa.city.model import City
from yifa.city.model import Organ as CityOrgan
from yifa.people.models import Organ

BEGINNING = date(2000, 1, 1)  # where the files do not say since when an organ exists
FIELDS = ("name", "level", "kind", "district", "parent_id", "valid_from", "valid_to")


def load_organs(city: City) -> int:
    """Bring the tree up to the city's data, parents first; returns how many organs there are in the data."""
    rows = [_row(organ) for organ in _parents_first(city)]
    Organ.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=FIELDS)
    return len(rows)


def _row(organ: CityOrgan) -> Organ:
    return Organ(
        code=organ.code, name=organ.name, level=organ.level, kind=organ.kind, district=organ.seat or "",
        parent_id=organ.parent, valid_from=organ.since or BEGINNING, valid_to=organ.until,
    )  # fmt: skip


def _parents_first(city: City) -> Iterator[CityOrgan]:
    done = set[str]()

    def walk(organ: CityOrgan) -> Iterator[CityOrgan]:
        if organ.code in done:
            return
        done.add(organ.code)
        if organ.parent in city.organs:
            yield from walk(city.organs[organ.parent or ""])
        yield organ

    for organ in city.organs.values():
        yield from walk(organ)
