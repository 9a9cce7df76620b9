"""A process of its own for one shard. Nothing here is imported before Django is set up: a new process begins with this."""

import os
from typing import Any


def set_up() -> None:
    """Before anything else in a new process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


def tell(year: tuple[Any, ...], mix: Any, places: frozenset[str]) -> tuple[Any, int]:
    """The same plan as in every other process, of which this one tells what belongs to its districts: tally, events."""
    from yifa.registry import city_env, city_of
    from yifa.simulation.mix import parse
    from yifa.simulation.plan import Year, plan, shard_of
    from yifa.simulation.run import in_bulk

    own, known = Year(*year), parse(mix)
    planned = plan(known, own, city_of(), city_env().calendar)
    tally, written = in_bulk(own, (one for one in planned if shard_of(one.organ) in places))
    return tally.plain(), written
