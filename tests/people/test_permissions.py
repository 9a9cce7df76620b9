"""The whole permission table, spelt out a second time as people read it, and every combination checked against it."""

from itertools import combinations, product

import pytest

from yifa import registry
from yifa.language.acts import Actor
from yifa.people.permissions import (
    MESSAGES,
    SYSTEM_VERBS,
    TABLE,
    Allowed,
    CaseRef,
    Denied,
    Field,
    Near,
    Verb,
    finds,
    may,
    nearness,
    reach,
)
from yifa.people.roles import BUSINESS_ROLES, ROLES, Power

# Ceilings: 0 public, 1 internal, 2 personal, 3 sensitive, y allowed without data, . refused.
VERBS = (Verb.LIST, Verb.OPEN, Verb.UNMASK, Verb.ACT, Verb.ASSIGN, Verb.EXPORT, Verb.COUNT)
EXPECTED = """
role               near       list open unmask act assign export count
window_clerk       assigned   2    2    2      y   .      .      .
window_clerk       own        1    1    2      y   .      .      .
window_clerk       below      .    .    .      .   .      .      .
window_clerk       city       .    .    .      .   .      .      .
city_window_clerk  assigned   1    1    .      y   .      .      .
city_window_clerk  own        1    1    .      y   .      .      .
city_window_clerk  below      0    .    .      y   .      .      .
city_window_clerk  city       0    .    .      y   .      .      .
clerk              assigned   1    1    .      y   .      .      y
clerk              own        1    1    .      y   .      .      y
clerk              below      .    .    .      .   .      .      .
clerk              city       .    .    .      .   .      .      .
handler            assigned   2    2    3      y   .      2      .
handler            own        1    .    .      .   .      .      .
handler            below      .    .    .      .   .      .      .
handler            city       .    .    .      .   .      .      .
reviewer           assigned   2    2    3      y   .      .      .
reviewer           own        1    1    .      y   .      .      .
reviewer           below      .    .    .      .   .      .      .
reviewer           city       .    .    .      .   .      .      .
section_head       assigned   2    2    3      y   y      2      y
section_head       own        2    2    3      y   y      2      y
section_head       below      .    .    .      .   .      .      .
section_head       city       .    .    .      .   .      .      .
body_head          assigned   2    2    3      y   y      2      y
body_head          own        2    2    3      y   y      2      y
body_head          below      .    .    .      .   .      .      .
body_head          city       .    .    .      .   .      .      .
agency_head        assigned   2    2    3      y   y      2      y
agency_head        own        2    2    3      y   y      2      y
agency_head        below      .    .    .      .   .      .      .
agency_head        city       .    .    .      .   .      .      .
organ_head         assigned   2    2    3      y   y      2      y
organ_head         own        2    2    3      y   y      2      y
organ_head         below      1    .    .      .   .      .      y
organ_head         city       .    .    .      .   .      .      .
superior           assigned   .    .    .      .   .      .      .
superior           own        .    .    .      .   .      .      .
superior           below      1    1    2      y   .      .      y
superior           city       .    .    .      .   .      .      .
assigner           assigned   1    1    .      y   y      .      y
assigner           own        1    1    .      y   y      .      y
assigner           below      .    .    .      .   .      .      .
assigner           city       .    .    .      .   .      .      .
aid_person         assigned   2    2    .      y   .      .      .
aid_person         own        .    .    .      .   .      .      .
aid_person         below      .    .    .      .   .      .      .
aid_person         city       .    .    .      .   .      .      .
duty_lawyer        assigned   2    2    .      y   .      .      .
duty_lawyer        own        .    .    .      y   .      .      .
duty_lawyer        below      .    .    .      .   .      .      .
duty_lawyer        city       .    .    .      .   .      .      .
firm               assigned   2    2    .      y   .      .      .
firm               own        .    .    .      .   .      .      .
firm               below      .    .    .      .   .      .      .
firm               city       .    .    .      .   .      .      .
assessor           assigned   1    1    .      y   .      .      .
assessor           own        .    .    .      y   .      .      .
assessor           below      .    .    .      .   .      .      .
assessor           city       .    .    .      .   .      .      .
finance            assigned   1    .    .      y   .      .      y
finance            own        1    .    .      y   .      .      y
finance            below      .    .    .      .   .      .      .
finance            city       .    .    .      .   .      .      .
bureau             assigned   1    1    .      y   .      .      y
bureau             own        1    1    .      y   .      .      y
bureau             below      1    1    2      y   .      .      y
bureau             city       .    .    .      .   .      .      .
district_bureau    assigned   .    .    .      .   .      .      .
district_bureau    own        .    .    .      .   .      .      .
district_bureau    below      1    1    .      y   .      .      y
district_bureau    city       .    .    .      .   .      .      .
mediator           assigned   2    2    2      y   .      .      .
mediator           own        1    1    .      y   .      .      .
mediator           below      .    .    .      .   .      .      .
mediator           city       .    .    .      .   .      .      .
grid_mediator      assigned   2    2    .      y   .      .      .
grid_mediator      own        1    .    .      y   .      .      .
grid_mediator      below      .    .    .      .   .      .      .
grid_mediator      city       .    .    .      .   .      .      .
committee_head     assigned   2    2    3      y   y      2      y
committee_head     own        2    2    3      y   y      2      y
committee_head     below      .    .    .      .   .      .      .
committee_head     city       .    .    .      .   .      .      .
justice_office     assigned   1    1    .      y   .      .      y
justice_office     own        1    1    .      y   .      .      y
justice_office     below      1    1    .      y   .      .      y
justice_office     city       .    .    .      .   .      .      .
coordinator        assigned   2    2    2      y   y      2      y
coordinator        own        2    2    2      y   y      2      y
coordinator        below      .    .    .      .   .      .      .
coordinator        city       .    .    .      .   .      .      .
lead_organ         assigned   2    2    2      y   .      .      .
lead_organ         own        2    2    2      y   .      .      .
lead_organ         below      .    .    .      .   .      .      .
lead_organ         city       .    .    .      .   .      .      .
archivist          assigned   1    1    2      .   .      1      .
archivist          own        1    1    2      .   .      1      .
archivist          below      .    .    .      .   .      .      .
archivist          city       .    .    .      .   .      .      .
statistician       assigned   1    .    .      .   .      .      y
statistician       own        1    .    .      .   .      .      y
statistician       below      1    .    .      .   .      .      y
statistician       city       .    .    .      .   .      .      .
"""
ROWS = [line.split() for line in EXPECTED.strip().splitlines()[1:]]
CELLS = {(row[0], row[1], verb): cell for row in ROWS for verb, cell in zip(VERBS, row[2:], strict=True)}

