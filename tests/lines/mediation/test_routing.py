"""The many doors: every combination against an oracle written out by hand; each branch with its reason and article."""

from datetime import date
from itertools import product

import pytest

from yifa.language.rules import RuleTable, explain
from yifa.lines.mediation.routing import (
    DOORS,
    NAMES,
    ROUTING,
    ROUTING_2017,
    ROUTING_2024,
    Dispute,
    dispute_of,
    doors,
    nature_of,
    routing_on,
)

NATURES = ("civil", "labour", "administrative", "commercial", "police", "status", "crime")
FORUMS = ("none", "court", "arbitration", "reconsideration", "health_authority")
YES_NO = (False, True)
EVERY = [
    Dispute(nature, *flags, forum, traffic)
    for nature in NATURES
    for flags in product(YES_NO, repeat=5)
    for forum in FORUMS
    for traffic in YES_NO
]


def expected(d: Dispute) -> list[str]:
    """The doors as the routing list of the bureau says them, first offer first."""
    if d.nature == "crime":
        return ["police"]
    if d.nature == "status":
        return ["mediate_consequences", "court"]
    if d.nature == "administrative":
        return ["reconsideration"] + ([] if d.prior_reconsideration else ["administrative_suit"])
    if d.nature == "labour":
        return ["people_mediation", "labour_arbitration"]
    found = ["commercial_mediation"] if d.nature == "commercial" and d.between_businesses else []
    found.append("people_mediation")
    found += ["police_mediation"] if d.nature == "police" else []
    found += ["notary_enforceable"] if d.pays_money and d.accepts_enforcement else []
    return [*found, "arbitration" if d.arbitration_clause else "court"]


@pytest.mark.parametrize("table", [ROUTING, ROUTING_2024, ROUTING_2017], ids=["2025", "2024", "2017"])
def test_every_combination(table: object) -> None:
    assert len(EVERY) == 7 * 32 * 5 * 2
    for dispute in EVERY:
        finding = table.find(dispute)  # type: ignore[attr-defined]
        assert list(doors(finding, table)) == expected(dispute), dispute  # type: ignore[arg-type]
        assert finding.outcome == expected(dispute)[0]


def shut(d: Dispute) -> set[str]:
    """Why doors are shut, or stay open without an offer: PML 3, LAB 5, ARB 5, L23 23, CIV 195."""
    suable = d.nature in ("civil", "commercial", "police")
    reasons = {
        "R0": d.other_forum != "none",
        "R11": d.nature == "labour",
        "R13": suable and d.arbitration_clause,
        "R14": d.nature == "administrative" and d.prior_reconsideration,
        "R18": suable and not d.arbitration_clause,
    }
    return {code for code, holds in reasons.items() if holds}


def test_why_a_door_is_shut() -> None:
    silent = {rule.code for rule in ROUTING.rules if rule.outcome is None}
    for dispute in EVERY:
        held = {tried.rule for tried in ROUTING.find(dispute).tried if tried.holds}
        assert held & silent == shut(dispute), dispute


def test_every_rule_decides_or_explains_somewhere() -> None:
    held = {tried.rule for dispute in EVERY for tried in ROUTING.find(dispute).tried if tried.holds}
    assert held == {rule.code for rule in ROUTING.rules}


def test_every_branch_has_its_reason_and_article() -> None:
    for rule in ROUTING.rules:
        assert len(rule.title) > 5
        assert rule.cite
        assert rule.outcome is None or rule.outcome in DOORS
        assert set(rule.uses) <= set(ROUTING.labels or ())
    assert {*NATURES, *FORUMS} <= set(NAMES)


