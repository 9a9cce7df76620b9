"""Materials of cases: looked at, kept by hash, named in the act that takes them in, opened with permission and on record.

What an act takes in stands in it as `materials` (hash, name, item of the checklist, media type, size), evidenced field by
field; the list of a case is read from its acts. The file is on the disk, flushed, before the act is recorded.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from yifa.casework import kept
from yifa.casework.access import reference
from yifa.casework.documents import Opened
from yifa.casework.kept import files
from yifa.casework.matters import log_of
from yifa.casework.models import Case, Material
from yifa.casework.requests import Answer, Ask, NotDone, World
from yifa.casework.services import perform
from yifa.casework.uploads import Inspected, inspect
from yifa.documents.derivation import papers
from yifa.language.acts import Actor, Event, Problem
from yifa.people.permissions import Denied
from yifa.people.services import record_opening
from yifa.platform.files import sha256


class Upload(NamedTuple):
    """A file somebody sends. `name` with its ending; `item`: what of the line's checklist it is (empty: something else)."""

    name: str
    content: bytes
    item: str = ""


class Kept(NamedTuple):
    """A file that is kept and may be named in an act."""

    sha256: str
    name: str
    item: str
    media: str
    size: int


class Filed(NamedTuple):
    """A material of a case: the act that took it in, its place among that act's materials, and what it is."""

    seq: int
    place: int
    on: Any
    by: str
    kept: Kept


class Wanted(NamedTuple):
    """A line of the checklist: what should be brought and whether it is there."""

    item: str
    title: str
    there: bool


def take(uploads: Sequence[Upload], world: World) -> tuple[Kept, ...] | NotDone:
    """Look at all and keep all, or say everything that is wrong with any. One statement, however many."""
    looked = [(upload, inspect(upload.name, upload.content, settings.UPLOAD_LIMIT)) for upload in uploads]
    wrong = [problem for _, found in looked if not isinstance(found, Inspected) for problem in found]
    if wrong:
        return NotDone(tuple(wrong))
    good = [(upload, found) for upload, found in looked if isinstance(found, Inspected)]
    taken = [Kept(sha256(u.content), u.name, u.item, found.media, found.size) for u, found in good]
    rows = {
        k.sha256: Material(sha256=bytes.fromhex(k.sha256), kind=k.media, size=k.size, taken_at=world.now())
        for k in taken
    }
    # The row first: the sweep of files nobody names takes it away before the file, and waits for whoever holds it.
    Material.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["sha256"], update_fields=["taken_at"]
    )
    for upload, _ in good:
        files().put(upload.content)
    return tuple(taken)


def perform_with(ask: Ask, uploads: Sequence[Upload], world: World) -> Answer:
    """Any act together with files: `take_materials`, an application, a supplement, a reply. All or nothing is recorded."""
    taken = take(uploads, world)
    if isinstance(taken, NotDone):
        return taken
    return perform(ask._replace(attached={**ask.attached, "materials": named(taken)}), world)


def named(taken: Iterable[Kept]) -> list[dict[str, Any]]:
    """Materials as they stand in an act."""
    return [k._asdict() for k in taken]


def of_log(log: Iterable[Event]) -> list[Filed]:
    """The materials of a case, in the order they were taken in."""
    return [
        Filed(event.seq, place, event.effective_on, event.actor or "", Kept(**item))
        for event in log
        for place, item in enumerate(event.facts.get("materials", ()))
    ]


def checklist(line: str, filed: Iterable[Filed]) -> list[Wanted]:
    """What the line wants to be brought, and whether the case has it."""
    found, have = papers(line), {f.kept.item for f in filed}
    return [Wanted(item, title, item in have) for item, title in found.materials.items()] if found else []


def open_material(
    actor: Actor, case_id: UUID, seq: int, place: int, world: World, reason: str = ""
) -> Opened | Denied | NotDone:
    """A material to read: allowed, recorded, then checked against its hash. FileLostError, FileDamagedError."""
    case = Case.objects.get(id=case_id)
    allowed = record_opening(
        actor, reference(case), world.now(), reason or f"材料：第{seq}步 第{place + 1}份"
    )
    if isinstance(allowed, Denied):
        return allowed
    log = log_of(case, world)
    found = [f for f in of_log(log) if (f.seq, f.place) == (seq, place)]
    if not found:
        return NotDone((Problem("material_unknown", {"seq": seq, "place": place + 1}, None, "material"),))
    address, name = found[0].kept.sha256, found[0].kept.name
    gone = kept.erased_under(log, seq, address)
    return NotDone((gone,)) if gone else Opened(name, files().get(address), address)
