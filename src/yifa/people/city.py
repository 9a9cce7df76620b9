"""The organs of a city's files in the tree in which accounts work: city, districts, departments, streets, towns, windows.

Loading again changes nothing; what the files say otherwise than before holds from the day of the load on, and what was
before stays on record. An organ that the files no longer name has ended; organs entered by hand are left alone.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction

from yifa.city.model import City
from yifa.city.model import Organ as CityOrgan
from yifa.people.models import Organ, OrganVersion

# For organs whose files do not say since when: before every act the system holds.
BEGINNING = date(2000, 1, 1)
DAY = timedelta(days=1)


class Loaded(NamedTuple):
    """Codes of organs that were entered, changed or ended, and how many are as they were."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    ended: tuple[str, ...]
    same: int


class _Wanted(NamedTuple):
    """An organ as the files have it."""

    code: str
    name: str
    level: str
    kind: str
    district: str
    parent: str | None
    since: date | None
    until: date | None


@transaction.atomic
def load_organs(city: City, on: date = BEGINNING) -> Loaded:
    """Bring the tree of organs up to the city's files; changes hold from `on` (not given: as if it had always been so)."""
    rows = {row.code: row for row in Organ.objects.select_for_update()}
    wanted = list(_wanted(city))
    new = [each for each in wanted if each.code not in rows]
    Organ.objects.bulk_create([_organ(each) for each in new])
    OrganVersion.objects.bulk_create([_version(each, each.since or BEGINNING) for each in new])
    added = [each.code for each in new]
    changed = [each.code for each in wanted if each.code in rows and _change(rows[each.code], each, on)]
    ours = set(OrganVersion.objects.filter(valid_to=None).values_list("organ_id", flat=True))
    gone = sorted(ours - {each.code for each in wanted})
    for code in gone:
        _end(rows[code], on - DAY)
    return Loaded(tuple(added), tuple(changed), tuple(gone), len(wanted) - len(added) - len(changed))


def _wanted(city: City) -> Iterator[_Wanted]:
    for organ in city.organs.values():
        yield _of_organ(organ)
    for window in city.windows:
        place = city.organ(window.organ)
        yield _Wanted(
            window.code, window.name, place.level, "window", place.seat or "", place.code, None, None
        )


def _of_organ(organ: CityOrgan) -> _Wanted:
    return _Wanted(
        organ.code,
        organ.name,
        organ.level,
        organ.kind,
        organ.seat or "",
        organ.parent,
        organ.since,
        organ.until,
    )


def _organ(wanted: _Wanted) -> Organ:
    return Organ(
        code=wanted.code, name=wanted.name, level=wanted.level, kind=wanted.kind, district=wanted.district,
        parent_id=wanted.parent, valid_from=wanted.since or BEGINNING, valid_to=wanted.until,
    )  # fmt: skip


def _version(wanted: _Wanted, start: date) -> OrganVersion:
    return OrganVersion(
        organ_id=wanted.code, name=wanted.name, level=wanted.level, kind=wanted.kind, district=wanted.district,
        parent=wanted.parent or "", valid_from=start, valid_to=wanted.until,
    )  # fmt: skip


def _change(row: Organ, wanted: _Wanted, on: date) -> bool:
    """Whether the files say something else than the row; then they are right from `on`."""
    now = (row.name, row.level, row.kind, row.district, row.parent_id, row.valid_to)
    then = (wanted.name, wanted.level, wanted.kind, wanted.district, wanted.parent, wanted.until)
    if now == then:
        return False
    row.name, row.level, row.kind, row.district = wanted.name, wanted.level, wanted.kind, wanted.district
    row.parent_id, row.valid_to = wanted.parent, wanted.until
    row.save()
    last = OrganVersion.objects.filter(organ=row).order_by("-valid_from").first()
    if now[:-1] == then[:-1] and last is not None and last.valid_to in (None, now[-1]):
        last.valid_to = wanted.until
        last.save(update_fields=["valid_to"])
        return True
    if last is not None and last.valid_from >= on:
        last.delete()
    elif last is not None:
        last.valid_to = min(last.valid_to or on - DAY, on - DAY)
        last.save(update_fields=["valid_to"])
    _version(wanted, row.valid_from if last is None else on).save()
    return True


def _end(row: Organ, last: date) -> None:
    row.valid_to = max(last, row.valid_from)
    row.save(update_fields=["valid_to"])
    OrganVersion.objects.filter(organ=row, valid_to=None).update(valid_to=row.valid_to)
