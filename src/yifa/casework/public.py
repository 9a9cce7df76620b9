"""What anybody may check of a document by its code: that it was issued, and that a copy is it. Nothing personal is told."""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import NamedTuple

from django.db.models import F

from yifa.casework.codec import opened
from yifa.casework.documents import content_of
from yifa.casework.kept import erased_under
from yifa.casework.matters import log_of, normal_code
from yifa.casework.models import EventRow, Paper
from yifa.casework.requests import World
from yifa.language.messages import kernel_catalogue
from yifa.language.messages import render as say
from yifa.ledger.commitments import commit_field, readable
from yifa.platform.files import FileDamagedError, FileLostError


class Public(NamedTuple):
    """A document as the public page shows it.

    erased  why the file is no longer kept (empty: it is); the record of it stays.
    intact  the kept file is the one whose hash is evidenced; leaf  its place in the city's log (None: on its way).
    """

    code: str
    title: str
    number: str
    organ: str
    dated: date
    made_at: datetime
    sha256: str
    intact: bool
    leaf: int | None
    erased: str = ""


def find(code: str, world: World) -> Public | None:
    """The document of a check code, however it was typed. Two queries; two more if its file was erased."""
    paper = Paper.objects.filter(code=normal_code(code) or None).first()
    if paper is None:
        return None
    row = (
        EventRow.objects.annotate(leaf=F("place__leaf"))
        .filter(case_id=paper.case_id, seq=paper.frozen_seq)
        .first()
    )
    whole = _kept(paper)
    return Public(
        paper.code, paper.title, paper.number, paper.organ, paper.dated, paper.made_at, bytes(paper.sha256).hex(),
        whole and row is not None and _evidenced(paper, row, world), row.leaf if row else None,
        "" if whole else _erased(paper, world),
    )  # fmt: skip


def _erased(paper: Paper, world: World) -> str:
    gone = erased_under(log_of(paper.case, world), paper.frozen_seq, bytes(paper.sha256).hex())
    return say(gone, kernel_catalogue()) if gone else ""


def _kept(paper: Paper) -> bool:
    try:
        content_of(paper)
    except (FileLostError, FileDamagedError):
        return False
    return True


def _evidenced(paper: Paper, row: EventRow, world: World) -> bool:
    """The act in the chain names this hash, and its commitment says so too."""
    private, salts = opened(row, world)
    name, value = "data.sha256", bytes(paper.sha256).hex()
    salt, committed = salts.get(name), readable(bytes(row.commitments)).get(name)
    if row.action != "freeze_document" or private.get(name) != value or salt is None or committed is None:
        return False
    return commit_field(salt, name, value) == committed


def same(found: Public, chunks: Iterable[bytes]) -> bool:
    """Whether a copy, read piece by piece, is this document byte for byte."""
    digest = sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest() == found.sha256