ME = "7"
CASES = {
    "assigned": CaseRef("c", "th", assigned=frozenset({ME})),
    "own": CaseRef("c", "th"),
    "below": CaseRef("c", "street", above=frozenset({"th", "city"})),
    "city": CaseRef("c", "yx", above=frozenset({"city"})),
}


def me(*roles: str) -> Actor:
    return Actor(ME, frozenset(roles), "th")


def rank(cell: str) -> int:
    """The higher of two cells is what two roles give together."""
    return {".": -2, "y": -1}[cell] if cell in ".y" else int(cell)


def check(found: Allowed | Denied, cell: str, field: Field | None) -> None:
    ceiling = rank(cell)
    if ceiling == -2:
        assert isinstance(found, Denied)
        assert found.code in ("verb", "case")
    elif field is not None and field > ceiling:
        assert found == Denied("field")
    else:
        assert found == Allowed(None if ceiling == -1 else Field(ceiling))


def test_the_table_names_every_business_role_everywhere() -> None:
    assert {row[0] for row in ROWS} == BUSINESS_ROLES
    assert set(CELLS) == set(product(BUSINESS_ROLES, CASES, VERBS))


@pytest.mark.parametrize(("role", "near"), sorted({(role, near) for role, near, _ in CELLS}))
def test_every_cell_and_every_field(role: str, near: str) -> None:
    for verb, field in product(VERBS, (None, *Field)):
        check(may(me(role), verb, CASES[near], field), CELLS[role, near, verb], field)


@pytest.mark.parametrize("near", CASES)
def test_two_roles_give_what_the_better_gives_and_no_more(near: str) -> None:
    for first, second in combinations(sorted(BUSINESS_ROLES), 2):
        for verb, field in product(VERBS, (None, *Field)):
            best = max(CELLS[first, near, verb], CELLS[second, near, verb], key=rank)
            check(may(me(first, second), verb, CASES[near], field), best, field)


