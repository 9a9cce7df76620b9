"""Whose case it is, in every line: whoever the line's own act names, and who is named beside them; nobody else.

Who × what × which case, asked of every place that answers: the door for acts, the file, the lists, “my cases”.
"""

import pytest

from tests.casework.support import TestWorld
from tests.casework.test_hand_over import WAYS, aid, mediated, reviewed, suit
from yifa.casework import selectors, store
from yifa.casework.access import handled_by, handlers_of, reference
from yifa.casework.models import Case
from yifa.casework.selectors import Reader, Wanted
from yifa.casework.services import permit
from yifa.language.acts import Actor
from yifa.people.permissions import Allowed, Verb, may
from yifa.registry import line as line_of

pytestmark = pytest.mark.django_db(transaction=True)

# line, role, who they are to the case → may act, open, unmask, list. `named`: by the act; `beside`: as 承办机构.
EXPECTED = """
line            role          who      act open unmask list
reconsideration handler       named    y   y    y      y
reconsideration handler       other    .   .    .      y
reconsideration handler       away     .   .    .      .
reconsideration section_head  other    y   y    y      y
legal_aid       aid_person    named    y   y    .      y
legal_aid       aid_person    beside   y   y    .      y
legal_aid       aid_person    other    .   .    .      .
legal_aid       aid_person    away     .   .    .      .
legal_aid       firm          beside   y   y    .      y
legal_aid       firm          other    .   .    .      .
legal_aid       duty_lawyer   named    y   y    .      y
legal_aid       duty_lawyer   other    y   .    .      .
legal_aid       assessor      other    y   .    .      .
legal_aid       assessor      away     .   .    .      .
legal_aid       handler       other    .   .    .      y
legal_aid       reviewer      other    y   y    .      y
mediation       mediator      named    y   y    y      y
mediation       mediator      other    y   y    .      y
mediation       mediator      away     .   .    .      .
mediation       grid_mediator named    y   y    .      y
mediation       grid_mediator other    y   .    .      y
litigation      coordinator   named    y   y    y      y
litigation      coordinator   other    y   y    y      y
litigation      coordinator   away     .   .    .      .
litigation      handler       named    y   y    y      y
litigation      handler       other    .   .    .      y
"""
ROWS = [tuple(line.split()) for line in EXPECTED.strip().splitlines()[1:]]
BEGIN = {"reconsideration": reviewed, "legal_aid": aid, "mediation": mediated, "litigation": suit}
FIRM = "示例所"


def begun(line: str, world: TestWorld) -> Case:
    """A case somebody handles; an aid case has a firm beside its lawyer."""
    row = Case.objects.get(id=BEGIN[line](world))
    if line == "legal_aid":
        row.facts |= {"firm": FIRM}
        row.save()
    return row


def somebody(line: str, role: str, who: str) -> Actor:
    name = {"named": WAYS[line][1], "beside": FIRM}.get(who, "外人")
    return Actor(name, frozenset({role}), "elsewhere" if who == "away" else "gz")


def acts(row: Case, actor: Actor, world: TestWorld) -> bool:
    locked = store.lock_case(row.id, actor.id)
    assert locked is not None
    view = store.view_of(row.id, line_of(row.line), world).copy()
    view.facts = {**view.facts, **row.facts}
    return not permit(actor, locked, view)


def shown(row: Case, actor: Actor, world: TestWorld) -> tuple[bool, bool]:
    """Whether the case is in the actor's lists, and whether the list says that it may be opened."""
    found = {each.id: each.opens for each in selectors.worklist(Reader(actor), world).rows}
    return row.id in found, found.get(row.id, False)


@pytest.mark.parametrize("line", sorted(BEGIN))
def test_who_may_do_what_in_whose_case(line: str, world: TestWorld) -> None:
    row = begun(line, world)
    for _, role, who, *cells in (row for row in ROWS if row[0] == line):
        actor, ref = somebody(line, role, who), reference(row)
        listed, opens = shown(row, actor, world)
        unmasks = isinstance(may(actor, Verb.UNMASK, ref), Allowed)
        found = [acts(row, actor, world), isinstance(may(actor, Verb.OPEN, ref), Allowed), unmasks, listed]
        assert ["y" if yes else "." for yes in found] == cells, (role, who)
        assert opens == found[1], (role, who)


def mine(world: TestWorld, name: str) -> set[object]:
    actor = Actor(name, frozenset({"section_head"}), "gz")
    return {each.id for each in selectors.worklist(Reader(actor), world, Wanted(mine=True)).rows}


@pytest.mark.parametrize("line", sorted(BEGIN))
def test_one_finds_as_ones_own_what_one_is_named_in(line: str, world: TestWorld) -> None:
    row = begun(line, world)
    assert WAYS[line][1] in handlers_of(row)
    assert mine(world, WAYS[line][1]) == {row.id}
    assert mine(world, "外人") == set()


def test_a_firm_finds_its_cases_but_what_a_person_hands_over_are_only_those_they_handle(
    world: TestWorld,
) -> None:
    row = begun("legal_aid", world)
    assert mine(world, FIRM) == {row.id}
    assert not Case.objects.filter(handled_by(FIRM)).exists()
    assert handlers_of(row) == {WAYS["legal_aid"][1]}


@pytest.mark.parametrize("line", sorted(BEGIN))
def test_while_nobody_handles_a_case_everybody_of_the_organ_may_begin_it(line: str, world: TestWorld) -> None:
    row = begun(line, world)
    fact = line_of(line).handling.fact  # type: ignore[union-attr]
    row.facts = {name: value for name, value in row.facts.items() if name not in (fact, "firm")}
    row.facts[fact] = None
    handler, away = (Actor("外人", frozenset({"handler"}), organ) for organ in ("gz", "elsewhere"))
    assert acts(row, handler, world)
    assert not acts(row, away, world)


def test_another_line_s_fact_of_that_name_says_nothing(world: TestWorld) -> None:
    """Each line has its own fact for it: what one calls `handlers` another may use for something else."""
    row = begun("legal_aid", world)
    row.facts |= {"handlers": ["外人"], "mediators": ["外人"]}
    row.save()
    assert "外人" not in reference(row).assigned
    assert mine(world, "外人") == set()
    assert not acts(row, Actor("外人", frozenset({"handler"}), "gz"), world)
