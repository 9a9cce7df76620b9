"""The reading door. Pages, API and commands read cases here, as plain values, masked by what the reader may see.

Opening a file is recorded before anything is shown; so is every value that is unmasked, with a reason. Both write in a
transaction of their own: call them outside of any other. Lists show 50 rows a page with a fixed number of queries.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from yifa.casework import cards, files, store
from yifa.casework.access import assigned, assigned_to, handlers_of, may_go_on, reference
from yifa.casework.called import Called, called, officials
from yifa.casework.codec import opened, unseal
from yifa.casework.files import Choice, Comer, Deadline, Entry, Head, Log, Party, Said
from yifa.casework.models import Case, NumberGiven, PartyKey, PartyRow
from yifa.casework.requests import World
from yifa.casework.shown import class_of
from yifa.casework.within import findable, listable
from yifa.engine import advance, refold
from yifa.engine.derive import read
from yifa.language.acts import Actor, Problem
from yifa.language.privacy import BY_NAME, TEXT, Personal, personal
from yifa.language.view import View
from yifa.people import selectors as people
from yifa.people import services as people_services
from yifa.people.models import Organ
from yifa.people.permissions import Allowed, CaseRef, Denied, Field, Verb, may
from yifa.people.services import FieldRef, Refusal, Shown
from yifa.platform.crypto import blind_index
from yifa.registry import line as line_of

PAGE = 50


class Reader(NamedTuple):
    """Who reads: the actor, for somebody else (by id) where a substitution says so."""

    actor: Actor
    instead_of: int | None = None


class File(NamedTuple):
    """A case file as this reader may see it, on the world's day."""

    head: Head
    parties: tuple[Party, ...]
    entries: tuple[Entry, ...]
    deadlines: tuple[Deadline, ...]
    effects: tuple[Comer, ...]
    findings: tuple[Said, ...]
    choices: tuple[Choice, ...]
    numbers: tuple[tuple[str, str], ...]  # kind, number as given
    children: tuple[tuple[UUID, str, str], ...]  # id, number, title of the line
    links: tuple[tuple[str, str], ...]  # kind of tie, the other case as named in the act
    ceiling: Field | None


class Unknown(NamedTuple):
    """There is no such case, or the reader may not know of it: the same answer."""

    code: str = "case_unknown"


# ------------------------------------------------------------------------------ one file


def open_file(reader: Reader, case: UUID, world: World, reason: str = "") -> File | Denied | Unknown:
    """The whole file; that it was opened is recorded first. A fixed number of queries, however long the file."""
    row = Case.objects.filter(id=case).first()
    if row is None:
        return Unknown()
    ref = reference(row)
    allowed = people_services.record_opening(reader.actor, ref, world.now(), reason, reader.instead_of)
    if isinstance(allowed, Denied):
        return allowed if not isinstance(may(reader.actor, Verb.LIST, ref), Denied) else Unknown()
    return _file(row, ref, reader, allowed.ceiling, world)


def case_of(name: str) -> UUID | None:
    """The id of the case of this number; whether it may be opened, `open_file` says."""
    return NumberGiven.objects.filter(text=name).values_list("case_id", flat=True).first()


def _file(row: Case, ref: CaseRef, reader: Reader, ceiling: Field | None, world: World) -> File:
    log, view = _log(row, world)
    derived = read(view, world.now().date(), tuple(step.event for step in log))
    known = cards.cards(view)
    parties = files.names(view, known, ceiling)
    return File(
        _head(row, view),
        files.parties(view, known, ceiling, world.alias),
        files.timeline(derived, log, parties, called(officials(view)), ceiling),
        files.deadlines(derived, parties),
        files.effects(view, parties),
        tuple(files.say(problem, view.line) for problem in derived.findings),
        files.choices(view, row.organ, reader.actor, world, _outside(reader.actor, ref, view)),
        tuple(NumberGiven.objects.filter(case=row).order_by("id").values_list("kind", "text")),
        _children(row),
        view.links,
        ceiling,
    )


def _log(row: Case, world: World) -> tuple[tuple[Log, ...], View]:
    line, rows = line_of(row.line), store.events_of(row.id)
    log = tuple(Log(unseal(r, line, world), r.recorded_at, r.payload is None) for r in rows)
    view = refold(line, world.env, tuple(step.event for step in log))
    return log, advance(view, world.now().date())