@pytest.mark.parametrize("role", sorted(set(ROLES) - BUSINESS_ROLES))
def test_administrators_see_no_case(role: str) -> None:
    for near, verb in product(CASES, VERBS):
        assert may(me(role), verb, CASES[near]) == Denied("verb")


SYSTEM = {
    ("system_admin", Verb.MANAGE_ACCOUNTS),
    ("security_admin", Verb.GRANT_ROLES),
    ("security_admin", Verb.MANAGE_LOGINS),
    ("audit_admin", Verb.READ_ACCESS_RECORD),
}


def test_system_verbs_belong_to_one_administrator_each() -> None:
    for role, verb in product(ROLES, sorted(SYSTEM_VERBS)):
        expected = Allowed(None) if (role, verb) in SYSTEM else Denied("verb")
        assert may(me(role), verb, None) == expected


FINDS = {  # role → near; every other business role finds nobody
    "window_clerk": {Near.OWN, Near.ASSIGNED}, "handler": {Near.ASSIGNED}, "reviewer": {Near.ASSIGNED}, "superior": {Near.BELOW},
    "aid_person": {Near.ASSIGNED}, "duty_lawyer": {Near.ASSIGNED}, "firm": {Near.ASSIGNED}, "bureau": {Near.BELOW},
    "mediator": {Near.ASSIGNED}, "grid_mediator": {Near.ASSIGNED}, "coordinator": {Near.OWN}, "lead_organ": {Near.OWN},
    "archivist": {Near.OWN}, "section_head": {Near.OWN}, "body_head": {Near.OWN}, "agency_head": {Near.OWN},
    "organ_head": {Near.OWN}, "committee_head": {Near.OWN},
}  # fmt: skip


@pytest.mark.parametrize("role", sorted(ROLES))
def test_who_finds_cases_by_a_person(role: str) -> None:
    assert finds(me(role)) == FINDS.get(role, set())


def test_whoever_must_stay_out_is_out_whatever_the_role() -> None:
    for role, near, verb in product(sorted(BUSINESS_ROLES), CASES, VERBS):
        case = CASES[near]._replace(recused=frozenset({ME}))
        assert may(me(role), verb, case) == Denied("recused")


def test_no_role_unknown_role_and_no_case() -> None:
    assert may(me(), Verb.OPEN, CASES["own"]) == Denied("verb")
    assert may(me("emperor"), Verb.OPEN, CASES["own"]) == Denied("verb")
    assert may(me("handler"), Verb.OPEN, None) == Denied("no_case")


def test_why_not_says_whether_it_is_the_role_or_the_case() -> None:
    assert may(me("handler"), Verb.ASSIGN, CASES["assigned"]) == Denied("verb")
    assert may(me("handler"), Verb.OPEN, CASES["own"]) == Denied("case")


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("assigned", {Near.OWN, Near.ASSIGNED}), ("own", {Near.OWN}), ("below", {Near.BELOW}), ("city", {Near.CITY}),
    ],
)  # fmt: skip
def test_nearness(near: str, expected: set[Near]) -> None:
    assert nearness(me("handler"), CASES[near]) == expected


def test_a_lead_organ_works_on_the_case_as_if_it_were_its_own_but_handles_it_only_by_role() -> None:
    led = CaseRef("c", "yx", assigned=frozenset({ME}), joined=frozenset({"th"}))
    assert nearness(me("lead_organ"), led) == {Near.OWN}
    assert may(me("lead_organ"), Verb.ACT, led) == Allowed(None)
    assert may(me("handler"), Verb.ACT, led) == Denied("case")


def test_handling_ends_when_the_case_leaves_the_organ() -> None:
    moved = CaseRef("c", "yx", assigned=frozenset({ME}))
    assert nearness(me("handler"), moved) == {Near.CITY}
    assert may(me("handler"), Verb.OPEN, moved) == Denied("case")


def test_every_refusal_has_its_text() -> None:
    assert set(MESSAGES) == {"recused", "no_case", "verb", "case", "field"}


def test_every_role_has_a_title_and_the_three_admins_a_power_of_their_own() -> None:
    assert all(role.title for role in ROLES.values())
    admins = [role for role in ROLES.values() if role.power is not Power.BUSINESS]
    assert [role.code for role in admins] == [role.power.value for role in admins]
    assert len(admins) == 3


