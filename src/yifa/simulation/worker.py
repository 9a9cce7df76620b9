"""A process of its own for one shard after the other. Nothing here is imported before Django is set up: a new process begins
with this.
"""

import os
from typing import Any

# A load holds hundreds of megabytes of small objects all over the place. On pages of 2 MiB instead of 4 KiB they are reached
# faster: the C library asks the kernel for such pages, Python takes all its memory from the C library, and that keeps more
# of what is given back at hand (7 pieces of a size otherwise).
MEMORY = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1:glibc.malloc.tcache_count=127"}


def set_up() -> None:
    """Before anything else in a new process."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yifa.site.settings")
    django.setup()


def tell(year: tuple[Any, ...], planned: list[Any]) -> tuple[Any, int]:
    """One shard: tally, events."""
    from yifa.simulation.plan import Year
    from yifa.simulation.run import in_bulk

    tally, written = in_bulk(Year(*year), planned)
    return tally.plain(), written
