"""Eligibility: the tables over all combinations of the decisive flags, against an oracle written a second time."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yifa import registry
from yifa.language.rules import RuleTable, explain
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.eligibility import (
    ELIGIBILITY,
    MATTERS,
    MEANS_TEST,
    MEANS_TEST_2003,
    NO_CONDITION,
    NOTICE_GROUNDS,
    Applicant,
    applicant,
)
from yifa.lines.legal_aid.inputs import Asset, Member
from yifa.lines.legal_aid.means import counted

PARAMETERS = registry.env_of(LEGAL_AID).parameters
A, B = Decimal(3202), Decimal(6404)
JULY = date(2023, 7, 10)

MATTER = ("labour_pay", "labour_relation", "work_injury", "retrial", "divorce", None)
GROUPS = (frozenset(), frozenset({"migrant_worker"}), frozenset({"minor"}), frozenset({"social_assistance"}))
INCOME = (None, Decimal("3201.99"), A, Decimal(6404))


def oracle_means(a: Applicant) -> str:
    """Articles 25, 28, 32, 42 and GDH 3, once more and differently."""
    if a.notice_ground in NOTICE_GROUNDS or a.no_condition_ground in NO_CONDITION:
        return "pass"
    if a.groups & {"social_assistance", "judicial_assistance", "preferential"} or a.exempt_by_law:
        return "pass"
    if a.no_fixed_source and a.groups & {"minor", "elderly", "disabled"}:
        return "pass"
    if "migrant_worker" in a.groups and a.matter in ("labour_pay", "work_injury"):
        return "pass"
    if a.per_capita_income is None or a.large_assets:
        return "fail"
    if a.per_capita_income < A:
        return "pass"
    spends = a.per_capita_spending is not None and a.per_capita_spending > a.per_capita_income
    return "pass" if spends and a.spending_ground and a.per_capita_income < B else "fail"


def oracle(a: Applicant) -> str:
    if a.retained:
        return "refuse"
    if a.notice_ground in NOTICE_GROUNDS or a.no_condition_ground in NO_CONDITION:
        return "grant"
    criminal = a.kind in ("crim_defence_applied", "crim_defence_notified", "compulsory_treatment")
    if a.matter == "retrial" and not a.retrial_ordered:
        return "refuse"
    if a.matter not in MATTERS and not criminal:
        return "refuse"
    if oracle_means(a) == "pass":
        return "grant"
    return "manual_review" if criminal and a.other_reason else "refuse"


def everybody() -> list[Applicant]:
    flags = (False, True)
    return [
        Applicant(
            kind=kind, matter=matter, notice_ground=notice, retained=retained, other_reason=reason,
            no_condition_ground=ground, groups=groups, no_fixed_source=no_source, retrial_ordered=ordered,
            per_capita_income=income, per_capita_spending=spending, spending_ground="illness" if spending else None,
            large_assets=assets, hardship_standard=A, hardship_standard_b=B,
        )
        for kind, matter, notice, retained, reason, ground, groups, no_source, ordered, income, spending, assets in product(
            ("civil", "crim_defence_applied"), MATTER, (None, "minor"), flags, (None, "家属失联"), (None, "domestic_violence"),
            GROUPS, flags, flags, INCOME, (None, Decimal(7000)), flags,
        )
    ]  # fmt: skip


def test_every_combination() -> None:
    people = everybody()
    assert len(people) > 40_000
    for person in people:
        assert MEANS_TEST.find(person).outcome == oracle_means(person), person
        assert ELIGIBILITY.find(person).outcome == oracle(person), person


def test_every_finding_names_its_article_and_can_be_explained() -> None:
    for person in everybody()[::97]:
        for table in (MEANS_TEST, ELIGIBILITY):
            finding = table.find(person)
            assert finding.cite is not None
            text = explain(table, finding)
            assert text[-1].startswith("结论：")
            assert "None" not in "".join(text)


@pytest.mark.parametrize("ground", sorted(NO_CONDITION))
def test_no_condition_grounds(ground: str) -> None:
    assert ELIGIBILITY.find(Applicant(no_condition_ground=ground)).outcome == "grant"


@pytest.mark.parametrize("ground", sorted(NOTICE_GROUNDS))
def test_notice_grounds(ground: str) -> None:
    assert ELIGIBILITY.find(Applicant(notice_ground=ground)).decisive == "E0"


@pytest.mark.parametrize("matter", sorted(MATTERS))
def test_listed_matters(matter: str) -> None:
    poor = Applicant(matter=matter, per_capita_income=Decimal(1), hardship_standard=A, retrial_ordered=True)
    assert ELIGIBILITY.find(poor).outcome == "grant"


def test_a_local_matter_is_listed() -> None:
    poor = {"matter": "rural_land", "per_capita_income": Decimal(1), "hardship_standard": A}
    assert ELIGIBILITY.find(Applicant(**poor)).outcome == "refuse"
    assert ELIGIBILITY.find(Applicant(**poor, local_matters=frozenset({"rural_land"}))).outcome == "grant"


# --------------------------------------------------------------------------------- the household


def found(data: dict[str, Any], day: date = JULY) -> Applicant:
    return applicant(data, day, PARAMETERS)


def members(*incomes: Any, relations: tuple[str, ...] = ("applicant", "spouse", "child")) -> list[Member]:
    return [
        Member(relation=relation, income=income) for relation, income in zip(relations, incomes, strict=False)
    ]


@pytest.mark.parametrize(
    ("household", "opponent", "mean"),
    [
        (members(5200, 3000, 0), False, "2733.33"),
        (members(5200, 3000, 0), True, "5200.00"),
        (members(0, 9000), True, "0.00"),
        (members([6000] * 6, [0, 0, 0, 600, 600, 600]), False, "3150.00"),
        (members(10, 0, 0), False, "3.33"),
        (members(20, 0, 0), False, "6.67"),
    ],
)
def test_mean_income(household: list[Member], opponent: bool, mean: str) -> None:
    assert found({"household": household, "opponent_in_household": opponent}).per_capita_income == Decimal(
        mean
    )


def test_without_income_nothing_is_assumed() -> None:
    assert found({}).per_capita_income is None
    assert found({"household": [Member()]}).per_capita_income is None
    assert found({"per_capita_income": Decimal(100), "household": members(9000)}).per_capita_income == 100
    assert counted({"household": members(1, relations=("parent",)), "opponent_in_household": True}) != ()


@pytest.mark.parametrize(
    ("assets", "large"),
    [
        ([], False), ([Asset(kind="home", area=80)], False), ([Asset(kind="home", area=143)], False),
        ([Asset(kind="home", area=150)], True), ([Asset(kind="home", area=60), Asset(kind="home", area=60)], True),
        ([Asset(kind="home", area=10), Asset(kind="home", area=10)], False), ([Asset(kind="car", large=True)], True),
        ([Asset(kind="home")], False),
    ],
)  # fmt: skip
def test_assets(assets: list[Asset], large: bool) -> None:
    assert found({"assets": assets, "household": members(1, 1)}).large_assets is large


@pytest.mark.parametrize(
    ("day", "standard"), [(date(2022, 6, 1), 3100), (date(2023, 12, 31), 3202), (date(2024, 1, 1), 3354)]
)
def test_the_standard_is_that_of_the_day_of_receipt(day: date, standard: int) -> None:
    assert found({}, day).hardship_standard == standard


@pytest.mark.parametrize("table", [MEANS_TEST, MEANS_TEST_2003])
def test_before_any_standard_is_known_a_person_decides(table: RuleTable) -> None:
    poor = {"per_capita_income": Decimal(1)}
    assert table.find(found(poor, date(2019, 1, 1))).outcome == "manual_review"
    assert table.find(found({}, date(2019, 1, 1))).outcome == "fail"
    homes = {"assets": [Asset(kind="home", area=Decimal(200))]}
    assert table.find(found(poor | homes, date(2019, 1, 1))).outcome == "fail"


@given(st.decimals(0, 10_000, places=2), st.decimals(0, 10_000, places=2))
def test_less_income_never_costs_the_aid(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))

    def outcome(income: Decimal) -> str:
        person = Applicant(per_capita_income=income, hardship_standard=A, hardship_standard_b=B)
        return MEANS_TEST.find(person).outcome

    assert not (outcome(high) == "pass" and outcome(low) == "fail")