def test_every_role_that_a_line_lets_act_can_be_held_and_may_act() -> None:
    """Citizens and organs outside act through the portal or a window, not with an account of the desk."""
    outside = {"applicant", "respondent", "recipient", "organ", "custody", "party", "court"}
    for code in registry.known():
        asked = {role for action in registry.line(code).actions for role in action.by}
        assert asked - outside <= set(ROLES), code
        for role in asked - outside:
            assert any(Verb.ACT in verbs for verbs in TABLE[role].values()), (code, role)


# ------------------------------------------------------------------------------ sensitive cases

# What is left of reading where the line restricts a case; rows that are not here are all “.”. Acting and counting stay.
SENSITIVE_EXPECTED = """
role               near       list open unmask export
window_clerk       assigned   2    2    2      .
window_clerk       own        0    .    .      .
city_window_clerk  assigned   0    .    .      .
city_window_clerk  own        0    .    .      .
city_window_clerk  below      0    .    .      .
city_window_clerk  city       0    .    .      .
clerk              assigned   0    .    .      .
clerk              own        0    .    .      .
coordinator        assigned   0    .    .      .
coordinator        own        0    .    .      .
lead_organ         assigned   0    .    .      .
lead_organ         own        0    .    .      .
handler            assigned   2    2    3      2
handler            own        0    .    .      .
reviewer           assigned   2    2    3      .
reviewer           own        1    1    .      .
section_head       assigned   2    2    3      2
section_head       own        2    2    3      2
body_head          assigned   2    2    3      2
body_head          own        2    2    3      2
agency_head        assigned   2    2    3      2
agency_head        own        2    2    3      2
organ_head         assigned   2    2    3      2
organ_head         own        2    2    3      2
organ_head         below      0    .    .      .
superior           below      0    .    .      .
assigner           assigned   1    1    .      .
assigner           own        1    1    .      .
aid_person         assigned   2    2    .      .
duty_lawyer        assigned   2    2    .      .
firm               assigned   2    2    .      .
assessor           assigned   1    1    .      .
finance            assigned   0    .    .      .
finance            own        0    .    .      .
bureau             assigned   0    .    .      .
bureau             own        0    .    .      .
bureau             below      0    .    .      .
district_bureau    below      0    .    .      .
mediator           assigned   2    2    2      .
mediator           own        0    .    .      .
grid_mediator      assigned   2    2    .      .
grid_mediator      own        0    .    .      .
committee_head     assigned   2    2    3      2
committee_head     own        2    2    3      2
justice_office     assigned   0    .    .      .
justice_office     own        0    .    .      .
justice_office     below      0    .    .      .
archivist          assigned   0    .    .      .
archivist          own        0    .    .      .
statistician       assigned   0    .    .      .
statistician       own        0    .    .      .
statistician       below      0    .    .      .
"""
SENSITIVE_VERBS = (Verb.LIST, Verb.OPEN, Verb.UNMASK, Verb.EXPORT)
RESTRICTED = {
    (row[0], row[1], verb): cell
    for row in (line.split() for line in SENSITIVE_EXPECTED.strip().splitlines()[1:])
    for verb, cell in zip(SENSITIVE_VERBS, row[2:], strict=True)
}


@pytest.mark.parametrize(("role", "near"), sorted({(role, near) for role, near, _ in CELLS}))
def test_every_cell_of_a_sensitive_case(role: str, near: str) -> None:
    case = CASES[near]._replace(sensitive=True)
    for verb, field in product(VERBS, (None, *Field)):
        cell = CELLS[role, near, verb]
        if verb in SENSITIVE_VERBS:
            cell = RESTRICTED.get((role, near, verb), ".")
        check(may(me(role), verb, case, field), cell, field)


def test_a_sensitive_case_never_shows_more_than_another() -> None:
    for (role, near, verb), cell in RESTRICTED.items():
        assert rank(cell) <= rank(CELLS[role, near, verb]), (role, near, verb)


@pytest.mark.parametrize("role", sorted(BUSINESS_ROLES))
def test_reach_says_where_the_table_says_something(role: str) -> None:
    for verb in Verb:
        assert reach(me(role), verb) == {near for near, verbs in TABLE[role].items() if verb in verbs}
