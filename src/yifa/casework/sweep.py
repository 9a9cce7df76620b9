"""Files nobody names: uploads whose act was refused or never came, documents that could not be frozen, what an erasure
left when the machine stopped. Taken away after some days; run twice, it does once.

A file becomes old when nobody has put it for so long; putting it again makes it young. A material's row goes before its
file, so whoever takes it in at this moment waits for the row and then finds that the file must be written.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.db import transaction

from yifa.casework.kept import Survey, files, survey
from yifa.casework.models import Material
from yifa.casework.requests import World
from yifa.platform.files import FileLostError

DAYS = 30  # an upload whose proposal is still on its way to the signature may be this old
SECONDS = 86_400


def orphans(world: World, days: int = DAYS) -> list[str]:
    """Addresses of files nobody names and nobody has put for so many days; erased ones at once.

    Raises InvalidTag or KeyError if an act does not open: then nothing may go.
    """
    known = survey(world)
    return [address for address in files().addresses() if _is_orphan(address, known, days)]


def _is_orphan(address: str, known: Survey, days: int) -> bool:
    sha = bytes.fromhex(address)
    if sha in known.standing:
        return False
    with suppress(FileLostError):
        return sha in known.erased or _is_old(address, days)
    return False


def _is_old(address: str, days: int) -> bool:
    return files().age(address, time.time()) > days * SECONDS


def sweep(world: World, days: int = DAYS) -> list[str]:
    """Take away what nobody names; the addresses of what went, and the names of what a write that broke off left."""
    known = survey(world)
    gone = [a for a in files().addresses() if _is_orphan(a, known, days) and _taken(a, known, world, days)]
    gone += list(_rows(known, world, days))
    for path in files().leftovers(time.time(), SECONDS):
        path.unlink(missing_ok=True)
        gone.append(path.name)
    return gone


def _taken(address: str, known: Survey, world: World, days: int) -> bool:
    """Row, then file, in one transaction; not if somebody has taken it in meanwhile."""
    with transaction.atomic():
        row = Material.objects.select_for_update().filter(sha256=bytes.fromhex(address)).first()
        erased = bytes.fromhex(address) in known.erased
        young = row is not None and row.taken_at > world.now() - timedelta(days=days)
        if not erased and (young or not _is_old(address, days)):
            return False
        if row is not None:
            row.delete()
        files().remove(address)
    return True


def _rows(known: Survey, world: World, days: int) -> Iterator[str]:
    """Rows whose file is not there and that nobody names: the machine stopped between the two."""
    for row in Material.objects.filter(taken_at__lt=world.now() - timedelta(days=days)).iterator():
        sha = bytes(row.sha256)
        if sha not in known.standing and not files().has(sha.hex()):
            row.delete()
            yield sha.hex()
