"""Which stored files go with a party, and which stay: documents and materials under 个人信息保护法 第四十七条.

Whose a file is, is told by the act that took it in (it concerns the party) or by what can be read in it. What belongs to a
closed case is an archive: it goes only when its time is over, when it was never lawful, or when an order says so (第四十七条
第二款、第七十二条第二款; 档案法 第二十一条 forbids destroying archives at will).
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from docx import Document
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from yifa.casework import kept
from yifa.casework.cards import parts
from yifa.casework.kept import files
from yifa.casework.models import Material
from yifa.casework.redaction import Secrets
from yifa.casework.requests import World
from yifa.casework.uploads import DOCX
from yifa.language.acts import Problem
from yifa.language.kernel_actions import ARCHIVE, PURPOSE_OVER
from yifa.law.statute import statute
from yifa.platform.files import FileDamagedError, FileLostError


class Act(NamedTuple):
    """An act as the erasure sees it: number, code, the party it concerns, its fields before anything is taken out."""

    seq: int
    action: str
    party: str | None
    fields: Mapping[str, Any]


class Chosen(NamedTuple):
    """Hashes of the files that go, and what stays with the reason why."""

    files: tuple[str, ...]
    held: tuple[Problem, ...]


def choose(
    case: UUID, acts: Iterable[Act], secrets: Secrets, places: Iterable[str], ground: str, world: World
) -> Chosen:
    """The files of the party, and those named by place (`SEQ.PLACE`, from 1) whoever they are of."""
    log, wanted = list(acts), frozenset(places)
    gone = kept.erased((act.seq, act.action, act.fields) for act in log)
    judged = [
        (named, _is_theirs(act, named, number, secrets, wanted))
        for act in log
        for number, named in enumerate(kept.named(act.seq, act.action, act.fields), 1)
        if named.seq > gone.get(named.sha256, -1)
    ]
    unread = tuple(_unread(named) for named, theirs in judged if theirs is None)
    own = {named.sha256: named for named, theirs in judged if theirs}
    if own and ground in PURPOSE_OVER:
        return Chosen((), (Problem("erasure_archive", {"count": len(own)}, ARCHIVE, "files"), *unread))
    others = kept.survey(world, case).standing if own else frozenset[bytes]()
    shared = [named for sha, named in own.items() if bytes.fromhex(sha) in others]
    held = (
        *unread,
        *(Problem("erasure_file_shared", {"what": named.what}, ARCHIVE, "files") for named in shared),
    )
    return Chosen(tuple(sorted(own)), held)


def _unread(named: kept.Named) -> Problem:
    place = int(re.sub(r"\D", "", named.what) or 0)
    return Problem(
        "erasure_file_unread", {"seq": named.seq, "place": place}, statute("PIPL").art(47), "files"
    )


def _is_theirs(
    act: Act, named: kept.Named, number: int, secrets: Secrets, wanted: frozenset[str]
) -> bool | None:
    """Whether a file tells of the party; None: nobody can tell but a person who looks."""
    if f"{act.seq}.{number}" in wanted:
        return True
    if not secrets.identity:
        return False
    if named.kind and (secrets.identity in (act.party, act.fields.get("data.party")) or _alone(act, secrets)):
        return True
    text, whole = _text(named)
    found = any(_squeezed(secret) in text for secret in secrets.texts if len(secret) > 1)
    return found or (False if whole else None)


def _alone(act: Act, secrets: Secrets) -> bool:
    """Whether the party is the only person an act tells of: what came with it is theirs."""
    people = (part for part in parts(act.fields) if part.get("kind") not in ("organ", "organisation"))
    return {part["id"] for part in people if "id" in part} == {secrets.identity}


def _text(named: kept.Named) -> tuple[str, bool]:
    """What can be read in a file, without white space, and whether that is all there is to read in it."""
    read = _READERS.get(named.kind)
    try:
        pieces = read(files().get(named.sha256)) if read else []
    except (FileLostError, FileDamagedError, PyPdfError, ValueError, KeyError):
        pieces = []
    texts = [_squeezed(piece) for piece in pieces]
    return "".join(texts), bool(texts) and all(texts)


def _pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def _words(content: bytes) -> list[str]:
    """Text of a Word file; one that has pictures is not all text."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    pictures = [""] * len(document.inline_shapes)
    return ["".join((*(paragraph.text for paragraph in document.paragraphs), *cells)), *pictures]


_READERS: Mapping[str, Callable[[bytes], list[str]]] = {"": _pages, "application/pdf": _pages, DOCX: _words}


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def hashes(acts: Iterable[Act], changed: Iterable[int]) -> dict[str, list[str]]:
    """Materials of the acts whose list is about to lose its evidence, by hash."""
    lost = frozenset(changed)
    return {
        str(act.seq): [item["sha256"] for item in act.fields[kept.MATERIALS]]
        for act in acts
        if act.seq in lost and kept.MATERIALS in act.fields
    }


def remove(hashes: Iterable[str], case: UUID, world: World) -> None:
    """Take the files away, after the act that says so is committed. Those another case names stay; done twice, done once."""
    wanted = [bytes.fromhex(sha) for sha in hashes]
    free = set(wanted) - kept.survey(world, case).standing if wanted else set[bytes]()
    Material.objects.filter(sha256__in=free).delete()
    for sha in free:
        files().remove(sha.hex())


def named_wrongly(acts: Iterable[Act], places: Iterable[str]) -> Iterator[str]:
    """Places (`SEQ.PLACE`) at which no act names a file."""
    there = {f"{a.seq}.{n}" for a in acts for n, _ in enumerate(kept.named(a.seq, a.action, a.fields), 1)}
    yield from (place for place in places if place not in there)
