"""电子卷宗: the case file from a case's materials and documents, in the order of the file, as one PDF with an index.

The order is that of the case: by the day of the act, materials before the documents it issued. What cannot be drawn on a
page (Word, Excel), what is not made yet and what is lost or changed has a page of its own that says so: the index is whole.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from yifa.casework import kept, matters
from yifa.casework.access import reference
from yifa.casework.documents import IncompleteError, content_of, produce
from yifa.casework.kept import files
from yifa.casework.materials import Filed, of_log
from yifa.casework.models import Case
from yifa.casework.requests import World
from yifa.documents.derivation import LinePapers, day_of, papers, values
from yifa.documents.dossier import DossierBinder, DossierCover, DossierItem
from yifa.documents.model import Layout, OfficialDocument, Paragraph
from yifa.documents.render import render
from yifa.documents.wording import chinese_date, joined
from yifa.language.acts import Actor, Event, Problem
from yifa.language.messages import kernel_catalogue
from yifa.language.messages import render as say
from yifa.people.permissions import Denied, Verb, may
from yifa.people.services import record_opening
from yifa.platform.files import FileDamagedError, FileLostError

_DRAWN: Final = frozenset({"application/pdf", "image/png", "image/jpeg"})
_ROLES: Final = (("applicant", "申 请 人"), ("respondent", "被申请人"), ("third_party", "第 三 人"))
_NOT_DRAWN: Final = "本件为{kind}文件，另行保存，不能在卷内显示。文件哈希（SHA-256）：{sha256}"
_LOST: Final = "本件的文件已经缺失或者被改动，不能入卷，须由系统管理员查明。文件哈希（SHA-256）：{sha256}"
_UNMADE: Final = "本件已经制发登记，内容尚未补齐：{why}"


class Piece(NamedTuple):
    """Something in the file: its place in the order, its name, its day, and its bytes or why they are not there."""

    order: tuple[date, int, int, int]
    title: str
    on: date
    content: bytes | str


def open_dossier(actor: Actor, case: Case, world: World) -> bytes | Denied:
    """The whole file to take out: allowed to export, recorded, then bound."""
    allowed = may(actor, Verb.EXPORT, reference(case))
    if isinstance(allowed, Denied):
        return allowed
    opened = record_opening(actor, reference(case), world.now(), "导出电子卷宗")
    return opened if isinstance(opened, Denied) else bind(case, world)


def bind(case: Case, world: World, binder: DossierBinder | None = None) -> bytes:
    """The whole file. Documents not made yet are made."""
    log = matters.log_of(case, world)
    pieces = sorted(
        (*_materials(of_log(log), log), *_documents(case, log, world)), key=lambda piece: piece.order
    )
    cover = cover_of(case, log, world)
    items = [
        DossierItem(p.title, p.content if isinstance(p.content, bytes) else _absent(p, cover), p.on)
        for p in pieces
    ]
    return (binder or DossierBinder()).bind(items, cover)


def cover_of(case: Case, log: Sequence[Event], world: World) -> DossierCover:
    """Organ, matter, number, parties, days and handlers, as far as the case knows them."""
    matter = matters.matter_of(case, tuple(log), log[-1].seq, "", world)
    found, line = papers(case.line), matter.view.line
    known = (
        {name: source(matter) for name, source in found.common.items() if name in _ON_COVER} if found else {}
    )
    parties = [(title, joined([p["name"] for p in known.get(role) or ()])) for role, title in _ROLES]
    rows = (
        ("案　　号", case.number),
        ("案　　由", known.get("matter") or line.title),
        *parties,
        ("收案日期", chinese_date(day_of(log[0].effective_on))),
        ("办理情况", line.stage_title(matter.view.stage)),
        ("承 办 人", known.get("handler") or ""),
    )
    organ = known.get("organ") or matter.setting.name(case.organ)
    return DossierCover(
        organ, f"{line.title}案卷", day_of(log[-1].effective_on), tuple(row for row in rows if row[1])
    )


_ON_COVER: Final = frozenset({"matter", "organ", "handler", *(role for role, _ in _ROLES)})


def _materials(filed: Sequence[Filed], log: Sequence[Event]) -> Iterator[Piece]:
    for item in filed:
        on = day_of(item.on)
        title = item.kept.name.rpartition(".")[0] or item.kept.name
        yield Piece((on, item.seq, 0, item.place), title, on, _content(item, log))


def _content(item: Filed, log: Sequence[Event]) -> bytes | str:
    gone = kept.erased_under(log, item.seq, item.kept.sha256)
    if gone:
        return _told(gone)
    if item.kept.media not in _DRAWN:
        return _NOT_DRAWN.format(kind=item.kept.name.rpartition(".")[2], sha256=item.kept.sha256)
    try:
        return files().get(item.kept.sha256)
    except (FileLostError, FileDamagedError):
        return _LOST.format(sha256=item.kept.sha256)


def _documents(case: Case, log: tuple[Event, ...], world: World) -> Iterator[Piece]:
    found = papers(case.line)
    for place, issue in enumerate(matters.issued(case, log, world)):
        on = day_of(issue.on)
        yield Piece(
            (on, issue.seq, 1, place),
            _title(case, log, issue, found, world),
            on,
            _made(case, issue, log, world),
        )


def _told(problem: Problem) -> str:
    return say(problem, kernel_catalogue())


def _made(case: Case, issue: matters.Issued, log: Sequence[Event], world: World) -> bytes | str:
    try:
        paper = produce(case.id, issue.seq, issue.document, world)
    except IncompleteError as error:
        return _UNMADE.format(why="；".join(str(p.params.get("problem", p.code)) for p in error.problems))
    gone = kept.erased_under(log, paper.frozen_seq, bytes(paper.sha256).hex())
    if gone:
        return _told(gone)
    try:
        return content_of(paper)
    except (FileLostError, FileDamagedError):
        return _LOST.format(sha256=bytes(paper.sha256).hex())


def _title(
    case: Case, log: tuple[Event, ...], issue: matters.Issued, found: LinePapers | None, world: World
) -> str:
    """The document's name; a proof of service also says of what and on whom, or the index would be full of equal lines."""
    if found is None or issue.document != "service_proof":
        return issue.title
    told = values(found, issue.document, matters.matter_of(case, log, issue.seq, issue.document, world))
    what = "".join(told.get("documents") or ()).removesuffix("一份")
    whom = joined([party["name"] for party in told.get("addressee") or ()])
    return f"{issue.title}（{'，'.join(part for part in (what, whom) if part)}）"


def _absent(piece: Piece, cover: DossierCover) -> bytes:
    """A page in place of what cannot be shown."""
    page: Any = (Paragraph(str(piece.content)),)
    return render(OfficialDocument(Layout.CASE, cover.organ, piece.title, page, piece.on, sealed=False))
