"""A stored case as documents see it: the fold before and after an act, and what the house adds (names, numbers)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings

from yifa.casework import store
from yifa.casework.access import named_in
from yifa.casework.called import Called, called, organ_in
from yifa.casework.codec import unseal
from yifa.casework.models import Case, NumberGiven
from yifa.casework.requests import World
from yifa.city.model import City
from yifa.documents.derivation import Matter, Organ, Setting, papers, problems
from yifa.engine import empty, evolve, refold
from yifa.language.acts import EMPTY, Event, Problem
from yifa.language.line import Line
from yifa.language.values import resolve
from yifa.language.view import View
from yifa.registry import line as line_of

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing that looks like something else
_GROUP, _LENGTH = 4, 12


class Step(NamedTuple):
    """An act with the case just before it and the documents it issues."""

    before: View
    event: Event
    documents: tuple[str, ...]


class Issued(NamedTuple):
    """A document an act issued: the act's place, the document's code and name, its day, its check code."""

    seq: int
    document: str
    title: str
    on: Any
    check_code: str


def log_of(case: Case, world: World) -> tuple[Event, ...]:
    """The acts of a case, in the order they were recorded."""
    line = line_of(case.line)
    return tuple(unseal(row, line, world) for row in store.events_of(case.id))


def steps(line: Line, log: Iterable[Event], world: World) -> Iterator[Step]:
    """Every act with what it issues, as the case stood then."""
    view = empty(line, world.env)
    for event in log:
        action = line.action(event.action)
        yield Step(view, event, tuple(resolve(action.issues, view, event) or ()) if action else ())
        view = evolve(view, event)


def issued(case: Case, log: tuple[Event, ...], world: World) -> list[Issued]:
    """Every document of the case, in order: a function of its acts, whether made or not."""
    line = line_of(case.line)
    return [
        Issued(step.event.seq, code, document.title, step.event.effective_on, check_code(case.id, step.event.seq, code, world))
        for step in steps(line, log, world)
        for code in step.documents
        if (document := line.document(code))
    ]  # fmt: skip


def matter_of(case: Case, log: tuple[Event, ...], seq: int, code: str, world: World) -> Matter:
    """The matter of one document: nothing recorded after the act reaches it but passages drafted for it."""
    line = line_of(case.line)
    past = tuple(event for event in log if event.seq < seq)
    event = next(event for event in log if event.seq == seq)
    before = refold(line, world.env, past) if past else empty(line, world.env)
    view = refold(line, world.env, (*past, event))
    numbers = dict(NumberGiven.objects.filter(case_id=case.id, seq=seq).values_list("kind", "text"))
    setting = setting_of(case.number, view.organ or case.organ, numbers, view, world)
    return Matter(
        before,
        view,
        event,
        _checked(setting, check_code(case.id, seq, code, world)),
        said_in(log, event, code),
    )


def said_of(event: Event, code: str) -> Mapping[str, Any]:
    """The passages that came with the act for one of its documents."""
    said: Mapping[str, Any] = event.facts.get("documents", EMPTY).get(code, EMPTY)
    return said


def said_in(log: Iterable[Event], event: Event, code: str) -> Mapping[str, Any]:
    """The passages of a document: those that came with the act, else those drafted for it afterwards."""
    later = (
        said_of(e, code)
        for e in log
        if e.action == "add_passages" and (e.data.get("of"), e.data.get("document")) == (event.seq, code)
    )
    return said_of(event, code) or next((said for said in reversed(list(later)) if said), EMPTY)


def setting_of(case_no: str, organ: str, numbers: Mapping[str, str], view: View, world: World) -> Setting:
    """Names and numbers; one query, for the names of people who handle the case and have an account."""
    city = world.city
    names, handlers, organs = (
        {w.code: w.name for w in city.windows},
        named_in(view.line, view.facts),
        organs_of(city),
    )
    accounts = called(who for who in handlers if who.isdigit()).accounts
    known = Called(accounts, {code: organs[code].name for code in organs.keys() & map(organ_in, handlers)})
    names |= {who: known.name(who, organ) for who in handlers}
    return Setting(case_no, organ, organs, names, numbers, city.courts)


def organs_of(city: City) -> Mapping[str, Organ]:
    """The city's organs as documents name them; kept for the city asked last, for a house has one."""
    for known, named in _LAST:
        if known is city:
            return named
    found = {code: _named(city, code) for code in city.organs}
    _LAST[:] = [(city, found)]
    return found


_LAST: list[tuple[City, Mapping[str, Organ]]] = []


def _named(city: City, code: str) -> Organ:
    organ = city.organs[code]
    over = city.organs.get(organ.parent or "")
    return Organ(organ.name, organ.kind, _government(city, code), over.name if over else "")


def _government(city: City, code: str) -> str:
    """The people's government an organ is or belongs to."""
    seen, at = set[str](), city.organs.get(code)
    while at is not None and at.code not in seen:
        if at.kind == "government":
            return at.name
        seen.add(at.code)
        at = city.organs.get(at.parent or "")
    return ""


def check_code(case: UUID, seq: int, document: str, world: World) -> str:
    """7K3M-9QXT-2H5D: 60 bits under the blind key, so known before the document is made and not to be guessed."""
    number = int.from_bytes(world.blind("check_code", [str(case), seq, document])[:8], "big")
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def normal_code(text: str) -> str:
    """A check code however it was typed; empty if it is none."""
    letters = "".join(c for c in text.upper() if c.isalnum()).translate(str.maketrans("OIL", "011"))
    if len(letters) != _LENGTH or not set(letters) <= set(_ALPHABET):
        return ""
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def _checked(setting: Setting, code: str) -> Setting:
    return Setting(
        setting.case_no, setting.organ, setting.organs, setting.names, setting.numbers, setting.courts, setting.contact,
        f"{settings.PUBLIC_URL}/verify/{code}", code,
    )  # fmt: skip


def lacking(
    before: View, view: View, event: Event, documents: Iterable[str], case_no: str, organ: str, world: World
) -> tuple[Problem, ...]:
    """What keeps the documents of an act from being made, asked before it is signed. Numbers are still to be given."""
    found = papers(view.line.code)
    if found is None:
        return ()
    coming = {d.series: "（签发时编号）" for d in view.line.documents if d.series}
    setting = setting_of(case_no or "（登记时编号）", organ, coming, view, world)
    return tuple(
        Problem("document_incomplete", {"document": found.templates[code].title, "problem": str(problem)}, None,
                f"documents.{code}.{problem.name}")
        for code in documents
        if code in found.about
        for problem in problems(found, code, Matter(before, view, event, setting, said_of(event, code)))
    )  # fmt: skip