MEDIATION, CIVIL_2022 = "《人民调解法》(2010)", "《最高人民法院关于适用《民事诉讼法》的解释》(2022)"
LABOUR_LAW, SUITS = "《劳动争议调解仲裁法》(2007)", "《行政诉讼法》(2017)"
ARTICLES = {
    "R0": f"{MEDIATION}第三条第三项", "R1": f"{MEDIATION}第二条；{MEDIATION}第二十五条",
    "R2": f"{MEDIATION}第三条第二项；{CIVIL_2022}第三百五十五条", "R4": f"{LABOUR_LAW}第十条",
    "R6": f"{MEDIATION}第十七条；{MEDIATION}第十八条", "R7": "《治安管理处罚法》(2012)第九条", "R8": "《道路交通安全法》(2021)第七十四条",
    "R9": "《公证法》(2017)第三十七条", "R10": f"{LABOUR_LAW}第五条；{LABOUR_LAW}第二十七条第一款", "R11": f"{LABOUR_LAW}第五条",
    "R12": "《仲裁法》(2017)第四条", "R13": "《仲裁法》(2017)第五条", "R15": f"{SUITS}第四十四条第一款；{SUITS}第四十六条第一款",
    "R16": f"{CIVIL_2022}第三百五十五条", "R18": "《民法典》(2020)第一百九十五条",
}  # fmt: skip
OLD = {
    "R3": "《行政复议法实施条例》(2007)第五十条第一款；《行政复议法》(2017)第九条第一款", "R14": "《行政复议法》(2017)第三十条第一款",
    "R17": f"{MEDIATION}第三条第三项；《民事诉讼法》(2021)第一百二十二条",
}  # fmt: skip
NEW = {
    "R3": "《行政复议法》(2023)第五条；《行政复议法》(2023)第二十条第一款", "R14": "《行政复议法》(2023)第二十三条第一款",
    "R17": f"{MEDIATION}第三条第三项；《民事诉讼法》(2023)第一百二十二条",
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "dated"),
    [(ROUTING_2017, OLD), (ROUTING_2024, NEW), (ROUTING, NEW)],
    ids=["2017", "2024", "2025"],
)
def test_every_door_rests_on_its_articles(table: RuleTable, dated: dict[str, str]) -> None:
    named = {rule.code: str(rule.cite) for rule in table.rules}
    assert named.pop("R5").startswith("实务规则")
    assert named == ARTICLES | dated


def test_no_door_is_both_open_and_shut() -> None:
    """An arbitration agreement shuts the court; prior reconsideration shuts the suit; labour has no direct suit."""
    for dispute in EVERY:
        open_ = expected(dispute)
        assert not {"arbitration", "court"} <= set(open_)
        assert not (dispute.nature == "labour" and "court" in open_)
        assert not (dispute.nature == "administrative" and "people_mediation" in open_)


def test_the_answer_is_plain_chinese() -> None:
    text = explain(ROUTING, ROUTING.find(Dispute("police", traffic=True)))
    assert text[-1].startswith("结论：人民调解（")
    assert any("请求公安机关交通管理部门调解：是" in line for line in text)
    assert "police" not in "".join(text)


@pytest.mark.parametrize(
    ("day", "table"),
    [
        (date(2023, 12, 31), ROUTING_2017), (date(2024, 1, 1), ROUTING_2024), (date(2025, 4, 30), ROUTING_2024),
        (date(2025, 5, 1), ROUTING),
    ],
)  # fmt: skip
def test_each_day_has_its_law(day: date, table: object) -> None:
    assert routing_on(day) is table


def test_what_was_not_yet_law_is_not_cited() -> None:
    """The reconsideration law of 2023 binds from 2024, the city's regulation from May 2025."""
    assert "行政复议法》(2023)" not in str([rule.cite for rule in ROUTING_2017.rules])
    assert "多元化解条例" not in str([rule.cite for rule in (*ROUTING_2017.rules, *ROUTING_2024.rules)])
    assert "多元化解条例" in str([rule.cite for rule in ROUTING.rules])


@pytest.mark.parametrize(
    ("data", "nature"),
    [
        ({}, "civil"), ({"dispute_type": "labour"}, "labour"), ({"dispute_type": "unpaid_wages"}, "labour"),
        ({"between_businesses": True}, "commercial"), ({"dispute_type": "labour", "nature": "civil"}, "civil"),
    ],
)  # fmt: skip
def test_the_nature_follows_type_and_parties_unless_stated(data: dict[str, object], nature: str) -> None:
    assert nature_of(data) == nature


def test_a_dispute_is_read_from_the_form() -> None:
    found = dispute_of(
        {"dispute_type": "traffic", "nature": "police", "pays_money": True, "other_forum": "court"}
    )
    assert found == Dispute("police", pays_money=True, other_forum="court", traffic=True)