def _outside(actor: Actor, ref: CaseRef, view: View) -> tuple[Problem, ...]:
    """What keeps the actor from acting in the case at all, as the door for acts says it."""
    found = may(actor, Verb.ACT, ref._replace(assigned=may_go_on(view.line, view.facts, actor.id)))
    return (Problem(f"act_{found.code}"),) if isinstance(found, Denied) else ()


def _head(row: Case, view: View) -> Head:
    line = view.line
    version = next((v.title for v in line.versions if v.code == view.version), "")
    tracks = {track: line.stage_title(stage) for track, stage in view.tracks.items()}
    return Head(
        row.id, row.line, line.title, row.number, row.organ, _organ_name(row.organ), row.origin, view.stage or "",
        line.stage_title(view.stage), tracks, view.version, version or view.version, view.version_final, view.is_closed,
        row.sensitive, tuple(sorted(handlers_of(row))), row.parent_id, row.next_seq,
    )  # fmt: skip


def _organ_name(code: str) -> str:
    return Organ.objects.filter(code=code).values_list("name", flat=True).first() or code


def _children(row: Case) -> tuple[tuple[UUID, str, str], ...]:
    rows = Case.objects.filter(parent=row).order_by("number", "id").values_list("id", "number", "line")
    return tuple((case, number, line_of(line).title) for case, number, line in rows)


# ------------------------------------------------------------------------------ unmasking


def unmask(
    reader: Reader, case: UUID, path: str, reason: str, world: World
) -> Shown | Denied | Refusal | Unknown:  # fmt: skip
    """One masked value whole. `path`: `SEQ.PATH` of a value in the timeline, or the path of a party's value."""
    row = Case.objects.filter(id=case).first()
    found = None if row is None else _value(row, path, world)
    if row is None or found is None:
        return Unknown()
    value, said = found
    ref = FieldRef(reference(row), path[:60], class_of(said), lambda: value)
    return people_services.unmask(reader.actor, ref, reason, world.now(), reader.instead_of)


def _value(row: Case, path: str, world: World) -> tuple[str, Personal] | None:
    if path.startswith("card."):
        return _card_value(row, path.removeprefix("card."), world)
    seq, _, rest = path.partition(".")
    step = next((r for r in store.events_of(row.id) if str(r.seq) == seq), None)
    if step is None or not rest:
        return None
    found: Any = opened(step, world)[0].get(f"data.{rest.partition('.')[0]}")
    for part in rest.split(".")[1:]:
        found = _inside(found, part)
    action = line_of(row.line).action(step.action)
    name = next((part for part in reversed(rest.split(".")) if not part.isdigit()), "")
    said = personal(action.inputs if action else None, name)
    return None if found is None or isinstance(found, dict | list) else (str(found), said)


def _inside(value: Any, part: str) -> Any:
    if isinstance(value, list):
        return value[int(part)] if part.isdigit() and int(part) < len(value) else None
    if isinstance(value, dict) and part not in value and part.isdigit():
        return dict(enumerate(value.values())).get(int(part))
    return value.get(part) if isinstance(value, dict) else None


def _card_value(row: Case, path: str, world: World) -> tuple[str, Personal] | None:
    who, _, name = path.rpartition(".")
    party = (
        PartyRow.objects.filter(case=row, identity__startswith=who).first()
        if len(who) == files.CARD
        else None
    )
    if party is None:
        return None
    card = cards.opened(party.card, str(row.id), party.identity, world)
    return (card[name], BY_NAME.get(name, TEXT)) if name in card else None


# ------------------------------------------------------------------------------ lists


class Wanted(NamedTuple):
    """What a work list is to show. `mine`: handled by the reader; `due_by`: with a deadline up to that day;
    `closed` None: both.
    """

    line: str | None = None
    stage: str | None = None
    mine: bool = False
    due_by: date | None = None
    closed: bool | None = False
    organ: str | None = None
    number: str = ""


class Row(NamedTuple):
    """A line of a work list. Parties as this reader may call them; `days_left` negative: overdue."""

    id: UUID
    number: str
    line: str
    line_title: str
    stage: str
    stage_title: str
    organ: str
    organ_name: str
    parties: tuple[tuple[str, str], ...]  # title of the role, name
    handlers: tuple[str, ...]
    next_due: date | None
    days_left: int | None
    closed: bool
    sensitive: bool
    opens: bool  # whether the reader may open the file
    ceiling: Field | None  # the highest class of data the reader may see in a list


