"""Every register and every need of every line: codes, roles, columns and states that are used exist; forms can be made."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from yifa import registry
from yifa.language.actions import Need
from yifa.language.line import Line
from yifa.language.messages import catalogue
from yifa.language.validation import LineError
from yifa.language.words import choices, word
from yifa.lines.permits import REGISTERS
from yifa.people.roles import ROLES
from yifa.registers.answers import code_of
from yifa.registers.fields import columns, form, kind_of
from yifa.registry import Owned

ALL = registry.registers()
OWNED = pytest.mark.parametrize("owned", ALL.values(), ids=list(ALL))


def test_registers_are_found_by_owner_and_code() -> None:
    assert registry.register("permits.lawyers").register is REGISTERS[0]
    assert registry.register("legal_aid.aid_pool").owner_title == "法律援助"
    assert registry.register("permits.firms").owner_title == "行政许可"
    with pytest.raises(KeyError, match="没有“permits.moon”这一名录"):
        registry.register("permits.moon")


def test_an_unsound_register_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # the register of the tests
    registry.registers.cache_clear()
    monkeypatch.setattr("yifa.lines.permits.REGISTERS", (replace(REGISTERS[0], key=()),))
    with pytest.raises(LineError, match="has no key"):
        registry.registers()
    monkeypatch.undo()
    registry.registers.cache_clear()


@OWNED
def test_who_writes_is_a_role_somebody_can_hold(owned: Owned) -> None:
    moved = {role for move in owned.register.moves for role in move.by}
    roles = {*owned.register.written_by, *moved}
    assert roles, owned.code
    known = set(ROLES) | (set(registry.line(owned.owner).roles) if owned.owner in registry.known() else set())
    assert roles <= known


@OWNED
def test_every_state_is_reached(owned: Owned) -> None:
    reached = {*owned.register.beginnings, *(move.to for move in owned.register.moves)}
    assert reached == set(owned.register.states)


@OWNED
def test_the_form_says_everything_in_chinese(owned: Owned) -> None:
    made = form(owned.code)
    assert made["written_by"]
    assert set(made["schema"]["properties"]) == {column.name for column in columns(owned)}
    for column in columns(owned):
        assert column.title != column.name, column.name
        info = owned.register.entry.model_fields[column.name]
        for code in choices(info.annotation):
            assert word(owned.register.entry, column.name, code) != str(code), (column.name, code)


@OWNED
def test_key_columns_are_required(owned: Owned) -> None:
    for name in owned.register.key:
        assert owned.register.entry.model_fields[name].is_required(), name


@OWNED
def test_columns_are_of_kinds_that_a_cell_can_hold(owned: Owned) -> None:
    kinds = {kind_of(info.annotation) for info in owned.register.entry.model_fields.values()}
    assert kinds <= {"text", "date", "moment", "yes_no", "whole", "number", "list", "pairs", "choice"}


def needs() -> Iterator[tuple[Line, str, Need]]:
    for code in registry.known():
        line = registry.line(code)
        yield from ((line, action.code, need) for action in line.actions for need in action.needs)


NEEDS = list(needs())


@pytest.mark.parametrize(
    ("line", "action", "need"), NEEDS, ids=[f"{li.code}.{a}.{n.code}" for li, a, n in NEEDS]
)
def test_every_need_has_somebody_who_answers(line: Line, action: str, need: Need) -> None:
    if need.port != "registers":
        assert need.port in ("cases", "people", "parameters")
        return
    assert need.lookup is not None
    owned = ALL[code_of(line.code, need.lookup.register)]
    fields = owned.register.entry.model_fields
    assert set(need.lookup.where.columns) <= set(fields)
    if need.lookup.then is not None:
        then = ALL[code_of(line.code, need.lookup.then.register)]
        assert need.lookup.then.column in fields
        assert need.lookup.then.by in then.register.entry.model_fields
        assert need.lookup.then.by not in then.register.personal


def test_messages_of_registers_have_a_way_on() -> None:
    assert all(message.text for message in catalogue("yifa.registers").values())
