"""Eligibility against an oracle written straight from the articles, over every combination of the decisive flags."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from tests.kernel import D
from tests.lines.legal_aid.cases import AidCase, application
from yifa import registry
from yifa.language.forms import validate_partial
from yifa.language.rules import RuleTable, explain
from yifa.law.citation import Cite
from yifa.lines.legal_aid import LEGAL_AID
from yifa.lines.legal_aid.eligibility import (
    ELIGIBILITY,
    ELIGIBILITY_2003,
    MATTERS,
    MATTERS_2003,
    MEANS_TEST,
    MEANS_TEST_2003,
    NO_CONDITION,
    NOTICE_GROUNDS,
    Applicant,
    applicant,
)
from yifa.lines.legal_aid.inputs import Receipt
from yifa.lines.legal_aid.means import months_before

STANDARD, CAP = Decimal(3202), Decimal(6404)
PARAMETERS = registry.env_of(LEGAL_AID).parameters

KINDS = ("civil", "crim_rep", "crim_defence_applied")
MATTER_CODES = (None, "divorce", "labour_pay", "labour_relation", "work_injury", "retrial")
NOTICES = (None, "minor")
GROUNDS = (None, "domestic_violence")
GROUPS: tuple[frozenset[str], ...] = (
    frozenset(), frozenset({"migrant_worker"}), frozenset({"disabled"}), frozenset({"social_assistance"}),
)  # fmt: skip
INCOMES = (None, Decimal("3201.99"), STANDARD, CAP)
FLAGS = (False, True)


def oracle_means(a: Applicant) -> str:
    """LAL 25, 32, 42 and the provincial measures, as plain sentences."""
    if a.notice_ground or a.no_condition_ground:
        return "pass"
    if "disabled" in a.groups and a.no_fixed_source:
        return "pass"
    if "social_assistance" in a.groups:
        return "pass"
    if "migrant_worker" in a.groups and a.matter in ("labour_pay", "work_injury"):
        return "pass"
    if a.large_assets or a.per_capita_income is None:
        return "fail"
    if a.per_capita_income < STANDARD:
        return "pass"
    spends_more = a.per_capita_spending is not None and a.per_capita_spending > a.per_capita_income
    return "pass" if spends_more and a.spending_ground and a.per_capita_income < CAP else "fail"


def oracle(a: Applicant) -> str:
    """Who gets aid: nobody with a lawyer; those notified for; then matter, retrial, means, other reasons."""
    if a.retained:
        return "refuse"
    if a.notice_ground or a.no_condition_ground:
        return "grant"
    if a.matter == "retrial" and not a.retrial_ordered:
        return "refuse"
    criminal = a.kind in ("crim_rep", "crim_defence_applied")
    if a.matter in (None, "divorce") and not criminal:
        return "refuse"
    if oracle_means(a) == "pass":
        return "grant"
    return "manual_review" if a.kind == "crim_defence_applied" and a.other_reason else "refuse"


def every_applicant() -> list[Applicant]:
    flags = product(FLAGS, repeat=5)
    switches = [
        (retained, assets, fixed, ordered, spends) for retained, assets, fixed, ordered, spends in flags
    ]
    rows = product(KINDS, MATTER_CODES, NOTICES, GROUNDS, GROUPS, INCOMES, switches, (None, "亲属在外地"))
    return [
        Applicant(
            kind=kind, matter=matter, notice_ground=notice, no_condition_ground=ground, groups=groups,
            per_capita_income=income, retained=retained, large_assets=assets, no_fixed_source=fixed,
            retrial_ordered=ordered, per_capita_spending=Decimal(9000) if spends else None,
            spending_ground="illness" if spends else None, other_reason=other, hardship_standard=STANDARD,
            hardship_standard_b=CAP,
        )
        for kind, matter, notice, ground, groups, income, (retained, assets, fixed, ordered, spends), other in rows
    ]  # fmt: skip


def test_every_combination_agrees_with_the_oracle() -> None:
    everyone = every_applicant()
    assert len(everyone) == 3 * 6 * 2 * 2 * 4 * 4 * 32 * 2
    seen: set[str] = set()
    for about in everyone:
        found = ELIGIBILITY.find(about)
        assert found.outcome == oracle(about), about
        assert MEANS_TEST.find(about).outcome == oracle_means(about), about
        seen.add(found.decisive)
    assert seen == {
        "E-R", "E0", "E3", "E2-R", "E2", "E4-1", "E4-2", "E4-3", "E5a", "E5b", "E1", "E6",
    }  # fmt: skip


POOR = Applicant(per_capita_income=Decimal(1000), hardship_standard=STANDARD, hardship_standard_b=CAP)


@pytest.mark.parametrize("matter", sorted({*MATTERS, *MATTERS_2003, "divorce", "debt"}))
def test_the_regulation_of_2003_lists_six_matters(matter: str) -> None:
    outcome = ELIGIBILITY_2003.find(POOR._replace(matter=matter)).outcome
    assert outcome == ("grant" if matter in MATTERS_2003 else "refuse")


@pytest.mark.parametrize(
    ("changes", "outcome", "rule"),
    [
        ({"retained": True, "matter": "support"}, "refuse", "E-R"),
        ({"notice_ground": "minor"}, "grant", "E0"),
        ({"notice_ground": "absence"}, "refuse", "E2"),
        ({"matter": "support", "no_condition_ground": "domestic_violence", "per_capita_income": None}, "refuse", "E6"),
        ({"matter": "labour_pay", "groups": frozenset({"migrant_worker"}), "per_capita_income": None}, "refuse", "E6"),
        ({"matter": "support"}, "grant", "E5a"),
        ({"kind": "crim_rep"}, "grant", "E5a"),
    ],
)  # fmt: skip
def test_the_regulation_of_2003_knows_no_exemptions(changes: dict[str, Any], outcome: str, rule: str) -> None:
    found = ELIGIBILITY_2003.find(POOR._replace(**changes))
    assert (found.outcome, found.decisive) == (outcome, rule)
    assert "条例" in str(found.cite)
    assert MEANS_TEST_2003.find(POOR._replace(**changes)).outcome in ("pass", "fail")


LAW, REGULATION = "《法律援助法》(2021)", "《法律援助条例》(2003)"
MEASURES, WAGES = "《广东省申请法律援助经济困难公民认定办法》(2020)", "《保障农民工工资支付条例》(2020)"
# Rule → the articles it rests on.
ARTICLES_2021 = {
    "E-R": f"{LAW}第二十四条；{LAW}第二十五条第一款；{LAW}第三十一条", "E0": f"{LAW}第二十五条；{LAW}第二十八条", "E1": f"{LAW}第二十四条",
    "E2-R": f"{LAW}第三十三条", "E2": f"{LAW}第三十一条；{LAW}第二十九条", "E3": f"{LAW}第三十二条", "E4-1": f"{LAW}第四十二条第一项",
    "E4-2": f"{LAW}第四十二条第二项", "E4-3": f"{LAW}第四十二条第三项；{WAGES}第四十五条", "E4-4": f"{LAW}第四十二条第四项",
    "E5a": f"{MEASURES}第三条第一款；{MEASURES}第四条", "E5b": f"{MEASURES}第三条第二款", "E5": f"{MEASURES}第三条第一款",
    "E6": f"{LAW}第四十三条第一款",
}  # fmt: skip
ARTICLES_2003 = {
    "E-R": f"{REGULATION}第十条第一款；{REGULATION}第十一条", "E0": f"{REGULATION}第十二条第二款",
    "E2": f"{REGULATION}第十条；{REGULATION}第十一条", "E5a": f"{REGULATION}第十三条；{MEASURES}第三条第一款",
    "E5b": f"{REGULATION}第十三条；{MEASURES}第三条第二款", "E5": f"{MEASURES}第三条第一款", "E6": f"{REGULATION}第十八条",
}  # fmt: skip


@pytest.mark.parametrize(
    ("means_test", "eligibility", "articles"),
    [(MEANS_TEST, ELIGIBILITY, ARTICLES_2021), (MEANS_TEST_2003, ELIGIBILITY_2003, ARTICLES_2003)],
)
def test_each_rule_rests_on_its_articles(
    means_test: RuleTable, eligibility: RuleTable, articles: dict[str, str]
) -> None:
    assert {rule.code: str(rule.cite) for rule in eligibility.rules} == articles
    assert all(str(rule.cite) == articles[rule.code] for rule in means_test.rules)


# LAL 31 lists the matters by item; 24, 28, 29 and 33 are the criminal ones and the retrial.
ITEMS_31 = {
    "state_compensation": 1, "social_insurance": 2, "pension": 3, "support": 4, "labour_relation": 5, "labour_pay": 5,
    "incapacity": 6, "work_injury": 7, "traffic_injury": 7, "food_drug_injury": 7, "medical_injury": 7, "pollution": 8,
}  # fmt: skip
OTHER_ARTICLES = {
    "criminal_defence": "第二十四条", "compulsory_treatment": "第二十八条", "criminal_representation": "第二十九条", "retrial": "第三十三条",
}  # fmt: skip
ORDINALS = "零一二三四五六七八九"


def test_each_matter_has_its_item() -> None:
    listed = {code: f"第三十一条第{ORDINALS[item]}项" for code, item in ITEMS_31.items()} | OTHER_ARTICLES
    assert {code: str(cite) for code, (_, cite) in MATTERS.items()} == {
        code: LAW + place for code, place in listed.items()
    }


@pytest.mark.parametrize(
    ("grounds", "codes", "article"),
    [
        (NO_CONDITION, ("martyr", "brave_act", "retrial_acquittal", "domestic_violence", "other_law"), f"{LAW}第三十二条"),
        (NOTICE_GROUNDS, ("minor", "disability", "incapable_adult", "life_or_death", "death_review", "absence", "other_law"),
         f"{LAW}第二十五条第一款"),
        (MATTERS_2003, ("state_compensation", "social_insurance", "pension", "support", "labour_pay", "brave_act"),
         f"{REGULATION}第十条第一款"),
    ],
)  # fmt: skip
def test_each_ground_has_its_item(grounds: dict[str, Cite], codes: tuple[str, ...], article: str) -> None:
    for item, code in enumerate(codes, 1):
        assert str(grounds[code]) == f"{article}第{ORDINALS[item]}项"


def test_two_notices_have_articles_of_their_own() -> None:
    assert str(NOTICE_GROUNDS["compulsory_treatment"]) == f"{LAW}第二十八条"
    assert str(NOTICE_GROUNDS["may_notify"]) == f"{LAW}第二十五条第二款"


def test_a_local_list_adds_matters() -> None:
    debt = POOR._replace(matter="debt")
    assert ELIGIBILITY.find(debt).decisive == "E2"
    assert ELIGIBILITY.find(debt._replace(local_matters=frozenset({"debt"}))).outcome == "grant"


def test_a_retrial_stage_needs_the_order() -> None:
    about = POOR._replace(matter="support", stage="retrial")
    assert ELIGIBILITY.find(about).decisive == "E2-R"
    assert ELIGIBILITY.find(about._replace(retrial_ordered=True)).outcome == "grant"


@pytest.mark.parametrize(("spending", "rule"), [("5000", "E6"), ("5000.01", "E5b")])
def test_spending_must_exceed_income(spending: str, rule: str) -> None:
    about = POOR._replace(matter="support", per_capita_income=Decimal(5000), spending_ground="illness")
    assert ELIGIBILITY.find(about._replace(per_capita_spending=Decimal(spending))).decisive == rule


def test_exemption_by_another_law() -> None:
    about = POOR._replace(matter="support", per_capita_income=None, exempt_by_law=True)
    assert ELIGIBILITY.find(about).decisive == "E4-4"


# ------------------------------------------------------------------------------------------ the finding


def test_the_finding_is_kept_with_every_rule_tried_its_inputs_and_articles() -> None:
    case = AidCase()
    case.do(
        "receive",
        "2023-10-09",
        **application(groups=None, household=[{"relation": "applicant", "income": 4000}]),
    )
    finding = case.view.outcomes["eligibility"]
    assert [tried.rule for tried in finding.tried] == [
        "E-R", "E0", "E3", "E2-R", "E2", "E4-1", "E4-2", "E4-3", "E4-4", "E5a", "E5b", "E1", "E5", "E6",
    ]  # fmt: skip
    assert all(str(tried.cite).startswith("《") for tried in finding.tried)
    assert finding.tried[9].inputs["per_capita_income"] == Decimal("4000.00")


def test_the_finding_reads_in_plain_chinese() -> None:
    finding = ELIGIBILITY.find(POOR._replace(matter="labour_pay", groups=frozenset({"migrant_worker"})))
    text = explain(ELIGIBILITY, finding)
    assert "进城务工人员请求劳动报酬或者工伤赔偿，免予核查" in text[-2]
    assert "第四十二条第三项" in text[-1]
    assert not any(name in "".join(text) for name in ("migrant_worker", "labour_pay", "None", "True"))


def test_what_is_supplied_later_is_judged_together_with_the_application() -> None:
    case = AidCase()
    case.do("receive", "2023-10-09", **application(groups=None))
    assert case.view.outcomes["eligibility"].outcome == "refuse"
    case.do("ask_supplement", "2023-10-10", items=["means_statement"], term=10)
    case.do("supplement_in", "2023-10-16", household=[{"relation": "applicant", "income": 3000}])
    assert case.view.outcomes["eligibility"].decisive == "E5a"
    case.do("grant", "2023-10-17")


@pytest.mark.parametrize(("received", "rule"), [("2021-12-31", "E6"), ("2022-01-01", "E4-3")])
def test_the_day_of_receipt_chooses_the_rules(received: str, rule: str) -> None:
    case = AidCase()
    case.do("receive", received, **application(received_at=received))
    assert case.view.outcomes["eligibility"].decisive == rule


# ----------------------------------------------------------------------------------------------- means


def means(day: str = "2023-07-10", **data: Any) -> Applicant:
    """The applicant as the rules see the data of a receipt."""
    parsed, problems = validate_partial(Receipt, data)
    assert not problems, problems
    return applicant(parsed, D(day), PARAMETERS)


def test_the_family_shares_its_income() -> None:
    family = [
        {"relation": "applicant", "income": 5200},
        {"relation": "spouse", "income": 3000},
        {"relation": "child", "income": 0},
    ]
    found = means(household=family)
    assert found.per_capita_income == Decimal("2733.33")
    assert found.hardship_standard == STANDARD


@pytest.mark.parametrize(
    ("family", "income"),
    [
        ([{"relation": "applicant", "income": 1000}, {"relation": "spouse", "income": 9000}], "1000.00"),
        ([{"relation": "spouse", "income": 9000}, {"relation": "本人", "income": 1000}], "1000.00"),
        ([{"income": 500}, {"income": 9000}], "500.00"),
    ],
)
def test_against_a_member_of_the_household_only_ones_own_means_count(
    family: list[dict[str, Any]], income: str
) -> None:
    found = means(household=family, opponent_in_household=True)
    assert found.per_capita_income == Decimal(income)


ITEMS = [
    {"month": "2022-12", "amount": 60000}, {"month": "2023-01", "kind": "wages", "amount": 3000},
    {"month": "2023-06", "kind": "transfer", "amount": 3000}, {"month": "2023-07", "amount": 60000},
]  # fmt: skip


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        ("3202.01", "3202.01"),
        ([3000, 3000, 3000, 3000, 3000, 3006], "3001.00"),
        ([6000], "1000.00"),
        (ITEMS, "1000.00"),
    ],
)
def test_six_full_months_before_the_month_of_application_count(income: Any, expected: str) -> None:
    assert means(household=[{"relation": "applicant", "income": income}]).per_capita_income == Decimal(
        expected
    )


def test_the_six_months_run_over_the_turn_of_the_year() -> None:
    assert months_before(date(2023, 3, 31)) == {
        "2022-09", "2022-10", "2022-11", "2022-12", "2023-01", "2023-02",
    }  # fmt: skip


def test_more_than_six_months_of_income_are_refused() -> None:
    _, problems = validate_partial(Receipt, {"household": [{"income": [1] * 7}]})
    assert problems


@pytest.mark.parametrize(
    ("assets", "heads", "large"),
    [
        ([], 3, False),
        ([{"kind": "home", "area": 80}], 1, False),
        ([{"kind": "home", "area": 143}], 1, False),
        ([{"kind": "home", "area": 144}], 1, True),
        ([{"kind": "home", "area": 144}], 5, False),
        ([{"kind": "home", "area": 60}, {"kind": "home", "area": 60}], 3, True),
        ([{"kind": "home", "area": 40}, {"kind": "home", "area": 40}], 3, False),
        (
            [{"kind": "home", "area": "34.61"}, {"kind": "home", "area": "34.61"}],
            2,
            False,
        ),  # the local mean, not above it
        ([{"kind": "home"}, {"kind": "home", "area": "34.61"}], 1, False),
        (
            [{"kind": "home", "area": 30}, {"kind": "home", "area": 30}],
            0,
            True,
        ),  # no household stated: one person
        ([{"kind": "car", "large": True}], 1, True),
        ([{"kind": "car"}], 1, False),
    ],
)
def test_large_assets(assets: list[dict[str, Any]], heads: int, large: bool) -> None:
    stated = {"household": [{"income": 100}] * heads} if heads else {"per_capita_income": 100}
    found = means(assets=assets, **stated)
    assert found.large_assets is large
    assert MEANS_TEST.find(found).outcome == ("fail" if large else "pass")


def test_nothing_stated_is_not_poverty() -> None:
    found = means(household=[{"relation": "applicant"}])
    assert found.per_capita_income is None
    assert MEANS_TEST.find(found).outcome == "fail"


@pytest.mark.parametrize(
    ("day", "standard"), [("2022-06-01", 3100), ("2023-12-31", 3202), ("2024-01-01", 3354)]
)
def test_the_standard_is_that_of_the_day_of_receipt(day: str, standard: int) -> None:
    assert means(day).hardship_standard == standard


def test_before_2022_no_standard_is_known() -> None:
    assert means("2021-12-31").hardship_standard is None