class Page(NamedTuple):
    """50 rows, which page it is, how many pages and rows there are."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int


def worklist(reader: Reader, world: World, wanted: Wanted = Wanted(), page: int = 1) -> Page:  # noqa: B008
    """Cases the reader may list, the most pressing first: eight queries, however many there are."""
    below = people.organs_below(reader.actor.organ or "")
    found = listable(reader.actor, below, world).filter(_filter(reader.actor, wanted))
    return _page(found.order_by("next_due", "number", "id"), page, reader, below, world)


def find_parties(
    reader: Reader, kind: str, value: str, world: World, page: int = 1, organ: str | None = None
) -> Page | Denied:  # fmt: skip
    """Cases with a party of this ID number, phone, credit code or name, of those in which the reader may see such data.

    That somebody looked is recorded first, in a transaction of its own.
    """
    allowed = people_services.record_search(reader.actor, kind, value, world.now(), reader.instead_of)
    if isinstance(allowed, Denied):
        return allowed
    hits = PartyKey.objects.filter(kind=kind, blind=blind_index(kind, value)).values("case_id")
    below = people.organs_below(reader.actor.organ or "")
    found = findable(reader.actor, below, world).filter(id__in=hits)
    found = found.filter(organ=organ) if organ else found
    return _page(found.order_by("closed", "next_due", "id"), page, reader, below, world)


def _filter(actor: Actor, wanted: Wanted) -> Q:
    tests = (
        (wanted.line, Q(line=wanted.line)), (wanted.stage, Q(stage=wanted.stage)), (wanted.organ, Q(organ=wanted.organ)),
        (wanted.mine, assigned_to(actor.id)), (wanted.due_by, Q(next_due__lte=wanted.due_by)),
        (wanted.closed is not None, Q(closed=bool(wanted.closed))), (wanted.number, Q(number__contains=wanted.number)),
    )  # fmt: skip
    where = Q()
    for asked, test in tests:
        where &= test if asked else Q()
    return where


def _page(found: QuerySet[Case], page: int, reader: Reader, below: frozenset[str], world: World) -> Page:
    total = found.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    cases = list(found[(page - 1) * PAGE : page * PAGE])
    beside = beside_of(cases, world)
    rows = tuple(row_of(case, reader, below, beside, world) for case in cases)
    return Page(rows, page, pages, total)


class Beside(NamedTuple):
    """What stands beside the cases of a page: names of organs and officials, parties by case."""

    organs: Mapping[str, str]
    officials: Called
    parties: Mapping[UUID, list[tuple[str, str, Mapping[str, str]]]]


def beside_of(cases: list[Case], world: World) -> Beside:
    """All of it in at most four queries."""
    organs = dict(Organ.objects.filter(code__in={case.organ for case in cases}).values_list("code", "name"))
    parties: dict[UUID, list[tuple[str, str, Mapping[str, str]]]] = {}
    for row in PartyRow.objects.filter(case__in=cases).order_by("id"):
        card = cards.opened(row.card, str(row.case_id), row.identity, world)
        parties.setdefault(row.case_id, []).append((world.unalias(row.identity), row.role, card))
    return Beside(organs, called(who for case in cases for who in handlers_of(case)), parties)


def row_of(case: Case, reader: Reader, below: frozenset[str], beside: Beside, world: World) -> Row:
    """A line of a list, as this reader may see it."""
    actor, line, today = reader.actor, line_of(case.line), world.now().date()
    above = frozenset({actor.organ or ""}) if case.organ in below else frozenset[str]()
    ref = CaseRef(str(case.pk), case.organ, assigned(line, case.facts), above, sensitive=case.sensitive)
    allowed = may(actor, Verb.LIST, ref)
    ceiling = allowed.ceiling if isinstance(allowed, Allowed) else None
    parties = tuple(
        (line.roles.get(role, role), files.called(who, card, ceiling))
        for who, role, card in beside.parties.get(case.pk, ())
    )
    return Row(
        case.pk, case.number, case.line, line.title, case.stage, line.stage_title(case.stage), case.organ,
        beside.organs.get(case.organ, case.organ), parties,
        tuple(dict.fromkeys(beside.officials.name(who, case.organ) for who in sorted(handlers_of(case)))), case.next_due,
        (case.next_due - today).days if case.next_due else None, case.closed, case.sensitive,
        isinstance(may(actor, Verb.OPEN, ref), Allowed), ceiling,
    )  # fmt: skip
