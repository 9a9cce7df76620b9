"""Files that acts name: documents as frozen, materials as taken in. Are they there and whole; were they erased; who else
names them.

An act names a file by the hash of its content, so the act is evidence of every byte. A file that a recorded erasure took
away is missing lawfully: the hash stays in the act that named it and in the act that erased it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import F, Func, IntegerField, Q, QuerySet, Value

from yifa.casework.codec import opened
from yifa.casework.models import EventRow, Material
from yifa.casework.requests import World
from yifa.language.acts import Event, Problem
from yifa.language.kernel_actions import ERASURE_GROUNDS
from yifa.ledger.commitments import packed_name
from yifa.platform.crypto import vault
from yifa.platform.files import FileDamagedError, FileLostError, Files

MATERIALS = "fact.materials"


def files() -> Files:
    """Where materials and documents lie."""
    return Files(settings.VAR / "files", vault())


class Named(NamedTuple):
    """A file an act names: its hash, the act, what it is (a document by its code, a material by its place), and for a
    material its media type and size.
    """

    sha256: str
    seq: int
    what: str
    kind: str = ""
    size: int = 0


def named(seq: int, action: str, fields: Mapping[str, Any]) -> Iterator[Named]:
    """The files one act names; `fields` are its committed fields."""
    if action == "freeze_document" and "data.sha256" in fields:
        yield Named(
            fields["data.sha256"], seq, f"文书“{fields.get('data.title') or fields['data.document']}”"
        )
    for place, item in enumerate(fields.get(MATERIALS, ()), 1):
        yield Named(item["sha256"], seq, f"第{place}份材料", item["media"], item["size"])


Record = tuple[int, str, Mapping[str, Any]]  # number, code and committed fields of an act


def erased(log: Iterable[Record]) -> dict[str, int]:
    """Files that recorded erasures took away, with the act: what names them later is not meant."""
    return {
        sha: seq for seq, action, fields in log if action == "erase" for sha in fields.get("data.files", ())
    }


def standing(records: Iterable[Record]) -> list[Named]:
    """The files of a case that must be there: all that its acts name and no later erasure took away."""
    log = list(records)
    gone = erased(log)
    return [each for record in log for each in named(*record) if each.seq > gone.get(each.sha256, -1)]


def lawfully_gone(records: Iterable[Record]) -> Iterator[tuple[Named, Problem]]:
    """Files of a case that a recorded erasure took away, each with when, by which order and on what ground."""
    log = list(records)
    gone, acts = erased(log), {seq: fields for seq, _, fields in log}
    for record in log:
        for each in named(*record):
            if each.seq <= gone.get(each.sha256, -1):
                yield each, _told(acts[gone[each.sha256]])


def _told(fields: Mapping[str, Any]) -> Problem:
    """An erasure as it is told to whoever misses a file."""
    params = {"on": str(fields["meta.on"]), "order": fields.get("data.order") or "（无）"}
    return Problem("file_erased", params, ERASURE_GROUNDS[fields["data.ground"]], "file")


def faults(records: Iterable[Record]) -> Iterator[tuple[int, str]]:
    """Files of a case that are missing or changed: act and what."""
    log = list(records)
    wanted = standing(log)
    yield from _told_again(log)
    rows = {bytes(m.sha256).hex(): m for m in _rows(each.sha256 for each in wanted if each.kind)}
    for each in wanted:
        wrong = _wrong(each.sha256)
        if wrong:
            yield each.seq, f"{each.what}的文件{wrong}（{each.sha256}）"
        row = rows.get(each.sha256)
        if each.kind and (row is None or (row.kind, row.size) != (each.kind, each.size)):
            yield each.seq, f"{each.what}的登记与记录不符"


def _rows(hashes: Iterable[str]) -> Iterable[Material]:
    wanted = [bytes.fromhex(sha) for sha in hashes]
    return Material.objects.filter(sha256__in=wanted) if wanted else ()


def _wrong(sha256: str) -> str:
    try:
        files().get(sha256)
    except FileLostError:
        return "缺失"
    except FileDamagedError:
        return "被改动"
    return ""


def _told_again(log: list[Record]) -> Iterator[tuple[int, str]]:
    """An act whose list of materials lost a name to an erasure is evidenced by the hashes that the erasure repeats."""
    again = {
        int(seq): hashes
        for _, action, fields in log
        if action == "erase"
        for seq, hashes in fields.get("data.hashes", {}).items()
    }
    for seq, _, fields in log:
        if seq in again and [item["sha256"] for item in fields.get(MATERIALS, ())] != again[seq]:
            yield seq, "材料清单与删除记录不符"


def erased_under(log: Iterable[Event], seq: int, sha256: str) -> Problem | None:
    """That the file an act names was erased, when and on what ground; None if no act says so."""
    act = next((e for e in log if e.action == "erase" and e.seq > seq and sha256 in e.data["files"]), None)
    if act is None:
        return None
    said = {f"data.{name}": value for name, value in act.data.items()}
    return _told(said | {"meta.on": act.effective_on.isoformat()})


# ------------------------------------------------------------------------------ over all cases


class Survey(NamedTuple):
    """Hashes of the files that must be there, and of those that an erasure took away in some case."""

    standing: frozenset[bytes]
    erased: frozenset[bytes]


def survey(world: World, other_than: UUID | None = None) -> Survey:
    """All files that the acts of (other) cases name. Raises InvalidTag or KeyError at an act that does not open: what it
    names cannot be told.
    """
    cases = defaultdict[UUID, list[Record]](list)
    rows = _naming() if other_than is None else _naming().exclude(case_id=other_than)
    for row in rows.iterator():
        cases[row.case_id].append((row.seq, row.action, opened(row, world)[0]))
    found = frozenset(bytes.fromhex(each.sha256) for log in cases.values() for each in standing(log))
    return Survey(found, frozenset(bytes.fromhex(sha) for log in cases.values() for sha in erased(log)))


def _naming() -> QuerySet[EventRow]:
    named = Func(
        Value(packed_name(MATERIALS)),
        F("commitments"),
        function="position",
        arg_joiner=" IN ",
        output_field=IntegerField(),
    )
    acts = Q(action__in=("freeze_document", "erase")) | Q(named__gt=0)
    return EventRow.objects.alias(named=named).filter(acts, payload__isnull=False)
